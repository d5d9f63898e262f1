//! `agora api`: requests as JSON lines on standard input, responses as JSON lines on standard output.

use std::io::{BufRead, BufWriter, Read, Write};
use std::process::ExitCode;

use serde_json::{Map, Value, json};

use crate::api::{self, BODY_BYTES_MAX, Body, Problem, Request, Response};
use crate::session::{Session, team};

/// The longest line that is read [bytes]: a body of the longest kind, escaped, and what is around it.
const LINE_BYTES_MAX: u64 = 4 * BODY_BYTES_MAX as u64;

/// Answers every line of standard input with one line, in order.
pub fn serve(scenario: Option<&str>, seed: Option<u64>) -> Result<ExitCode, String> {
    let mut session = open(scenario, seed)?;
    let input = std::io::stdin().lock();
    let output = BufWriter::new(std::io::stdout().lock());
    answer_lines(&mut session, input, output).map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Opens a session of a scenario, or of the eight specialists without a task.
pub fn open(scenario: Option<&str>, seed: Option<u64>) -> Result<Session, String> {
    let setup = match scenario {
        Some(scenario) => super::load(scenario, seed)?,
        None => team::setup(seed).map_err(|faults| super::told("team", &faults))?,
    };
    Ok(Session::new(setup))
}

/// Answers every line with one line, in order; a reader that went away ends it.
pub fn answer_lines(
    session: &mut Session,
    mut input: impl BufRead,
    mut output: impl Write,
) -> std::io::Result<()> {
    let mut line = Vec::new();
    while let Some(whole) = next_line(&mut input, &mut line)? {
        let (id, response) = if whole {
            answer(session, &line)
        } else {
            (Value::Null, Problem::too_large().into_response())
        };
        let text = json!({"id": id, "status": response.status, "body": response.body});
        let written = writeln!(output, "{text}").and_then(|()| output.flush());
        match written {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            other => other?,
        }
    }
    Ok(())
}

/// Reads the next line without its end; says whether it was read whole, none at the end of the input.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
    line.clear();
    line.shrink_to(BODY_BYTES_MAX);
    if input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Some(true));
    }
    // Either the last line without an end, or more than is read, whose rest is passed over.
    if (line.len() as u64) < LINE_BYTES_MAX {
        return Ok(Some(true));
    }
    line.clear();
    input.skip_until(b'\n')?;
    Ok(Some(false))
}

fn answer(session: &mut Session, line: &[u8]) -> (Value, Response) {
    match read(line) {
        Ok((id, request)) => (id, api::handle(session, &request)),
        Err(problem) => (Value::Null, problem.into_response()),
    }
}

fn read(line: &[u8]) -> Result<(Value, Request), Problem> {
    let value: Value = serde_json::from_slice(line)
        .map_err(|error| Problem::no_request(format!("the line is not JSON: {error}")))?;
    let Value::Object(mut fields) = value else {
        return Err(Problem::no_request("the line is no JSON object with method and path"));
    };
    let method = text(&mut fields, "method")?;
    let path = text(&mut fields, "path")?;
    let body = match fields.remove("body") {
        None | Some(Value::Null) => Body::None,
        Some(body) => Body::Json(body),
    };
    Ok((fields.remove("id").unwrap_or(Value::Null), Request { method, path, body }))
}

fn text(fields: &mut Map<String, Value>, name: &str) -> Result<String, Problem> {
    match fields.remove(name) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(Problem::no_request(format!("{name:?} is not text"))),
        None => Err(Problem::no_request(format!("the field {name:?} is missing"))),
    }
}
