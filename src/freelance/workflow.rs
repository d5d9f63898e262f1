//! The eight roles, the plans they work by as DAGs, and how long each step takes.

use serde_json::Value;

use crate::kernel::time::Micros;
use crate::mechanism::domain::{PlannedSubtask, RoleSpec};
use crate::mechanism::selection;

/// All there is to say of one role: what it is called, can do, gives and could use, and its step in a plan.
struct RoleEntry {
    name: &'static str,
    title: &'static str,
    capabilities: &'static [&'static str],
    provides: &'static [&'static str],
    uses: &'static [&'static str],
    /// The name of its subtask in every plan.
    step: &'static str,
    /// What that subtask does, imperative.
    description: &'static str,
    /// Work that does not depend on the input [µs].
    base_us: u64,
    /// Work for each job in the input [µs].
    per_job_us: u64,
    /// Work for each skill of the profile [µs].
    per_skill_us: u64,
}

/// The roles in the order they are shown.
///
/// `uses` is acyclic. The times are assumed: a few hundred milliseconds, longer for work that goes
/// through every job (matching, competition, proposals) than for work on the profile alone.
const ROLES: [RoleEntry; 8] = [
    RoleEntry {
        name: "profile_optimizer",
        title: "Profile optimizer",
        capabilities: &[
            "profile_audit",
            "content_editing",
            "skill_presentation",
            "portfolio_review",
        ],
        provides: &["profile.strength", "profile.tier", "profile.improvements"],
        uses: &[],
        step: "profile",
        description: "Enhance profile content",
        base_us: 320_000,
        per_job_us: 2_000,
        per_skill_us: 6_000,
    },
    RoleEntry {
        name: "job_matcher",
        title: "Job matcher",
        capabilities: &["job_search", "skill_matching", "client_vetting"],
        provides: &["jobs.ranked"],
        uses: &[],
        step: "jobs",
        description: "Find opportunities",
        base_us: 250_000,
        per_job_us: 9_000,
        per_skill_us: 2_000,
    },
    RoleEntry {
        name: "pricing_strategist",
        title: "Pricing strategist",
        capabilities: &["rate_analysis", "pay_benchmarking", "income_modelling"],
        provides: &["pricing.rate"],
        uses: &["profile.strength", "market.pay", "market.positioning", "competition.level"],
        step: "pricing",
        description: "Optimize rates",
        base_us: 400_000,
        per_job_us: 3_000,
        per_skill_us: 2_000,
    },
    RoleEntry {
        name: "proposal_writer",
        title: "Proposal writer",
        capabilities: &["requirement_analysis", "evidence_selection", "proposal_drafting"],
        provides: &["proposals.drafts"],
        uses: &["jobs.ranked", "competition.per_job", "pricing.rate", "profile.strength"],
        step: "proposals",
        description: "Generate proposals",
        base_us: 450_000,
        per_job_us: 12_000,
        per_skill_us: 4_000,
    },
    RoleEntry {
        name: "market_analyst",
        title: "Market analyst",
        capabilities: &["trend_analysis", "pay_research", "market_positioning", "supply_analysis"],
        provides: &["market.trend", "market.positioning", "market.pay", "market.competition"],
        uses: &[],
        step: "market",
        description: "Analyze market positioning",
        base_us: 350_000,
        per_job_us: 4_000,
        per_skill_us: 1_000,
    },
    RoleEntry {
        name: "career_planner",
        title: "Career planner",
        capabilities: &["gap_analysis", "learning_paths", "milestone_planning", "goal_setting"],
        provides: &["career.milestones"],
        uses: &["market.trend", "pricing.rate", "competition.level", "profile.strength"],
        step: "career",
        description: "Plan career milestones",
        base_us: 420_000,
        per_job_us: 4_000,
        per_skill_us: 5_000,
    },
    RoleEntry {
        name: "competition_analyzer",
        title: "Competition analyzer",
        capabilities: &["rival_estimation", "win_modelling", "differentiation"],
        provides: &["competition.per_job", "competition.level"],
        uses: &["jobs.ranked", "profile.strength"],
        step: "competition",
        description: "Analyze competition for each job",
        base_us: 280_000,
        per_job_us: 8_000,
        per_skill_us: 1_000,
    },
    RoleEntry {
        name: "negotiation_advisor",
        title: "Negotiation advisor",
        capabilities: &[
            "reservation_pricing",
            "concession_planning",
            "trade_design",
            "client_modelling",
        ],
        provides: &["negotiation.plan"],
        uses: &["pricing.rate", "competition.per_job", "market.pay", "jobs.ranked"],
        step: "negotiation",
        description: "Prepare the negotiation",
        base_us: 380_000,
        per_job_us: 2_000,
        per_skill_us: 1_000,
    },
];

/// One workflow: its name and its steps, each with the steps that must be done before.
struct Workflow {
    task_type: &'static str,
    steps: &'static [(&'static str, &'static [&'static str])],
}

const WORKFLOWS: [Workflow; 5] = [
    Workflow {
        task_type: "optimize_freelancer_profile",
        steps: &[("profile", &[]), ("pricing", &[]), ("market", &[])],
    },
    Workflow {
        task_type: "find_and_apply_jobs",
        steps: &[("jobs", &[]), ("competition", &["jobs"]), ("proposals", &["competition"])],
    },
    Workflow {
        task_type: "career_growth_plan",
        steps: &[
            ("market", &[]),
            ("competition", &[]),
            ("pricing", &["market", "competition"]),
            ("career", &["pricing"]),
        ],
    },
    Workflow {
        task_type: "prepare_negotiation",
        steps: &[
            ("market", &[]),
            ("competition", &[]),
            ("pricing", &["market", "competition"]),
            ("negotiation", &["pricing"]),
        ],
    },
    // Two diamonds: profile and jobs meet in competition, market and competition meet in pricing,
    // which three of the specialists build on.
    Workflow {
        task_type: "launch_freelancer",
        steps: &[
            ("profile", &[]),
            ("market", &[]),
            ("jobs", &[]),
            ("competition", &["profile", "jobs"]),
            ("pricing", &["profile", "market", "competition"]),
            ("proposals", &["competition", "pricing"]),
            ("career", &["pricing"]),
            ("negotiation", &["competition", "pricing"]),
        ],
    },
];

/// Time a step of an unknown role takes [µs].
const OTHER_ROLE_US: u64 = 400_000;
/// Jobs counted for a step's time, so that a huge input does not stop the clock.
const JOBS_COUNTED_MAX: usize = 200;
/// Skills counted for a step's time.
const SKILLS_COUNTED_MAX: usize = 100;

/// Returns the eight roles in the order they are shown.
pub fn roles() -> Vec<RoleSpec> {
    ROLES.iter().map(RoleEntry::spec).collect()
}

/// Returns the kinds of task that have a plan.
pub fn task_types() -> Vec<&'static str> {
    WORKFLOWS.iter().map(|workflow| workflow.task_type).collect()
}

/// Returns the plan of a kind of task for the roles asked for, all of the workflow's if none are named;
/// none for an unknown kind.
///
/// Roles left out are left out with their dependencies joined; roles the workflow does not hold are
/// added as parallel subtasks.
pub fn plan(task_type: &str, required_roles: &[String]) -> Option<Vec<PlannedSubtask>> {
    let workflow = WORKFLOWS.iter().find(|workflow| workflow.task_type == task_type)?;
    let whole = workflow
        .steps
        .iter()
        .filter_map(|(step, needs)| {
            let role = ROLES.iter().find(|role| role.step == *step)?;
            Some(role.subtask(needs))
        })
        .collect();
    Some(selection::cut(whole, required_roles, parallel_step))
}

/// Returns the virtual time a subtask takes an agent of pace 1: the role's own part, and a part for
/// every job and every skill in the input.
pub fn duration(subtask: &PlannedSubtask, input: &Value) -> Micros {
    if let Some(known) = subtask.duration {
        return known;
    }
    let Some(role) = ROLES.iter().find(|role| role.name == subtask.role) else {
        return Micros(OTHER_ROLE_US);
    };
    let jobs = count(input.get("jobs")).min(JOBS_COUNTED_MAX) as u64;
    let skills = skill_count(input).min(SKILLS_COUNTED_MAX) as u64;
    Micros(role.base_us + jobs * role.per_job_us + skills * role.per_skill_us)
}

impl RoleEntry {
    fn spec(&self) -> RoleSpec {
        RoleSpec {
            name: self.name.into(),
            title: self.title.into(),
            capabilities: texts(self.capabilities),
            provides: texts(self.provides),
            uses: texts(self.uses),
        }
    }

    fn subtask(&self, depends_on: &[&str]) -> PlannedSubtask {
        PlannedSubtask {
            name: self.step.into(),
            role: self.name.into(),
            description: self.description.into(),
            depends_on: texts(depends_on),
            capabilities: texts(self.capabilities),
            duration: None,
        }
    }
}

/// Makes the step of a role that the workflow does not hold; of an unknown role too, so that the
/// plan's check can refuse it by name.
fn parallel_step(role: &str) -> PlannedSubtask {
    match ROLES.iter().find(|entry| entry.name == role) {
        Some(entry) => entry.subtask(&[]),
        None => PlannedSubtask {
            name: role.into(),
            role: role.into(),
            description: String::new(),
            depends_on: Vec::new(),
            capabilities: Vec::new(),
            duration: None,
        },
    }
}

/// Counts the skills named in the input's profile, keywords of a JSON Resume's groups included.
fn skill_count(input: &Value) -> usize {
    ["profile_data", "freelancer_profile", "current_stats"]
        .iter()
        .find_map(|key| input.get(key)?.get("skills")?.as_array())
        .map_or(0, |skills| skills.iter().map(|skill| count(skill.get("keywords")).max(1)).sum())
}

fn count(list: Option<&Value>) -> usize {
    list.and_then(Value::as_array).map_or(0, Vec::len)
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_string()).collect()
}

#[cfg(test)]
mod tests;
