//! The kinds of value of the report and their one Flemish way of being written.
//!
//! A [`Value`] knows its kind, so a count is never added to a share. Everything is computed on exact integers
//! ([`Ratio`]) and rounded once, half away from zero, when it is written.

mod approximation;
mod cardinal;
mod interval;
mod notation;
mod period;
mod ratio;

pub use approximation::{Approximation, Nearness, Range, Side, Target, fraction_of, fraction_words, fractions, range_of, round_near};
pub use cardinal::cardinal;
pub use interval::Interval;
pub use notation::{Grouping, Notation, Place, Sign, capitalized, enumerated, number_in_words};
pub use period::{Month, Period, PeriodKind, SchoolYear};
pub use ratio::{Decimal, Ratio};

/// A printed value: what was counted or measured, or what was derived from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Whole things: pupils, interventions, reports.
    Count(i64),
    /// A measured amount with its own decimals, such as a mean age of 14,6 years.
    Amount(Decimal),
    /// Part of a whole, as a fraction of 1; printed in percent.
    Share(Ratio),
    /// So many per piece, such as interventions per pupil.
    Mean(Ratio),
    /// Relative change, as a fraction of 1; printed in percent.
    Growth(Ratio),
    /// The difference of two counts, with its sign.
    Change(i64),
    /// The difference of two amounts or means, with its sign and the decimals it is known to.
    AmountChange(Ratio, u8),
    /// The difference of two shares, as a fraction of 1, with the decimals it is known to; printed in percentage points
    /// (procentpunt).
    Points(Ratio, u8),
    /// A place in an order, counted from 1.
    Rank(i64),
    /// A percentage as somebody printed it, with the decimals they gave.
    PrintedPercent(Decimal),
    /// Another number as somebody printed it, with the decimals they gave.
    Printed(Decimal),
}

impl Value {
    /// The exact value; percentages as a fraction of 1.
    pub fn ratio(self) -> Ratio {
        match self {
            Value::Count(n) | Value::Change(n) | Value::Rank(n) => Ratio::whole(n),
            Value::Amount(d) | Value::Printed(d) => d.ratio(),
            Value::PrintedPercent(d) => d.ratio().scaled(1, 100),
            Value::Share(r) | Value::Mean(r) | Value::Growth(r) | Value::Points(r, _) | Value::AmountChange(r, _) => r,
        }
    }

    /// The value as a decimal number, in percent where it prints in percent; for axes and machine-readable lists.
    pub fn as_f64(self) -> f64 {
        let factor = if self.is_percent() { 100.0 } else { 1.0 };
        self.ratio().as_f64() * factor
    }

    /// Whether the value is written with a percent sign or in percentage points.
    pub fn is_percent(self) -> bool {
        matches!(self, Value::Share(_) | Value::Growth(_) | Value::Points(..) | Value::PrintedPercent(_))
    }

    /// The decimals this kind is written with when nothing else is asked.
    pub fn default_decimals(self) -> u8 {
        match self {
            Value::Count(_) | Value::Change(_) | Value::Rank(_) => 0,
            Value::Share(_) => 2,
            Value::Mean(_) | Value::Growth(_) => 1,
            Value::Points(_, decimals) | Value::AmountChange(_, decimals) => decimals,
            Value::Amount(d) | Value::Printed(d) | Value::PrintedPercent(d) => d.decimals(),
        }
    }

    /// The most decimals that say something: none for whole things, and no more than a source gave.
    pub fn most_decimals(self) -> u8 {
        match self {
            Value::Share(_) | Value::Mean(_) | Value::Growth(_) => 4,
            other => other.default_decimals(),
        }
    }

    /// Whether a source printed this, so that rounding it once more would not be its number.
    pub fn is_printed(self) -> bool {
        matches!(self, Value::Printed(_) | Value::PrintedPercent(_))
    }

    /// A stable name of the kind, for `figures.json`.
    pub fn kind(self) -> &'static str {
        match self {
            Value::Count(_) => "aantal",
            Value::Amount(_) => "meting",
            Value::Share(_) => "aandeel",
            Value::Mean(_) => "gemiddelde",
            Value::Growth(_) => "groei",
            Value::Change(_) | Value::AmountChange(..) => "verschil",
            Value::Points(..) => "procentpunt",
            Value::Rank(_) => "rang",
            Value::Printed(_) | Value::PrintedPercent(_) => "gepubliceerd",
        }
    }
}
