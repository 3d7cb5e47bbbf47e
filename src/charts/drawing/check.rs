//! What a plot must keep to before it is drawn.

use super::plot::{Break, Form, Plot, Point, Series};
use std::fmt;
use std::ops::RangeInclusive;

/// Parts may exceed their whole by this share of it: printed shares are rounded, and may make 100,3% together.
const TOLERANCE: f64 = 0.005;

/// Why a plot cannot be drawn. All of these are faults of the caller, none of the reader's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawError {
    /// There are no categories, no series, or more series than the form can tell apart.
    SeriesCount { found: usize, most: usize },
    /// There are fewer series than the form needs.
    SeriesLack { found: usize, least: usize },
    /// There are more or fewer categories than the form can show.
    CategoryCount { found: usize, least: usize, most: usize },
    /// A series has more or fewer points than there are categories.
    PointCount { series: usize },
    /// There are totals, but not one for each category.
    TotalCount { found: usize },
    /// A value is not a finite number, larger than 10¹⁵, or outside what the form can show.
    Value { series: usize, category: usize },
    /// The whole is not above zero, or its parts together are more than it.
    Whole,
    /// A break, an outlier or the highlight lies outside the axis, or breaks are not in the order of the axis.
    Position(usize),
    /// The drawing would be narrower than 150 points, lower than its form can be, or larger than 2.000 × 2.000.
    Size,
    /// The fonts or the SVG backend refused.
    Backend(String),
}

impl Plot {
    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// The first fault found, in the order of [`DrawError`].
    pub fn check(&self) -> Result<(), DrawError> {
        self.check_counts()?;
        for (index, series) in self.series.iter().enumerate() {
            self.check_points(index, series)?;
        }
        self.check_totals()?;
        self.check_positions()
    }

    fn check_counts(&self) -> Result<(), DrawError> {
        let (series, found) = (self.form.series(), self.series.len());
        let (least, most) = (*series.start(), *series.end());
        if self.categories.is_empty() || found == 0 || found > most {
            return Err(DrawError::SeriesCount { found, most });
        }
        if found < least {
            return Err(DrawError::SeriesLack { found, least });
        }
        let (categories, found) = (self.form.categories(), self.categories.len());
        match categories.contains(&found) {
            true => Ok(()),
            false => Err(DrawError::CategoryCount { found, least: *categories.start(), most: *categories.end() }),
        }
    }

    fn check_points(&self, index: usize, series: &Series) -> Result<(), DrawError> {
        if series.points.len() != self.categories.len() {
            return Err(DrawError::PointCount { series: index });
        }
        let allowed = self.form.values();
        let drawable = |point: &Point| allowed.contains(&point.value);
        match series.points.iter().position(|point| point.as_ref().is_some_and(|point| !drawable(point))) {
            Some(category) => Err(DrawError::Value { series: index, category }),
            None => Ok(()),
        }
    }

    fn check_totals(&self) -> Result<(), DrawError> {
        let found = self.totals.len();
        if found != 0 && found != self.categories.len() {
            return Err(DrawError::TotalCount { found });
        }
        let parts: f64 = self.values().sum();
        let fits = |whole: f64| whole.is_finite() && whole > 0.0 && parts <= whole * (1.0 + TOLERANCE);
        match self.whole {
            Some(whole) if self.form == Form::Shares && !fits(whole) => Err(DrawError::Whole),
            _ => Ok(()),
        }
    }

    fn check_positions(&self) -> Result<(), DrawError> {
        let count = self.categories.len();
        let mut at = self.outliers.iter().map(|outlier| outlier.at).chain(self.highlight);
        if let Some(outside) = at.find(|&at| at >= count) {
            return Err(DrawError::Position(outside));
        }
        let mut previous = 0;
        for Break { before, .. } in &self.breaks {
            if *before <= previous || *before >= count {
                return Err(DrawError::Position(*before));
            }
            previous = *before;
        }
        Ok(())
    }
}

impl Form {
    /// How many series the form can tell apart.
    fn series(self) -> RangeInclusive<usize> {
        match self {
            Self::Columns => 1..=2,
            Self::Lines => 1..=3,
            Self::ColumnsLine => 2..=2,
            Self::Stacked | Self::Multiples => 1..=4,
            Self::Bars | Self::Shares | Self::Hundred => 1..=1,
        }
    }

    /// How many categories the form can show; an axis thins its names, so it has no limit.
    fn categories(self) -> RangeInclusive<usize> {
        match self {
            Self::Columns | Self::Lines | Self::ColumnsLine | Self::Stacked => 1..=usize::MAX,
            Self::Bars => 1..=20,
            Self::Multiples => 1..=12,
            Self::Shares => 2..=6,
            Self::Hundred => 1..=1,
        }
    }

    /// Which values the form can show; from 10¹⁵ on, whole numbers are no longer exact.
    fn values(self) -> RangeInclusive<f64> {
        const LARGEST: f64 = 1e15;
        match self {
            Self::Columns | Self::Lines | Self::ColumnsLine | Self::Bars => -LARGEST..=LARGEST,
            Self::Stacked | Self::Shares | Self::Multiples => 0.0..=LARGEST,
            Self::Hundred => 0.0..=100.0,
        }
    }
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SeriesCount { found, most } => write!(f, "{found} series over the axis; 1 to {most} can be drawn"),
            Self::SeriesLack { found, least } => write!(f, "{found} series; this form needs {least}"),
            Self::CategoryCount { found, least, most } => write!(f, "{found} categories; this form shows {least} to {most}"),
            Self::TotalCount { found } => write!(f, "{found} totals, which is not one for each category"),
            Self::Whole => f.write_str("the parts are more than their whole, or the whole is not above zero"),
            Self::PointCount { series } => write!(f, "series {series} has not one point for each category"),
            Self::Value { series, category } => {
                write!(f, "the value of series {series} at category {category} cannot be drawn")
            }
            Self::Position(at) => write!(f, "category {at} is not on the axis, or out of order"),
            Self::Size => f.write_str("the drawing is narrower than 150 points, too low for its form, or larger than 2.000 × 2.000"),
            Self::Backend(reason) => write!(f, "the chart could not be written ({reason})"),
        }
    }
}

impl std::error::Error for DrawError {}
