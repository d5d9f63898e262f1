//! One line that says what came of what the user asked for, until it is closed or the next one comes.

use leptos::prelude::*;

/// What the page has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something was done.
    Done(String),
    /// Something could not be done, or is not as it should be: what, and each fault.
    Problem(String, Vec<String>),
}

/// How long good news stays.
const STAYS: std::time::Duration = std::time::Duration::from_secs(12);

/// Says it; what went wrong stays until it is closed.
#[component]
pub fn NoticeLine(notice: RwSignal<Option<Notice>>) -> impl IntoView {
    Effect::new(move |_| {
        let said = notice.get();
        if !matches!(said, Some(Notice::Done(_))) {
            return;
        }
        let fade = move || {
            if notice.try_get_untracked().is_some_and(|now| now == said) {
                notice.set(None);
            }
        };
        set_timeout(fade, STAYS);
    });
    let close = move || {
        view! {
            <button type="button" class="button-small" on:click=move |_| notice.set(None)>"Close"</button>
        }
    };
    let body = move || {
        notice.get().map(|said| match said {
            Notice::Done(words) => view! {
                <div class="notice" data-testid="notice">
                    <p role="status">{words}</p>
                    {close()}
                </div>
            }
            .into_any(),
            Notice::Problem(words, faults) => {
                let faults = faults.into_iter().map(|fault| view! { <li>{fault}</li> });
                view! {
                    <div class="notice notice-problem" role="alert" data-testid="problem">
                        <div>
                            <p>{words}</p>
                            <ul>{faults.collect_view()}</ul>
                        </div>
                        {close()}
                    </div>
                }
                .into_any()
            }
        })
    };
    view! { <div class="notices">{body}</div> }
}
