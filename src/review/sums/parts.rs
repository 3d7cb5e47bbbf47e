//! Parts and their total: counts that may be added up, and unique pupils, who may not.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tables, of_whom, percent, printed, range, value_of};
use crate::data::{Breakdown, Indicator, Observation, PublishedMeasure, functions_of};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::review::interval::Interval;
use crate::units::{Period, Ratio, Value};

/// Levels of school that are divided into others: the whole, and its parts. A pupil is at one of them on the day of counting.
const LEVELS: [(&str, &[&str]); 5] = [
    ("alle", &["kleuter", "lager", "secundair"]),
    ("kleuter", &["gewoon-kleuter", "buitengewoon-kleuter"]),
    ("lager", &["gewoon-lager", "buitengewoon-lager"]),
    ("secundair", &["voltijds-secundair", "buitengewoon-secundair", "dbso"]),
    ("alle", &["basis", "secundair"]),
];
/// What may stand beside the levels of a whole.
const BESIDE: [&str; 2] = ["niet-ingeschreven", "onbekend"];
const NETS: [&str; 4] = ["go", "vrij", "ovsg", "pov"];

/// A whole with the parts of it that are known.
struct Division<'a> {
    whole: &'a Observation,
    parts: Vec<&'a Observation>,
    /// Whether the parts are all that there are.
    complete: bool,
}

pub(super) fn review(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    for division in divisions(tables) {
        let heads = division.whole.measure == "leerlingen" && !tables.is_population(&division.whole.indicator);
        findings.extend(if heads { of_pupils(tables, &division) } else { of_counts(tables, &division) });
    }
    for division in by_topic(tables) {
        findings.extend(of_pupils(tables, &division));
    }
    unplaced(tables, findings);
}

/// By level, net, type and category.
fn divisions<'a>(tables: &Tables<'a>) -> Vec<Division<'a>> {
    let mut all = Vec::new();
    for whole in tables.observed.values() {
        for (level, parts) in LEVELS.iter().filter(|(level, _)| *level == whole.breakdown.segment) {
            let beside: &[&str] = if *level == "alle" { &BESIDE } else { &[] };
            let of = |part: &str| sibling(tables, whole, Breakdown { segment: part.to_owned(), ..whole.breakdown.clone() });
            all.extend(division(whole, parts, beside, of));
        }
        if whole.breakdown.net == "alle" {
            let of = |part: &str| sibling(tables, whole, Breakdown { net: part.to_owned(), ..whole.breakdown.clone() });
            all.extend(division(whole, &NETS, &[], of));
        }
    }
    all.extend(by_name(tables));
    all
}

fn sibling<'a>(tables: &Tables<'a>, whole: &Observation, breakdown: Breakdown) -> Option<&'a Observation> {
    tables.observation(&whole.indicator, &whole.measure, whole.period, &breakdown)
}

fn division<'a>(
    whole: &'a Observation,
    names: &[&str],
    beside: &[&str],
    of: impl Fn(&str) -> Option<&'a Observation>,
) -> Option<Division<'a>> {
    let named: Vec<Option<&Observation>> = names.iter().map(|name| of(name)).collect();
    let complete = named.iter().all(Option::is_some);
    let mut parts: Vec<&Observation> = named.into_iter().flatten().collect();
    (!parts.is_empty()).then_some(())?;
    parts.extend(beside.iter().filter_map(|name| of(name)));
    Some(Division { whole, parts, complete })
}

/// By type and by category, whose names are those of the data; nobody says whether they are all.
fn by_name<'a>(tables: &Tables<'a>) -> Vec<Division<'a>> {
    let mut all: BTreeMap<(&str, &str, Period, Breakdown), Vec<&Observation>> = BTreeMap::new();
    for row in tables.observed.values() {
        let breakdown = &row.breakdown;
        if breakdown.kind != "alle" {
            let whole = Breakdown { kind: "alle".to_owned(), ..breakdown.clone() };
            all.entry((&row.indicator, &row.measure, row.period, whole)).or_default().push(row);
        } else if breakdown.category != "alle" {
            let whole = Breakdown { category: "alle".to_owned(), ..breakdown.clone() };
            all.entry((&row.indicator, &row.measure, row.period, whole)).or_default().push(row);
        }
    }
    let division = |((indicator, measure, period, breakdown), parts): ((&str, &str, Period, Breakdown), Vec<&'a Observation>)| {
        let whole = tables.observation(indicator, measure, period, &breakdown)?;
        Some(Division { whole, parts, complete: false })
    };
    all.into_iter().filter_map(division).collect()
}

fn sum(parts: &[&Observation]) -> Option<Interval> {
    let ranges: Option<Vec<Interval>> = parts.iter().map(|part| Interval::of_observation(part)).collect();
    ranges?.into_iter().try_fold(Interval::exactly(Ratio::whole(0)), Interval::plus)
}

/// `2.608 + 7.094 + 1.886 = 11.588 van 11.899`
fn addition(division: &Division<'_>, sum: Interval) -> String {
    let parts: Vec<String> = division.parts.iter().map(|part| value_of(part)).collect();
    format!("{} is {}; het geheel is {}", parts.join(" + "), range(sum), value_of(division.whole))
}

/// Counts: the parts are the whole, where they are all.
fn of_counts(tables: &Tables<'_>, division: &Division<'_>) -> Option<Finding> {
    let Division { whole, parts, complete } = division;
    let measured = matches!(whole.value, Some(Value::Count(_)));
    let (total, sum) = (Interval::of_observation(whole).filter(|_| measured)?, sum(parts)?);
    let title = tables.title(&whole.indicator);
    let place = format!("{title}, {}{}", whole.period, of_whom(&whole.breakdown));
    let (code, message) = if sum.low > total.high {
        (Code::SumParts, format!("de delen van {place} zijn samen meer dan het geheel"))
    } else if *complete && sum.high < total.low {
        (Code::SumRest, format!("de delen van {place} laten {} over", rest_in_words(total, sum)))
    } else {
        return None;
    };
    let words = addition(division, sum);
    Some(Finding::of_data(code, whole.span, &[&whole.indicator], Some(whole.period), message, words))
}

/// `311 (2,61%)`
fn rest_in_words(total: Interval, sum: Interval) -> String {
    let Some(rest) = total.minus(sum) else { return String::new() };
    let share = rest.divided_by(total).map(|share| format!(" ({})", percent(share))).unwrap_or_default();
    format!("{}{share}", range(rest))
}

/// Unique pupils: no part is more than the whole, and the whole not more than all parts together.
fn of_pupils(tables: &Tables<'_>, division: &Division<'_>) -> Option<Finding> {
    let Division { whole, parts, complete } = division;
    let total = Interval::of_observation(whole)?;
    let place = format!("{}, {}{}", tables.title(&whole.indicator), whole.period, of_whom(&whole.breakdown));
    let larger = parts.iter().find(|part| Interval::of_observation(part).is_some_and(|part| part.low > total.high));
    let ids: Vec<&str> = std::iter::once(*whole).chain(parts.iter().copied()).map(|row| row.indicator.as_str()).collect();
    if let Some(part) = larger {
        let named =
            if part.indicator == whole.indicator { of_whom(&part.breakdown) } else { format!(" {}", tables.title(&part.indicator)) };
        let message = format!("een deel is meer dan het geheel: {place} en{named}");
        let words = format!("{} van {}", value_of(part), value_of(whole));
        return Some(Finding::of_data(Code::SumUnique, part.span, &ids, Some(whole.period), message, words));
    }
    let sum = sum(parts).filter(|sum| *complete && total.low > sum.high)?;
    let message = format!("{place}: het geheel is meer dan alle delen samen");
    Some(Finding::of_data(Code::SumUnique, whole.span, &ids, Some(whole.period), message, addition(division, sum)))
}

/// Indicators that count a part of the topics of another, over the same functions.
fn by_topic<'a>(tables: &Tables<'a>) -> Vec<Division<'a>> {
    let Some(nomenclature) = &tables.data.nomenclature else { return Vec::new() };
    let topics: BTreeMap<&str, (BTreeSet<usize>, BTreeSet<String>)> = tables
        .data
        .indicators
        .iter()
        .filter(|indicator| !indicator.topics.is_empty())
        .map(|indicator| (indicator.id.as_str(), (nomenclature.topics_of(indicator).into_iter().collect(), functions(indicator))))
        .collect();
    let mut rows: BTreeMap<(&str, Period, &Breakdown), Vec<&Observation>> = BTreeMap::new();
    for row in tables.observed.values().filter(|row| topics.contains_key(row.indicator.as_str())) {
        rows.entry((&row.measure, row.period, &row.breakdown)).or_default().push(row);
    }
    let mut all = Vec::new();
    for beside in rows.values().filter(|rows| rows.len() > 1) {
        for whole in beside {
            let (of_whole, by_whole) = &topics[whole.indicator.as_str()];
            let is_part = |row: &&&Observation| {
                let (of_part, by_part) = &topics[row.indicator.as_str()];
                of_part.len() < of_whole.len() && of_part.is_subset(of_whole) && by_part.is_subset(by_whole)
            };
            let parts: Vec<&Observation> = beside.iter().filter(is_part).copied().collect();
            let covered: BTreeSet<usize> = parts
                .iter()
                .filter(|row| topics[row.indicator.as_str()].1 == *by_whole)
                .flat_map(|row| topics[row.indicator.as_str()].0.iter().copied())
                .collect();
            if !parts.is_empty() {
                all.push(Division { whole, complete: covered == *of_whole, parts });
            }
        }
    }
    all
}

fn functions(indicator: &Indicator) -> BTreeSet<String> {
    functions_of(indicator).into_iter().map(|function| function.to_string()).collect()
}

/// What a source says that is nowhere, against what the parts leave of the whole.
fn unplaced(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    for row in tables.published(PublishedMeasure::Share).filter(|row| BESIDE.contains(&row.breakdown.segment.as_str())) {
        let whole_of = Breakdown { segment: "alle".to_owned(), ..row.breakdown.clone() };
        let Some(whole) = tables.own(&row.indicator, row.period, &whole_of) else { continue };
        let (Some(total), Some(said)) = (Interval::of_observation(whole), Interval::of_published(row)) else { continue };
        let Some((rest, words)) = rest_of(tables, whole).or_else(|| rest_of_addends(tables, whole)) else { continue };
        let Some(share) = rest.divided_by(total).filter(|share| !share.meets(said)) else { continue };
        let title = tables.title(&row.indicator);
        let message = format!("«{}» van {title} in {} is niet wat de delen overlaten: {}", printed(row), row.period, percent(share));
        let computed = format!("{words}: {} van {} is {}", range(rest), value_of(whole), percent(share));
        findings.push(Finding::of_data(Code::SumRest, row.span, &[&row.indicator], Some(row.period), message, computed));
    }
}

/// What the levels of a total leave over.
fn rest_of(tables: &Tables<'_>, whole: &Observation) -> Option<(Interval, String)> {
    let level = |parts: &[&str]| -> Option<Vec<&Observation>> {
        parts.iter().map(|part| sibling(tables, whole, Breakdown { segment: (*part).to_owned(), ..whole.breakdown.clone() })).collect()
    };
    let parts = LEVELS.iter().filter(|(of, _)| *of == "alle").find_map(|(_, parts)| level(parts))?;
    let rest = Interval::of_observation(whole)?.minus(sum(&parts)?)?;
    let listed: Vec<String> = parts.iter().map(|part| value_of(part)).collect();
    Some((rest, format!("{} min {}", value_of(whole), listed.join(", "))))
}

/// The same of a total that is the sum of two others: what both leave over.
fn rest_of_addends(tables: &Tables<'_>, whole: &Observation) -> Option<(Interval, String)> {
    let beside: Vec<&Observation> = tables
        .observed
        .values()
        .copied()
        .filter(|row| {
            row.period == whole.period
                && row.measure == whole.measure
                && row.breakdown == whole.breakdown
                && row.indicator != whole.indicator
        })
        .collect();
    let total = Interval::of_observation(whole)?;
    for (at, one) in beside.iter().enumerate() {
        for other in &beside[at + 1..] {
            if sum(&[one, other]) == Some(total) {
                let ((first, words), (second, others)) = (rest_of(tables, one)?, rest_of(tables, other)?);
                return Some((first.plus(second)?, format!("{words}, en {others}")));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_is_named_with_its_share() {
        let of = |number: i64| Interval::exactly(Ratio::whole(number));
        assert_eq!(rest_in_words(of(11_899), of(11_588)), "311 (2,61%)");
    }
}
