//! Small drawings: roles' marks, states, and what stands on buttons.

use leptos::prelude::*;

use crate::view::mark::{Mark, Shape};

/// What a drawing shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Over, and well.
    Check,
    /// Over, and not well.
    Cross,
    /// Not begun.
    Ring,
    /// Begun.
    Going,
    /// Could begin.
    Half,
    /// Waiting for something.
    Dots,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// One turn back.
    Back,
    /// One turn on.
    Forward,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// To the next decision.
    Decision,
    /// Light and dark.
    Theme,
    /// Everyone.
    Everyone,
    /// The blackboard.
    Board,
    /// The orchestrator.
    Hub,
    /// Larger.
    Open,
    /// What can be done.
    More,
    /// Another branch begins.
    Fork,
    /// A thing to hand on.
    Share,
    /// Two side by side.
    Beside,
    /// Another name.
    Pen,
    /// To look for something.
    Search,
    /// Something drawn by chance.
    Dice,
    /// Something done to the run.
    Bolt,
    /// What is kept.
    Folder,
    /// What the user brings.
    Bring,
    /// From the beginning again.
    Again,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Glyph::Check => "M2.5 8.5 6.2 12.2 13.5 4",
            Glyph::Cross => "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5",
            Glyph::Ring => "M8 2.8a5.2 5.2 0 1 0 .01 0z",
            Glyph::Going => "M4.5 2.5v11L13 8z",
            Glyph::Half => "M8 2.8a5.2 5.2 0 1 0 .01 0zM8 2.8v10.4",
            Glyph::Dots => "M3 8h.01M8 8h.01M13 8h.01",
            Glyph::Play => "M4 2.5v11L13.5 8z",
            Glyph::Pause => "M4 2.5h3v11H4zM9 2.5h3v11H9z",
            Glyph::Back => "M10.5 3v10L4 8z",
            Glyph::Forward => "M5.5 3v10L12 8z",
            Glyph::First => "M3 3h2v10H3zM13 3v10L6.2 8z",
            Glyph::Last => "M11 3h2v10h-2zM3 3v10L9.8 8z",
            Glyph::Decision => "M8 2 14 8 8 14 2 8z",
            Glyph::Theme => "M8 2.2a5.8 5.8 0 1 0 .01 0zM8 2.2v11.6A5.8 5.8 0 0 0 8 2.2z",
            Glyph::Everyone => "M8 2v12M2.8 5 13.2 11M13.2 5 2.8 11",
            Glyph::Board => "M2.5 3h11v8h-11zM5 13.5h6M5 6h6M5 8.4h4",
            Glyph::Hub => "M8 5.6a2.4 2.4 0 1 0 .01 0zM8 1.5v4M8 10.5v4M1.5 8h4M10.5 8h4",
            Glyph::More => "M8 3h.01M8 8h.01M8 13h.01",
            Glyph::Fork => "M4 2v12M4 9c5 0 8-1.5 8-5.5M9.5 6 12 3.4 14.5 6",
            Glyph::Beside => "M2 3h5v10H2zM9 3h5v10H9z",
            Glyph::Search => "M7 2.6a4.4 4.4 0 1 0 .01 0zM10.2 10.2 14 14",
            Glyph::Pen => "M3 13l.7-3L10.8 2.9l2.3 2.3L6 12.3zM9.2 4.5l2.3 2.3",
            Glyph::Share => "M8 10V2M4.8 5 8 1.8 11.2 5M3 8v6h10V8",
            Glyph::Dice => {
                "M2.5 2.5h11v11h-11zM5.5 5.5h.01M10.5 5.5h.01M8 8h.01M5.5 10.5h.01M10.5 10.5h.01"
            }
            Glyph::Bolt => "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z",
            Glyph::Folder => "M2 13V3.5h4L7.5 6H14v7z",
            Glyph::Bring => "M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11",
            Glyph::Again => "M3.2 5.2A5.6 5.6 0 1 1 2.4 8M3 1.8v3.6h3.6",
            Glyph::Open => "M9.5 2.5h4v4M13.5 2.5 9 7M6.5 13.5h-4v-4M2.5 13.5 7 9",
        }
    }

    /// Says whether it is filled; else it is drawn in lines.
    fn solid(self) -> bool {
        matches!(
            self,
            Glyph::Going
                | Glyph::Play
                | Glyph::Pause
                | Glyph::Back
                | Glyph::Forward
                | Glyph::First
                | Glyph::Last
        )
    }
}

/// Draws a glyph; it says nothing by itself, words beside it or a label do.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    let class = if glyph.solid() { "icon icon-solid" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
}

/// Writes a glyph as markup.
pub fn glyph_markup(glyph: Glyph) -> String {
    let class = if glyph.solid() { "icon icon-solid" } else { "icon" };
    let path = glyph.path();
    format!(
        r#"<svg class="{class}" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="{path}"/></svg>"#
    )
}

/// Draws a role's mark in its hue.
#[component]
pub fn RoleMark(mark: Mark) -> impl IntoView {
    view! {
        <svg
            class=format!("mark hue-{}", mark.hue)
            viewBox="0 0 12 12"
            aria-hidden="true"
            focusable="false"
        >
            <path d=outline(mark.shape) />
        </svg>
    }
}

/// Draws the mark of a lane or a reader, which may be the orchestrator or the blackboard.
#[component]
pub fn ActorMark(id: String, mark: Option<Mark>) -> impl IntoView {
    match mark {
        Some(mark) => view! { <RoleMark mark=mark /> }.into_any(),
        None if id == "blackboard" => view! { <Icon glyph=Glyph::Board /> }.into_any(),
        None => view! { <Icon glyph=Glyph::Hub /> }.into_any(),
    }
}

fn outline(shape: Shape) -> &'static str {
    match shape {
        Shape::Diamond => "M6 .4 11.6 6 6 11.6.4 6z",
        Shape::Square => "M1.2 1.2h9.6v9.6H1.2z",
        Shape::Triangle => "M6 .8 11.7 11H.3z",
        Shape::Disk => "M6 .7a5.3 5.3 0 1 0 .01 0z",
        Shape::Plus => "M4.2.6h3.6v3.6h3.6v3.6H7.8v3.6H4.2V7.8H.6V4.2h3.6z",
        Shape::Pentagon => "M6 .5 11.6 4.6 9.5 11.2h-7L.4 4.6z",
        Shape::Wedge => "M6 11.2.3 1h11.4z",
        Shape::Star => {
            "M6 .2 7.7 4.2 12 4.6 8.7 7.4 9.7 11.7 6 9.4 2.3 11.7 3.3 7.4 0 4.6 4.3 4.2z"
        }
    }
}

/// Lets a long id break after its underscores instead of being cut.
pub fn breakable(id: &str) -> String {
    id.replace('_', "_\u{200b}")
}

/// Draws the head of an arrow for a line's end; its color is that of the class it is named as.
pub fn arrow_head(id: &'static str) -> impl IntoView {
    view! {
        <marker
            id=id
            class=id
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
        >
            <path d="M0 .5 7.5 4 0 7.5z" />
        </marker>
    }
}
