//! The order of cells within columns: sweeps by barycenter, then swaps of neighbors.

use super::Mesh;
use super::crossing::{between, total};

/// How often the order is swept in each direction; more changes little on plans of real size.
const SWEEPS: usize = 6;

/// How often neighbors are tried the other way around.
const SWAPS: usize = 6;

/// Cells up to which many beginnings are tried; larger plans have a good order nearby anyway.
const SMALL: usize = 400;

/// Returns the columns in an order with few crossings, by sweeps that begin with the input's order
/// at the left. Sweeps that begin otherwise must be better by a tenth, so that a small change of a
/// plan seldom turns it all around.
pub(super) fn uncrossed(mesh: &Mesh) -> Vec<Vec<u32>> {
    let beginnings = if mesh.cells.len() <= SMALL { 12 } else { 2 };
    let mut best = State::of(mesh, 0);
    let mut fewest = total(mesh, &best.columns, &best.place);
    for beginning in 0..beginnings {
        let mut state = State::of(mesh, beginning / 2);
        let mut needed = if beginning == 0 { fewest } else { fewest - fewest / 10 };
        for sweep in 0..2 * SWEEPS {
            if fewest == 0 {
                return best.columns;
            }
            state.sweep(mesh, beginning % 2 == sweep % 2);
            state.swap(mesh);
            let count = total(mesh, &state.columns, &state.place);
            if count < needed {
                (fewest, needed) = (count, count);
                best.clone_from(&state);
            }
        }
    }
    best.columns
}

#[derive(Clone)]
struct State {
    columns: Vec<Vec<u32>>,
    /// Each cell's place in its column.
    place: Vec<u32>,
}

impl State {
    /// Begins with the input's order, turned over and on by so much.
    fn of(mesh: &Mesh, turn: usize) -> State {
        let mut state = State { columns: mesh.columns.clone(), place: vec![0; mesh.cells.len()] };
        for column in 0..state.columns.len() {
            let cells = &mut state.columns[column];
            if turn % 2 == 1 {
                cells.reverse();
            }
            let by = turn / 2 % cells.len().max(1);
            cells.rotate_left(by);
            state.renumber(column);
        }
        state
    }

    fn renumber(&mut self, column: usize) {
        for (place, &cell) in self.columns[column].iter().enumerate() {
            self.place[cell as usize] = place as u32;
        }
    }

    /// Puts each cell at the mean of its neighbors' places, column by column away from one end.
    fn sweep(&mut self, mesh: &Mesh, forward: bool) {
        let count = self.columns.len();
        for step in 1..count {
            let column = if forward { step } else { count - 1 - step };
            let links = if forward { &mesh.left } else { &mesh.right };
            let mut keyed: Vec<(u64, u32)> = self.columns[column]
                .iter()
                .map(|&cell| (self.barycenter(links.get(cell), cell), cell))
                .collect();
            // The sort is stable: equal means keep their order.
            keyed.sort_by_key(|(mean, _)| *mean);
            for (slot, (_, cell)) in self.columns[column].iter_mut().zip(keyed) {
                *slot = cell;
            }
            self.renumber(column);
        }
    }

    /// Returns the mean place of neighbors in 2^20ths, whole numbers being the same on every
    /// machine; a cell without neighbors keeps its own place.
    fn barycenter(&self, neighbors: &[u32], cell: u32) -> u64 {
        if neighbors.is_empty() {
            return u64::from(self.place[cell as usize]) << 20;
        }
        let sum: u64 = neighbors.iter().map(|&other| u64::from(self.place[other as usize])).sum();
        (sum << 20) / neighbors.len() as u64
    }

    /// Swaps neighbors in a column wherever that takes crossings away.
    fn swap(&mut self, mesh: &Mesh) {
        for _ in 0..SWAPS {
            let mut better = false;
            for column in 0..self.columns.len() {
                for at in 1..self.columns[column].len() {
                    let (above, below) = (self.columns[column][at - 1], self.columns[column][at]);
                    if self.gain(mesh, above, below) > 0 {
                        self.columns[column].swap(at - 1, at);
                        self.place.swap(above as usize, below as usize);
                        better = true;
                    }
                }
            }
            if !better {
                return;
            }
        }
    }

    /// Returns how many crossings the other order of two cells would take away.
    fn gain(&self, mesh: &Mesh, above: u32, below: u32) -> i64 {
        let mut gain = 0;
        for links in [&mesh.left, &mesh.right] {
            let (a, b) = (links.get(above), links.get(below));
            gain += between(a, b, &self.place) - between(b, a, &self.place);
        }
        gain
    }
}
