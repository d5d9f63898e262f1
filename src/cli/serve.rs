//! `agora serve`: the API over HTTP, and the page beside it, on one session.
//!
//! 1. Requests are answered one after the other, in the order in which their bodies were read.
//! 2. Bodies, headers, connections and waiting are bounded.
//! 3. Only this machine is answered unless told otherwise, and no page of another site.
//! 4. A signal ends it: no new connection, a moment for those that are open, exit code 0.

pub mod files;
pub mod guard;

use std::cell::RefCell;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::api::{self, BASE, BODY_BYTES_MAX, Body, Request, Response};
use crate::session::Session;

/// Connections that are open at once.
const CONNECTIONS_MAX: usize = 128;

/// How long the headers or the body of a request may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long open connections have when a signal came.
const FAREWELL: Duration = Duration::from_secs(5);

type HttpResponse = hyper::Response<Full<Bytes>>;

/// What is served, and where.
pub struct Options {
    /// The scenario; else the eight specialists without a task.
    pub scenario: Option<String>,
    /// The seed; else the scenario's.
    pub seed: Option<u64>,
    /// The address to listen on.
    pub host: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The folder of the page.
    pub dist: PathBuf,
}

struct Server {
    session: RefCell<Session>,
    dist: PathBuf,
    address: SocketAddr,
}

/// Serves until a signal comes.
pub fn serve(options: Options) -> Result<ExitCode, String> {
    let session = super::api::open(options.scenario.as_deref(), options.seed)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, listen(session, options))?;
    Ok(ExitCode::SUCCESS)
}

async fn listen(session: Session, options: Options) -> Result<(), String> {
    let wanted = SocketAddr::new(options.host, options.port);
    let listener = TcpListener::bind(wanted).await.map_err(|error| {
        format!("cannot listen on {wanted}: {error}; choose another port with --port")
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let has_page = options.dist.join("index.html").exists();
    let server = Rc::new(Server { session: RefCell::new(session), dist: options.dist, address });
    super::say(format_args!("http://{address}{BASE}/openapi.json"));
    if has_page {
        super::say(format_args!("http://{address}/"));
    }
    let places = std::sync::Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
    let mut signal = std::pin::pin!(signal());
    loop {
        let place = places.clone().acquire_owned();
        let accepted = tokio::select! {
            () = &mut signal => break,
            accepted = async { (place.await, listener.accept().await) } => accepted,
        };
        let (Ok(place), Ok((stream, _))) = accepted else {
            // Out of file handles, say: wait a little instead of spinning.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let server = Rc::clone(&server);
        let service = service_fn(move |request| {
            let server = Rc::clone(&server);
            async move { Ok::<_, std::convert::Infallible>(server.respond(request).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .serve_connection(TokioIo::new(stream), service);
        let watched = graceful.watch(connection);
        tokio::task::spawn_local(async move {
            // A connection that breaks is the client's affair.
            let _ = watched.await;
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => {}
    }
    Ok(())
}

/// Waits for an interrupt or a request to end.
async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ends) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ends.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

impl Server {
    async fn respond(&self, request: hyper::Request<Incoming>) -> HttpResponse {
        if let Err(refusal) = guard::check(request.headers(), self.address) {
            return from_api(&refusal.into_response());
        }
        let (head, body) = request.into_parts();
        let path = head.uri.path();
        let is_head = head.method == hyper::Method::HEAD;
        let is_api =
            path.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let mut response = if is_api {
            let method = if is_head { "GET".to_owned() } else { head.method.to_string() };
            let whole = head.uri.path_and_query().map_or(path, |whole| whole.as_str()).to_owned();
            let body = read(body).await;
            let request = Request { method, path: whole, body };
            from_api(&api::handle(&mut self.session.borrow_mut(), &request))
        } else if is_head || head.method == hyper::Method::GET {
            files::file(&self.dist, path)
        } else {
            let problem = api::Problem::wrong_method(head.method.as_str(), &["GET"]);
            from_api(&problem.into_response())
        };
        if is_head {
            // The length stays that of what a GET would carry.
            let length =
                http_body_util::BodyExt::collect(std::mem::take(response.body_mut())).await;
            let length = length.map_or(0, |whole| whole.to_bytes().len());
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        response
    }
}

/// Reads a body within its bounds.
async fn read(body: Incoming) -> Body {
    let collected =
        tokio::time::timeout(PATIENCE, Limited::new(body, BODY_BYTES_MAX).collect()).await;
    match collected {
        Ok(Ok(whole)) => {
            let bytes = whole.to_bytes();
            if bytes.is_empty() { Body::None } else { Body::Bytes(bytes.to_vec()) }
        }
        Ok(Err(error)) if error.downcast_ref::<LengthLimitError>().is_some() => Body::TooLarge,
        // Broken off or too slow: what is there is no JSON.
        _ => Body::Bytes(Vec::new()),
    }
}

fn from_api(response: &Response) -> HttpResponse {
    let bytes = serde_json::to_vec(&response.body).unwrap_or_default();
    let mut made = made(response.status, response.media_type(), Bytes::from(bytes));
    if !response.allow.is_empty()
        && let Ok(allow) = HeaderValue::from_str(&response.allow.join(", "))
    {
        made.headers_mut().insert(header::ALLOW, allow);
    }
    if response.status == 413 {
        // What is left of the body is not read.
        made.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    made.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    made
}

/// Makes a response of its parts.
fn made(status: u16, media_type: &'static str, body: Bytes) -> HttpResponse {
    let mut response = hyper::Response::new(Full::new(body));
    *response.status_mut() =
        hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
