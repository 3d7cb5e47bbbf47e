//! The data, laid out once to look things up in.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Breakdown, Data, Indicator, Mark, Observation, Published, PublishedMeasure};
use crate::units::Interval;
use crate::units::{Period, Ratio, Value};

/// The dimensions of a breakdown, in the order of the table: one can be changed without writing the others again.
pub(super) type Key<'a> = [&'a str; 5];

pub(super) const NET: usize = 0;
pub(super) const SEGMENT: usize = 2;
pub(super) const KIND: usize = 3;
pub(super) const CATEGORY: usize = 4;

pub(super) const ALL: &str = "alle";
/// Of everyone.
pub(super) const EVERYONE: Key<'static> = [ALL; 5];

pub(super) const PUPILS: &str = "leerlingen";
pub(super) const INTERVENTIONS: &str = "interventies";

pub(super) fn key_of(breakdown: &Breakdown) -> Key<'_> {
    [&breakdown.net, &breakdown.centre, &breakdown.segment, &breakdown.kind, &breakdown.category]
}

fn slice_of(row: &Observation) -> SliceKey<'_> {
    (&row.indicator, &row.measure, row.period)
}

/// An observation that has a value, and all that it can be.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub row: &'a Observation,
    pub range: Interval,
}

impl Cell<'_> {
    pub fn has(&self, mark: Mark) -> bool {
        self.row.marks.contains(&mark)
    }
}

/// The values of one indicator, measure and period.
pub(super) type Slice<'a> = BTreeMap<Key<'a>, Cell<'a>>;

/// Indicator, measure and period.
pub(super) type SliceKey<'a> = (&'a str, &'a str, Period);

pub(super) struct Ground<'a> {
    pub data: &'a Data,
    pub slices: BTreeMap<SliceKey<'a>, Slice<'a>>,
    indicators: BTreeMap<&'a str, &'a Indicator>,
    denominators: BTreeSet<&'a str>,
}

impl<'a> Ground<'a> {
    pub fn of(data: &'a Data) -> Self {
        let mut slices: BTreeMap<SliceKey<'a>, Slice<'a>> = BTreeMap::new();
        for rows in data.observations.rows.chunk_by(|a, b| slice_of(a) == slice_of(b)) {
            let mut known = rows.iter().filter_map(|row| Some(Cell { row, range: range_of(row)? })).peekable();
            if let Some(first) = known.peek() {
                let slice = slices.entry(slice_of(first.row)).or_default();
                known.for_each(|cell| _ = slice.entry(key_of(&cell.row.breakdown)).or_insert(cell));
            }
        }
        let indicators = data.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator)).collect();
        let denominators = data.indicators.iter().filter_map(|indicator| indicator.denominator.as_deref()).collect();
        Self { data, slices, indicators, denominators }
    }

    pub fn indicator(&self, id: &str) -> Option<&'a Indicator> {
        self.indicators.get(id).copied()
    }

    /// The title of an indicator, between quotation marks.
    pub fn named(&self, id: &str) -> String {
        format!("«{}»", self.indicator(id).map_or(id, |indicator| indicator.title.as_str()))
    }

    pub fn cell(&self, id: &'a str, measure: &'a str, period: Period, key: Key<'a>) -> Option<Cell<'a>> {
        self.slices.get(&(id, measure, period))?.get(&key).copied()
    }

    /// In the indicator's own unit.
    pub fn own(&self, id: &'a str, period: Period, key: Key<'a>) -> Option<Cell<'a>> {
        self.cell(id, &self.indicator(id)?.unit, period, key)
    }

    /// The published values of one measure, in the order of the table.
    pub fn published(&self, measure: PublishedMeasure) -> impl Iterator<Item = &'a Published> {
        self.data.published.iter().filter(move |row| row.measure == measure)
    }

    /// Whether what is counted stands in one place only, so that its parts may be added up: unlike unique pupils, who may have
    /// changed school, and unlike measured amounts. Who is enrolled on one day, is so once.
    pub fn is_additive(&self, id: &str, measure: &str) -> bool {
        let whole_things = self.indicator(id).is_some_and(|indicator| indicator.decimals == 0);
        whole_things && (measure != PUPILS || self.is_population(id))
    }

    /// All pupils in a period, as a source counts them.
    pub fn population_of(&self, source: &str, period: Period) -> Option<Cell<'a>> {
        let wholes = self.slices.iter().filter(|((id, measure, of), _)| *of == period && *measure == PUPILS && self.is_population(id));
        wholes.filter_map(|(_, slice)| slice.get(&EVERYONE)).find(|cell| cell.row.source == source).copied()
    }

    pub fn is_population(&self, id: &str) -> bool {
        id.starts_with("populatie") || self.denominators.contains(id)
    }
}

/// What an observation can be. One that was rounded without a word on how far is known to its last digit that is not zero.
fn range_of(row: &Observation) -> Option<Interval> {
    match row.value? {
        Value::Count(count) if row.marks.contains(&Mark::Rounded) && row.bounds == [None; 2] => Some(of_round(count)),
        _ => Interval::of_observation(row),
    }
}

fn of_round(count: i64) -> Interval {
    let mut unit = 1;
    while count != 0 && count % (unit * 10) == 0 {
        unit *= 10;
    }
    let half = if unit == 1 { 0 } else { unit / 2 };
    Interval { low: Ratio::whole(count - half), high: Ratio::whole(count + half) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_number_is_known_to_its_last_digit() {
        for (count, low, high) in [(20_000, 15_000, 25_000), (3600, 3550, 3650), (17, 17, 17), (0, 0, 0)] {
            assert_eq!(of_round(count), Interval { low: Ratio::whole(low), high: Ratio::whole(high) }, "{count}");
        }
    }
}
