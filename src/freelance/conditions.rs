//! Conditions that advice needs and provides, and which of them a profile holds already.

use std::collections::BTreeSet;

use super::job::Job;
use super::profile::Profile;
use super::profile_optimizer::rubric::{self, Item};

/// Enough portfolio pieces to show a client who pays more what they pay for.
pub const PORTFOLIO_PROOF: &str = "portfolio_proof";
/// Title and bio say what the freelancer does and with what.
pub const CLEAR_POSITIONING: &str = "clear_positioning";
/// Results that a reader could check: figures, pieces with an outcome, reviews.
pub const VERIFIED_RESULTS: &str = "verified_results";
/// The skills listed are those the given jobs ask for.
pub const CURRENT_SKILLS: &str = "current_skills";
/// Clients who pay the rate that is asked are known.
pub const PAYING_CLIENTS: &str = "paying_clients";

/// Portfolio pieces from which a portfolio is a proof; assumed: fewer leave it open whether the good
/// one was luck.
pub const PROOF_PIECES: usize = 4;

/// Returns the conditions a profile holds, seen against the given jobs.
///
/// `paying_clients` is never among them: only work on the jobs can provide it.
pub fn held(profile: &Profile, jobs: &[Job]) -> BTreeSet<&'static str> {
    let items = rubric::judge(profile, jobs);
    let full = |id: &str| items.iter().find(|item| item.id == id).is_some_and(Item::is_full);
    let mut held = BTreeSet::new();
    if profile.portfolio.len() >= PROOF_PIECES {
        held.insert(PORTFOLIO_PROOF);
    }
    if full("specific_title") && full("focused_bio") {
        held.insert(CLEAR_POSITIONING);
    }
    if full("bio_results") || full("piece_results") {
        held.insert(VERIFIED_RESULTS);
    }
    if full("asked_skills") {
        held.insert(CURRENT_SKILLS);
    }
    held
}
