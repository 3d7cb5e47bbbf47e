//! Doubts the data: shares against counts, parts against totals, means, growth, and series against their own history. Every
//! number is the range that it can be, so that what only differs by rounding is no finding.

mod parts;
mod published;
mod series;
mod shares;

use std::collections::BTreeMap;

use super::finding::Finding;
use super::interval::Interval;
use crate::data::{Breakdown, Data, Indicator, Mark, Observation, Published, PublishedMeasure};
use crate::units::{Grouping, Notation, Period, Ratio, Value};

pub(super) fn review(data: &Data) -> Vec<Finding> {
    let tables = Tables::of(data);
    let mut findings = Vec::new();
    shares::review(&tables, &mut findings);
    published::review(&tables, &mut findings);
    parts::review(&tables, &mut findings);
    series::review(&tables, &mut findings);
    findings
}

/// What a value is found by: indicator, measure, period, breakdown.
type Key<'a> = (&'a str, &'a str, Period, &'a Breakdown);

/// The tables of an edition, to look things up in.
struct Tables<'a> {
    data: &'a Data,
    observed: BTreeMap<Key<'a>, &'a Observation>,
    indicators: BTreeMap<&'a str, &'a Indicator>,
}

impl<'a> Tables<'a> {
    fn of(data: &'a Data) -> Self {
        let known = data.observations.rows.iter().filter(|row| row.value.is_some());
        let observed = known.map(|row| ((row.indicator.as_str(), row.measure.as_str(), row.period, &row.breakdown), row)).collect();
        let indicators = data.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator)).collect();
        Self { data, observed, indicators }
    }

    fn indicator(&self, id: &str) -> Option<&'a Indicator> {
        self.indicators.get(id).copied()
    }

    fn title(&self, id: &str) -> String {
        self.indicator(id).map_or_else(|| id.to_owned(), |indicator| format!("«{}»", indicator.title))
    }

    fn observation(&self, id: &str, measure: &str, period: Period, breakdown: &Breakdown) -> Option<&'a Observation> {
        self.observed.get(&(id, measure, period, breakdown)).copied()
    }

    /// The observation of an indicator's own unit.
    fn own(&self, id: &str, period: Period, breakdown: &Breakdown) -> Option<&'a Observation> {
        self.observation(id, &self.indicator(id)?.unit, period, breakdown)
    }

    fn published(&self, measure: PublishedMeasure) -> impl Iterator<Item = &'a Published> {
        self.data.published.iter().filter(move |row| row.measure == measure)
    }

    /// Whether every pupil is counted once, so that parts may be added up.
    fn is_population(&self, id: &str) -> bool {
        id.starts_with("populatie") || self.data.indicators.iter().any(|other| other.denominator.as_deref() == Some(id))
    }
}

fn is_fictitious(row: &Observation) -> bool {
    row.marks.contains(&Mark::Fictitious)
}

/// `1.224.118`
fn count(value: Ratio) -> String {
    let whole = i64::try_from(value.rounded(0)).unwrap_or(i64::MAX);
    if value == Ratio::whole(whole) {
        return Notation::table(Grouping::Point).write(Value::Count(whole));
    }
    Notation { decimals: Some(2), ..Notation::table(Grouping::Point) }.write(Value::Mean(value))
}

/// `1.236.360 tot 1.241.437`, or one number where the range is one.
fn range(range: Interval) -> String {
    if range.low == range.high { count(range.low) } else { format!("{} tot {}", whole(range.low), whole(range.high)) }
}

fn whole(value: Ratio) -> String {
    Notation::table(Grouping::Point).write(Value::Count(i64::try_from(value.rounded(0)).unwrap_or(i64::MAX)))
}

/// `2,47%`, or `2,43% tot 2,45%`.
fn percent(range: Interval) -> String {
    let write = |value: Ratio| Notation::table(Grouping::Point).write(Value::Share(value));
    let (low, high) = (write(range.low), write(range.high));
    if low == high { low } else { format!("{low} tot {high}") }
}

fn value_of(row: &Observation) -> String {
    row.value.map(|value| Notation::table(Grouping::Point).write(value)).unwrap_or_default()
}

/// As it was printed: «2,44%».
fn printed(row: &Published) -> String {
    if !row.printed.is_empty() {
        return row.printed.clone();
    }
    let sign = if matches!(row.measure, PublishedMeasure::Share | PublishedMeasure::Growth) { "%" } else { "" };
    row.value.map(|value| format!("{}{sign}", value.to_string().replace('.', ","))).unwrap_or_default()
}

/// ` (segment lager)`, or nothing for everyone.
fn of_whom(breakdown: &Breakdown) -> String {
    let narrowed: Vec<String> = breakdown.narrowed().into_iter().map(|(name, value)| format!("{name} {value}")).collect();
    if narrowed.is_empty() { String::new() } else { format!(" ({})", narrowed.join(", ")) }
}
