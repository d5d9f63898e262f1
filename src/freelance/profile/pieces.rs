//! Reads work, projects and portfolio pieces with their texts, dates and skills.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{At, Piece};
use crate::freelance::input::{Node, Notes, kind};
use crate::freelance::skill::{self, Skill};
use crate::kernel::date::Date;

/// Reads the pieces under several members of a profile, one list after the other.
pub(super) fn read(
    place: &Node<'_>,
    members: &[&str],
    as_of: Date,
    notes: &mut Notes,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for list in members.iter().filter_map(|member| place.get(member)) {
        if !list.value.is_array() {
            notes.wrong(&list, format!("expected a list, found {}", kind(list.value)));
        }
        for item in list.items() {
            match item.value {
                Value::Object(_) => pieces.push(read_piece(&item, as_of, notes)),
                Value::String(title) => pieces.push(named(&item, title)),
                other => {
                    let detail = format!("expected a text or an object, found {}", kind(other));
                    notes.wrong(&item, detail);
                }
            }
        }
    }
    pieces
}

/// Makes a piece of a mere title, which may be a link.
fn named(item: &Node<'_>, title: &str) -> Piece {
    let title = title.trim().to_owned();
    let url = title.starts_with("http").then(|| title.clone());
    let mut piece = Piece { title, url, pointer: item.pointer.clone(), ..Piece::default() };
    piece.skills = skills_of(item, &piece);
    piece
}

fn read_piece(item: &Node<'_>, as_of: Date, notes: &mut Notes) -> Piece {
    let is_work = item.get("position").is_some() || item.get("company").is_some();
    // A project's `name` is its title, a job's `name` is the employer's.
    let (titles, organizations): (&[&str], &[&str]) = if is_work || item.pointer.contains("/work/")
    {
        (&["position", "title", "role"], &["name", "company", "organization", "entity", "client"])
    } else {
        (&["title", "name"], &["entity", "client", "company", "organization"])
    };
    let mut text = |names: &[&str]| {
        item.first(names).and_then(|node| node.text(notes)).map(|at| at.value).unwrap_or_default()
    };
    let mut piece = Piece {
        title: text(titles),
        organization: text(organizations),
        pointer: item.pointer.clone(),
        ..Piece::default()
    };
    let url = text(&["url", "website", "link"]);
    piece.url = (!url.is_empty()).then_some(url);
    piece.texts = read_texts(item, notes);
    piece.span_days = read_span(item, as_of, notes);
    piece.skills = skills_of(item, &piece);
    piece
}

/// Reads summary, description and highlights.
fn read_texts(item: &Node<'_>, notes: &mut Notes) -> Vec<At<String>> {
    let mut texts = Vec::new();
    for node in ["summary", "description"].iter().filter_map(|member| item.get(member)) {
        texts.extend(node.text(notes));
    }
    if let Some(highlights) = item.get("highlights") {
        match highlights.str() {
            Some(text) => texts.push(highlights.at(text.to_owned())),
            None => texts.extend(highlights.items().iter().filter_map(|node| node.text(notes))),
        }
    }
    texts
}

/// Reads start and end as days since 1970; without an end the piece goes on as of the day.
fn read_span(item: &Node<'_>, as_of: Date, notes: &mut Notes) -> Option<(i64, i64)> {
    let start_node = item.first(&["startDate", "start_date", "start", "date"])?;
    let start = start_node.date(notes)?;
    let end_node = item.first(&["endDate", "end_date", "end"]);
    let end = match &end_node {
        None => as_of.days(),
        Some(node) => match node.date(notes) {
            Some(date) => end_of(node.str().unwrap_or_default(), date),
            None if node.str().is_none_or(crate::freelance::input::is_open_end) => as_of.days(),
            None => return None,
        },
    };
    if start.days_since(as_of) > 0 {
        notes.remark(
            &start_node.pointer,
            format!("{start} is after {as_of}, so it is no experience yet"),
        );
        return None;
    }
    if end < start.days() {
        let place = end_node.as_ref().unwrap_or(&start_node);
        notes.wrong(
            place,
            format!("ends before it starts on {start}; one of the two dates is wrong"),
        );
        return None;
    }
    Some((start.days(), end.min(as_of.days())))
}

/// Returns the last day of an end: a month without a day counts whole, a bare year as its first
/// day, since 2012 to 2014 is two years more often than three.
fn end_of(text: &str, date: Date) -> i64 {
    let is_month = text.len() == 7;
    if is_month { date.days() + 30 } else { date.days() }
}

/// Returns the skills that a piece names: its keywords, and those its title and texts mention.
fn skills_of(item: &Node<'_>, piece: &Piece) -> Vec<At<Skill>> {
    let mut seen = BTreeSet::new();
    let mut skills = Vec::new();
    let mut add = |skill: Skill, pointer: &str| {
        if !skill.key.is_empty() && seen.insert(skill.key.clone()) {
            skills.push(At { value: skill, pointer: pointer.to_owned() });
        }
    };
    for list in ["keywords", "skills", "technologies"].iter().filter_map(|member| item.get(member))
    {
        for node in list.items() {
            for skill in node.str().map(Skill::all_of).unwrap_or_default() {
                add(skill, &node.pointer);
            }
        }
    }
    for (skill, _) in skill::recognize(&piece.title) {
        add(skill, &piece.pointer);
    }
    for text in &piece.texts {
        for (skill, _) in skill::recognize(&text.value) {
            add(skill, &text.pointer);
        }
    }
    skills
}
