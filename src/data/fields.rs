//! The fields that both tables have: each read, checked against what it may be, and reported at its place.

use super::breakdown::Breakdown;
use super::indicators::Indicator;
use super::sources::Source;
use super::table::Row;
use super::terms::{NETS, SEGMENTS};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Spanned;
use crate::units::{Decimal, Period, PeriodKind};

/// What the tables may refer to; `None` where that could not be read, which has been reported already.
pub(super) struct Known<'a> {
    pub indicators: Option<&'a [Indicator]>,
    pub sources: Option<&'a [Source]>,
    /// Whether the edition may hold fictitious values.
    pub fictitious: bool,
}

/// The indicator a row is about.
pub(super) fn indicator<'a>(row: &Row<'_>, known: &Known<'a>, sink: &mut Sink) -> Option<&'a Indicator> {
    let name = row.field("indicator");
    let indicators = known.indicators?;
    let found = indicators.iter().find(|indicator| indicator.id == name.value);
    if found.is_none() {
        let names = indicators.iter().map(|indicator| indicator.id.as_str());
        let message = format!("de indicator «{}» staat niet in indicatoren.yaml", name.value);
        sink.push(Diagnostic::error(Code::DataIndicator, name.span, message).suggest(name, names));
    }
    found
}

/// The period of a row, of the kind the indicator is counted by.
pub(super) fn period(field: &Spanned<String>, indicator: Option<&Indicator>, sink: &mut Sink) -> Option<Period> {
    let Some(period) = Period::parse(field) else {
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, format!("«{}» is geen periode", field.value)));
        return None;
    };
    let expected = indicator.map(|indicator| indicator.period_kind);
    let fits = expected.is_none_or(|kind| kind == period.kind() || period.kind() == PeriodKind::Months);
    if !fits {
        let kind = if expected == Some(PeriodKind::Year) { "kalenderjaar" } else { "schooljaar" };
        let message = format!("deze indicator wordt per {kind} geteld, maar hier staat {period}");
        let help =
            if expected == Some(PeriodKind::Year) { "Schrijf een jaar, zoals 2024." } else { "Schrijf een schooljaar, zoals 2024-2025." };
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, message).help(help));
    }
    if let Some(indicator) = indicator.filter(|indicator| !indicator.validity.holds(period)) {
        let message = format!("{} {}, maar hier staat {period}", indicator.id, indicator.validity.in_words(period));
        sink.push(Diagnostic::error(Code::DataPeriod, field.span, message).help("Kijk «van» en «tot» na in indicatoren.yaml."));
    }
    fits.then_some(period)
}

/// The breakdown of a row. `centre` is a column of the observations alone.
pub(super) fn breakdown(row: &Row<'_>, has_centre: bool, sink: &mut Sink) -> Option<Breakdown> {
    let names = ["net", "segment", "type", "categorie"].into_iter().chain(has_centre.then_some("centrum"));
    let mut good = true;
    for name in names {
        let field = row.field(name);
        if field.is_empty() {
            sink.push(Diagnostic::error(Code::DataEmptyDimension, field.span, format!("de dimensie «{name}» is leeg")));
            good = false;
        }
    }
    for (name, known) in [("net", NETS), ("segment", SEGMENTS)] {
        let field = row.field(name);
        if !field.is_empty() && !known.contains(&field.value.as_str()) {
            let diagnostic = Diagnostic::error(Code::DataSegment, field.span, format!("«{}» is geen {name}", field.value));
            sink.push(diagnostic.help(format!("Kies uit: {}.", known.join(", "))).suggest(field, known.iter().copied()));
            good = false;
        }
    }
    let text = |name: &str| row.field(name).value.clone();
    good.then(|| Breakdown {
        net: text("net"),
        centre: if has_centre { text("centrum") } else { "alle".to_owned() },
        segment: text("segment"),
        kind: text("type"),
        category: text("categorie"),
    })
}

/// A number, or nothing where the field is empty. What Excel writes in Dutch is recognised.
pub(super) fn number(field: &Spanned<String>, sink: &mut Sink) -> Option<Decimal> {
    if field.is_empty() {
        return None;
    }
    let number = Decimal::parse(field);
    if number.is_none() {
        sink.push(no_number(field));
    }
    number
}

fn no_number(field: &Spanned<String>) -> Diagnostic {
    let digits_and = |sign: char| field.contains(sign) && field.chars().all(|c| c.is_ascii_digit() || ".,-".contains(c));
    if digits_and(',') {
        let message = format!("«{}» heeft een decimale komma", field.value);
        return Diagnostic::error(Code::DataExcel, field.span, message)
            .help("Schrijf een punt als decimaalteken en geen teken tussen duizendtallen.");
    }
    Diagnostic::error(Code::DataNumber, field.span, format!("«{}» is geen getal", field.value))
}

/// The key of the source of a row.
pub(super) fn source(row: &Row<'_>, known: &Known<'_>, sink: &mut Sink) -> String {
    let field = row.field("bron");
    if field.is_empty() {
        sink.push(Diagnostic::error(Code::DataSource, field.span, "deze waarde heeft geen bron"));
    } else if let Some(sources) = known.sources
        && !sources.iter().any(|source| source.key == field.value)
    {
        let keys = sources.iter().map(|source| source.key.as_str());
        let message = format!("de bron «{}» staat niet in bronnen.yaml", field.value);
        sink.push(Diagnostic::error(Code::DataSource, field.span, message).suggest(field, keys));
    }
    field.value.clone()
}

/// Bounds must hold the value between them.
pub(super) fn check_bounds(row: &Row<'_>, lower: Option<Decimal>, value: Option<Decimal>, upper: Option<Decimal>, sink: &mut Sink) {
    let numbers = [lower, value, upper].into_iter().flatten().map(Decimal::ratio);
    if !numbers.is_sorted() {
        let span = row.optional("ondergrens").or(row.optional("bovengrens")).map_or(row.span, |field| field.span);
        sink.push(Diagnostic::error(Code::DataBounds, span, "de grenzen passen niet bij de waarde"));
    }
}
