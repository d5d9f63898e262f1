//! The API panel: the console of the programming interface.

use leptos::prelude::*;

use super::panel::{Nothing, Panel};

/// Shows the console.
#[component]
pub fn ApiPanel() -> impl IntoView {
    view! {
        <Panel title="API" summary=String::new() large=true on_open=None>
            <Nothing words="In the browser's console, window.agora is the session on screen." />
        </Panel>
    }
}
