//! Jobs: postings pasted as text or JSON, and what was recognized in them, to be corrected.

use leptos::prelude::*;

use super::paste::{PasteBox, REST};
use super::{OwnCase, OwnHost, Taken};
use crate::view::own::jobs::{JobForm, UNITS};

/// Returns a field of a job.
type Part = fn(&mut JobForm) -> &mut String;

/// Most jobs that are shown for correction; all are used.
const CARDS_MAX: usize = 30;

/// Takes jobs.
#[component]
pub fn JobsSection(
    host: OwnHost,
    case: RwSignal<OwnCase>,
    run: Callback<()>,
    dropped: Signal<Option<String>>,
) -> impl IntoView {
    let jobs: RwSignal<Vec<JobForm>> = RwSignal::new(Vec::new());
    let write = move || match host.write_jobs.run(jobs.get_untracked()) {
        Ok(document) => {
            case.update(|case| case.jobs = Some(document));
            run.run(());
        }
        Err(problems) => host.taken.set(Taken::Refused(problems)),
    };
    let read = Callback::new(move |whole: String| match host.read_jobs.run(whole) {
        Ok(found) => {
            jobs.set(found);
            write();
        }
        Err(problems) => host.taken.set(Taken::Refused(problems)),
    });
    let written = Callback::new({
        let settle = StoredValue::new_local(debounce(REST, move |()| write()));
        move |()| settle.update_value(|settle| settle(()))
    });
    let count = Memo::new(move |_| jobs.with(Vec::len));
    let cards = move || {
        (0..count.get().min(CARDS_MAX))
            .map(|place| view! { <Card jobs=jobs place=place on_write=written /> })
            .collect_view()
    };
    let summary = move || match count.get() {
        0 => String::new(),
        1 => "One job recognized. Correct what was not read well.".to_owned(),
        many => format!("{many} jobs recognized. Correct what was not read well."),
    };
    view! {
        <section class="own-section">
            <PasteBox
                title="Jobs you look at"
                hint="Paste postings as they are, a line of dashes between them, or a schema.org JobPosting."
                label="Jobs as text or JSON"
                placeholder="Senior React developer\nRemote, contract, $80 to $95 an hour …"
                rows="6"
                testid="own-jobs"
                dropped=dropped
                on_read=read
            />
            <p class="own-beside" role="status">{summary}</p>
            <ol class="own-cards">{cards}</ol>
        </section>
    }
}

#[component]
fn Card(jobs: RwSignal<Vec<JobForm>>, place: usize, on_write: Callback<()>) -> impl IntoView {
    let get = move |part: Part| {
        jobs.with(|jobs| {
            jobs.get(place).map(|job| part(&mut job.clone()).clone()).unwrap_or_default()
        })
    };
    let set = move |part: Part, value: String| {
        jobs.update(|jobs| {
            if let Some(job) = jobs.get_mut(place) {
                *part(job) = value;
            }
        });
        on_write.run(());
    };
    let line = move |label: &'static str, part: Part, columns: u8| {
        view! {
            <label class="own-line" style:grid-column=format!("span {columns}")>
                <span>{label}</span>
                <input
                    class="control"
                    type="text"
                    autocomplete="off"
                    prop:value=move || get(part)
                    on:input=move |event| set(part, event_target_value(&event))
                />
            </label>
        }
    };
    let units = UNITS.into_iter().map(move |(value, words)| {
        view! { <option value=value selected=move || get(|job| &mut job.unit) == value>{words}</option> }
    });
    let notes = move || {
        let unread =
            jobs.with(|jobs| jobs.get(place).map(|job| job.unread.clone()).unwrap_or_default());
        let terms = get(|job| &mut job.terms);
        let terms = (!terms.is_empty()).then(|| view! { <p class="own-beside">{terms}</p> });
        let unread = unread.into_iter().take(3).map(|problem| view! { <li>{problem.detail}</li> });
        view! { {terms} <ul class="own-unread">{unread.collect_view()}</ul> }
    };
    view! {
        <li class="own-card own-form" data-testid="own-job">
            {line("Title", |job| &mut job.title, 6)}
            {line("Skills asked for", |job| &mut job.skills, 6)}
            {line("Pays from", |job| &mut job.min, 1)}
            {line("to", |job| &mut job.max, 1)}
            {line("Currency", |job| &mut job.currency, 2)}
            <label class="own-line" style:grid-column="span 2">
                <span>"Unit"</span>
                <select
                    class="control"
                    on:change=move |event| set(|job| &mut job.unit, event_target_value(&event))
                >
                    {units.collect_view()}
                </select>
            </label>
            <div class="own-notes">{notes}</div>
        </li>
    }
}
