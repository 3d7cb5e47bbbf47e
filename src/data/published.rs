//! `gepubliceerd.csv`: derived values as somebody printed them.

use super::breakdown::Breakdown;
use super::fields::{self, Known};
use super::table::{self, Row};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::{Span, Spanned};
use crate::units::{Decimal, Period};

pub const COLUMNS: &[&str] = &[
    "indicator",
    "maat",
    "periode",
    "basisperiode",
    "net",
    "segment",
    "type",
    "categorie",
    "waarde",
    "ondergrens",
    "bovengrens",
    "gedrukt",
    "gebruik",
    "bron",
    "noot",
];

/// What somebody derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublishedMeasure {
    Share,
    Mean,
    Growth,
    Rank,
}

impl PublishedMeasure {
    const WORDS: [(&'static str, Self); 4] =
        [("aandeel", Self::Share), ("gemiddelde", Self::Mean), ("groei", Self::Growth), ("rang", Self::Rank)];

    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, measure)| *measure == self).map_or("", |(word, _)| word)
    }
}

/// What a published value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To print where nothing can be computed.
    Print,
    /// To doubt what was computed.
    Check,
}

/// A value as somebody printed it.
#[derive(Debug, Clone)]
pub struct Published {
    pub indicator: String,
    pub measure: PublishedMeasure,
    pub period: Period,
    /// The start of a growth.
    pub base: Option<Period>,
    pub breakdown: Breakdown,
    /// In percent for shares and growth; absent where only words were printed.
    pub value: Option<Decimal>,
    /// The least and the most it can be, where the words leave that open.
    pub bounds: [Option<Decimal>; 2],
    pub printed: String,
    pub purpose: Use,
    pub source: String,
    pub note: Option<String>,
    pub span: Span,
    pub line: usize,
}

pub(super) fn load(project: &Project, path: &str, known: &Known<'_>, sink: &mut Sink) -> Option<Vec<Published>> {
    let table = table::read(project, path, COLUMNS, sink)?;
    let rows: Vec<Published> = table.iter().filter_map(|row| published(row, known, sink)).collect();
    report_duplicates(&rows, sink);
    Some(rows)
}

fn published(row: &Row<'_>, known: &Known<'_>, sink: &mut Sink) -> Option<Published> {
    let indicator = fields::indicator(row, known, sink);
    let measure = word(row.field("maat"), &PublishedMeasure::WORDS, Code::DataMeasure, "maat", sink);
    let purpose = word(row.field("gebruik"), &[("afdrukken", Use::Print), ("controle", Use::Check)], Code::DataMeasure, "gebruik", sink);
    let period = fields::period(row.field("periode"), indicator, sink);
    let base = row.optional("basisperiode").and_then(|field| fields::period(field, indicator, sink));
    let breakdown = fields::breakdown(row, false, sink);
    let [value, lower, upper] = ["waarde", "ondergrens", "bovengrens"].map(|name| fields::number(row.field(name), sink));
    fields::check_bounds(row, lower, value, upper, sink);
    check_presence(row, measure, base, sink);
    check_rank(row, measure, value, sink);
    let source = fields::source(row, known, sink);
    Some(Published {
        indicator: indicator?.id.clone(),
        measure: measure?,
        period: period?,
        base,
        breakdown: breakdown?,
        value,
        bounds: [lower, upper],
        printed: row.field("gedrukt").value.clone(),
        purpose: purpose?,
        source,
        note: row.optional("noot").map(|note| note.value.clone()),
        span: row.span,
        line: row.line,
    })
}

/// A published value has a number or words, and a growth has a beginning.
fn check_presence(row: &Row<'_>, measure: Option<PublishedMeasure>, base: Option<Period>, sink: &mut Sink) {
    if row.optional("waarde").is_none() && row.optional("gedrukt").is_none() {
        let span = row.field("waarde").span;
        sink.push(Diagnostic::error(Code::DataMissingValue, span, "deze rij heeft geen waarde en geen gedrukte woorden"));
    }
    let field = row.field("basisperiode");
    if measure == Some(PublishedMeasure::Growth) && field.is_empty() {
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, "een groei heeft een basisperiode nodig"));
    } else if measure.is_some_and(|measure| measure != PublishedMeasure::Growth) && base.is_some() {
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, "alleen een groei heeft een basisperiode"));
    }
}

/// A place in an order is a whole number from 1 on; words alone would have no place.
fn check_rank(row: &Row<'_>, measure: Option<PublishedMeasure>, value: Option<Decimal>, sink: &mut Sink) {
    if measure == Some(PublishedMeasure::Rank) && value.and_then(Decimal::whole).is_none_or(|rank| rank < 1) {
        let diagnostic = Diagnostic::error(Code::DataNumber, row.field("waarde").span, "een rang is een geheel getal vanaf 1");
        sink.push(diagnostic.help("Schrijf de plaats als getal: 1 voor de eerste."));
    }
}

fn word<T: Copy>(field: &Spanned<String>, words: &[(&str, T)], code: Code, what: &str, sink: &mut Sink) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == field.value).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let diagnostic = Diagnostic::error(code, field.span, format!("«{}» is geen {what}", field.value));
        sink.push(diagnostic.help(format!("Kies uit: {}.", known.join(", "))).suggest(field, known.iter().copied()));
    }
    found
}

/// Several values for one key may stand there, from several sources; the same source says a thing once, and one is printed.
fn report_duplicates(rows: &[Published], sink: &mut Sink) {
    for (index, row) in rows.iter().enumerate() {
        let same_key = |other: &&Published| {
            (&other.indicator, other.measure, other.period, other.base, &other.breakdown)
                == (&row.indicator, row.measure, row.period, row.base, &row.breakdown)
        };
        for first in rows[..index].iter().filter(same_key) {
            let both_printed = first.purpose == Use::Print && row.purpose == Use::Print;
            if both_printed || first.source == row.source {
                let same = first.value == row.value && first.printed == row.printed;
                let code = if same { Code::DataDuplicate } else { Code::DataContradiction };
                let message = format!("deze rij spreekt over hetzelfde als regel {}", first.line);
                sink.push(Diagnostic::error(code, row.span, message));
            }
        }
    }
}
