//! What was made → its lock.

use std::collections::BTreeMap;

use super::lock::{HouseStyle, Lock, Passage, PrintedFigure};
use crate::data::Breakdown;
use crate::figures::Figure;
use crate::report::{Printed, Report};
use crate::typeset::Document;
use crate::units::Value;

/// All that a lock remembers beside what is printed.
#[derive(Debug)]
pub struct Made {
    pub style: HouseStyle,
    /// Path → SHA-256.
    pub inputs: BTreeMap<String, String>,
    /// Edition → SHA-256 of the figures in its lock.
    pub earlier: BTreeMap<String, String>,
    /// Name → SHA-256.
    pub outputs: BTreeMap<String, String>,
}

/// The lock of a report as it was typeset.
pub fn record(report: &Report, document: &Document, made: Made) -> Lock {
    let figures = report.printed.iter().map(|printed| figure(printed, document)).collect();
    let mut lock = Lock::new(&report.edition, &report.school_year, made.style);
    lock.inputs = made.inputs;
    lock.earlier = made.earlier;
    lock.outputs = made.outputs;
    lock.with_contents(figures, passages(report, document))
}

/// The text of a report, passage by passage, as it came to stand on the page.
pub fn passages(report: &Report, document: &Document) -> Vec<Passage> {
    let passage = |(node, text)| Passage { node, text };
    document.passages(report).into_iter().map(passage).collect()
}

fn figure(printed: &Printed, document: &Document) -> PrintedFigure {
    PrintedFigure { page: document.page_of(&printed.node), ..as_printed(printed) }
}

/// A figure before it has a page.
pub(super) fn as_printed(printed: &Printed) -> PrintedFigure {
    PrintedFigure { printed: printed.text.clone(), node: printed.node.clone(), ..of_figure(&printed.figure) }
}

/// A figure that is printed nowhere.
pub(super) fn of_figure(figure: &Figure) -> PrintedFigure {
    // What a chart computed of several figures is like no other of the same name.
    let comparable = !figure.is_of_parts();
    PrintedFigure {
        indicator: figure.reference.indicator.clone(),
        measure: figure.measure.clone(),
        period: figure.period.to_string(),
        base: figure.base.map(|base| base.to_string()),
        breakdown: written(&figure.breakdown),
        value: figure.value.filter(|_| comparable).map(Value::as_f64),
        printed: String::new(),
        marks: figure.mark_letters().into_iter().collect(),
        node: String::new(),
        page: None,
    }
}

fn written(breakdown: &Breakdown) -> Option<String> {
    let parts: Vec<String> = breakdown.narrowed().into_iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
