//! Who may ask, and what a browser may do with the answer.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::shared::Shared;

/// Nothing but our own files, and no text that becomes markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// A request to the final report carries this header: a page of another site cannot add it without asking first.
pub(super) const REQUESTED: &str = "x-jaarverslag";

/// Of the web: browsers leave it out.
const USUAL_PORT: u16 = 80;

/// Answers only who asked for this very machine by its name: a site that lets its own name point here is refused.
pub(super) async fn check(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = if is_ours(request.headers(), shared.port) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "Dit voorbeeld antwoordt alleen op deze computer.").into_response()
    };
    let headers = response.headers_mut();
    let fixed = |text: &'static str| HeaderValue::from_static(text);
    headers.insert(CONTENT_SECURITY_POLICY, fixed(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    headers.insert(REFERRER_POLICY, fixed("no-referrer"));
    headers.insert(RESOURCE_POLICY, fixed("same-origin"));
    headers.insert(OPENER_POLICY, fixed("same-origin"));
    headers.entry(CACHE_CONTROL).or_insert(fixed("no-store"));
    response
}

fn is_ours(headers: &HeaderMap, port: u16) -> bool {
    let named = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default().to_ascii_lowercase());
    let mut hosts = vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if port == USUAL_PORT {
        hosts.extend(["127.0.0.1".to_owned(), "localhost".to_owned()]);
    }
    let host = named(&HOST).is_some_and(|host| hosts.contains(&host));
    // Where a browser tells which page asks, it must be ours.
    let origin = named(&ORIGIN).is_none_or(|origin| hosts.iter().any(|host| origin == format!("http://{host}")));
    host && origin
}
