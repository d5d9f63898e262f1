//! The page's files.

use std::path::{Component, Path, PathBuf};

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};

use super::HttpResponse;
use crate::api::query::decoded;

/// The largest file that is served [bytes].
const BYTES_MAX: u64 = 64 << 20;

/// Returns the file at a path, never one outside the folder.
pub fn file(dist: &Path, path: &str) -> HttpResponse {
    if path == "/docs" {
        return moved("/#/docs");
    }
    let found = inside(dist, path).and_then(|file| {
        let file = if file.is_dir() { file.join("index.html") } else { file };
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file)?.len();
        let bytes = (size <= BYTES_MAX).then(|| std::fs::read(&file).ok()).flatten()?;
        Some((bytes, media_type(&file)))
    });
    match found {
        Some((bytes, media_type)) => {
            let mut response = super::made(200, media_type, Bytes::from(bytes));
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            response
        }
        None if path == "/" => {
            let words = "The page is not built: run script/serve --build-only first. The API is at /api/v1/multi-agent.\n";
            super::made(404, "text/plain; charset=utf-8", Bytes::from_static(words.as_bytes()))
        }
        None => super::made(
            404,
            "text/plain; charset=utf-8",
            Bytes::from_static(b"There is no such file.\n"),
        ),
    }
}

fn moved(to: &'static str) -> HttpResponse {
    let mut response = hyper::Response::new(Full::new(Bytes::new()));
    *response.status_mut() = hyper::StatusCode::FOUND;
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_static(to));
    response
}

/// Returns the place of a path within the folder; none for one that leads out of it.
fn inside(dist: &Path, path: &str) -> Option<PathBuf> {
    let relative = decoded(path.trim_start_matches('/'));
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    let legal = !relative.contains(['\\', '\0']) && Path::new(&relative).components().all(is_plain);
    let root = dist.canonicalize().ok()?;
    let file = legal.then(|| root.join(relative))?.canonicalize().ok()?;
    file.starts_with(&root).then_some(file)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        assert_eq!(file(&folder, "/launch.json").status(), 200);
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "//etc/passwd",
            "/..%2fCargo.toml",
            "/a\\b",
            "/%00",
        ] {
            assert_eq!(file(&folder, path).status(), 404, "{path}");
        }
    }
}
