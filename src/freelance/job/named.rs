//! Reads what a job says of itself under the names that the several shapes give it.

use serde_json::Value;

use super::{Client, text};
use crate::freelance::input::{Node, Notes, kind};

/// Reads the id, a number as well as a text; empty where there is none.
pub(super) fn id(job: &Node<'_>) -> String {
    let Some(node) = job.first(&["id", "job_id", "identifier"]) else {
        return String::new();
    };
    let node = node.first(&["value", "name"]).unwrap_or(node);
    match node.value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Reads the title, else the name, else that of the occupation.
pub(super) fn title(job: &Node<'_>, notes: &mut Notes) -> String {
    let occupation = || job.first(&["relevantOccupation", "occupationalCategory"])?.get("name");
    let node = job.first(&["title", "name", "position"]).or_else(occupation);
    let title =
        node.and_then(|node| node.text(notes)).map(|title| text::without_markup(&title.value));
    if title.is_none() {
        notes.remark(&job.pointer, "a job without a title");
    }
    title.unwrap_or_default()
}

/// Joins the description with responsibilities, qualifications and requirements, markup taken off.
pub(super) fn description(job: &Node<'_>, notes: &mut Notes) -> String {
    let mut parts = Vec::new();
    if let Some(node) = job.get("description") {
        parts.extend(node.text(notes).map(|text| text.value));
    }
    let others =
        ["responsibilities", "qualifications", "experienceRequirements", "educationRequirements"];
    for node in others.iter().filter_map(|name| job.get(name)) {
        let nodes = if node.value.is_array() { node.items() } else { vec![node] };
        parts.extend(nodes.iter().filter_map(Node::str).map(str::to_owned));
    }
    text::without_markup(&parts.join("\n"))
}

/// Reads the category, else the occupation's, else the industry.
pub(super) fn category(job: &Node<'_>) -> Option<String> {
    let names = ["category", "occupationalCategory", "industry"];
    let found = names.iter().filter_map(|name| job.get(name)).find_map(|node| {
        let node = if node.value.is_array() { node.items().into_iter().next()? } else { node };
        node.first(&["name", "codeValue", "termCode"]).unwrap_or(node).str().map(str::to_owned)
    });
    found.or_else(|| job.get("relevantOccupation")?.get("name")?.str().map(str::to_owned))
}

/// Reads the client, in Agora's shape or as the hiring organization.
pub(super) fn client(job: &Node<'_>, notes: &mut Notes) -> Client {
    let Some(node) = job.first(&["client", "hiringOrganization", "company"]) else {
        return Client::default();
    };
    let name = node.get("name").unwrap_or_else(|| node.clone());
    let verified = node.first(&["verified", "payment_verified"]);
    if let Some(node) = verified.as_ref().filter(|node| !node.value.is_boolean()) {
        notes.wrong(node, format!("expected true or false, found {}", kind(node.value)));
    }
    Client {
        name: name.str().unwrap_or_default().to_owned(),
        rating: node.get("rating").and_then(|n| n.number(0.0, 5.0, notes)).map(|at| at.value),
        hires: node.get("hires").and_then(|n| n.count(notes)),
        verified: verified.and_then(|node| node.value.as_bool()),
    }
}

/// Reads the country of the place of work, else the one applicants must be in.
pub(super) fn country(job: &Node<'_>, notes: &mut Notes) -> Option<String> {
    if let Some(node) = job.get("country") {
        return node.country(notes).map(|at| at.value);
    }
    let place = job.first(&["jobLocation", "location", "applicantLocationRequirements"])?;
    let place = if place.value.is_array() { place.items().into_iter().next()? } else { place };
    let address = place.get("address").filter(|address| address.value.is_object()).unwrap_or(place);
    let node = address.first(&["addressCountry", "countryCode", "country"]);
    let is_country = address.get("@type").as_ref().and_then(Node::str) == Some("Country");
    let node = node.or_else(|| address.get("name").filter(|_| is_country));
    let node = node.or(Some(address).filter(|place| place.value.is_string()))?;
    node.get("name").unwrap_or(node).country(notes).map(|at| at.value)
}

/// Reads employment type and place of work as lower-case words.
pub(super) fn terms(job: &Node<'_>) -> Vec<String> {
    let mut terms = Vec::new();
    for node in ["employmentType", "type", "employment_type", "jobLocationType"]
        .iter()
        .filter_map(|n| job.get(n))
    {
        let nodes = if node.value.is_array() { node.items() } else { vec![node] };
        for text in nodes.iter().filter_map(Node::str) {
            text::add_terms(text, &mut terms);
        }
    }
    match job.get("remote").map(|node| (node.value.as_bool(), node.str().unwrap_or_default())) {
        Some((Some(true), _) | (_, "Full")) => text::add_terms("remote", &mut terms),
        Some((_, "Hybrid")) => text::add_terms("hybrid", &mut terms),
        Some((Some(false), _) | (_, "None")) => text::add_terms("on-site", &mut terms),
        _ => {}
    }
    terms
}
