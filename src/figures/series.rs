//! A measure over successive periods, with its gaps and breaks.

use super::{Figure, Figures, Missing, Reference};
use crate::data::Break;
use crate::units::Period;

/// One period of a series; a gap where nothing is known.
#[derive(Debug, Clone)]
pub struct Point {
    pub period: Period,
    pub figure: Option<Figure>,
    /// Why there is none, where there is none.
    pub gap: Gap,
}

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// No figure is known.
    Missing,
    /// It may not be told.
    Secret,
    /// There was nothing to count then.
    Nonexistent,
}

/// A reference over the periods asked for, in order.
#[derive(Debug, Clone)]
pub struct Series {
    pub reference: Reference,
    /// Title of the indicator.
    pub title: String,
    /// What the report calls it beside others; empty where it stands alone.
    pub label: String,
    pub unit: String,
    pub points: Vec<Point>,
    /// Breaks that fall within the periods: between the first and the last.
    pub breaks: Vec<Break>,
}

impl Series {
    /// The figures that have a number, and can be drawn.
    pub fn numbers(&self) -> impl Iterator<Item = &Figure> {
        self.known().filter(|figure| figure.value.is_some())
    }

    /// The periods without a figure for this reason.
    pub fn gaps(&self, gap: Gap) -> impl Iterator<Item = Period> {
        self.points.iter().filter(move |point| point.figure.is_none() && point.gap == gap).map(|point| point.period)
    }

    pub fn known(&self) -> impl Iterator<Item = &Figure> {
        self.points.iter().filter_map(|point| point.figure.as_ref())
    }
}

impl Figures {
    /// The values of a reference in each of the periods.
    pub fn series(&self, reference: &Reference, periods: &[Period]) -> Series {
        let points: Vec<Point> = periods.iter().map(|period| self.point(&reference.at(*period), *period)).collect();
        let unit = points.iter().find_map(|point| point.figure.as_ref()).map(|figure| figure.unit.clone());
        let indicator = self.indicator(&reference.indicator);
        let within = |series_break: &&Break| periods.iter().skip(1).any(|period| *period == series_break.from);
        let mut breaks: Vec<Break> =
            indicator.map(|indicator| indicator.breaks.iter().filter(within).cloned().collect()).unwrap_or_default();
        breaks.sort_by_key(|series_break| series_break.from);
        breaks.dedup_by_key(|series_break| series_break.from);
        Series {
            reference: reference.clone(),
            title: indicator.map(|indicator| indicator.title.clone()).unwrap_or_default(),
            label: String::new(),
            unit: unit.unwrap_or_else(|| self.measure_name(reference)),
            points,
            breaks,
        }
    }

    /// The periods for which something of this indicator and breakdown stands in the tables, in order.
    pub fn known_periods(&self, reference: &Reference) -> Vec<Period> {
        let observed = self.observations.iter().filter(|row| row.indicator == reference.indicator && row.breakdown == reference.breakdown);
        let published = self.published.iter().filter(|row| row.indicator == reference.indicator && row.breakdown == reference.breakdown);
        let mut periods: Vec<Period> = observed.map(|row| row.period).chain(published.map(|row| row.period)).collect();
        periods.sort();
        periods.dedup();
        periods
    }

    fn point(&self, reference: &Reference, period: Period) -> Point {
        match self.resolve(reference) {
            Ok(figure) => Point { period, figure: Some(figure), gap: Gap::Missing },
            Err(Missing::Withheld { secret: true, .. }) => Point { period, figure: None, gap: Gap::Secret },
            Err(Missing::Nonexistent { .. }) => Point { period, figure: None, gap: Gap::Nonexistent },
            Err(_) => Point { period, figure: None, gap: Gap::Missing },
        }
    }
}
