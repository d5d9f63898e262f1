//! The job matcher's answer: sentences, provenance, confidence, evidence and advice from a ranking.

use serde_json::{Value, json};

use super::terms::pay_words;
use super::{Ranking, Recommended, Wishes};
use crate::freelance::beliefs::Beliefs;
use crate::freelance::conditions::PAYING_CLIENTS;
use crate::freelance::job::Job;
use crate::freelance::money::{amount, counted, listed};
use crate::freelance::profile::Profile;
use crate::freelance::standing::{Known, market_of, pay_of, standing};
use crate::kernel::fixed::rounded;
use crate::mechanism::domain::{Cost, Finding, Scope, Work, WorkOrder};
use crate::model::figure::{Provenance, Tag};
use crate::model::recommendation::{Direction, Evidence, EvidenceKind, Recommendation};

/// Skills after which more of them make the matcher no surer.
const SKILLS_ENOUGH: f64 = 5.0;
/// Different words after which more of them make the matcher no surer.
const WORDS_ENOUGH: f64 = 20.0;
/// The least and the most a matcher is sure of.
const CONFIDENCE: (f64, f64) = (0.05, 0.95);
/// Skills named in a sentence.
const NAMED: usize = 4;
/// Cost of a ranking and of each job read [milli-units].
const COST: (u64, u64) = (1000, 20);
/// Reading one posting before applying [h].
const READING_HOURS: f64 = 0.25;
/// Chance that aiming at the shortlist does harm: a better job may stand among those left out.
const SHORTLIST_RISK: f64 = 0.05;
/// Jobs that pay more than the rate from which paying clients count as known: one may be taken.
const PAYING_JOBS: usize = 2;

/// Writes the answer.
pub fn write(
    order: &WorkOrder<'_>,
    profile: &Profile,
    jobs: &[Job],
    wishes: &Wishes,
    ranking: &Ranking<'_>,
) -> Work {
    let mut provenance = Provenance::default();
    let entries: Vec<Value> = ranking.recommended.iter().map(entry).collect();
    for (at, job) in ranking.recommended.iter().enumerate() {
        note_origins(&mut provenance, at, job);
    }
    provenance.tag("/considered", Tag::Derived);
    provenance.tag("/confidence", Tag::Assumed);
    let confidence = confidence(profile, ranking);
    let mut result = json!({
        "recommended_jobs": entries,
        "considered": ranking.considered,
        "left_out": ranking.left_out,
        "confidence": confidence,
        "summary": summary(ranking),
    });
    let unknown = unknown(profile, ranking);
    if let (Some(object), false) = (result.as_object_mut(), unknown.is_empty()) {
        object.insert("unknown".into(), json!(unknown));
    }
    let ranked: Vec<_> = ranking.recommended.iter().map(|job| &job.ranked).collect();
    Work {
        result,
        provenance,
        confidence,
        evidence: evidence(profile, wishes, ranking),
        recommendations: advice(order, profile, jobs, ranking, confidence).into_iter().collect(),
        findings: vec![Finding {
            key: "jobs.ranked".into(),
            category: "job_matching".into(),
            value: json!(ranked),
            scope: Scope::Task,
        }],
        broadcasts: Vec::new(),
        cost: Cost { milli_units: COST.0 + COST.1 * ranking.considered as u64, tokens: 0 },
    }
}

/// Writes one recommended job.
fn entry(job: &Recommended<'_>) -> Value {
    json!({
        "job_id": job.job.id,
        "title": job.job.title,
        "score": job.ranked.score,
        "terms": job.ranked.terms,
        "fit": rounded(job.ranked.terms.fit(), 4),
        "matched_skills": job.held(),
        "missing_skills": job.missing(),
        "shared_words": job.words,
        "pay": job.job.pay.as_ref().map(pay_words),
        "why": why(job),
        "source": job.job.pointer,
    })
}

/// Says in one sentence, from the job's own figures, why it stands where it does.
fn why(job: &Recommended<'_>) -> String {
    let terms = &job.ranked.terms;
    let mut facts = vec![fit_words(job)];
    match terms.pay.value {
        Some(_) => facts.push(format!("pays {}", terms.pay.note)),
        None => facts.push(terms.pay.note.clone()),
    }
    for term in [&terms.freshness, &terms.client] {
        if term.value.is_some() {
            facts.push(term.note.clone());
        }
    }
    format!("{}.", facts.join("; "))
}

fn fit_words(job: &Recommended<'_>) -> String {
    let (matched, missing) = (&job.held(), &job.missing());
    if !job.coverage.known {
        return match job.words.as_slice() {
            [] => "Lists no skills and shares no words with the profile".into(),
            words => {
                format!("Lists no skills, but shares {} with the profile", listed(&first(words)))
            }
        };
    }
    let total = matched.len() + missing.len();
    match (matched.is_empty(), missing.is_empty()) {
        (true, _) => format!(
            "None of its {} held, but shares {}",
            counted(total, "skill"),
            listed(&first(&job.words))
        ),
        (_, true) if total == 2 => format!("Both of its skills held ({})", listed(matched)),
        (_, true) if total == 1 => format!("Its one skill, {}, is held", listed(matched)),
        (_, true) => format!("All of its {total} skills held ({})", listed(&first(matched))),
        _ => format!(
            "{} of its {total} skills held ({}), missing {}",
            matched.len(),
            listed(&first(matched)),
            listed(&first(missing))
        ),
    }
}

/// Shortens a list to what a sentence carries, saying how many more there are.
fn first(items: &[String]) -> Vec<String> {
    let mut named: Vec<String> = items.iter().take(NAMED).cloned().collect();
    if items.len() > NAMED {
        named.push(format!("{} more", items.len() - NAMED));
    }
    named
}

fn summary(ranking: &Ranking<'_>) -> String {
    let found = ranking.recommended.len();
    match (ranking.considered, found, ranking.recommended.first()) {
        (0, ..) => "No jobs were given, so there is nothing to rank.".into(),
        (considered, _, None) => format!("None of the {} given fits.", counted(considered, "job")),
        (considered, _, Some(best)) => format!(
            "{found} of {} recommended; the best is \u{201c}{}\u{201d} with {} of 1.",
            counted(considered, "job"),
            best.job.title,
            amount(best.ranked.score, 2)
        ),
    }
}

/// Lists what the matcher does not know and what would let it know.
fn unknown(profile: &Profile, ranking: &Ranking<'_>) -> Vec<Value> {
    let mut gaps = Vec::new();
    let mut note = |what: &str, needs: &str| gaps.push(json!({"what": what, "would_help": needs}));
    if ranking.considered == 0 {
        note("which jobs fit", "postings in `jobs`, or a job marketplace in the environment");
    }
    if ranking.considered > 0 && ranking.recommended.is_empty() {
        note(
            &format!("a job that fits: none of the {} given does", ranking.considered),
            "postings of the profile's own field",
        );
    }
    if profile.skills.is_empty() {
        note("which required skills are held", "`skills` of the profile, by name");
    }
    if profile.hourly_rate.is_none() {
        note("whether the pay is enough", "`hourly_rate` with its `currency`");
    }
    let silent = ranking.recommended.iter().filter(|job| job.job.pay.is_none()).count();
    if silent > 0 {
        note(
            &format!("the pay of {}", counted(silent, "recommended job")),
            "asking the client before applying",
        );
    }
    gaps
}

/// Returns how sure the matcher is: what it needs of the profile (skills three fifths, words two fifths)
/// times a mean of how much of the scores rests on what is known (three fifths) and how well the
/// recommended jobs score (two fifths).
fn confidence(profile: &Profile, ranking: &Ranking<'_>) -> f64 {
    let count = ranking.recommended.len() as f64;
    let mean = |of: fn(&Recommended<'_>) -> f64| {
        if count > 0.0 { ranking.recommended.iter().map(of).sum::<f64>() / count } else { 0.0 }
    };
    let skills = (profile.skills.len() as f64 / SKILLS_ENOUGH).min(1.0);
    let words = (super::Query::of(profile).len() as f64 / WORDS_ENOUGH).min(1.0);
    let seen = 0.6 * mean(|job| job.ranked.terms.known()) + 0.4 * mean(|job| job.ranked.score);
    rounded(((0.6 * skills + 0.4 * words) * seen).clamp(CONFIDENCE.0, CONFIDENCE.1), 4)
}

fn evidence(profile: &Profile, wishes: &Wishes, ranking: &Ranking<'_>) -> Vec<Evidence> {
    let field = |at: &str| Evidence { kind: EvidenceKind::Field, at: at.into(), tag: Tag::Given };
    let texts = profile.title.iter().chain(&profile.bio).map(|text| field(&text.pointer));
    let skills = profile.skills.iter().map(|held| field(&held.pointer));
    let rate = profile.hourly_rate.iter().map(|rate| field(&rate.pointer));
    let wanted = (!wishes.categories.is_empty()).then(|| field("/target_categories"));
    let jobs = ranking.recommended.iter().map(job_evidence);
    texts.chain(skills).chain(rate).chain(wanted).chain(jobs).collect()
}

/// Notes where the figures of one recommended job come from.
fn note_origins(provenance: &mut Provenance, at: usize, job: &Recommended<'_>) {
    let base = format!("/recommended_jobs/{at}");
    for (name, term) in job.ranked.terms.named() {
        if term.value.is_some() {
            provenance.note(format!("{base}/terms/{name}/value"), term.tag, term.sources.join(" "));
        }
        provenance.note(
            format!("{base}/terms/{name}/weight"),
            Tag::Assumed,
            "weights of the job matcher",
        );
        provenance.note(
            format!("{base}/terms/{name}/points"),
            Tag::Assumed,
            "value times weight, unknown as one half",
        );
    }
    provenance.note(format!("{base}/score"), Tag::Assumed, "sum of the terms' points");
    provenance.note(
        format!("{base}/fit"),
        Tag::Assumed,
        "points of skills and relevance over their weights",
    );
    if let Some(pay) = &job.job.pay {
        provenance.note(format!("{base}/pay"), Tag::Given, pay.pointer.clone());
    }
}

/// Advises to spend the time on the recommended jobs, where there are any.
fn advice(
    order: &WorkOrder<'_>,
    profile: &Profile,
    jobs: &[Job],
    ranking: &Ranking<'_>,
    confidence: f64,
) -> Option<Recommendation> {
    let best = ranking.recommended.first()?;
    let count = ranking.recommended.len();
    let mut step = Recommendation {
        id: "apply_to_shortlist".into(),
        lever: "targeting".into(),
        title: format!(
            "Apply to {} first",
            if count == 1 { "this one job".into() } else { format!("these {count} jobs") }
        ),
        detail: format!(
            "They rank first of the {} given; begin with \u{201c}{}\u{201d}. {}",
            counted(ranking.considered, "job"),
            best.job.title,
            why(best)
        ),
        direction: Direction::Up,
        size: count as f64,
        unit: "jobs".into(),
        needs: Vec::new(),
        after: Vec::new(),
        provides: provided(profile, ranking),
        effort_hours: count as f64 * READING_HOURS,
        risk: SHORTLIST_RISK,
        confidence,
        gain: 0.0,
        evidence: ranking.recommended.iter().map(job_evidence).collect(),
        safety: None,
    };
    let beliefs = Beliefs::default();
    let pay = pay_of(&market_of(order.input, order.market), profile);
    let standing =
        standing(&beliefs, profile, jobs, &Known { pay: pay.as_ref(), ..Known::default() });
    step.gain = rounded(beliefs.gain(&standing, &[(&step, 1.0)]), 4);
    Some(step)
}

/// Returns what the shortlist provides: itself, and clients who pay more than the rate where it holds several.
fn provided(profile: &Profile, ranking: &Ranking<'_>) -> Vec<String> {
    let pays_more = |job: &&Recommended<'_>| {
        let (Some(pay), Some(rate), Some(own)) =
            (&job.job.pay, &profile.hourly_rate, &profile.currency)
        else {
            return false;
        };
        let same_currency = pay.currency.as_ref() == Some(&own.value);
        same_currency && pay.hourly().is_some_and(|(_, high)| high > rate.value)
    };
    let paying = ranking.recommended.iter().filter(pays_more).count() >= PAYING_JOBS;
    ["shortlist"].into_iter().chain(paying.then_some(PAYING_CLIENTS)).map(str::to_owned).collect()
}

fn job_evidence(job: &Recommended<'_>) -> Evidence {
    Evidence { kind: EvidenceKind::Job, at: job.job.id.clone(), tag: Tag::Given }
}
