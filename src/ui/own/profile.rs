//! A profile: a form to fill in, or to correct what was recognized in a document.

use leptos::prelude::*;

use super::paste::{PasteBox, REST};
use super::{OwnCase, OwnHost, Taken};
use crate::view::own::profile::ProfileForm;

/// Returns a field of the form.
type Part = fn(&mut ProfileForm) -> &mut String;

/// The one-line fields: label, place, width in columns, what stands in it while empty.
const FIELDS: [(&str, Part, u8, &str); 7] = [
    ("Title", |form| &mut form.title, 6, "what you do, such as: data engineer"),
    ("Rate per hour", |form| &mut form.hourly_rate, 2, "such as 65"),
    ("Currency", |form| &mut form.currency, 2, "such as USD"),
    ("Country", |form| &mut form.country, 2, "such as US"),
    ("Years of experience", |form| &mut form.experience_years, 2, "such as 9"),
    ("Hours a week", |form| &mut form.availability_hours, 2, "such as 30"),
    ("Languages", |form| &mut form.languages, 2, "such as English"),
];

/// Takes a profile.
#[component]
pub fn ProfileSection(
    host: OwnHost,
    case: RwSignal<OwnCase>,
    run: Callback<()>,
    dropped: Signal<Option<String>>,
) -> impl IntoView {
    let form = RwSignal::new(ProfileForm::default());
    let base = StoredValue::new(String::new());
    let give = move |profile: String| {
        case.update(|case| case.profile = Some(profile));
        run.run(());
    };
    let read = Callback::new(move |whole: String| match host.read_profile.run(whole) {
        Ok((found, document)) => {
            form.set(found);
            base.set_value(document.clone());
            give(document);
        }
        Err(problems) => host.taken.set(Taken::Refused(problems)),
    });
    let write = move || match host.write_profile.run((form.get_untracked(), base.get_value())) {
        Ok(document) => give(document),
        Err(problems) => host.taken.set(Taken::Refused(problems)),
    };
    let written = Callback::new({
        let settle = StoredValue::new_local(debounce(REST, move |()| write()));
        move |()| settle.update_value(|settle| settle(()))
    });
    let fields = FIELDS.into_iter().map(|(label, part, columns, hint)| {
        view! { <Line form=form label=label part=part columns=columns hint=hint on_write=written /> }
    });
    let found = move || {
        let (beside, unread) = form.with(|form| (form.beside.clone(), form.unread.clone()));
        let beside = (!beside.is_empty()).then(|| {
            view! { <p class="own-beside">{format!("Also recognized and kept: {}.", beside.join(", "))}</p> }
        });
        let unread = unread.into_iter().take(4).map(|problem| {
            view! { <li><code>{problem.pointer}</code>" "{problem.detail}</li> }
        });
        view! { {beside} <ul class="own-unread">{unread.collect_view()}</ul> }
    };
    view! {
        <section class="own-section">
            <PasteBox
                title="Your profile"
                hint="Fill in what you like, or paste or drop a JSON Resume; it fills the form for you to correct."
                label="Profile as JSON or JSON Resume"
                placeholder="{ \"basics\": … }"
                rows="2"
                testid="own-profile"
                dropped=dropped
                on_read=read
            />
            <div class="own-form">
                {fields.collect_view()}
                <Area form=form label="Skills, one a line: name, level, years" part=|form| &mut form.skills rows="4" hint="React, expert, 7 years" on_write=written />
                <Area form=form label="About you" part=|form| &mut form.bio rows="4" hint="what you did, and what came of it" on_write=written />
            </div>
            {found}
        </section>
    }
}

#[component]
fn Line(
    form: RwSignal<ProfileForm>,
    label: &'static str,
    part: Part,
    columns: u8,
    hint: &'static str,
    on_write: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="own-line" style:grid-column=format!("span {columns}")>
            <span>{label}</span>
            <input
                class="control"
                type="text"
                placeholder=hint
                autocomplete="off"
                prop:value=move || form.with(|form| part(&mut form.clone()).clone())
                on:input=move |event| {
                    form.update(|form| *part(form) = event_target_value(&event));
                    on_write.run(());
                }
            />
        </label>
    }
}

#[component]
fn Area(
    form: RwSignal<ProfileForm>,
    label: &'static str,
    part: Part,
    rows: &'static str,
    hint: &'static str,
    on_write: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="own-line" style:grid-column="span 3">
            <span>{label}</span>
            <textarea
                class="control"
                rows=rows
                placeholder=hint
                prop:value=move || form.with(|form| part(&mut form.clone()).clone())
                on:input=move |event| {
                    form.update(|form| *part(form) = event_target_value(&event));
                    on_write.run(());
                }
            ></textarea>
        </label>
    }
}
