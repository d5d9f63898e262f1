//! The box that hands on a link: its text, what it carries, and a file where a link does not do.

use leptos::ev;
use leptos::prelude::*;

/// A link that is about to be handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// The link; none where the run does not fit into one.
    pub link: Option<String>,
    /// The digest that it opens to, in groups of four.
    pub digest: String,
    /// The turn that it opens at.
    pub turn: u64,
    /// Whether it carries what a person put in, and nobody has agreed to that yet.
    pub asks: bool,
    /// Whether the clipboard has it.
    pub copied: bool,
}

/// What the user wants with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareAct {
    /// Copy it, with all that it carries.
    Copy,
    /// Have a file instead.
    File,
}

/// Shows the link.
#[component]
pub fn ShareBox(sharing: RwSignal<Option<Sharing>>, on_act: Callback<ShareAct>) -> impl IntoView {
    let file = move || {
        view! {
            <button type="button" class="control" data-testid="share-file" on:click=move |_| on_act.run(ShareAct::File)>
                "Save a file"
            </button>
        }
    };
    let copy = move |words: &'static str| {
        view! {
            <button type="button" class="control" data-testid="share-copy" on:click=move |_| on_act.run(ShareAct::Copy)>
                {words}
            </button>
        }
    };
    let content = move |Sharing { link, digest, turn, asks, copied }: Sharing| {
        match link {
        None => view! {
            <p role="status">"This run is too long for a link. A file carries all of it, and opens under Sessions."</p>
            <div class="share-acts">{file()}</div>
        }
        .into_any(),
        Some(_) if asks => view! {
            <p role="alert" class="share-warning">
                "This run was made of what you put in yourself. Whoever has the link can read it, also where it is kept by others: in chats, mails, histories."
            </p>
            <div class="share-acts">{copy("Copy it with my data")} {file()}</div>
        }
        .into_any(),
        Some(link) => {
            let length = link.chars().count();
            view! {
                <p role="status">
                    {if copied { "Copied. " } else { "The browser did not let the page copy; select and copy it here. " }}
                    {format!("It opens at turn {turn} and is verified against ")}
                    <code>{digest}</code>
                    "."
                </p>
                <p class="share-link" data-testid="share-link" tabindex="0">{link}</p>
                <div class="share-acts">
                    {copy("Copy again")} {file()}
                    <span class="dim">{format!("{length} characters")}</span>
                </div>
            }
            .into_any()
        }
    }
    };
    let body = move || {
        sharing.get().map(|now| {
            view! {
                <section class="share-box" aria-label="Share">
                    <header>
                        <h2>"Share this moment"</h2>
                        <button type="button" class="button-small" on:click=move |_| sharing.set(None)>"Close"</button>
                    </header>
                    {content(now)}
                </section>
            }
        })
    };
    // It lies over the page without holding it, so it goes with Escape and with what it was about.
    let handles = [
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                close(sharing);
            }
        }),
        window_event_listener(ev::hashchange, move |_| close(sharing)),
    ];
    on_cleanup(move || handles.into_iter().for_each(|handle| handle.remove()));
    view! { {body} }
}

fn close(sharing: RwSignal<Option<Sharing>>) {
    if sharing.with_untracked(Option::is_some) {
        sharing.set(None);
    }
}
