//! The line at the top that says whose task it is, what was asked, and what came out so far.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::intervene::Intervention;
use crate::view::order::Kind;
use crate::view::task::{Standing, TaskChoice, TaskLine};

/// Shows the selected task in one line, with a choice where there are several.
#[component]
pub fn TaskBar(
    #[prop(into)] model: Signal<TaskLine>,
    /// Shows another task.
    on_choose: Callback<String>,
) -> impl IntoView {
    let intervention = use_context::<Intervention>();
    let line = move || {
        let TaskLine { choices, task_id, who, asked, priority, came_out, standing } = model.get();
        let (glyph, class) = match standing {
            Standing::Waiting => (Glyph::Ring, "standing"),
            Standing::Open => (Glyph::Going, "standing standing-open"),
            Standing::Success => (Glyph::Check, "standing standing-success"),
            Standing::Partial => (Glyph::Half, "standing standing-partial"),
            Standing::Failed => (Glyph::Cross, "standing standing-failed"),
        };
        let choice = (choices.len() > 1).then(|| chooser(choices, on_choose));
        let ends = matches!(standing, Standing::Success | Standing::Partial | Standing::Failed);
        let badge = (!priority.is_empty()).then(|| match intervention {
            Some(intervention) if !ends => view! {
                <button
                    type="button"
                    class="badge badge-button"
                    title="Change the priority"
                    on:click=move |_| intervention.open.run((Kind::SetPriority, None))
                >
                    {priority}
                </button>
            }
            .into_any(),
            _ => view! { <span class="badge">{priority}</span> }.into_any(),
        });
        let who = (!who.is_empty()).then(|| view! { <b class="task-who">{who}</b> });
        view! {
            {choice}
            <p class="task-asked">
                {who}
                <span>{asked}</span>
                {badge}
                <span class="dim">{task_id}</span>
            </p>
            <p class=class>
                <Icon glyph=glyph />
                <span>{came_out}</span>
            </p>
        }
    };
    view! { <section class="task-line" aria-label="Task">{line}</section> }
}

fn chooser(choices: Vec<TaskChoice>, on_choose: Callback<String>) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|choice| view! { <option value=choice.task_id selected=choice.shown>{choice.label}</option> })
        .collect_view();
    view! {
        <label class="field">
            <span class="sr">"Task shown"</span>
            <select class="control" on:change=move |event| on_choose.run(event_target_value(&event))>
                {options}
            </select>
        </label>
    }
}
