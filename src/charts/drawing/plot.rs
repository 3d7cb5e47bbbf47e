//! What is drawn: plain data, filled from figures by the stage. Numbers arrive already written in Dutch.

use std::fmt;

/// Writes an axis number in the language of the report: the number, and how many decimals it needs.
pub type TickLabel = fn(f64, usize) -> String;

/// A chart, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Plot {
    pub form: Form,
    /// The x axis, from left to right.
    pub categories: Vec<Category>,
    /// At most two for [`Form::Columns`] (grouped), three for [`Form::Lines`].
    pub series: Vec<Series>,
    /// Breaks in the series, in the order of the axis.
    pub breaks: Vec<Break>,
    pub outliers: Vec<Outlier>,
    /// The category of the report year, in the colour of the chapter; without it every category has that colour.
    pub highlight: Option<usize>,
    pub tick_label: TickLabel,
}

/// How the numbers become a drawing. Every form has a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns from zero.
    Columns,
    /// Lines through the known points; the axis need not start at zero.
    Lines,
}

/// A place on the x axis, usually a school year.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// `2017-2018`
    pub long: String,
    /// `’17-’18`, used when not every long name fits.
    pub short: String,
}

/// One row of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Stands at the end of the line or beside the colour of the columns; may be empty when there is one series.
    pub label: String,
    /// One for each category; `None` where no value is known, which shows as a gap and is never filled in.
    pub points: Vec<Option<Point>>,
}

/// A known value.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub value: f64,
    /// The value as printed: `30.229`.
    pub label: String,
    /// Marks that refer to the notes under the chart: `d` is drawn as `[d]`.
    pub marks: Vec<char>,
    pub look: PointLook,
}

/// How far a value is a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointLook {
    /// Measured.
    Solid,
    /// Estimated, derived or rounded.
    Outlined,
    /// Fictitious.
    Hatched,
}

/// A break in the series: left and right of it the numbers cannot be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// The first category after the break; never 0.
    pub before: usize,
    /// A few words.
    pub text: String,
}

/// A value with a reason of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlier {
    /// The category; the note points at the first series that has a value there.
    pub at: usize,
    /// A few words.
    pub text: String,
}

/// Why a plot cannot be drawn. All of these are faults of the caller, none of the reader's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawError {
    /// There are no categories, no series, or more series than the form can tell apart.
    SeriesCount { found: usize, most: usize },
    /// A series has more or fewer points than there are categories.
    PointCount { series: usize },
    /// A value is not a finite number, or larger than 10¹⁵.
    Value { series: usize, category: usize },
    /// A break, an outlier or the highlight lies outside the axis, or breaks are not in the order of the axis.
    Position(usize),
    /// The drawing would be smaller than 150 × 100 points or larger than 2.000 × 2.000.
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
        let (found, most) = (self.series.len(), self.form.most_series());
        if self.categories.is_empty() || found == 0 || found > most {
            return Err(DrawError::SeriesCount { found, most });
        }
        for (index, series) in self.series.iter().enumerate() {
            self.check_points(index, series)?;
        }
        self.check_positions()
    }

    /// The known values of all series.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.known().map(|point| point.value)
    }

    /// The known points of all series.
    pub fn known(&self) -> impl Iterator<Item = &Point> + '_ {
        self.series.iter().flat_map(|series| series.points.iter().flatten())
    }

    /// The known points of one category.
    pub fn at(&self, category: usize) -> impl Iterator<Item = &Point> + '_ {
        self.series.iter().filter_map(move |series| series.points.get(category)?.as_ref())
    }

    fn check_points(&self, index: usize, series: &Series) -> Result<(), DrawError> {
        if series.points.len() != self.categories.len() {
            return Err(DrawError::PointCount { series: index });
        }
        let drawable = |point: &Point| point.value.is_finite() && point.value.abs() <= 1e15;
        match series.points.iter().position(|point| point.as_ref().is_some_and(|point| !drawable(point))) {
            Some(category) => Err(DrawError::Value { series: index, category }),
            None => Ok(()),
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
    fn most_series(self) -> usize {
        match self {
            Self::Columns => 2,
            Self::Lines => 3,
        }
    }
}

impl Point {
    /// The marks as they are printed: `[d]`, `[d][f]`, or nothing.
    pub fn marks(&self) -> String {
        self.marks.iter().map(|mark| format!("[{mark}]")).collect()
    }
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SeriesCount { found, most } => write!(f, "{found} series over the axis; 1 to {most} can be drawn"),
            Self::PointCount { series } => write!(f, "series {series} has not one point for each category"),
            Self::Value { series, category } => {
                write!(f, "the value of series {series} at category {category} cannot be drawn")
            }
            Self::Position(at) => write!(f, "category {at} is not on the axis, or out of order"),
            Self::Size => f.write_str("the drawing is smaller than 150 × 100 points or larger than 2.000 × 2.000"),
            Self::Backend(reason) => write!(f, "the chart could not be written ({reason})"),
        }
    }
}

impl std::error::Error for DrawError {}
