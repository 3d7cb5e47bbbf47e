//! Values against what stands beside them and what came before: the same number twice, and a jump out of the series.

use std::collections::BTreeMap;

use super::ground::{Cell, Ground, Key, key_of};
use super::parts::place;
use super::scope::Scopes;
use super::wording::{observed, of_whom, percent, printed};
use crate::data::{Mark, Observation, Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::source::Span;
use crate::units::Interval;
use crate::units::{Period, PeriodKind, Ratio, Value};

/// Smaller numbers are equal by chance.
const LEAST_EQUAL: i64 = 1000;
/// By this factor a year no series changes that did not change so before.
const JUMP: f64 = 1.5;
/// The same for a series of which little is known.
const JUMP_OF_FEW: f64 = 2.0;
/// So many times the usual change is out of line with it.
const TIMES_USUAL: f64 = 3.0;

pub(super) fn review(ground: &Ground<'_>, scopes: &Scopes<'_>, findings: &mut Vec<Finding>) {
    twice(ground, scopes, findings);
    for cells in series(ground).values() {
        findings.extend(cells.windows(2).filter_map(|pair| unchanged(ground, pair[0].row, pair[1].row)));
        let points: Vec<Point<'_>> = cells.iter().map(|cell| Point { row: Row::Observed(cell.row), range: cell.range }).collect();
        findings.extend(jumps_of(ground, &points));
    }
    for points in published(ground).values() {
        findings.extend(jumps_of(ground, points));
    }
}

/// One value of a series over the years.
struct Point<'a> {
    row: Row<'a>,
    range: Interval,
}

#[derive(Clone, Copy)]
enum Row<'a> {
    Observed(&'a Observation),
    Published(&'a Published),
}

impl<'a> Row<'a> {
    fn indicator(self) -> &'a str {
        match self {
            Self::Observed(row) => &row.indicator,
            Self::Published(row) => &row.indicator,
        }
    }

    fn period(self) -> Period {
        match self {
            Self::Observed(row) => row.period,
            Self::Published(row) => row.period,
        }
    }

    fn span(self) -> Span {
        match self {
            Self::Observed(row) => row.span,
            Self::Published(row) => row.span,
        }
    }

    fn written(self) -> String {
        match self {
            Self::Observed(row) => observed(row),
            Self::Published(row) => printed(row),
        }
    }

    fn place(self, ground: &Ground<'_>) -> String {
        match self {
            Self::Observed(row) => place(ground, row),
            Self::Published(row) => {
                format!("het {} van {} ({}{})", row.measure.name(), ground.named(&row.indicator), row.period, of_whom(&row.breakdown))
            }
        }
    }
}

/// A number that is exact and large enough to be recognised.
fn telling(row: &Observation) -> Option<i64> {
    let vague = [Mark::Rounded, Mark::Derived, Mark::Fictitious].iter().any(|mark| row.marks.contains(mark));
    match row.value {
        Some(Value::Count(count)) if !vague && count >= LEAST_EQUAL && count % 1000 != 0 => Some(count),
        _ => None,
    }
}

/// The same number under two labels.
fn twice(ground: &Ground<'_>, scopes: &Scopes<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(Period, Key<'_>, i64), Vec<&Observation>> = BTreeMap::new();
    for row in &ground.data.observations.rows {
        let Some(count) = telling(row) else { continue };
        let earlier = seen.entry((row.period, key_of(&row.breakdown), count)).or_default();
        let unrelated = |other: &&&Observation| other.indicator != row.indicator && !scopes.are_related(&other.indicator, &row.indicator);
        let other = earlier.iter().find(unrelated).copied();
        findings.extend(other.map(|other| same_number(ground, other, row)));
        earlier.push(row);
    }
}

fn same_number(ground: &Ground<'_>, one: &Observation, other: &Observation) -> Finding {
    let message = format!("{} staat zowel bij {} als bij {}", observed(other), ground.named(&one.indicator), place(ground, other));
    let computed = format!("regel {} en regel {} hebben dezelfde waarde; dat is zelden toeval", one.line, other.line);
    Finding::of_data(Code::SumEqual, other.span, &[&one.indicator, &other.indicator], Some(other.period), message, computed)
}

fn unchanged(ground: &Ground<'_>, before: &Observation, row: &Observation) -> Option<Finding> {
    let same = telling(before)? == telling(row)? && before.period.next() == row.period;
    let message = format!("{} heeft precies dezelfde waarde als in {}", place(ground, row), before.period);
    let computed = format!("{}: regel {} en regel {}", observed(row), before.line, row.line);
    same.then(|| Finding::of_data(Code::SumEqual, row.span, &[&row.indicator], Some(row.period), message, computed))
}

/// One indicator, measure, breakdown and kind of year.
type SeriesKey<'a> = (&'a str, &'a str, Key<'a>, PeriodKind);

/// The series of years, the earliest first; made-up values have no history.
fn series<'a>(ground: &Ground<'a>) -> BTreeMap<SeriesKey<'a>, Vec<Cell<'a>>> {
    let mut all: BTreeMap<SeriesKey<'a>, Vec<Cell<'a>>> = BTreeMap::new();
    // The slices of one indicator and measure stand in the order of their periods.
    for (&(id, measure, period), slice) in ground.slices.iter().filter(|((_, _, period), _)| period.kind() != PeriodKind::Months) {
        for (key, cell) in slice.iter().filter(|(_, cell)| !cell.has(Mark::Fictitious)) {
            all.entry((id, measure, *key, period.kind())).or_default().push(*cell);
        }
    }
    all
}

/// One indicator, measure, breakdown and kind of year.
type PublishedKey<'a> = (&'a str, PublishedMeasure, Key<'a>, PeriodKind);

/// Published means and shares over the years, the earliest first; of several sources of one year the first.
fn published<'a>(ground: &Ground<'a>) -> BTreeMap<PublishedKey<'a>, Vec<Point<'a>>> {
    let mut all: BTreeMap<PublishedKey<'a>, BTreeMap<Period, Point<'a>>> = BTreeMap::new();
    for row in [PublishedMeasure::Mean, PublishedMeasure::Share].into_iter().flat_map(|measure| ground.published(measure)) {
        if let Some(range) = Interval::of_published(row).filter(|_| row.period.kind() != PeriodKind::Months) {
            let series = all.entry((&row.indicator, row.measure, key_of(&row.breakdown), row.period.kind())).or_default();
            series.entry(row.period).or_insert(Point { row: Row::Published(row), range });
        }
    }
    all.into_iter().map(|(key, points)| (key, points.into_values().collect())).collect()
}

fn jumps_of(ground: &Ground<'_>, points: &[Point<'_>]) -> Vec<Finding> {
    let Some(indicator) = points.first().and_then(|first| ground.indicator(first.row.indicator())) else { return Vec::new() };
    let changes: Vec<Change> = points
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| !indicator.breaks.iter().any(|one| pair[0].row.period() < one.from && one.from <= pair[1].row.period()))
        .filter_map(|(at, pair)| Some(Change { to: at + 1, size: yearly(pair)? }))
        .collect();
    let found = jumps(&changes, points.len());
    found.into_iter().map(|(change, usual)| jump(ground, points[change.to - 1].row, points[change.to].row, change, usual)).collect()
}

/// From one known point to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Change {
    /// Index of the later point.
    to: usize,
    /// The logarithm of the factor per year.
    size: f64,
}

fn yearly(pair: &[Point<'_>]) -> Option<f64> {
    let (from, to) = (pair[0].range.middle(), pair[1].range.middle());
    let years = f64::from(year_of(pair[1].row.period())?) - f64::from(year_of(pair[0].row.period())?);
    (from > 0.0 && to > 0.0 && years > 0.0).then(|| (to / from).ln() / years)
}

fn year_of(period: Period) -> Option<u16> {
    match period {
        Period::SchoolYear(year) => Some(year.first_year()),
        Period::Year(year) => Some(year),
        Period::Months(..) => None,
    }
}

/// The changes out of line, each with the usual size of the others where a history tells it. The way back from a jump is no
/// second one.
fn jumps(changes: &[Change], points: usize) -> Vec<(Change, Option<f64>)> {
    let mut found: Vec<(Change, Option<f64>)> = Vec::new();
    for change in changes.iter().filter(|_| points > 2) {
        let usual = if points > 3 { usual(changes, change.to) } else { None };
        let least = match usual {
            Some(usual) => JUMP.ln().max(TIMES_USUAL * usual),
            None => JUMP_OF_FEW.ln(),
        };
        let is_return = found.last().is_some_and(|(last, _)| last.to + 1 == change.to && last.size.signum() != change.size.signum());
        if change.size.abs() > least && !is_return {
            found.push((*change, usual));
        }
    }
    found
}

/// The median size of the other changes.
fn usual(changes: &[Change], without: usize) -> Option<f64> {
    let mut sizes: Vec<f64> = changes.iter().filter(|change| change.to != without).map(|change| change.size.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let (low, high) = (sizes.get(sizes.len().saturating_sub(1) / 2)?, sizes.get(sizes.len() / 2)?);
    Some((low + high) / 2.0)
}

fn jump(ground: &Ground<'_>, before: Row<'_>, row: Row<'_>, change: Change, usual: Option<f64>) -> Finding {
    let message = format!("{} springt uit de reeks", row.place(ground));
    let usual = usual.map(|usual| format!("; de andere veranderingen zijn gewoonlijk {} per jaar", growth(usual))).unwrap_or_default();
    let ends = format!("van {} ({}) naar {} ({})", before.written(), before.period(), row.written(), row.period());
    let computed = format!("{ends} is {} per jaar{usual}", growth(change.size));
    Finding::of_data(Code::SumJump, row.span(), &[row.indicator()], Some(row.period()), message, computed)
}

/// The growth that a logarithm stands for: `51,30%`.
fn growth(logarithm: f64) -> String {
    let parts = (logarithm.exp_m1() * 10_000.0).round() as i64;
    percent(Ratio::whole(parts).scaled(1, 10_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], expected: &[usize]) {
        let changes: Vec<Change> =
            values.windows(2).enumerate().map(|(at, pair)| Change { to: at + 1, size: (pair[1] / pair[0]).ln() }).collect();
        let found: Vec<usize> = jumps(&changes, values.len()).iter().map(|(change, _)| change.to).collect();
        assert_eq!(found, expected, "{values:?}");
    }

    #[test]
    fn a_jump_is_out_of_line_with_its_own_history() {
        check(&[100.0, 104.0, 101.0, 210.0, 208.0], &[3]);
        check(&[100.0, 104.0, 210.0, 106.0, 108.0], &[2]);
        check(&[100.0, 60.0, 110.0, 62.0, 115.0], &[]);
        check(&[100.0, 190.0, 195.0], &[]);
        check(&[100.0, 210.0, 215.0], &[1]);
        check(&[100.0, 900.0], &[]);
    }
}
