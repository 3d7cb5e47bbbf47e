//! Charts: a series of figures → a drawing (SVG), the words for who does not see it, and the table behind it.
//!
//! [`drawing`] knows shapes and no figures; this file knows figures and no shapes.

mod alternative;
pub mod drawing;

use std::collections::BTreeSet;

use crate::content::{self, Form};
use crate::figures::{Figure, Figures, Mark, Marks, Reference, Series, Table};
use crate::units::{Decimal, Grouping, Notation, Period, Place, Value};

use drawing::{Category, DrawError, Drawing, Look, Plot, PointLook};

/// Width of every chart, in points: that of the page between its margins.
const WIDTH: f64 = 471.0;
const HEIGHT: f64 = 188.0;

/// How the charts of an edition look and write numbers.
#[derive(Debug, Clone)]
pub struct Style {
    pub look: Look,
    pub grouping: Grouping,
}

/// A chart and everything that must stand with it.
#[derive(Debug, Clone)]
pub struct Chart {
    pub drawing: Drawing,
    pub alt: String,
    pub table: Table,
    /// Of all values in it, in their fixed order.
    pub marks: Marks,
    /// Of whom the values are, where that is not everyone.
    pub population: Option<String>,
}

/// The words of a chart, with their numbers in place.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    /// Those above the chart, for the alternative text.
    pub title: &'a str,
    /// The reasons of the outliers of the chart, in their order.
    pub reasons: &'a [String],
}

/// Draws the chart an editor asked for.
///
/// # Errors
/// When the drawing refuses the plot, which is a fault of this program.
pub fn draw(figures: &Figures, spec: &content::Chart, reference: &Reference, words: &Words<'_>, style: &Style) -> Result<Chart, DrawError> {
    let series = figures.series(reference, &spec.periods);
    let drawing = drawing::draw(&plot(figures, spec, &series, words, style), &style.look, WIDTH, HEIGHT)?;
    Ok(Chart {
        drawing,
        alt: alternative::text(spec.form, words.title, &series, style.grouping),
        marks: series.known().flat_map(|figure| figure.marks.iter().copied()).collect(),
        population: population(reference),
        table: Table::of(&[series], style.grouping),
    })
}

fn plot(figures: &Figures, spec: &content::Chart, series: &Series, words: &Words<'_>, style: &Style) -> Plot {
    let position = |period: &Period| spec.periods.iter().position(|known| known == period);
    let year = Period::SchoolYear(figures.school_year());
    let points = series.points.iter().map(|point| plotted(point.figure.as_ref()?, style.grouping));
    let marked = series.points.iter().filter(|point| point.figure.as_ref().is_some_and(|figure| figure.marks.contains(&Mark::Break)));
    let breaks = series.breaks.iter().map(|series_break| series_break.from).chain(marked.map(|point| point.period));
    let breaks: BTreeSet<usize> = breaks.filter_map(|from| position(&from)).filter(|at| *at > 0).collect();
    let breaks = breaks.into_iter().map(|before| drawing::Break { before, text: "breuk in de reeks".to_owned() });
    let outliers = spec.outliers.iter().zip(words.reasons);
    let outliers = outliers.filter_map(|((period, _), reason)| Some(drawing::Outlier { at: position(period)?, text: reason.clone() }));
    Plot {
        form: match spec.form {
            Form::Columns => drawing::Form::Columns,
            Form::Lines => drawing::Form::Lines,
        },
        categories: spec.periods.iter().map(|period| Category { long: period.to_string(), short: period.short() }).collect(),
        series: vec![drawing::Series { label: String::new(), points: points.collect() }],
        breaks: breaks.collect(),
        outliers: outliers.collect(),
        highlight: position(&year),
        tick_label: match style.grouping {
            Grouping::Point => |value, decimals| tick(value, decimals, Grouping::Point),
            Grouping::Space => |value, decimals| tick(value, decimals, Grouping::Space),
        },
    }
}

/// Words alone, such as «bijna 2%», have no place on an axis: they show as a gap, and stand in the table.
fn plotted(figure: &Figure, grouping: Grouping) -> Option<drawing::Point> {
    let notation = Notation { grouping, place: Place::Table, ..Notation::default() };
    let soft = [Mark::Estimated, Mark::Derived, Mark::Rounded];
    let look = if figure.marks.contains(&Mark::Fictitious) {
        PointLook::Hatched
    } else if soft.iter().any(|mark| figure.marks.contains(mark)) {
        PointLook::Outlined
    } else {
        PointLook::Solid
    };
    let value = figure.value?.as_f64();
    Some(drawing::Point { value, label: figure.write(&notation), marks: figure.mark_letters(), look })
}

/// A number on an axis, as written in a table.
fn tick(value: f64, decimals: usize, grouping: Grouping) -> String {
    let typed = format!("{value:.decimals$}");
    let notation = Notation { grouping, place: Place::Table, ..Notation::default() };
    Decimal::parse(&typed).map_or(typed, |decimal| notation.write(Value::Printed(decimal)))
}

fn population(reference: &Reference) -> Option<String> {
    let narrowed = reference.breakdown.narrowed();
    let words: Vec<String> = narrowed.iter().map(|(name, value)| format!("{name} {value}")).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
