//! Sliders for the four weights: every auction says at once who would have won.

use leptos::prelude::*;

use crate::ui::intervene::Intervention;
use crate::view::auction::TermKey;
use crate::view::order::Order;

/// The weights that are being tried, each 0 to 100; none while the real ones hold.
#[derive(Clone, Copy)]
pub struct Shares {
    tried: RwSignal<Option<[u32; 4]>>,
}

impl Shares {
    /// Starts with the real weights.
    pub fn new() -> Shares {
        Shares { tried: RwSignal::new(None) }
    }

    /// Returns the weights that are being tried, reactively.
    pub fn tried(self) -> Option<[u32; 4]> {
        self.tried.get()
    }
}

/// Lets the weights be tried.
#[component]
pub fn WhatIf(#[prop(into)] legend: Signal<Vec<TermKey>>, shares: Shares) -> impl IntoView {
    let real = move || {
        let mut real = [0; 4];
        legend.with(|legend| {
            for (slot, key) in real.iter_mut().zip(legend) {
                *slot = key.percent;
            }
        });
        real
    };
    let now = move || shares.tried.get().unwrap_or_else(real);
    let slider = move |(place, key): (usize, TermKey)| {
        let value = move || now().get(place).copied().unwrap_or(0);
        let percent = move || {
            let now = now();
            let sum: u32 = now.iter().sum();
            (value() * 100 + sum / 2).checked_div(sum).unwrap_or(25)
        };
        let change = move |event: leptos::ev::Event| {
            let mut next = shares.tried.get_untracked().unwrap_or_else(real);
            if let (Some(slot), Ok(value)) =
                (next.get_mut(place), event_target_value(&event).parse())
            {
                *slot = value;
            }
            shares.tried.set((next != real()).then_some(next));
        };
        view! {
            <label class="what-if-term">
                <span><i class=format!("swatch term-{}", key.name)></i>{key.title}</span>
                <input
                    type="range"
                    min="0"
                    max="100"
                    aria-valuetext=move || format!("{} percent", percent())
                    prop:value=value
                    on:input=change
                />
                <output>{move || format!("{} %", percent())}</output>
            </label>
        }
    };
    let sliders = move || legend.get().into_iter().enumerate().map(slider).collect_view();
    let intervention = use_context::<Intervention>();
    let keep = intervention.map(|intervention| {
        let give = move |_| {
            if let Some(tried) = shares.tried.get_untracked() {
                shares.tried.set(None);
                intervention.give.run(Order::weights(tried));
            }
        };
        view! {
            <button
                type="button"
                class="button-small"
                data-testid="what-if-give"
                title="A command: auctions to come weigh bids so; in the past it forks"
                disabled=move || shares.tried.get().is_none()
                on:click=give
            >
                "Use them from here on"
            </button>
        }
    });
    view! {
        <details class="what-if">
            <summary>"Who would win under other weights?"</summary>
            <div class="what-if-body" data-testid="what-if">
                {sliders}
                <button
                    type="button"
                    class="button-small"
                    disabled=move || shares.tried.get().is_none()
                    on:click=move |_| shares.tried.set(None)
                >
                    "The real weights"
                </button>
                {keep}
            </div>
            <p class="dim">
                "The same bids, scored anew; nothing in the run changes. Weights are shares of their sum."
            </p>
        </details>
    }
}
