//! What each step of a plan gains: its share of the predicted gain of the whole.

use super::TeamBeliefs;
use super::draft::Draft;

/// Steps up to which the shares are exact: 2 to the power of it predictions are asked for.
const EXACT_MAX: usize = 10;

/// Shares the plan's predicted gain among its steps, by place; the shares add up to the whole.
///
/// The Shapley value (Shapley 1953): what a step adds, averaged over all orders in which the steps can
/// join. A step's gain alone would not do, since what it brings may need another, nor its gain on top
/// of all others, since several may each be enough. For more than `EXACT_MAX` steps a fixed sample of
/// orders stands for all (as Castro, Gómez and Tejada 2009 sample random ones): every rotation of the
/// draft's order and of its reverse.
pub fn shares(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs) -> Vec<f64> {
    let planned: Vec<usize> = draft.planned().collect();
    let mut shares = vec![0.0; draft.steps.len()];
    let own = if planned.len() <= EXACT_MAX {
        exact(&planned, |chosen| gain_of(draft, beliefs, chosen))
    } else {
        sampled(&planned, |chosen| gain_of(draft, beliefs, chosen))
    };
    for (place, share) in planned.into_iter().zip(own) {
        if let Some(slot) = shares.get_mut(place) {
            *slot = share;
        }
    }
    shares
}

/// Predicts the gain of some steps of a draft alone.
fn gain_of(draft: &Draft<'_>, beliefs: &dyn TeamBeliefs, chosen: &[usize]) -> f64 {
    let mut part = draft.clone();
    let left_out = part.steps.iter_mut().enumerate().filter(|(place, _)| !chosen.contains(place));
    left_out.for_each(|(_, step)| step.share = 0.0);
    part.predicted_gain(beliefs)
}

/// Averages over all orders by going through the sets of steps that can have joined before.
fn exact(planned: &[usize], gain: impl Fn(&[usize]) -> f64) -> Vec<f64> {
    let count = planned.len();
    let members = |set: usize| -> Vec<usize> {
        planned
            .iter()
            .enumerate()
            .filter(|(bit, _)| set >> bit & 1 == 1)
            .map(|(_, place)| *place)
            .collect()
    };
    let gains: Vec<f64> = (0..1_usize << count).map(|set| gain(&members(set))).collect();
    let mut shares = vec![0.0; count];
    for (bit, share) in shares.iter_mut().enumerate() {
        for (set, before) in gains.iter().enumerate().filter(|(set, _)| set >> bit & 1 == 0) {
            let after = gains.get(set | 1 << bit).copied().unwrap_or(*before);
            *share += (after - before) * weight(set.count_ones() as usize, count);
        }
    }
    shares
}

/// Returns the share of all orders in which just a given set of so many comes before a step:
/// size! (count - size - 1)! / count!.
fn weight(size: usize, count: usize) -> f64 {
    // 1 / (count * binomial(count - 1, size)), the binomial built up factor by factor.
    let mut binomial = 1.0;
    for factor in 0..size {
        binomial *= (count - 1 - factor) as f64 / (factor + 1) as f64;
    }
    1.0 / (count as f64 * binomial)
}

fn sampled(planned: &[usize], gain: impl Fn(&[usize]) -> f64) -> Vec<f64> {
    let mut sums = vec![0.0; planned.len()];
    let empty = gain(&[]);
    for start in 0..planned.len() {
        let mut order: Vec<usize> = (0..planned.len()).collect();
        order.rotate_left(start);
        for _ in 0..2 {
            let mut joined = Vec::new();
            let mut before = empty;
            for at in &order {
                joined.extend(planned.get(*at));
                let after = gain(&joined);
                if let Some(sum) = sums.get_mut(*at) {
                    *sum += after - before;
                }
                before = after;
            }
            order.reverse();
        }
    }
    let orders = 2.0 * planned.len() as f64;
    sums.into_iter().map(|sum| sum / orders).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three players of whom the first is worth 1 alone, and the others 2 only together.
    fn glove(chosen: &[usize]) -> f64 {
        let pair = if chosen.contains(&5) && chosen.contains(&7) { 2.0 } else { 0.0 };
        pair + if chosen.contains(&3) { 1.0 } else { 0.0 }
    }

    #[test]
    fn who_is_only_worth_something_together_shares_it() {
        for shares in [exact(&[3, 5, 7], glove), sampled(&[3, 5, 7], glove)] {
            assert!(shares.iter().all(|share| (share - 1.0).abs() < 1e-12), "{shares:?}");
        }
        assert!(exact(&[], glove).is_empty() && sampled(&[], glove).is_empty());
    }

    #[test]
    fn shares_add_up_to_the_whole() {
        let odd =
            |chosen: &[usize]| libm::sqrt(chosen.iter().map(|place| *place as f64).sum::<f64>());
        let places = [1, 2, 4, 8, 16];
        for shares in [exact(&places, odd), sampled(&places, odd)] {
            assert!((shares.iter().sum::<f64>() - odd(&places)).abs() < 1e-12);
        }
    }
}
