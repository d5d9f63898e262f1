//! The proposal writer's answer: briefs and drafts with provenance, confidence, evidence and advice.

use serde_json::{Value, json};

use super::price::Stand;
use super::{COVERAGE_FLOOR, Case, Letter, Verdict};
use crate::freelance::beliefs::Beliefs;
use crate::freelance::job::Job;
use crate::freelance::money::counted;
use crate::freelance::standing::{Known, market_of, pay_of, standing};
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work, WorkOrder};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Direction, Evidence, EvidenceKind, Recommendation, SafetyNet};

/// The least and the most a writer is sure of.
const CONFIDENCE: (f64, f64) = (0.05, 0.95);
/// Cost of the whole and of each job [milli-units].
const COST: (u64, u64) = (1000, 150);
/// Reading a draft over and making it one's own [h].
const EDIT_HOURS: f64 = 0.5;
/// Chance that a proposal does harm: hours lost, hardly more.
const PROPOSAL_RISK: f64 = 0.05;
/// Letters after which the answers say something.
const TEST_LETTERS: usize = 3;

/// Writes the answer.
pub(super) fn write(
    order: &WorkOrder<'_>,
    jobs: &[Job],
    decided: &[(&Case<'_>, Verdict)],
    ranking_known: bool,
) -> Work {
    let mut proposals = Vec::new();
    let mut against = Vec::new();
    let mut drafts = Vec::new();
    let mut provenance = Provenance::default();
    for (case, verdict) in decided {
        let coverage = case.coverage.known.then(|| rounded(case.coverage.share, 4));
        match verdict {
            Verdict::Apply(letter) => {
                let Letter { brief, draft } = letter.as_ref();
                note_origins(&mut provenance, proposals.len(), case, brief.price.as_ref());
                drafts.push(json!({
                    "job_id": case.job.id,
                    "apply": true,
                    "ready": draft.proven,
                    "coverage": coverage,
                    "draft": draft.text,
                }));
                proposals.push(json!({
                    "job_id": case.job.id,
                    "title": case.job.title,
                    "apply": true,
                    "ready": draft.proven,
                    "coverage": coverage,
                    "brief": brief,
                    "draft": draft.text,
                    "sentences": draft.sentences,
                }));
            }
            Verdict::Leave { reason, would_change } => {
                let at = format!("/advised_against/{}/coverage", against.len());
                if coverage.is_some() {
                    provenance.note(at, Tag::Derived, case.job.pointer.clone());
                }
                drafts.push(json!({"job_id": case.job.id, "apply": false, "coverage": coverage, "reason": reason}));
                against.push(json!({
                    "job_id": case.job.id,
                    "title": case.job.title,
                    "apply": false,
                    "coverage": coverage,
                    "reason": reason,
                    "would_change": would_change,
                }));
            }
        }
    }
    provenance.tag("/confidence", Tag::Assumed);
    provenance.note("/coverage_floor", Tag::Assumed, "the proposal writer's threshold");
    let confidence = confidence(decided);
    let ready = decided
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Apply(letter) if letter.draft.proven))
        .count();
    let summary = summary(proposals.len(), ready, against.len(), jobs.len());
    let result = json!({
        "proposals": proposals,
        "advised_against": against,
        "coverage_floor": COVERAGE_FLOOR,
        "confidence": confidence,
        "summary": summary,
        "unknown": unknown(decided),
    });
    Work {
        result,
        provenance,
        confidence,
        evidence: evidence(decided, ranking_known),
        recommendations: advice(order, jobs, decided, confidence).into_iter().collect(),
        findings: vec![Finding {
            key: "proposals.drafts".into(),
            category: "proposal_writing".into(),
            value: Value::Array(drafts),
            scope: Scope::Task,
        }],
        broadcasts: Vec::new(),
        cost: Cost { milli_units: COST.0 + COST.1 * decided.len() as u64, tokens: 0 },
    }
}

fn summary(written: usize, ready: usize, against: usize, given: usize) -> String {
    let mut said = match (given, written, against) {
        (0, ..) => return "No jobs were given, so there is nothing to write.".into(),
        (_, 0, 0) => return "No job of those given fits, so there is nothing to write.".into(),
        (_, 0, against) => {
            return format!("None of the {} is worth a proposal.", counted(against, "ranked job"));
        }
        (_, written, _) if ready == written => {
            format!("{} written, with proof of such work", counted(written, "draft"))
        }
        (_, written, _) => format!(
            "{} written, {} without proof of such work, which wants a result of yours before it goes out",
            counted(written, "draft"),
            written - ready
        ),
    };
    if against > 0 {
        said.push_str(&format!("; better not apply to {}", counted(against, "other")));
    }
    said.push('.');
    said
}

/// Lists what the writer does not know and what would let it know.
fn unknown(decided: &[(&Case<'_>, Verdict)]) -> Vec<Value> {
    let mut gaps = Vec::new();
    let mut note =
        |what: String, needs: &str| gaps.push(json!({"what": what, "would_help": needs}));
    let written = || {
        decided.iter().filter_map(|(case, verdict)| match verdict {
            Verdict::Apply(letter) => Some((case, &letter.brief)),
            Verdict::Leave { .. } => None,
        })
    };
    if decided.is_empty() {
        note("what to write about".into(), "jobs that fit the profile");
    }
    if written().any(|(_, brief)| brief.price.is_none()) {
        note(
            "the price to name".into(),
            "`hourly_rate` with its `currency`, or the pricing strategist in the team",
        );
    }
    let silent = written().filter(|(case, _)| case.job.pay.is_none()).count();
    if silent > 0 {
        note(
            format!("the budget of {}", counted(silent, "job")),
            "the client's answer to the question in the draft",
        );
    }
    let unproven = decided
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Apply(letter) if !letter.draft.proven))
        .count();
    if unproven > 0 {
        let what = format!("what of the profile shows the work of {}", counted(unproven, "job"));
        note(what, "work or portfolio pieces with a sentence on what was done and what came of it");
    }
    gaps
}

/// Returns how sure the writer is: over the letters, the mean of coverage (two fifths), the share of needs
/// with proof where one is told (three tenths), a price (three twentieths) and known odds (three twentieths); where only advice
/// against applying is left, half of the share of jobs whose skills are known.
fn confidence(decided: &[(&Case<'_>, Verdict)]) -> f64 {
    let mut sum = 0.0;
    let mut letters = 0.0;
    for (case, verdict) in decided {
        let Verdict::Apply(letter) = verdict else { continue };
        let Letter { brief, draft } = letter.as_ref();
        let coverage =
            if case.coverage.known { case.coverage.share } else { case.ranked.terms.fit() };
        let needs = brief.needs.len().max(1) as f64;
        let one = |holds: bool| if holds { 1.0 } else { 0.0 };
        let proven = one(draft.proven)
            * brief.needs.iter().filter(|need| need.proof.is_some()).count() as f64
            / needs;
        sum += 0.4 * coverage
            + 0.3 * proven
            + 0.15 * one(brief.price.is_some())
            + 0.15 * one(case.odds.is_some());
        letters += 1.0;
    }
    let sure = if letters > 0.0 {
        sum / letters
    } else {
        let known = decided.iter().filter(|(case, _)| case.coverage.known).count() as f64;
        0.5 * known / decided.len().max(1) as f64
    };
    rounded(sure.clamp(CONFIDENCE.0, CONFIDENCE.1), 4)
}

fn evidence(decided: &[(&Case<'_>, Verdict)], ranking_known: bool) -> Vec<Evidence> {
    let item = |kind: EvidenceKind, at: &str, tag: Tag| Evidence { kind, at: at.into(), tag };
    let mut found = Vec::new();
    let any = |holds: &dyn Fn(&Case<'_>) -> bool| decided.iter().any(|(case, _)| holds(case));
    let read = [
        ("jobs.ranked", ranking_known && !decided.is_empty()),
        ("competition.per_job", any(&|case| case.odds.is_some())),
        ("pricing.rate", any(&|case| case.pricing.is_some())),
        ("profile.strength", any(&|case| case.strength.is_some())),
    ];
    found.extend(
        read.iter()
            .filter(|(_, read)| *read)
            .map(|(key, _)| item(EvidenceKind::Knowledge, key, Tag::Derived)),
    );
    for (case, verdict) in decided {
        found.push(item(EvidenceKind::Job, &case.job.id, Tag::Given));
        let Verdict::Apply(letter) = verdict else { continue };
        let draft = &letter.draft;
        for pointer in draft.sentences.iter().flat_map(|sentence| &sentence.sources) {
            let field = item(EvidenceKind::Field, pointer, Tag::Given);
            if !pointer.starts_with(&case.job.pointer) && !found.contains(&field) {
                found.push(field);
            }
        }
    }
    found
}

fn note_origins(
    provenance: &mut Provenance,
    at: usize,
    case: &Case<'_>,
    price: Option<&super::price::Price>,
) {
    let base = format!("/proposals/{at}");
    if case.coverage.known {
        provenance.note(format!("{base}/coverage"), Tag::Derived, case.job.pointer.clone());
    }
    if let Some(price) = price {
        provenance.note(format!("{base}/brief/price/amount"), price.tag, price.basis.clone());
        if matches!(price.stand, Stand::Fixed { .. } | Stand::Above { .. }) {
            let stand_tag = Tag::of_computed([price.tag]);
            provenance.note(format!("{base}/brief/price/stand"), stand_tag, price.basis.clone());
        }
    }
    if case.odds.is_some() {
        provenance.note(format!("{base}/brief/odds"), Tag::Assumed, "competition.per_job");
    }
}

/// Advises to send the letters, where there are any.
fn advice(
    order: &WorkOrder<'_>,
    jobs: &[Job],
    decided: &[(&Case<'_>, Verdict)],
    confidence: f64,
) -> Option<Recommendation> {
    let written: Vec<&Case<'_>> = decided
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Apply(_)))
        .map(|(case, _)| *case)
        .collect();
    let first = written.first()?;
    let count = written.len();
    let mut step = Recommendation {
        id: "send_tailored_proposals".into(),
        lever: "proposals".into(),
        title: format!("Send {}", counted(count, "tailored proposal")),
        detail: format!(
            "Worth a letter: {count} of the {} on the shortlist. A draft names what its job asks for, what shows it, \
             and one question; read it over before it goes out. Begin with \u{201c}{}\u{201d}.",
            counted(decided.len(), "job"),
            first.job.title
        ),
        direction: Direction::Up,
        size: count as f64,
        unit: "proposals".into(),
        needs: vec!["shortlist".into()],
        after: Vec::new(),
        provides: vec!["tailored_proposals".into()],
        effort_hours: count as f64 * EDIT_HOURS,
        risk: PROPOSAL_RISK,
        confidence,
        gain: 0.0,
        evidence: written
            .iter()
            .map(|case| Evidence {
                kind: EvidenceKind::Job,
                at: case.job.id.clone(),
                tag: Tag::Given,
            })
            .collect(),
        safety: Some(SafetyNet {
            test: format!("Send {} first.", counted(count.min(TEST_LETTERS), "letter")),
            watch: "Whether clients answer the question each letter asks.".into(),
            step_back: format!(
                "If none of {} is answered, change the first two sentences before the rest go out.",
                count.min(TEST_LETTERS)
            ),
        }),
    };
    let beliefs = Beliefs::default();
    let pay = pay_of(&market_of(order.input, order.market), first.profile);
    let strength = first.strength.map(|strength| strength / 100.0);
    let known = Known { pay: pay.as_ref(), strength, rivals: None };
    let standing = standing(&beliefs, first.profile, jobs, &known);
    step.gain = rounded(beliefs.gain(&standing, &[(&step, 1.0)]), 4);
    Some(step)
}
