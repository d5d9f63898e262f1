//! A conversation drawn small on its state machine, and once large as the key.

use leptos::prelude::*;

use crate::view::auction::conversation::{Act, Conversation};

/// Where a state stands in a drawing of a given width of step and height of branch [px].
fn point(act: Act, step: u32, branch: u32) -> (u32, u32) {
    let (along, low) = act.place();
    (7 + along * step, if low { 7 + branch } else { 7 })
}

fn edges(passed: &[Act], step: u32, branch: u32) -> impl IntoView + use<> {
    let edge = |act: &Act| {
        let before = act.before()?;
        let ((x1, y1), (x2, y2)) = (point(before, step, branch), point(*act, step, branch));
        let gone = passed.contains(act) && passed.contains(&before);
        Some(view! { <line class="act-edge" class:is-gone=gone x1=x1 y1=y1 x2=x2 y2=y2 /> })
    };
    Act::ALL.iter().map(edge).collect_view()
}

/// Draws a conversation: states it went through filled, the one where it stands ringed.
#[component]
pub fn Protocol(talk: Conversation) -> impl IntoView {
    const STEP: u32 = 19;
    const BRANCH: u32 = 11;
    let passed = talk.passed;
    let here = passed.last().copied();
    let name = here.map_or("not called", Act::name);
    let spoken = if talk.words.is_empty() { name.to_owned() } else { talk.words };
    let lines = edges(&passed, STEP, BRANCH);
    let dots = Act::ALL.map(|act| {
        let (x, y) = point(act, STEP, BRANCH);
        let class = match (passed.contains(&act), here == Some(act)) {
            (_, true) => "act act-here",
            (true, false) => "act act-gone",
            _ => "act",
        };
        let radius = if here == Some(act) { "4.5" } else { "3" };
        view! { <circle class=class cx=x cy=y r=radius /> }
    });
    view! {
        <span class="protocol" role="img" aria-label=format!("Conversation: {spoken}") title=spoken>
            <svg viewBox="0 0 72 25" width="72" height="25" aria-hidden="true">
                {lines}
                {dots.collect_view()}
            </svg>
            <span class="protocol-name">{name}</span>
        </span>
    }
}

/// Draws the state machine once with its words, as the key to the small ones.
#[component]
pub fn ProtocolKey() -> impl IntoView {
    const STEP: u32 = 112;
    const BRANCH: u32 = 30;
    let dots = Act::ALL.map(|act| {
        let (x, y) = point(act, STEP, BRANCH);
        view! {
            <circle class="act act-gone" cx=x cy=y r="4" />
            <text class="act-name" x=x + 9 y=y + 4>{act.name()}</text>
        }
    });
    view! {
        <details class="protocol-key">
            <summary>"How a conversation goes (contract net)"</summary>
            <svg viewBox="0 0 420 48" width="420" height="48" role="img" aria-label="cfp, then propose or refuse; a proposal is accepted or rejected; what was accepted ends with done or decline">
                {edges(&[], STEP, BRANCH)}
                {dots.collect_view()}
            </svg>
            <p class="dim">
                "A decline is answered by an award to the next best bid in the same conversation, an extension of the protocol. Rings mark where a conversation stands."
            </p>
        </details>
    }
}
