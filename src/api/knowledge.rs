//! The blackboard: what the team knows.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::Response;
use super::answer::timestamp;
use super::problem::Problem;
use super::query::Query;
use crate::mechanism::domain::Scope;
use crate::model::id::KnowledgeIx;
use crate::session::Session;
use crate::sim::world::environment::Entry;

/// Entries that are shown where no limit is given.
const LIMIT: usize = 20;

/// Entries that are shown at most.
const LIMIT_MAX: usize = 1000;

/// The blackboard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Knowledge {
    /// Entries so far, new versions of earlier ones included.
    pub total_knowledge_items: usize,
    /// The latest that match, the latest first.
    pub recent_knowledge: Vec<KnowledgeView>,
    /// Every category there is, sorted.
    pub categories: BTreeSet<String>,
    /// Entries that match the filters.
    pub matching_items: usize,
}

/// An entry of the blackboard.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct KnowledgeView {
    /// The entry.
    pub knowledge_id: String,
    /// Its key, such as `profile.strength`.
    pub key: String,
    /// Its category.
    pub category: String,
    /// What it says.
    pub value: Value,
    /// `task`: only the task it came from may read it; `general`: every task may.
    pub scope: &'static str,
    /// Who wrote it.
    pub by: String,
    /// The task it came from.
    pub task_id: String,
    /// Which version of its key it is within its task, from 1.
    pub version: u32,
    /// When it was written: the scenario's day and the virtual time.
    pub timestamp: String,
    /// Virtual time when it was written [µs].
    pub time_us: u64,
}

/// Shows the blackboard at the cursor.
///
/// # Errors
/// 422 for a parameter that does not fit.
pub fn shared(session: &Session, query: &mut Query) -> Result<Response, Problem> {
    let limit = query.number("limit", (0, LIMIT_MAX), LIMIT);
    let category = query.text("category").filter(|category| !category.is_empty());
    let sought =
        query.text("query").map(|text| text.to_lowercase()).filter(|text| !text.is_empty());
    query.checked()?;
    let entries = &session.world().environment.knowledge_base.entries;
    let fits = |entry: &Entry| {
        let finding = &entry.finding;
        category.as_ref().is_none_or(|category| finding.category == *category)
            && sought.as_ref().is_none_or(|sought| {
                let text = format!("{} {} {}", finding.key, finding.category, finding.value);
                text.to_lowercase().contains(sought.as_str())
            })
    };
    let matching: Vec<(usize, &Entry)> =
        entries.iter().enumerate().filter(|(_, entry)| fits(entry)).collect();
    let recent = matching.iter().rev().take(limit);
    let body = Knowledge {
        total_knowledge_items: entries.len(),
        recent_knowledge: recent.map(|(at, entry)| view(session, (*at).into(), entry)).collect(),
        categories: entries.iter().map(|entry| entry.finding.category.clone()).collect(),
        matching_items: matching.len(),
    };
    Ok(Response::new(200, &body))
}

fn view(session: &Session, at: KnowledgeIx, entry: &Entry) -> KnowledgeView {
    KnowledgeView {
        knowledge_id: at.text(),
        key: entry.finding.key.clone(),
        category: entry.finding.category.clone(),
        value: entry.finding.value.clone(),
        scope: match entry.finding.scope {
            Scope::Task => "task",
            Scope::General => "general",
        },
        by: session.world().actor_name(entry.by).to_owned(),
        task_id: entry.task.text(),
        version: entry.version,
        timestamp: timestamp(session, entry.at.0),
        time_us: entry.at.0,
    }
}
