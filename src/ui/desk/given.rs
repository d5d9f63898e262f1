//! What people bring, made into runs: the dialog's side of the desk.

use leptos::prelude::*;
use serde_json::Value;

use super::{Desk, Host};
use crate::model::fault::Fault;
use crate::session::{catalog, own, wiring};
use crate::sim::run::Setup;
use crate::ui::own::{OwnCase, OwnHost, Taken};
use crate::view::own::{Problem, jobs, profile};

/// The scenario that takes a profile where the loaded one has no use for it.
const WITH_PROFILE: &str = "competition";

impl Desk {
    /// Returns what the dialog asks of the page.
    pub fn own_host(self) -> OwnHost {
        OwnHost {
            taken: self.taken,
            read_profile: Callback::new(move |text: String| {
                let as_of = self.host.with_value(Host::setup).scenario.as_of;
                let (form, document) = profile::recognized(&text, as_of)?;
                Ok((form, document.to_string()))
            }),
            write_profile: Callback::new(|(form, base): (profile::ProfileForm, String)| {
                // A form that was filled in by hand stands on nothing.
                let base = serde_json::from_str(&base).unwrap_or(Value::Null);
                Ok(profile::document(&form, &base)?.to_string())
            }),
            read_jobs: Callback::new(|text: String| jobs::recognized(&text)),
            write_jobs: Callback::new(|forms: Vec<jobs::JobForm>| {
                Ok(jobs::document(&forms)?.to_string())
            }),
            run: Callback::new(move |case: OwnCase| self.use_case(&case)),
            load: Callback::new(move |text: String| self.use_scenario(&text)),
            source: Callback::new(|name: String| {
                catalog::find(&name).map_or_else(String::new, |built_in| built_in.text().to_owned())
            }),
        }
    }

    /// Runs a task with a profile, with jobs, or with both.
    fn use_case(self, case: &OwnCase) {
        let current = self.host.with_value(Host::setup);
        let takes_it = current.domain.name() == "freelance" && !current.scenario.tasks.is_empty();
        let base = match case.base.as_str() {
            "" if takes_it => Ok(current),
            "" => catalog::setup(WITH_PROFILE, None),
            name => catalog::setup(name, None),
        };
        let with_profile = |setup: Setup| match &case.profile {
            Some(text) => own::with_profile(&setup, text),
            None => Ok(setup),
        };
        let with_jobs = |setup: Setup| match &case.jobs {
            Some(text) => own::with_jobs(&setup, text),
            None => Ok(setup),
        };
        let made = base.and_then(with_profile).and_then(with_jobs);
        let brought = match (&case.profile, &case.jobs) {
            (Some(_), Some(_)) => "your profile and your jobs",
            (Some(_), None) => "your profile",
            _ => "your jobs",
        };
        let title = made.as_ref().map_or(String::new(), |setup| {
            // The title of a run that was the user's own already says so.
            let title = setup.scenario.title.split(", with your ").next().unwrap_or_default();
            format!("{title}, with {brought}")
        });
        self.take(made, title, &format!("The first task now runs with {brought}."));
    }

    /// Loads a scenario of the user's own, or the trace of a workflow.
    fn use_scenario(self, text: &str) {
        let made = wiring::read(text, None);
        let title = made
            .as_ref()
            .map_or(String::new(), |setup| format!("Your own: {}", setup.scenario.title));
        self.take(made, title, "Your scenario is loaded.");
    }

    fn take(self, made: Result<Setup, Vec<Fault>>, title: String, words: &str) {
        match made {
            Ok(setup) => {
                self.taken.set(Taken::Used(words.to_owned()));
                self.begin_another(|host| host.load(setup, Some(title)));
            }
            Err(faults) => {
                self.taken.set(Taken::Refused(faults.into_iter().map(Problem::from).collect()));
            }
        }
    }
}
