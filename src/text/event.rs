//! What happened in one event, as a sentence.

use crate::kernel::fixed::Ppm;
use crate::model::id::{EventId, TaskIx};
use crate::session::Session;
use crate::sim::command::Command;
use crate::sim::event::{AgentFault, DiscardReason, EventKind, LossReason, Purpose};
use crate::sim::log::Record;

use super::remedy::{self, Advice};
use super::{message, names, units, value};

/// Returns what happened in an event, without a full stop; empty for an event that is not there.
pub fn sentence(session: &Session, event: EventId) -> String {
    let Some(record) = session.log().record(event) else { return String::new() };
    names::capital(&clause(session, &record))
}

/// Returns the same as the rest of a sentence that has begun.
pub fn clause_of(session: &Session, event: EventId) -> String {
    session.log().record(event).map_or_else(String::new, |record| clause(session, &record))
}

fn clause(session: &Session, record: &Record<'_>) -> String {
    task_clause(session, record)
        .or_else(|| work_clause(session, record))
        .or_else(|| exchange_clause(session, record))
        .or_else(|| answer_clause(session, record))
        .unwrap_or_else(|| setting_clause(session, record))
}

/// Creation, auctions, binding.
fn task_clause(session: &Session, record: &Record<'_>) -> Option<String> {
    let agent = |ix| names::agent(session, ix);
    let text = match record.kind {
        EventKind::TaskCreated { task, plan } => {
            let request = session.store().task(plan).map(|planned| &planned.request);
            let asked = request.map_or("", |request| request.description.as_str());
            let kind =
                request.map_or_else(String::new, |request| units::phrase(&request.task_type));
            let asked = if asked.is_empty() { kind } else { units::short(asked, 120) };
            format!("{} is created: {asked}", task.text())
        }
        EventKind::SubtaskPlanned { task, subtask, .. } => {
            format!("{} enters the plan of {}", names::subtask(session, subtask), task.text())
        }
        EventKind::AuctionOpened { auction, role, .. } => {
            format!(
                "the orchestrator opens {} for a {}",
                auction.text(),
                names::role(session, role)
            )
        }
        EventKind::Awarded { auction, agent: winner, score, tied } => {
            let tie = if tied {
                "; another bid scored the same, and the id that sorts first wins"
            } else {
                ""
            };
            format!(
                "{} wins {} with a score of {score}{tie}",
                agent(winner),
                names::auction(session, auction)
            )
        }
        EventKind::AuctionUnfilled { auction, reason } => {
            format!(
                "{} stays without a winner: {}",
                names::auction(session, auction),
                names::failure(reason)
            )
        }
        EventKind::SlotHeld { agent: holder, auction } => {
            format!("{} holds a slot for {}", agent(holder), auction.text())
        }
        EventKind::SlotReleased { agent: holder, auction } => {
            format!("{} frees its slot of {}", agent(holder), auction.text())
        }
        EventKind::SubtaskAssigned { subtask, agent: holder, .. } => {
            format!("{} is given to {}", names::subtask(session, subtask), agent(holder))
        }
        EventKind::CoordinatorSelected { task, agent: lead } => {
            format!("{} becomes coordinator of {}", agent(lead), task.text())
        }
        _ => return None,
    };
    Some(text)
}

/// Work, from start to acceptance or failure.
fn work_clause(session: &Session, record: &Record<'_>) -> Option<String> {
    let agent = |ix| names::agent(session, ix);
    let named = |ix| names::subtask(session, ix);
    let sure = |work| session.store().work(work).map(|work| units::number(work.confidence, 2));
    let text = match record.kind {
        EventKind::SubtaskStarted { subtask, agent: holder, .. } => {
            format!("{} starts {}", agent(holder), named(subtask))
        }
        EventKind::WorkFinished { subtask, agent: holder, work, .. } => {
            format!("{} finishes {} with confidence {}", agent(holder), named(subtask), sure(work)?)
        }
        EventKind::ResultRevised { subtask, agent: holder, work, .. } => {
            format!(
                "{} revises {}, now with confidence {}",
                agent(holder),
                named(subtask),
                sure(work)?
            )
        }
        EventKind::SubtaskCompleted { subtask, agent: holder, confidence, .. } => format!(
            "{} accepts {} from {} with confidence {}",
            names::actor(session, record.actor),
            named(subtask),
            agent(holder),
            units::share(confidence)
        ),
        EventKind::ResultDiscarded { subtask, agent: holder, reason, .. } => {
            let why = match reason {
                DiscardReason::Reassigned => "the subtask was given to another",
                DiscardReason::Repeated => "one was accepted before",
                DiscardReason::TooLate => "the answer is already being made",
            };
            format!("the result of {} for {} is discarded: {why}", agent(holder), named(subtask))
        }
        EventKind::SubtaskFailed { subtask, agent: holder, reason, .. } => {
            let with = holder.map(|holder| format!(" with {}", agent(holder))).unwrap_or_default();
            format!("{} fails{with}: {}", named(subtask), names::failure(reason))
        }
        EventKind::SubtaskMissing { subtask, reason, .. } => {
            format!("{} stays without a result: {}", named(subtask), names::failure(reason))
        }
        _ => return None,
    };
    Some(text)
}

/// Messages and the blackboard.
fn exchange_clause(session: &Session, record: &Record<'_>) -> Option<String> {
    let actor = || names::actor(session, record.actor);
    let text = match record.kind {
        EventKind::MessageSent { to, payload, .. } => {
            format!(
                "{} {}",
                actor(),
                message::act(session, record.actor, payload, &names::recipient(session, to))
            )
        }
        EventKind::MessageDuplicated { original, to, .. } => {
            format!(
                "the link delivers {} to {} a second time",
                original.text(),
                names::actor(session, to)
            )
        }
        EventKind::MessageRead { message } => {
            format!(
                "{} reads that {}",
                actor(),
                message::told(session, message, Some(record.actor))?
            )
        }
        EventKind::MessageLost { message, to, reason } => {
            let to = names::actor(session, to);
            let why = match reason {
                LossReason::Crashed => format!("{to} has crashed"),
                LossReason::Removed => format!("{to} has left"),
                LossReason::Link => "the link drops it".to_owned(),
            };
            let (kind, from) = names::message(session, message)?;
            let from = names::actor(session, from);
            format!("the {} from {from} to {to} is lost: {why}", units::phrase(kind.name()))
        }
        EventKind::KnowledgeAdded { finding, .. } => {
            let finding = session.store().finding(finding)?;
            format!(
                "{} writes {} to the blackboard",
                actor(),
                value::named(&finding.key, &finding.value)
            )
        }
        EventKind::KnowledgeRead { knowledge, .. } => {
            let entry = session.head().environment.knowledge_base.get(knowledge)?;
            let said = value::named(&entry.finding.key, &entry.finding.value);
            format!("{} reads {said} from the blackboard", actor())
        }
        _ => return None,
    };
    Some(text)
}

/// The answer and what came of it.
fn answer_clause(session: &Session, record: &Record<'_>) -> Option<String> {
    let advice = |task: TaskIx| Advice::of_task(session.head(), session.store(), task);
    let text = match record.kind {
        EventKind::AnswerMade { task, answer } => {
            let answer = session.store().answer(answer)?;
            let sure = units::number(answer.confidence.mean, 2);
            format!(
                "{} merges the results of {} with confidence {sure}",
                names::actor(session, record.actor),
                task.text()
            )
        }
        EventKind::SynergyFound { task, answer, index } => {
            let synergy = session.store().answer(answer)?.synergies.get(index as usize)?;
            let advice = advice(task);
            let (from, to) = (advice.title(&synergy.from), advice.title(&synergy.to));
            format!("“{from}” helps “{to}”: {}", remedy::synergy(synergy))
        }
        EventKind::ConflictFound { task, answer, index } => {
            let conflict = session.store().answer(answer)?.conflicts.get(index as usize)?;
            let advice = advice(task);
            let titles: Vec<String> =
                conflict.between.iter().map(|what| format!("“{}”", advice.title(what))).collect();
            format!(
                "{} cannot stand as they are: {}",
                names::list(&titles),
                remedy::conflict(conflict)
            )
        }
        EventKind::ConflictResolved { task, answer, index } => {
            let answer = session.store().answer(answer)?;
            let resolved = remedy::resolution(&advice(task), answer, index as usize)?;
            format!("the conflict is resolved: {resolved}")
        }
        EventKind::TaskCompleted { task, status, confidence, .. } => {
            format!(
                "{} ends: {}, confidence {}",
                task.text(),
                status.name(),
                units::share(confidence)
            )
        }
        EventKind::OutcomeObserved { outcome, quality, .. } => {
            let outcome = session.store().outcome(outcome)?;
            let (with, without) =
                (units::number(outcome.with_plan, 0), units::number(outcome.without_plan, 0));
            let unit = units::unit(&outcome.unit);
            let quality = units::share(quality);
            format!(
                "in the simulation the plan brings {with} {unit} against {without} without it, quality {quality}"
            )
        }
        EventKind::PerformanceUpdated { agent, from, to, .. } => {
            format!(
                "the performance score of {} goes from {from} to {to}",
                names::agent(session, agent)
            )
        }
        _ => return None,
    };
    Some(text)
}

/// The team, the rules, the faults, the timers.
fn setting_clause(session: &Session, record: &Record<'_>) -> String {
    let agent = |ix| names::agent(session, ix);
    match record.kind {
        EventKind::AgentAdded { agent: ix, .. } => format!("{} joins the team", agent(ix)),
        EventKind::AgentRemoved { agent: ix } => format!("{} leaves the team", agent(ix)),
        EventKind::CommandApplied { command } => session
            .store()
            .command(command)
            .map_or_else(|| "you give a command".to_owned(), |command| order(command)),
        EventKind::FaultInjected { agent: ix, fault } => match fault {
            AgentFault::Crash => format!("{} crashes", agent(ix)),
            AgentFault::Recover => format!("{} recovers", agent(ix)),
            AgentFault::Silence => {
                format!("{} falls silent: it reads and does not answer", agent(ix))
            }
            AgentFault::Slow(pace) => {
                format!("{} slows down to {} of its pace", agent(ix), units::percent(pace))
            }
        },
        EventKind::PoliciesChanged { .. } => "the rules change".to_owned(),
        EventKind::LinkChanged { .. } => "a link changes".to_owned(),
        EventKind::PriorityChanged { task, priority } => {
            format!(
                "{} now has priority {}",
                task.text(),
                units::phrase(&priority.name().to_lowercase())
            )
        }
        EventKind::MarketUpdated { .. } => "the market data change".to_owned(),
        EventKind::TimerSet { purpose, at, .. } => {
            format!("a timer is set for {}: {}", units::time(at), purpose_words(session, purpose))
        }
        EventKind::TimerFired { .. } => {
            // A timer's firing is caused by the event that set it.
            let set = record.cause.and_then(|cause| session.log().kind(cause));
            match set {
                Some(EventKind::TimerSet { purpose, .. }) => {
                    format!("the time has come: {}", purpose_words(session, purpose))
                }
                _ => "a timer fires".to_owned(),
            }
        }
        EventKind::TimerCancelled { .. } => "a timer is called off".to_owned(),
        _ => "something happened that has no words yet".to_owned(),
    }
}

fn order(command: &Command) -> String {
    match command {
        Command::CreateTask { task } => {
            format!("you create a task: {}", units::phrase(&task.task_type))
        }
        Command::AddAgent { agent } => format!("you add a {}", units::phrase(&agent.role)),
        Command::RemoveAgent { agent_id } => format!("you remove {agent_id}"),
        Command::InjectFault { agent_id, fault, .. } => {
            let verb = serde_json::to_value(fault).unwrap_or_default();
            format!("you {} {agent_id}", verb.as_str().unwrap_or("strike"))
        }
        Command::SetWeights { .. } => "you change the weights of bids".to_owned(),
        Command::SetLink { link } if !link.group.is_empty() => {
            let group = names::list(&link.group);
            match link.loss {
                Ppm::ONE => format!("you cut {group} off from the others"),
                _ => format!("you change the links between {group} and the others"),
            }
        }
        Command::SetLink { link } => {
            format!("you change the link from {} to {}", link.from, link.to)
        }
        Command::UpdateMarketData { rows } => {
            format!("you override {}", units::count(rows.len(), "market row", "market rows"))
        }
        Command::SendMessage { to, .. } => format!("you write to {to}"),
        Command::SetPriority { task_id, priority } => {
            format!("you set {task_id} to {}", priority.name().to_lowercase())
        }
    }
}

/// Returns what a timer is for.
pub fn purpose_words(session: &Session, purpose: Purpose) -> String {
    let subtask = |ix| names::subtask(session, ix);
    match purpose {
        Purpose::TaskArrives(_) => "a task arrives".to_owned(),
        Purpose::FaultStrikes(_) => "a fault strikes".to_owned(),
        Purpose::Announce(task) => format!("{} is announced", task.text()),
        Purpose::AuctionCloses(auction) => format!("{} closes", auction.text()),
        Purpose::AwardAnswer(auction) => {
            format!("the award of {} should be answered", auction.text())
        }
        Purpose::CoordinatorWatch(task) => {
            format!("the coordinator of {} should have been heard of", task.text())
        }
        Purpose::TaskBound(task) => format!("{} must end", task.text()),
        Purpose::WorkEnds(ix) => format!("the work on {} ends", subtask(ix)),
        Purpose::RevisionEnds(ix) => format!("the revision of {} ends", subtask(ix)),
        Purpose::ResultDue(ix) => format!("the result of {} is due", subtask(ix)),
        Purpose::Heartbeat(task) => format!("the coordinator of {} reports", task.text()),
        Purpose::RevisionsDue(task) => format!("revisions for {} are due", task.text()),
        Purpose::MergeEnds(task) => format!("the merging of {} ends", task.text()),
        Purpose::SlotExpires(auction) => format!("the slot won in {} expires", auction.text()),
        Purpose::OutcomeShows(task) => format!("the outcome of {} shows", task.text()),
        Purpose::CallAgain(role) => {
            format!("waiting work for {} is called again", names::role(session, role))
        }
    }
}
