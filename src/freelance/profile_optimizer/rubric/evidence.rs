//! The rubric's part on evidence: what shows that the work had results.

use super::super::results::quantified;
use super::{Fix, Item, Part, fix, item, pointer, ratio};
use crate::freelance::conditions::{PORTFOLIO_PROOF, VERIFIED_RESULTS};
use crate::freelance::money::counted;
use crate::freelance::profile::{Piece, Profile};

/// Quantified results a bio should hold: one may be an accident.
pub const BIO_RESULTS_WANTED: usize = 2;
/// Portfolio pieces from which more add nothing: a client looks at half a dozen.
pub const PIECES_WANTED: usize = 6;
/// Share of pieces and positions that should show a quantified result.
pub const PIECE_RESULTS_WANTED: f64 = 0.5;
/// Reviews from which a rating is believed.
pub const REVIEWS_WANTED: u32 = 10;
/// Hours to write a portfolio piece up, the work itself being done already.
const PIECE_HOURS: f64 = 6.0;

/// Judges the evidence of results: 35 points.
pub fn evidence(profile: &Profile) -> [Item; 4] {
    [bio_results(profile), portfolio_pieces(profile), piece_results(profile), reviews(profile)]
}

fn bio_results(profile: &Profile) -> Item {
    let found = profile.bio.as_ref().map_or_else(Vec::new, |bio| quantified(&bio.value)).len();
    let share = ratio(found, BIO_RESULTS_WANTED as f64);
    item(
        "bio_results",
        Part::Evidence,
        8.0,
        share,
        pointer(&profile.bio).into_iter().collect(),
        || Fix {
            provides: vec![VERIFIED_RESULTS],
            ..fix(
                "Enhance bio with quantifiable achievements",
                format!("It holds {found} of the {BIO_RESULTS_WANTED} figures a client can weigh"),
                1.5,
                "bio",
            )
        },
    )
}

fn portfolio_pieces(profile: &Profile) -> Item {
    let there = profile.portfolio.len();
    let missing = PIECES_WANTED.saturating_sub(there);
    let share = ratio(there, PIECES_WANTED as f64);
    let read_at = profile.portfolio.iter().map(|piece| piece.pointer.clone()).collect();
    item("portfolio_pieces", Part::Evidence, 12.0, share, read_at, || Fix {
        size: Some((missing as f64, "items")),
        provides: vec![PORTFOLIO_PROOF],
        ..fix(
            &format!("Add {missing} more portfolio piece{}", if missing == 1 { "" } else { "s" }),
            format!("{there} of {PIECES_WANTED} are there"),
            PIECE_HOURS * missing as f64,
            "portfolio",
        )
    })
}

fn piece_results(profile: &Profile) -> Item {
    let pieces: Vec<&Piece> = profile.portfolio.iter().chain(&profile.work).collect();
    let shown: Vec<String> = pieces
        .iter()
        .filter(|piece| piece.texts.iter().any(|text| !quantified(&text.value).is_empty()))
        .map(|piece| piece.pointer.clone())
        .collect();
    let wanted = libm::ceil(pieces.len().max(2) as f64 * PIECE_RESULTS_WANTED);
    let found = shown.len();
    let mut item =
        item("piece_results", Part::Evidence, 8.0, ratio(found, wanted), shown, || Fix {
            provides: vec![VERIFIED_RESULTS],
            ..fix(
                "Say the result in figures for your projects and positions",
                format!("{found} of {} do", pieces.len()),
                wanted - found as f64,
                "portfolio",
            )
        });
    if pieces.is_empty() {
        item.fix = None;
    }
    item
}

/// Judges reviews by their count, and by how far the rating lies above the middle of its scale.
fn reviews(profile: &Profile) -> Item {
    let reviews = profile.reviews.as_ref();
    let count = reviews.map_or(0, |reviews| reviews.value.count);
    let rating = reviews.and_then(|reviews| reviews.value.rating);
    // A rating nobody gave counts as one in the middle between 2.5 and 5.
    let regard = rating.map_or(0.5, |rating| ((rating - 2.5) / 2.5 / 0.9).clamp(0.0, 1.0));
    let share = ratio(count as usize, f64::from(REVIEWS_WANTED)) * regard;
    let read_at = reviews.map(|reviews| reviews.pointer.clone()).into_iter().collect();
    let title = if count < REVIEWS_WANTED {
        "Ask past clients for reviews"
    } else {
        "Follow up with unhappy clients"
    };
    let shown =
        rating.map_or_else(|| "no rating".to_owned(), |rating| format!("a rating of {rating}"));
    item("reviews", Part::Evidence, 7.0, share, read_at, || Fix {
        provides: vec![VERIFIED_RESULTS],
        ..fix(title, format!("{}, {shown}", counted(count as usize, "review")), 2.0, "reviews")
    })
}
