//! The competition analyzer's answer: insights with counts, provenance, confidence, evidence and advice.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::chance::{Approach, Chance, any_of};
use super::{Analysis, Analyzed, insights, level};
use crate::freelance::money::{amount, counted, listed, percent};
use crate::freelance::standing::{Known, pay_of, standing};
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Direction, Evidence, EvidenceKind, Recommendation, SafetyNet};

/// The least and the most an analyzer is sure of.
const CONFIDENCE: (f64, f64) = (0.05, 0.95);
/// Cost of an analysis and of each job in it [milli-units].
const COST: (u64, u64) = (800, 60);
/// Hours a proposal takes, so that leaving one unwritten saves them.
const PROPOSAL_HOURS: f64 = 0.75;
/// Chance that leaving a job out does harm.
const SKIP_RISK: f64 = 0.05;

/// Writes the answer.
pub(super) fn write(
    analysis: &Analysis<'_>,
    ranking_known: bool,
    analyzed: &[Analyzed<'_>],
) -> Work {
    let median = median(analyzed);
    let counted_jobs = analyzed.iter().filter(|one| one.found.rivals.counted.is_some()).count();
    let level_tag = if analyzed.iter().all(|one| one.found.rivals.tag == Tag::Assumed) {
        Tag::Assumed
    } else {
        Tag::Derived
    };
    let level = level(median);
    let chances: Vec<&Chance> = analyzed.iter().map(|one| &one.found.win_probability).collect();
    let confidence = confidence(analysis, analyzed);
    let result = json!({
        "per_job": analyzed.iter().map(entry).collect::<Vec<Value>>(),
        "competition_level": level,
        "median_rivals": median,
        "any_win": (!chances.is_empty()).then(|| any_of(&chances)),
        "insights": insights::insights(analysis, analyzed, median),
        "confidence": confidence,
        "unknown": unknown(analysis, analyzed),
    });
    let mut provenance = Provenance::default();
    for (at, one) in analyzed.iter().enumerate() {
        note_origins(&mut provenance, at, one);
    }
    if !analyzed.is_empty() {
        provenance.note("/median_rivals", level_tag, "median of the expected rivals");
        provenance.note(
            "/competition_level",
            Tag::Assumed,
            "median rivals: low below 8, high from 20",
        );
        provenance.note("/any_win", Tag::Assumed, "chances taken as independent");
    }
    provenance.tag("/confidence", Tag::Assumed);
    let finding = |key: &str, value: Value| Finding {
        key: key.into(),
        category: "competition_analysis".into(),
        value,
        scope: Scope::Task,
    };
    let per_job: Vec<_> = analyzed.iter().map(|one| &one.found).collect();
    let summary = json!({
        "level": level,
        "median_rivals": median,
        "jobs": analyzed.len(),
        "counted": counted_jobs,
        "tag": level_tag,
    });
    Work {
        result,
        provenance,
        confidence,
        evidence: evidence(analysis, ranking_known, analyzed),
        recommendations: advice(analysis, analyzed, median, confidence).into_iter().collect(),
        findings: vec![
            finding("competition.per_job", json!(per_job)),
            finding("competition.level", summary),
        ],
        broadcasts: Vec::new(),
        cost: Cost { milli_units: COST.0 + COST.1 * analyzed.len() as u64, tokens: 0 },
    }
}

fn entry(one: &Analyzed<'_>) -> Value {
    json!({
        "job_id": one.job.id,
        "title": one.job.title,
        "rivals": one.found.rivals,
        "win_probability": one.found.win_probability,
        "standpoint": one.standpoint,
        "sets_apart": one.sets_apart,
        "missing_skills": one.missing,
        "bid_strategy": one.strategy,
    })
}

fn median(analyzed: &[Analyzed<'_>]) -> Option<f64> {
    let mut expected: Vec<f64> = analyzed.iter().map(|one| one.found.rivals.expected).collect();
    expected.sort_by(f64::total_cmp);
    let middle = expected.len() / 2;
    let upper = expected.get(middle).copied()?;
    let lower = if expected.len().is_multiple_of(2) {
        expected.get(middle.saturating_sub(1)).copied()?
    } else {
        upper
    };
    Some((lower + upper) / 2.0)
}

/// Lists what the analyzer does not know and what would let it know.
fn unknown(analysis: &Analysis<'_>, analyzed: &[Analyzed<'_>]) -> Vec<Value> {
    let mut gaps = Vec::new();
    let uncounted = analyzed.iter().filter(|one| one.found.rivals.counted.is_none()).count();
    if uncounted > 0 {
        let what = format!("how many bid for {}", counted(uncounted, "job"));
        gaps.push(
            json!({"what": what, "would_help": "`proposals` of each job, as the posting shows it"}),
        );
    }
    if analysis.strength.is_none() {
        gaps.push(json!({"what": "how strong the profile is", "would_help": "the profile optimizer in the team"}));
    }
    if analyzed.is_empty() {
        gaps.push(json!({"what": "rivals and chances", "would_help": "jobs that fit the profile"}));
    }
    gaps
}

/// Returns how sure the analyzer is: counted proposals (two fifths), known strength, compared skills and
/// comparable prices (a fifth each), times one less half of the mean width of the chances.
fn confidence(analysis: &Analysis<'_>, analyzed: &[Analyzed<'_>]) -> f64 {
    let count = analyzed.len() as f64;
    if analyzed.is_empty() {
        return CONFIDENCE.0;
    }
    let share = |holds: &dyn Fn(&Analyzed<'_>) -> bool| {
        analyzed.iter().filter(|one| holds(one)).count() as f64 / count
    };
    let open = |one: &Analyzed<'_>, name: &str| {
        one.standpoint.assumed.iter().any(|what| what.starts_with(name))
    };
    let counted_jobs = share(&|one| one.found.rivals.counted.is_some());
    let strength = if analysis.strength.is_some() { 1.0 } else { 0.0 };
    let fit = share(&|one| !open(one, "fit"));
    let price = share(&|one| !open(one, "price"));
    let width = analyzed
        .iter()
        .map(|one| one.found.win_probability.high - one.found.win_probability.low)
        .sum::<f64>()
        / count;
    let present = 0.4 * counted_jobs + 0.2 * (strength + fit + price);
    rounded((present * (1.0 - width / 2.0)).clamp(CONFIDENCE.0, CONFIDENCE.1), 4)
}

fn evidence(
    analysis: &Analysis<'_>,
    ranking_known: bool,
    analyzed: &[Analyzed<'_>],
) -> Vec<Evidence> {
    let knowledge =
        |key: &str| Evidence { kind: EvidenceKind::Knowledge, at: key.into(), tag: Tag::Derived };
    let ranking = ranking_known.then(|| knowledge("jobs.ranked"));
    let strength = analysis.strength.map(|_| knowledge("profile.strength"));
    let jobs = analyzed.iter().map(job_evidence);
    let rows: BTreeMap<&str, Tag> = analyzed
        .iter()
        .filter_map(|one| one.market.as_ref())
        .map(|row| (row.name.as_str(), row.tag))
        .collect();
    let rows = rows.into_iter().map(|(name, tag)| Evidence {
        kind: EvidenceKind::Market,
        at: name.into(),
        tag,
    });
    ranking.into_iter().chain(strength).chain(jobs).chain(rows).collect()
}

fn note_origins(provenance: &mut Provenance, at: usize, one: &Analyzed<'_>) {
    let base = format!("/per_job/{at}");
    let rivals = &one.found.rivals;
    if rivals.counted.is_some() {
        provenance.note(
            format!("{base}/rivals/counted"),
            Tag::Given,
            format!("{}/proposals", one.job.pointer),
        );
        provenance.note(format!("{base}/rivals/low"), Tag::Given, "proposals so far");
    } else {
        provenance.note(format!("{base}/rivals/low"), rivals.tag, rivals.basis.clone());
    }
    provenance.note(format!("{base}/rivals/expected"), rivals.tag, rivals.basis.clone());
    provenance.note(
        format!("{base}/rivals/high"),
        rivals.tag.max(Tag::Derived),
        rivals.basis.clone(),
    );
    provenance.note(
        format!("{base}/rivals/strength"),
        Tag::Assumed,
        "beliefs: the usual rival, by the pay's place in the market",
    );
    provenance.note(
        format!("{base}/win_probability"),
        Tag::Assumed,
        "beliefs: conditional logit among the bids",
    );
    provenance.note(
        format!("{base}/standpoint/fit"),
        Tag::Derived,
        "skills held over skills asked for, else shared words",
    );
    provenance.note(
        format!("{base}/standpoint/price_ratio"),
        Tag::Derived,
        "rate over the middle of the pay",
    );
    let strength_open = one.standpoint.assumed.iter().any(|what| what.starts_with("profile"));
    let strength_tag = if strength_open { Tag::Assumed } else { Tag::Derived };
    provenance.tag(format!("{base}/standpoint/strength"), strength_tag);
}

/// Advises to leave the hopeless jobs out, where there are both hopeless ones and others: the hours of
/// their proposals become hours for sale.
fn advice(
    analysis: &Analysis<'_>,
    analyzed: &[Analyzed<'_>],
    median: Option<f64>,
    confidence: f64,
) -> Option<Recommendation> {
    let (skip, keep): (Vec<_>, Vec<_>) =
        analyzed.iter().partition(|one| one.strategy.approach == Approach::Skip);
    if skip.is_empty() || keep.is_empty() {
        return None;
    }
    let titles: Vec<String> =
        skip.iter().map(|one| format!("\u{201c}{}\u{201d}", one.job.title)).collect();
    let hours = skip.len() as f64 * PROPOSAL_HOURS;
    let mut step = Recommendation {
        id: "skip_hopeless_jobs".into(),
        lever: "availability".into(),
        title: format!("Leave out {} with hardly a chance", counted(skip.len(), "job")),
        detail: format!(
            "{} would take about {} of proposals for a chance below {} each.",
            listed(&titles),
            hours_words(hours),
            percent(super::chance::CHANCE_FLOOR)
        ),
        direction: Direction::Up,
        size: hours,
        unit: "hours".into(),
        needs: vec!["shortlist".into()],
        after: Vec::new(),
        provides: Vec::new(),
        effort_hours: 0.0,
        risk: SKIP_RISK,
        confidence,
        gain: 0.0,
        evidence: skip.iter().map(|one| job_evidence(one)).collect(),
        safety: Some(SafetyNet {
            test: "Send one proposal to the least hopeless of them.".into(),
            watch: "Whether the client answers at all.".into(),
            step_back: "If the client answers, the chances here are set too low: bid on the rest."
                .into(),
        }),
    };
    let (beliefs, profile) = (&analysis.beliefs, analysis.profile);
    let pay = pay_of(&analysis.market, profile);
    let strength = analysis.strength.map(|strength| strength / 100.0);
    let standing = standing(
        beliefs,
        profile,
        analysis.jobs,
        &Known { pay: pay.as_ref(), strength, rivals: median },
    );
    step.gain = rounded(beliefs.gain(&standing, &[(&step, 1.0)]), 4);
    Some(step)
}

fn hours_words(hours: f64) -> String {
    if hours == 1.0 { "1 hour".into() } else { format!("{} hours", amount(hours, 2)) }
}

fn job_evidence(one: &Analyzed<'_>) -> Evidence {
    Evidence { kind: EvidenceKind::Job, at: one.job.id.clone(), tag: Tag::Given }
}
