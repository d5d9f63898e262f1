//! Means with their spread, and robust trends.

/// Values from which a trend is told.
pub const TREND_FROM: usize = 5;

/// Latest values a trend looks at: slopes are taken pair by pair, and old ones tell little.
const TREND_LATEST: usize = 200;

/// A mean of so many values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// Half the width of its 95 % interval (normal approximation); none of fewer than 5 values.
    pub half_width: Option<f64>,
    /// How many values.
    pub count: usize,
}

impl Mean {
    /// Returns the mean of values; none of none.
    pub fn of(values: &[f64]) -> Option<Mean> {
        if values.is_empty() {
            return None;
        }
        let count = values.len() as f64;
        let value = values.iter().sum::<f64>() / count;
        let half_width = (values.len() >= TREND_FROM).then(|| {
            let squares: f64 = values.iter().map(|one| (one - value) * (one - value)).sum();
            1.96 * (squares / (count - 1.0) / count).sqrt()
        });
        Some(Mean { value, half_width, count: values.len() })
    }
}

/// A robust trend over values in their order (Theil 1950, Sen 1968: the median of all pairs' slopes).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Change from one value to the next.
    pub per_step: f64,
    /// How many values it rests on.
    pub count: usize,
}

impl Trend {
    /// Returns the trend of values; none of fewer than `TREND_FROM`.
    pub fn of(values: &[f64]) -> Option<Trend> {
        if values.len() < TREND_FROM {
            return None;
        }
        let latest = &values[values.len().saturating_sub(TREND_LATEST)..];
        let mut slopes = Vec::with_capacity(latest.len() * (latest.len() - 1) / 2);
        for (at, from) in latest.iter().enumerate() {
            for (steps, to) in (1_u32..).zip(&latest[at + 1..]) {
                slopes.push((to - from) / f64::from(steps));
            }
        }
        slopes.sort_by(f64::total_cmp);
        let middle = slopes.len() / 2;
        let per_step = if slopes.len() % 2 == 1 {
            slopes[middle]
        } else {
            (slopes[middle - 1] + slopes[middle]) / 2.0
        };
        Some(Trend { per_step, count: latest.len() })
    }
}
