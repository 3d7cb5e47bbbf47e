//! `figures.json`: every printed figure with its value, its origin and the place it was printed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::figures::Figure;
use crate::project::Project;
use crate::report::{Printed, Report};
use crate::typeset::Document;
use crate::units::Value;

/// A figure for other programs.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// How an editor would write it; absent for a sum or a rest, which only a chart can ask for.
    name: Option<String>,
    indicator: String,
    measure: String,
    period: String,
    base_period: Option<String>,
    breakdown: BTreeMap<&'static str, String>,
    /// In percent where it is printed in percent; absent where a source printed words alone.
    value: Option<f64>,
    /// What rounding, derivation or words such as «bijna» leave open.
    lower_bound: Option<f64>,
    upper_bound: Option<f64>,
    kind: Option<&'static str>,
    unit: String,
    as_printed: String,
    marks: Vec<String>,
    definition: String,
    origins: Vec<Row>,
}

/// A row of a table that a figure was made of.
#[derive(Debug, Serialize)]
struct Row {
    file: String,
    line: usize,
    indicator: String,
    source: String,
    note: Option<String>,
}

/// A figure and where it stands.
#[derive(Serialize)]
struct PrintedEntry {
    #[serde(flatten)]
    entry: Entry,
    printed_at: Place,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    page: Option<usize>,
}

#[derive(Serialize)]
struct Listing<'a> {
    edition: &'a str,
    school_year: &'a str,
    draft: bool,
    figures: Vec<PrintedEntry>,
}

impl Entry {
    pub fn of(figure: &Figure, printed: &str) -> Self {
        let origins = figure.origins.iter().map(|origin| Row {
            file: origin.file.clone(),
            line: origin.line,
            indicator: origin.indicator.clone(),
            source: origin.source.clone(),
            note: origin.note.clone(),
        });
        Self {
            name: Some(figure.reference.to_string()).filter(|_| !figure.is_of_parts()),
            indicator: figure.reference.indicator.clone(),
            measure: figure.measure.clone(),
            period: figure.period.to_string(),
            base_period: figure.base.map(|base| base.to_string()),
            breakdown: figure.breakdown.narrowed().into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
            value: figure.value.map(Value::as_f64),
            lower_bound: figure.bounds[0].map(|bound| bound.ratio().as_f64()),
            upper_bound: figure.bounds[1].map(|bound| bound.ratio().as_f64()),
            kind: figure.value.map(Value::kind),
            unit: figure.unit.clone(),
            as_printed: printed.to_owned(),
            marks: figure.marks.iter().map(|mark| mark.name().to_owned()).collect(),
            definition: figure.definition.clone(),
            origins: origins.collect(),
        }
    }
}

/// The whole listing, in the order of the report's text.
pub fn figures_json(project: &Project, report: &Report, document: &Document) -> Vec<u8> {
    let entry = |printed: &Printed| PrintedEntry {
        entry: Entry::of(&printed.figure, &printed.text),
        printed_at: place(project, printed, document),
    };
    let listing = Listing {
        edition: &report.edition,
        school_year: &report.school_year,
        draft: report.draft,
        figures: report.printed.iter().map(entry).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&listing).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn place(project: &Project, printed: &Printed, document: &Document) -> Place {
    let file = project.file(printed.span.file);
    let (line, column) = file.as_ref().map_or((1, 1), |file| file.position(printed.span.start as usize));
    Place { file: file.map(|file| file.path.clone()).unwrap_or_default(), line, column, page: document.page_of(&printed.node) }
}
