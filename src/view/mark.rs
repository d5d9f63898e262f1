//! The shape and the hue that stand for a role wherever its agents appear.

/// A shape that can be told apart at twelve pixels without color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A square on its corner.
    Diamond,
    /// A square.
    Square,
    /// A triangle that points up.
    Triangle,
    /// A disk.
    Disk,
    /// A plus.
    Plus,
    /// A pentagon.
    Pentagon,
    /// A triangle that points down.
    Wedge,
    /// A star of five points.
    Star,
}

/// The shapes in the order in which roles take them.
const SHAPES: [Shape; 8] = [
    Shape::Diamond,
    Shape::Square,
    Shape::Triangle,
    Shape::Disk,
    Shape::Plus,
    Shape::Pentagon,
    Shape::Wedge,
    Shape::Star,
];

/// A role's mark: shape first, since color alone says nothing to some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The shape.
    pub shape: Shape,
    /// Which of the eight role hues, from 1.
    pub hue: u8,
}

impl Mark {
    /// Gives the role at a place in the domain's order its mark.
    ///
    /// Sixty-four roles differ in shape or hue before a mark repeats.
    pub fn of_role(place: usize) -> Mark {
        let round = place / SHAPES.len();
        let shape = SHAPES[place % SHAPES.len()];
        let hue = (place + round) % 8 + 1;
        Mark { shape, hue: hue as u8 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_repeat_only_after_sixty_four_roles() {
        let marks: Vec<Mark> = (0..64).map(Mark::of_role).collect();
        for (place, mark) in marks.iter().enumerate() {
            assert!(!marks[..place].contains(mark), "role {place} shares its mark");
        }
        assert_eq!(Mark::of_role(64), Mark::of_role(0));
    }
}
