//! A job, from Agora's own shape, from a schema.org JobPosting, or from a pasted posting.

mod asked;
mod money;
mod named;
mod pay;
mod text;

use std::collections::BTreeSet;

use serde_json::Value;

pub use pay::parse_pay;
pub use text::read_posting;

pub(super) use pay::currency_of_sign;

use super::input::{Node, Notes, clipped, kind, meant};
use super::profile::At;
use super::skill::Skill;
use crate::model::fault::Fault;

/// Names of members that are read, of all shapes.
const MEMBERS: &[&str] = &[
    "baseSalary",
    "budget",
    "category",
    "client",
    "company",
    "country",
    "currency",
    "date",
    "datePosted",
    "description",
    "employmentType",
    "estimatedSalary",
    "hiringOrganization",
    "hourly_rate",
    "identifier",
    "industry",
    "jobLocation",
    "location",
    "occupationalCategory",
    "posted",
    "posted_at",
    "proposals",
    "qualifications",
    "remote",
    "required_skills",
    "responsibilities",
    "salary",
    "salaryCurrency",
    "skills",
    "title",
];

/// How a job pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PayUnit {
    /// By the hour.
    Hour,
    /// By the month.
    Month,
    /// By the year.
    Year,
    /// For the whole.
    Fixed,
}

/// What a job pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Pay {
    /// Per what.
    pub unit: PayUnit,
    /// Least, in `currency`.
    pub min: Option<f64>,
    /// Most.
    pub max: Option<f64>,
    /// ISO 4217 code; none where not given.
    pub currency: Option<String>,
    /// Where it stands.
    pub pointer: String,
}

impl Pay {
    /// Returns the range per hour at 160 hours a month and 1 920 a year; none for fixed prices.
    pub fn hourly(&self) -> Option<(f64, f64)> {
        let hours = match self.unit {
            PayUnit::Hour => 1.0,
            PayUnit::Month => 160.0,
            PayUnit::Year => 1920.0,
            PayUnit::Fixed => return None,
        };
        let low = self.min.or(self.max)?;
        let high = self.max.or(self.min)?;
        Some((low / hours, high / hours))
    }
}

/// A client as far as they are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Client {
    /// Name, may be empty.
    pub name: String,
    /// Mean rating, 0 to 5.
    pub rating: Option<f64>,
    /// Past hires.
    pub hires: Option<u32>,
    /// Whether payment is verified.
    pub verified: Option<bool>,
}

/// A job as the specialists see it; whatever was not given is none or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// The id given, else `job_1` and so on by place.
    pub id: String,
    /// Title; may be empty.
    pub title: String,
    /// Description; may be empty.
    pub description: String,
    /// Skills asked for, without repeats.
    pub skills: Vec<At<Skill>>,
    /// Category, as given.
    pub category: Option<String>,
    /// Pay.
    pub pay: Option<Pay>,
    /// The client.
    pub client: Client,
    /// Day of posting.
    pub posted: Option<crate::kernel::date::Date>,
    /// Proposals so far.
    pub proposals: Option<u32>,
    /// ISO 3166-1 alpha-2 code of the place of work, where given.
    pub country: Option<String>,
    /// Where it stands in the input, such as `/jobs/3`; `/job_marketplace/3` for the environment's.
    pub pointer: String,
    /// Terms of work in the words of schema.org's employment types and places, such as `contract`,
    /// `part_time`, `remote`, without repeats.
    pub terms: Vec<String>,
    /// What of it was not understood.
    pub unread: Vec<crate::model::fault::Fault>,
}

/// Reads the jobs of a task's input, else those of the marketplace.
///
/// `jobs` is a list, a single job, a JSON-LD document with its `@graph`, or a pasted posting; an
/// empty list is as good as none. Each job may be of Agora's own shape, a schema.org JobPosting, a
/// JSON Resume job or a text; what the shapes call differently is read alike. Ids that repeat get
/// their place added, so that an id names one job.
pub fn read_jobs(input: &Value, marketplace: &[Value]) -> Vec<Job> {
    let given = Node::root(input).get("jobs").map(|list| spread(&list)).unwrap_or_default();
    let places = if given.is_empty() { of_marketplace(marketplace) } else { given };
    let mut taken = BTreeSet::new();
    let mut jobs = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let mut notes = Notes::default();
        let mut job = read_job(place, &mut notes);
        if job.id.is_empty() {
            job.id = format!("job_{}", at + 1);
        }
        if taken.contains(&job.id) {
            notes.remark(&place.pointer, format!("the id {:?} is another job's already", job.id));
            job.id = format!("{}_{}", job.id, at + 1);
        }
        taken.insert(job.id.clone());
        job.unread = notes.into_unread(&place.pointer);
        jobs.push(job);
    }
    jobs
}

/// Returns what is plainly wrong with the jobs in a task's input, with what would mend it.
pub fn job_faults(input: &Value) -> Vec<Fault> {
    let mut notes = Notes::default();
    if let Some(list) = Node::root(input).get("jobs") {
        if !(list.value.is_array() || list.value.is_object() || list.value.is_string()) {
            notes.wrong(&list, format!("expected a list of jobs, found {}", kind(list.value)));
        }
        for place in spread(&list) {
            read_job(&place, &mut notes);
        }
    }
    notes.wrong
}

/// Returns the places of single jobs in a list, a single job or a JSON-LD document.
fn spread<'a>(list: &Node<'a>) -> Vec<Node<'a>> {
    let graph = list.get("@graph").or_else(|| list.get("itemListElement"));
    match (list.value, graph) {
        (Value::Array(_), _) => list.items().iter().flat_map(spread).collect(),
        (_, Some(graph)) => {
            let mut nodes = graph.items();
            // A graph describes other things beside its postings: the organization, the page.
            nodes.retain(|node| node.get("@type").is_none() || is_posting(node));
            nodes.into_iter().map(|node| node.get("item").unwrap_or(node)).collect()
        }
        (Value::Object(_), None) => vec![list.clone()],
        (Value::String(text), None) if !text.trim().is_empty() => vec![list.clone()],
        // What is no job stays in its place, to be named as a fault.
        (Value::Number(_) | Value::Bool(_), None)
            if list.pointer.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            vec![list.clone()]
        }
        _ => Vec::new(),
    }
}

fn is_posting(node: &Node<'_>) -> bool {
    let types =
        node.get("@type").map(|node| if node.value.is_array() { node.items() } else { vec![node] });
    types.unwrap_or_default().iter().filter_map(Node::str).any(|name| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        matches!(name, "JobPosting" | "Occupation" | "ListItem")
    })
}

fn of_marketplace(marketplace: &[Value]) -> Vec<Node<'_>> {
    let elements = marketplace.iter().enumerate();
    elements.map(|(at, value)| Node { value, pointer: format!("/job_marketplace/{at}") }).collect()
}

/// Reads one job of any shape.
fn read_job(place: &Node<'_>, notes: &mut Notes) -> Job {
    if let Some(text) = place.value.as_str() {
        return text::read_at(text, &place.pointer, notes);
    }
    let mut job = Job { pointer: place.pointer.clone(), ..Job::default() };
    if !place.value.is_object() {
        notes.wrong(
            place,
            format!("expected a job as an object or a pasted text, found {}", kind(place.value)),
        );
        return job;
    }
    job.id = named::id(place);
    job.title = named::title(place, notes);
    job.description = named::description(place, notes);
    job.skills = asked::skills(place, &job, notes);
    job.category = named::category(place);
    job.pay = money::read(place, notes);
    job.client = named::client(place, notes);
    job.posted =
        place.first(&["posted_at", "datePosted", "date", "posted"]).and_then(|n| n.date(notes));
    job.proposals = place.first(&["proposals", "proposal_count"]).and_then(|n| n.count(notes));
    job.country = named::country(place, notes);
    job.terms = named::terms(place);
    remark_slips(place, notes);
    job
}

/// Notes members whose names are a slip away from one that is read.
fn remark_slips(place: &Node<'_>, notes: &mut Notes) {
    for (name, member) in place.members() {
        if !MEMBERS.contains(&name)
            && let Some(known) = meant(name, MEMBERS)
        {
            let detail = format!("no field a job has: {:?}; {known} is meant", clipped(name));
            notes.remark(&member.pointer, detail);
        }
    }
}

#[cfg(test)]
mod tests;
