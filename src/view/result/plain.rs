//! The answer as plain text, to be copied into a mail or a note.

use super::{Answer, Origin};

fn tagged(line: &str, origin: Option<&Origin>) -> String {
    origin.map_or_else(|| line.to_owned(), |origin| format!("{line} [{}]", origin.name))
}

/// Writes an answer as plain text, line by line.
pub(super) fn text(answer: &Answer) -> String {
    let mut lines = vec![answer.standing.clone()];
    if !answer.missing.is_empty() {
        lines.push(answer.missing.clone());
    }
    for advice in &answer.advice {
        lines.push(String::new());
        lines.push(tagged(&advice.name, advice.origin.as_ref()));
        lines.extend(advice.lines.iter().map(|line| format!("- {line}")));
    }
    for phase in &answer.phases {
        lines.push(String::new());
        lines.push(format!("{} ({})", phase.title, phase.weeks));
        for step in &phase.steps {
            let by = if step.who.is_empty() { String::new() } else { format!(", by {}", step.who) };
            let line = format!("- {} ({}{by})", step.title, step.effort);
            lines.push(tagged(&line, step.origin.as_ref()));
            lines.push(format!("  {}", step.detail));
            lines.extend(step.safety.iter().map(|(name, words)| format!("  {name}: {words}")));
        }
    }
    for conflict in &answer.conflicts {
        lines.push(String::new());
        lines
            .push(format!("Conflict: {}. {} {}", conflict.what, conflict.why, conflict.resolution));
    }
    for synergy in &answer.synergies {
        lines.push(format!("Synergy: {} helps {}: {}", synergy.from, synergy.to, synergy.what));
    }
    lines.push(String::new());
    lines.push(format!("Confidence {}. {}", answer.confidence.mean, answer.confidence.spread));
    if let Some((origin, told)) = &answer.outcome {
        lines.push(tagged(told, Some(origin)));
    }
    lines.push(String::new());
    lines.join("\n")
}
