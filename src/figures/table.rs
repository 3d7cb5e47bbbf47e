//! Series as a table, in words: for the tables of the report and those behind its charts.

use serde::Serialize;

use super::{Figure, Mark, Origin, Panel, Part, Parts, Point, Selection, Series};
use crate::units::{Grouping, Notation, PeriodKind};

/// Periods or parts down, series or panels across.
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
    /// The table behind a chart.
    pub fn behind(selection: &Selection, grouping: Grouping) -> Self {
        match selection {
            Selection::Series { series, total } => {
                let all: Vec<Series> = series.iter().chain(total.as_deref()).cloned().collect();
                Self::of(&all, grouping)
            }
            Selection::Parts(parts) => Self::of_parts(parts, grouping),
        }
    }

    /// Parts down, panels across; the rest of a whole and the whole itself come last.
    fn of_parts(parts: &Parts, grouping: Grouping) -> Self {
        let row = |label: &str, part: &dyn Fn(&Panel) -> Option<Part>| TableRow {
            header: label.to_owned(),
            cells: parts.panels.iter().map(|panel| cell_of(part(panel).as_ref(), grouping)).collect(),
        };
        let rows = parts.labels().into_iter().map(|label| row(label, &|panel| panel.part(label).cloned()));
        let rest = parts.rest.iter().map(|rest| row(&rest.label, &|_| Some(rest.clone())));
        let whole = parts.whole.iter().map(|whole| TableRow { header: "samen".to_owned(), cells: vec![known_cell(whole, grouping)] });
        let figures: Vec<(&str, &Figure)> = parts.all().filter_map(|part| Some((part.label.as_str(), part.figure.as_ref()?))).collect();
        let credited = figures.iter().map(|(_, figure)| *figure).chain(&parts.whole);
        let unit = figures.first().map(|(_, figure)| capitalized(&figure.unit)).unwrap_or_default();
        let heading =
            |panel: &Panel| if panel.title.is_empty() { unit.clone() } else { format!("{} ({})", panel.title, unit.to_lowercase()) };
        Self {
            columns: std::iter::once("Onderdeel".to_owned()).chain(parts.panels.iter().map(heading)).collect(),
            rows: rows.chain(rest).chain(whole).collect(),
            notes: notes(figures.iter().map(|(label, figure)| ((*label).to_owned(), *figure))),
            sources: sources(credited),
        }
    }

    /// Periods down, series across; a period without a value shows [x].
    pub fn of(series: &[Series], grouping: Grouping) -> Self {
        let cell = |point: &Point| match &point.figure {
            Some(figure) => known_cell(figure, grouping),
            None => gap_cell(point.gap),
        };
        let periods = series.first().map(|series| series.points.as_slice()).unwrap_or_default();
        let row = |(at, point): (usize, &Point)| TableRow {
            header: point.period.to_string(),
            cells: series.iter().filter_map(|series| series.points.get(at)).map(cell).collect(),
        };
        let single = series.len() == 1;
        let heading = |series: &Series| if single { capitalized(&series.unit) } else { heading_of(series) };
        Self {
            columns: std::iter::once(first_heading(series)).chain(series.iter().map(heading)).collect(),
            rows: periods.iter().enumerate().map(row).collect(),
            notes: notes(known(series).map(|figure| (figure.period.to_string(), figure))),
            sources: sources(known(series)),
        }
    }
}

fn cell_of(part: Option<&Part>, grouping: Grouping) -> Cell {
    match part.map(|part| (part.figure.as_ref(), part.gap)) {
        Some((Some(figure), _)) => known_cell(figure, grouping),
        Some((None, gap)) => gap_cell(gap),
        None => Cell { text: "–".to_owned(), marks: Vec::new() },
    }
}

fn known_cell(figure: &Figure, grouping: Grouping) -> Cell {
    Cell { text: figure.write(&Notation::table(grouping)), marks: figure.mark_letters() }
}

fn gap_cell(gap: Mark) -> Cell {
    Cell { text: String::new(), marks: vec![gap.letter()] }
}

/// What the report calls the series, or title, unit and breakdown: two columns of one indicator differ in the last.
fn heading_of(series: &Series) -> String {
    if !series.label.is_empty() {
        let said = series.label == series.unit || series.unit == series.label.to_lowercase();
        return if said { capitalized(&series.label) } else { format!("{} ({})", capitalized(&series.label), series.unit) };
    }
    let narrowed = series.reference.breakdown.narrowed();
    let words: Vec<&str> = std::iter::once(series.unit.as_str()).chain(narrowed.iter().map(|(_, value)| *value)).collect();
    format!("{} ({})", series.title, words.join(", "))
}

fn known(series: &[Series]) -> impl Iterator<Item = &Figure> {
    series.iter().flat_map(Series::known)
}

/// Keys of the sources behind the figures, each once, sorted.
fn sources<'a>(figures: impl Iterator<Item = &'a Figure>) -> Vec<String> {
    let mut sources: Vec<String> = figures.flat_map(|figure| &figure.origins).map(|origin: &Origin| origin.source.clone()).collect();
    sources.sort();
    sources.dedup();
    sources
}

/// The notes of the rows, each behind the name of its row, in the order of the table.
fn notes<'a>(figures: impl Iterator<Item = (String, &'a Figure)>) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for (name, figure) in figures {
        for note in figure.origins.iter().filter_map(|origin| origin.note.as_deref()) {
            let note = format!("{name}: {note}");
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
