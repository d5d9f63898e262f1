//! What can be done to a run by hand: one form for each command, filled in with what the run has now.

pub mod forms;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::model::fault::Fault;
use crate::sim::command::Command;
use crate::text::units;

/// What a form does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Stops an agent.
    Crash,
    /// Brings it back.
    Recover,
    /// Lets it read and not answer.
    Silence,
    /// Lets it work at a share of its pace.
    Slow,
    /// Takes it out of the team.
    RemoveAgent,
    /// Brings another into it.
    AddAgent,
    /// Asks for something.
    CreateTask,
    /// Says how urgent it is.
    SetPriority,
    /// Writes to someone.
    SendMessage,
    /// Changes what bids weigh.
    SetWeights,
    /// Changes a link.
    SetLink,
    /// Overrides market data.
    UpdateMarket,
}

impl Kind {
    /// All kinds, those that are used most in front.
    pub const ALL: [Kind; 12] = [
        Kind::Crash,
        Kind::Recover,
        Kind::Silence,
        Kind::Slow,
        Kind::RemoveAgent,
        Kind::AddAgent,
        Kind::CreateTask,
        Kind::SetPriority,
        Kind::SendMessage,
        Kind::SetWeights,
        Kind::SetLink,
        Kind::UpdateMarket,
    ];

    /// Returns the name that scripts look for.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Crash => "crash",
            Kind::Recover => "recover",
            Kind::Silence => "silence",
            Kind::Slow => "slow",
            Kind::RemoveAgent => "remove_agent",
            Kind::AddAgent => "add_agent",
            Kind::CreateTask => "create_task",
            Kind::SetPriority => "set_priority",
            Kind::SendMessage => "send_message",
            Kind::SetWeights => "set_weights",
            Kind::SetLink => "set_link",
            Kind::UpdateMarket => "update_market_data",
        }
    }

    /// Returns what people read on its button.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Crash => "Crash an agent",
            Kind::Recover => "Recover an agent",
            Kind::Silence => "Silence an agent",
            Kind::Slow => "Slow an agent down",
            Kind::RemoveAgent => "Remove an agent",
            Kind::AddAgent => "Add an agent",
            Kind::CreateTask => "Create a task",
            Kind::SetPriority => "Change a priority",
            Kind::SendMessage => "Send a message",
            Kind::SetWeights => "Change bid weights",
            Kind::SetLink => "Change a link",
            Kind::UpdateMarket => "Change market data",
        }
    }

    /// Returns what it does, in a sentence.
    pub fn hint(self) -> &'static str {
        match self {
            Kind::Crash => "It stops at once. What it was doing is lost, and mail to it too.",
            Kind::Recover => "It comes back idle, heard and answering, at its usual pace.",
            Kind::Silence => "It goes on reading, and answers nothing.",
            Kind::Slow => "All its work takes longer from here on.",
            Kind::RemoveAgent => "It leaves the team; what it held goes to others.",
            Kind::AddAgent => "It joins idle and answers the next call for its role.",
            Kind::CreateTask => "It arrives now and is put up for auction at once.",
            Kind::SetPriority => "Counts for auctions to come.",
            Kind::SendMessage => "It travels and is read like any other message.",
            Kind::SetWeights => "What the four terms of later bids weigh; they add up to 1.",
            Kind::SetLink => "Put before all other rules for links.",
            Kind::UpdateMarket => "Rows that override the market data, as a JSON object.",
        }
    }

    /// Says whether it is about an agent that is in the team, so that it can be asked for at its row.
    pub fn strikes(self) -> bool {
        use Kind::{Crash, Recover, RemoveAgent, Silence, Slow};
        matches!(self, Crash | Recover | Silence | Slow | RemoveAgent)
    }
}

/// A filled-in form: what is to be done, and its fields as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What is to be done.
    pub kind: Kind,
    /// Its fields by name.
    pub values: BTreeMap<&'static str, String>,
}

impl Order {
    /// Makes the order that strikes an agent; one that is slowed keeps a quarter of its pace.
    pub fn strike(kind: Kind, agent_id: &str) -> Order {
        let mut values = BTreeMap::from([("agent_id", agent_id.to_owned())]);
        if kind == Kind::Slow {
            values.insert("pace", "25".to_owned());
        }
        Order { kind, values }
    }

    /// Makes the order that lets bids weigh so from here on: shares of their sum, or a quarter each.
    pub fn weights(shares: [u32; 4]) -> Order {
        let sum: u32 = shares.iter().sum();
        let shares = if sum == 0 { [1; 4] } else { shares };
        let sum = f64::from(sum.max(if sum == 0 { 4 } else { 1 }));
        let names = ["capability", "workload", "performance", "priority"];
        let share =
            |(name, share): (&'static str, u32)| (name, (f64::from(share) / sum).to_string());
        Order { kind: Kind::SetWeights, values: names.into_iter().zip(shares).map(share).collect() }
    }

    /// Names what it does in a few words, for the branch that begins with it.
    pub fn name(&self) -> String {
        let text = |name: &str| self.text(name);
        match self.kind {
            Kind::Crash => format!("crash {}", text("agent_id")),
            Kind::Recover => format!("recover {}", text("agent_id")),
            Kind::Silence => format!("silence {}", text("agent_id")),
            Kind::Slow => format!("slow {} to {} %", text("agent_id"), text("pace")),
            Kind::RemoveAgent => format!("remove {}", text("agent_id")),
            Kind::AddAgent => format!("add a {}", units::phrase(&text("role"))),
            Kind::CreateTask => format!("new task, {}", units::phrase(&text("task_type"))),
            Kind::SetPriority => {
                format!("{} to {}", text("task_id"), text("priority").to_lowercase())
            }
            Kind::SendMessage => match text("to").as_str() {
                "*" => "message to everyone".to_owned(),
                to => format!("message to {to}"),
            },
            Kind::SetWeights => "other bid weights".to_owned(),
            Kind::SetLink => match (text("from").as_str(), text("to").as_str()) {
                ("*", "*") => "other links".to_owned(),
                (from, to) => {
                    format!("link {} to {}", from.replace('*', "anyone"), to.replace('*', "anyone"))
                }
            },
            Kind::UpdateMarket => "other market data".to_owned(),
        }
    }

    fn text(&self, name: &str) -> String {
        self.values.get(name).map(|value| value.trim().to_owned()).unwrap_or_default()
    }

    /// Makes the command; what only the run can know is checked when it is performed.
    ///
    /// # Errors
    /// What is wrong with the fields, with a pointer to each.
    pub fn command(&self) -> Result<Command, Vec<Fault>> {
        let mut reader = Reader { order: self, faults: Vec::new() };
        let document = reader.document();
        if !reader.faults.is_empty() {
            return Err(reader.faults);
        }
        serde_path_to_error::deserialize(document).map_err(|error| {
            let pointer = format!("/{}", error.path().to_string().replace('.', "/"));
            vec![Fault::new(pointer.trim_end_matches("/?"), error.inner().to_string())]
        })
    }
}

/// Reads fields and remembers what is wrong with them.
struct Reader<'a> {
    order: &'a Order,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// Returns the command as JSON, in the shape of its schema.
    fn document(&mut self) -> Value {
        let text = |name: &str| self.order.text(name);
        match self.order.kind {
            Kind::Crash | Kind::Recover | Kind::Silence => json!({
                "kind": "inject_fault", "agent_id": text("agent_id"), "fault": self.order.kind.name(),
            }),
            Kind::Slow => json!({
                "kind": "inject_fault",
                "agent_id": text("agent_id"),
                "fault": "slow",
                "pace": self.share("pace"),
            }),
            Kind::RemoveAgent => json!({"kind": "remove_agent", "agent_id": text("agent_id")}),
            Kind::AddAgent => self.agent(),
            Kind::CreateTask => self.task(),
            Kind::SetPriority => json!({
                "kind": "set_priority", "task_id": text("task_id"), "priority": text("priority"),
            }),
            Kind::SendMessage => json!({
                "kind": "send_message",
                "to": text("to"),
                "message_type": text("message_type"),
                "text": text("text"),
            }),
            Kind::SetWeights => json!({
                "kind": "set_weights",
                "weights": {
                    "capability": self.number("capability"),
                    "workload": self.number("workload"),
                    "performance": self.number("performance"),
                    "priority": self.number("priority"),
                },
            }),
            Kind::SetLink => self.link(),
            Kind::UpdateMarket => {
                json!({"kind": "update_market_data", "rows": self.object("rows")})
            }
        }
    }

    fn agent(&mut self) -> Value {
        let mut agent = json!({
            "role": self.order.text("role"),
            "proficiency": self.number("proficiency"),
            "performance_score": self.number("performance_score"),
            "capacity": self.whole("capacity"),
            "tempo": self.number("tempo"),
            "pace": self.number("pace"),
        });
        put_if_said(&mut agent, "id", self.order.text("id"));
        json!({"kind": "add_agent", "agent": agent})
    }

    fn task(&mut self) -> Value {
        let mut task = json!({
            "task_type": self.order.text("task_type"),
            "priority": self.order.text("priority"),
            "client": self.order.text("client"),
            "description": self.order.text("description"),
            "input_data": self.object("input_data"),
        });
        put_if_said(&mut task, "name", self.order.text("name"));
        json!({"kind": "create_task", "task": task})
    }

    fn link(&mut self) -> Value {
        let micros = |ms: f64| libm::round(ms * 1000.0).max(0.0) as u64;
        let (least, most) = (self.number("latency_ms_min"), self.number("latency_ms_max"));
        if least > most {
            self.wrong("latency_ms_max", "the longest latency lies below the shortest");
        }
        json!({
            "kind": "set_link",
            "link": {
                "from": self.order.text("from"),
                "to": self.order.text("to"),
                "latency": {"min_us": micros(least), "max_us": micros(most)},
                "loss": self.share("loss"),
                "duplication": self.share("duplication"),
            },
        })
    }

    fn wrong(&mut self, name: &str, detail: impl Into<String>) {
        self.faults.push(Fault::new(format!("/{name}"), detail));
    }

    fn number(&mut self, name: &str) -> f64 {
        let text = self.order.text(name);
        match text.replace(',', ".").parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => number,
            _ => {
                self.wrong(name, format!("expected a number that is not below 0, found {text:?}"));
                0.0
            }
        }
    }

    fn whole(&mut self, name: &str) -> u64 {
        let text = self.order.text(name);
        text.parse().unwrap_or_else(|_| {
            self.wrong(name, format!("expected a whole number, found {text:?}"));
            0
        })
    }

    /// Reads a percentage as a share of 1.
    fn share(&mut self, name: &str) -> f64 {
        let percent = self.number(name);
        if percent > 100.0 {
            self.wrong(name, format!("expected 0 to 100 percent, found {percent}"));
        }
        percent / 100.0
    }

    /// Reads a JSON object; what is left empty is an empty one.
    fn object(&mut self, name: &str) -> Value {
        let text = self.order.text(name);
        if text.is_empty() {
            return Value::Object(Map::new());
        }
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if value.is_object() || value.is_null() => value,
            Ok(_) => {
                self.wrong(name, "expected a JSON object");
                Value::Null
            }
            Err(error) => {
                self.wrong(name, format!("this is not JSON: {error}"));
                Value::Null
            }
        }
    }
}

fn put_if_said(object: &mut Value, name: &str, said: String) {
    if !said.is_empty()
        && let Some(object) = object.as_object_mut()
    {
        object.insert(name.to_owned(), Value::String(said));
    }
}

#[cfg(test)]
mod tests {
    use super::super::lens::tests::at_every_turn;
    use super::*;
    use crate::session::{Session, catalog};

    fn filled(lens: &super::super::lens::Lens<'_>, kind: Kind) -> Option<Order> {
        let form = forms::forms(lens).into_iter().find(|form| form.kind == kind)?;
        Some(form.order())
    }

    #[test]
    fn every_form_as_it_is_opened_is_a_command_the_run_takes() {
        for scenario in ["walkthrough", "generic-team"] {
            let mut orders: Vec<(u32, Order)> = Vec::new();
            at_every_turn(scenario, |lens| {
                if lens.session.turn().0 == 6 {
                    let filled = Kind::ALL.into_iter().filter_map(|kind| filled(lens, kind));
                    orders.extend(filled.map(|order| (6, order)));
                }
            });
            assert_eq!(orders.len(), Kind::ALL.len(), "{scenario}: nothing to choose from");
            for (turn, order) in orders {
                let command = order.command().expect("a form as it is opened is complete");
                let setup = catalog::setup(scenario, None).expect("a built-in scenario is legal");
                let mut session = Session::new(setup);
                for _ in 0..turn {
                    session.step();
                }
                let done = session.command(&command);
                assert!(done.is_ok(), "{scenario}, {}: {done:?}", order.kind.name());
            }
        }
    }

    #[test]
    fn weights_that_were_tried_are_weights_the_run_takes() {
        for shares in [[40, 30, 20, 10], [1, 1, 1, 0], [7, 0, 0, 0], [0; 4], [33, 33, 33, 2]] {
            let command = Order::weights(shares).command().expect("four numbers are weights");
            let setup = catalog::setup("walkthrough", None).expect("a built-in scenario is legal");
            assert_eq!(Session::new(setup).command(&command), Ok(()), "{shares:?}");
        }
    }

    #[test]
    fn wrong_fields_are_named() {
        let mut order = Order::strike(Kind::Slow, "writer_01");
        assert!(order.command().is_ok());
        order.values.insert("pace", "fast".to_owned());
        let faults = order.command().expect_err("fast is no number");
        assert_eq!(faults.first().map(|fault| fault.pointer.as_str()), Some("/pace"));
        order.values.insert("pace", "140".to_owned());
        assert!(order.command().is_err(), "more than its whole pace is no slowing");
        let rows = BTreeMap::from([("rows", "{\"pay\": ".to_owned())]);
        let faults = Order { kind: Kind::UpdateMarket, values: rows }.command();
        assert!(faults.is_err_and(|faults| faults.iter().all(|fault| fault.pointer == "/rows")));
        let message = BTreeMap::from([("to", "*".to_owned()), ("message_type", "x".to_owned())]);
        assert!(Order { kind: Kind::SendMessage, values: message }.command().is_err());
    }
}
