//! A schedule to hold others against: heterogeneous earliest finish time.
//!
//! H. Topcuoglu, S. Hariri, M.-Y. Wu, Performance-Effective and Low-Complexity Task Scheduling for
//! Heterogeneous Computing, IEEE Transactions on Parallel and Distributed Systems 13(3), 2002.

use super::Order;
use crate::kernel::time::Micros;

/// What a plan is scheduled on.
pub struct Team<'a> {
    /// Where each worker sits; nothing has to pass between workers of one place.
    pub homes: &'a [usize],
    /// How long a subtask takes a worker, by position and worker; none where it cannot do it.
    pub takes: &'a dyn Fn(usize, usize) -> Option<Micros>,
    /// How long a result takes from one subtask to another at another place.
    pub passes: &'a dyn Fn(usize, usize) -> Micros,
}

/// A subtask's place in a schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot {
    /// The worker.
    pub worker: usize,
    /// When it starts.
    pub start: Micros,
    /// When it ends.
    pub end: Micros,
}

/// Schedules a plan: the longest way to the end first, each subtask where it ends soonest, in gaps
/// between earlier ones too. Ties go to what comes first, so that the schedule is the same always.
///
/// None where some subtask has no worker.
pub fn heft(order: &Order, team: &Team<'_>) -> Option<Vec<Slot>> {
    let count = order.sequence.len();
    let rank = upward_ranks(order, team)?;
    let mut ranked = order.sequence.clone();
    // Dependencies rank no lower than their dependents; the topological order settles equal ranks.
    ranked.sort_by(|a, b| rank[*b].total_cmp(&rank[*a]));
    let mut slots = vec![Slot::default(); count];
    let mut busy: Vec<Vec<(Micros, Micros)>> = vec![Vec::new(); team.homes.len()];
    for at in ranked {
        let mut best: Option<Slot> = None;
        for (worker, spans) in busy.iter().enumerate() {
            let Some(takes) = (team.takes)(at, worker) else { continue };
            let start = earliest_gap(spans, ready(order, team, &slots, at, worker), takes);
            let slot = Slot { worker, start, end: start.after(takes) };
            if best.is_none_or(|best| slot.end < best.end) {
                best = Some(slot);
            }
        }
        let slot = best?;
        let spans = &mut busy[slot.worker];
        let place = spans.partition_point(|(start, _)| *start <= slot.start);
        spans.insert(place, (slot.start, slot.end));
        slots[at] = slot;
    }
    Some(slots)
}

/// Returns when the last of a schedule ends.
pub fn makespan(slots: &[Slot]) -> Micros {
    slots.iter().map(|slot| slot.end).max().unwrap_or_default()
}

/// Returns how far each subtask is from the end of the plan, at mean durations (equation 8).
fn upward_ranks(order: &Order, team: &Team<'_>) -> Option<Vec<f64>> {
    let mut rank = vec![0.0_f64; order.sequence.len()];
    for &at in order.sequence.iter().rev() {
        let able: Vec<u64> = (0..team.homes.len())
            .filter_map(|worker| (team.takes)(at, worker))
            .map(|takes| takes.0)
            .collect();
        if able.is_empty() {
            return None;
        }
        let mean = able.iter().map(|&takes| takes as f64).sum::<f64>() / able.len() as f64;
        let mut rest = 0.0_f64;
        for &next in &order.dependents[at] {
            let way = (team.passes)(at, next).0 as f64 + rank[next];
            if way > rest {
                rest = way;
            }
        }
        rank[at] = mean + rest;
    }
    Some(rank)
}

/// Returns when all that a subtask needs is where the worker sits.
fn ready(order: &Order, team: &Team<'_>, slots: &[Slot], at: usize, worker: usize) -> Micros {
    let arrives = |&before: &usize| {
        let slot = slots[before];
        let same = team.homes.get(slot.worker) == team.homes.get(worker);
        if same { slot.end } else { slot.end.after((team.passes)(before, at)) }
    };
    order.depends_on[at].iter().map(arrives).max().unwrap_or_default()
}

/// Returns the start of the first gap, not before `ready`, that is long enough.
fn earliest_gap(spans: &[(Micros, Micros)], ready: Micros, takes: Micros) -> Micros {
    // Spans that end before it is ready cannot hold a gap for it.
    let first = spans.partition_point(|(_, end)| *end <= ready);
    let mut start = ready;
    for &(from, to) in &spans[first..] {
        if start.after(takes) <= from {
            return start;
        }
        start = start.max(to);
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanism::domain::PlannedSubtask;

    /// The ten tasks of the paper's figure 2: their costs on three processors, and their edges.
    const COSTS: [[u64; 3]; 10] = [
        [14, 16, 9],
        [13, 19, 18],
        [11, 13, 19],
        [13, 8, 17],
        [12, 13, 10],
        [13, 16, 9],
        [7, 15, 11],
        [5, 11, 14],
        [18, 12, 20],
        [21, 7, 16],
    ];
    const EDGES: [(usize, usize, u64); 15] = [
        (1, 2, 18),
        (1, 3, 12),
        (1, 4, 9),
        (1, 5, 11),
        (1, 6, 14),
        (2, 8, 19),
        (2, 9, 16),
        (3, 7, 23),
        (4, 8, 27),
        (4, 9, 23),
        (5, 9, 13),
        (6, 8, 15),
        (7, 10, 17),
        (8, 10, 11),
        (9, 10, 13),
    ];

    fn order() -> Order {
        let before = |to: usize| {
            let edges = EDGES.iter().filter(move |edge| edge.1 == to);
            edges.map(|edge| edge.0.to_string()).collect()
        };
        let plan: Vec<PlannedSubtask> = (1..=10)
            .map(|n| PlannedSubtask {
                name: n.to_string(),
                role: String::new(),
                description: String::new(),
                depends_on: before(n),
                capabilities: Vec::new(),
                duration: None,
            })
            .collect();
        Order::of(&plan).expect("the figure has no cycle")
    }

    fn passes(from: usize, to: usize) -> Micros {
        let edge = EDGES.iter().find(|edge| (edge.0, edge.1) == (from + 1, to + 1));
        Micros(edge.map_or(0, |edge| edge.2))
    }

    #[test]
    fn the_papers_example_takes_80() {
        let takes = |at: usize, worker: usize| Some(Micros(COSTS[at][worker]));
        let team = Team { homes: &[0, 1, 2], takes: &takes, passes: &passes };
        let order = order();
        let rank = upward_ranks(&order, &team).expect("everyone can do everything");
        let published = [108.0, 77.0, 80.0, 80.0, 69.0, 63.333, 42.667, 35.667, 44.333, 14.667];
        for (found, published) in rank.iter().zip(published) {
            assert!((found - published).abs() < 0.001, "{rank:?}");
        }
        let slots = heft(&order, &team).expect("everyone can do everything");
        assert_eq!(makespan(&slots), Micros(80));
        // The paper's figure 3(a), by processor.
        let on: Vec<usize> = slots.iter().map(|slot| slot.worker + 1).collect();
        assert_eq!(on, [3, 1, 3, 2, 3, 2, 3, 1, 2, 2]);
        assert_eq!((slots[9].start, slots[9].end), (Micros(73), Micros(80)));
    }

    #[test]
    fn nobody_works_on_two_at_once_and_dependencies_come_first() {
        let takes = |at: usize, worker: usize| Some(Micros(COSTS[at][worker % 3]));
        let nothing = |_: usize, _: usize| Micros::ZERO;
        let order = order();
        for workers in 1..5 {
            let homes: Vec<usize> = (0..workers).collect();
            let team = Team { homes: &homes, takes: &takes, passes: &nothing };
            let slots = heft(&order, &team).expect("everyone can do everything");
            for (at, slot) in slots.iter().enumerate() {
                assert!(order.depends_on[at].iter().all(|before| slots[*before].end <= slot.start));
                let apart = |other: &Slot| other.end <= slot.start || slot.end <= other.start;
                let mut others = slots.iter().enumerate().filter(|(other, _)| *other != at);
                assert!(others.all(|(_, other)| other.worker != slot.worker || apart(other)));
            }
        }
    }

    #[test]
    fn a_subtask_without_a_worker_has_no_schedule() {
        let takes = |at: usize, _: usize| (at != 4).then_some(Micros(1));
        let team = Team { homes: &[0], takes: &takes, passes: &passes };
        assert!(heft(&order(), &team).is_none());
    }
}
