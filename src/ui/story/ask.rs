//! The question and its answer: what people think, what the run did, why, and what would have changed it.

use leptos::prelude::*;

use super::Guesses;
use crate::ui::icon::{Glyph, Icon, RoleMark};
use crate::ui::opening::OpeningCourse;
use crate::view::opening::Stretch;
use crate::view::story::ask::{Choice, Question};
use crate::view::story::reveal::{Otherwise, Reveal};
use crate::view::story::{Past, Story};

/// Asks before a decision and tells after it.
#[component]
pub fn AskPane(
    #[prop(into)] model: Signal<Story>,
    /// What will happen, before anything has.
    course: Memo<Option<Vec<Stretch>>>,
    guesses: RwSignal<Guesses>,
    on_answer: Callback<usize>,
    on_next: Callback<()>,
    /// Opens the dialog for what people bring.
    on_own: Callback<()>,
    /// Whether playing stops at questions.
    stops: RwSignal<bool>,
    /// Goes to a turn.
    on_seek: Callback<u64>,
) -> impl IntoView {
    let past = Memo::new(move |_| model.with(|model| model.past.clone()));
    let before = move || {
        let past = past.get();
        (!past.is_empty()).then(|| decided(past, on_seek))
    };
    let ask = Memo::new(move |_| model.with(|model| model.ask.clone()));
    // What is found later comes into what is told already, which stays.
    let told = Memo::new(move |_| {
        model.with(|model| {
            let rest =
                |reveal: &Reveal| Reveal { otherwise: Otherwise::default(), ..reveal.clone() };
            (model.reveal.as_ref().map(rest), model.turn)
        })
    });
    let turned = Memo::new(move |_| {
        model.with(|model| model.reveal.as_ref().map(|reveal| reveal.otherwise.clone()))
    });
    let to_come = move || {
        course.get().map(|stretches| view! { <OpeningCourse stretches=stretches told=true /> })
    };
    let next = move || model.with(|model| model.next);
    let question = move || ask.get().map(|ask| question(ask, guesses, on_answer));
    let answer = move || {
        let (reveal, turn) = told.get();
        reveal.map(|reveal| {
            let guess = guesses.with(|guesses| guesses.get(&turn).cloned());
            answer(reveal, turned, guess)
        })
    };
    view! {
        <aside class="ask" aria-label="Question">
            {answer}
            {question}
            <button
                type="button"
                class="ask-next"
                data-testid="story-next"
                aria-disabled=move || (next() == "The end").to_string()
                on:click=move |_| on_next.run(())
            >
                {next}
                <Icon glyph=Glyph::Forward />
            </button>
            // Where the story ends, the next one is the reader's own.
            <Show when=move || next() == "The end">
                <button type="button" class="control ask-own" data-testid="story-own" aria-haspopup="dialog" on:click=move |_| on_own.run(())>
                    "Now with a case of your own…"
                </button>
            </Show>
            <Show when=move || ask.with(Option::is_some)>
                <label class="check ask-stops">
                    <input
                        type="checkbox"
                        data-testid="story-stops"
                        prop:checked=move || stops.get()
                        on:change=move |event| stops.set(event_target_checked(&event))
                    />
                    "Playing stops at questions"
                </label>
            </Show>
            {to_come}
            {before}
        </aside>
    }
}

fn decided(past: Vec<Past>, on_seek: Callback<u64>) -> impl IntoView {
    let rows = past.into_iter().map(|Past { turn, words }| {
        view! {
            <li>
                <button type="button" on:click=move |_| on_seek.run(turn)>
                    <span>{words}</span>
                    <small>{format!("turn {turn}")}</small>
                </button>
            </li>
        }
    });
    view! {
        <section class="past">
            <h3>"Decided so far"</h3>
            <ol>{rows.collect_view()}</ol>
        </section>
    }
}

fn question(
    ask: Question,
    guesses: RwSignal<Guesses>,
    on_answer: Callback<usize>,
) -> impl IntoView {
    let Question { kind, title, hint, choices, turn, .. } = ask;
    let rows = choices.into_iter().enumerate();
    let rows =
        rows.map(|(place, choice)| one(place, choice, turn, guesses, on_answer)).collect_view();
    view! {
        <section class="question" data-testid="question" data-kind=kind.name()>
            <h2>{title}</h2>
            <ol class="choices">{rows}</ol>
            <p class="ask-hint">{hint}</p>
        </section>
    }
}

fn one(
    place: usize,
    choice: Choice,
    turn: u64,
    guesses: RwSignal<Guesses>,
    on_answer: Callback<usize>,
) -> impl IntoView {
    let Choice { key, label, note, mark } = choice;
    let name = key.clone();
    let chosen = Memo::new(move |_| guesses.with(|guesses| guesses.get(&turn) == Some(&name)));
    let mark = mark.map(|mark| view! { <RoleMark mark=mark /> });
    let note = (!note.is_empty()).then(|| view! { <span class="choice-note">{note}</span> });
    view! {
        <li>
            <button
                type="button"
                class="choice"
                class:is-chosen=chosen
                data-testid="choice"
                data-key=key
                aria-pressed=move || chosen.get().to_string()
                on:click=move |_| on_answer.run(place)
            >
                {mark}
                <span class="choice-words">
                    <b>{label}</b>
                    {note}
                </span>
                <kbd aria-hidden="true">{place + 1}</kbd>
            </button>
        </li>
    }
}

fn answer(reveal: Reveal, turned: Memo<Option<Otherwise>>, guess: Option<String>) -> impl IntoView {
    let Reveal { kind, title, right, reason, weighed, .. } = reveal;
    let verdict = guess.map(|guess| {
        let hit = right.contains(&guess);
        let (glyph, class, words) = if hit {
            (Glyph::Check, "verdict is-right", "You saw it coming.")
        } else {
            (Glyph::Cross, "verdict is-wrong", "It went otherwise than you thought.")
        };
        view! {
            <p class=class data-testid="verdict" data-right=hit.to_string()>
                <Icon glyph=glyph />
                {words}
            </p>
        }
    });
    let weighed = (!weighed.is_empty()).then(|| {
        view! {
            <p class="reveal-otherwise">"What else was weighed:"</p>
            {lines(weighed)}
        }
    });
    let sought = move || turned.with(|turned| turned.as_ref().is_some_and(|turned| turned.sought));
    view! {
        <section class="reveal" data-testid="reveal" data-kind=kind.name()>
            {verdict}
            <h2>{title}</h2>
            <p>{reason}</p>
            <div class="reveal-turned" aria-live="polite" aria-busy=move || sought().to_string()>
                {move || turned.get().map(otherwise)}
            </div>
            {weighed}
        </section>
    }
}

/// Tells what would have decided otherwise, or that it is being looked for.
fn otherwise(turned: Otherwise) -> impl IntoView {
    let Otherwise { head, changes, kept, sought } = turned;
    let listed = changes.into_iter().chain(kept).collect::<Vec<_>>();
    let listed = (!listed.is_empty()).then(|| lines(listed));
    (!head.is_empty()).then(|| {
        view! {
            <p class="reveal-otherwise" class:is-sought=sought>{head}</p>
            {listed}
        }
    })
}

fn lines(lines: Vec<String>) -> impl IntoView {
    let rows = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="reveal-changes">{rows}</ul> }
}
