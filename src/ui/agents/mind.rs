//! The mind of one agent: what it has, knows, owes and will do next, each with where it comes from.

use leptos::prelude::*;

use super::{Slots, doing};
use crate::ui::icon::{Glyph, Icon, RoleMark};
use crate::ui::pick::{Pick, classes};
use crate::ui::terms::Means;
use crate::view::agents::Proficiency;
use crate::view::agents::mind::{Mind, Thought};
use crate::view::selected::Fact;

/// Shows a mind in full.
pub fn mind_of(mind: Mind, pick: Pick) -> impl IntoView {
    let Mind { row, standing, inbox, knows, commitments, bids, next, history, earlier, cost } =
        mind;
    let said = doing(&row);
    let performance = if standing.change.is_empty() {
        row.performance.clone()
    } else {
        format!("{} ({} in this run)", row.performance, standing.change)
    };
    let coordinates = row.coordinates.then(|| {
        view! { <span class="badge"><Icon glyph=Glyph::Hub />"coordinator"</span> }
    });
    let skills = standing.proficiencies.into_iter().map(proficiency).collect_view();
    let cost = cost.into_iter().map(fact).collect_view();
    let event = row.event;
    let more = (earlier > 0).then(|| {
        view! { <p class="dim">{format!("and {earlier} more before that")}</p> }
    });
    view! {
        <article class="mind" data-testid="mind" data-agent=row.agent_id.clone()>
            <header class="mind-head">
                <RoleMark mark=row.mark />
                <button type="button" class="card-name" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                    <b>{row.agent_id.clone()}</b>
                </button>
                <span class="dim">{row.role_title}</span>
                {coordinates}
                <p>{said}</p>
            </header>
            <div class="mind-body">
                {part("Next, and why", "Nothing is planned: it waits for mail.", next, pick)}
                {part("Inbox", "No unread mail.", inbox, pick)}
                {part("Commitments", "Nothing taken on.", commitments, pick)}
                {part("Open bids", "No bid is undecided.", bids, pick)}
                {part("Knows, and from whom", "It has read nothing yet.", knows, pick)}
                <section class="mind-part">
                    <h3>"Performance and cost"</h3>
                    <dl class="facts">
                        <div><dt><Means of="Performance score" /></dt><dd>{performance}</dd></div>
                        <div><dt><Means of="Slots" words="Slots held" /></dt><dd><Slots held=row.held capacity=row.capacity /></dd></div>
                        <div><dt>"Tasks completed"</dt><dd>{standing.completed}</dd></div>
                        <div><dt>"Messages"</dt><dd>{standing.messages}</dd></div>
                        {cost}
                    </dl>
                </section>
                <section class="mind-part">
                    <h3>"Proficiency"</h3>
                    <ul class="skills">{skills}</ul>
                </section>
                <div class="mind-part mind-history">
                    {part("History", "It has done nothing yet.", history, pick)}
                    {more}
                </div>
            </div>
        </article>
    }
}

fn part(
    title: &'static str,
    nothing: &'static str,
    thoughts: Vec<Thought>,
    pick: Pick,
) -> impl IntoView {
    let count = (!thoughts.is_empty()).then(|| view! { <span class="dim">{thoughts.len()}</span> });
    let body = if thoughts.is_empty() {
        view! { <p class="dim">{nothing}</p> }.into_any()
    } else {
        let rows = thoughts.into_iter().map(|thought| thought_row(thought, pick)).collect_view();
        view! { <ol>{rows}</ol> }.into_any()
    };
    view! {
        <section class="mind-part">
            <h3>{title} " " {count}</h3>
            {body}
        </section>
    }
}

fn thought_row(thought: Thought, pick: Pick) -> impl IntoView {
    let Thought { when, what, why, event, fresh } = thought;
    let why = (!why.is_empty()).then(|| view! { <span class="dim">{why}</span> });
    let when = (!when.is_empty()).then(|| view! { <span class="thought-when">{when}</span> });
    view! {
        <li class=move || classes("thought", false, fresh, pick.is_some(event))>
            <button type="button" disabled=event.is_none() on:click=move |_| pick.choose(event)>
                {when}
                <span class="thought-what">{what}</span>
                {why}
            </button>
        </li>
    }
}

fn fact(fact: Fact) -> impl IntoView {
    view! { <div><dt>{fact.name}</dt><dd>{fact.value}</dd></div> }
}

fn proficiency(skill: Proficiency) -> impl IntoView {
    view! {
        <li class="meter">
            <span class="meter-name">{skill.name}</span>
            <span class="meter-track"><i style:width=format!("{}%", skill.percent)></i></span>
            <span class="meter-value">{skill.value}</span>
        </li>
    }
}
