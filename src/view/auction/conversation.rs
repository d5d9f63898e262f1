//! Each conversation of an auction on its contract-net state machine: what was said, where it stands.

use std::collections::BTreeMap;

use crate::model::id::{Actor, AgentIx, AuctionIx, Recipient};
use crate::model::message::{MessageType, Payload, RejectionReason};
use crate::sim::world::auction::AuctionState;
use crate::sim::world::task::SubtaskStage;
use crate::text::{names, units};
use crate::view::history::MessageTrace;
use crate::view::lens::Lens;

/// A state of the contract-net protocol, named after the act that leads into it (FIPA SC00029H).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Called for proposals.
    Cfp,
    /// Proposed.
    Propose,
    /// Refused.
    Refuse,
    /// Its proposal was accepted.
    Accept,
    /// Its proposal was rejected.
    Reject,
    /// What it took on is done.
    Done,
    /// It declined what it had won.
    Decline,
}

impl Act {
    /// All acts, in the order in which the protocol can reach them.
    pub const ALL: [Act; 7] =
        [Act::Cfp, Act::Propose, Act::Refuse, Act::Accept, Act::Reject, Act::Done, Act::Decline];

    /// Returns the word people read.
    pub fn name(self) -> &'static str {
        match self {
            Act::Cfp => "cfp",
            Act::Propose => "propose",
            Act::Refuse => "refuse",
            Act::Accept => "accept",
            Act::Reject => "reject",
            Act::Done => "done",
            Act::Decline => "decline",
        }
    }

    /// Returns where the state stands in the drawing: how far along, and whether on the lower branch.
    pub fn place(self) -> (u32, bool) {
        match self {
            Act::Cfp => (0, false),
            Act::Propose => (1, false),
            Act::Refuse => (1, true),
            Act::Accept => (2, false),
            Act::Reject => (2, true),
            Act::Done => (3, false),
            Act::Decline => (3, true),
        }
    }

    /// Returns the state that leads into it.
    pub fn before(self) -> Option<Act> {
        match self {
            Act::Cfp => None,
            Act::Propose | Act::Refuse => Some(Act::Cfp),
            Act::Accept | Act::Reject => Some(Act::Propose),
            Act::Done | Act::Decline => Some(Act::Accept),
        }
    }
}

/// The conversation with one participant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The states it went through, in order; the last is where it stands.
    pub passed: Vec<Act>,
    /// The same in words with times, such as `cfp at 0.05 s, propose at 0.09 s`.
    pub words: String,
    /// Why its bid was late or its award declined; empty where neither is so.
    pub note: String,
}

impl Conversation {
    fn pass(&mut self, act: Act, when: &str) {
        if self.passed.last() == Some(&act) {
            return;
        }
        self.passed.push(act);
        if !self.words.is_empty() {
            self.words.push_str(", ");
        }
        self.words.push_str(act.name());
        self.words.push_str(when);
    }
}

/// Follows every conversation of an auction.
pub fn conversations(
    lens: &Lens<'_>,
    ix: AuctionIx,
    state: &AuctionState,
) -> BTreeMap<AgentIx, Conversation> {
    let mut found: BTreeMap<AgentIx, Conversation> = BTreeMap::new();
    let talk = lens.history.auction(ix).map(|trace| trace.talk.as_slice()).unwrap_or_default();
    for trace in talk.iter().filter_map(|message| lens.history.messages.get(message.at())) {
        let Some(act) = act_of(trace.kind) else { continue };
        let when = format!(" at {}", units::time(trace.at));
        let one = match (trace.from, trace.to) {
            (Actor::Agent(agent), _) | (_, Recipient::One(Actor::Agent(agent))) => Some(agent),
            _ => None,
        };
        let Some(agent) = one else {
            // A call to everyone opens a conversation with each who was asked.
            for agent in &state.asked {
                found.entry(*agent).or_default().pass(act, &when);
            }
            continue;
        };
        let conversation = found.entry(agent).or_default();
        if let Some(note) = note(lens, state, trace, conversation) {
            conversation.note = note;
        }
        conversation.pass(act, &when);
    }
    for (agent, conversation) in &mut found {
        if conversation.passed.last() == Some(&Act::Accept) && is_done(lens, state, *agent) {
            conversation.pass(Act::Done, "");
        }
    }
    found
}

fn act_of(kind: MessageType) -> Option<Act> {
    match kind {
        MessageType::CallForProposals => Some(Act::Cfp),
        MessageType::Bid => Some(Act::Propose),
        MessageType::Refusal => Some(Act::Refuse),
        MessageType::Award => Some(Act::Accept),
        MessageType::Rejection => Some(Act::Reject),
        MessageType::Decline => Some(Act::Decline),
        _ => None,
    }
}

/// Says why a bid was late or an award declined, from the message that ends the conversation so.
fn note(
    lens: &Lens<'_>,
    state: &AuctionState,
    trace: &MessageTrace,
    before: &Conversation,
) -> Option<String> {
    match *lens.session.store().payload(trace.payload)? {
        Payload::Decline { reason, .. } => Some(names::refusal(reason).to_owned()),
        Payload::Rejection { reason: RejectionReason::Late, .. } => {
            if before.passed.contains(&Act::Accept) {
                return Some("its award was not answered in time".to_owned());
            }
            let by = units::time(state.reply_by);
            Some(format!("not read by the deadline at {by}, or only after the award"))
        }
        _ => None,
    }
}

/// Says whether the coordinator took all that an agent had won in an auction.
fn is_done(lens: &Lens<'_>, state: &AuctionState, agent: AgentIx) -> bool {
    let Some(task) = lens.world().tasks.get(state.task.at()) else { return false };
    let won = |subtask: &crate::model::id::SubtaskIx| match state.subtask {
        Some(one) => *subtask == one,
        None => lens
            .world()
            .subtasks
            .get(subtask.at())
            .is_some_and(|subtask| subtask.role == state.role && subtask.holder == Some(agent)),
    };
    let mut any = false;
    for subtask in task.subtasks().filter(won) {
        let stage = lens.world().subtasks.get(subtask.at()).map(|subtask| subtask.stage);
        if stage != Some(SubtaskStage::Done) {
            return false;
        }
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::lens::tests::at_every_turn;

    #[test]
    fn every_conversation_follows_the_protocol() {
        let (mut declined, mut done) = (0, 0);
        at_every_turn("eager-bidder", |lens| {
            let Some(task) = lens.task_state() else { return };
            for ix in &task.auctions {
                let state = lens.world().environment.auction(*ix).expect("the task's auction");
                for conversation in conversations(lens, *ix, state).values() {
                    assert_eq!(conversation.passed.first(), Some(&Act::Cfp), "{conversation:?}");
                    for pair in conversation.passed.windows(2) {
                        let [before, after] = pair else { continue };
                        // An award can be withdrawn, and the next best be awarded after all.
                        let extended = matches!(
                            (*before, *after),
                            (Act::Accept, Act::Reject) | (Act::Reject, Act::Accept)
                        );
                        assert!(extended || after.before() == Some(*before), "{conversation:?}");
                    }
                    declined += usize::from(conversation.passed.contains(&Act::Decline));
                    done += usize::from(conversation.passed.contains(&Act::Done));
                }
            }
        });
        assert!(declined > 0 && done > 0, "{declined} {done}");
    }
}
