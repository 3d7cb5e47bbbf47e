//! All that a number can be: what rounding, approximation or derivation leaves open. To doubt a number is to ask whether
//! two such ranges can be of one truth.

use crate::data::{Observation, Published, PublishedMeasure};
use crate::figures::Figure;
use crate::units::{Decimal, Grouping, Notation, Range, Ratio, Value};

/// From the least to the most, both included; percentages as a fraction of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interval {
    pub low: Ratio,
    pub high: Ratio,
}

impl Interval {
    pub fn exactly(value: Ratio) -> Self {
        Self { low: value, high: value }
    }

    /// All numbers that are written so: 2,44 is anything from 2,435 up to 2,445.
    pub fn of_rounded(number: Decimal) -> Self {
        let half = Ratio::whole(5).scaled(1, 10_i64.pow(u32::from(number.decimals()) + 1));
        let value = number.ratio();
        Self { low: value.minus(half).unwrap_or(value), high: value.plus(half).unwrap_or(value) }
    }

    /// What an observation can be; `None` where it is absent. One without bounds is taken at its word.
    pub fn of_observation(row: &Observation) -> Option<Self> {
        let value = row.value?.ratio();
        let bound = |at: usize| row.bounds[at].map_or(value, Decimal::ratio);
        Some(Self { low: bound(0), high: bound(1) })
    }

    /// What a published value can be, shares and growth as a fraction of 1; `None` where words leave one end open.
    pub fn of_published(row: &Published) -> Option<Self> {
        let percent = matches!(row.measure, PublishedMeasure::Share | PublishedMeasure::Growth);
        let range = match (row.bounds, row.value) {
            ([Some(low), Some(high)], _) => Self { low: low.ratio(), high: high.ratio() },
            (_, Some(value)) => Self::of_rounded(value),
            _ => return None,
        };
        Some(if percent { range.scaled(1, 100) } else { range })
    }

    /// What a figure can be, percentages as a fraction of 1. One that a source printed is what rounds to it.
    pub fn of_figure(figure: &Figure) -> Option<Self> {
        let percent = figure.unit == "%" || figure.value.is_some_and(Value::is_percent);
        let scale = |range: Self| if percent { range.scaled(1, 100) } else { range };
        match (figure.bounds, figure.value) {
            ([Some(low), Some(high)], _) => Some(scale(Self { low: low.ratio(), high: high.ratio() })),
            (_, Some(Value::PrintedPercent(number))) => Some(Self::of_rounded(number).scaled(1, 100)),
            (_, Some(Value::Printed(number))) => Some(Self::of_rounded(number)),
            (_, Some(value)) => Some(Self::exactly(value.ratio())),
            _ => None,
        }
    }

    pub fn scaled(self, numerator: i64, denominator: i64) -> Self {
        Self { low: self.low.scaled(numerator, denominator), high: self.high.scaled(numerator, denominator) }
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.plus(other.low)?, high: self.high.plus(other.high)? })
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.minus(other.high)?, high: self.high.minus(other.low)? })
    }

    /// Of two ranges above zero; `None` where the other reaches zero.
    pub fn divided_by(self, other: Self) -> Option<Self> {
        let positive = !other.low.is_negative() && other.low != Ratio::whole(0);
        positive.then_some(())?;
        // A negative end is furthest from zero over the smallest divisor.
        let low = self.low.divided_by(if self.low.is_negative() { other.low } else { other.high })?;
        let high = self.high.divided_by(if self.high.is_negative() { other.high } else { other.low })?;
        Some(Self { low, high })
    }

    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    pub fn holds(self, value: Ratio) -> bool {
        self.low <= value && value <= self.high
    }

    pub fn middle(self) -> f64 {
        (self.low.as_f64() + self.high.as_f64()) / 2.0
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
