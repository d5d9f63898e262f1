//! `agora api` and `agora serve` as programs use them.

use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::process::{Child, Command, Stdio};

use agora::cli::api::answer_lines;
use agora::cli::schema::{What, text};
use agora::session::{Session, team};
use serde_json::{Value, json};

fn answers(input: &[u8]) -> Vec<Value> {
    let mut session = Session::new(team::setup(None).expect("the team is legal"));
    let mut output = Vec::new();
    answer_lines(&mut session, Cursor::new(input), &mut output).expect("lines are answered");
    let lines = String::from_utf8(output).expect("UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

#[test]
fn every_line_gets_a_line_in_order_garbage_too() {
    let mut input = Vec::new();
    input.extend_from_slice(
        b"{\"id\": 1, \"method\": \"GET\", \"path\": \"/api/v1/multi-agent/agents/status\"}\n",
    );
    input.extend_from_slice(b"\n");
    input.extend_from_slice(b"nonsense\n");
    input.extend_from_slice(b"\xff\xfe\n");
    input.extend_from_slice(b"[1]\n");
    input.extend_from_slice(b"{\"id\": 2, \"method\": 7, \"path\": \"/\"}\n");
    input.extend_from_slice(&[b'x'; 5 << 20]);
    input.extend_from_slice(b"\n{\"id\": {\"a\": [3]}, \"method\": \"POST\", \"path\": \"/api/v1/multi-agent/collaborative-task/create\", \"body\": {\"task_type\": \"optimize_freelancer_profile\"}}\r\n");
    input.extend_from_slice(
        b"{\"id\": \"last\", \"method\": \"GET\", \"path\": \"/api/v1/multi-agent/nowhere\"}",
    );
    let got: Vec<(Value, u64)> = answers(&input)
        .into_iter()
        .map(|line| (line["id"].clone(), line["status"].as_u64().expect("a status")))
        .collect();
    let none = || Value::Null;
    assert_eq!(
        got,
        [
            (json!(1), 200),
            (none(), 400),
            (none(), 400),
            (none(), 400),
            (none(), 400),
            (none(), 400),
            (none(), 413),
            (json!({"a": [3]}), 201),
            (json!("last"), 404),
        ]
    );
}

#[test]
fn a_long_stream_keeps_nothing_beside_the_history() {
    let mut input = Vec::new();
    for n in 0..100_000 {
        match n % 4 {
            0 => writeln!(input, "{{\"id\": {n}, \"method\": \"GET\", \"path\": \"/api/v1/multi-agent/agents/status\"}}"),
            1 => writeln!(input, "garbage {n}"),
            2 => writeln!(input, "{{\"id\": {n}, \"method\": \"POST\", \"path\": \"/api/v1/multi-agent/agents\", \"body\": {{\"role\": \"wizard\"}}}}"),
            _ => writeln!(input, "{{\"id\": {n}, \"method\": \"GET\", \"path\": \"/api/v1/multi-agent/system/intelligence\"}}"),
        }
        .expect("memory");
    }
    /// Counts lines and forgets them.
    struct Counter(usize);
    impl Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.iter().filter(|&&byte| byte == b'\n').count();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut session = Session::new(team::setup(None).expect("the team is legal"));
    let before = session.digest();
    let mut counter = Counter(0);
    answer_lines(&mut session, Cursor::new(&input), &mut counter).expect("lines are answered");
    assert_eq!(counter.0, 100_000);
    assert_eq!(session.digest(), before);
}

#[test]
fn the_description_that_ships_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api/openapi.json");
    let made = text(What::Openapi).expect("a description");
    if std::env::var_os("AGORA_BLESS").is_some() {
        std::fs::write(&path, &made).expect("the description can be written");
    }
    let shipped = std::fs::read_to_string(&path).expect("src/api/openapi.json");
    assert!(
        shipped.trim() == made.trim(),
        "run `AGORA_BLESS=1 cargo test --no-default-features description`"
    );
}

/// A server on a free port; it is stopped when it is dropped.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_agora"))
            .args(["serve", "--port", "0", "--dist", "scenarios"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("standard output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let url = line.trim().strip_suffix("/openapi.json").expect("the API's address").to_owned();
        Server { child, url }
    }

    fn host(&self) -> &str {
        self.url.trim_start_matches("http://").split('/').next().expect("a host")
    }

    /// Sends bytes and returns what comes back until the connection is closed.
    fn raw(&self, request: &str) -> String {
        let mut stream = std::net::TcpStream::connect(self.host()).expect("a connection");
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).expect("a timeout");
        // A server that refuses early may close while this is still writing.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_server_answers_refuses_and_stops_cleanly() {
    let mut server = Server::start();
    let host = server.host().to_owned();
    let ask = |line: &str, more: &str| {
        server.raw(&format!("{line} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{more}\r\n"))
    };
    let status = ask("GET /api/v1/multi-agent/agents/status", "");
    assert!(
        status.starts_with("HTTP/1.1 200") && status.contains("\"total_agents\":8"),
        "{status}"
    );
    let wrong = ask("DELETE /api/v1/multi-agent/agents/status", "");
    assert!(
        wrong.starts_with("HTTP/1.1 405") && wrong.to_lowercase().contains("allow: get"),
        "{wrong}"
    );
    let foreign =
        ask("GET /api/v1/multi-agent/agents/status", "origin: https://elsewhere.example\r\n");
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    let large =
        ask("POST /api/v1/multi-agent/collaborative-task/create", "content-length: 2000000\r\n");
    assert!(
        large.is_empty() || large.starts_with("HTTP/1.1 413") || large.starts_with("HTTP/1.1 400"),
        "{large}"
    );
    let body = "x".repeat(1_100_000);
    let large = server.raw(&format!("POST /api/v1/multi-agent/agents HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
    assert!(large.starts_with("HTTP/1.1 413"), "{large}");
    let head = ask("HEAD /api/v1/multi-agent/agents/status", "");
    assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    let file = ask("GET /launch.json", "");
    assert!(file.starts_with("HTTP/1.1 200"), "{file}");
    let outside = ask("GET /..%2fCargo.toml", "");
    assert!(outside.starts_with("HTTP/1.1 404"), "{outside}");
    let stopped =
        Command::new("kill").arg(server.child.id().to_string()).status().expect("kill runs");
    assert!(stopped.success());
    let code = server.child.wait().expect("the server ends");
    assert_eq!(code.code(), Some(0), "a signal ends it cleanly");
}

/// Every `curl` of the README, as it stands there, against a server of its own.
#[test]
fn the_curl_examples_of_the_readme_run() {
    let server = Server::start();
    let readme =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"))
            .expect("README.md");
    let mut run = 0;
    for block in
        readme.split("```").filter(|block| block.starts_with("sh\n") && block.contains("curl "))
    {
        // A command goes on over lines that end with a backslash.
        let joined = block.trim_start_matches("sh\n").replace("\\\n", " ");
        for line in joined.lines().filter(|line| line.trim_start().starts_with("curl ")) {
            let here = line.replace("127.0.0.1:8080", server.host());
            let output = Command::new("sh").args(["-c", &here]).output().expect("a shell");
            assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
            let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
            assert!(answer.get("errors").is_none(), "{line}: {answer}");
            run += 1;
        }
    }
    assert!(run >= 3, "the README shows {run} curl examples");
}
