//! What is drawn: plain data, filled from figures by the stage. Numbers arrive already written in Dutch.

/// Writes an axis number in the language of the report: the number, and how many decimals it needs.
pub type TickLabel = fn(f64, usize) -> String;

/// A chart, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Plot {
    pub form: Form,
    /// The x axis, from left to right; in [`Form::Bars`] and [`Form::Multiples`] the rows from top to bottom.
    pub categories: Vec<Category>,
    /// As many as the form can tell apart: see [`Plot::check`].
    pub series: Vec<Series>,
    /// Breaks in the series, in the order of the axis.
    pub breaks: Vec<Break>,
    pub outliers: Vec<Outlier>,
    /// The category of the report year, in the colour of the chapter; without it every category has that colour.
    pub highlight: Option<usize>,
    pub tick_label: TickLabel,
    /// The value of 100% for [`Form::Shares`]; without it the sum of the parts.
    pub whole: Option<f64>,
    /// What the parts of [`Form::Shares`] leave of the whole: name and value as printed, e.g. "niet toegewezen: 311".
    pub rest: Option<String>,
    /// The totals of [`Form::Stacked`], as printed, one a category; empty when they are not shown.
    pub totals: Vec<Option<String>>,
}

/// How the numbers become a drawing. Every form has a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Columns from zero.
    Columns,
    /// Lines through the known points; the axis need not start at zero.
    Lines,
    /// Columns from zero, and above them a line on a scale of its own.
    ColumnsLine,
    /// Columns from zero of parts that together are something.
    Stacked,
    /// Horizontal bars, one a category, in the given order.
    Bars,
    /// The parts of one whole, as one horizontal bar.
    Shares,
    /// Panels of horizontal bars side by side, one a series, on one shared scale.
    Multiples,
    /// A hundred dots, of which as many are filled as the share says.
    Hundred,
}

/// A place on the x axis, usually a school year; in the forms without years the name of a bar or a part, as `long`.
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

impl Plot {
    /// The known values of all series.
    pub fn values(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.known().map(|point| point.value)
    }

    /// The known points of all series.
    pub fn known(&self) -> impl Iterator<Item = &Point> + Clone + '_ {
        self.series.iter().flat_map(|series| series.points.iter().flatten())
    }

    /// The known points of one category.
    pub fn at(&self, category: usize) -> impl Iterator<Item = &Point> + '_ {
        self.series.iter().filter_map(move |series| series.points.get(category)?.as_ref())
    }
}

impl Point {
    /// A part of a stacked column that there was not then: it takes no room, and without it the column is complete.
    pub fn nothing() -> Self {
        Self { value: 0.0, label: String::new(), marks: Vec::new(), look: PointLook::Solid }
    }

    pub fn is_nothing(&self) -> bool {
        self.value == 0.0 && self.label.is_empty()
    }

    /// The marks as they are printed: `[d]`, `[d][f]`, or nothing.
    pub fn marks(&self) -> String {
        self.marks.iter().map(|mark| format!("[{mark}]")).collect()
    }
}
