//! The form of a message that was sent.

use super::{Form, Parts, actor, both, high, low, nth, of_actor};
use crate::kernel::fixed::{Hundredths, Ppm};
use crate::kernel::time::Micros;
use crate::model::bid::BidTerms;
use crate::model::content::Content;
use crate::model::id::{AgentIx, AuctionIx, Recipient, SubtaskIx, TaskIx};
use crate::model::message::{
    Conversation, FailureReason, MessageType, RefusalReason, RejectionReason, StatusNote,
};
use crate::sim::event::EventKind;

pub(super) const FAILURES: [FailureReason; 6] = [
    FailureReason::Deadline,
    FailureReason::Work,
    FailureReason::NoBidder,
    FailureReason::NoAgent,
    FailureReason::Dependency,
    FailureReason::Busy,
];

const NOTES: [StatusNote; 5] = [
    StatusNote::Accepted,
    StatusNote::Started,
    StatusNote::Ready,
    StatusNote::Progress,
    StatusNote::Free,
];

const REFUSALS: [RefusalReason; 3] =
    [RefusalReason::NotCapable, RefusalReason::AtCapacity, RefusalReason::NotAvailable];

const REJECTIONS: [RejectionReason; 2] = [RejectionReason::Outscored, RejectionReason::Late];

// What a message carries, by number; a reason is added to the number of its kind.
const BY_ARTIFACT: u32 = 0;
const BID: u32 = 1;
const AWARD: u32 = 2;
const GO: u32 = 3;
const ACCEPTED: u32 = 4;
const STATUS: u32 = 5;
const FAILURE: u32 = 6;
const REFUSAL: u32 = 7;
const DECLINE: u32 = 10;
const REJECTION: u32 = 13;

const TO_ALL: u32 = 4;

// Where the small fields lie.
const CONVERSATION_AT: u32 = 4;
const TO_AT: u32 = 6;
const LATER_AT: u32 = 9;
const CONTENT_AT: u32 = 10;

/// Bits of a bid's term.
const TERM: u32 = 21;
const TERM_MASK: u64 = (1 << TERM) - 1;

/// A message as it is sent.
pub(super) struct Sent {
    pub to: Recipient,
    pub kind: MessageType,
    pub conversation: Conversation,
    pub payload: Content,
    pub deliver_at: Micros,
}

/// Lays a message out; one that is delivered at once has no time of its own.
#[inline(always)]
pub(super) fn form(tag: u8, sent: &Sent, now: Micros) -> Form {
    let (to, agent) = match sent.to {
        Recipient::One(actor) => of_actor(actor),
        Recipient::All => (TO_ALL, 0),
    };
    let (conversation, about) = match sent.conversation {
        Conversation::Auction(auction) => (0, auction.0),
        Conversation::Task(task) => (1, task.0),
        Conversation::None => (2, 0),
    };
    let later = u32::from(sent.deliver_at != now);
    let mut form = Form::new(tag, agent, about);
    if later == 1 {
        form.push(sent.deliver_at.0);
    }
    let number = content(sent.payload, &mut form);
    let small = sent.kind as u32
        | conversation << CONVERSATION_AT
        | to << TO_AT
        | later << LATER_AT
        | number << CONTENT_AT;
    form.small(small)
}

/// Lays out what a message carries; returns its number.
#[inline]
fn content(content: Content, form: &mut Form) -> u32 {
    match content {
        Content::Artifact(_) => BY_ARTIFACT,
        Content::Bid { terms, score, .. } => {
            let [one, other] = of_bid(&terms, score);
            form.push(one);
            form.push(other);
            BID
        }
        Content::Rejection { reason, .. } => REJECTION + reason as u32,
        _ => rare_content(content, form),
    }
}

fn rare_content(content: Content, form: &mut Form) -> u32 {
    match content {
        // These are laid out above.
        Content::Artifact(_) | Content::Bid { .. } | Content::Rejection { .. } => BY_ARTIFACT,
        Content::Award { score, .. } => {
            form.push(u64::from(score.0));
            AWARD
        }
        Content::Go { subtask, coordinator } => {
            form.push(both(subtask.0, coordinator.0));
            GO
        }
        Content::Accepted { subtask } => {
            form.push(u64::from(subtask.0));
            ACCEPTED
        }
        Content::Status { task, subtask, auction, note } => {
            let about = both(subtask.map_or(0, |ix| ix.0), auction.map_or(0, |ix| ix.0));
            let known = u32::from(subtask.is_some()) | u32::from(auction.is_some()) << 1;
            form.push(both(task.0, note as u32 | known << 8));
            form.push(about);
            STATUS
        }
        Content::Failure { subtask, reason } => {
            form.push(both(subtask.0, reason as u32));
            FAILURE
        }
        Content::Refusal { reason, .. } => REFUSAL + reason as u32,
        Content::Decline { reason, .. } => DECLINE + reason as u32,
    }
}

/// Packs terms of 21 bits each, and a score of 32 bits, into two words.
pub(super) fn of_bid(terms: &BidTerms, score: Hundredths) -> [u64; 2] {
    let term = |share: Ppm| u64::from(share.0) & TERM_MASK;
    let three = term(terms.capability)
        | term(terms.workload_penalty) << TERM
        | term(terms.performance) << (2 * TERM);
    [three, term(terms.priority) | u64::from(score.0) << 32]
}

fn bid(auction: AuctionIx, three: u64, other: u64) -> Content {
    let term = |word: u64, n: u32| Ppm((word >> (n * TERM) & TERM_MASK) as u32);
    let terms = BidTerms {
        capability: term(three, 0),
        workload_penalty: term(three, 1),
        performance: term(three, 2),
        priority: term(other, 0),
    };
    Content::Bid { auction, terms, score: Hundredths(high(other)) }
}

/// Returns how many words a message has.
#[inline]
pub(super) fn own_words(small: u32) -> usize {
    let content = match small >> CONTENT_AT & 15 {
        BID | STATUS => 2,
        AWARD | GO | ACCEPTED | FAILURE => 1,
        _ => 0,
    };
    content + (small >> LATER_AT & 1) as usize
}

/// Reads a message back.
#[inline]
pub(super) fn kind(parts: &Parts<'_>) -> Option<EventKind> {
    let small = parts.small;
    let to = match small >> TO_AT & 7 {
        TO_ALL => Recipient::All,
        one => Recipient::One(actor(one, parts.first)),
    };
    let conversation = match small >> CONVERSATION_AT & 3 {
        0 => Conversation::Auction(AuctionIx(parts.second)),
        1 => Conversation::Task(TaskIx(parts.second)),
        _ => Conversation::None,
    };
    let later = small >> LATER_AT & 1 == 1;
    let deliver_at = if later { Micros(parts.word(0)) } else { parts.now };
    let words = [parts.word(usize::from(later)), parts.word(usize::from(later) + 1)];
    let payload = carried(small >> CONTENT_AT & 15, parts, words)?;
    let kind = nth(&MessageType::ALL, small & 15)?;
    Some(EventKind::MessageSent { to, kind, conversation, payload, deliver_at })
}

fn carried(number: u32, parts: &Parts<'_>, [one, other]: [u64; 2]) -> Option<Content> {
    let auction = AuctionIx(parts.second);
    Some(match number {
        BY_ARTIFACT => Content::Artifact(parts.artifact),
        BID => bid(auction, one, other),
        AWARD => Content::Award { auction, score: Hundredths(low(one)) },
        GO => Content::Go { subtask: SubtaskIx(low(one)), coordinator: AgentIx(high(one)) },
        ACCEPTED => Content::Accepted { subtask: SubtaskIx(low(one)) },
        STATUS => Content::Status {
            task: TaskIx(low(one)),
            subtask: (high(one) >> 8 & 1 == 1).then_some(SubtaskIx(low(other))),
            auction: (high(one) >> 9 & 1 == 1).then_some(AuctionIx(high(other))),
            note: nth(&NOTES, high(one) & 255)?,
        },
        FAILURE => {
            Content::Failure { subtask: SubtaskIx(low(one)), reason: nth(&FAILURES, high(one))? }
        }
        REFUSAL..DECLINE => Content::Refusal { auction, reason: nth(&REFUSALS, number - REFUSAL)? },
        DECLINE..REJECTION => {
            Content::Decline { auction, reason: nth(&REFUSALS, number - DECLINE)? }
        }
        _ => Content::Rejection { auction, reason: nth(&REJECTIONS, number - REJECTION)? },
    })
}
