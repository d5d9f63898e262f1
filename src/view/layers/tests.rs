//! A plan in columns has few crossings, large or small, and changes little when the plan grows.

use super::*;
use crate::kernel::draw::{Draw, Key};

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
    assert_eq!(crossings(&laid, &edges), 0);
}

#[test]
fn a_cycle_or_a_stray_edge_is_survived() {
    let laid = layers(3, &[(0, 1), (1, 0), (7, 9), (2, 2)]);
    assert_eq!(laid.column_of.len(), 3);
    assert_eq!(layers(0, &[]).columns.len(), 0);
}

/// Draws a graph whose edges go from earlier nodes to later ones that are near.
fn random(number: u64, nodes: usize, edges: usize, near: u64) -> Vec<(usize, usize)> {
    let mut luck = Draw::new(number, "random graph", &[Key::Count(nodes as u64)]);
    let mut found = Vec::new();
    while found.len() < edges {
        let to = luck.within(1, nodes as u64 - 1);
        let from = to - 1 - luck.below(near.min(to));
        found.push((from as usize, to as usize));
    }
    found
}

/// Tries every order of every column.
fn fewest(laid: &Layers, edges: &[(usize, usize)], column: usize) -> usize {
    if column == laid.columns.len() {
        return crossings(laid, edges);
    }
    let mut best = usize::MAX;
    let mut laid = laid.clone();
    permute(&mut laid, column, 0, &mut |laid| {
        best = best.min(fewest(laid, edges, column + 1));
    });
    best
}

fn permute(laid: &mut Layers, column: usize, from: usize, each: &mut dyn FnMut(&Layers)) {
    if from >= laid.columns[column].len() {
        return each(laid);
    }
    for other in from..laid.columns[column].len() {
        laid.columns[column].swap(from, other);
        permute(laid, column, from + 1, each);
        laid.columns[column].swap(from, other);
    }
}

#[test]
fn crossings_are_nearly_as_few_as_in_the_best_order_there_is() {
    let (mut ours, mut best, mut tried) = (0, 0, 0);
    for number in 0..600 {
        let edges = random(number, 11, 16, 8);
        let laid = layers(11, &edges);
        let orders: usize =
            laid.columns.iter().map(|column| (1..=column.len()).product::<usize>()).product();
        if orders > 6_000 {
            continue;
        }
        let (found, least) = (crossings(&laid, &edges), fewest(&laid, &edges, 0));
        assert!(least <= found && found <= least + 3, "graph {number}: {found}, best {least}");
        (ours, best, tried) = (ours + found, best + least, tried + 1);
    }
    assert!(tried >= 20 && best > 10, "{tried} graphs, {best} crossings");
    assert!(ours * 5 <= best * 6, "{ours} crossings where {best} would do");
}

#[test]
fn the_tree_counts_what_pairs_of_lines_say() {
    for number in 0..40 {
        let edges = random(number, 60, 110, 20);
        let mesh = Mesh::of(longest_paths(60, &edges), &edges);
        let columns = order::uncrossed(&mesh);
        let mut place = vec![0; mesh.cells.len()];
        for column in &columns {
            for (at, &cell) in column.iter().enumerate() {
                place[cell as usize] = at as u32;
            }
        }
        let counted = crossing::total(&mesh, &columns, &place);
        assert_eq!(counted as usize, crossings(&layers(60, &edges), &edges), "graph {number}");
    }
}

/// Returns the share of pairs in one column that stand the other way around in another layout.
fn turned(a: &Layers, b: &Layers, nodes: usize) -> f64 {
    let places = |laid: &Layers| {
        let mut places = vec![(0, 0); nodes];
        for (column, cells) in laid.columns.iter().enumerate() {
            for (at, cell) in cells.iter().enumerate() {
                if let Cell::Node(node) = cell
                    && *node < nodes
                {
                    places[*node] = (column, at);
                }
            }
        }
        places
    };
    let (a, b) = (places(a), places(b));
    let (mut pairs, mut flips) = (0, 0);
    for x in 0..nodes {
        for y in 0..x {
            if a[x].0 == a[y].0 && b[x].0 == b[y].0 {
                pairs += 1;
                flips += usize::from((a[x].1 < a[y].1) != (b[x].1 < b[y].1));
            }
        }
    }
    flips as f64 / f64::from(pairs.max(1))
}

#[test]
fn the_same_plan_looks_the_same_and_one_more_subtask_turns_little_around() {
    let mut sum = 0.0;
    for number in 0..20 {
        let mut edges = random(number, 120, 180, 30);
        let laid = layers(120, &edges);
        assert_eq!(laid, layers(120, &edges));
        edges.push((57, 120));
        let more = layers(121, &edges);
        sum += turned(&laid, &more, 120);
    }
    println!("{:.3} of pairs turned around", sum / 20.0);
    assert!(sum / 20.0 < 0.1, "{:.3} of pairs turned around", sum / 20.0);
}

#[test]
fn a_plan_of_a_thousand_is_laid_out_with_few_crossings() {
    let edges = random(1, 1_000, 1_500, 125);
    let laid = layers(1_000, &edges);
    let cells: usize = laid.columns.iter().map(Vec::len).sum();
    let mesh = Mesh::of(laid.column_of.clone(), &edges);
    let cell = |&at: &u32| mesh.cells[at as usize];
    let columns = mesh.columns.iter().map(|column| column.iter().map(cell).collect()).collect();
    let sorted = Layers { columns, column_of: laid.column_of.clone() };
    let (found, before) = (crossings(&laid, &edges), crossings(&sorted, &edges));
    println!("{cells} cells, {before} crossings as written, {found} as laid out");
    assert!(found * 4 < before, "{found} of {before} are left");
}

#[test]
fn many_long_edges_stay_bearable() {
    let chain = (0..3_000).map(|node| (node, node + 1));
    let long = (0..2_900).map(|node| (node, 2_950 + node % 50));
    let edges: Vec<(usize, usize)> = chain.chain(long).collect();
    let laid = layers(3_001, &edges);
    assert!(laid.columns.iter().map(Vec::len).sum::<usize>() <= 3_001 + BENDS_MAX);
}
