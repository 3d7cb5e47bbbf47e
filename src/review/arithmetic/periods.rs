//! Calendar years and school years, which are never of the same pupils.

use std::collections::BTreeMap;

use super::ground::Ground;
use crate::data::{Indicator, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::source::Span;
use crate::units::{Period, PeriodKind};

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let places = places(ground);
    for indicator in &ground.data.indicators {
        findings.extend(mixed(indicator, &places));
        findings.extend(of_two_kinds(ground, indicator));
    }
}

/// Where an indicator first has a value of a kind of year.
type Places<'a> = BTreeMap<(&'a str, PeriodKind), (Span, Period)>;

fn places<'a>(ground: &Ground<'a>) -> Places<'a> {
    let observed = ground.slices.values().filter_map(|slice| slice.values().next());
    let observed = observed.map(|cell| (cell.row.indicator.as_str(), cell.row.period, cell.row.span));
    let published = ground.data.published.iter().map(|row| (row.indicator.as_str(), row.period, row.span));
    let mut places = Places::new();
    for (id, period, span) in observed.chain(published) {
        places.entry((id, period.kind())).or_insert((span, period));
    }
    places
}

fn mixed(indicator: &Indicator, places: &Places<'_>) -> Option<Finding> {
    let place = |kind: PeriodKind| places.get(&(indicator.id.as_str(), kind)).copied();
    let (school_year, year) = (place(PeriodKind::SchoolYear)?, place(PeriodKind::Year)?);
    let (span, period) = if indicator.period_kind == PeriodKind::SchoolYear { year } else { school_year };
    let message = format!("«{}» staat er zowel per schooljaar als per kalenderjaar", indicator.title);
    let computed = format!("{} is een schooljaar, {} een kalenderjaar", school_year.1, year.1);
    Some(Finding::of_data(Code::SumPeriods, span, &[&indicator.id], Some(period), message, computed))
}

/// A share of which the count and the whole are of different years.
fn of_two_kinds(ground: &Ground<'_>, indicator: &Indicator) -> Option<Finding> {
    let whole = ground.indicator(indicator.denominator.as_deref()?).filter(|whole| whole.period_kind != indicator.period_kind)?;
    let share = ground.published(PublishedMeasure::Share).find(|row| row.indicator == indicator.id);
    let message = format!("«{}» en zijn noemer «{}» tellen een andere soort jaar", indicator.title, whole.title);
    let computed = format!("{} per {}, de noemer per {}", indicator.title, year_word(indicator), year_word(whole));
    let span = share.map_or(indicator.span, |row| row.span);
    Some(Finding::of_data(Code::SumPeriods, span, &[&indicator.id, &whole.id], None, message, computed))
}

fn year_word(indicator: &Indicator) -> &'static str {
    if indicator.period_kind == PeriodKind::Year { "kalenderjaar" } else { "schooljaar" }
}
