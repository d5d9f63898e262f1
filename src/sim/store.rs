//! Artifacts: values of any size, immutable, stored once by content hash and named in events.

mod alike;
mod index;

use std::hash::Hash;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use self::alike::are_alike;
use self::index::Index;
use super::command::Command;
use super::scenario::Policies;
use super::world::task::PlannedTask;
use crate::kernel::digest::{Digest, content_hash};
use crate::kernel::shelf::Shelf;
use crate::mechanism::domain::{Aggregation, Finding, Outcome, Work};
use crate::model::agent::AgentSpec;
use crate::model::content::Content;
use crate::model::id::ArtifactIx;
use crate::model::message::{Conversation, Payload};

/// A stored value.
#[derive(Clone, Debug, PartialEq)]
pub enum Artifact {
    /// What a message carries.
    Payload(Arc<Payload>),
    /// A finished piece of work.
    Work(Arc<Work>),
    /// What was written to the blackboard.
    Finding(Arc<Finding>),
    /// A collective answer.
    Answer(Arc<Aggregation>),
    /// How it turned out.
    Outcome(Arc<Outcome>),
    /// An agent's description.
    Agent(Arc<AgentSpec>),
    /// A task and its plan.
    Task(Arc<PlannedTask>),
    /// A user's command.
    Command(Arc<Command>),
    /// The rules.
    Policies(Arc<Policies>),
    /// Any other value, such as market data or news.
    Value(Arc<Value>),
}

impl Artifact {
    /// Returns the content hash.
    pub fn content_hash(&self) -> u64 {
        self.hash(&mut Vec::new())
    }

    /// Returns the number of a kind that is often followed by its like; others have none.
    fn kind(&self) -> usize {
        match self {
            Artifact::Work(_) => 0,
            Artifact::Answer(_) => 1,
            _ => usize::MAX,
        }
    }

    /// Hashes the content: canonical JSON (keys sorted by serde_json's map), payloads by their words.
    fn hash(&self, bytes: &mut Vec<u8>) -> u64 {
        match self {
            Artifact::Payload(payload) => {
                let mut digest = Digest::default();
                payload.hash(&mut digest);
                digest.0
            }
            Artifact::Work(work) => json_hash("work", work, bytes),
            Artifact::Finding(finding) => json_hash("finding", finding, bytes),
            Artifact::Answer(answer) => json_hash("answer", answer, bytes),
            Artifact::Outcome(outcome) => json_hash("outcome", outcome, bytes),
            Artifact::Agent(agent) => json_hash("agent", agent, bytes),
            Artifact::Task(task) => json_hash("task", task, bytes),
            Artifact::Command(command) => json_hash("command", command, bytes),
            Artifact::Policies(policies) => json_hash("policies", policies, bytes),
            Artifact::Value(value) => json_hash("value", value, bytes),
        }
    }
}

/// Hashes a value's JSON behind its kind; a value that is no JSON hashes as its kind alone.
fn json_hash<T: Serialize>(kind: &str, value: &T, bytes: &mut Vec<u8>) -> u64 {
    bytes.clear();
    bytes.extend_from_slice(kind.as_bytes());
    bytes.push(b':');
    let head = bytes.len();
    if serde_json::to_writer(&mut *bytes, value).is_err() {
        bytes.truncate(head);
    }
    content_hash(bytes)
}

/// What a message carries, as one looks at it.
#[derive(Clone, Debug)]
pub enum Carried<'a> {
    /// It lies in the store.
    Lent(&'a Payload),
    /// It was in the event.
    Own(Payload),
}

impl std::ops::Deref for Carried<'_> {
    type Target = Payload;

    #[inline]
    fn deref(&self) -> &Payload {
        match self {
            Carried::Lent(payload) => payload,
            Carried::Own(payload) => payload,
        }
    }
}

/// The artifacts of a session; it only grows, and branches share what they have in common.
#[derive(Clone, Debug)]
pub struct Store {
    artifacts: Shelf<(u64, Artifact), 256>,
    by_hash: Index,
    /// The last artifact of each kind that is often followed by its like.
    last: [ArtifactIx; 2],
    /// Where values are written to be hashed.
    scratch: Vec<u8>,
}

macro_rules! kind {
    ($put:ident, $get:ident, $variant:ident, $type:ty, $what:literal) => {
        #[doc = concat!("Stores ", $what, ", once.")]
        pub fn $put(&mut self, value: $type) -> ArtifactIx {
            self.put(Artifact::$variant(Arc::new(value)))
        }

        #[doc = concat!("Returns ", $what, "; none if the artifact is something else.")]
        pub fn $get(&self, at: ArtifactIx) -> Option<&Arc<$type>> {
            match self.get(at)? {
                Artifact::$variant(value) => Some(value),
                _ => None,
            }
        }
    };
}

impl Default for Store {
    fn default() -> Self {
        Store {
            artifacts: Shelf::default(),
            by_hash: Index::default(),
            last: [NONE; 2],
            scratch: Vec::new(),
        }
    }
}

/// No artifact.
const NONE: ArtifactIx = ArtifactIx(u32::MAX);

impl Store {
    /// Empties the store for another run.
    pub fn restart(&mut self) {
        self.artifacts.clear();
        self.by_hash = Index::default();
        self.last = [NONE; 2];
    }

    /// Stores an artifact, once: the same content gets the same index.
    pub fn put(&mut self, artifact: Artifact) -> ArtifactIx {
        // What is like the last of its kind need not be hashed to be known.
        let kind = artifact.kind();
        if let Some(&last) = self.last.get(kind)
            && self.get(last).is_some_and(|last| are_alike(last, &artifact))
        {
            return last;
        }
        let hash = artifact.hash(&mut self.scratch);
        let at = self.put_hashed(artifact, hash);
        if let Some(last) = self.last.get_mut(kind) {
            *last = at;
        }
        at
    }

    /// Stores an artifact whose content hash is known, once.
    pub fn put_hashed(&mut self, artifact: Artifact, mut hash: u64) -> ArtifactIx {
        loop {
            match self.by_hash.get(hash) {
                Some(at) if self.get(at) == Some(&artifact) => return at,
                // Two contents of one hash: the later one takes the next free number.
                Some(_) => hash = hash.wrapping_add(1),
                None => break,
            }
        }
        let at = ArtifactIx(u32::try_from(self.artifacts.len()).unwrap_or(u32::MAX));
        self.artifacts.push((hash, artifact));
        self.by_hash.insert(hash, at);
        at
    }

    /// Returns how many artifacts there are.
    pub fn len(&self) -> usize {
        self.artifacts.len()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.artifacts.is_empty()
    }

    /// Returns an artifact.
    pub fn get(&self, at: ArtifactIx) -> Option<&Artifact> {
        self.artifacts.get(at.0 as usize).map(|(_, artifact)| artifact)
    }

    /// Returns an artifact's content hash.
    #[inline]
    pub fn hash(&self, at: ArtifactIx) -> u64 {
        self.artifacts.get(at.0 as usize).map_or(0, |(hash, _)| *hash)
    }

    /// Keeps what a message of a conversation carries: what is small in place, the rest once.
    #[inline]
    pub fn put_payload(&mut self, payload: Payload, conversation: Conversation) -> Content {
        Content::in_place(&payload, conversation)
            .unwrap_or_else(|| self.put(Artifact::Payload(Arc::new(payload))).into())
    }

    /// Returns what a message carries; none if the artifact is something else.
    #[inline]
    pub fn payload(&self, content: impl Into<Content>) -> Option<Carried<'_>> {
        match content.into() {
            Content::Artifact(at) => match self.get(at)? {
                Artifact::Payload(payload) => Some(Carried::Lent(payload)),
                _ => None,
            },
            small => small.payload().map(Carried::Own),
        }
    }

    /// Returns what a message carries, to keep while the store is written to.
    pub fn kept_payload(&self, content: Content) -> Option<Arc<Payload>> {
        match content {
            Content::Artifact(at) => match self.get(at)? {
                Artifact::Payload(payload) => Some(Arc::clone(payload)),
                _ => None,
            },
            small => small.payload().map(Arc::new),
        }
    }

    kind!(put_work, work, Work, Work, "a piece of work");
    kind!(put_finding, finding, Finding, Finding, "a finding");
    kind!(put_answer, answer, Answer, Aggregation, "an answer");
    kind!(put_outcome, outcome, Outcome, Outcome, "an outcome");
    kind!(put_agent, agent, Agent, AgentSpec, "an agent's description");
    kind!(put_task, task, Task, PlannedTask, "a task with its plan");
    kind!(put_command, command, Command, Command, "a command");
    kind!(put_policies, policies, Policies, Policies, "a set of rules");
    kind!(put_value, value, Value, Value, "a value");
}
