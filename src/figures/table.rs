//! Series as a table, in words: for the tables of the report and those behind its charts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::coverage::{Coverage, Place};
use super::{Figure, Gap, Mark, Panel, Part, Parts, Point, Selection, Series};
use crate::units::{Grouping, Notation, Period, PeriodKind, capitalized};

/// Periods or parts down, series or panels across.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
    /// The notes of the data, each behind the rows or columns it goes for.
    pub notes: Vec<String>,
    /// Keys of `bronnen.yaml`, each once, sorted.
    pub sources: Vec<String>,
    /// The same, each with what it is the source of.
    pub credits: Vec<Credit>,
}

/// A source of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Credit {
    /// Of `bronnen.yaml`.
    pub key: String,
    /// The rows or columns; absent where it is the source of all.
    pub of: Option<String>,
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
    /// Words behind the marks, such as the year of this very value; empty for none.
    pub behind: String,
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
        let unit = parts.all().find_map(|part| part.figure.as_ref()).map(|figure| capitalized(&figure.unit)).unwrap_or_default();
        let heading =
            |panel: &Panel| if panel.title.is_empty() { unit.clone() } else { format!("{} ({})", panel.title, unit.to_lowercase()) };
        let table = Self {
            columns: std::iter::once(heading_of_parts(&parts.labels())).chain(parts.panels.iter().map(heading)).collect(),
            rows: rows.chain(rest).chain(whole).collect(),
            ..Self::default()
        };
        let computed = parts.rest.iter().filter(|rest| rest.figure.is_some());
        let computed: Vec<String> =
            computed.map(|rest| format!("{}: het geheel min de delen erboven.", capitalized(&rest.label))).collect();
        let names = parts.panels.iter().map(|panel| panel.title.clone()).collect();
        let labels = parts.labels();
        let mut figures: Vec<(Place, &Figure)> = Vec::new();
        for (column, panel) in parts.panels.iter().enumerate() {
            let row_of = |part: &Part| labels.iter().position(|label| *label == part.label).unwrap_or_default();
            figures.extend(panel.parts.iter().filter_map(|part| Some(((row_of(part), column), part.figure.as_ref()?))));
        }
        figures.extend(parts.rest.iter().filter_map(|rest| Some(((labels.len(), 0), rest.figure.as_ref()?))));
        figures.extend(parts.whole.iter().map(|whole| ((table.rows.len() - 1, 0), whole)));
        let mut table = table.credited(names, false, &figures);
        table.notes.extend(computed);
        table
    }

    /// Periods down, series across; a period without a value shows [x], or a dash where there was nothing to count.
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
        let table = Self {
            columns: std::iter::once(first_heading(series)).chain(series.iter().map(heading)).collect(),
            rows: periods.iter().enumerate().map(row).collect(),
            ..Self::default()
        };
        let mut figures: Vec<(Place, &Figure)> = Vec::new();
        for (column, series) in series.iter().enumerate() {
            let points = series.points.iter().enumerate();
            figures.extend(points.filter_map(|(row, point)| Some(((row, column), point.figure.as_ref()?))));
        }
        table.credited(names_of(series), true, &figures)
    }

    /// Adds what the figures say of their origin; `columns` are the names of the columns in a sentence.
    fn credited(self, columns: Vec<String>, in_sequence: bool, figures: &[(Place, &Figure)]) -> Self {
        let coverage = Coverage {
            rows: self.rows.iter().map(|row| row.header.clone()).collect(),
            in_sequence,
            columns,
            known: figures.iter().map(|(place, _)| *place).collect(),
        };
        let mut by_source: BTreeMap<&str, BTreeSet<Place>> = BTreeMap::new();
        // Column by column.
        let mut by_note: Vec<(&str, BTreeSet<Place>)> = Vec::new();
        for (place, figure) in figures {
            for origin in &figure.origins {
                by_source.entry(&origin.source).or_default().insert(*place);
                let Some(note) = origin.note.as_deref() else { continue };
                match by_note.iter_mut().find(|(known, _)| *known == note) {
                    Some((_, places)) => _ = places.insert(*place),
                    None => by_note.push((note, [*place].into())),
                }
            }
        }
        let credit = |(key, places): (&&str, &BTreeSet<Place>)| Credit { key: (*key).to_owned(), of: coverage.words(places) };
        let note = |(note, places): &(&str, BTreeSet<Place>)| match coverage.words(places) {
            Some(cells) => format!("{cells}: {note}"),
            None => (*note).to_owned(),
        };
        Self {
            notes: by_note.iter().map(note).collect(),
            sources: by_source.keys().map(|key| (*key).to_owned()).collect(),
            credits: by_source.iter().map(credit).collect(),
            ..self
        }
    }
}

fn cell_of(part: Option<&Part>, grouping: Grouping) -> Cell {
    match part.map(|part| (part.figure.as_ref(), part.gap)) {
        Some((Some(figure), _)) => known_cell(figure, grouping),
        Some((None, gap)) => gap_cell(gap),
        None => gap_cell(Gap::Nonexistent),
    }
}

fn known_cell(figure: &Figure, grouping: Grouping) -> Cell {
    Cell { text: figure.write(&Notation::table(grouping)), marks: figure.mark_letters(), behind: String::new() }
}

fn gap_cell(gap: Gap) -> Cell {
    match gap {
        Gap::Missing => Cell { text: String::new(), marks: vec![Mark::Missing.letter()], behind: String::new() },
        Gap::Secret => Cell { text: String::new(), marks: vec![Mark::Secret.letter()], behind: String::new() },
        Gap::Nonexistent => Cell { text: "–".to_owned(), marks: Vec::new(), behind: String::new() },
    }
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

/// Labels where they tell the columns apart, else their full headings.
fn names_of(series: &[Series]) -> Vec<String> {
    let labels: BTreeSet<&str> = series.iter().map(|series| series.label.as_str()).filter(|label| !label.is_empty()).collect();
    let distinct = labels.len() == series.len();
    series.iter().map(|series| if distinct { series.label.clone() } else { heading_of(series) }).collect()
}

fn first_heading(series: &[Series]) -> String {
    heading_of_periods(series.first().and_then(|series| series.points.first()).map(|point| point.period))
}

/// Parts may be the years themselves.
fn heading_of_parts(labels: &[&str]) -> String {
    let periods: Option<Vec<Period>> = labels.iter().map(|label| Period::parse(label)).collect();
    match periods.as_deref() {
        Some([first, ..]) => heading_of_periods(Some(*first)),
        _ => "Onderdeel".to_owned(),
    }
}

fn heading_of_periods(period: Option<Period>) -> String {
    match period.map(Period::kind) {
        Some(PeriodKind::Year) => "Jaar".to_owned(),
        Some(PeriodKind::Months) => "Periode".to_owned(),
        _ => "Schooljaar".to_owned(),
    }
}
