//! Messages as a sequence diagram in Mermaid's words (mermaid.js.org/syntax/sequenceDiagram.html).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::id::{Actor, MessageIx, Recipient};
use crate::model::message::MessageType;
use crate::session::Session;
use crate::sim::event::EventKind;
use crate::sim::log::Record;
use crate::text::{message, units};

/// Longest diagram [bytes]; Mermaid reads no more than 50,000 characters unless it is told to.
const LENGTH_MAX: usize = 48_000;

/// One line between two actors.
struct Arrow {
    from: Actor,
    to: Recipient,
    lost: bool,
    words: String,
}

/// Writes what was sent up to the cursor, in the order of sending; a cross at its end says that a
/// message was lost.
pub fn diagram(session: &Session) -> String {
    let arrows = arrows(session);
    let mut actors: BTreeSet<Actor> = BTreeSet::from([Actor::Orchestrator]);
    for arrow in &arrows {
        actors.insert(arrow.from);
        if let Recipient::One(to) = arrow.to {
            actors.insert(to);
        }
    }
    let aliases: BTreeMap<Actor, String> =
        actors.iter().enumerate().map(|(n, actor)| (*actor, format!("p{n}"))).collect();
    let mut text = String::from("sequenceDiagram\n");
    for (actor, alias) in &aliases {
        let name = session.head().actor_name(*actor);
        text += &format!("    participant {alias} as {}\n", plain(name));
    }
    // A broadcast is drawn as a note over everyone: the readers are many, the message is one.
    let ends = aliases.values().next().zip(aliases.values().next_back());
    for (n, arrow) in arrows.iter().enumerate() {
        let line = line(arrow, &aliases, ends);
        if text.len() + line.len() > LENGTH_MAX {
            let left = arrows.len() - n;
            let over = aliases.values().next().map_or("p0", String::as_str);
            text += &format!(
                "    Note over {over}: {} left out, for Mermaid reads 50000 characters\n",
                units::count(left, "message is", "messages are")
            );
            break;
        }
        text += &line;
    }
    text
}

fn line(
    arrow: &Arrow,
    aliases: &BTreeMap<Actor, String>,
    ends: Option<(&String, &String)>,
) -> String {
    let Some(from) = aliases.get(&arrow.from) else { return String::new() };
    let words = plain(&arrow.words);
    match arrow.to {
        Recipient::One(to) => {
            let Some(to) = aliases.get(&to) else { return String::new() };
            let head = if arrow.lost { "-x" } else { "->>" };
            format!("    {from}{head}{to}: {words}\n")
        }
        Recipient::All => match ends {
            Some((first, last)) if first != last => {
                format!("    Note over {first},{last}: {words}\n")
            }
            _ => format!("    Note over {from}: {words}\n"),
        },
    }
}

fn arrows(session: &Session) -> Vec<Arrow> {
    let mut lost: BTreeSet<MessageIx> = BTreeSet::new();
    for record in records(session) {
        if let EventKind::MessageLost { message, .. } = record.kind {
            lost.insert(message);
        }
    }
    let mut arrows = Vec::new();
    for record in records(session) {
        let EventKind::MessageSent { to, kind, payload, .. } = record.kind else { continue };
        let message = session.log().message_of(record.id);
        let carried = message::content(session, payload);
        let mut words = kind.name().replace('_', " ");
        if to == Recipient::All {
            words = format!("{} to everyone, {words}", session.head().actor_name(record.actor));
        }
        if !carried.is_empty() && kind != MessageType::CallForProposals {
            words = format!("{words}, {carried}");
        }
        let lost = message.is_some_and(|message| lost.contains(&message));
        arrows.push(Arrow { from: record.actor, to, lost, words });
    }
    arrows
}

fn records(session: &Session) -> impl Iterator<Item = Record<'_>> {
    session.log().records(0..session.horizon().at())
}

/// Takes out what Mermaid reads as more than text.
fn plain(text: &str) -> String {
    let words: String = text
        .chars()
        .map(|letter| match letter {
            ';' | '#' | ':' => ',',
            '<' | '>' | '{' | '}' | '%' | '\\' | '`' | '"' => '\'',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect();
    let words = units::short(&words, 100);
    // A participant or a text of that name would close a block.
    if words.trim().eq_ignore_ascii_case("end") { format!("'{}'", words.trim()) } else { words }
}
