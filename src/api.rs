//! The REST-shaped interface: one function from a session and a request to a response, wherever it is asked.
//!
//! 1. The same session and request give the same response.
//! 2. A GET changes nothing.
//! 3. What changes something is a command of the session, or lets the run go on.
//! 4. Every request gets a response; what is wrong with it is a problem (RFC 9457) that names each fault.
#![deny(clippy::disallowed_types, clippy::disallowed_methods, clippy::iter_over_hash_type)]

pub mod agents;
pub mod answer;
pub mod body;
pub mod bus;
pub mod check;
pub mod demo;
pub mod example;
pub mod execution;
pub mod knowledge;
pub mod problem;
pub mod query;
pub mod request;
pub mod route;
pub mod snippet;
pub mod system;
pub mod task;
pub mod workflow;

#[cfg(not(target_arch = "wasm32"))]
pub mod document;
#[cfg(not(target_arch = "wasm32"))]
pub mod part;

pub use problem::Problem;
pub use request::{Body, Request};
pub use route::Route;

use serde::Serialize;
use serde_json::Value;

use crate::session::Session;

/// The path all routes stand below.
pub const BASE: &str = "/api/v1/multi-agent";

/// The longest body that is read [bytes].
pub const BODY_BYTES_MAX: usize = 1 << 20;

/// The API's description: OpenAPI 3.1, made from the Rust types by `agora schema openapi`.
pub const OPENAPI: &str = include_str!("api/openapi.json");

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// The methods the path allows, where the request's was not one of them.
    pub allow: Vec<&'static str>,
}

impl Response {
    /// Makes a response of a value.
    pub fn new(status: u16, body: &impl Serialize) -> Response {
        let body = serde_json::to_value(body).unwrap_or(Value::Null);
        Response { status, body, allow: Vec::new() }
    }

    /// Returns the media type of the body.
    pub fn media_type(&self) -> &'static str {
        if self.status < 400 { "application/json" } else { "application/problem+json" }
    }
}

/// Answers a request.
pub fn handle(session: &mut Session, request: &Request) -> Response {
    answer(session, request).unwrap_or_else(Problem::into_response)
}

fn answer(session: &mut Session, request: &Request) -> Result<Response, Problem> {
    request.body.check_size()?;
    let (path, query) = request.split();
    let (route, id) = route::find(&request.method, path)?;
    let id = id.as_str();
    let mut query = query::Query::read(query);
    let response = match route {
        Route::CreateTask => task::create(session, &request.body.object()?),
        Route::GetTask => task::get(session, id),
        Route::ExecuteTask => execution::execute(session, id),
        Route::OptimizeFreelancer => workflow::optimize(session, &request.body.object()?),
        Route::FindAndApply => workflow::find_and_apply(session, &request.body.object()?),
        Route::CareerGrowth => workflow::career_growth(session, &request.body.object()?),
        Route::Intelligence => Ok(Response::new(200, &system::intelligence(session))),
        Route::AgentStatus => Ok(Response::new(200, &agents::status(session))),
        Route::MessageBus => bus::messages(session, &mut query),
        Route::Patterns => Ok(Response::new(200, &system::patterns(session))),
        Route::Knowledge => knowledge::shared(session, &mut query),
        Route::Demo => demo::complete_workflow(),
        Route::AddAgent => agents::add(session, &request.body.object()?),
        Route::RemoveAgent => agents::remove(session, id),
        Route::OpenApi => Ok(Response::new(200, &openapi())),
    };
    response.map(|response| query.warn(without_strays(response)))
}

/// Leaves out origins of figures that this response does not show, and notes those that are always the same.
fn without_strays(mut response: Response) -> Response {
    let Some(Value::Object(mut origins)) = response.body.get_mut("provenance").map(Value::take)
    else {
        return response;
    };
    origins.retain(|place, _| response.body.pointer(place).is_some());
    answer::note_usual(&response.body, &mut origins);
    if let Some(provenance) = response.body.get_mut("provenance") {
        *provenance = Value::Object(origins);
    }
    response
}

/// Returns what a request would be refused for, as far as its path and its body go; it is not performed.
pub fn faults(session: &Session, request: &Request) -> Vec<problem::RequestFault> {
    let found =
        request.body.check_size().and_then(|()| route::find(&request.method, request.split().0));
    let route = match found {
        Ok((route, _)) => route,
        Err(problem) => return problem.into_faults(),
    };
    let Some(name) = route.body_name() else {
        return Vec::new();
    };
    let domain = &*session.setup().domain;
    let faults = request.body.object().map(|fields| {
        check::faults_of(name, &fields, |fields| match route {
            Route::CreateTask => check::task_faults(domain, fields),
            Route::AddAgent => agents::faults(domain, fields),
            _ => check::input_faults(domain, fields),
        })
    });
    match faults {
        Ok(faults) => faults.into_iter().map(Into::into).collect(),
        Err(problem) => problem.into_faults(),
    }
}

/// Returns the API's description.
pub fn openapi() -> Value {
    serde_json::from_str(OPENAPI).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests;
