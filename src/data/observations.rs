//! `waarnemingen.csv`: counted or measured values, one row one value.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use super::breakdown::Breakdown;
use super::fields::{self, Known};
use super::indicators::Indicator;
use super::table::{self, Row};
use super::terms::{Mark, Marks, SECRETS};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::{Span, Spanned};
use crate::units::{Decimal, Period, Value};

pub const COLUMNS: [&str; 15] = [
    "indicator",
    "maat",
    "periode",
    "net",
    "centrum",
    "segment",
    "type",
    "categorie",
    "waarde",
    "ondergrens",
    "bovengrens",
    "status",
    "geheim",
    "bron",
    "noot",
];

/// One row of a strict table as it stands, its fields in the order of [`COLUMNS`].
pub type RawObservation = csv::StringRecord;

/// Reads the rows of a strict table that stands outside any project, without looking at what they say.
///
/// # Errors
/// When the file cannot be read, or has other columns or another order.
pub fn read_rows(path: &std::path::Path) -> Result<Vec<RawObservation>, Diagnostic> {
    let text = crate::project::read_text_outside(path)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let fault = |message: String| Diagnostic::error(Code::DataColumns, None, format!("{}: {message}", path.display()));
    let same = reader.headers().is_ok_and(|header| header.iter().eq(COLUMNS.iter().copied()));
    if !same {
        return Err(fault("dit is geen tabel met waarnemingen".to_owned()).help(format!("De kopregel is: {}", COLUMNS.join(","))));
    }
    let rows = reader.records().map(|row| row.map_err(|error| fault(format!("een rij is niet te lezen ({error})"))));
    rows.collect()
}

/// Whether pupils are divided so finely that the row belongs on the secured side: by centre, or by net and segment at once.
pub fn is_internal(net: &str, centre: &str, segment: &str) -> bool {
    centre != ALL || (net != ALL && segment != ALL)
}

const ALL: &str = "alle";

/// Whether a row as it stands is one of an internal count; `counted` knows the indicators that are counted.
pub fn is_internal_row(row: &RawObservation, counted: impl Fn(&str) -> bool) -> bool {
    let field = |name: &str| COLUMNS.iter().position(|column| *column == name).and_then(|at| row.get(at)).unwrap_or_default();
    counted(field("indicator")) && is_internal(field("net"), field("centrum"), field("segment"))
}

/// One observed value with its bounds, marks and origin.
#[derive(Debug, Clone)]
pub struct Observation {
    pub indicator: String,
    pub measure: String,
    pub period: Period,
    pub breakdown: Breakdown,
    /// Absent where it is missing or secret.
    pub value: Option<Value>,
    /// The least and the most it can be, where that was left open.
    pub bounds: [Option<Decimal>; 2],
    pub marks: Marks,
    pub source: String,
    pub note: Option<String>,
    pub span: Span,
    pub line: usize,
    /// Whether it was counted just now, rather than read from the edition's table.
    pub counted: bool,
}

/// The observations of an edition: as rows, and as a table for joins.
#[derive(Debug)]
pub struct Observations {
    pub rows: Vec<Observation>,
    /// One column a key (`indicator`, `maat`, `periode`, `net`, …) and `rij`, the index in `rows`; only rows with a value.
    pub frame: DataFrame,
}

/// Reads the table, and the one that was counted just now where there is one: its rows go before those of the same indicator
/// and period.
pub(super) fn load(project: &Project, path: &str, counted: Option<&str>, known: &Known<'_>, sink: &mut Sink) -> Option<Observations> {
    let mut rows = load_rows(project, path, known, sink)?;
    if let Some(path) = counted {
        let mut fresh = load_rows(project, path, known, sink)?;
        fresh.iter_mut().for_each(|row| row.counted = true);
        drop_unregistered(&mut fresh, &rows);
        let covered: BTreeSet<(String, Period)> = fresh.iter().map(|row| (row.indicator.clone(), row.period)).collect();
        rows.retain(|row| !covered.contains(&(row.indicator.clone(), row.period)));
        rows.extend(fresh);
    }
    report_duplicates(&rows, sink);
    let frame = frame(&rows).ok()?;
    Some(Observations { rows, frame })
}

/// An indicator without any registration in a year says nothing where the edition's table knows more: what is not
/// registered at all is not counted, rather than nobody.
fn drop_unregistered(fresh: &mut Vec<Observation>, known: &[Observation]) {
    let key = |row: &Observation| (row.indicator.clone(), row.period);
    let is_zero = |row: &Observation| matches!(row.value, Some(Value::Count(0)));
    let registered: BTreeSet<(String, Period)> = fresh.iter().filter(|row| !is_zero(row)).map(key).collect();
    let known: BTreeSet<(String, Period)> = known.iter().map(key).collect();
    fresh.retain(|row| registered.contains(&key(row)) || !known.contains(&key(row)));
}

fn load_rows(project: &Project, path: &str, known: &Known<'_>, sink: &mut Sink) -> Option<Vec<Observation>> {
    let table = table::read(project, path, &COLUMNS, sink)?;
    Some(table.iter().filter_map(|row| observation(row, known, sink)).collect())
}

fn observation(row: &Row<'_>, known: &Known<'_>, sink: &mut Sink) -> Option<Observation> {
    let indicator = fields::indicator(row, known, sink);
    let period = fields::period(row.field("periode"), indicator, sink);
    let breakdown = fields::breakdown(row, true, sink);
    let measure = row.field("maat");
    if let Some(indicator) = indicator
        && !indicator.measures().contains(&measure.value.as_str())
    {
        let message = format!("de maat «{}» past niet bij {}", measure.value, indicator.id);
        let help = format!("Mogelijk: {}.", indicator.measures().join(", "));
        sink.push(Diagnostic::error(Code::DataMeasure, measure.span, message).help(help).suggest(measure, indicator.measures()));
    }
    if let (Some(indicator), Some(breakdown)) = (indicator, &breakdown) {
        check_public(row, indicator, breakdown, sink);
    }
    let marks = marks(row, known, sink);
    let decimals = indicator.map_or(0, |indicator| indicator.decimals);
    let (value, bounds) = value(row, decimals, &marks, sink);
    let source = fields::source(row, known, sink);
    Some(Observation {
        indicator: indicator?.id.clone(),
        measure: measure.value.clone(),
        period: period?,
        breakdown: breakdown?,
        value,
        bounds,
        marks,
        source,
        note: row.optional("noot").map(|note| note.value.clone()),
        span: row.span,
        line: row.line,
        counted: false,
    })
}

/// An edition holds nothing of an internal count.
fn check_public(row: &Row<'_>, indicator: &Indicator, breakdown: &Breakdown, sink: &mut Sink) {
    if !indicator.topics.is_empty() && is_internal(&breakdown.net, &breakdown.centre, &breakdown.segment) {
        let message = format!("deze rij van {} is van een interne telling: per centrum, of per net en segment samen", indicator.id);
        let help = "Haal zulke rijen weg; tel voor een editie zonder --internal.";
        sink.push(Diagnostic::error(Code::CountInProject, row.span, message).help(help));
    }
}

fn marks(row: &Row<'_>, known: &Known<'_>, sink: &mut Sink) -> Marks {
    let status = row.field("status");
    let mut marks = Marks::new();
    for word in status.split_whitespace() {
        match Mark::of_status(word) {
            Some(mark) => marks.extend([mark]),
            None => {
                let message = format!("de status «{word}» bestaat niet");
                sink.push(Diagnostic::error(Code::DataStatus, status.span, message).suggest(word, Mark::status_words()));
            }
        }
    }
    if marks.contains(&Mark::Fictitious) && !known.fictitious {
        sink.push(Diagnostic::error(Code::DataFictitious, status.span, "een fictieve waarde hoort niet in deze editie"));
    }
    if known.fictitious {
        // In an example nothing may pass for real, not even a value that was published.
        marks.insert(Mark::Fictitious);
    }
    if let Some(secret) = row.optional("geheim") {
        if !SECRETS.contains(&secret.value.as_str()) {
            let diagnostic = Diagnostic::error(Code::DataStatus, secret.span, format!("«{}» is geen soort geheim", secret.value));
            sink.push(diagnostic.help("Schrijf primair of secundair, of laat het veld leeg."));
        }
        marks.insert(Mark::Secret);
    }
    marks
}

/// The value with its bounds, checked against each other and against the marks.
fn value(row: &Row<'_>, decimals: u8, marks: &Marks, sink: &mut Sink) -> (Option<Value>, [Option<Decimal>; 2]) {
    let field = row.field("waarde");
    let number = fields::number(field, sink);
    let bounds = ["ondergrens", "bovengrens"].map(|name| fields::number(row.field(name), sink));
    fields::check_bounds(row, bounds[0], number, bounds[1], sink);
    let absent = marks.contains(&Mark::Missing) || marks.contains(&Mark::Secret);
    if field.is_empty() != absent {
        let message = if absent { "hier staat een waarde, hoewel ze ontbreekt of geheim is" } else { "de waarde ontbreekt" };
        sink.push(Diagnostic::error(Code::DataMissingValue, field.span, message));
    }
    (number.and_then(|number| counted(field, number, decimals, sink)), bounds)
}

/// A number as the indicator counts: whole, or with the decimals it says.
fn counted(field: &Spanned<String>, typed: Decimal, decimals: u8, sink: &mut Sink) -> Option<Value> {
    let number = if decimals == 0 { typed.without_zeros() } else { typed };
    if number.is_negative() {
        sink.push(Diagnostic::error(Code::DataNegative, field.span, format!("{} is negatief; een aantal is dat nooit", field.value)));
    }
    if number.decimals() > decimals {
        sink.push(too_fine(field, decimals));
        return None;
    }
    if decimals > 0 { Some(Value::Amount(number)) } else { number.whole().map(Value::Count) }
}

/// More decimals than the indicator has. Three of them after a point are more likely thousands.
fn too_fine(field: &Spanned<String>, decimals: u8) -> Diagnostic {
    let message = if decimals == 0 {
        format!("{} is geen geheel getal", field.value)
    } else {
        format!("{} heeft meer dan {decimals} decimalen", field.value)
    };
    let diagnostic = Diagnostic::error(Code::DataFraction, field.span, message);
    let thousands = field.split_once('.').is_some_and(|(_, behind)| behind.len() == 3);
    if thousands { diagnostic.help("Bedoelt u duizendtallen? Schrijf ze zonder punt, bijvoorbeeld 22000.") } else { diagnostic }
}

fn report_duplicates(rows: &[Observation], sink: &mut Sink) {
    let mut seen: BTreeMap<_, &Observation> = BTreeMap::new();
    for row in rows {
        let key = (&row.indicator, &row.measure, row.period, &row.breakdown);
        let Some(first) = seen.get(&key) else {
            seen.insert(key, row);
            continue;
        };
        let same = first.value == row.value;
        let (code, what) = if same { (Code::DataDuplicate, "dezelfde") } else { (Code::DataContradiction, "een andere") };
        let message = format!("deze rij geeft {what} waarde voor hetzelfde als regel {}", first.line);
        sink.push(Diagnostic::error(code, row.span, message));
    }
}

fn frame(rows: &[Observation]) -> PolarsResult<DataFrame> {
    let known: Vec<(usize, &Observation)> = rows.iter().enumerate().filter(|(_, row)| row.value.is_some()).collect();
    let column = |name: &str, of: &dyn Fn(&Observation) -> String| {
        Column::new(name.into(), known.iter().map(|(_, row)| of(row)).collect::<Vec<_>>())
    };
    let index: Vec<u64> = known.iter().map(|(index, _)| *index as u64).collect();
    DataFrame::new(
        known.len(),
        vec![
            column("indicator", &|row| row.indicator.clone()),
            column("maat", &|row| row.measure.clone()),
            column("periode", &|row| row.period.to_string()),
            column("net", &|row| row.breakdown.net.clone()),
            column("centrum", &|row| row.breakdown.centre.clone()),
            column("segment", &|row| row.breakdown.segment.clone()),
            column("type", &|row| row.breakdown.kind.clone()),
            column("categorie", &|row| row.breakdown.category.clone()),
            Column::new("rij".into(), index),
        ],
    )
}
