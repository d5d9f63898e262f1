//! The result panel: the collective answer with what it rests on, or its parts while they come in.

mod handout;
mod step;

use leptos::prelude::*;

use self::handout::Handout;
use self::step::step_row;
use super::icon::{ActorMark, Glyph, Icon, RoleMark, breakable};
use super::panel::{Nothing, Panel};
use super::pick::{Pick, classes};
use super::terms::{Explained, Means};
use crate::view::result::{
    Advice, AlternativeRow, Answer, Confidence, ConflictRow, Origin, PartRow, PlanPhase,
    ResultModel, SynergyRow,
};

/// Shows the collective result.
#[component]
pub fn ResultPanel(
    #[prop(into)] model: Signal<ResultModel>,
    pick: Pick,
    large: bool,
    #[prop(optional_no_strip)] on_open: Option<Callback<()>>,
) -> impl IntoView {
    let summary = Signal::derive(move || model.with(|model| model.summary.clone()));
    let body = move || {
        let ResultModel { answer, parts, .. } = model.get();
        if answer.is_none() && parts.is_empty() {
            return view! { <Nothing words="No result yet: the task has no plan." /> }.into_any();
        }
        let parts = (large || answer.is_none()).then(|| parts_of(parts, pick));
        let answer = answer.map(|answer| answer_of(answer, pick, large));
        view! { {answer} {parts} }.into_any()
    };
    view! {
        <Panel title="Result" summary=summary large=large on_open=on_open>
            {body}
        </Panel>
    }
}

fn parts_of(parts: Vec<PartRow>, pick: Pick) -> impl IntoView {
    let rows = parts.into_iter().map(|part| part_row(part, pick)).collect_view();
    view! {
        <section class="result-part">
            <h3>"What each subtask brought"</h3>
            <ol class="parts">{rows}</ol>
        </section>
    }
}

fn part_row(part: PartRow, pick: Pick) -> impl IntoView {
    let PartRow { title, agent_id, mark, what, confidence, event, done, fresh } = part;
    let sure = (!confidence.is_empty())
        .then(|| view! { <span class="dim">{format!("confidence {confidence}")}</span> });
    view! {
        <li class=move || classes("part", false, fresh, pick.is_some(event))>
            <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                <Icon glyph=if done { Glyph::Check } else { Glyph::Ring } />
                <RoleMark mark=mark />
                <b>{title}</b>
                <span class="dim">{agent_id}</span>
                {sure}
                <span class="part-what">{what}</span>
            </button>
        </li>
    }
}

fn answer_of(answer: Answer, pick: Pick, large: bool) -> impl IntoView {
    let Answer {
        standing,
        advice,
        figures,
        full,
        confidence,
        synergies,
        conflicts,
        phases,
        text,
        missing,
        coordination,
        outcome,
        event,
        fresh,
    } = answer;
    let advice = advice.into_iter().map(advice_row).collect_view();
    let more = large.then(|| more_of(figures, full));
    let missing = (!missing.is_empty()).then(|| view! { <p class="result-missing">{missing}</p> });
    let outcome = outcome.map(|(origin, told)| {
        view! { <p class="result-outcome"><Tagged origin=origin /> {told}</p> }
    });
    let synergies = synergies.into_iter().map(|row| synergy_row(row, pick)).collect_view();
    let conflicts = conflicts.into_iter().map(|row| conflict_row(row, pick, large)).collect_view();
    view! {
        <article class=move || classes("answer", false, fresh, pick.is_some(event))>
            <div class="answer-main" data-testid="recommendation" on:click=pick.press(event)>
                <header class="answer-head">
                    <h3>
                        <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                            {standing}
                        </button>
                    </h3>
                    {large.then(|| view! { <Handout text=text /> })}
                </header>
                {missing}
                <dl class="advice">{advice}</dl>
                {outcome}
                <p class="dim">{coordination}</p>
            </div>
            {confidence_of(confidence, event, pick)}
            {phased(phases, large)}
            <ol class="synergies">{synergies}</ol>
            <ol class="conflicts">{conflicts}</ol>
            {more}
        </article>
    }
}

/// What the answer rests on, for those who want all of it.
fn more_of(figures: Vec<Advice>, full: String) -> impl IntoView {
    let rows = figures.into_iter().map(advice_row).collect_view();
    view! {
        <details class="answer-more">
            <summary>"Figures behind the answer"</summary>
            <dl class="advice">{rows}</dl>
        </details>
        <details class="answer-more">
            <summary>"The whole answer as JSON"</summary>
            <pre>{full}</pre>
        </details>
    }
}

fn advice_row(advice: Advice) -> impl IntoView {
    let Advice { name, lines, origin } = advice;
    let tag = origin.map(|origin| view! { <Tagged origin=origin /> });
    let lines = if let [line] = lines.as_slice() {
        view! { <p>{line.clone()}</p> }.into_any()
    } else {
        let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ul>{items}</ul> }.into_any()
    };
    view! {
        <div class="advice-row">
            <dt>{name} {tag}</dt>
            <dd>{lines}</dd>
        </div>
    }
}

/// Says where a figure comes from.
#[component]
pub fn Tagged(origin: Origin) -> impl IntoView {
    let Origin { name, meaning } = origin;
    view! { <span class=format!("tag tag-{name}")><Explained words=name meaning=meaning /></span> }
}

fn confidence_of(confidence: Confidence, event: Option<u64>, pick: Pick) -> impl IntoView {
    let Confidence { mean, percent, spread, calibration, parts } = confidence;
    let parts = parts
        .into_iter()
        .map(|part| {
            // An agent's own confidence came with its result; the mean with the answer.
            let of_part = part.event.or(event);
            view! {
                <li
                    class="meter"
                    class:is-selected=move || part.event.is_some() && pick.is_some(part.event)
                    on:click=move |press| {
                        press.stop_propagation();
                        pick.choose(of_part);
                    }
                >
                    <span class="meter-name">
                        <ActorMark id=part.who.clone() mark=part.mark />
                        {breakable(&part.who)}
                    </span>
                    <span class="meter-track"><i style:width=format!("{}%", part.percent)></i></span>
                    <span class="meter-value">{part.value}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="confidence" on:click=pick.press(event)>
            <h3><Means of="Confidence" /></h3>
            <p class="confidence-mean">
                <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                    <b data-testid="confidence">{mean}</b>
                </button>
                <span class="meter-track"><i style:width=format!("{percent}%")></i></span>
            </p>
            <ul>{parts}</ul>
            <p class="dim">{spread}</p>
            <p class="dim">{calibration}</p>
        </section>
    }
}

fn phased(phases: Vec<PlanPhase>, large: bool) -> impl IntoView {
    let phases = phases
        .into_iter()
        .map(|phase| {
            let steps = phase.steps.into_iter().map(|step| step_row(step, large)).collect_view();
            view! {
                <li class="plan-phase">
                    <header>
                        <b>{phase.title}</b>
                        <span class="dim">{phase.weeks}</span>
                    </header>
                    <ol>{steps}</ol>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="plan-phases">
            <h3>"What to do, in order"</h3>
            <ol>{phases}</ol>
        </section>
    }
}

fn synergy_row(row: SynergyRow, pick: Pick) -> impl IntoView {
    let SynergyRow { from, to, what, gain, event } = row;
    view! {
        <li class="synergy" class:is-selected=move || pick.is_some(event) data-testid="synergy">
            <p class="kind"><Means of="Synergy" /></p>
            <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                <span><b>{from}</b>" helps "<b>{to}</b></span>
                <span class="dim">{what}</span>
                <span class="dim">{gain}</span>
            </button>
        </li>
    }
}

fn conflict_row(row: ConflictRow, pick: Pick, large: bool) -> impl IntoView {
    let ConflictRow { what, why, resolution, alternatives, event } = row;
    let weighed = large.then(|| alternatives_of(alternatives));
    view! {
        <li class="conflict" class:is-selected=move || pick.is_some(event) data-testid="conflict">
            <p class="kind"><Means of="Conflict" /></p>
            <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                <b>{what}</b>
                <span class="dim">{why}</span>
                <span>{resolution}</span>
            </button>
            {weighed}
        </li>
    }
}

fn alternatives_of(alternatives: Vec<AlternativeRow>) -> impl IntoView {
    let rows = alternatives
        .into_iter()
        .map(|row| {
            view! {
                <tr class:is-chosen=row.chosen>
                    <td>{row.chosen.then(|| view! { <Icon glyph=Glyph::Check /> })} {row.what}</td>
                    <td class="figure">{row.gain}</td>
                    <td class="figure">{row.risk}</td>
                    <td>{if row.admissible { "within the bound" } else { "too risky" }}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="weighed">
            <summary>"What was weighed"</summary>
            <table>
                <thead>
                    <tr>
                        <th>"Way out"</th>
                        <th class="figure">"Plan gains"</th>
                        <th class="figure">"Risk"</th>
                        <th>"Allowed"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
