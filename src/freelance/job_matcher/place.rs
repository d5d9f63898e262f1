//! Whether a job can be done from where the freelancer is.

use crate::freelance::job::Job;
use crate::freelance::profile::Profile;
use crate::freelance::words::lists;

/// Words that free a job from its place.
const ANYWHERE: &str = "
    anywhere distributed remote remotely telecommute worldwide";
/// Words that tie a job to its place.
const ON_SITE: &[&str] = &["on site", "onsite", "in person", "in our office", "in the office"];

/// How a job in another country is tied to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abroad {
    /// It says that the work is done there.
    OnSite,
    /// It does not say whether the work can be done from elsewhere.
    Unsaid,
}

/// Says how a job is tied to another country than the profile's; none where it is not, or nothing is known.
pub fn abroad(profile: &Profile, job: &Job) -> Option<Abroad> {
    let (theirs, own) = (job.country.as_ref()?, profile.country.as_ref()?);
    let text = format!("{} {}", job.title, job.description).to_lowercase().replace('-', " ");
    let words = || text.split(|c: char| !c.is_alphanumeric());
    let remote = job.terms.iter().any(|term| term.contains("remote"))
        || words().any(|word| lists(ANYWHERE, word));
    if *theirs == own.value || remote {
        return None;
    }
    let on_site = job.terms.iter().any(|term| term.contains("on_site"))
        || ON_SITE.iter().any(|tie| text.contains(tie));
    Some(if on_site { Abroad::OnSite } else { Abroad::Unsaid })
}
