//! Makes a legal scenario of a draft, or names everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::draft::{AgentDraft, FaultDraft, FaultKind, ScenarioDraft, SubtaskDraft, TaskDraft};
use super::{Arrival, Environment, Latency, Links, PlannedFault, Policies, Scenario};
use crate::kernel::fixed::Ppm;
use crate::kernel::time::Micros;
use crate::mechanism::domain::{Domain, PlannedSubtask};
use crate::mechanism::planning::Order;
use crate::model::agent::AgentSpec;
use crate::model::fault::Fault;
use crate::model::schema::{Schema, escaped};
use crate::model::task::TaskRequest;
use crate::sim::event::AgentFault;

/// The JSON Schema of scenario files, made from the Rust types.
pub const SCHEMA: &str = include_str!("schema.json");

/// The longest scenario that is read [bytes].
pub const BYTES_MAX: usize = 16 << 20;

/// Reads a scenario's text as far as its shape goes.
pub fn read_draft(text: &str) -> Result<ScenarioDraft, Vec<Fault>> {
    let document = read_json(text)?;
    draft_of(document)
}

/// Reads any JSON text of bearable size.
pub fn read_json(text: &str) -> Result<Value, Vec<Fault>> {
    if text.len() > BYTES_MAX {
        let detail = format!(
            "the text has {:.1} MB, and at most {} MB are read; leave out what the run does not need",
            text.len() as f64 / 1e6,
            BYTES_MAX >> 20
        );
        return Err(vec![Fault::new("", detail)]);
    }
    serde_json::from_str(text).map_err(|error| {
        let words = error.to_string();
        // serde_json ends its message with the place, which is said first here.
        let what = words.split(" at line ").next().unwrap_or(&words).to_string();
        let detail =
            format!("is not JSON: line {}, column {}: {what}", error.line(), error.column());
        vec![Fault::new("", detail)]
    })
}

/// Holds a document against the schema and makes a draft of it.
pub fn draft_of(document: Value) -> Result<ScenarioDraft, Vec<Fault>> {
    let faults = Schema::read(SCHEMA).faults(&document);
    if !faults.is_empty() {
        return Err(faults);
    }
    serde_path_to_error::deserialize(document).map_err(|error| {
        let pointer = format!("/{}", error.path().to_string().replace('.', "/"));
        vec![Fault::new(pointer, error.inner().to_string())]
    })
}

/// Makes a legal scenario of a draft whose domain is known.
pub fn scenario_of(draft: ScenarioDraft, domain: &dyn Domain) -> Result<Scenario, Vec<Fault>> {
    checked(draft, Check { domain, faults: Vec::new(), reads_inputs: true })
}

/// Makes a scenario of a draft whose inputs the domain has read once before and found legal.
pub fn scenario_of_known(
    draft: ScenarioDraft,
    domain: &dyn Domain,
) -> Result<Scenario, Vec<Fault>> {
    checked(draft, Check { domain, faults: Vec::new(), reads_inputs: false })
}

fn checked(draft: ScenarioDraft, mut check: Check<'_>) -> Result<Scenario, Vec<Fault>> {
    let source = serde_json::to_value(&draft).unwrap_or(Value::Null);
    check.name(&draft.name);
    check.policies(&draft.policies);
    check.latency("/links/latency", draft.links.latency);
    let agents = check.agents(&draft.agents);
    let ids: BTreeSet<&str> = agents.iter().map(|agent| agent.id.as_str()).collect();
    check.links(&draft, &ids);
    let faults = check.planned_faults(&draft.environment.faults, &ids);
    let tasks = check.tasks(&draft);
    if !check.faults.is_empty() {
        return Err(check.faults);
    }
    Ok(Scenario {
        name: draft.name,
        title: draft.title,
        summary: draft.summary,
        seed: draft.seed,
        as_of: draft.as_of,
        agents,
        links: Links { latency: draft.links.latency, rules: draft.links.rules },
        policies: draft.policies,
        environment: Environment {
            market: Value::Object(draft.environment.market),
            outcome: Value::Object(draft.environment.outcome),
            job_marketplace: draft.environment.job_marketplace,
            faults,
        },
        tasks,
        source,
    })
}

/// Makes a legal agent of a draft; ids taken so far are in `taken`.
pub fn agent_of(
    draft: &AgentDraft,
    taken: &BTreeSet<String>,
    domain: &dyn Domain,
) -> Result<AgentSpec, Vec<Fault>> {
    let mut check = Check { domain, faults: Vec::new(), reads_inputs: true };
    let agent = check.agent("", draft, taken);
    if check.faults.is_empty() { agent.ok_or_else(Vec::new) } else { Err(check.faults) }
}

/// Makes a legal task of a draft; `name` is taken where the draft has none.
pub fn task_of(
    draft: &TaskDraft,
    name: String,
    inputs: &BTreeMap<String, Value>,
    domain: &dyn Domain,
) -> Result<Arrival, Vec<Fault>> {
    let mut check = Check { domain, faults: Vec::new(), reads_inputs: true };
    let task = check.task("", draft, name, inputs);
    if check.faults.is_empty() { task.ok_or_else(Vec::new) } else { Err(check.faults) }
}

struct Check<'a> {
    domain: &'a dyn Domain,
    faults: Vec<Fault>,
    /// Whether the domain is to read the inputs for faults.
    reads_inputs: bool,
}

impl Check<'_> {
    fn fault(&mut self, pointer: impl Into<String>, detail: impl Into<String>) {
        self.faults.push(Fault::new(pointer, detail));
    }

    fn name(&mut self, name: &str) {
        let legal = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !legal {
            self.fault(
                "/name",
                format!("{name:?} may have lower case letters, digits and hyphens only"),
            );
        }
    }

    fn policies(&mut self, policies: &Policies) {
        let weights = policies.weights;
        let sum = [weights.capability, weights.workload, weights.performance, weights.priority]
            .iter()
            .map(|weight| u64::from(weight.0))
            .sum::<u64>();
        if sum.abs_diff(1_000_000) > 1 {
            let detail =
                format!("the four weights add up to {}, expected 1", Ppm(sum as u32).to_f64());
            self.fault("/policies/weights", detail);
        }
        if policies.deadlines.task_us == 0 {
            self.fault(
                "/policies/deadlines/task_us",
                "is 0, so that every task would fail; give it time",
            );
        }
        if policies.deadlines.heartbeat_us == 0 {
            self.fault(
                "/policies/deadlines/heartbeat_us",
                "is 0, so that time would stand still; give it time",
            );
        }
    }

    fn latency(&mut self, pointer: &str, latency: Latency) {
        if latency.min_us > latency.max_us {
            self.fault(
                pointer,
                format!("min_us {} is more than max_us {}", latency.min_us, latency.max_us),
            );
        }
    }

    fn links(&mut self, draft: &ScenarioDraft, ids: &BTreeSet<&str>) {
        for (n, rule) in draft.links.rules.iter().enumerate() {
            let at = format!("/links/rules/{n}");
            for (place, name) in rule.names() {
                if !is_actor(name, |id| ids.contains(id)) {
                    self.fault(format!("{at}{place}"), format!("no agent has the id {name:?}"));
                }
            }
            if let Some(latency) = rule.latency {
                self.latency(&format!("{at}/latency"), latency);
            }
        }
    }

    fn agents(&mut self, drafts: &[AgentDraft]) -> Vec<AgentSpec> {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (n, draft) in drafts.iter().enumerate() {
            if let Some(id) = &draft.id
                && !taken.insert(id.clone())
            {
                self.fault(
                    format!("/agents/{n}/id"),
                    format!("the id {id:?} is taken by an earlier agent"),
                );
            }
        }
        let mut agents = Vec::with_capacity(drafts.len());
        for (n, draft) in drafts.iter().enumerate() {
            let own = BTreeSet::new();
            let known = if draft.id.is_some() { &own } else { &taken };
            if let Some(agent) = self.agent(&format!("/agents/{n}"), draft, known) {
                taken.insert(agent.id.clone());
                agents.push(agent);
            }
        }
        agents
    }

    fn agent(
        &mut self,
        at: &str,
        draft: &AgentDraft,
        taken: &BTreeSet<String>,
    ) -> Option<AgentSpec> {
        let Some(role) = self.domain.role(&draft.role) else {
            let detail = self.unknown_role(&draft.role);
            self.fault(format!("{at}/role"), detail);
            return None;
        };
        let mut capabilities: BTreeMap<String, Ppm> =
            role.capabilities.iter().map(|name| (name.clone(), draft.proficiency)).collect();
        capabilities.extend(draft.capabilities.iter().map(|(name, share)| (name.clone(), *share)));
        capabilities.retain(|_, share| *share > Ppm::ZERO);
        let id = draft.id.clone().unwrap_or_else(|| next_id(&draft.role, taken));
        let legal = !id.is_empty()
            && id.len() <= 64
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && !["orchestrator", "environment", "user"].contains(&id.as_str());
        if !legal {
            let detail = format!(
                "{id:?} is no legal id: lower case letters, digits, underscores, at most 64"
            );
            self.fault(format!("{at}/id"), detail);
        }
        if taken.contains(&id) {
            self.fault(format!("{at}/id"), format!("the id {id:?} is taken"));
        }
        if draft.capacity == 0 {
            self.fault(format!("{at}/capacity"), "is 0, expected at least 1");
        }
        if draft.busy_slots > draft.capacity {
            let detail =
                format!("is {}, more than the capacity of {}", draft.busy_slots, draft.capacity);
            self.fault(format!("{at}/busy_slots"), detail);
        }
        Some(AgentSpec {
            id,
            role: draft.role.clone(),
            capabilities,
            performance: draft.performance_score,
            capacity: draft.capacity,
            busy_slots: draft.busy_slots,
            tempo: draft.tempo,
            pace: Ppm::from_f64(draft.pace),
            available_from: Micros(draft.available_from_us),
        })
    }

    fn planned_faults(&mut self, drafts: &[FaultDraft], ids: &BTreeSet<&str>) -> Vec<PlannedFault> {
        let mut faults = Vec::new();
        for (n, draft) in drafts.iter().enumerate() {
            let at = format!("/environment/faults/{n}");
            if !ids.contains(draft.agent_id.as_str()) {
                self.fault(
                    format!("{at}/agent_id"),
                    format!("no agent has the id {:?}", draft.agent_id),
                );
            }
            match fault_of(draft.kind, draft.pace) {
                Ok(fault) => {
                    faults.push(PlannedFault {
                        at: Micros(draft.at_us),
                        agent: draft.agent_id.clone(),
                        fault,
                    });
                }
                Err(fault) => self.fault(format!("{at}{}", fault.pointer), fault.detail),
            }
        }
        faults.sort_by_key(|fault| fault.at);
        faults
    }

    fn tasks(&mut self, draft: &ScenarioDraft) -> Vec<Arrival> {
        let mut names = BTreeSet::new();
        let mut tasks = Vec::new();
        for (n, task) in draft.tasks.iter().enumerate() {
            let name = task.name.clone().unwrap_or_else(|| format!("{}#{}", task.task_type, n + 1));
            if !names.insert(name.clone()) {
                self.fault(
                    format!("/tasks/{n}/name"),
                    format!("the name {name:?} is taken by an earlier task"),
                );
            }
            tasks.extend(self.task(&format!("/tasks/{n}"), task, name, &draft.inputs));
        }
        tasks.sort_by_key(|task| task.at);
        tasks
    }

    fn task(
        &mut self,
        at: &str,
        draft: &TaskDraft,
        name: String,
        inputs: &BTreeMap<String, Value>,
    ) -> Option<Arrival> {
        for (n, role) in draft.required_agents.iter().enumerate() {
            if self.domain.role(role).is_none() {
                let detail = self.unknown_role(role);
                self.fault(format!("{at}/required_agents/{n}"), detail);
            }
        }
        let input = self.input(at, draft, inputs)?;
        let plan = if draft.subtasks.is_empty() {
            self.workflow(at, draft)?
        } else {
            self.own_plan(at, &draft.subtasks)?
        };
        let request = TaskRequest {
            name,
            task_type: draft.task_type.clone(),
            description: draft.description.clone(),
            client: draft.client.clone(),
            priority: draft.priority,
            goals: draft.goals.clone(),
            input,
        };
        Some(Arrival::new(Micros(draft.at_us), request, plan))
    }

    fn input(
        &mut self,
        at: &str,
        draft: &TaskDraft,
        inputs: &BTreeMap<String, Value>,
    ) -> Option<Value> {
        let (input, place) = match &draft.input_data {
            Value::String(name) => match inputs.get(name) {
                Some(input) => (input.clone(), format!("/inputs/{}", escaped(name))),
                None => {
                    self.fault(format!("{at}/input_data"), format!("no input is named {name:?}"));
                    return None;
                }
            },
            Value::Null => (Value::Object(serde_json::Map::new()), format!("{at}/input_data")),
            value @ Value::Object(_) => (value.clone(), format!("{at}/input_data")),
            _ => {
                self.fault(
                    format!("{at}/input_data"),
                    "expected an object or the name of an input",
                );
                return None;
            }
        };
        if self.reads_inputs {
            for fault in self.domain.input_faults(&input) {
                self.fault(format!("{place}{}", fault.pointer), fault.detail);
            }
        }
        Some(input)
    }

    fn workflow(&mut self, at: &str, draft: &TaskDraft) -> Option<Vec<PlannedSubtask>> {
        match self.domain.plan(&draft.task_type, &draft.required_agents) {
            Some(plan) if plan.is_empty() => {
                self.fault(at, "the plan is empty: none of the roles asked for is in it");
                None
            }
            Some(plan) => Some(plan),
            None => {
                let known = self.domain.task_types().join(", ");
                let detail = format!(
                    "no plan is known for {:?}; give the task its own subtasks, or take one of {known}",
                    draft.task_type
                );
                self.fault(format!("{at}/task_type"), detail);
                None
            }
        }
    }

    fn own_plan(&mut self, at: &str, drafts: &[SubtaskDraft]) -> Option<Vec<PlannedSubtask>> {
        let plan = self.subtasks(&format!("{at}/subtasks"), drafts)?;
        match Order::of(&plan) {
            Ok(_) => Some(plan),
            Err(faults) => {
                for fault in faults {
                    self.fault(format!("{at}/subtasks{}", fault.pointer), fault.detail);
                }
                None
            }
        }
    }

    fn subtasks(&mut self, at: &str, drafts: &[SubtaskDraft]) -> Option<Vec<PlannedSubtask>> {
        let mut plan = Vec::with_capacity(drafts.len());
        for (n, draft) in drafts.iter().enumerate() {
            let Some(role) = self.domain.role(&draft.role) else {
                let detail = self.unknown_role(&draft.role);
                self.fault(format!("{at}/{n}/role"), detail);
                continue;
            };
            plan.push(planned(draft, &role.capabilities));
        }
        (plan.len() == drafts.len()).then_some(plan)
    }

    fn unknown_role(&self, role: &str) -> String {
        let known: Vec<&str> = self.domain.roles().iter().map(|role| role.name.as_str()).collect();
        format!("{role:?} is no known role; expected one of {}", known.join(", "))
    }
}

/// Makes a planned subtask of a draft, with the role's capabilities unless it names its own.
pub fn planned(draft: &SubtaskDraft, role_capabilities: &[String]) -> PlannedSubtask {
    PlannedSubtask {
        name: draft.name.clone(),
        role: draft.role.clone(),
        description: if draft.description.is_empty() {
            draft.name.clone()
        } else {
            draft.description.clone()
        },
        depends_on: draft.depends_on.clone(),
        capabilities: draft.capabilities.clone().unwrap_or_else(|| role_capabilities.to_vec()),
        duration: draft.duration_us.map(Micros),
    }
}

/// Makes a fault of its parts.
pub fn fault_of(kind: FaultKind, pace: Option<Ppm>) -> Result<AgentFault, Fault> {
    match (kind, pace) {
        (FaultKind::Crash, None) => Ok(AgentFault::Crash),
        (FaultKind::Recover, None) => Ok(AgentFault::Recover),
        (FaultKind::Silence, None) => Ok(AgentFault::Silence),
        (FaultKind::Slow, Some(pace)) if pace > Ppm::ZERO => Ok(AgentFault::Slow(pace)),
        (FaultKind::Slow, _) => Err(Fault::new("/pace", "slow needs a pace above 0, such as 0.25")),
        (_, Some(_)) => Err(Fault::new("/pace", "only slow has a pace")),
    }
}

/// Returns the role with the next free two-digit number.
fn next_id(role: &str, taken: &BTreeSet<String>) -> String {
    (1_u32..).map(|n| format!("{role}_{n:02}")).find(|id| !taken.contains(id)).unwrap_or_default()
}

/// Says whether a link's rule may speak of an actor of this name.
pub fn is_actor(name: &str, is_agent: impl Fn(&str) -> bool) -> bool {
    matches!(name, "*" | "orchestrator" | "user") || is_agent(name)
}
