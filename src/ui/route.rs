//! The address in the fragment: which face is shown; what follows a question mark belongs to links.

use leptos::ev;
use leptos::prelude::*;

/// A face of the page; all show the one session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// A task as a story.
    #[default]
    Story,
    /// The instrument.
    Workbench,
    /// The engine's speed.
    Bench,
    /// The API's description.
    Docs,
}

impl Face {
    /// Returns the name in the address.
    pub fn name(self) -> &'static str {
        match self {
            Face::Story => "story",
            Face::Workbench => "workbench",
            Face::Bench => "bench",
            Face::Docs => "docs",
        }
    }

    /// Returns the face that the button leads to.
    pub fn other(self) -> Face {
        match self {
            // The API's console is a panel of the workbench.
            Face::Story | Face::Docs => Face::Workbench,
            Face::Workbench | Face::Bench => Face::Story,
        }
    }

    /// Reads the fragment of an address, such as `#/workbench?turn=3`; the story opens first.
    pub fn of_fragment(fragment: &str) -> Face {
        let path = fragment.trim_start_matches(['#', '/']);
        let name = path.split(['?', '/']).next().unwrap_or_default();
        let named =
            [Face::Workbench, Face::Bench, Face::Docs].into_iter().find(|face| face.name() == name);
        named.unwrap_or_default()
    }
}

/// Returns the face in the page's address.
pub fn face_now() -> Face {
    // An address that cannot be read is as good as none.
    Face::of_fragment(&window().location().hash().unwrap_or_default())
}

/// Returns the face that is shown; it follows the address.
pub fn face() -> ReadSignal<Face> {
    let (face, set_face) = signal(face_now());
    let handle = window_event_listener(ev::hashchange, move |_| set_face.set(face_now()));
    on_cleanup(move || handle.remove());
    face
}

/// Goes to a face by its address, so that the browser's back button leads back.
pub fn open(face: Face) {
    // A page whose address cannot be changed stays where it is: there is nothing to do about a refusal.
    let _ = window().location().set_hash(&format!("/{}", face.name()));
}
