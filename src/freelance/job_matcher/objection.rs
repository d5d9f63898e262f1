//! Why a job is left out: another category, another trade, another place, too little pay.

use super::place::{Abroad, abroad};
use super::terms::PAY_FLOOR;
use super::{Recommended, Wishes};
use crate::freelance::job::Job;
use crate::freelance::money::{money, percent};
use crate::freelance::profile::Profile;

/// Below this fit (skills and relevance at their weights) a job is left out: four fifths of it are strange.
const FIT_FLOOR: f64 = 0.2;

/// Says why a job is out of question, if it is.
pub(super) fn objection(
    profile: &Profile,
    job: &Job,
    met: &Recommended<'_>,
    wishes: &Wishes,
    blank: bool,
) -> Option<String> {
    if let Some(category) = &job.category
        && !wishes.categories.is_empty()
        && !wishes.categories.iter().any(|wanted| same_category(wanted, category))
    {
        return Some(format!("its category {category} is not among those asked for"));
    }
    if met.ranked.terms.relevance.value.is_none() && !met.coverage.known {
        return Some("the posting holds no text and no skills to match".into());
    }
    if abroad(profile, job) == Some(Abroad::OnSite) {
        let country = |code: Option<&String>| code.cloned().unwrap_or_default();
        let own = profile.country.as_ref().map(|country| &country.value);
        return Some(format!(
            "on site in {}, and the profile is in {}",
            country(job.country.as_ref()),
            country(own)
        ));
    }
    if let Some(reason) = too_low(profile, job) {
        return Some(reason);
    }
    let fit = met.ranked.terms.fit();
    if blank || fit >= FIT_FLOOR {
        return None;
    }
    let terms = &met.ranked.terms;
    let judged =
        if met.coverage.matched.is_empty() { "another trade" } else { "too little of it fits" };
    Some(format!("{judged}: {}, {}", terms.skills.note, terms.relevance.note))
}

/// Says that even the best pay is under [`PAY_FLOOR`] of the rate, if it is.
fn too_low(profile: &Profile, job: &Job) -> Option<String> {
    let (pay, rate, own) =
        (job.pay.as_ref()?, profile.hourly_rate.as_ref()?, profile.currency.as_ref()?);
    let (_, high) = pay.hourly().filter(|_| pay.currency.as_ref() == Some(&own.value))?;
    (high < rate.value * PAY_FLOOR).then(|| {
        let (best, asked) = (money(high, &own.value), money(rate.value, &own.value));
        format!(
            "pays at most {best} an hour, less than {} of the rate of {asked}",
            percent(PAY_FLOOR)
        )
    })
}

/// Says whether two category names mean the same: every word of the shorter begins or continues one of the longer.
fn same_category(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (parts(a), parts(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let meet = |x: &str, y: &str| {
        x == y
            || (x.chars().count() >= 3 && y.starts_with(x))
            || (y.chars().count() >= 3 && x.starts_with(y))
    };
    !short.is_empty() && short.iter().all(|part| long.iter().any(|other| meet(part, other)))
}

#[cfg(test)]
mod tests {
    use super::same_category;

    #[test]
    fn categories_meet_by_their_words() {
        assert!(same_category("web_development", "Web Development"));
        assert!(same_category("web_dev", "Web Development / Front end"));
        assert!(same_category("writing", "Technical Writing"));
        assert!(!same_category("web_development", "Writing"));
        assert!(!same_category("", "Writing"));
    }
}
