//! Means and growth as they were published, against what they come from; and sources against each other.

use std::collections::BTreeMap;

use super::ground::{Cell, Ground, INTERVENTIONS, Key, PUPILS, key_of};
use super::wording::{means, observed, of_whom, percents, printed};
use crate::data::{Mark, Published, PublishedMeasure, Use};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::units::Interval;
use crate::units::{Period, Ratio};

pub(super) fn review(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    findings.extend(ground.published(PublishedMeasure::Mean).filter_map(|row| mean(ground, row)));
    findings.extend(ground.published(PublishedMeasure::Growth).filter_map(|row| growth(ground, row)));
    sources(ground, findings);
}

fn mean<'a>(ground: &Ground<'a>, row: &'a Published) -> Option<Finding> {
    let of = |measure: &'a str| ground.cell(&row.indicator, measure, row.period, key_of(&row.breakdown));
    let (interventions, pupils) = (of(INTERVENTIONS)?, of(PUPILS)?);
    let computed = interventions.range.divided_by(pupils.range)?;
    if Interval::of_published(row)?.meets(computed) {
        return None;
    }
    let message = format!("het gemiddelde {} van {} volgt niet uit de aantallen", printed(row), place(ground, row));
    let words = format!(
        "{} interventies bij {} leerlingen zijn er gemiddeld {}",
        observed(interventions.row),
        observed(pupils.row),
        means(computed)
    );
    Some(Finding::of_data(Code::SumMean, row.span, &[&row.indicator], Some(row.period), message, words))
}

/// Against its two ends. An end that was derived from this very growth proves nothing, and must still follow from it.
fn growth<'a>(ground: &Ground<'a>, row: &'a Published) -> Option<Finding> {
    let end = |period: Period| ground.own(&row.indicator, period, key_of(&row.breakdown));
    let base = row.base?;
    let ends = [end(base), end(row.period)];
    let from_it = ends.into_iter().flatten().find(|cell| cell.has(Mark::Derived) && cell.row.source == row.source);
    match (from_it, ends) {
        (Some(cell), _) if row.purpose == Use::Check => Some(circle(ground, row, cell)),
        (_, [Some(from), Some(to)]) => against_ends(ground, row, from, to),
        _ => None,
    }
}

fn circle(ground: &Ground<'_>, row: &Published, end: Cell<'_>) -> Finding {
    let period = end.row.period;
    let message = format!("{} ({period}) is afgeleid uit de groei die het moet controleren", ground.named(&row.indicator));
    let computed =
        format!("{} ({period}) is afgeleid uit «{}», en {} komt uit dezelfde bron", observed(end.row), end.row.source, printed(row));
    Finding::of_data(Code::SumCircle, row.span, &[&row.indicator], Some(row.period), message, computed)
}

fn against_ends(ground: &Ground<'_>, row: &Published, from: Cell<'_>, to: Cell<'_>) -> Option<Finding> {
    let said = Interval::of_published(row)?;
    // (b − a) / a is b / a − 1, in which every range stands once.
    let computed = to.range.divided_by(from.range)?.minus(Interval::exactly(Ratio::whole(1)))?;
    if said.meets(computed) {
        return None;
    }
    let message = format!("de groei {} van {} volgt niet uit het begin en het einde", printed(row), place(ground, row));
    let words = format!(
        "van {} ({}) naar {} ({}) is {}; {} kan alleen {} zijn",
        observed(from.row),
        from.row.period,
        observed(to.row),
        to.row.period,
        percents(computed),
        printed(row),
        percents(said)
    );
    Some(Finding::of_data(Code::SumGrowth, row.span, &[&row.indicator], Some(row.period), message, words))
}

fn place(ground: &Ground<'_>, row: &Published) -> String {
    format!("{} ({}{})", ground.named(&row.indicator), row.period, of_whom(&row.breakdown))
}

/// What several published values of one thing have in common.
type SameThing<'a> = (&'a str, PublishedMeasure, Period, Option<Period>, Key<'a>);

/// Two sources of one thing cannot both be right where no value is in both ranges.
fn sources(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<SameThing<'_>, Vec<(&Published, Interval)>> = BTreeMap::new();
    for row in &ground.data.published {
        let Some(range) = range_of(row) else { continue };
        let earlier = known.entry((&row.indicator, row.measure, row.period, row.base, key_of(&row.breakdown))).or_default();
        let other = earlier.iter().find(|(_, other)| !other.meets(range)).map(|(other, _)| *other);
        findings.extend(other.map(|other| disagreement(ground, other, row)));
        earlier.push((row, range));
    }
}

/// A place in an order is that place, and no number that was rounded to it.
fn range_of(row: &Published) -> Option<Interval> {
    match row.measure {
        PublishedMeasure::Rank => Some(Interval::exactly(row.value?.ratio())),
        _ => Interval::of_published(row),
    }
}

fn disagreement(ground: &Ground<'_>, one: &Published, other: &Published) -> Finding {
    let what = match other.measure {
        PublishedMeasure::Share => "een ander aandeel",
        PublishedMeasure::Mean => "een ander gemiddelde",
        PublishedMeasure::Growth => "een andere groei",
        PublishedMeasure::Rank => "een andere plaats",
    };
    let message = format!("twee bronnen geven {what} van {}: {} en {}", place(ground, other), printed(one), printed(other));
    let computed = format!("{} volgens «{}», {} volgens «{}»", printed(one), one.source, printed(other), other.source);
    Finding::of_data(Code::SumSources, other.span, &[&other.indicator], Some(other.period), message, computed)
}
