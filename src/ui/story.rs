//! The story: one task in six chapters, one stage, the question before each decision.

mod ask;
mod chapters;
mod contest;

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::messages::MessagesPanel;
use super::narration::NarrationLine;
use super::opening::OpeningBrief;
use super::pick::Pick;
use super::plan::PlanPanel;
use super::result::ResultPanel;
use crate::view::messages::Messages;
use crate::view::narration::Narration;
use crate::view::opening::Opening;
use crate::view::plan::Plan;
use crate::view::result::ResultModel;
use crate::view::schedule::Schedule;
use crate::view::story::{Stage, Story};
use ask::AskPane;
use chapters::Chapters;
use contest::ContestStage;

/// What people answered, by the turn that decides.
pub type Guesses = BTreeMap<u64, String>;

/// What the stage draws from; only what is on it is computed.
#[derive(Clone, Copy)]
pub struct Scenes {
    /// What there is before the first task.
    pub opening: Memo<Option<Opening>>,
    /// The plan.
    pub plan: Memo<Plan>,
    /// The schedule.
    pub schedule: Memo<Schedule>,
    /// The last of the talk.
    pub messages: Memo<Messages>,
    /// The result.
    pub result: Memo<ResultModel>,
}

/// Tells the selected task as a story.
#[component]
pub fn StoryFace(
    #[prop(into)] model: Signal<Story>,
    #[prop(into)] narration: Signal<Narration>,
    scenes: Scenes,
    pick: Pick,
    guesses: RwSignal<Guesses>,
    /// Whether playing stops at questions.
    stops: RwSignal<bool>,
    /// Goes to a turn.
    on_seek: Callback<u64>,
    /// Answers the question with the choice at a place, from 0.
    on_answer: Callback<usize>,
    /// Goes to the next moment worth stopping at.
    on_next: Callback<()>,
    /// Opens the dialog for what people bring.
    on_own: Callback<()>,
) -> impl IntoView {
    let chapters = Memo::new(move |_| model.with(|model| model.chapters.clone()));
    let stage = Memo::new(move |_| model.with(|model| model.stage));
    let aside = move || model.with(|model| model.aside);
    let setting =
        Memo::new(move |_| model.with(|model| model.ask.as_ref().map(|ask| ask.setting.clone())));
    let asking = move || setting.with(Option::is_some);
    let course = Memo::new(move |_| {
        scenes.opening.with(|opening| opening.as_ref().map(|opening| opening.stretches.clone()))
    });
    let body = move || {
        match stage.get() {
        Stage::Contest => view! { <ContestStage model=model pick=pick /> }.into_any(),
        Stage::Brief if course.with(Option::is_some) => {
            scenes.opening.get().map(|opening| view! { <OpeningBrief opening=opening /> }).into_any()
        }
        Stage::Brief => view! {
            <PlanPanel model=scenes.plan schedule=scenes.schedule pick=pick large=true on_open=None />
        }
        .into_any(),
        Stage::Work => view! {
            <PlanPanel model=scenes.plan schedule=scenes.schedule pick=pick large=true on_open=None />
            <MessagesPanel
                model=scenes.messages
                pick=pick
                large=true
                on_open=None
            />
        }
        .into_any(),
        Stage::Answer => {
            view! { <ResultPanel model=scenes.result pick=pick large=true on_open=None /> }.into_any()
        }
    }
    };
    view! {
        <main class="story" data-stage=move || stage.get().name()>
            <Chapters model=chapters on_seek=on_seek />
            <div class="story-say" class:is-asking=asking>
                {move || setting.get().map(|words| view! { <p class="story-setting">{words}</p> })}
                <NarrationLine model=narration />
                <p class="story-aside">{aside}</p>
            </div>
            <div class="story-body">
                <div class="stage">{body}</div>
                <AskPane model=model course=course guesses=guesses on_answer=on_answer on_next=on_next on_own=on_own stops=stops on_seek=on_seek />
            </div>
        </main>
    }
}
