//! The mind of one agent at this turn: its mail, what it knows, what it is bound to, what comes next.

use super::{AgentRow, Standing};
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx, EventId};
use crate::sim::world::agent::AgentState;
use crate::sim::world::auction::AuctionStage;
use crate::sim::world::environment::bus::Inbound;
use crate::text::{self, message, names, units, value};
use crate::view::history::Reading;
use crate::view::lens::{Lens, message_title};
use crate::view::selected::Fact;

/// One thing an agent has in mind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thought {
    /// When, or by when; may be empty.
    pub when: String,
    /// What.
    pub what: String,
    /// Why, or from whom; may be empty.
    pub why: String,
    /// The event it comes from.
    pub event: Option<u64>,
    /// Whether this turn brought it.
    pub fresh: bool,
}

/// The mind of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mind {
    /// The agent at a glance.
    pub row: AgentRow,
    /// How well it does, and what it can.
    pub standing: Standing,
    /// Mail that it has not read, soonest first.
    pub inbox: Vec<Thought>,
    /// What it knows, and from whom, the latest first.
    pub knows: Vec<Thought>,
    /// What it has taken on: slots, subtasks, tasks it coordinates.
    pub commitments: Vec<Thought>,
    /// Bids that are not decided.
    pub bids: Vec<Thought>,
    /// What it will do next and why, soonest first.
    pub next: Vec<Thought>,
    /// What it did, the latest first.
    pub history: Vec<Thought>,
    /// How much it did before what `history` shows.
    pub earlier: usize,
    /// What its work has cost so far.
    pub cost: Vec<Fact>,
}

/// Deeds that are told, the last ones.
const DEEDS_MAX: usize = 40;
/// Things known that are told, the last ones.
const KNOWN_MAX: usize = 40;

/// Shows the mind of the chosen agent; where none is chosen, of the one that the turn is about.
pub fn mind(lens: &Lens<'_>, chosen: Option<&str>) -> Option<Mind> {
    let agent = pick(lens, chosen)?;
    let state = lens.world().agent(agent)?;
    let acts = lens.history.agents.get(agent.at()).map_or(0, |trace| trace.acts);
    Some(Mind {
        row: super::row(lens, agent, state),
        standing: super::standing(lens, agent, state),
        inbox: inbox(lens, agent),
        knows: knows(lens, agent),
        commitments: commitments(lens, agent, state),
        bids: bids(lens, agent),
        next: next(lens, agent, state),
        history: lens.history.acts(agent).take(DEEDS_MAX).map(|event| deed(lens, event)).collect(),
        earlier: acts.saturating_sub(DEEDS_MAX),
        cost: cost(lens, state),
    })
}

/// Returns the chosen agent, else the one that acts, else the coordinator, else the first.
fn pick(lens: &Lens<'_>, chosen: Option<&str>) -> Option<AgentIx> {
    let world = lens.world();
    let chosen = chosen.and_then(|id| world.agent_ids.get(id).copied());
    let turn = lens.session.log().turn(lens.session.turn());
    let acting = turn.and_then(|turn| match turn.actor {
        Actor::Agent(agent) => Some(agent),
        _ => None,
    });
    let leads = || lens.task_state().and_then(|task| task.coordinator());
    chosen.or(acting).or_else(leads).or_else(|| (!world.agents.is_empty()).then_some(AgentIx(0)))
}

fn thought(lens: &Lens<'_>, event: Option<EventId>, what: String) -> Thought {
    Thought {
        when: String::new(),
        what,
        why: String::new(),
        event: event.map(|event| u64::from(event.0)),
        fresh: event.is_some_and(|event| lens.session.log().turn_of(event) == lens.session.turn()),
    }
}

fn inbox(lens: &Lens<'_>, agent: AgentIx) -> Vec<Thought> {
    let mail = lens.world().environment.message_bus.inbox(Actor::Agent(agent));
    let one = |inbound: &Inbound| {
        let said = message::content(lens.session, inbound.payload);
        let what = format!("{} {said}", message_title(inbound.kind));
        let arrived = inbound.at <= lens.world().now;
        Thought {
            when: units::time(inbound.at),
            why: format!(
                "from {}, {}",
                lens.actor_name(inbound.from),
                if arrived { "arrived" } else { "on its way" }
            ),
            ..thought(lens, Some(inbound.sent), what.trim_end().to_owned())
        }
    };
    mail.map(one).collect()
}

fn knows(lens: &Lens<'_>, agent: AgentIx) -> Vec<Thought> {
    let mut known: Vec<(EventId, Thought)> = Vec::new();
    let entries = &lens.world().environment.knowledge_base.entries;
    for (entry, readings) in entries.iter().zip(lens.history.readings.iter()) {
        let is_mine = |reading: &&Reading| reading.by == Actor::Agent(agent);
        if let Some(reading) = readings.iter().rfind(is_mine) {
            let what = value::named(&entry.finding.key, &entry.finding.value);
            let why = format!(
                "read on the blackboard, written by {}, version {}",
                lens.actor_name(entry.by),
                entry.version
            );
            let when = format!("turn {}", reading.turn.0);
            let event = reading.event;
            known.push((event, Thought { when, why, ..thought(lens, Some(event), what) }));
        }
    }
    let told = lens.history.agents.get(agent.at()).map(|trace| trace.told.as_slice());
    for ix in told.unwrap_or_default().iter().rev().take(KNOWN_MAX) {
        let Some(trace) = lens.history.messages.get(ix.at()) else { continue };
        let what = message::content(lens.session, trace.payload);
        let why =
            format!("told by {} ({})", lens.actor_name(trace.from), message_title(trace.kind));
        let when = units::time(trace.at);
        known.push((trace.sent, Thought { when, why, ..thought(lens, Some(trace.sent), what) }));
    }
    known.sort_by_key(|(event, _)| std::cmp::Reverse(*event));
    known.into_iter().take(KNOWN_MAX).map(|(_, thought)| thought).collect()
}

fn commitments(lens: &Lens<'_>, agent: AgentIx, state: &AgentState) -> Vec<Thought> {
    let mut found = Vec::new();
    for task in state.coordinating.keys() {
        let ended = lens.world().tasks.get(task.at()).is_none_or(|task| task.ended.is_some());
        if !ended {
            found.push(thought(lens, None, format!("Coordinates {}", task.text())));
        }
    }
    for (subtask, holding) in state.holdings.iter() {
        let last = lens.history.subtask(*subtask).and_then(|trace| trace.last);
        let name = names::subtask(lens.session, *subtask);
        let what = if holding.accepted {
            format!("Result of {name} was accepted")
        } else {
            units::title(&format!("{} {name}", super::stage(holding)))
        };
        let why = format!("for {}, who coordinates", lens.agent_id(holding.coordinator));
        found.push(Thought { why, ..thought(lens, last, what) });
    }
    for auction in &state.slots {
        let award = lens.history.auction(*auction).and_then(|trace| trace.award);
        let event = award.filter(|(winner, ..)| *winner == agent).map(|(.., event)| event);
        found.push(thought(lens, event, format!("Holds a slot since it won {}", auction.text())));
    }
    found
}

fn bids(lens: &Lens<'_>, agent: AgentIx) -> Vec<Thought> {
    let auctions =
        lens.world().environment.agent_proposals.iter().zip(lens.history.auctions.iter());
    let undecided = auctions.enumerate().filter(|(_, (state, _))| {
        matches!(state.stage, AuctionStage::Open | AuctionStage::Awarded(_))
    });
    undecided
        .filter_map(|(at, (state, trace))| {
            let bid = trace.bids.iter().find(|bid| bid.agent == agent)?;
            let said = message::content(lens.session, bid.payload);
            let id = crate::model::id::AuctionIx::from(at).text();
            let why = format!("for {}, decided by {}", id, units::time(state.reply_by));
            let what = format!("Bid for {}, {said}", lens.role_title(state.role));
            Some(Thought { why, ..thought(lens, Some(bid.event), what) })
        })
        .collect()
}

fn next(lens: &Lens<'_>, agent: AgentIx, state: &AgentState) -> Vec<Thought> {
    if state.crashed || state.removed {
        return Vec::new();
    }
    let world = lens.world();
    let me = Actor::Agent(agent);
    let mut due: Vec<(Micros, Thought)> = Vec::new();
    for (_, timer) in world.timers.of_owner(me) {
        let what = units::title(&text::event::purpose_words(lens.session, timer.purpose));
        let why = format!("set in {}", lens.when(lens.session.log().turn_of(timer.set_by)));
        let when = units::time(timer.at);
        due.push((timer.at, Thought { when, why, ..thought(lens, Some(timer.set_by), what) }));
    }
    if let Some(first) = world.environment.message_bus.next_for(me) {
        let at = first.at.max(world.now);
        let count = world.environment.message_bus.inbox(me).count();
        let what = format!("Reads its mail, {}", units::count(count, "message", "messages"));
        let why =
            format!("{} from {} arrives", message_title(first.kind), lens.actor_name(first.from));
        let when = units::time(at);
        due.push((at, Thought { when, why, ..thought(lens, Some(first.sent), what) }));
    }
    due.sort_by_key(|(at, _)| *at);
    due.into_iter().map(|(_, thought)| thought).collect()
}

fn deed(lens: &Lens<'_>, event: EventId) -> Thought {
    let turn = lens.session.log().turn_of(event);
    let when = lens.when(turn);
    Thought { when, ..thought(lens, Some(event), text::sentence(lens.session, event)) }
}

fn cost(lens: &Lens<'_>, state: &AgentState) -> Vec<Fact> {
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
    let now = lens.world().now;
    let share = if now == Micros::ZERO {
        "nothing has passed yet".to_owned()
    } else {
        let slots = now.0 as f64 * f64::from(state.spec.capacity);
        format!("{} % of its slots' time", units::number(state.busy.0 as f64 / slots * 100.0, 1))
    };
    let mut facts = vec![
        fact("Work cost", format!("{} units", units::number(state.milli_units as f64 / 1000.0, 2))),
        fact("Time worked", units::time(state.busy)),
        fact("Utilization", share),
    ];
    if state.tokens > 0 {
        facts.push(fact("Tokens", state.tokens.to_string()));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lens::tests::at_every_turn;

    #[test]
    fn a_mind_holds_the_agents_own_mail_timers_and_deeds() {
        let (mut mail, mut timers, mut known, mut bids) = (0, 0, 0, 0);
        at_every_turn("competition", |lens| {
            let id = "pricing_strategist_01";
            let Some(mind) = mind(lens, Some(id)) else { return };
            assert_eq!(mind.row.agent_id, id);
            let me = lens.world().agent_ids[id];
            let owned =
                lens.world().timers.iter().filter(|(_, timer)| timer.owner == Actor::Agent(me));
            let inbox = lens.world().environment.message_bus.inbox(Actor::Agent(me));
            let waiting = inbox.count();
            assert_eq!(mind.inbox.len(), waiting);
            assert_eq!(mind.next.len(), owned.count() + usize::from(waiting > 0));
            assert!(
                mind.history.iter().all(|deed| deed.what.ends_with('.') || !deed.what.is_empty())
            );
            mail += mind.inbox.len();
            timers += mind.next.len();
            known += mind.knows.len();
            bids += mind.bids.len();
        });
        assert!(mail > 0 && timers > 0 && known > 0 && bids > 0, "{mail} {timers} {known} {bids}");
    }

    #[test]
    fn without_a_choice_the_turn_decides_whose_mind_it_is() {
        at_every_turn("generic-team", |lens| {
            let turn = lens.session.log().turn(lens.session.turn()).expect("a turn");
            if let (Actor::Agent(agent), Some(mind)) = (turn.actor, mind(lens, None)) {
                assert_eq!(mind.row.agent_id, lens.agent_id(agent));
            }
        });
    }
}
