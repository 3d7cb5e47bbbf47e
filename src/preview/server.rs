//! The addresses of the preview.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use serde::Serialize;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::atlas::Atlas;
use super::messages::Message;
use super::shared::{Shared, Signal};
use super::snapshot::Snapshot;
use super::{cards, client, comparison, guard};
use crate::report::NodeKind;

/// Serves on this listener until the program ends.
///
/// # Errors
/// When the listener cannot be used.
pub(super) async fn begin(listener: TcpListener, shared: Arc<Shared>) -> std::io::Result<JoinHandle<()>> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let router = Router::new()
        .route("/events", get(events))
        .route("/page/{picture}", get(page))
        .route("/nodes/{page}", get(nodes))
        .route("/node", get(node))
        .route("/line", get(line))
        .route("/comparison", get(compare))
        .route("/final", post(make_final))
        .route("/final.pdf", get(final_pdf))
        .fallback(get(asset))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&shared), guard::check))
        .with_state(shared);
    Ok(tokio::spawn(async move {
        // It ends with the program alone.
        let _ = axum::serve(listener, router).await;
    }))
}

/// After so long a browser that lost the connection tries again.
const RETRY: Duration = Duration::from_millis(500);

type Parameters = Query<BTreeMap<String, String>>;

async fn asset(uri: Uri) -> Response {
    match client::find(uri.path()) {
        Some(asset) => ([(CONTENT_TYPE, asset.media_type)], asset.bytes).into_response(),
        None => not_found("Dit adres bestaat niet."),
    }
}

fn not_found(message: &str) -> Response {
    (StatusCode::NOT_FOUND, Json(BTreeMap::from([("message", message)]))).into_response()
}

/// The state now and after every change, to who had an earlier one or none.
async fn events(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).or(parameters.get("last").map(String::as_str));
    let now = shared.snapshot();
    let known = last.and_then(|last| last.strip_prefix(&format!("{}-", now.session))?.parse::<u64>().ok());
    let mut had = known.unwrap_or(now.version);
    let event = move |snapshot: Arc<Snapshot>| {
        let view = snapshot.view(had);
        had = snapshot.version;
        Ok(Event::default().event("state").id(snapshot.id()).retry(RETRY).data(view))
    };
    // Before the first walk there is nothing to show yet.
    let states = WatchStream::new(shared.subscribe()).filter(|snapshot| snapshot.version > 0);
    Sse::new(states.map(event)).keep_alive(KeepAlive::default())
}

async fn page(State(shared): State<Arc<Shared>>, Path(picture): Path<String>, parameters: Parameters) -> Response {
    let scale = parameters.get("scale").cloned().unwrap_or_else(|| "2".to_owned());
    let draw = move || {
        let layout = shared.layout()?;
        shared.picture(&layout, picture.strip_suffix(".png")?, &scale)
    };
    match tokio::task::spawn_blocking(draw).await {
        Ok(Some(bytes)) => ([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "private, max-age=31536000, immutable")], bytes).into_response(),
        _ => not_found("Dit blad is er niet meer."),
    }
}

/// What stands on a page, for pointer, keyboard and screen reader.
#[derive(Serialize)]
struct NodeView {
    id: String,
    kind: NodeKind,
    label: String,
    boxes: Vec<[f64; 4]>,
}

async fn nodes(State(shared): State<Arc<Shared>>, Path(page): Path<usize>) -> Response {
    let Some(layout) = shared.layout().filter(|layout| (1..=layout.pages.len()).contains(&page)) else {
        return not_found("Dit blad is er niet meer.");
    };
    let view = |node: &crate::typeset::PlacedNode| {
        let kind = layout.set.report.nodes.get(&node.id)?.kind;
        Some(NodeView { id: node.id.clone(), kind, label: node.words.trim().to_owned(), boxes: layout.boxes(page, &node.areas) })
    };
    Json(layout.nodes(page).filter_map(view).collect::<Vec<_>>()).into_response()
}

async fn node(State(shared): State<Arc<Shared>>, parameters: Parameters) -> Response {
    let snapshot = shared.snapshot();
    let pages = snapshot.pages();
    let card = pages.and_then(|(layout, now)| cards::of(layout, now, parameters.get("id")?));
    card.map_or_else(|| not_found("Dit stuk van het verslag is er niet meer."), |card| Json(card).into_response())
}

/// A part of a page.
#[derive(Serialize)]
struct Target {
    page: usize,
    id: String,
    boxes: Vec<[f64; 4]>,
}

async fn line(State(shared): State<Arc<Shared>>, parameters: Parameters) -> Response {
    let snapshot = shared.snapshot();
    let Some((layout, now)) = snapshot.pages() else { return not_found("Er is nog geen goede versie van het verslag.") };
    let (Some(file), Some(line)) = (parameters.get("file"), parameters.get("line").and_then(|line| line.parse().ok())) else {
        return not_found("Schrijf #regel=bestand:regelnummer.");
    };
    let atlas = Atlas::of(layout, now);
    let Some(path) = atlas.full_path(file) else {
        return not_found(&format!("Het bestand {file} hoort niet bij deze editie, of niets ervan staat in het verslag."));
    };
    let lines = now.read(path).map_or(line, |file| file.text.lines().count());
    if !(1..=lines).contains(&line) {
        return not_found(&format!("Het bestand {file} heeft {lines} regels; regel {line} is er niet bij."));
    }
    match atlas.find(path, line) {
        Some(shown) => {
            let boxes = layout.boxes(shown.page, shown.areas);
            Json(Target { page: shown.page, id: shown.id.to_owned(), boxes }).into_response()
        }
        None => not_found(&format!("Van {file}, regel {line}, staat niets in het verslag.")),
    }
}

async fn compare(State(shared): State<Arc<Shared>>) -> Response {
    let Some(layout) = shared.layout() else { return not_found("Er is nog geen goede versie van het verslag.") };
    match tokio::task::spawn_blocking(move || comparison::of(&layout)).await {
        Ok(view) => Json(view).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What came of making the final.
#[derive(Serialize)]
struct FinalView {
    made: bool,
    files: Vec<String>,
    messages: Vec<Message>,
}

async fn make_final(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    if headers.get(guard::REQUESTED).is_none_or(|value| value != "final") {
        return (StatusCode::FORBIDDEN, "Alleen het voorbeeld zelf kan dit vragen.").into_response();
    }
    let (reply, made) = oneshot::channel();
    if !shared.ask(Signal::Final(reply)) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Ok(made) = made.await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let view = FinalView { made: made.pdf.is_some(), files: made.files, messages: made.messages };
    if let Some(pdf) = made.pdf {
        shared.keep_final(pdf);
    }
    Json(view).into_response()
}

async fn final_pdf(State(shared): State<Arc<Shared>>) -> Response {
    match shared.final_pdf() {
        Some(pdf) => ([(CONTENT_TYPE, "application/pdf")], pdf).into_response(),
        None => not_found("Het definitieve verslag is nog niet gemaakt."),
    }
}
