//! The terms of the page, each defined once, in the words that all panels use.

/// Each term with its meaning, in the order of the help sheet.
pub const TERMS: [(&str, &str); 38] = [
    (
        "Turn",
        "One actor reads its new messages and acts once. Everything that happens belongs to a turn.",
    ),
    (
        "Virtual time",
        "The clock of the simulated run. Work and messages take virtual time; turns happen at moments of it.",
    ),
    ("Seed", "The number all chance in a run is drawn from. The same seed gives the same run."),
    (
        "Digest",
        "A fingerprint of everything up to this turn. The same scenario, seed and commands give the same digest on every machine.",
    ),
    (
        "Event",
        "One thing that happened in a turn, with what caused it and what it used. All panels are made of events.",
    ),
    (
        "Branch",
        "One course of the run. Whatever is changed in the past begins another and leaves the first as it was.",
    ),
    (
        "Phase",
        "One of six stretches of a task: creation, bidding, decomposition, execution, communication, aggregation. Some overlap.",
    ),
    ("Orchestrator", "Announces tasks, collects bids, awards. It does no work and leads no task."),
    (
        "Auction",
        "A call for proposals to every agent of a role. Each answers with a bid or refuses; the highest score wins.",
    ),
    (
        "Bid score",
        "0 to 100: capability, free capacity, performance and urgency fit, weighted. What an agent offers for one auction.",
    ),
    (
        "Capability",
        "How much of what the role's subtasks require the agent covers, weighted by its proficiency in each.",
    ),
    ("Free capacity", "The share of an agent's slots that nothing holds when it bids."),
    ("Performance", "The agent's performance score as a share of 100, as a term of its bid."),
    (
        "Urgency fit",
        "How well the agent's tempo suits the task's priority: 1 where both are as urgent.",
    ),
    ("Lead", "By how many points the best bid is ahead of the next."),
    (
        "Performance score",
        "0 to 100: how well an agent's past results turned out. It moves with each outcome.",
    ),
    (
        "Slots",
        "How many roles an agent can hold at once. One is held from an award until the result is accepted.",
    ),
    ("Utilization", "The share of an agent's slots' time that it spent working."),
    (
        "Coordinator",
        "The winner with the highest performance score. It drives the task from the assignment to the answer.",
    ),
    (
        "Contract net",
        "How an auction talks: a call (cfp), propose or refuse, accept or reject, done or decline.",
    ),
    ("Dependency", "A subtask that needs another's result before it can start."),
    (
        "Hidden dependency",
        "A read from the blackboard that no dependency orders. Had the two been faster or slower, it would have read something else.",
    ),
    (
        "Critical path",
        "The chain of dependent subtasks that takes longest. Nothing ends before it does.",
    ),
    (
        "Level",
        "One more than the highest of what a subtask depends on. What is on one level can run at the same time.",
    ),
    ("Slack", "How much later a subtask could end without delaying the whole."),
    (
        "Happened before",
        "Everything an event rests on, by causes and reads: without it, it could have been otherwise.",
    ),
    ("Blackboard", "Where agents write what they found for others to read."),
    ("Synergy", "Two recommendations that help each other."),
    (
        "Conflict",
        "Recommendations that cannot all stand; one is scaled, deferred or dropped, whichever loses least within the allowed risk.",
    ),
    ("Confidence", "0 to 1: the mean of the agents' own, a missing subtask counting zero."),
    (
        "Evidence",
        "What a recommendation rests on: your input, a job, the blackboard, the pay table; each with the tag of its origin.",
    ),
    ("Given", "The tag of a figure that the user put in."),
    ("Measured", "The tag of a figure from a public source, such as the pay table."),
    ("Derived", "The tag of a figure computed from given and measured ones."),
    ("Assumed", "The tag of a figure that rests on a documented constant or belief."),
    (
        "Simulated",
        "The tag of a figure from the simulated environment: no market fact, and no advice rests on it.",
    ),
    (
        "Pattern",
        "A difference in outcome that the history supports beyond chance, told with count, size and interval.",
    ),
    ("Calibration error", "How far confidences missed the outcomes, on average."),
];

/// Returns what a term means, in whatever case it is written.
pub fn meaning(term: &str) -> Option<&'static str> {
    TERMS.iter().find(|(name, _)| name.eq_ignore_ascii_case(term)).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_defined_once_in_a_sentence() {
        for (at, (term, meaning)) in TERMS.iter().enumerate() {
            assert!(meaning.ends_with('.'), "{term}: {meaning}");
            let again =
                TERMS.iter().skip(at + 1).any(|(other, _)| other.eq_ignore_ascii_case(term));
            assert!(!again, "{term} is defined twice");
        }
        assert_eq!(meaning("bid score"), meaning("Bid score"));
        assert_eq!(meaning("nothing of the kind"), None);
    }

    #[test]
    fn every_term_on_the_page_is_defined() {
        let mut used = 0;
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder of sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).expect("a source can be read");
                for part in source.split("<Means of=\"").skip(1) {
                    let term = part.split('"').next().unwrap_or_default();
                    assert!(meaning(term).is_some(), "{}: {term}", path.display());
                    used += 1;
                }
            }
        }
        assert!(used > 20, "{used}");
    }
}
