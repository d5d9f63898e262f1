//! Keeps other sites' pages from using a server that listens on this machine.

use std::net::SocketAddr;

use hyper::HeaderMap;
use hyper::header::{HOST, ORIGIN};

use crate::api::Problem;

/// Refuses a request that another site's page made: by its origin, or by a name that was bent to this
/// machine.
///
/// # Errors
/// 403, saying why.
pub fn check(headers: &HeaderMap, address: SocketAddr) -> Result<(), Problem> {
    let text =
        |name| headers.get(name).and_then(|value: &hyper::header::HeaderValue| value.to_str().ok());
    let host = text(HOST).unwrap_or_default();
    if address.ip().is_loopback() && !host.is_empty() && !is_local(host) {
        return Err(Problem::forbidden(
            "the host is not this machine; ask for 127.0.0.1 or localhost",
        ));
    }
    if let Some(origin) = text(ORIGIN) {
        let own = origin.split_once("://").is_some_and(|(_, rest)| rest == host);
        if !own {
            return Err(Problem::forbidden(
                "a page of another site asks; open the page from this server",
            ));
        }
    }
    Ok(())
}

/// Says whether a host, with or without a port, names this machine.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().expect("a header"));
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().expect("a header"));
        }
        check(&headers, SocketAddr::from(([127, 0, 0, 1], 8080))).is_ok()
    }

    #[test]
    fn only_this_machine_and_its_own_page_may_ask() {
        assert!(asked("127.0.0.1:8080", None));
        assert!(asked("localhost:8080", Some("http://localhost:8080")));
        assert!(asked("[::1]:8080", None));
        assert!(!asked("127.0.0.1:8080", Some("https://elsewhere.example")));
        assert!(!asked("127.0.0.1:8080", Some("null")));
        assert!(!asked("elsewhere.example:8080", None));
    }
}
