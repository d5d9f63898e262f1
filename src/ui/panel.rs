//! The frame of every panel, and the tabs that bring one to the front.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::intervene::{OrderButton, order_of};
use super::picture::SavePicture;

/// What the canvas shows, in the order of the digits 1 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tab {
    /// One panel large, the others beside it.
    #[default]
    Overview,
    /// The auctions.
    Auction,
    /// The plan and its schedule.
    Plan,
    /// The messages.
    Messages,
    /// The agents.
    Agents,
    /// The blackboard.
    Blackboard,
    /// The collective result.
    Result,
    /// Two branches side by side; it has no digit, since it is there only where there are two.
    Compare,
    /// What the team has learned and how well it works.
    Intelligence,
    /// The console of the programming interface.
    Api,
}

impl Tab {
    /// All tabs in order.
    pub const ALL: [Tab; 9] = [
        Tab::Overview,
        Tab::Auction,
        Tab::Plan,
        Tab::Messages,
        Tab::Agents,
        Tab::Blackboard,
        Tab::Result,
        Tab::Intelligence,
        Tab::Api,
    ];

    /// Returns the name that links carry.
    pub fn name(self) -> String {
        self.title().to_lowercase()
    }

    /// Returns the tab of a name.
    pub fn named(name: &str) -> Option<Tab> {
        Tab::ALL.into_iter().chain([Tab::Compare]).find(|tab| tab.name() == name)
    }

    /// Returns the name people read.
    pub fn title(self) -> &'static str {
        match self {
            Tab::Overview => "Overview",
            Tab::Auction => "Auction",
            Tab::Plan => "Plan",
            Tab::Messages => "Messages",
            Tab::Agents => "Agents",
            Tab::Blackboard => "Blackboard",
            Tab::Result => "Result",
            Tab::Compare => "Compare",
            Tab::Intelligence => "Intelligence",
            Tab::Api => "API",
        }
    }
}

/// The row of tabs.
#[component]
pub fn Tabs(#[prop(into)] current: Signal<Tab>, on_open: Callback<Tab>) -> impl IntoView {
    let tab = move |(place, tab): (usize, Tab)| {
        let shown = move || current.get() == tab;
        view! {
            <button
                type="button"
                class="tab"
                class:is-current=shown
                aria-current=move || shown().then_some("true")
                on:click=move |_| on_open.run(tab)
            >
                {tab.title()}
                <kbd aria-hidden="true">{place + 1}</kbd>
            </button>
        }
    };
    view! {
        <nav class="tabs" aria-label="Panels">
            {Tab::ALL.into_iter().enumerate().map(tab).collect_view()}
            <Show when=move || current.get() == Tab::Compare>
                <button type="button" class="tab is-current" aria-current="true">
                    {Tab::Compare.title()}
                </button>
            </Show>
        </nav>
    }
}

/// A panel: its title, one line that sums it up, its body.
#[component]
pub fn Panel(
    /// The title.
    title: &'static str,
    /// One line that sums it up.
    #[prop(into)]
    summary: Signal<String>,
    /// Whether it is the one in front.
    large: bool,
    /// Brings it to the front by itself; none where it is.
    #[prop(optional_no_strip)]
    on_open: Option<Callback<()>>,
    /// The body.
    children: Children,
) -> impl IntoView {
    let open = on_open.map(|open| {
        view! {
            <button
                type="button"
                class="button-quiet"
                aria-label=format!("Open {title}")
                title=format!("Open {title}")
                on:click=move |_| open.run(())
            >
                <Icon glyph=Glyph::Open />
            </button>
        }
    });
    let order = order_of(title).filter(|_| large).map(|kind| view! { <OrderButton kind=kind /> });
    // In one piece: where a panel takes the place of another, the class is written anew, and a part that
    // is set by itself would be lost.
    let class = format!(
        "panel panel-{}{}",
        title.to_ascii_lowercase(),
        if large { " is-large" } else { "" }
    );
    view! {
        <section class=class aria-label=title>
            <header class="panel-head">
                <h2>{title}</h2>
                <p class="panel-summary">{move || summary.get()}</p>
                {order}
                {large.then(|| view! { <SavePicture title=title /> })}
                {open}
            </header>
            <div class="panel-body">
                {children()}
            </div>
        </section>
    }
}

/// What a panel says while it has nothing to show.
#[component]
pub fn Nothing(words: &'static str) -> impl IntoView {
    view! { <p class="nothing">{words}</p> }
}
