//! Where the boxes and the lines of a plan go in a panel of a given width.

use super::layers::{Cell, Layers};

/// A box [px].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width.
    pub w: u32,
    /// Height.
    pub h: u32,
}

impl Area {
    fn middle(self) -> (u32, u32) {
        (self.x + self.w / 2, self.y + self.h / 2)
    }
}

/// A plan's geometry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Whether work flows from left to right; else from top to bottom.
    pub across: bool,
    /// The whole width [px].
    pub width: u32,
    /// The whole height [px].
    pub height: u32,
    /// Where the task enters.
    pub source: Area,
    /// Where the answer leaves.
    pub sink: Area,
    /// The nodes, in the input's order.
    pub nodes: Vec<Area>,
    /// The edges' paths in SVG's words, in the input's order.
    pub edges: Vec<String>,
    /// Paths from the source to the nodes that depend on nothing.
    pub entries: Vec<String>,
    /// Paths to the sink from the nodes that nothing depends on.
    pub exits: Vec<String>,
}

/// How large things are [px].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Narrowest node that its text fits in.
    pub node_w_min: u32,
    /// Widest node; more would only be empty.
    pub node_w_max: u32,
    /// Node height.
    pub node_h: u32,
    /// Air between nodes along the flow, for the lines to bend in.
    pub gap_flow: u32,
    /// Air between nodes across the flow.
    pub gap_side: u32,
    /// Width of the source and the sink.
    pub end_w: u32,
    /// Their height.
    pub end_h: u32,
}

/// Nodes of two lines, for a panel in front.
pub const ROOMY: Sizes = Sizes {
    node_w_min: 148,
    node_w_max: 236,
    node_h: 50,
    gap_flow: 40,
    gap_side: 14,
    end_w: 76,
    end_h: 32,
};

/// Nodes of one line, for a panel beside another.
pub const COMPACT: Sizes = Sizes {
    node_w_min: 104,
    node_w_max: 150,
    node_h: 30,
    gap_flow: 26,
    gap_side: 8,
    end_w: 52,
    end_h: 24,
};

/// Places a plan: across where all columns fit beside each other, else downward with full columns
/// broken into rows, so that no plan ever needs sideways scrolling.
///
/// `hidden` edges go straight from box to box; they do not shape the layers.
pub fn place(
    laid: &Layers,
    edges: &[(usize, usize)],
    hidden: &[(usize, usize)],
    sizes: Sizes,
    width: u32,
) -> Placed {
    let columns = u32::try_from(laid.columns.len()).unwrap_or(u32::MAX);
    let least = columns
        .saturating_mul(sizes.node_w_min + sizes.gap_flow)
        .saturating_add(2 * sizes.end_w + sizes.gap_flow);
    let across = least <= width;
    let mut placed =
        if across { place_across(laid, sizes, width) } else { place_down(laid, sizes, width) };
    let ways = ways(laid, &placed, edges.len(), sizes);
    let routed = edges.iter().zip(ways).map(|(edge, way)| route(&placed, *edge, way));
    let straight = hidden.iter().map(|edge| direct(&placed, sizes, *edge));
    placed.edges = routed.chain(straight).collect();
    let count = placed.nodes.len();
    let (mut is_start, mut is_end) = (vec![true; count], vec![true; count]);
    for &(from, to) in edges.iter().filter(|(from, to)| *from < count && *to < count) {
        (is_end[from], is_start[to]) = (false, false);
    }
    placed.entries = (0..count)
        .filter(|node| is_start[*node])
        .map(|node| {
            line(across, &[leave(placed.source, across), enter(placed.nodes[node], across)])
        })
        .collect();
    placed.exits = (0..count)
        .filter(|node| is_end[*node])
        .map(|node| line(across, &[leave(placed.nodes[node], across), enter(placed.sink, across)]))
        .collect();
    placed
}

fn empty(laid: &Layers, across: bool, width: u32) -> Placed {
    Placed {
        across,
        width,
        height: 0,
        source: Area::default(),
        sink: Area::default(),
        nodes: vec![Area::default(); laid.column_of.len()],
        edges: Vec::new(),
        entries: Vec::new(),
        exits: Vec::new(),
    }
}

fn place_across(laid: &Layers, sizes: Sizes, width: u32) -> Placed {
    let mut placed = empty(laid, true, width);
    let columns = laid.columns.len() as u32;
    let tallest = laid.columns.iter().map(|column| nodes_in(column)).max().unwrap_or(0).max(1);
    let height = tallest * sizes.node_h + (tallest - 1) * sizes.gap_side + 4;
    let room = width.saturating_sub(2 * sizes.end_w + sizes.gap_flow) / columns.max(1);
    let node_w = room.saturating_sub(sizes.gap_flow).clamp(sizes.node_w_min, sizes.node_w_max);
    let used = 2 * sizes.end_w + columns * node_w + (columns + 1) * sizes.gap_flow;
    // What is left over widens the gaps a little, then centers the whole.
    let extra = (width.saturating_sub(used) / (columns + 1)).min(sizes.gap_flow);
    let gap = sizes.gap_flow + extra;
    let left = width.saturating_sub(used + extra * (columns + 1)) / 2;
    placed.height = height;
    placed.source = Area { x: left, y: (height - sizes.end_h) / 2, w: sizes.end_w, h: sizes.end_h };
    let mut x = left + sizes.end_w + gap;
    for column in &laid.columns {
        let count = nodes_in(column);
        let total = count * sizes.node_h + count.saturating_sub(1) * sizes.gap_side;
        let mut y = (height - total) / 2;
        for cell in column {
            if let Cell::Node(node) = cell {
                placed.nodes[*node] = Area { x, y, w: node_w, h: sizes.node_h };
                y += sizes.node_h + sizes.gap_side;
            }
        }
        x += node_w + gap;
    }
    placed.sink = Area { x, y: (height - sizes.end_h) / 2, w: sizes.end_w, h: sizes.end_h };
    placed
}

fn place_down(laid: &Layers, sizes: Sizes, width: u32) -> Placed {
    let mut placed = empty(laid, false, width);
    let per_row = ((width + sizes.gap_side) / (sizes.node_w_min + sizes.gap_side)).max(1);
    placed.source =
        Area { x: width.saturating_sub(sizes.end_w) / 2, y: 0, w: sizes.end_w, h: sizes.end_h };
    let mut y = sizes.end_h + sizes.gap_flow / 2;
    for column in &laid.columns {
        let nodes: Vec<usize> = column.iter().filter_map(as_node).collect();
        for row in nodes.chunks(per_row as usize) {
            let count = row.len() as u32;
            let node_w = ((width + sizes.gap_side) / count)
                .saturating_sub(sizes.gap_side)
                .min(sizes.node_w_max);
            let total = count * node_w + (count - 1) * sizes.gap_side;
            let mut x = width.saturating_sub(total) / 2;
            for &node in row {
                placed.nodes[node] = Area { x, y, w: node_w, h: sizes.node_h };
                x += node_w + sizes.gap_side;
            }
            y += sizes.node_h + sizes.gap_side;
        }
        y += sizes.gap_flow / 2 + 4;
    }
    placed.sink =
        Area { x: width.saturating_sub(sizes.end_w) / 2, y, w: sizes.end_w, h: sizes.end_h };
    placed.height = y + sizes.end_h + 2;
    placed
}

fn nodes_in(column: &[Cell]) -> u32 {
    column.iter().filter_map(as_node).count() as u32
}

fn as_node(cell: &Cell) -> Option<usize> {
    match cell {
        Cell::Node(node) => Some(*node),
        Cell::Bend(_) => None,
    }
}

fn leave(area: Area, across: bool) -> (u32, u32) {
    let (x, y) = area.middle();
    if across { (area.x + area.w, y) } else { (x, area.y + area.h) }
}

fn enter(area: Area, across: bool) -> (u32, u32) {
    let (x, y) = area.middle();
    if across { (area.x, y) } else { (x, area.y) }
}

/// Returns the points where each long edge passes through the columns between its ends: the gap
/// below the node that stands above its bend, else above the one below.
fn ways(laid: &Layers, placed: &Placed, edges: usize, sizes: Sizes) -> Vec<Vec<(u32, u32)>> {
    let mut ways = vec![Vec::new(); edges];
    for column in laid.columns.iter().filter(|_| placed.across) {
        let first = column.iter().find_map(as_node).and_then(|node| placed.nodes.get(node));
        let Some(mut beside) = first.copied() else { continue };
        let mut y = beside.y.saturating_sub(sizes.gap_side / 2);
        for cell in column {
            match *cell {
                Cell::Node(node) => {
                    beside = placed.nodes.get(node).copied().unwrap_or(beside);
                    y = beside.y + beside.h + sizes.gap_side / 2;
                }
                Cell::Bend(edge) => {
                    if let Some(way) = ways.get_mut(edge) {
                        way.extend([(beside.x, y), (beside.x + beside.w, y)]);
                    }
                }
            }
        }
    }
    ways
}

/// Draws an edge from box to box by its way.
fn route(placed: &Placed, (from, to): (usize, usize), way: Vec<(u32, u32)>) -> String {
    let ends = placed.nodes.get(from).zip(placed.nodes.get(to));
    let Some((from, to)) = ends else {
        return String::new();
    };
    let mut points = vec![leave(*from, placed.across)];
    points.extend(way);
    points.push(enter(*to, placed.across));
    line(placed.across, &points)
}

/// Draws a smooth line through points, leaving and entering along the flow.
fn line(across: bool, points: &[(u32, u32)]) -> String {
    let mut path = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let Some((px, py)) = place.checked_sub(1).and_then(|before| points.get(before)) else {
            path = format!("M{x} {y}");
            continue;
        };
        let (mx, my) = (px.midpoint(*x), py.midpoint(*y));
        path += &if across {
            format!(" C{mx} {py} {mx} {y} {x} {y}")
        } else {
            format!(" C{px} {my} {x} {my} {x} {y}")
        };
    }
    path
}

/// Draws a hidden edge: between boxes of one column a bow beside them, else a straight way.
fn direct(placed: &Placed, sizes: Sizes, (from, to): (usize, usize)) -> String {
    let areas = placed.nodes.get(from).zip(placed.nodes.get(to));
    let Some((from, to)) = areas else {
        return String::new();
    };
    if placed.across && from.x == to.x {
        let x = from.x + from.w;
        let bow = x + sizes.gap_flow * 3 / 4;
        let (y, end) = (from.middle().1 + 12, to.middle().1.saturating_sub(12));
        let (y, end) = if from.y < to.y { (y, end) } else { (y - 24, end + 24) };
        return format!("M{x} {y} C{bow} {y} {bow} {end} {x} {end}");
    }
    if !placed.across && from.y == to.y {
        let y = from.y + from.h;
        let (a, b) = (from.middle().0, to.middle().0);
        let low = y + sizes.gap_side + 6;
        return format!("M{a} {y} C{a} {low} {b} {low} {b} {y}");
    }
    line(placed.across, &[leave(*from, placed.across), enter(*to, placed.across)])
}

#[cfg(test)]
mod tests {
    use super::super::layers::layers;
    use super::*;

    const WIDTHS: [u32; 6] = [300, 358, 560, 900, 1_400, 2_200];

    /// Lays out a plan at every width a panel can have and checks that nothing overlaps or leaves it.
    fn check(nodes: usize, edges: &[(usize, usize)]) {
        let laid = layers(nodes, edges);
        for (width, sizes) in
            WIDTHS.into_iter().flat_map(|width| [(width, ROOMY), (width, COMPACT)])
        {
            let placed = place(&laid, edges, &[], sizes, width);
            for (place, a) in placed.nodes.iter().enumerate() {
                assert!(a.w >= sizes.node_w_min.min(width), "too narrow at {width}");
                assert!(a.x + a.w <= width && a.y + a.h <= placed.height, "outside at {width}");
                for b in &placed.nodes[..place] {
                    let apart = a.x + a.w <= b.x
                        || b.x + b.w <= a.x
                        || a.y + a.h <= b.y
                        || b.y + b.h <= a.y;
                    assert!(apart, "overlap at {width}: {a:?} {b:?}");
                }
            }
            assert!(placed.edges.iter().all(|path| path.starts_with('M')));
        }
    }

    #[test]
    fn plans_fit_every_width() {
        check(3, &[]);
        check(3, &[(0, 1), (1, 2)]);
        check(8, &[(0, 2), (1, 2), (2, 3), (2, 4), (3, 5), (4, 5), (0, 5), (5, 6), (5, 7)]);
        let chain: Vec<(usize, usize)> = (0..39).map(|node| (node, node + 1)).collect();
        check(40, &chain);
        check(60, &[]);
    }
}
