//! The API's description, OpenAPI 3.1, made from the Rust types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::route::{ROUTES, Route, Row};
use super::{
    BASE, agents, answer, body, bus, demo, example, execution, knowledge, system, workflow,
};

/// Returns the description.
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generators = Generators {
        bodies: SchemaGenerator::new(settings.clone()),
        answers: SchemaGenerator::new(settings.for_serialize()),
    };
    let mut paths: Map<String, Value> = Map::new();
    for row in &ROUTES {
        let operation = operation(&mut generators, row);
        let item = paths.entry(row.path.to_owned()).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(row.method.to_lowercase(), operation);
        }
    }
    generators.answers.subschema_for::<super::Problem>();
    let mut schemas = generators.answers.take_definitions(true);
    schemas.append(&mut generators.bodies.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Agora: multi-agent orchestration",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "A team of specialist agents that bids, plans, works and answers in virtual time.",
            "description": "One session answers all requests, one after the other. Creating tasks, the workflows, and adding and removing agents are commands of the session: they appear in its timeline, and fork it when given in the past. Reading changes nothing. What is merely missing in a request is inferred or stays null, with the reason in `unknown`; unknown fields are left aside and named in `warnings`.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": BASE}],
        "tags": [
            {"name": "tasks", "description": "Collaborative tasks"},
            {"name": "workflows", "description": "Pre-built workflows"},
            {"name": "intelligence", "description": "What the system knows of itself"},
            {"name": "agents", "description": "The team"},
        ],
        "paths": paths,
        "components": {"schemas": schemas, "responses": problem_responses()},
    })
}

/// What schemas are made with: a field that has a default may be left out of a body, and never is left
/// out of an answer.
struct Generators {
    bodies: SchemaGenerator,
    answers: SchemaGenerator,
}

fn operation(generators: &mut Generators, row: &Row) -> Value {
    let (tag, id, status, answers) = facts(&mut generators.answers, row.route);
    let mut responses = Map::new();
    responses.insert(
        status.to_string(),
        json!({
            "description": row.summary,
            "content": {"application/json": {"schema": answers}},
        }),
    );
    for status in refusals(row.route) {
        responses.insert(
            status.to_string(),
            json!({"$ref": format!("#/components/responses/{status}")}),
        );
    }
    let mut operation = json!({
        "operationId": id,
        "summary": row.summary,
        "tags": [tag],
        "responses": responses,
        // Nothing is secret: a session belongs to whoever opened it.
        "security": [],
    });
    let parameters = parameters(row);
    if let Some(fields) = operation.as_object_mut() {
        if !parameters.is_empty() {
            fields.insert("parameters".into(), Value::Array(parameters));
        }
        if let Some(schema) = request_schema(&mut generators.bodies, row.route) {
            let content = json!({"schema": schema, "example": example::body(row.route)});
            fields.insert(
                "requestBody".into(),
                json!({"required": true, "content": {"application/json": content}}),
            );
        }
    }
    operation
}

fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}

fn request_schema(generator: &mut SchemaGenerator, route: Route) -> Option<Value> {
    Some(match route {
        Route::CreateTask => schema::<body::CreateTask>(generator),
        Route::OptimizeFreelancer => schema::<body::OptimizeFreelancer>(generator),
        Route::FindAndApply => schema::<body::FindAndApply>(generator),
        Route::CareerGrowth => schema::<body::CareerGrowth>(generator),
        Route::AddAgent => schema::<body::AddAgent>(generator),
        _ => return None,
    })
}

/// Returns a route's tag, operation id, status and the schema of its answer.
fn facts(
    generator: &mut SchemaGenerator,
    route: Route,
) -> (&'static str, &'static str, u16, Value) {
    match route {
        Route::CreateTask => ("tasks", "createTask", 201, schema::<answer::TaskCreated>(generator)),
        Route::GetTask => ("tasks", "getTask", 200, schema::<answer::TaskView>(generator)),
        Route::ExecuteTask => {
            ("tasks", "executeTask", 200, schema::<execution::Execution>(generator))
        }
        Route::OptimizeFreelancer => (
            "workflows",
            "optimizeFreelancer",
            200,
            schema::<workflow::OptimizeFreelancerAnswer>(generator),
        ),
        Route::FindAndApply => (
            "workflows",
            "findAndApplyJobs",
            200,
            schema::<workflow::FindAndApplyAnswer>(generator),
        ),
        Route::CareerGrowth => (
            "workflows",
            "careerGrowthPlan",
            200,
            schema::<workflow::CareerGrowthAnswer>(generator),
        ),
        Route::Intelligence => {
            ("intelligence", "systemIntelligence", 200, schema::<system::Intelligence>(generator))
        }
        Route::AgentStatus => {
            ("agents", "agentStatus", 200, schema::<agents::AgentStatus>(generator))
        }
        Route::MessageBus => {
            ("intelligence", "messageBus", 200, schema::<bus::MessageBus>(generator))
        }
        Route::Patterns => {
            ("intelligence", "collaborationPatterns", 200, schema::<system::Patterns>(generator))
        }
        Route::Knowledge => {
            ("intelligence", "sharedKnowledge", 200, schema::<knowledge::Knowledge>(generator))
        }
        Route::Demo => {
            ("workflows", "completeWorkflow", 200, schema::<demo::CompleteWorkflow>(generator))
        }
        Route::AddAgent => ("agents", "addAgent", 201, schema::<agents::AgentChange>(generator)),
        Route::RemoveAgent => {
            ("agents", "removeAgent", 200, schema::<agents::AgentChange>(generator))
        }
        Route::OpenApi => ("intelligence", "openApi", 200, json!({"type": "object"})),
    }
}

/// Returns the statuses by which a route can refuse.
fn refusals(route: Route) -> &'static [u16] {
    match route {
        Route::CreateTask | Route::AddAgent => &[400, 409, 413, 422],
        Route::OptimizeFreelancer | Route::FindAndApply | Route::CareerGrowth => {
            &[400, 409, 413, 422]
        }
        Route::GetTask => &[404],
        Route::ExecuteTask => &[404, 409, 413],
        Route::RemoveAgent => &[404, 409],
        Route::MessageBus | Route::Knowledge => &[422],
        _ => &[],
    }
}

fn parameters(row: &Row) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for name in ["task_id", "agent_id"] {
        if row.path.contains(&format!("{{{name}}}")) {
            all.push(json!({
                "name": name, "in": "path", "required": true,
                "schema": {"type": "string", "minLength": 1},
            }));
        }
    }
    let mut query = |name: &str, schema: Value, words: &str| {
        all.push(json!({"name": name, "in": "query", "required": false, "schema": schema, "description": words}));
    };
    let limit = json!({"type": "integer", "minimum": 0, "maximum": 1000, "default": 20});
    match row.route {
        Route::MessageBus => {
            let types: Vec<&str> =
                crate::model::message::MessageType::ALL.iter().map(|kind| kind.name()).collect();
            query("limit", limit, "How many of the latest to show");
            query("type", json!({"type": "string", "enum": types}), "Only messages of this type");
            let agent = json!({"type": "string", "minLength": 1});
            query("agent", agent, "Only messages from or to this actor");
        }
        Route::Knowledge => {
            query("limit", limit, "How many of the latest to show");
            query("category", json!({"type": "string"}), "Only entries of this category");
            query("query", json!({"type": "string"}), "Only entries that contain this text");
        }
        _ => {}
    }
    all
}

fn problem_responses() -> Value {
    let words = [
        (400, "The body is not JSON."),
        (404, "There is no such path, task or agent at the current turn."),
        (409, "The run cannot do that now."),
        (413, "The body has more than 1 MiB."),
        (
            422,
            "The body is JSON that does not fit; `errors` names every fault with its JSON pointer.",
        ),
    ];
    words
        .into_iter()
        .map(|(status, words)| {
            let content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
            (status.to_string(), json!({"description": words, "content": content}))
        })
        .collect::<Map<String, Value>>()
        .into()
}
