//! A measure over successive periods, with its gaps and breaks.

use super::{Figure, Figures, Reference};
use crate::data::Break;
use crate::units::Period;

/// One period of a series; a gap where nothing is known.
#[derive(Debug, Clone)]
pub struct Point {
    pub period: Period,
    pub figure: Option<Figure>,
}

/// A reference over the periods asked for, in order.
#[derive(Debug, Clone)]
pub struct Series {
    pub reference: Reference,
    /// Title of the indicator.
    pub title: String,
    pub unit: String,
    pub points: Vec<Point>,
    /// Breaks that fall within the periods: between the first and the last.
    pub breaks: Vec<Break>,
}

impl Series {
    pub fn known(&self) -> impl Iterator<Item = &Figure> {
        self.points.iter().filter_map(|point| point.figure.as_ref())
    }
}

impl Figures {
    /// The values of a reference in each of the periods.
    pub fn series(&self, reference: &Reference, periods: &[Period]) -> Series {
        let points: Vec<Point> =
            periods.iter().map(|period| Point { period: *period, figure: self.resolve(&reference.at(*period)).ok() }).collect();
        let unit = points.iter().find_map(|point| point.figure.as_ref()).map(|figure| figure.unit.clone());
        let indicator = self.indicator(&reference.indicator);
        let within = |series_break: &&Break| periods.iter().skip(1).any(|period| *period == series_break.from);
        Series {
            reference: reference.clone(),
            title: indicator.map(|indicator| indicator.title.clone()).unwrap_or_default(),
            unit: unit.unwrap_or_else(|| self.measure_name(reference)),
            points,
            breaks: indicator.map(|indicator| indicator.breaks.iter().filter(within).cloned().collect()).unwrap_or_default(),
        }
    }
}
