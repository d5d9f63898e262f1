//! What a turn changed, thing by thing, in sentences.

use super::{names, units};
use crate::model::id::{AuctionIx, SubtaskIx};
use crate::session::Session;
use crate::session::change::{Change, Subject};

/// Returns what a change is about, in the middle of a sentence.
pub fn subject(session: &Session, subject: Subject) -> String {
    let agent = |agent| names::agent(session, agent);
    let subtask = |subtask: SubtaskIx| names::subtask(session, subtask);
    let auction = |auction: AuctionIx| names::auction(session, auction);
    match subject {
        Subject::Run => "the run".to_owned(),
        Subject::Task(task) => task.text(),
        Subject::Subtask(ix) => subtask(ix),
        Subject::Auction(ix) => auction(ix),
        Subject::Bid(ix, by) => format!("{} in {}", agent(by), auction(ix)),
        Subject::Agent(ix) => agent(ix),
        Subject::Holding(by, ix) => format!("{} in the hands of {}", subtask(ix), agent(by)),
        Subject::Lead(by, task) => format!("{} as coordinator of {}", agent(by), task.text()),
        Subject::Message(message) => message.text(),
        Subject::Knowledge(knowledge) => names::knowledge(session, knowledge),
        Subject::Timer(timer) => timer.text(),
    }
}

/// Returns a change as a sentence without its full stop.
pub fn sentence(session: &Session, change: &Change) -> String {
    let about = subject(session, change.subject);
    let field = units::phrase(change.field);
    // The rules as a whole are long; that they changed is what counts.
    let short = |value: &str| units::short(value, 80);
    let sentence = match (&change.from, &change.to) {
        (None, Some(to)) => format!("{about}: {field} is {}", short(to)),
        (Some(from), None) => format!("{about}: {field} is gone, was {}", short(from)),
        (Some(from), Some(to)) => {
            format!("{about}: {field} goes from {} to {}", short(from), short(to))
        }
        (None, None) => about,
    };
    names::capital(&sentence)
}
