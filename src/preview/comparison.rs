//! The draft beside the last final: what came, what went, and which figures differ.

use serde::Serialize;

use super::layout::Layout;
use crate::diagnostic::Sink;
use crate::editions::{self, Difference, HouseStyle, Made, Redline};

/// What a browser is told of it.
#[derive(Serialize)]
pub(super) struct ComparisonView {
    #[serde(flatten)]
    redline: Option<Redline>,
    /// Node → the page where it stands now, of the changed passages.
    pages: Vec<(String, usize)>,
    /// Why there is nothing to compare with.
    reason: Option<&'static str>,
}

/// Compares with the lock as it stands there now: it is written anew with every final.
pub(super) fn of(layout: &Layout) -> ComparisonView {
    let report = &layout.set.report;
    let mut sink = Sink::default();
    let lock = match editions::load(&layout.project.renewed_alone(), &report.edition, &mut sink) {
        Some(Some(lock)) => lock,
        Some(None) => return nothing("Er is nog geen definitief verslag om mee te vergelijken."),
        None => return nothing("Het slot van het laatste definitieve verslag is beschadigd."),
    };
    let style = HouseStyle { name: String::new(), template: String::new(), fonts: String::new(), own: String::new() };
    let made = Made { style, inputs: Default::default(), earlier: Default::default(), outputs: Default::default() };
    let now = editions::record(report, &layout.set.document, made);
    let difference = Difference::between(&lock, &now);
    let pages = difference.passages.iter().filter_map(|one| Some((one.node.clone(), layout.shown(&one.node)?.page))).collect();
    let redline = editions::redline(("het laatste definitieve verslag", &lock), ("dit concept", &now), &difference);
    ComparisonView { redline: Some(redline), pages, reason: None }
}

fn nothing(reason: &'static str) -> ComparisonView {
    ComparisonView { redline: None, pages: Vec::new(), reason: Some(reason) }
}
