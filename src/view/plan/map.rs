//! A large plan as a map: a column a level, folded columns as one box, only what is in view drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::{NodeState, PlanNode};
use crate::view::layers::{Cell, Layers};
use crate::view::placing::Area;

/// Plans of more nodes than this are drawn as a map.
pub const MAP_FROM: usize = 60;

const NODE_W: u32 = 168;
const NODE_H: u32 = 44;
const GAP_X: u32 = 56;
const GAP_Y: u32 = 8;
const FOLDED_W: u32 = 92;
/// Room for the heads of the columns.
pub const HEAD_H: u32 = 30;

/// The map is at most this many times as wide as high, as far as its levels allow.
const WIDTH_OF_HEIGHT: u32 = 2;
/// A level is never broken into columns of fewer nodes than this.
const ROWS_MIN: usize = 6;

/// One level of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Left edge.
    pub x: u32,
    /// Width.
    pub w: u32,
    /// The nodes from top to bottom, by their place in the plan.
    pub nodes: Vec<usize>,
    /// Whether it is folded into one box.
    pub folded: bool,
}

/// Where everything stands at full size [px].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanMap {
    /// The whole width.
    pub width: u32,
    /// The whole height.
    pub height: u32,
    /// The levels.
    pub columns: Vec<Column>,
    /// Each node's box; that of its column where it is folded.
    pub areas: Vec<Area>,
    column_of: Vec<usize>,
}

/// Places a plan; a node stands at the same place at every turn as long as the same levels are folded.
pub fn map(laid: &Layers, folded: &BTreeSet<usize>) -> PlanMap {
    let nodes_of = |column: &[Cell]| -> Vec<usize> {
        let node = |cell: &Cell| match cell {
            Cell::Node(node) => Some(*node),
            Cell::Bend(_) => None,
        };
        column.iter().filter_map(node).collect()
    };
    let columns: Vec<Vec<usize>> = laid.columns.iter().map(|column| nodes_of(column)).collect();
    let rows = rows(&columns);
    let open = columns.iter().enumerate().filter(|(at, _)| !folded.contains(at));
    let tallest = open.map(|(_, nodes)| nodes.len().min(rows)).max().unwrap_or(1).max(3);
    let height = height_of(tallest);
    let mut areas = vec![Area::default(); laid.column_of.len()];
    let mut placed = Vec::new();
    let mut x = GAP_Y;
    for (level, nodes) in columns.into_iter().enumerate() {
        let folded = folded.contains(&level);
        let w = if folded { FOLDED_W } else { width_of(nodes.len(), rows) };
        // A level that is too tall stands in columns side by side, each as tall as the others.
        let side_by_side = nodes.len().div_ceil(rows).max(1);
        let in_each = nodes.len().div_ceil(side_by_side).max(1);
        let total = in_each as u32 * (NODE_H + GAP_Y);
        let top = HEAD_H + (height - HEAD_H).saturating_sub(total) / 2;
        for (place, node) in nodes.iter().enumerate() {
            let area = if folded {
                Area { x, y: HEAD_H, w, h: height - HEAD_H - GAP_Y }
            } else {
                let (across, down) = ((place / in_each) as u32, (place % in_each) as u32);
                let x = x + across * (NODE_W + GAP_Y);
                Area { x, y: top + down * (NODE_H + GAP_Y), w: NODE_W, h: NODE_H }
            };
            if let Some(slot) = areas.get_mut(*node) {
                *slot = area;
            }
        }
        placed.push(Column { x, w, nodes, folded });
        x += w + GAP_X;
    }
    let width = x.saturating_sub(GAP_X) + GAP_Y;
    PlanMap { width, height, columns: placed, areas, column_of: laid.column_of.clone() }
}

fn height_of(rows: usize) -> u32 {
    HEAD_H + rows as u32 * (NODE_H + GAP_Y) + GAP_Y
}

/// Returns how wide a level is whose columns have at most so many rows.
fn width_of(nodes: usize, rows: usize) -> u32 {
    nodes.div_ceil(rows).max(1) as u32 * (NODE_W + GAP_Y) - GAP_Y
}

/// Returns how many nodes stand below each other at most: as few as keep the map from being too wide
/// for its height. What is folded does not count, so that folding moves nothing up or down.
fn rows(columns: &[Vec<usize>]) -> usize {
    let tallest = columns.iter().map(Vec::len).max().unwrap_or(1);
    let fits = |rows: &usize| {
        let width: u32 = columns.iter().map(|nodes| width_of(nodes.len(), *rows) + GAP_X).sum();
        width <= height_of(*rows) * WIDTH_OF_HEIGHT
    };
    (ROWS_MIN..tallest).find(fits).unwrap_or(tallest.max(1))
}

/// A point of the map [px].
type Spot = (u32, u32);

/// Lines drawn at once at most; beyond that they would only be a smear.
const EDGES_MAX: usize = 900;

impl PlanMap {
    /// Returns the nodes of columns that are not folded whose boxes meet a view, in the plan's order.
    pub fn nodes_in(&self, view: Area) -> Vec<usize> {
        let open = |node: &usize| {
            let column = self.column_of.get(*node).and_then(|at| self.columns.get(*at));
            column.is_some_and(|column| !column.folded)
        };
        (0..self.areas.len()).filter(open).filter(|node| meet(self.areas[*node], view)).collect()
    }

    /// Returns the lines with an end in view, by their place among the edges, each way between two
    /// boxes once.
    pub fn edges_in(&self, edges: &[(usize, usize)], view: Area) -> Vec<(usize, String)> {
        let mut seen = BTreeMap::new();
        for (at, (from, to)) in edges.iter().enumerate() {
            let Some((a, b)) = self.areas.get(*from).zip(self.areas.get(*to)) else { continue };
            if !meet(*a, view) && !meet(*b, view) {
                continue;
            }
            let start = (a.x + a.w, a.y + a.h / 2);
            let end = (b.x, b.y + b.h / 2);
            seen.entry((start, end)).or_insert(at);
            if seen.len() >= EDGES_MAX {
                break;
            }
        }
        let draw = |((start, end), at): ((Spot, Spot), usize)| {
            let ((x1, y1), (x2, y2)) = (start, end);
            let middle = x1.midpoint(x2);
            (at, format!("M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"))
        };
        seen.into_iter().map(draw).collect()
    }

    /// Draws all nodes of a state as one path, for the small map.
    pub fn blocks(&self, nodes: &[PlanNode], state: NodeState) -> String {
        let mut path = String::new();
        for (node, area) in nodes.iter().zip(&self.areas) {
            if node.state == state {
                let Area { x, y, w, h } = *area;
                path += &format!("M{x} {y}h{w}v{h}h-{w}z");
            }
        }
        path
    }

    /// Says how a level stands, such as `33 subtasks: 20 done, 13 running`.
    pub fn words(&self, nodes: &[PlanNode], level: usize) -> String {
        let Some(column) = self.columns.get(level) else { return String::new() };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for node in column.nodes.iter().filter_map(|node| nodes.get(*node)) {
            *counts.entry(node.state.name()).or_default() += 1;
        }
        let told: Vec<String> =
            counts.into_iter().map(|(state, count)| format!("{count} {state}")).collect();
        told.join(", ")
    }

    /// Returns the levels whose subtasks are all done.
    pub fn done(&self, nodes: &[PlanNode]) -> BTreeSet<usize> {
        let is_done = |column: &Column| {
            let mut states = column.nodes.iter().filter_map(|node| nodes.get(*node));
            states.all(|node| node.state == NodeState::Done)
        };
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| is_done(column)).map(|(at, _)| at).collect()
    }
}

fn meet(a: Area, b: Area) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::layers::layers;

    fn thousand() -> (Layers, Vec<(usize, usize)>) {
        let edges: Vec<(usize, usize)> =
            (0..960).flat_map(|node| [(node, node + 40), (node, (node / 40 + 1) * 40)]).collect();
        (layers(1_000, &edges), edges)
    }

    #[test]
    fn a_thousand_nodes_stand_apart_and_few_are_in_view() {
        let (laid, edges) = thousand();
        let map = map(&laid, &BTreeSet::new());
        let view = Area { x: 400, y: 300, w: 1_200, h: 600 };
        let seen = map.nodes_in(view);
        assert!(!seen.is_empty() && seen.len() < 120, "{}", seen.len());
        assert!(map.edges_in(&edges, view).len() <= EDGES_MAX);
        for pair in seen.windows(2) {
            assert!(!meet(map.areas[pair[0]], map.areas[pair[1]]));
        }
        assert!(map.areas.iter().all(|area| area.x + area.w <= map.width));
    }

    #[test]
    fn a_tall_level_stands_in_columns_side_by_side() {
        // One node, then 300 that need it, then one that needs all of those.
        let edges: Vec<(usize, usize)> =
            (1..=300).flat_map(|node| [(0, node), (node, 301)]).collect();
        let map = map(&layers(302, &edges), &BTreeSet::new());
        assert!(map.width <= map.height * WIDTH_OF_HEIGHT, "{} by {}", map.width, map.height);
        assert!(map.height < 300 * NODE_H / 4, "{}", map.height);
        for (at, area) in map.areas.iter().enumerate() {
            assert!(area.x + area.w <= map.width && area.y + area.h <= map.height);
            assert!(map.areas.iter().skip(at + 1).all(|other| !meet(*area, *other)));
        }
    }

    #[test]
    fn a_folded_level_takes_less_room_and_hides_its_nodes() {
        let (laid, edges) = thousand();
        let all = map(&laid, &BTreeSet::new());
        let folded = map(&laid, &BTreeSet::from([1]));
        assert!(folded.width < all.width);
        let everything = Area { x: 0, y: 0, w: folded.width, h: folded.height };
        let hidden = folded.columns[1].nodes.len();
        assert_eq!(folded.nodes_in(everything).len(), 1_000 - hidden);
        // Lines into a folded level meet at its box.
        let near = &edges[..160];
        let lines = folded.edges_in(near, everything).len();
        assert!(lines < all.edges_in(near, everything).len());
    }
}
