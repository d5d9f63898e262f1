//! A request as it comes in.

use serde_json::{Map, Value};

use super::problem::Problem;
use super::{BASE, BODY_BYTES_MAX};
use crate::model::fault::Fault;

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path, with or without the base in front, and the query behind it.
    pub path: String,
    /// The body.
    pub body: Body,
}

/// A request's body.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Body {
    /// None was sent.
    #[default]
    None,
    /// Bytes, not yet looked at.
    Bytes(Vec<u8>),
    /// A JSON value.
    Json(Value),
    /// More than is read.
    TooLarge,
}

impl Request {
    /// Makes a request without a body.
    pub fn get(path: impl Into<String>) -> Request {
        Request { method: "GET".into(), path: path.into(), body: Body::None }
    }

    /// Makes a request with a JSON body.
    pub fn post(path: impl Into<String>, body: Value) -> Request {
        Request { method: "POST".into(), path: path.into(), body: Body::Json(body) }
    }

    /// Returns the path below the base, and the query.
    pub fn split(&self) -> (&str, &str) {
        let whole = self.path.split('#').next().unwrap_or_default();
        let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
        let below = path
            .strip_prefix(BASE)
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))
            .unwrap_or(path);
        (below, query)
    }
}

impl Body {
    /// Refuses a body that is longer than is read.
    pub fn check_size(&self) -> Result<(), Problem> {
        let too_large = match self {
            Body::None => false,
            Body::Bytes(bytes) => bytes.len() > BODY_BYTES_MAX,
            Body::Json(value) => size_of(value) > BODY_BYTES_MAX,
            Body::TooLarge => true,
        };
        if too_large { Err(Problem::too_large()) } else { Ok(()) }
    }

    /// Returns the body as a JSON object.
    ///
    /// # Errors
    /// 400 for what is not JSON, 422 for JSON that is no object.
    pub fn object(&self) -> Result<Map<String, Value>, Problem> {
        let value = match self {
            Body::None => {
                return Err(Problem::not_json(
                    "a JSON object is expected as the body, and there is none",
                ));
            }
            Body::TooLarge => return Err(Problem::too_large()),
            Body::Json(value) => value.clone(),
            Body::Bytes(bytes) => serde_json::from_slice(bytes)
                .map_err(|error| Problem::not_json(&error.to_string()))?,
        };
        match value {
            Value::Object(mut fields) => {
                fields.values_mut().for_each(make_whole);
                Ok(fields)
            }
            other => {
                let detail =
                    format!("is {}, expected an object", crate::model::schema::type_name(&other));
                Err(Problem::invalid(vec![Fault::new("", detail)]))
            }
        }
    }
}

/// Writes numbers that are whole as such, wherever they stand: to JSON Schema 5.0 is an integer too.
fn make_whole(value: &mut Value) {
    /// Up to here every whole number is a float of its own.
    const EXACT_MAX: f64 = 9_007_199_254_740_991.0;
    match value {
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().filter(|float| float.abs() <= EXACT_MAX);
            if let Some(float) = float.filter(|float| *float == libm::trunc(*float)) {
                *value = Value::from(float as i64);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(make_whole),
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        _ => {}
    }
}

/// Returns the length of a value's JSON, counted without writing it out [bytes].
fn size_of(value: &Value) -> usize {
    struct Counter(usize);
    impl std::io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    let written = serde_json::to_writer(&mut counter, value);
    if written.is_ok() { counter.0 } else { usize::MAX }
}
