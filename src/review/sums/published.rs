//! Means and growth as published: against what they were computed from; and sources against each other.

use super::{Tables, count, of_whom, percent, printed, value_of};
use crate::data::{Breakdown, Mark, Observation, Published, PublishedMeasure, Use};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::review::interval::Interval;
use crate::units::{Period, Ratio};

pub(super) fn review(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    findings.extend(tables.published(PublishedMeasure::Mean).filter_map(|row| mean(tables, row)));
    for row in tables.published(PublishedMeasure::Growth) {
        findings.extend(growth(tables, row));
    }
    sources(tables, findings);
}

fn mean(tables: &Tables<'_>, row: &Published) -> Option<Finding> {
    let of = |measure: &str| tables.observation(&row.indicator, measure, row.period, &row.breakdown);
    let (interventions, pupils) = (of("interventies")?, of("leerlingen")?);
    let computed = Interval::of_observation(interventions)?.divided_by(Interval::of_observation(pupils)?)?;
    let said = Interval::of_published(row)?;
    if said.meets(computed) {
        return None;
    }
    let message =
        format!("het gemiddelde {} van {} in {} volgt niet uit de aantallen", printed(row), tables.title(&row.indicator), row.period);
    let words =
        format!("{} interventies bij {} leerlingen is gemiddeld {}", value_of(interventions), value_of(pupils), count(computed.low));
    Some(Finding::of_data(Code::SumMean, row.span, &[&row.indicator], Some(row.period), message, words))
}

fn growth(tables: &Tables<'_>, row: &Published) -> Option<Finding> {
    let base = row.base?;
    let from = tables.own(&row.indicator, base, &row.breakdown)?;
    let to = tables.own(&row.indicator, row.period, &row.breakdown)?;
    let is_from_it = |end: &Observation| end.marks.contains(&Mark::Derived) && end.source == row.source;
    if is_from_it(from) || is_from_it(to) {
        return (row.purpose == Use::Check).then(|| circle(tables, row, if is_from_it(from) { from } else { to }));
    }
    let quotient = Interval::of_observation(to)?.divided_by(Interval::of_observation(from)?)?;
    let computed = quotient.minus(Interval::exactly(Ratio::whole(1)))?;
    if Interval::of_published(row)?.meets(computed) {
        return None;
    }
    let title = tables.title(&row.indicator);
    let message = format!("«{}» volgt niet uit de aantallen: {title} van {base} tot {}", printed(row), row.period);
    let words = format!("van {} naar {} is {}", value_of(from), value_of(to), percent(computed));
    Some(Finding::of_data(Code::SumGrowth, row.span, &[&row.indicator], Some(row.period), message, words))
}

fn circle(tables: &Tables<'_>, row: &Published, derived: &Observation) -> Finding {
    let title = tables.title(&row.indicator);
    let message = format!("deze controle van {title} bewijst niets: de waarde van {} is zelf uit deze groei afgeleid", derived.period);
    let computed = format!("{} in {} komt uit «{}»", value_of(derived), derived.period, printed(row));
    Finding::of_data(Code::SumCircle, row.span, &[&row.indicator], Some(row.period), message, computed)
}

/// What several published values of one thing have in common.
type SameThing<'a> = (&'a str, PublishedMeasure, Period, Option<Period>, &'a Breakdown);

/// Two sources of one thing cannot both be right where no value fits both.
fn sources(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    let mut known: std::collections::BTreeMap<SameThing<'_>, Vec<(&Published, Interval)>> = Default::default();
    for row in &tables.data.published {
        let Some(range) = Interval::of_published(row) else { continue };
        let earlier = known.entry((row.indicator.as_str(), row.measure, row.period, row.base, &row.breakdown)).or_default();
        if let Some((other, _)) = earlier.iter().find(|(_, other)| !other.meets(range)) {
            findings.push(disagreement(tables, other, row));
        }
        earlier.push((row, range));
    }
}

fn disagreement(tables: &Tables<'_>, one: &Published, other: &Published) -> Finding {
    let title = tables.title(&other.indicator);
    let what = other.measure.name();
    let message = format!("twee bronnen spreken elkaar tegen over {title}: {what}, {}{}", other.period, of_whom(&other.breakdown));
    let computed = format!("{} volgens {}, {} volgens {}", printed(one), one.source, printed(other), other.source);
    Finding::of_data(Code::SumSources, other.span, &[&other.indicator], Some(other.period), message, computed)
}
