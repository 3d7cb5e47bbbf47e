//! Series against their own history and against each other: the same number twice, a jump, years of two kinds.

use std::collections::{BTreeMap, BTreeSet};

use super::{Tables, is_fictitious, of_whom, value_of};
use crate::data::{Breakdown, Indicator, Mark, Observation};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::units::{Period, PeriodKind};

/// Smaller numbers are equal by chance.
const LEAST_EQUAL: i128 = 1000;
/// A change of this factor a year asks for a look, where the series did not change so before.
const JUMP: f64 = 1.5;
/// The same for a series of which little is known.
const JUMP_OF_FEW: f64 = 2.0;

pub(super) fn review(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    equal(tables, findings);
    for points in series(tables).values() {
        repeated(tables, points, findings);
        findings.extend(jump(tables, points));
    }
    periods(tables, findings);
}

/// The values of one measure of one indicator and breakdown, the earliest first.
fn series<'a>(tables: &Tables<'a>) -> BTreeMap<(&'a str, &'a str, &'a Breakdown), Vec<&'a Observation>> {
    let mut all: BTreeMap<(&str, &str, &Breakdown), Vec<&Observation>> = BTreeMap::new();
    let rows = tables.observed.values().filter(|row| row.period.kind() != PeriodKind::Months && !is_fictitious(row));
    for row in rows {
        all.entry((&row.indicator, &row.measure, &row.breakdown)).or_default().push(row);
    }
    all.values_mut().for_each(|points| points.sort_by_key(|row| row.period));
    all
}

/// Whether a value is exact enough to be recognised.
fn is_telling(row: &Observation) -> bool {
    let number = row.value.map_or(0, |value| value.ratio().rounded(0));
    let exact = !row.marks.contains(&Mark::Rounded) && !row.marks.contains(&Mark::Derived) && !is_fictitious(row);
    exact && number >= LEAST_EQUAL && number % 1000 != 0
}

/// The same number under two labels.
fn equal(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(Period, &Breakdown, i128), &Observation> = BTreeMap::new();
    for row in tables.data.observations.rows.iter().filter(|row| row.value.is_some() && is_telling(row)) {
        let number = row.value.map_or(0, |value| value.ratio().rounded(0));
        let Some(first) = seen.insert((row.period, &row.breakdown, number), row) else { continue };
        if first.indicator == row.indicator || is_related(tables, &first.indicator, &row.indicator) {
            continue;
        }
        let (one, other) = (tables.title(&first.indicator), tables.title(&row.indicator));
        let message = format!("{} staat in {} zowel bij {one} als bij {other}", value_of(row), row.period);
        let computed = format!("regel {} en regel {}{}", first.line, row.line, of_whom(&row.breakdown));
        findings.push(Finding::of_data(Code::SumEqual, row.span, &[&first.indicator, &row.indicator], Some(row.period), message, computed));
    }
}

/// Whether one of two indicators counts what the other does, or a part of it.
fn is_related(tables: &Tables<'_>, one: &str, other: &str) -> bool {
    let topics = |id: &str| -> BTreeSet<usize> {
        let of = |indicator: &Indicator| tables.data.nomenclature.as_ref().map(|all| all.topics_of(indicator)).unwrap_or_default();
        tables.indicator(id).map(of).unwrap_or_default().into_iter().collect()
    };
    let (one, other) = (topics(one), topics(other));
    !one.is_empty() && !other.is_empty() && (one.is_subset(&other) || other.is_subset(&one))
}

/// The same number in two years that follow each other.
fn repeated(tables: &Tables<'_>, points: &[&Observation], findings: &mut Vec<Finding>) {
    for pair in points.windows(2).filter(|pair| pair[0].value == pair[1].value && is_telling(pair[0]) && is_telling(pair[1])) {
        let title = tables.title(&pair[1].indicator);
        let message = format!("{title} heeft in {} precies dezelfde waarde als in {}", pair[1].period, pair[0].period);
        let computed = format!("{}: regel {} en regel {}", value_of(pair[1]), pair[0].line, pair[1].line);
        let period = Some(pair[1].period);
        findings.push(Finding::of_data(Code::SumEqual, pair[1].span, &[&pair[1].indicator], period, message, computed));
    }
}

/// The year that is out of line with the others, if one is.
fn jump(tables: &Tables<'_>, points: &[&Observation]) -> Option<Finding> {
    if points.len() < 3 {
        return None;
    }
    let changes: Vec<(usize, f64)> = (1..points.len()).filter_map(|at| Some((at, yearly_change(points[at - 1], points[at])?))).collect();
    let (at, largest) = changes.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let mut others: Vec<f64> = changes.iter().filter(|(other, _)| *other != at).map(|(_, change)| *change).collect();
    others.sort_by(f64::total_cmp);
    let usual = others.get(others.len() / 2).copied().unwrap_or_default();
    let least = if points.len() == 3 { JUMP_OF_FEW } else { JUMP };
    let (before, row) = (points[at - 1], points[at]);
    let broken = tables.indicator(&row.indicator)?.breaks.iter().any(|one| before.period < one.from && one.from <= row.period);
    if broken || largest <= least.ln() || largest <= 3.0 * usual {
        return None;
    }
    let title = tables.title(&row.indicator);
    let message = format!("{title} springt in {} uit de reeks{}", row.period, of_whom(&row.breakdown));
    let listed: Vec<String> = points.iter().map(|row| format!("{}: {}", row.period, value_of(row))).collect();
    Some(Finding::of_data(Code::SumJump, row.span, &[&row.indicator], Some(row.period), message, listed.join("; ")))
}

/// How much a value changed a year, as the absolute logarithm of its factor.
fn yearly_change(before: &Observation, row: &Observation) -> Option<f64> {
    let year = |period: Period| match period {
        Period::SchoolYear(year) => Some(i32::from(year.first_year())),
        Period::Year(year) => Some(i32::from(year)),
        Period::Months(..) => None,
    };
    let apart = f64::from(year(row.period)? - year(before.period)?);
    let (a, b) = (before.value?.as_f64(), row.value?.as_f64());
    (a > 0.0 && b > 0.0 && apart > 0.0).then(|| (b / a).ln().abs() / apart)
}

/// School years and calendar years of one indicator, and a share whose count and whole are of two kinds.
fn periods(tables: &Tables<'_>, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, Period> = BTreeMap::new();
    for row in tables.observed.values() {
        let earlier = *first.entry(&row.indicator).or_insert(row.period);
        let kinds = [earlier.kind(), row.period.kind()];
        if kinds[0] != kinds[1] && !kinds.contains(&PeriodKind::Months) {
            let title = tables.title(&row.indicator);
            let message = format!("{title} staat er per schooljaar en per kalenderjaar");
            let computed = format!("{earlier} en {}", row.period);
            findings.push(Finding::of_data(Code::SumPeriods, row.span, &[&row.indicator], Some(row.period), message, computed));
        }
    }
    for indicator in &tables.data.indicators {
        let whole = indicator.denominator.as_deref().and_then(|id| tables.indicator(id));
        if let Some(whole) = whole.filter(|whole| whole.period_kind != indicator.period_kind) {
            let message = format!("«{}» en haar noemer «{}» zijn niet van dezelfde soort jaren", indicator.title, whole.title);
            findings.push(Finding::of_data(Code::SumPeriods, indicator.span, &[&indicator.id], None, message, ""));
        }
    }
}
