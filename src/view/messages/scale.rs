//! The diagram's scale of time: rows evenly spaced, times in between interpolated.

/// A row's height in the units of the scale.
pub const ROW: u32 = 100;

/// Turns times into heights.
///
/// Numbered promises: 1. a later time never stands higher; 2. rows stand at their middles; 3. a time
/// stands below the rows of all earlier times and above those of its own, since what arrives at a
/// moment arrives before anything is sent at it; 4. what comes after the last row stands at most
/// half a row below it.
pub struct Scale {
    times: Vec<u64>,
}

impl Scale {
    /// Makes a scale of the rows' times [µs], which must not fall.
    pub fn new(times: Vec<u64>) -> Scale {
        Scale { times }
    }

    /// Returns how far down a row's middle stands, in hundredths of a row.
    pub fn row(&self, row: usize) -> u32 {
        edge(row).saturating_add(ROW / 2)
    }

    /// Returns how far down a time stands, in hundredths of a row.
    pub fn at(&self, time_us: u64) -> u32 {
        let next = self.times.partition_point(|row| *row < time_us);
        let Some((before, &start)) =
            next.checked_sub(1).and_then(|row| Some((row, self.times.get(row)?)))
        else {
            return 0;
        };
        let half = ROW / 2;
        let below = match self.times.get(next) {
            Some(&end) => {
                let gap = u128::from(end.saturating_sub(start)).max(1);
                let passed = u128::from(time_us.saturating_sub(start));
                u32::try_from(passed * u128::from(half) / gap).unwrap_or(half).min(half)
            }
            None => half,
        };
        self.row(before).saturating_add(below)
    }
}

fn edge(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX / ROW).saturating_mul(ROW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promises_hold() {
        let scale = Scale::new(vec![0, 0, 10, 40, 40, 100]);
        let heights: Vec<u32> = (0..=120).map(|time| scale.at(time)).collect();
        assert!(heights.is_sorted());
        assert_eq!((scale.row(0), scale.row(5)), (50, 550));
        assert_eq!(scale.at(0), 0);
        assert_eq!(scale.at(10), 200, "above the row sent at 10, below those sent at 0");
        assert_eq!(scale.at(25), 275);
        assert_eq!(scale.at(5_000), 600);
        assert_eq!(Scale::new(Vec::new()).at(7), 0);
    }
}
