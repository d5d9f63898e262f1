//! One step of the plan: what to do, who advises it, how sure, on what it rests.

use leptos::prelude::*;

use super::Tagged;
use crate::ui::icon::ActorMark;
use crate::view::result::StepRow;
use crate::view::result::step::EvidenceRow;

/// Shows a step; with all it rests on where there is room.
pub fn step_row(step: StepRow, large: bool) -> impl IntoView {
    let StepRow {
        title,
        detail,
        effort,
        safety,
        who,
        mark,
        confidence,
        gain,
        risk,
        origin,
        evidence,
    } = step;
    let by = (large && !who.is_empty()).then(|| {
        let tag = origin.map(|origin| view! { <Tagged origin=origin /> });
        view! {
            <p class="step-by">
                <span><ActorMark id=who.clone() mark=mark /> {format!(" {who}")}</span>
                <span>{format!("confidence {confidence}")}</span>
                <span title="Predicted gain in income on its own, by the team's beliefs">{format!("{gain} alone")}</span>
                <span title="Chance that it does harm">{format!("risk {risk}")}</span>
                {tag}
            </p>
        }
    });
    let rests = (large && !evidence.is_empty()).then(|| {
        let rows = evidence.into_iter().map(evidence_row).collect_view();
        view! {
            <details class="evidence">
                <summary>"Rests on"</summary>
                <ul>{rows}</ul>
            </details>
        }
    });
    let net = (!safety.is_empty()).then(|| {
        let lines = safety
            .into_iter()
            .map(|(name, words)| view! { <div><dt>{name}</dt><dd>{words}</dd></div> })
            .collect_view();
        view! {
            <details class="safety">
                <summary>"Try it safely"</summary>
                <dl>{lines}</dl>
            </details>
        }
    });
    view! {
        <li class="plan-step">
            <b>{title}</b>
            <span class="dim">{effort}</span>
            <p>{detail}</p>
            {by}
            {rests}
            {net}
        </li>
    }
}

fn evidence_row(row: EvidenceRow) -> impl IntoView {
    view! { <li>{row.what} <Tagged origin=row.origin /></li> }
}
