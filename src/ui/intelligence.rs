//! The intelligence panel: how well the team works and what it has learned.

use leptos::prelude::*;

use super::panel::{Nothing, Panel};

/// Shows the measures of the whole system.
#[component]
pub fn IntelligencePanel() -> impl IntoView {
    view! {
        <Panel title="Intelligence" summary=String::new() large=true on_open=None>
            <Nothing words="No task has ended yet, so there is nothing to measure." />
        </Panel>
    }
}
