//! Where commands are given: a form for each, and a short menu at every agent.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::sheet::Sheet;
use crate::view::order::forms::{Choice, Field, Form, Input};
use crate::view::order::{Kind, Order};

/// What panels need to give a command; it is found in the context.
#[derive(Clone, Copy)]
pub struct Intervention {
    /// Performs an order.
    pub give: Callback<Order>,
    /// Opens the forms at one of them, for an agent or for none.
    pub open: Callback<(Kind, Option<String>)>,
}

/// What the forms are opened for.
#[derive(Clone, Copy)]
pub struct Opening {
    /// Whether they are open.
    pub open: RwSignal<bool>,
    /// The one in front.
    pub kind: RwSignal<Kind>,
    /// The agent it is about.
    pub agent: RwSignal<Option<String>>,
}

impl Opening {
    /// Makes it closed.
    pub fn closed() -> Opening {
        Opening {
            open: RwSignal::new(false),
            kind: RwSignal::new(Kind::Crash),
            agent: RwSignal::new(None),
        }
    }

    /// Opens one form.
    pub fn at(self, kind: Kind, agent: Option<String>) {
        self.kind.set(kind);
        self.agent.set(agent);
        self.open.set(true);
    }
}

/// The forms in a sheet.
#[component]
pub fn Intervene(
    opening: Opening,
    #[prop(into)] forms: Signal<Vec<Form>>,
    /// Where the command will be carried out, and whether that forks.
    #[prop(into)]
    place: Signal<String>,
    /// What was wrong with the last order, each with its place.
    faults: RwSignal<Vec<(String, String)>>,
    on_give: Callback<Order>,
) -> impl IntoView {
    let kinds = move || {
        let button = |form: Form| {
            let kind = form.kind;
            let shown = move || opening.kind.get() == kind;
            view! {
                <button
                    type="button"
                    class="order-kind"
                    data-kind=kind.name()
                    aria-pressed=move || shown().to_string()
                    on:click=move |_| {
                        faults.set(Vec::new());
                        opening.kind.set(kind);
                    }
                >
                    {kind.title()}
                </button>
            }
        };
        forms.get().into_iter().map(button).collect_view()
    };
    let form = move || {
        let kind = opening.kind.get();
        let agent = opening.agent.get();
        let form = forms.with(|forms| forms.iter().find(|form| form.kind == kind).cloned());
        match form {
            Some(form) => {
                view! { <OrderForm form=form agent=agent faults=faults on_give=on_give /> }
                    .into_any()
            }
            None => {
                view! { <p class="nothing">"There is nothing here that this could be done to."</p> }
                    .into_any()
            }
        }
    };
    view! {
        <Sheet open=opening.open title="Intervene" class="intervene">
            <p class="order-place">{move || place.get()}</p>
            <div class="order-columns">
                <div class="order-kinds" role="group" aria-label="What to do">{kinds}</div>
                {form}
            </div>
        </Sheet>
    }
}

#[component]
fn OrderForm(
    form: Form,
    agent: Option<String>,
    faults: RwSignal<Vec<(String, String)>>,
    on_give: Callback<Order>,
) -> impl IntoView {
    let kind = form.kind;
    let mut order = form.order();
    if let (Some(agent), true) = (agent, order.values.contains_key("agent_id")) {
        order.values.insert("agent_id", agent);
    }
    let values = RwSignal::new(order.values);
    let fields = form.fields.into_iter().map(|field| field_row(field, values)).collect_view();
    let give = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_give.run(Order { kind, values: values.get_untracked() });
    };
    let problems = move || {
        let faults = faults.get();
        (!faults.is_empty()).then(|| {
            let one = |(pointer, detail): (String, String)| {
                view! { <li><code>{pointer}</code>" "{detail}</li> }
            };
            view! {
                <div class="problem" role="alert" data-testid="problem">
                    <p>"Not done; the run is as before."</p>
                    <ul>{faults.into_iter().map(one).collect_view()}</ul>
                </div>
            }
        })
    };
    view! {
        <form class="order-form" data-testid="order" data-kind=kind.name() on:submit=give>
            <p class="dim">{kind.hint()}</p>
            {fields}
            {problems}
            <button type="submit" class="control control-main" data-testid="order-give">{kind.title()}</button>
        </form>
    }
}

type Values = RwSignal<BTreeMap<&'static str, String>>;

fn field_row(field: Field, values: Values) -> impl IntoView {
    let Field { name, label, input, .. } = field;
    let value = move || values.with(|values| values.get(name).cloned().unwrap_or_default());
    let set = move |text: String| {
        values.update(|values| {
            values.insert(name, text);
        });
    };
    let control = match input {
        Input::Choice(choices) => {
            let chosen = values.with_untracked(|values| values.get(name).cloned());
            let option = move |choice: Choice| {
                let selected = chosen.as_deref() == Some(choice.value.as_str());
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            };
            view! {
                <select class="control" name=name on:change=move |event| set(event_target_value(&event))>
                    {choices.into_iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        Input::Number(step) => view! {
            <input
                class="control"
                type="number"
                name=name
                min="0"
                step=step
                prop:value=value
                on:input=move |event| set(event_target_value(&event))
            />
        }
        .into_any(),
        Input::Line => view! {
            <input
                class="control"
                type="text"
                name=name
                autocomplete="off"
                prop:value=value
                on:input=move |event| set(event_target_value(&event))
            />
        }
        .into_any(),
        Input::Long => view! {
            <textarea
                class="control"
                name=name
                rows="7"
                spellcheck="false"
                prop:value=value
                on:input=move |event| set(event_target_value(&event))
            ></textarea>
        }
        .into_any(),
    };
    view! { <label class="order-field"><span>{label}</span>{control}</label> }
}

/// Opens the form of one command where the thing it changes is shown.
#[component]
pub fn OrderButton(kind: Kind) -> impl IntoView {
    use_context::<Intervention>().map(|intervention| {
        view! {
            <button
                type="button"
                class="button-small"
                data-order=kind.name()
                title=kind.hint()
                on:click=move |_| intervention.open.run((kind, None))
            >
                {kind.title()}
            </button>
        }
    })
}

/// Returns the command that belongs to a panel.
pub fn order_of(panel: &str) -> Option<Kind> {
    match panel {
        "Auction" => Some(Kind::SetWeights),
        "Plan" => Some(Kind::CreateTask),
        "Messages" => Some(Kind::SendMessage),
        "Agents" => Some(Kind::AddAgent),
        "Blackboard" => Some(Kind::UpdateMarket),
        _ => None,
    }
}

/// What can be done to an agent, in a menu at its row.
#[component]
pub fn AgentMenu(agent_id: String) -> impl IntoView {
    let Some(intervention) = use_context::<Intervention>() else { return ().into_any() };
    let open = RwSignal::new(false);
    let label = format!("Act on {agent_id}");
    let agent = StoredValue::new(agent_id);
    let item = move |kind: Kind| {
        let give = move |_| {
            open.set(false);
            intervention.give.run(agent.with_value(|agent| Order::strike(kind, agent)));
        };
        let words = match kind {
            Kind::Slow => "Slow to a quarter",
            Kind::RemoveAgent => "Remove",
            Kind::Crash => "Crash",
            Kind::Recover => "Recover",
            _ => "Silence",
        };
        view! { <button type="button" class="menu-item" data-kind=kind.name() on:click=give>{words}</button> }
    };
    let items = move || {
        open.get().then(|| {
            let strikes = Kind::ALL.into_iter().filter(|kind| kind.strikes());
            view! { <div class="menu-items">{strikes.map(item).collect_view()}</div> }
        })
    };
    view! {
        <span
            class="menu"
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    event.prevent_default();
                    open.set(false);
                }
            }
        >
            <button
                type="button"
                class="button-quiet"
                data-testid="agent-menu"
                aria-label=label.clone()
                title=label
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon glyph=Glyph::More />
            </button>
            {items}
        </span>
    }
    .into_any()
}
