//! What the turn changed in the world, as a list of before and after.

use super::focus::{Name, names_in};
use super::lens::Lens;
use crate::kernel::time::Micros;
use crate::session::change::{self, Subject};
use crate::text::{self, units};

/// Most changes that are listed.
const ROWS_MAX: usize = 18;
/// Most characters of a value.
const VALUE: usize = 60;

/// One thing that the turn changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// What it is about, such as `pricing_strategist_01, workload`.
    pub what: String,
    /// Its value before; empty where it was not there.
    pub from: String,
    /// Its value after; empty where it is gone.
    pub to: String,
    /// The event of the turn that touches it.
    pub event: Option<u64>,
}

/// What the turn changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The changes, those that people look for first.
    pub rows: Vec<ChangeRow>,
    /// How many more there are.
    pub more: usize,
}

/// Lists what the turn at the cursor changed; what turn 0 loaded is no change.
pub fn changes(lens: &Lens<'_>) -> Changes {
    let turn = lens.session.turn();
    if turn.0 == 0 {
        return Changes::default();
    }
    let mut found = change::changes(lens.session, turn);
    found.retain(|change| change.field != "heard_at_us");
    // Timers and mail are the machinery; what happened to tasks, agents and auctions comes first.
    found.sort_by_key(|change| weight(change.subject));
    let mut rows: Vec<ChangeRow> = Vec::new();
    let mut more = 0;
    for change in found {
        let from = shown(change.field, change.from.as_deref());
        let mut to = shown(change.field, change.to.as_deref());
        if from == to {
            if from.is_empty() {
                continue;
            }
            // Documents that differ look alike in a list; that they changed is still said.
            to = "another one".to_owned();
        }
        if rows.len() >= ROWS_MAX {
            more += 1;
            continue;
        }
        let event = touching(lens, change.subject);
        rows.push(ChangeRow { what: what(lens, &change), from, to, event });
    }
    Changes { rows, more }
}

fn weight(subject: Subject) -> u8 {
    match subject {
        Subject::Task(_) => 0,
        Subject::Subtask(_) => 1,
        Subject::Auction(_) | Subject::Bid(..) => 2,
        Subject::Agent(_) => 3,
        Subject::Holding(..) | Subject::Lead(..) => 4,
        Subject::Knowledge(_) => 5,
        Subject::Run => 6,
        Subject::Message(_) => 7,
        Subject::Timer(_) => 8,
    }
}

fn what(lens: &Lens<'_>, change: &change::Change) -> String {
    let field = units::phrase(change.field.trim_end_matches("_us"));
    match change.subject {
        Subject::Run => field,
        subject => format!("{}, {field}", text::change::subject(lens.session, subject)),
    }
}

/// Writes a value as people read it.
fn shown(field: &str, value: Option<&str>) -> String {
    let Some(value) = value else { return String::new() };
    if field.ends_with("_us")
        && let Ok(us) = value.parse()
    {
        return units::time(Micros(us));
    }
    if value.starts_with(['{', '[']) {
        return "a document".to_owned();
    }
    units::short(value, VALUE)
}

/// Returns the first event of the turn that touches something.
fn touching(lens: &Lens<'_>, subject: Subject) -> Option<u64> {
    let name = match subject {
        Subject::Subtask(subtask) | Subject::Holding(_, subtask) => Name::Subtask(subtask),
        Subject::Auction(auction) | Subject::Bid(auction, _) => Name::Auction(auction),
        Subject::Agent(agent) | Subject::Lead(agent, _) => Name::Agent(agent),
        Subject::Message(message) => Name::Message(message),
        Subject::Knowledge(knowledge) => Name::Knowledge(knowledge),
        Subject::Run | Subject::Task(_) | Subject::Timer(_) => return None,
    };
    let log = lens.session.log();
    let mut records = log.records(log.span(lens.session.turn()));
    let found = records.find(|record| names_in(&record.kind).contains(&name))?;
    Some(u64::from(found.id.0))
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;

    #[test]
    fn every_turn_with_an_award_says_whom_the_auction_went_to() {
        let mut seen = 0;
        at_every_turn("walkthrough", |lens| {
            let found = changes(lens);
            for row in &found.rows {
                assert_ne!(row.from, row.to, "{row:?}");
                if row.to.starts_with("awarded to") {
                    seen += 1;
                    assert_eq!(row.from, "open");
                    assert!(row.event.is_some());
                }
            }
        });
        assert_eq!(seen, 3, "the walkthrough has three auctions");
    }
}
