//! One figure: a value and everything a reader may ask about it.

use crate::data::{Breakdown, Mark, Marks};
use crate::units::{Decimal, Interval, Notation, Period, Value};

use super::Reference;

/// Where a value, or one of the values it was derived from, stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Relative to the project.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub indicator: String,
    /// Key of `bronnen.yaml`.
    pub source: String,
    pub note: Option<String>,
}

/// A value with unit, definition, marks and provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// How an editor would write it.
    pub reference: Reference,
    /// The Dutch name of the measure: `leerlingen`, `aandeel`, `groei`, …
    pub measure: String,
    pub period: Period,
    /// The start of a change.
    pub base: Option<Period>,
    pub breakdown: Breakdown,
    /// Absent where a source printed words alone, such as «bijna 2%».
    pub value: Option<Value>,
    /// What approximations, rounding or derivation leave open: the least and the most it can be; in percent for
    /// percentages.
    pub bounds: [Option<Decimal>; 2],
    /// Of a figure that was computed from others: what these leave open. `None` of any other.
    pub derived: Option<Interval>,
    /// The words of the source, where they say more than the number: «bijna 2%».
    pub printed: Option<String>,
    pub unit: String,
    pub marks: Marks,
    pub definition: String,
    /// In the order of the tables, each once.
    pub origins: Vec<Origin>,
}

impl Figure {
    /// As it stands on the page, without its marks. Spaces in it do not break.
    pub fn write(&self, notation: &Notation) -> String {
        if let Some(percentage) = self.whole_percentage().filter(|_| notation.per_hundred) {
            return format!("{percentage}\u{a0}op\u{a0}de\u{a0}100");
        }
        match (self.value, &self.printed) {
            (Some(value), None) => notation.write(value),
            (_, words) => words.as_deref().unwrap_or_default().replace(' ', "\u{a0}"),
        }
    }

    /// All that it can be, percentages as a fraction of 1; one that a source printed is what rounds to it. `None` where there are
    /// words alone.
    pub fn range(&self) -> Option<Interval> {
        let percent = self.unit == "%" || self.value.is_some_and(Value::is_percent);
        let scale = |range: Interval| if percent { range.scaled(1, 100) } else { range };
        match (self.bounds, self.value) {
            ([Some(low), Some(high)], _) => Some(scale(Interval { low: low.ratio(), high: high.ratio() })),
            (_, Some(Value::PrintedPercent(number))) => Some(Interval::of_rounded(number).scaled(1, 100)),
            (_, Some(Value::Printed(number))) => Some(Interval::of_rounded(number)),
            (_, Some(value)) => Some(self.derived.unwrap_or(Interval::exactly(value.ratio()))),
            _ => None,
        }
    }

    /// Whether it is known and may not be told.
    pub fn is_secret(&self) -> bool {
        self.marks.contains(&Mark::Secret)
    }

    /// Its marks in words between brackets, behind a space; empty where it has none.
    pub fn marks_in_words(&self) -> String {
        let names: Vec<&str> = self.marks.iter().map(|mark| mark.name()).collect();
        if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
    }

    /// Whether a chart computed it from several figures, so that no expression names it.
    pub fn is_of_parts(&self) -> bool {
        ["som", "rest"].contains(&self.measure.as_str())
    }

    /// The letters of its marks, in their fixed order.
    pub fn mark_letters(&self) -> Vec<char> {
        self.marks.iter().map(|mark| mark.letter()).collect()
    }
}
