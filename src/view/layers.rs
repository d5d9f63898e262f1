//! A layered order for a dependency graph: columns by longest path, few crossings, stable.

mod crossing;
mod order;

pub use crossing::crossings;

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

/// Most bends of a graph; beyond, the longest edges go straight and shape nothing.
const BENDS_MAX: usize = 100_000;

/// Lays a graph out in columns after Sugiyama, Tagawa and Toda (1981): longest path, bends for
/// edges over several columns, then barycenter sweeps and swaps of neighbors against crossings.
/// Ties keep the input's order, and the order with the fewest crossings wins, the earliest of them,
/// so that the same plan always looks the same.
///
/// An edge that would close a cycle is left out; plans have none.
pub fn layers(nodes: usize, edges: &[(usize, usize)]) -> Layers {
    let column_of = longest_paths(nodes, edges);
    let mesh = Mesh::of(column_of, edges);
    let columns = order::uncrossed(&mesh);
    let cell = |&at: &u32| mesh.cells[at as usize];
    let columns = columns.iter().map(|column| column.iter().map(cell).collect()).collect();
    Layers { columns, column_of: mesh.column_of }
}

/// Lists of numbers, one for each of many, in one piece of memory.
struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Collects the second numbers of pairs by their first, in the order of the pairs.
    fn of(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Lists {
        let mut starts = vec![0_u32; count + 1];
        for (at, _) in pairs.clone() {
            starts[at as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut free = starts.clone();
        let mut items = vec![0; starts[count] as usize];
        for (at, item) in pairs {
            let place = &mut free[at as usize];
            items[*place as usize] = item;
            *place += 1;
        }
        Lists { starts, items }
    }

    fn get(&self, at: u32) -> &[u32] {
        let at = at as usize;
        &self.items[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Returns each node's column: one more than the furthest of those before it (Kahn, 1962).
fn longest_paths(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let known = edges.iter().filter(|(from, to)| *from < nodes && *to < nodes);
    let after = Lists::of(nodes, known.clone().map(|&(from, to)| (from as u32, to as u32)));
    let mut before = vec![0_usize; nodes];
    for &(_, to) in known {
        before[to] += 1;
    }
    let mut column_of = vec![0; nodes];
    let mut ready: Vec<usize> = (0..nodes).filter(|node| before[*node] == 0).collect();
    let mut next = 0;
    while let Some(&node) = ready.get(next) {
        next += 1;
        for &to in after.get(node as u32) {
            let to = to as usize;
            column_of[to] = column_of[to].max(column_of[node] + 1);
            before[to] -= 1;
            if before[to] == 0 {
                ready.push(to);
            }
        }
    }
    column_of
}

/// The graph with its long edges cut into pieces of one column each.
struct Mesh {
    column_of: Vec<usize>,
    /// The nodes, then the bends.
    cells: Vec<Cell>,
    /// The columns in the input's order, bends behind nodes.
    columns: Vec<Vec<u32>>,
    /// Who stands to the left of each cell at the other end of a piece.
    left: Lists,
    /// Who stands to the right.
    right: Lists,
}

impl Mesh {
    fn of(column_of: Vec<usize>, edges: &[(usize, usize)]) -> Mesh {
        let nodes = column_of.len();
        let width = column_of.iter().max().map_or(0, |last| last + 1);
        let mut cells: Vec<Cell> = (0..nodes).map(Cell::Node).collect();
        let mut columns: Vec<Vec<u32>> = vec![Vec::new(); width];
        for (node, &column) in column_of.iter().enumerate() {
            columns[column].push(node as u32);
        }
        let span = |&(from, to): &(usize, usize)| {
            let (start, end) = (*column_of.get(from)?, *column_of.get(to)?);
            (start < end).then_some((start, end))
        };
        let longest = longest_bent(edges.iter().filter_map(span).map(|(start, end)| end - start));
        let mut pieces: Vec<(u32, u32)> = Vec::new();
        for (edge, ends) in edges.iter().enumerate() {
            let Some((start, end)) = span(ends).filter(|(start, end)| end - start <= longest)
            else {
                continue;
            };
            let mut last = ends.0 as u32;
            for column in columns.iter_mut().take(end).skip(start + 1) {
                let bend = cells.len() as u32;
                cells.push(Cell::Bend(edge));
                column.push(bend);
                pieces.push((last, bend));
                last = bend;
            }
            pieces.push((last, ends.1 as u32));
        }
        let left = Lists::of(cells.len(), pieces.iter().map(|&(from, to)| (to, from)));
        let right = Lists::of(cells.len(), pieces.iter().copied());
        Mesh { column_of, cells, columns, left, right }
    }
}

/// Returns the longest span whose edges bend, so that all bends together stay bearable.
fn longest_bent(spans: impl Iterator<Item = usize> + Clone) -> usize {
    let bends = |longest: usize| -> usize {
        spans.clone().filter(|span| *span <= longest).map(|span| span - 1).sum()
    };
    let mut longest = spans.clone().max().unwrap_or(0);
    while longest > 1 && bends(longest) > BENDS_MAX {
        longest /= 2;
    }
    longest
}

#[cfg(test)]
mod tests;
