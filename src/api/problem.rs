//! What is wrong with a request: problem details after RFC 9457.

use serde::Serialize;

use super::Response;
use crate::model::fault::Fault;

/// One fault of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RequestFault {
    /// JSON pointer (RFC 6901) into the body; empty for the whole of it, and for what is not in it.
    pub pointer: String,
    /// The query parameter, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What is wrong there and what is expected.
    pub detail: String,
}

impl From<Fault> for RequestFault {
    fn from(fault: Fault) -> Self {
        RequestFault { pointer: fault.pointer, parameter: None, detail: fault.detail }
    }
}

/// Problem details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Problem {
    /// Names the kind of problem: a URN that `docs/api.md` explains.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong with this request.
    pub detail: String,
    /// Every fault.
    pub errors: Vec<RequestFault>,
    /// The methods the path allows, where the request's was not one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_methods: Vec<String>,
}

impl Problem {
    fn new(
        status: u16,
        kind: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Problem {
        Problem {
            kind,
            title,
            status,
            detail: detail.into(),
            errors: Vec::new(),
            allowed_methods: Vec::new(),
        }
    }

    /// 400: the body is not JSON.
    pub fn not_json(detail: &str) -> Problem {
        let detail = format!("the body is not JSON: {detail}");
        let mut problem =
            Problem::new(400, "urn:agora:problem:not-json", "The body is not JSON", detail.clone());
        problem.errors.push(Fault::new("", detail).into());
        problem
    }

    /// 400: what came is no request.
    pub fn no_request(detail: impl Into<String>) -> Problem {
        let detail = detail.into();
        let mut problem =
            Problem::new(400, "urn:agora:problem:no-request", "This is no request", detail.clone());
        problem.errors.push(Fault::new("", detail).into());
        problem
    }

    /// 403: another site's page asks.
    pub fn forbidden(detail: &str) -> Problem {
        Problem::new(403, "urn:agora:problem:forbidden", "This is not yours to ask", detail)
    }

    /// 404: no such path.
    pub fn no_path(path: &str) -> Problem {
        let shown: String = path.chars().take(200).collect();
        let detail = format!("nothing is at {shown:?}; GET /openapi.json lists every path");
        Problem::new(404, "urn:agora:problem:no-such-path", "There is no such path", detail)
    }

    /// 404: no such task at the current turn.
    pub fn no_task(id: &str, remedy: &str) -> Problem {
        let shown: String = id.chars().take(200).collect();
        let detail = format!("no task has the id {shown:?} at the current turn; {remedy}");
        Problem::new(404, "urn:agora:problem:no-such-task", "There is no such task", detail)
    }

    /// 404: no such agent in the team at the current turn.
    pub fn no_agent(id: &str, remedy: &str) -> Problem {
        let shown: String = id.chars().take(200).collect();
        let detail = format!("no agent has the id {shown:?} at the current turn; {remedy}");
        Problem::new(404, "urn:agora:problem:no-such-agent", "There is no such agent", detail)
    }

    /// 405: the path is there, and takes other methods.
    pub fn wrong_method(method: &str, allowed: &[&'static str]) -> Problem {
        let shown: String = method.chars().take(40).collect();
        let detail = format!("{shown:?} is not possible here; possible is {}", allowed.join(", "));
        let mut problem = Problem::new(
            405,
            "urn:agora:problem:method-not-allowed",
            "The method is not allowed here",
            detail,
        );
        problem.allowed_methods = allowed.iter().map(|&method| method.to_owned()).collect();
        problem
    }

    /// 409: the request is well formed, and the run cannot do that now.
    pub fn conflict(detail: impl Into<String>, faults: Vec<Fault>) -> Problem {
        let mut problem =
            Problem::new(409, "urn:agora:problem:conflict", "The run cannot do that now", detail);
        problem.errors = faults.into_iter().map(RequestFault::from).collect();
        problem
    }

    /// 413: the body is longer than is read.
    pub fn too_large() -> Problem {
        let detail =
            "the body has more than 1 MiB (1 048 576 bytes); leave out what the task does not need";
        let mut problem =
            Problem::new(413, "urn:agora:problem:too-large", "The body is too large", detail);
        problem.errors.push(Fault::new("", detail).into());
        problem
    }

    /// 422: JSON that does not fit.
    pub fn invalid(faults: Vec<Fault>) -> Problem {
        Problem::unfit(faults.into_iter().map(RequestFault::from).collect())
    }

    /// 422: faults of the body and of query parameters.
    pub fn unfit(errors: Vec<RequestFault>) -> Problem {
        let detail = match errors.as_slice() {
            [one] => one.detail.clone(),
            many => format!("{} faults; each is named in errors", many.len()),
        };
        let mut problem =
            Problem::new(422, "urn:agora:problem:invalid", "The request does not fit", detail);
        problem.errors = errors;
        problem
    }

    /// Returns its faults; its own words where it names none.
    pub fn into_faults(self) -> Vec<RequestFault> {
        if self.errors.is_empty() { vec![Fault::new("", self.detail).into()] } else { self.errors }
    }

    /// Makes the response of it.
    pub fn into_response(self) -> Response {
        let mut response = Response::new(self.status, &self);
        response.allow = super::route::METHODS
            .iter()
            .copied()
            .filter(|method| self.allowed_methods.iter().any(|allowed| allowed == method))
            .collect();
        response
    }
}
