//! Counting where lines cross: between two cells, between all columns, and in a finished order.

use std::collections::BTreeMap;

use super::{Cell, Layers, Mesh};

/// Returns how many lines of an upper cell cross lines of the one below it, by where they end.
pub(super) fn between(above: &[u32], below: &[u32], place: &[u32]) -> i64 {
    let mut count = 0;
    for &a in above {
        let end = place[a as usize];
        count += below.iter().filter(|b| place[**b as usize] < end).count() as i64;
    }
    count
}

/// Returns how many lines cross between all columns (Barth, Jünger and Mutzel, 2002, with a tree
/// of sums after Fenwick, 1994).
pub(super) fn total(mesh: &Mesh, columns: &[Vec<u32>], place: &[u32]) -> u64 {
    let mut count = 0;
    let mut ends: Vec<u32> = Vec::new();
    let mut sums: Vec<u32> = Vec::new();
    for pair in columns.windows(2) {
        let [left, right] = pair else { continue };
        sums.clear();
        sums.resize(right.len() + 1, 0);
        let mut seen = 0_u64;
        for &cell in left {
            ends.clear();
            ends.extend(mesh.right.get(cell).iter().map(|&other| place[other as usize]));
            // Lines of one cell do not cross each other: all are counted before any is put in.
            for &end in &ends {
                count += seen - u64::from(up_to(&sums, end));
            }
            for &end in &ends {
                put(&mut sums, end);
            }
            seen += ends.len() as u64;
        }
    }
    count
}

/// Returns how many lines end at a place or above it.
fn up_to(sums: &[u32], place: u32) -> u32 {
    let mut at = place as usize + 1;
    let mut sum = 0;
    while at > 0 {
        sum += sums[at];
        at &= at - 1;
    }
    sum
}

fn put(sums: &mut [u32], place: u32) {
    let mut at = place as usize + 1;
    while at < sums.len() {
        sums[at] += 1;
        at += at & at.wrapping_neg();
    }
}

/// Counts the crossings of a finished order, each pair of lines for itself.
pub fn crossings(laid: &Layers, edges: &[(usize, usize)]) -> usize {
    let mut count = 0;
    for pair in laid.columns.windows(2) {
        let [left, right] = pair else { continue };
        let place = |column: &[Cell]| -> BTreeMap<(bool, usize), usize> {
            let key = |cell: &Cell| match *cell {
                Cell::Node(node) => (true, node),
                Cell::Bend(edge) => (false, edge),
            };
            column.iter().enumerate().map(|(at, cell)| (key(cell), at)).collect()
        };
        let (left, right) = (place(left), place(right));
        let lines: Vec<(usize, usize)> = edges
            .iter()
            .enumerate()
            .filter_map(|(edge, &(from, to))| {
                let start = left.get(&(false, edge)).or_else(|| left.get(&(true, from)))?;
                let end = right.get(&(false, edge)).or_else(|| right.get(&(true, to)))?;
                Some((*start, *end))
            })
            .collect();
        for (at, (a, b)) in lines.iter().enumerate() {
            let cross = |(c, d): &&(usize, usize)| (c < a && d > b) || (c > a && d < b);
            count += lines[..at].iter().filter(cross).count();
        }
    }
    count
}
