//! A request as others would write it: `fetch`, `curl`, JavaScript.

use super::BASE;

/// How a request is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `fetch` from any page of the site.
    Fetch,
    /// `curl`, for `agora serve`.
    Curl,
    /// The class `Agora`.
    JavaScript,
}

impl Form {
    /// All forms in order.
    pub const ALL: [Form; 3] = [Form::Fetch, Form::Curl, Form::JavaScript];

    /// Returns the name people read.
    pub fn title(self) -> &'static str {
        match self {
            Form::Fetch => "fetch",
            Form::Curl => "curl",
            Form::JavaScript => "JavaScript",
        }
    }
}

/// Writes a request down; an empty body is none, and the path may lack the base.
pub fn write(form: Form, method: &str, path: &str, body: &str) -> String {
    let whole = if path.starts_with(BASE) { path.to_owned() } else { format!("{BASE}{path}") };
    let body = body.trim();
    match form {
        Form::Fetch => {
            // Relative, so that it works below a folder too.
            let url = quoted(&format!(".{whole}"));
            let sent = if body.is_empty() {
                format!("{{ method: {} }}", quoted(method))
            } else {
                format!(
                    "{{\n  method: {},\n  headers: {{ \"content-type\": \"application/json\" }},\n  body: JSON.stringify({body}),\n}}",
                    quoted(method)
                )
            };
            format!(
                "const answer = await fetch({url}, {sent});\nconsole.log(answer.status, await answer.json());\n"
            )
        }
        Form::Curl => {
            let url = shell(&format!("http://127.0.0.1:8080{whole}"));
            if body.is_empty() {
                format!("curl -X {method} {url}\n")
            } else {
                format!(
                    "curl -X {method} {url} -H 'content-type: application/json' -d {}\n",
                    shell(body)
                )
            }
        }
        Form::JavaScript => {
            let arguments = format!("{}, {}", quoted(method), quoted(&whole));
            let more = if body.is_empty() { String::new() } else { format!(", {body}") };
            format!(
                "const {{ status, body }} = await agora.request({arguments}{more});\nconsole.log(status, body);\n"
            )
        }
    }
}

/// Quotes for JavaScript: JSON's quotes are JavaScript's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Quotes for a shell.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_used_as_it_stands() {
        let body = r#"{"description": "it's urgent"}"#;
        assert_eq!(
            write(Form::Curl, "POST", "/agents", body),
            "curl -X POST 'http://127.0.0.1:8080/api/v1/multi-agent/agents' -H 'content-type: application/json' -d '{\"description\": \"it'\\''s urgent\"}'\n"
        );
        assert!(write(Form::Fetch, "GET", "/agents/status", " ").starts_with(
            "const answer = await fetch(\"./api/v1/multi-agent/agents/status\", { method: \"GET\" });"
        ));
        assert!(
            write(Form::JavaScript, "POST", &format!("{BASE}/agents"), body).contains(
                "agora.request(\"POST\", \"/api/v1/multi-agent/agents\", {\"description\""
            )
        );
    }
}
