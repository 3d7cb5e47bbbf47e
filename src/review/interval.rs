//! What values of the tables can be, and how a range is told. To doubt a number is to ask whether two ranges can be of one truth.

use crate::data::{Observation, Published, PublishedMeasure};
use crate::units::{Decimal, Grouping, Interval, Notation, Range, Ratio, Value};

impl Interval {
    /// What an observation can be; `None` where it is absent. One without bounds is taken at its word.
    pub(super) fn of_observation(row: &Observation) -> Option<Self> {
        let value = row.value?.ratio();
        let bound = |at: usize| row.bounds[at].map_or(value, Decimal::ratio);
        Some(Self { low: bound(0), high: bound(1) })
    }

    /// What a published value can be, shares and growth as a fraction of 1; `None` where words leave one end open.
    pub(super) fn of_published(row: &Published) -> Option<Self> {
        let percent = matches!(row.measure, PublishedMeasure::Share | PublishedMeasure::Growth);
        let range = match (row.bounds, row.value) {
            ([Some(low), Some(high)], _) => Self { low: low.ratio(), high: high.ratio() },
            (_, Some(value)) => Self::of_rounded(value),
            _ => return None,
        };
        Some(if percent { range.scaled(1, 100) } else { range })
    }
}

/// For which values words are true: `De woorden zijn waar van 2,45% tot 2,5%.`
pub(super) fn told(said: &Range, percent: bool) -> String {
    // With as many decimals as the end needs, and two at most.
    let write = |end: Ratio| {
        let shown = if percent { end.scaled(100, 1) } else { end };
        let notation = Notation { decimals: Some(shown.decimals(2).unwrap_or(2)), ..Notation::table(Grouping::Point) };
        format!("{}{}", notation.write(Value::Mean(shown)), if percent { "%" } else { "" })
    };
    match (said.low, said.high) {
        (Some(low), Some(high)) => format!("De woorden zijn waar van {} tot {}.", write(low), write(high)),
        (Some(low), None) => format!("De woorden zijn waar boven {}.", write(low)),
        (None, Some(high)) => format!("De woorden zijn waar onder {}.", write(high)),
        (None, None) => String::new(),
    }
}
