//! Whatever the road has to say, as the panel and the margin of the page show it.

use serde::Serialize;

use super::atlas::Atlas;
use super::spot::{Spot, spot};
use crate::diagnostic::Diagnostic;
use crate::project::Project;

#[derive(Clone, PartialEq, Serialize)]
pub(super) struct Message {
    code: &'static str,
    severity: &'static str,
    message: String,
    help: String,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// The line itself.
    text: Option<String>,
    /// What is meant within it: offset and length in characters.
    mark: Option<(usize, usize)>,
    editor: Option<String>,
    /// Where it shows on the pages, counted from 1.
    page: Option<usize>,
    /// How far down that page, in parts of its height.
    top: Option<f64>,
}

/// All messages, in the order of the files.
pub(super) fn of(project: &Project, said: &[Diagnostic], atlas: Option<&Atlas>) -> Vec<Message> {
    said.iter().map(|diagnostic| message(project, diagnostic, atlas)).collect()
}

fn message(project: &Project, diagnostic: &Diagnostic, atlas: Option<&Atlas>) -> Message {
    let place = diagnostic.span.and_then(|span| spot(project, span));
    let shown = place.as_ref().and_then(|place| atlas?.find(&place.file, place.line));
    let top = shown.as_ref().and_then(|shown| atlas?.top(shown));
    Message {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity.as_str(),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        mark: place.as_ref().and_then(|place| mark(project, diagnostic, place)),
        page: shown.map(|shown| shown.page),
        top,
        file: place.as_ref().map(|place| place.file.clone()),
        line: place.as_ref().map(|place| place.line),
        column: place.as_ref().map(|place| place.column),
        text: place.as_ref().map(|place| place.text.clone()),
        editor: place.map(|place| place.editor),
    }
}

/// As much of the span as stands on its first line.
fn mark(project: &Project, diagnostic: &Diagnostic, place: &Spot) -> Option<(usize, usize)> {
    let span = diagnostic.span?;
    let words = project.file(span.file)?.text.get(span.range())?.lines().next()?.chars().count();
    let room = place.text.chars().count().checked_sub(place.column - 1)?;
    (words.min(room) > 0).then_some((place.column - 1, words.min(room)))
}
