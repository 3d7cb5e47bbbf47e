//! Series as a table, in words: for the tables of the report and those behind its charts.

use serde::Serialize;

use super::{Origin, Point, Series};
use crate::units::{Grouping, Notation, PeriodKind, Place};

/// Periods down, series across.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
    pub notes: Vec<String>,
    /// Keys of `bronnen.yaml`.
    pub sources: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TableRow {
    pub header: String,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    pub text: String,
    pub marks: Vec<char>,
}

impl Table {
    /// Periods down, series across; a period without a value shows [x].
    pub fn of(series: &[Series], grouping: Grouping) -> Self {
        let notation = Notation { grouping, place: Place::Table, ..Notation::default() };
        let cell = |point: &Point| match &point.figure {
            Some(figure) => Cell { text: figure.write(&notation), marks: figure.mark_letters() },
            None => Cell { text: String::new(), marks: vec![point.gap.letter()] },
        };
        let periods = series.first().map(|series| series.points.as_slice()).unwrap_or_default();
        let row = |(at, point): (usize, &Point)| TableRow {
            header: point.period.to_string(),
            cells: series.iter().filter_map(|series| series.points.get(at)).map(cell).collect(),
        };
        let single = series.len() == 1;
        let heading = |series: &Series| if single { capitalized(&series.unit) } else { heading_of(series) };
        let mut sources: Vec<String> = origins(series).map(|origin| origin.source.clone()).collect();
        sources.sort();
        sources.dedup();
        Self {
            columns: std::iter::once(first_heading(series)).chain(series.iter().map(heading)).collect(),
            rows: periods.iter().enumerate().map(row).collect(),
            notes: notes(series),
            sources,
        }
    }
}

/// Title, unit and breakdown: two columns of one indicator differ in the last.
fn heading_of(series: &Series) -> String {
    let narrowed = series.reference.breakdown.narrowed();
    let words: Vec<&str> = std::iter::once(series.unit.as_str()).chain(narrowed.iter().map(|(_, value)| *value)).collect();
    format!("{} ({})", series.title, words.join(", "))
}

fn origins(series: &[Series]) -> impl Iterator<Item = &Origin> {
    series.iter().flat_map(Series::known).flat_map(|figure| &figure.origins)
}

/// The notes of the rows, each with its period, in the order of the table.
fn notes(series: &[Series]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for figure in series.iter().flat_map(Series::known) {
        for note in figure.origins.iter().filter_map(|origin| origin.note.as_deref()) {
            let note = format!("{}: {note}", figure.period);
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    notes
}

fn first_heading(series: &[Series]) -> String {
    let kind = series.first().and_then(|series| series.points.first()).map(|point| point.period.kind());
    match kind {
        Some(PeriodKind::Year) => "Jaar".to_owned(),
        Some(PeriodKind::Months) => "Periode".to_owned(),
        _ => "Schooljaar".to_owned(),
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
