//! Where a figure comes from: every number that reaches a user carries a tag.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The origin of a figure, strongest first, so that the weakest of several is their maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "FigureTag"))]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// By the user.
    Given,
    /// By a public source, named.
    Measured,
    /// Computed from given and measured figures.
    Derived,
    /// A documented constant or belief.
    Assumed,
    /// From the environment's model; never poses as a fact.
    Simulated,
}

impl Tag {
    /// Returns the tag of a figure computed from figures with these tags.
    pub fn of_computed(inputs: impl IntoIterator<Item = Tag>) -> Tag {
        inputs.into_iter().fold(Tag::Derived, Tag::max)
    }
}

/// A tag with the name of its source, where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[cfg_attr(not(target_arch = "wasm32"), schemars(rename = "FigureOrigin"))]
pub struct Origin {
    /// The kind of origin.
    pub tag: Tag,
    /// The source in words, such as `GSA CALC schedule 70, 2019, US` or `profile /hourly_rate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Origins of a document's figures, keyed by JSON pointer (RFC 6901) into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Provenance(pub BTreeMap<String, Origin>);

impl Provenance {
    /// Notes the origin of the figure at a pointer.
    pub fn note(&mut self, pointer: impl Into<String>, tag: Tag, source: impl Into<String>) {
        let origin = Origin { tag, source: Some(source.into()) };
        self.0.insert(pointer.into(), origin);
    }

    /// Notes an origin without a named source.
    pub fn tag(&mut self, pointer: impl Into<String>, tag: Tag) {
        self.0.insert(pointer.into(), Origin { tag, source: None });
    }

    /// Takes another document's origins in, its pointers prefixed.
    pub fn absorb(&mut self, prefix: &str, other: &Provenance) {
        for (pointer, origin) in &other.0 {
            self.0.insert(format!("{prefix}{pointer}"), origin.clone());
        }
    }

    /// Returns the weakest tag noted at or below a pointer.
    pub fn weakest(&self, pointer: &str) -> Option<Tag> {
        self.0
            .iter()
            .filter(|(at, _)| {
                at.strip_prefix(pointer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            .map(|(_, origin)| origin.tag)
            .max()
    }
}
