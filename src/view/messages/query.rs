//! Part of a long talk: what passes the filters, and of that the rows in view.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Messages;
use super::build::{Diagram, pending, sent_at, summary};
use super::cast::{Cast, LaneChoice};
use super::past::Past;
use super::scale::Scale;
use crate::kernel::digest::Digest;
use crate::model::id::{Actor, EventId, Recipient};
use crate::model::message::MessageType;
use crate::text::{message, units, value};
use crate::view::history::{List, Talk, TaskTrace};
use crate::view::lens::{Lens, message_title};

/// What a reading and a writing are called among the types.
const BOARD_TYPES: [&str; 2] = ["writes", "reads"];

/// Rows before the window whose arrows may still arrive in it, and rows behind it that say where arrows
/// arrive that end beyond it.
const LEAD: usize = 40;

/// Which rows are wanted; what is empty filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this type, as scripts look for it.
    pub kind: String,
    /// Only what this participant sends or receives, by id.
    pub agent: String,
    /// Only what says this, in any case.
    pub text: String,
}

impl Filter {
    /// Says whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty() && self.agent.is_empty() && self.text.trim().is_empty()
    }
}

/// Lists the types to filter by: as scripts look for them, and in words.
pub fn types() -> Vec<(String, String)> {
    let messages =
        MessageType::ALL.iter().map(|kind| (kind.name().to_owned(), message_title(*kind)));
    let board =
        BOARD_TYPES.iter().map(|name| ((*name).to_owned(), format!("{name} the blackboard")));
    messages.chain(board).collect()
}

/// The rows that pass a filter, brought up to date as the talk grows.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    filter: Filter,
    task: Option<crate::model::id::TaskIx>,
    seen: usize,
    /// The digest of the turn of the last row seen: another run, or another branch, has another.
    mark: Option<Digest>,
    rows: Vec<usize>,
    /// Everyone who could have a lane, as long as nobody joins in.
    people: Arc<Vec<String>>,
    /// The lanes, as long as nobody joins in and the user wants the same.
    cast: Option<(Seats, Arc<Cast>)>,
}

/// What lanes depend on: how many take part, whether the blackboard does, and what the user wants.
type Seats = (usize, bool, LaneChoice);

impl Sieve {
    /// Reads on towards the end of the talk, from its beginning where it is another, at most so many
    /// rows; says whether that is all.
    pub fn follow(&mut self, lens: &Lens<'_>, filter: &Filter, rows_max: usize) -> bool {
        let talk = lens.talk();
        let same = self.task == lens.task
            && self.filter == *filter
            && self.seen <= talk.len()
            && self.mark == mark(lens, talk, self.seen);
        if !same {
            *self = Sieve { filter: filter.clone(), task: lens.task, ..Sieve::default() };
        }
        if filter.is_empty() {
            self.seen = talk.len();
        } else {
            let wanted = Wanted::of(lens, filter);
            for row in talk.from(self.seen).take(rows_max) {
                if wanted.passes(lens, *row) {
                    self.rows.push(self.seen);
                }
                self.seen += 1;
            }
        }
        self.mark = mark(lens, talk, self.seen);
        self.seen == talk.len()
    }

    /// Gives everyone of a talk a lane, as long as it is followed.
    fn seat(&mut self, lens: &Lens<'_>, lanes: &LaneChoice) -> Arc<Cast> {
        let none = BTreeSet::new();
        let (everyone, board) =
            trace(lens).map_or((&none, false), |trace| (&trace.cast, trace.board));
        let seats = (everyone.len(), board, lanes.clone());
        match &self.cast {
            Some((same, cast)) if *same == seats => Arc::clone(cast),
            _ => {
                let own = |actor: &&Actor| matches!(actor, Actor::Orchestrator | Actor::Agent(_));
                let people = everyone.iter().filter(own).map(|actor| lens.actor_name(*actor));
                self.people = Arc::new(people.collect());
                let cast = Arc::new(Cast::seated(lens, everyone, board, lanes));
                self.cast = Some((seats, Arc::clone(&cast)));
                cast
            }
        }
    }

    fn len(&self) -> usize {
        if self.filter.is_empty() { self.seen } else { self.rows.len() }
    }

    fn at(&self, place: usize) -> Option<usize> {
        if self.filter.is_empty() {
            (place < self.seen).then_some(place)
        } else {
            self.rows.get(place).copied()
        }
    }
}

fn trace<'a>(lens: &Lens<'a>) -> Option<&'a TaskTrace> {
    lens.history.task(lens.task?)
}

fn mark(lens: &Lens<'_>, talk: &List<Talk>, seen: usize) -> Option<Digest> {
    let last = talk.get(seen.checked_sub(1)?)?;
    let event = event_of(lens, *last)?;
    let log = lens.session.log();
    log.turn(log.turn_of(event)).map(|turn| turn.digest)
}

fn event_of(lens: &Lens<'_>, row: Talk) -> Option<EventId> {
    match row {
        Talk::Message(ix) => lens.history.messages.get(ix.at()).map(|trace| trace.sent),
        Talk::Write(_, event) | Talk::Read(_, event) => Some(event),
    }
}

/// A filter with its names looked up.
struct Wanted<'a> {
    filter: &'a Filter,
    agent: Option<Actor>,
    text: String,
}

impl<'a> Wanted<'a> {
    fn of(lens: &Lens<'_>, filter: &'a Filter) -> Wanted<'a> {
        let head = lens.session.head();
        let agent = match filter.agent.as_str() {
            "" => None,
            "orchestrator" => Some(Actor::Orchestrator),
            id => head.agent_ids.get(id).map(|agent| Actor::Agent(*agent)),
        };
        Wanted { filter, agent, text: filter.text.trim().to_lowercase() }
    }

    fn passes(&self, lens: &Lens<'_>, row: Talk) -> bool {
        match row {
            Talk::Message(ix) => {
                let Some(trace) = lens.history.messages.get(ix.at()) else { return false };
                let of_kind = self.filter.kind.is_empty() || self.filter.kind == trace.kind.name();
                let of_agent = self.agent.is_none_or(|agent| {
                    trace.from == agent
                        || matches!(trace.to, Recipient::All)
                        || trace.to == Recipient::One(agent)
                });
                of_kind
                    && of_agent
                    && self.says(|| {
                        let content = message::content(lens.session, trace.payload);
                        format!("{} {content}", message_title(trace.kind))
                    })
            }
            Talk::Write(ix, event) | Talk::Read(ix, event) => {
                let name = BOARD_TYPES[usize::from(matches!(row, Talk::Read(..)))];
                let of_kind = self.filter.kind.is_empty() || self.filter.kind == name;
                let by = || lens.session.log().record(event).map(|record| record.actor);
                let of_agent = self.agent.is_none_or(|agent| by() == Some(agent));
                of_kind
                    && of_agent
                    && self.says(|| {
                        let entry = lens.world().environment.knowledge_base.get(ix);
                        entry.map_or_else(String::new, |entry| {
                            let said = value::named(&entry.finding.key, &entry.finding.value);
                            format!("{name} {said}")
                        })
                    })
            }
        }
    }

    fn says(&self, words: impl FnOnce() -> String) -> bool {
        self.text.is_empty() || words().to_lowercase().contains(&self.text)
    }
}

/// Which part of the talk to draw, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The first row in view, counted among those that pass.
    pub first: usize,
    /// Behind the last.
    pub end: usize,
    /// The lanes.
    pub lanes: LaneChoice,
}

/// Draws the rows in view, with what came before an event set apart.
pub fn part(lens: &Lens<'_>, sieve: &mut Sieve, part: &Part, past: Option<&Past>) -> Messages {
    let talk = lens.talk();
    let total = sieve.len();
    let end = part.end.min(total);
    let first = part.first.min(end);
    let from = first.saturating_sub(LEAD);
    let cast = sieve.seat(lens, &part.lanes);
    let row = |place: usize| talk.get(sieve.at(place)?).copied();
    let near: Vec<Talk> = (from..end.saturating_add(LEAD).min(total)).filter_map(row).collect();
    let shown = near.get(..end - from).unwrap_or(&near);
    let pending = pending(lens);
    let scale = Scale::new(near.iter().map(|row| sent_at(lens, *row).0).collect());
    let view = Diagram { lens, cast: &cast, scale: &scale, pending: &pending, past };
    Messages {
        summary: summary(lens, talk.len(), &pending),
        lanes: cast.lanes(lens),
        rows: shown.iter().enumerate().filter_map(|(place, row)| view.row(place, *row)).collect(),
        earlier: from,
        lead: first - from,
        total,
        of: talk.len(),
        at_end: end == total,
        participants: Arc::clone(&sieve.people),
        more: sieve.seen < talk.len(),
        stretches: view.stretches(shown.len()),
        now: format!("now {}", units::time(lens.world().now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lens::tests::at_every_turn;

    fn rows(lens: &Lens<'_>, filter: &Filter, first: usize, end: usize) -> Messages {
        let mut sieve = Sieve::default();
        sieve.follow(lens, filter, usize::MAX);
        part(lens, &mut sieve, &Part { first, end, ..Part::default() }, None)
    }

    #[test]
    fn a_part_shows_the_same_rows_as_the_whole() {
        let mut compared = 0;
        at_every_turn("competition", |lens| {
            let whole = rows(lens, &Filter::default(), 0, usize::MAX);
            let window = rows(lens, &Filter::default(), 50, 60);
            assert_eq!(window.total, whole.rows.len());
            for (at, row) in window.rows.iter().enumerate() {
                assert_eq!(*row, whole.rows[window.earlier + at]);
                compared += 1;
            }
        });
        assert!(compared > 0);
    }

    #[test]
    fn a_sieve_that_grew_holds_what_a_fresh_one_finds() {
        let filter = Filter { kind: "bid".to_owned(), ..Filter::default() };
        let mut grown = Sieve::default();
        let mut bids = 0;
        at_every_turn("competition", |lens| {
            grown.follow(lens, &filter, usize::MAX);
            let mut fresh = Sieve::default();
            assert!(fresh.follow(lens, &filter, usize::MAX));
            assert_eq!(grown.rows, fresh.rows);
            let mut slow = Sieve::default();
            while !slow.follow(lens, &filter, 7) {}
            assert_eq!(slow.rows, fresh.rows);
            bids = fresh.rows.len();
        });
        assert!(bids > 2, "{bids}");
    }

    #[test]
    fn filters_by_agent_and_text_keep_only_what_fits() {
        let mut found = 0;
        at_every_turn("competition", |lens| {
            let text = Filter { text: "OUTSCORED".to_owned(), ..Filter::default() };
            let shown = rows(lens, &text, 0, usize::MAX);
            assert!(shown.rows.iter().all(|row| row.content.contains("outscored")));
            found += shown.rows.len();
            let agent = Filter { agent: "pricing_strategist_01".to_owned(), ..Filter::default() };
            let shown = rows(lens, &agent, 0, usize::MAX);
            assert!(
                shown.rows.iter().all(|row| {
                    row.to == "*" || row.from == agent.agent || row.to == agent.agent
                })
            );
        });
        assert!(found > 0);
    }

    #[test]
    fn hidden_lanes_are_shared_and_order_is_kept() {
        at_every_turn("competition", |lens| {
            let mut sieve = Sieve::default();
            sieve.follow(lens, &Filter::default(), usize::MAX);
            let mut lanes = LaneChoice::default();
            lanes.toggle("pricing_strategist_01");
            lanes.order = vec!["market_analyst_02".to_owned(), "orchestrator".to_owned()];
            let shown = part(lens, &mut sieve, &Part { first: 0, end: usize::MAX, lanes }, None);
            let ids: Vec<&str> = shown.lanes.iter().map(|lane| lane.id.as_str()).collect();
            assert!(!ids.contains(&"pricing_strategist_01"));
            let place = |id: &str| ids.iter().position(|other| *other == id);
            if let (Some(a), Some(b)) = (place("market_analyst_02"), place("orchestrator")) {
                assert!(a < b);
            }
            for row in &shown.rows {
                assert!(row.arrivals.iter().all(|arrival| arrival.lane < ids.len()));
            }
        });
    }
}
