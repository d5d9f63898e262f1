//! What can be taken out of a run in formats of other programs.

use crate::export::event_lines::Writer;
use crate::model::id::TaskIx;
use crate::session::Session;

/// A format that something can be taken out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// What it is asked for by.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
}

/// The formats there are.
pub const FORMATS: &[Format] = &[Format { name: "events", title: "Events, JSON lines" }];

/// Something that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// A name for its file.
    pub file_name: String,
    /// What it is.
    pub media_type: &'static str,
    /// Its text.
    pub text: String,
}

/// Takes something out of the run up to the cursor; `task` is the one that is shown. None for a format
/// that does not exist, or where there is nothing to take.
pub fn text(session: &Session, _task: Option<TaskIx>, name: &str) -> Option<Export> {
    let stem = format!("{}-{}", session.setup().scenario.name, session.setup().seed);
    match name {
        "events" => Some(Export {
            file_name: format!("{stem}.ndjson"),
            media_type: "application/x-ndjson",
            text: events(session),
        }),
        _ => None,
    }
}

fn events(session: &Session) -> String {
    let log = session.log();
    let writer = Writer { world: session.head(), log, store: session.store() };
    let mut text = String::new();
    for record in log.records(0..session.horizon().at()) {
        text.push_str(&writer.event(&record).to_string());
        text.push('\n');
    }
    text
}
