//! What the figures of the competition mean, in sentences with their counts.

use std::collections::BTreeMap;

use super::chance::any_of;
use super::rivals::rivals_words;
use super::{Analysis, Analyzed};
use crate::freelance::money::{amount, counted, listed, percent};

/// Missing skills named in a sentence.
const NAMED: usize = 3;

/// Says what the figures mean, each sentence with its counts.
pub(super) fn insights(
    analysis: &Analysis<'_>,
    analyzed: &[Analyzed<'_>],
    median: Option<f64>,
) -> Vec<String> {
    let (Some(median), Some(best)) = (median, best(analyzed)) else {
        let said = match analysis.jobs.len() {
            0 => "There are no jobs to look at, so nothing can be said of rivals.".to_owned(),
            1 => "The one job given does not fit the profile, so nothing is said of rivals.".into(),
            given => format!(
                "None of the {given} jobs given fits the profile, so nothing is said of rivals."
            ),
        };
        return vec![said];
    };
    let mut said = vec![crowd_insight(analyzed, median)];
    let chance = &best.found.win_probability;
    said.push(format!(
        "The best chance is \u{201c}{}\u{201d} with {} ({} to {}): {}, {} of what it asks for covered.",
        best.job.title,
        percent(chance.point),
        percent(chance.low),
        percent(chance.high),
        rivals_words(&best.found.rivals),
        percent(best.standpoint.fit)
    ));
    if analyzed.len() > 1 {
        let any =
            any_of(&analyzed.iter().map(|one| &one.found.win_probability).collect::<Vec<_>>());
        said.push(format!(
            "Bidding on all {} wins at least one with {} ({} to {}), taking them as independent.",
            analyzed.len(),
            percent(any.point),
            percent(any.low),
            percent(any.high)
        ));
    }
    said.extend(gap_insight(analyzed));
    said.push(match analysis.strength {
        Some(strength) => {
            format!("The profile's strength, {} of 100, is counted in.", amount(strength, 0))
        }
        None => "The profile's strength is not known; the usual rival's stands in for it.".into(),
    });
    said
}

fn crowd_insight(analyzed: &[Analyzed<'_>], median: f64) -> String {
    let counted_jobs = analyzed.iter().filter(|one| one.found.rivals.counted.is_some()).count();
    let jobs = counted(analyzed.len(), "job");
    if counted_jobs == 0 {
        let range = analyzed.first().map(|one| rivals_words(&one.found.rivals)).unwrap_or_default();
        return format!(
            "No posting of the {jobs} says how many bid for it; {range} on each is an assumption."
        );
    }
    let extreme = |least: bool| {
        let order = |a: &&Analyzed<'_>, b: &&Analyzed<'_>| {
            a.found
                .rivals
                .expected
                .total_cmp(&b.found.rivals.expected)
                .then_with(|| b.job.id.cmp(&a.job.id))
        };
        let found =
            if least { analyzed.iter().min_by(order) } else { analyzed.iter().max_by(order) };
        found.map(|one| {
            format!("{} (\u{201c}{}\u{201d})", amount(one.found.rivals.expected, 0), one.job.title)
        })
    };
    let median = amount(median, 1);
    match (extreme(true), extreme(false)) {
        (Some(least), Some(most)) if analyzed.len() > 1 => format!(
            "{counted_jobs} of {jobs} say how many bid for them; the median is {median} rivals, from {least} to {most}."
        ),
        _ => format!(
            "{counted_jobs} of {jobs} says how many bid for it; {median} rivals are expected."
        ),
    }
}

/// Names the skills that most of the jobs miss in the profile.
fn gap_insight(analyzed: &[Analyzed<'_>]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for skill in analyzed.iter().flat_map(|one| &one.missing) {
        *counts.entry(skill).or_insert(0) += 1;
    }
    let lacking = analyzed.iter().filter(|one| !one.missing.is_empty()).count();
    let mut most: Vec<(&str, usize)> = counts.into_iter().collect();
    most.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let named: Vec<String> =
        most.iter().take(NAMED).map(|(skill, count)| format!("{skill} ({count})")).collect();
    (!named.is_empty()).then(|| {
        format!(
            "{lacking} of {} ask for skills the profile does not name, most often {}.",
            counted(analyzed.len(), "job"),
            listed(&named)
        )
    })
}

fn best<'a, 'j>(analyzed: &'a [Analyzed<'j>]) -> Option<&'a Analyzed<'j>> {
    analyzed.iter().max_by(|a, b| {
        let (left, right) = (a.found.win_probability.point, b.found.win_probability.point);
        left.total_cmp(&right).then_with(|| b.job.id.cmp(&a.job.id))
    })
}
