//! The page: everything that names leptos. Views come by signal, commands go by callback.

pub mod chart;
pub mod icon;
pub mod markup;
pub mod measure;
pub mod notice;
pub mod opening;
pub mod panel;
pub mod pick;
pub mod picture;
pub mod route;
pub mod rows;
pub mod sheet;
pub mod terms;

pub mod agents;
pub mod api;
pub mod auction;
pub mod bench;
pub mod blackboard;
pub mod branches;
pub mod classroom;
pub mod compare;
pub mod help;
pub mod intelligence;
pub mod intervene;
pub mod messages;
pub mod narration;
pub mod own;
pub mod phases;
pub mod plan;
pub mod result;
pub mod schedule;
pub mod search;
pub mod selected;
pub mod sessions;
pub mod share;
pub mod story;
pub mod task_line;
pub mod top;
pub mod transport;

pub mod keys;
pub mod playback;
pub mod settings;

pub mod desk;

pub mod travel;

pub mod app;

/// Puts the page into the document.
pub fn mount() {
    crate::web::panic::listen();
    if let Some(embed) = classroom::Embed::of_page() {
        embed.settle();
    }
    leptos::mount::mount_to_body(app::App);
}
