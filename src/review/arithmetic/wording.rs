//! Numbers and places as the findings write them.

use crate::data::{Breakdown, Observation, Published, PublishedMeasure};
use crate::units::Interval;
use crate::units::{Grouping, Notation, Ratio, Value};

/// What a bound has more decimals than, has no end of them.
const MOST_DECIMALS: u8 = 4;

fn write(value: Value) -> String {
    Notation::table(Grouping::Point).write(value)
}

fn through(range: Interval, written: impl Fn(Ratio) -> String) -> String {
    let (low, high) = (written(range.low), written(range.high));
    if low == high { low } else { format!("{low} tot {high}") }
}

/// In whole things: `1.236.360 tot 1.241.437`, or one number where both ends are.
pub(super) fn counts(range: Interval) -> String {
    through(range, |end| write(Value::Count(i64::try_from(end.rounded(0)).unwrap_or(i64::MAX))))
}

/// `2,435% tot 2,445%`: with the decimals of the bounds of a rounded number, and otherwise two.
pub(super) fn percents(range: Interval) -> String {
    let ends = [range.low, range.high].map(|end| end.scaled(100, 1).decimals(MOST_DECIMALS));
    let decimals = ends[0].max(ends[1]).filter(|_| ends.iter().all(Option::is_some));
    through(range, |end| Notation { decimals, ..Notation::table(Grouping::Point) }.write(Value::Share(end)))
}

/// `2,47%`
pub(super) fn percent(part: Ratio) -> String {
    write(Value::Share(part))
}

/// `4,25 tot 4,35`
pub(super) fn means(range: Interval) -> String {
    through(range, |end| Notation { decimals: Some(2), ..Notation::table(Grouping::Point) }.write(Value::Mean(end)))
}

/// `30.229`
pub(super) fn observed(row: &Observation) -> String {
    row.value.map(write).unwrap_or_default()
}

/// `2,44%`, or the words where the source gave no number.
pub(super) fn printed(row: &Published) -> String {
    let is_percent = matches!(row.measure, PublishedMeasure::Share | PublishedMeasure::Growth);
    let number = |value| if is_percent { write(Value::PrintedPercent(value)) } else { write(Value::Printed(value)) };
    row.value.map_or_else(|| format!("«{}»", row.printed), number)
}

/// Of whom a value is, behind its period: `, segment lager, type BA`; nothing for everyone.
pub(super) fn of_whom(breakdown: &Breakdown) -> String {
    breakdown.narrowed().into_iter().map(|(name, value)| format!(", {name} {value}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_where_both_ends_are_written_alike() {
        let of = |(above, below): (i64, i64)| Ratio::new(above, below).unwrap();
        let range = |low: (i64, i64), high: (i64, i64)| Interval { low: of(low), high: of(high) };
        assert_eq!(counts(range((12_363_599, 10), (12_414_374, 10))), "1.236.360 tot 1.241.437");
        assert_eq!(percents(range((30_229, 1_224_118), (30_229, 1_224_118))), "2,47%");
        assert_eq!(percents(range((2435, 100_000), (2445, 100_000))), "2,435% tot 2,445%");
        assert_eq!(percents(range((275, 1000), (285, 1000))), "27,5% tot 28,5%");
        assert_eq!(means(range((17, 4), (87, 20))), "4,25 tot 4,35");
    }
}
