//! Who has a lane in the diagram, in which order, and who shares the last one.

use std::collections::{BTreeMap, BTreeSet};

use super::Lane;
use crate::model::id::{Actor, AgentIx, Recipient};
use crate::text::units;
use crate::view::focus::Name;
use crate::view::history::Talk;
use crate::view::lens::Lens;

/// What the blackboard is called on its lane.
pub(super) const BLACKBOARD: &str = "blackboard";
/// What the lane is called that those without a lane of their own share.
pub(super) const OTHERS: &str = "others";

/// Lanes side by side at most; more could not be told apart.
const LANES_MAX: usize = 24;

/// Which lanes the user wants, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneChoice {
    /// Participants without a lane of their own, by id.
    pub hidden: BTreeSet<String>,
    /// Participants in the order wanted; those not named follow in theirs.
    pub order: Vec<String>,
}

impl LaneChoice {
    /// Gives a participant a lane, or takes it away.
    pub fn toggle(&mut self, id: &str) {
        if !self.hidden.remove(id) {
            self.hidden.insert(id.to_owned());
        }
    }

    /// Moves a lane among those shown by so many places.
    pub fn shift(&mut self, shown: &[String], id: &str, by: isize) {
        let mut order: Vec<String> = shown.to_vec();
        let Some(from) = order.iter().position(|other| other == id) else { return };
        let to = from.saturating_add_signed(by).min(order.len() - 1);
        let moved = order.remove(from);
        order.insert(to, moved);
        self.order = order;
    }

    /// Puts a lane in another's place.
    pub fn put(&mut self, shown: &[String], id: &str, place: usize) {
        let Some(from) = shown.iter().position(|other| other == id) else { return };
        self.shift(shown, id, place as isize - from as isize);
    }
}

/// Who takes part in a stretch of talk, each with a lane.
#[derive(Debug, Default)]
pub(super) struct Cast {
    seats: Vec<Actor>,
    places: BTreeMap<Actor, usize>,
    rest: BTreeSet<AgentIx>,
    blackboard: bool,
}

impl Cast {
    /// Gives everyone of a stretch of talk a lane.
    pub fn of<'a>(lens: &Lens<'_>, talk: impl Iterator<Item = &'a Talk>) -> Cast {
        let mut actors = BTreeSet::new();
        let mut blackboard = false;
        for row in talk {
            match *row {
                Talk::Message(ix) => {
                    let Some(trace) = lens.history.messages.get(ix.at()) else { continue };
                    actors.insert(trace.from);
                    if let Recipient::One(to) = trace.to {
                        actors.insert(to);
                    }
                }
                Talk::Write(..) | Talk::Read(..) => blackboard = true,
            }
        }
        Cast::seated(lens, &actors, blackboard, &LaneChoice::default())
    }

    /// Gives actors lanes as the user wants them; those hidden or too many share the last.
    pub fn seated(
        lens: &Lens<'_>,
        actors: &BTreeSet<Actor>,
        blackboard: bool,
        choice: &LaneChoice,
    ) -> Cast {
        let with_lane = |actor: &&Actor| matches!(actor, Actor::Orchestrator | Actor::Agent(_));
        let wish = |actor: &Actor| {
            let name = lens.actor_name(*actor);
            let place = choice.order.iter().position(|other| *other == name);
            // The orchestrator comes first unless the user put it elsewhere.
            (place.unwrap_or(usize::MAX), *actor != Actor::Orchestrator, *actor)
        };
        let mut sorted: Vec<Actor> = actors.iter().filter(with_lane).copied().collect();
        sorted.sort_by_cached_key(wish);
        let mut cast = Cast { blackboard, ..Cast::default() };
        for actor in sorted {
            let hidden = choice.hidden.contains(&lens.actor_name(actor));
            match actor {
                Actor::Agent(agent) if hidden || cast.seats.len() >= LANES_MAX => {
                    cast.rest.insert(agent);
                }
                _ if hidden => {}
                _ => {
                    cast.places.insert(actor, cast.seats.len());
                    cast.seats.push(actor);
                }
            }
        }
        cast
    }

    /// Lists the lanes.
    pub fn lanes(&self, lens: &Lens<'_>) -> Vec<Lane> {
        let plain =
            |id: &str, title: String| Lane { id: id.to_owned(), title, mark: None, named: false };
        let own = |actor: &Actor| match actor {
            Actor::Agent(agent) => Lane {
                id: lens.agent_id(*agent),
                title: lens.agent_id(*agent),
                mark: Some(lens.mark_of(*agent)),
                named: lens.named(Name::Agent(*agent)),
            },
            other => plain(&lens.actor_name(*other), lens.actor_name(*other)),
        };
        let rest = (!self.rest.is_empty())
            .then(|| plain(OTHERS, units::count(self.rest.len(), "other", "others")));
        let board = self.blackboard.then(|| plain(BLACKBOARD, BLACKBOARD.to_owned()));
        self.seats.iter().map(own).chain(rest).chain(board).collect()
    }

    /// Returns an actor's lane; none for one without, as the environment.
    pub fn lane(&self, actor: Actor) -> Option<usize> {
        let shared = || match actor {
            Actor::Agent(agent) if self.rest.contains(&agent) => Some(self.seats.len()),
            _ => None,
        };
        self.places.get(&actor).copied().or_else(shared)
    }

    /// Says whether a lane is shared.
    pub fn is_shared(&self, lane: usize) -> bool {
        !self.rest.is_empty() && lane == self.seats.len()
    }

    /// Returns the blackboard's lane.
    pub fn board(&self) -> Option<usize> {
        self.blackboard.then(|| self.seats.len() + usize::from(!self.rest.is_empty()))
    }
}
