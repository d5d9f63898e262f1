//! Before the first task arrives: what will be asked, the team that is ready, what will happen, and the first step.

use leptos::prelude::*;

use super::icon::{Glyph, Icon, RoleMark};
use crate::view::opening::{Asked, Opening, Stretch, Troop};

/// Shows what will be asked, and of whom.
#[component]
pub fn OpeningBrief(opening: Opening) -> impl IntoView {
    let Opening { title, about, asked, more, team, .. } = opening;
    let asked = asked.into_iter().map(asked_row).collect_view();
    let more = (!more.is_empty()).then(|| view! { <p class="dim">{more}</p> });
    let about = (!about.is_empty()).then(|| view! { <p class="opening-about">{about}</p> });
    let team = team.into_iter().map(troop).collect_view();
    view! {
        <section class="panel opening" aria-label="Before it begins" data-testid="opening">
            <h2>{title}</h2>
            {about}
            <h3>"What will be asked"</h3>
            <ul class="opening-asked">{asked}</ul>
            {more}
            <h3>"The team that is ready"</h3>
            <ul class="opening-team">{team}</ul>
        </section>
    }
}

/// Lists what will happen, in the words of the face that shows it.
#[component]
pub fn OpeningCourse(
    stretches: Vec<Stretch>,
    /// Whether in the story's words.
    told: bool,
) -> impl IntoView {
    let rows = stretches.into_iter().map(|Stretch { phase, chapter }| {
        let (title, what) = if told { chapter } else { phase };
        view! { <li><b>{title}</b><span>{what}</span></li> }
    });
    view! {
        <section class="opening-course">
            <h3>"What will happen"</h3>
            <ol>{rows.collect_view()}</ol>
        </section>
    }
}

/// The workbench before it begins, in the place of panels that have nothing to show.
#[component]
pub fn OpeningBench(
    opening: Opening,
    /// Begins to play.
    on_play: Callback<()>,
) -> impl IntoView {
    let stretches = opening.stretches.clone();
    view! {
        <div class="overview">
            <div class="overview-front"><OpeningBrief opening=opening /></div>
            <div class="overview-beside">
                <section class="panel opening">
                    <button type="button" class="ask-next" data-testid="opening-play" on:click=move |_| on_play.run(())>
                        "Play"
                        <Icon glyph=Glyph::Play />
                    </button>
                    <p class="dim">
                        "Or " <kbd>"→"</kbd> " for one turn, " <kbd>"."</kbd> " for the next decision. Every turn can be gone back to."
                    </p>
                    <OpeningCourse stretches=stretches told=false />
                </section>
            </div>
        </div>
    }
}

fn asked_row(asked: Asked) -> impl IntoView {
    let Asked { who, what, priority, plan } = asked;
    let who = (!who.is_empty()).then(|| view! { <b>{who}": "</b> });
    view! {
        <li>
            <p>{who} {what} " " <span class="badge">{priority}</span></p>
            <p class="dim">{plan}</p>
        </li>
    }
}

fn troop(troop: Troop) -> impl IntoView {
    let Troop { title, mark, count } = troop;
    view! { <li><RoleMark mark=mark /><span>{title}</span><b>{count}</b></li> }
}
