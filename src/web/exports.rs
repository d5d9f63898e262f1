//! What can be taken out of a run in formats of other programs, as the page offers it.

use crate::export::format::{self, Format};
use crate::session::Session;

/// A format on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is asked for by.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
}

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

/// Returns the formats there are.
pub fn offers() -> Vec<Offer> {
    let offer = |format: Format| Offer { name: format.name(), title: format.title() };
    Format::ALL.into_iter().map(offer).collect()
}

/// Takes the run up to the cursor out in a format; none for one that does not exist.
pub fn text(session: &Session, name: &str) -> Option<Export> {
    let format = Format::of(name).ok()?;
    Some(Export {
        file_name: format.file_name(session),
        media_type: format.media_type(),
        text: format::export(session, format),
    })
}
