//! Answers requests from the site in memory, as a careful host would.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use camino::Utf8Path;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::state::{Answer, State};
use crate::diagnostics::render_human;
use crate::render::POLICY;

/// The script that pages load while they are worked on.
const SCRIPT: &str = include_str!("reload.js");

/// The page that stands in for a site that could not be built yet.
const UNBUILT: &str = include_str!("unbuilt.html");

const SCRIPT_PATH: &str = "/.casebook/reload.js";
const EVENTS_PATH: &str = "/.casebook/events";

/// What every answer needs.
pub struct Shared {
    pub latest: Receiver<Option<Arc<State>>>,
    pub address: SocketAddr,
}

/// Answers until the runtime ends.
pub async fn answer(listener: TcpListener, shared: Arc<Shared>) {
    let app = Router::new().fallback(move |request: Request| {
        let shared = Arc::clone(&shared);
        async move { respond(&shared, &request.into_parts().0).await }
    });
    // Gives up on no error of a connection, so it has none to return.
    let _ = axum::serve(listener, app).await;
}

async fn respond(shared: &Shared, request: &Parts) -> Response {
    let mut response = route(shared, request).await;
    let headers = response.headers_mut();
    // The one that sites are published with: nothing from elsewhere, nothing inline.
    if let Ok(policy) = HeaderValue::try_from(format!("{POLICY}; frame-ancestors 'none'")) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A page from elsewhere cannot load what is here, either.
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn route(shared: &Shared, request: &Parts) -> Response {
    // A request line may name a host as well; whoever honours it would go by that one.
    let is_named = |host: Option<&str>| host.is_some_and(|host| is_own(host, shared.address));
    let in_line = request.uri.authority().map(Authority::as_str);
    if !is_named(host(&request.headers)) || (in_line.is_some() && !is_named(in_line)) {
        let text = "casebook answers at this computer's own address alone; the Host header names another.\n";
        return text_response(StatusCode::FORBIDDEN, text);
    }
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut refused = text_response(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    match request.uri.path() {
        SCRIPT_PATH => typed(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT),
        EVENTS_PATH => events(shared),
        path => {
            let mut latest = shared.latest.clone();
            let query = request.uri.query();
            loop {
                // A request that comes before the first build is done waits for it.
                let state = latest.wait_for(Option::is_some).await.ok().and_then(|state| state.clone());
                let Some(state) = state else { break };
                // A page or the search index may have to be made.
                if let Some(page) = tokio::task::block_in_place(|| page(&state, path, query)) {
                    return page;
                }
                if latest.changed().await.is_err() {
                    break;
                }
            }
            text_response(StatusCode::SERVICE_UNAVAILABLE, "casebook is closing.\n")
        }
    }
}

/// The state as it is, and again whenever there is something new to say.
fn events(shared: &Shared) -> Response {
    let states = WatchStream::new(shared.latest.clone());
    let mut said = None;
    let messages = states.filter_map(move |state| {
        let state = state?;
        let is_new = said.as_ref() != Some(&state.message);
        said = Some(state.message.clone());
        is_new.then(|| Ok::<_, Infallible>(Event::default().data(&state.message)))
    });
    Sse::new(messages).keep_alive(KeepAlive::default()).into_response()
}

/// The answer to a request for `path`; `None` where a later state has it.
fn page(state: &State, path: &str, query: Option<&str>) -> Option<Response> {
    if state.site.is_none() {
        return Some(unbuilt(&state.findings, &state.name));
    }
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return not_found(state) };
    let file = decoded.trim_start_matches('/');
    let file =
        if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
    let found = state.get(&file);
    if let Answer::File(bytes) = found {
        return Some(file_response(StatusCode::OK, &file, bytes, &state.name));
    }
    if let Answer::File(_) = state.get(&format!("{file}/index.html")) {
        let query = query.map_or_else(String::new, |query| format!("?{query}"));
        // From the path of a file of the site, so it leads nowhere else.
        if let Ok(location) = HeaderValue::from_str(&format!("/{file}/{query}")) {
            let headers = [(header::LOCATION, location)];
            return Some((StatusCode::MOVED_PERMANENTLY, headers).into_response());
        }
    }
    match found {
        Answer::Later => None,
        Answer::Mistake(mistake) => Some(unbuilt(&render_human(&[*mistake], false), &state.name)),
        Answer::File(_) | Answer::Nothing => not_found(state),
    }
}

fn not_found(state: &State) -> Option<Response> {
    let file = "404.html";
    match state.get(file) {
        Answer::File(bytes) => Some(file_response(StatusCode::NOT_FOUND, file, bytes, &state.name)),
        Answer::Later => None,
        _ => Some(text_response(StatusCode::NOT_FOUND, "There is no page at this address.\n")),
    }
}

/// Says what keeps the site or a page from being made; its script shows it, and turns to the site later.
fn unbuilt(findings: &str, name: &str) -> Response {
    let findings = findings.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let page = with_script(UNBUILT.replace("{findings}", &findings).as_bytes(), name);
    typed(StatusCode::SERVICE_UNAVAILABLE, HTML, page)
}

fn file_response(status: StatusCode, file: &str, bytes: Bytes, name: &str) -> Response {
    let kind = content_type(file);
    if kind == HTML { typed(status, kind, with_script(&bytes, name)) } else { typed(status, kind, bytes) }
}

/// A page with the script that reloads it, told which site the page is from.
fn with_script(page: &[u8], name: &str) -> Vec<u8> {
    let tag = format!("<script src=\"{SCRIPT_PATH}?site={name}\" type=\"module\"></script>\n");
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end).unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    [before, tag.as_bytes(), after].concat()
}

fn typed(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    (status, [(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

fn text_response(status: StatusCode, text: &'static str) -> Response {
    typed(status, "text/plain; charset=utf-8", text)
}

const HTML: &str = "text/html; charset=utf-8";

/// What a file of the site is, told by its ending.
fn content_type(file: &str) -> &'static str {
    match Utf8Path::new(file).extension().unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

/// Whether `host`, as a request names it, is the server at `own`. A name that anybody can point at
/// this computer (DNS rebinding) would let their pages read what is served here.
fn is_own(host: &str, own: SocketAddr) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') || name.ends_with(']') => (name, port),
        _ => (host, "80"),
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    let address = bare.parse::<IpAddr>().ok();
    let local = name.eq_ignore_ascii_case("localhost");
    if own.ip().is_loopback() {
        let fits = local || address.is_some_and(|address| address.is_loopback());
        return fits && port.parse() == Ok(own.port());
    }
    // Open to others by choice, perhaps behind another port: a number cannot be rebound.
    local || address.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_server_answers_to_its_own_names_alone() {
        let own = SocketAddr::from(([127, 0, 0, 1], 4000));
        for host in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"] {
            assert!(is_own(host, own), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:4000",
            "localhost",
            "localhost:4001",
            "127.0.0.1.evil.example:4000",
            "localhost.evil.example:4000",
            "192.168.0.7:4000",
            "127.0.0.1:4000:4000",
            "",
        ] {
            assert!(!is_own(host, own), "{host}");
        }
    }

    #[test]
    fn a_server_open_to_others_answers_to_numbers() {
        let own = SocketAddr::from(([0, 0, 0, 0], 4000));
        for host in ["192.168.0.7:4000", "localhost:8080", "[fe80::1]:4000"] {
            assert!(is_own(host, own), "{host}");
        }
        assert!(!is_own("evil.example:4000", own));
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let page = |text: &str| String::from_utf8_lossy(&with_script(text.as_bytes(), "1-2")).into_owned();
        let tag = "<script src=\"/.casebook/reload.js?site=1-2\" type=\"module\"></script>\n";
        assert_eq!(page("<body>a</body></html>"), format!("<body>a{tag}</body></html>"));
        assert_eq!(page("a"), format!("a{tag}"), "a page without an end");
    }
}
