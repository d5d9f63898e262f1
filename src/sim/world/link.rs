//! Links between actors: latency, order, loss and copies, each drawn by the link's own names.

use super::World;
use crate::kernel::draw::{Draw, Key};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::model::id::{Actor, AgentIx};
use crate::sim::scenario::Latency;

/// What a link has carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkState {
    /// How many messages.
    pub count: u64,
    /// When the last of them arrives.
    pub last_arrival: Micros,
}

/// What happens to a message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// When it arrives.
    pub at: Micros,
    /// Whether the link drops it.
    pub lost: bool,
    /// When a copy arrives, if the link makes one.
    pub copy_at: Option<Micros>,
}

impl World {
    /// Says whether every link takes the same time and loses nothing, so that links need no counts.
    #[inline]
    pub fn links_are_plain(&self) -> bool {
        self.links.rules.is_empty() && self.links.latency.min_us == self.links.latency.max_us
    }

    /// Returns what would happen to the next message on a link.
    ///
    /// 1. Messages on one link arrive in the order in which they were sent.
    /// 2. The n-th message on a link has the same luck whatever happens elsewhere.
    #[inline]
    pub fn passage(&self, from: Actor, to: Actor) -> Passage {
        let plain = |at| Passage { at, lost: false, copy_at: None };
        if from == to || matches!(from, Actor::User | Actor::Environment) {
            return plain(self.now);
        }
        if self.links_are_plain() {
            return plain(self.now.after(Micros(self.links.latency.min_us)));
        }
        self.drawn_passage(from, to)
    }

    fn drawn_passage(&self, from: Actor, to: Actor) -> Passage {
        let (from_name, to_name) = (self.actor_name(from), self.actor_name(to));
        let rule = self.links.rules.iter().find(|rule| rule.fits(from_name, to_name));
        let latency = rule.and_then(|rule| rule.latency).unwrap_or(self.links.latency);
        let state = self.link_states.get(&(from, to)).copied().unwrap_or_default();
        let luck = |purpose| {
            Draw::new(
                self.seed,
                purpose,
                &[Key::Name(from_name), Key::Name(to_name), Key::Count(state.count)],
            )
        };
        let at = self.now.after(span(latency, || luck("latency"))).max(state.last_arrival);
        let happens =
            |share: Ppm, purpose| share > Ppm::ZERO && luck(purpose).chance(share.to_f64());
        let (loss, duplication) =
            rule.map_or((Ppm::ZERO, Ppm::ZERO), |rule| (rule.loss, rule.duplication));
        let copied = happens(duplication, "duplicate");
        Passage {
            at,
            lost: happens(loss, "loss"),
            copy_at: copied.then(|| at.after(span(latency, || luck("copy")))),
        }
    }

    /// Returns the agents a broadcast goes to.
    pub fn audience(&self, from: Actor) -> impl Iterator<Item = Actor> + '_ {
        let hears = move |(at, agent): &(usize, &super::agent::AgentState)| {
            !agent.removed && Actor::Agent(AgentIx::from(*at)) != from
        };
        self.agents.iter().enumerate().filter(hears).map(|(at, _)| Actor::Agent(AgentIx::from(at)))
    }
}

/// Draws a latency; a span of one value needs no draw.
fn span(latency: Latency, luck: impl FnOnce() -> Draw) -> Micros {
    if latency.min_us >= latency.max_us {
        return Micros(latency.min_us);
    }
    Micros(luck().within(latency.min_us, latency.max_us))
}
