//! A layered order for a dependency graph: columns by longest path, few crossings, stable.

use std::collections::BTreeSet;

/// What stands at one place of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A node, by its place in the input.
    Node(usize),
    /// Where a long edge, by its place in the input, passes through.
    Bend(usize),
}

/// A graph in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers {
    /// The columns, each from top to bottom.
    pub columns: Vec<Vec<Cell>>,
    /// Which column each node is in.
    pub column_of: Vec<usize>,
}

/// How often the order is swept in each direction; more changes nothing on plans of real size.
const SWEEPS: usize = 4;

/// Lays a graph out in columns after Sugiyama, Tagawa and Toda (1981): longest path, bends for
/// edges over several columns, barycenter sweeps. Ties keep the input's order, and the order with
/// the fewest crossings wins, the earliest of them, so that the same plan always looks the same.
///
/// An edge that would close a cycle is left out; plans have none.
pub fn layers(nodes: usize, edges: &[(usize, usize)]) -> Layers {
    let column_of = longest_paths(nodes, edges);
    let width = column_of.iter().max().map_or(0, |last| last + 1);
    let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); width];
    for (node, &column) in column_of.iter().enumerate() {
        columns[column].push(Cell::Node(node));
    }
    for (edge, &(from, to)) in edges.iter().enumerate() {
        let (Some(&start), Some(&end)) = (column_of.get(from), column_of.get(to)) else {
            continue;
        };
        for column in columns.iter_mut().take(end).skip(start + 1) {
            column.push(Cell::Bend(edge));
        }
    }
    let columns = uncross(columns, edges, &column_of);
    Layers { columns, column_of }
}

/// Returns each node's column: one more than the furthest of those before it (Kahn, 1962).
fn longest_paths(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut before = vec![0_usize; nodes];
    for &(_, to) in edges.iter().filter(|(from, to)| *from < nodes && *to < nodes) {
        before[to] += 1;
    }
    let mut column_of = vec![0; nodes];
    let mut ready: Vec<usize> = (0..nodes).filter(|node| before[*node] == 0).collect();
    let mut next = 0;
    while let Some(&node) = ready.get(next) {
        next += 1;
        for &(_, to) in edges.iter().filter(|(from, to)| *from == node && *to < nodes) {
            column_of[to] = column_of[to].max(column_of[node] + 1);
            before[to] -= 1;
            if before[to] == 0 {
                ready.push(to);
            }
        }
    }
    column_of
}

/// Sweeps right and left, putting each cell at the mean of its neighbors' places.
fn uncross(
    columns: Vec<Vec<Cell>>,
    edges: &[(usize, usize)],
    column_of: &[usize],
) -> Vec<Vec<Cell>> {
    let links = Links::new(edges, column_of);
    let mut best = columns.clone();
    let mut fewest = crossings(&best, &links);
    let mut current = columns;
    for _ in 0..SWEEPS {
        for forward in [true, false] {
            let order: Vec<usize> = if forward {
                (1..current.len()).collect()
            } else {
                (0..current.len().saturating_sub(1)).rev().collect()
            };
            for column in order {
                let fixed = if forward { column - 1 } else { column + 1 };
                let neighbors = current[fixed].clone();
                sort_by_barycenter(&mut current[column], &neighbors, &links, forward);
            }
            let count = crossings(&current, &links);
            if count < fewest {
                fewest = count;
                best.clone_from(&current);
            }
        }
    }
    best
}

/// Who is joined to whom, one column apart.
struct Links<'a> {
    edges: &'a [(usize, usize)],
    adjacent: BTreeSet<(usize, usize)>,
}

impl<'a> Links<'a> {
    fn new(edges: &'a [(usize, usize)], column_of: &[usize]) -> Links<'a> {
        let column = |node: usize| column_of.get(node).copied();
        let next_door = |(from, to): &(usize, usize)| {
            column(*from).zip(column(*to)).is_some_and(|(start, end)| start + 1 == end)
        };
        Links { edges, adjacent: edges.iter().copied().filter(next_door).collect() }
    }

    /// Says whether an edge's piece joins a left cell to a right one of the next column.
    fn joined(&self, left: Cell, right: Cell) -> bool {
        match (left, right) {
            (Cell::Bend(a), Cell::Bend(b)) => a == b,
            (Cell::Node(node), Cell::Bend(edge)) => {
                let (from, _) = self.edges[edge];
                from == node
            }
            (Cell::Bend(edge), Cell::Node(node)) => {
                let (_, to) = self.edges[edge];
                to == node
            }
            (Cell::Node(a), Cell::Node(b)) => self.adjacent.contains(&(a, b)),
        }
    }
}

fn sort_by_barycenter(column: &mut [Cell], neighbors: &[Cell], links: &Links<'_>, forward: bool) {
    // A barycenter as a fraction, so that comparing needs no floats; none keeps its own place.
    let center = |place: usize, cell: Cell| -> (usize, usize) {
        let joined = |other: Cell| {
            if forward { links.joined(other, cell) } else { links.joined(cell, other) }
        };
        let places: Vec<usize> = (0..neighbors.len()).filter(|at| joined(neighbors[*at])).collect();
        if places.is_empty() { (place, 1) } else { (places.iter().sum(), places.len()) }
    };
    let mut keyed: Vec<((usize, usize), Cell)> =
        column.iter().enumerate().map(|(place, cell)| (center(place, *cell), *cell)).collect();
    keyed.sort_by(|((a, n), _), ((b, m), _)| (a * m).cmp(&(b * n)));
    for (slot, (_, cell)) in column.iter_mut().zip(keyed) {
        *slot = cell;
    }
}

fn crossings(columns: &[Vec<Cell>], links: &Links<'_>) -> usize {
    let mut count = 0;
    for pair in columns.windows(2) {
        let [left, right] = pair else { continue };
        let mut pieces = Vec::new();
        for (a, from) in left.iter().enumerate() {
            for (b, to) in right.iter().enumerate() {
                if links.joined(*from, *to) {
                    pieces.push((a, b));
                }
            }
        }
        for (place, (a, b)) in pieces.iter().enumerate() {
            count += pieces[..place]
                .iter()
                .filter(|(c, d)| (c < a && d > b) || (c > a && d < b))
                .count();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diamond_takes_three_columns() {
        let laid = layers(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]);
        assert_eq!(laid.column_of, [0, 1, 1, 2]);
        assert_eq!(laid.columns[1], [Cell::Node(1), Cell::Node(2)]);
    }

    #[test]
    fn a_long_edge_bends_and_crossings_are_undone() {
        let edges = [(0, 3), (1, 2), (2, 4), (0, 4)];
        let laid = layers(5, &edges);
        assert_eq!(laid.column_of, [0, 0, 1, 1, 2]);
        assert!(laid.columns[1].contains(&Cell::Bend(3)));
        let links = Links::new(&edges, &laid.column_of);
        assert_eq!(crossings(&laid.columns, &links), 0);
    }

    #[test]
    fn a_cycle_or_a_stray_edge_is_survived() {
        let laid = layers(3, &[(0, 1), (1, 0), (7, 9)]);
        assert_eq!(laid.column_of.len(), 3);
        assert_eq!(layers(0, &[]).columns.len(), 0);
    }
}
