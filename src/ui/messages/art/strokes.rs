//! Many arrows as a few strokes: all of a kind in one path each for lines, heads and starts.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::ROW_PX;
use super::{down, kind_of};
use crate::view::messages::{Arrival, Messages, Passage};

/// Where things stand in the diagram.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    /// How wide the diagram is [px].
    pub width: f64,
    /// How many lanes there are.
    pub lanes: usize,
    /// The place of the row from whose top heights are counted.
    pub base: usize,
}

impl Pen {
    /// Returns where a lane stands [px].
    pub fn across(self, lane: usize) -> f64 {
        (lane as f64 + 0.5) / self.lanes.max(1) as f64 * self.width
    }

    /// Returns how far down a row's top is [px].
    pub fn above(self, place: usize) -> f64 {
        (place as f64 - self.base as f64) * ROW_PX
    }

    /// Returns how far down a row's middle is [px].
    pub fn middle(self, place: usize) -> f64 {
        self.above(place) + ROW_PX / 2.0
    }

    /// Returns where an arrow from a lane at a height begins, and where it ends [px].
    pub fn arrow(self, from: usize, y: f64, arrival: &Arrival) -> (f64, (f64, f64)) {
        let start = self.across(from);
        let goal = self.across(arrival.lane);
        (start, (start + (goal - start) * f64::from(arrival.percent) / 100.0, y + down(arrival.y)))
    }

    /// Returns what tells what is drawn with it from what is drawn with another.
    pub fn key(self) -> (u64, usize, usize) {
        (self.width.to_bits(), self.lanes, self.base)
    }
}

/// Arrows that look alike.
#[derive(Default)]
pub(super) struct Stroke {
    /// What they are: `message`, `broadcast` or `board`.
    pub kind: &'static str,
    /// What became of what they stand for.
    pub passage: Passage,
    /// Whether they belong to what came before.
    pub before: bool,
    /// Their lines.
    pub arrows: String,
    /// Their heads; crosses where they are lost.
    pub ends: String,
    /// Their starts.
    pub starts: String,
}

/// Strokes by what they look like.
type Found = BTreeMap<(&'static str, &'static str, bool), Stroke>;

/// Draws all rows of a talk that this turn does not touch; `past` says whether what came before stands out.
pub(super) fn strokes(model: &Messages, pen: Pen, past: bool) -> Vec<Stroke> {
    let mut found = Found::new();
    // Until the diagram's width is known there is nothing to draw.
    let rows = model.rows.iter().enumerate().filter(|(_, row)| !row.fresh && pen.width > 0.0);
    for (at, row) in rows {
        let (kind, y) = (kind_of(row), pen.middle(model.earlier + at));
        for arrival in &row.arrivals {
            let before = past && row.before && arrival.before;
            let stroke = stroke_of(&mut found, kind, arrival.passage, before);
            let (x, goal) = pen.arrow(row.lane, y, arrival);
            // Writing to a string does not fail.
            let _ = write!(stroke.arrows, "M{x:.1} {y:.1}L{:.1} {:.1}", goal.0, goal.1);
            stroke.ends += &match arrival.passage {
                Passage::Lost => cross(goal),
                _ => head((x, y), goal),
            };
        }
        let before = past && row.before;
        let stroke = stroke_of(&mut found, kind, Passage::Read, before);
        let x = pen.across(row.lane) - 2.5;
        let _ = write!(stroke.starts, "M{x:.1} {y:.1}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0");
    }
    found.into_values().collect()
}

fn stroke_of<'a>(
    found: &'a mut Found,
    kind: &'static str,
    passage: Passage,
    before: bool,
) -> &'a mut Stroke {
    let begin = || Stroke { kind, passage, before, ..Stroke::default() };
    found.entry((kind, passage.name(), before)).or_insert_with(begin)
}

/// Draws the head of an arrow, as large as the marker of single ones.
fn head(start: (f64, f64), goal: (f64, f64)) -> String {
    let (dx, dy) = (goal.0 - start.0, goal.1 - start.1);
    let length = (dx * dx + dy * dy).sqrt().max(f64::MIN_POSITIVE);
    let (dx, dy) = (dx / length, dy / length);
    let point = |along: f64, aside: f64| {
        format!("{:.1} {:.1}", goal.0 + along * dx - aside * dy, goal.1 + along * dy + aside * dx)
    };
    format!("M{}L{}L{}z", point(-6.1, -3.1), point(0.4, 0.0), point(-6.1, 3.1))
}

/// Draws a cross where something was lost.
pub(super) fn cross((x, y): (f64, f64)) -> String {
    format!("M{:.1} {:.1}l9 9m0-9l-9 9", x - 4.5, y - 4.5)
}
