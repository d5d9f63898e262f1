//! Builds the diagram from the log: rows in the order they were sent, ends where they were read or lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cast::{BLACKBOARD, Cast};
use super::past::Past;
use super::scale::Scale;
use super::{Arrival, MessageRow, Messages, Passage, RowKind, Stretch};
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, EventId, KnowledgeIx, MessageIx, Recipient};
use crate::sim::event::LossReason;
use crate::text::{message, units, value};
use crate::view::focus::Name;
use crate::view::history::{MessageTrace, Talk};
use crate::view::lens::{Lens, message_title};

/// How much of the talk is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Rows at most, the last ones.
    pub rows_max: usize,
    /// Whether everyone who ever took part has a lane; else only those of the rows shown.
    pub everyone: bool,
}

/// Shows the talk of the selected task.
pub fn messages(lens: &Lens<'_>, extent: Extent) -> Messages {
    let talk = lens.talk();
    let pending = pending(lens);
    let earlier = talk.len().saturating_sub(extent.rows_max);
    let shown: Vec<Talk> = talk.from(earlier).copied().collect();
    let cast = Cast::of(lens, talk.from(if extent.everyone { 0 } else { earlier }));
    let scale = Scale::new(shown.iter().map(|row| sent_at(lens, *row).0).collect());
    let view = Diagram { lens, cast: &cast, scale: &scale, pending: &pending, past: None };
    Messages {
        summary: summary(lens, talk.len(), &pending),
        lanes: cast.lanes(lens),
        rows: shown.iter().enumerate().filter_map(|(place, row)| view.row(place, *row)).collect(),
        earlier,
        lead: 0,
        total: talk.len(),
        of: talk.len(),
        at_end: true,
        participants: Arc::default(),
        more: false,
        stretches: view.stretches(shown.len()),
        now: format!("now {}", units::time(lens.world().now)),
    }
}

/// Finds the messages that have not been read or lost, with whom they are for.
pub(super) fn pending(lens: &Lens<'_>) -> BTreeSet<(MessageIx, Actor)> {
    let world = lens.world();
    let bus = &world.environment.message_bus;
    let agents = (0..world.agents.len()).map(|agent| Actor::Agent(AgentIx::from(agent)));
    let mut found = BTreeSet::new();
    for actor in agents.chain([Actor::Orchestrator]) {
        found.extend(bus.inbox(actor).map(|inbound| (inbound.message, actor)));
    }
    found.extend(bus.doomed.keys().copied());
    found
}

pub(super) fn sent_at(lens: &Lens<'_>, row: Talk) -> Micros {
    let time = |event: EventId| {
        let turn = lens.session.log().turn(lens.session.log().turn_of(event));
        turn.map(|turn| turn.time).unwrap_or_default()
    };
    match row {
        Talk::Message(message) => {
            lens.history.messages.get(message.at()).map(|trace| trace.at).unwrap_or_default()
        }
        Talk::Write(_, event) | Talk::Read(_, event) => time(event),
    }
}

/// Says how many messages were sent, read, lost, and are on their way.
pub(super) fn summary(
    lens: &Lens<'_>,
    rows: usize,
    pending: &BTreeSet<(MessageIx, Actor)>,
) -> String {
    let trace = lens.task.and_then(|task| lens.history.task(task));
    let [sent, read, lost] = trace.map(|trace| trace.counts).unwrap_or_default();
    let task =
        |message: &MessageIx| lens.history.messages.get(message.at()).and_then(|trace| trace.task);
    let flying = pending.iter().filter(|(message, _)| task(message) == lens.task).count();
    if rows == 0 {
        return String::new();
    }
    let lost = if lost > 0 { format!(", {lost} lost") } else { String::new() };
    let flying = if flying > 0 { format!(", {flying} under way") } else { String::new() };
    format!("{sent} sent, {read} read{lost}{flying}")
}

/// Draws rows against a scale.
pub(super) struct Diagram<'a> {
    pub lens: &'a Lens<'a>,
    pub cast: &'a Cast,
    pub scale: &'a Scale,
    pub pending: &'a BTreeSet<(MessageIx, Actor)>,
    pub past: Option<&'a Past>,
}

impl Diagram<'_> {
    /// Draws a row.
    pub fn row(&self, place: usize, row: Talk) -> Option<MessageRow> {
        match row {
            Talk::Message(ix) => self.message(place, ix),
            Talk::Write(ix, event) => self.board_row(ix, event, RowKind::Write),
            Talk::Read(ix, event) => self.board_row(ix, event, RowKind::Read),
        }
    }

    fn message(&self, place: usize, ix: MessageIx) -> Option<MessageRow> {
        let lens = self.lens;
        let trace = lens.history.messages.get(ix.at())?;
        let (from, to) = (lens.actor_name(trace.from), recipient(lens, trace.to));
        let arrivals = self.arrivals(place, ix, trace);
        let passage = self.passage(ix, trace);
        let when = lens.when(lens.session.log().turn_of(trace.sent));
        let whom = if to == "*" { "everyone" } else { to.as_str() };
        Some(MessageRow {
            event: u64::from(trace.sent.0),
            id: ix.text(),
            kind: RowKind::Message,
            spoken: format!("{from} to {whom}, {}, sent in {when}", passage_words(passage, trace)),
            type_name: trace.kind.name().to_owned(),
            title: message_title(trace.kind),
            content: message::content(lens.session, trace.payload),
            time: units::time(trace.at),
            passage,
            // The environment, which makes copies, has no lane; a copy comes from where its original did.
            lane: self.cast.lane(trace.from)?,
            arrivals,
            duplicate: trace.duplicate,
            before: self.is_before(trace.sent),
            named: lens.named(Name::Message(ix)) || self.is_subject(trace.sent),
            fresh: lens.fresh(Name::Message(ix)),
            from,
            to,
        })
    }

    /// Says whether an event belongs to this turn and its narration names who did it.
    fn is_subject(&self, event: EventId) -> bool {
        let of_turn = self.lens.session.log().turn_of(event) == self.lens.session.turn();
        let by = self.lens.session.log().record(event).map(|record| record.actor);
        of_turn && matches!(by, Some(Actor::Agent(agent)) if self.lens.named(Name::Agent(agent)))
    }

    fn board_row(&self, ix: KnowledgeIx, event: EventId, kind: RowKind) -> Option<MessageRow> {
        let lens = self.lens;
        let record = lens.session.log().record(event)?;
        let entry = lens.world().environment.knowledge_base.get(ix)?;
        let (lane, board) = (self.cast.lane(record.actor)?, self.cast.board()?);
        let actor = lens.actor_name(record.actor);
        let (start, goal) = if kind == RowKind::Write { (lane, board) } else { (board, lane) };
        let title = if kind == RowKind::Write { "writes" } else { "reads" };
        let (from, to) = match kind {
            RowKind::Write => (actor.clone(), BLACKBOARD.to_owned()),
            _ => (BLACKBOARD.to_owned(), actor.clone()),
        };
        Some(MessageRow {
            event: u64::from(event.0),
            id: ix.text(),
            kind,
            from,
            to,
            type_name: title.to_owned(),
            title: title.to_owned(),
            content: value::named(&entry.finding.key, &entry.finding.value),
            time: units::time(record.time),
            spoken: format!("{actor} {title} the blackboard, {}", lens.when(record.turn)),
            passage: Passage::Read,
            lane: start,
            arrivals: vec![Arrival {
                lane: goal,
                y: 0,
                percent: 100,
                passage: Passage::Read,
                reason: String::new(),
                before: self.is_before(event),
            }],
            duplicate: false,
            before: self.is_before(event),
            named: lens.named(Name::Knowledge(ix)) && record.turn == lens.session.turn(),
            fresh: record.turn == lens.session.turn(),
        })
    }

    fn passage(&self, ix: MessageIx, trace: &MessageTrace) -> Passage {
        let under_way = self
            .pending
            .range((ix, Actor::Orchestrator)..)
            .take_while(|(message, _)| *message == ix);
        if under_way.count() > 0 {
            Passage::Flying
        } else if trace.fates.iter().any(|fate| fate.lost.is_none()) {
            Passage::Read
        } else if trace.fates.is_empty() {
            // A broadcast that nobody is there to hear has arrived everywhere it could.
            Passage::Read
        } else {
            Passage::Lost
        }
    }

    fn arrivals(&self, place: usize, ix: MessageIx, trace: &MessageTrace) -> Vec<Arrival> {
        let below = |time: u64| self.scale.at(time).saturating_sub(self.scale.row(place)).max(8);
        let met = trace.fates.iter().filter_map(|fate| {
            let lane = self.cast.lane(fate.to)?;
            let passage = if fate.lost.is_some() { Passage::Lost } else { Passage::Read };
            let reason = fate.lost.map_or("", LossReason::name).to_owned();
            Some(Arrival {
                lane,
                y: below(fate.at.0),
                percent: 100,
                passage,
                reason,
                before: self.is_before(fate.event),
            })
        });
        let open = self
            .pending
            .range((ix, Actor::Orchestrator)..)
            .take_while(|(message, _)| *message == ix);
        let flying = open.filter_map(|(_, to)| {
            let lane = self.cast.lane(*to)?;
            let now = self.lens.world().now;
            let whole = trace.deliver_at.since(trace.at).0.max(1);
            let percent = (now.since(trace.at).0.min(whole) * 100 / whole).clamp(12, 100);
            let y = below(now.0.min(trace.deliver_at.0));
            Some(Arrival {
                lane,
                y,
                percent: percent as u32,
                passage: Passage::Flying,
                reason: String::new(),
                before: false,
            })
        });
        self.merged(met.chain(flying))
    }

    /// Draws one arrow of a kind to a lane that several share: to the last who got it.
    fn merged(&self, arrivals: impl Iterator<Item = Arrival>) -> Vec<Arrival> {
        let mut kept: Vec<Arrival> = Vec::new();
        for arrival in arrivals {
            let alike = |other: &&mut Arrival| {
                other.lane == arrival.lane && other.passage == arrival.passage
            };
            let shared = self.cast.is_shared(arrival.lane);
            match kept.iter_mut().find(|other| shared && alike(other)) {
                Some(other) => {
                    other.y = other.y.max(arrival.y);
                    other.before |= arrival.before;
                }
                None => kept.push(arrival),
            }
        }
        kept
    }

    fn is_before(&self, event: EventId) -> bool {
        self.past.is_some_and(|past| past.holds(event))
    }

    /// Draws the work that goes on meanwhile.
    pub fn stretches(&self, rows: usize) -> Vec<Stretch> {
        let end = u32::try_from(rows).unwrap_or(u32::MAX / super::scale::ROW) * super::scale::ROW;
        let task = self.lens.task;
        let spans = self.lens.history.work.iter();
        let of_task = spans.filter(|span| self.lens.history.task_of_subtask(span.subtask) == task);
        of_task
            .filter_map(|span| {
                let lane = self.cast.lane(Actor::Agent(span.agent))?;
                let from = self.scale.at(span.start.0);
                let to = span.end.map_or(end, |end| self.scale.at(end.0));
                (to > from).then(|| Stretch { lane, from, to, mark: self.lens.mark_of(span.agent) })
            })
            .collect()
    }
}

fn recipient(lens: &Lens<'_>, to: Recipient) -> String {
    match to {
        Recipient::One(one) => lens.actor_name(one),
        Recipient::All => "*".to_owned(),
    }
}

fn passage_words(passage: Passage, trace: &MessageTrace) -> String {
    let lost = trace.fates.iter().find_map(|fate| fate.lost);
    match (passage, lost) {
        (Passage::Lost, Some(reason)) => format!("lost ({})", reason.name()),
        (Passage::Lost, None) => "lost".to_owned(),
        (Passage::Flying, _) => "under way".to_owned(),
        (Passage::Read, _) => "read".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::scale::ROW;
    use super::*;
    use crate::view::lens::tests::at_every_turn;

    #[test]
    fn every_message_is_read_lost_or_under_way_and_arrows_go_down() {
        let mut seen_flying = false;
        at_every_turn("generic-team", |lens| {
            let shown = messages(lens, Extent { rows_max: usize::MAX, everyone: true });
            for (place, row) in shown.rows.iter().enumerate() {
                let start = place as u32 * ROW + ROW / 2;
                assert!(row.lane < shown.lanes.len());
                for arrival in &row.arrivals {
                    assert!(arrival.lane < shown.lanes.len());
                    assert!(start + arrival.y <= shown.rows.len() as u32 * ROW + ROW);
                }
                seen_flying |= row.passage == Passage::Flying;
            }
        });
        assert!(seen_flying);
    }

    #[test]
    fn only_the_last_rows_are_shown() {
        let mut whole = 0;
        at_every_turn("generic-team", |lens| {
            let shown = messages(lens, Extent { rows_max: 5, everyone: false });
            assert!(shown.rows.len() <= 5);
            whole = shown.rows.len() + shown.earlier;
        });
        assert!(whole > 5);
    }
}
