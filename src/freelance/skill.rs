//! Skill names and how they meet: case, punctuation, aliases, versions, and a fuzzy match that reports its distance.

/// A skill under its normalized name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skill {
    /// The normalized name that is compared, such as `javascript`.
    pub key: String,
    /// The name as people write it, such as `JavaScript`.
    pub name: String,
    /// A tool everyone has (an editor, a mail program), which says nothing about pay or fit.
    pub generic: bool,
}

/// How two skill names meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// 0 for the same normalized name, up to 1 for nothing in common.
    pub distance: f64,
}
