//! From figures to a plot: what stands on which axis, and how each value is written.

use std::collections::BTreeSet;

use super::drawing::{self, Category, Outlier, Plot, PointLook};
use super::{Words, is_soft};
use crate::content::{self, Form};
use crate::figures::{Figure, Figures, Gap, Mark, Parts, Point, Selection, Series};
use crate::units::{Decimal, Grouping, Notation, Period, Value};

pub(super) fn plot(figures: &Figures, spec: &content::Chart, selection: &Selection, words: &Words<'_>, grouping: Grouping) -> Plot {
    let percent = selection.known().first().is_some_and(|figure| figure.unit == "%");
    let empty = Plot {
        form: form(spec.form),
        categories: Vec::new(),
        series: Vec::new(),
        breaks: Vec::new(),
        outliers: Vec::new(),
        highlight: None,
        tick_label: tick_label(grouping, percent),
        whole: None,
        rest: None,
        totals: Vec::new(),
    };
    match selection {
        Selection::Series { series, total } => over_time(empty, figures, spec, series, total.as_deref(), words, grouping),
        Selection::Parts(parts) if spec.form == Form::Multiples => side_by_side(empty, parts, grouping),
        Selection::Parts(parts) => at_once(empty, spec.form, parts, grouping),
    }
}

/// Marks that every value has say nothing beside a single one.
pub(super) fn without_marks(plot: &mut Plot) {
    let points = plot.series.iter_mut().flat_map(|series| series.points.iter_mut().flatten());
    points.for_each(|point| point.marks.clear());
}

fn over_time(
    empty: Plot,
    figures: &Figures,
    spec: &content::Chart,
    series: &[Series],
    total: Option<&Series>,
    words: &Words<'_>,
    grouping: Grouping,
) -> Plot {
    let periods: Vec<Period> = series.first().map(|series| series.points.iter().map(|point| point.period).collect()).unwrap_or_default();
    let position = |period: &Period| periods.iter().position(|known| known == period);
    let breaks = broken(series).iter().filter_map(position).filter(|at| *at > 0).collect::<BTreeSet<usize>>();
    let outliers = spec.outliers.iter().zip(words.reasons);
    let outliers = outliers.filter_map(|((period, _), reason)| Some(Outlier { at: position(period)?, text: reason.clone() }));
    let written = |figure: &Figure| marked(figure, grouping);
    Plot {
        categories: periods.iter().map(|period| Category { long: period.to_string(), short: period.short() }).collect(),
        series: series.iter().map(|series| drawn_series(series, spec.form, grouping)).collect(),
        breaks: breaks.into_iter().map(|before| drawing::Break { before, text: "breuk in de reeks".to_owned() }).collect(),
        outliers: outliers.collect(),
        highlight: position(&Period::SchoolYear(figures.school_year())),
        totals: total.map(|total| total.points.iter().map(|point| point.figure.as_ref().map(written)).collect()).unwrap_or_default(),
        ..empty
    }
}

fn drawn_series(series: &Series, form: Form, grouping: Grouping) -> drawing::Series {
    let point = |point: &Point| match &point.figure {
        Some(figure) => plotted(figure, grouping),
        // A column is complete without a part that there was not.
        None => (form == Form::Stacked && point.gap == Gap::Nonexistent).then(drawing::Point::nothing),
    };
    drawing::Series { label: series.label.clone(), points: series.points.iter().map(point).collect() }
}

/// The first periods after a break, declared or marked.
pub(super) fn broken(series: &[Series]) -> BTreeSet<Period> {
    let declared = series.iter().flat_map(|series| &series.breaks).map(|series_break| series_break.from);
    let points = series.iter().flat_map(|series| &series.points);
    let marked = points.filter(|point| point.figure.as_ref().is_some_and(|figure| figure.marks.contains(&Mark::Break)));
    declared.chain(marked.map(|point| point.period)).collect()
}

/// Parts as the categories of one row of values.
fn at_once(empty: Plot, form: Form, parts: &Parts, grouping: Grouping) -> Plot {
    let panel = parts.panels.iter().flat_map(|panel| &panel.parts).collect::<Vec<_>>();
    let point = |figure: &Figure| if form == Form::Hundred { out_of_hundred(figure, grouping) } else { plotted(figure, grouping) };
    // The parts of a bar are told apart by their steps of lightness, which an outline would break.
    let solid = |point: drawing::Point| match (form, point.look) {
        (Form::Shares, PointLook::Outlined) => drawing::Point { look: PointLook::Solid, ..point },
        _ => point,
    };
    let points = panel.iter().map(|part| point(part.figure.as_ref()?).map(solid)).collect();
    let percent = panel.iter().all(|part| part.figure.as_ref().is_some_and(|figure| figure.unit == "%"));
    let whole = parts.whole.as_ref().and_then(|whole| whole.value).map(Value::as_f64);
    let rest = parts.rest.as_ref().map(|rest| match &rest.figure {
        Some(figure) => format!("{}: {}", rest.label, marked(figure, grouping)),
        None => rest.label.clone(),
    });
    Plot {
        categories: panel.iter().map(|part| named(&part.label)).collect(),
        series: vec![drawing::Series { label: String::new(), points }],
        whole: whole.or((percent && rest.is_some()).then_some(100.0)),
        rest,
        ..empty
    }
}

/// Panels as series over the union of their parts, in the order in which these first appear.
fn side_by_side(empty: Plot, parts: &Parts, grouping: Grouping) -> Plot {
    let labels = parts.labels();
    let series = parts.panels.iter().map(|panel| {
        let figure = |label: &&str| panel.part(label)?.figure.as_ref();
        let points = labels.iter().map(|label| plotted(figure(label)?, grouping)).collect();
        drawing::Series { label: panel.title.clone(), points }
    });
    Plot { series: series.collect(), categories: labels.iter().map(|label| named(label)).collect(), ..empty }
}

fn named(label: &str) -> Category {
    Category { long: label.to_owned(), short: label.to_owned() }
}

/// Words alone, such as «bijna 2%», have no place on an axis: they show as a gap, and stand in the table.
fn plotted(figure: &Figure, grouping: Grouping) -> Option<drawing::Point> {
    let value = figure.value?.as_f64();
    Some(drawing::Point { value, label: figure.write(&Notation::table(grouping)), marks: figure.mark_letters(), look: look(figure) })
}

fn out_of_hundred(figure: &Figure, grouping: Grouping) -> Option<drawing::Point> {
    let value = figure.whole_percentage()? as f64;
    let notation = Notation { per_hundred: true, ..Notation::table(grouping) };
    Some(drawing::Point { value, label: figure.write(&notation), marks: figure.mark_letters(), look: PointLook::Solid })
}

fn look(figure: &Figure) -> PointLook {
    if figure.marks.contains(&Mark::Fictitious) {
        PointLook::Hatched
    } else if is_soft(figure) || figure.bounds != [None; 2] {
        PointLook::Outlined
    } else {
        PointLook::Solid
    }
}

/// A value that has no point of its own, with its marks behind it.
fn marked(figure: &Figure, grouping: Grouping) -> String {
    let marks: String = figure.mark_letters().iter().map(|mark| format!("[{mark}]")).collect();
    format!("{} {marks}", figure.write(&Notation::table(grouping))).trim_end().to_owned()
}

fn form(form: Form) -> drawing::Form {
    match form {
        Form::Columns => drawing::Form::Columns,
        Form::Lines => drawing::Form::Lines,
        Form::ColumnsLine => drawing::Form::ColumnsLine,
        Form::Stacked => drawing::Form::Stacked,
        Form::Bars => drawing::Form::Bars,
        Form::Shares => drawing::Form::Shares,
        Form::Multiples => drawing::Form::Multiples,
        Form::Hundred => drawing::Form::Hundred,
    }
}

fn tick_label(grouping: Grouping, percent: bool) -> drawing::TickLabel {
    match (grouping, percent) {
        (Grouping::Point, false) => |value, decimals| tick(value, decimals, Grouping::Point),
        (Grouping::Space, false) => |value, decimals| tick(value, decimals, Grouping::Space),
        (Grouping::Point, true) => |value, decimals| format!("{}%", tick(value, decimals, Grouping::Point)),
        (Grouping::Space, true) => |value, decimals| format!("{}%", tick(value, decimals, Grouping::Space)),
    }
}

/// A number on an axis, as written in a table.
fn tick(value: f64, decimals: usize, grouping: Grouping) -> String {
    let typed = format!("{value:.decimals$}");
    Decimal::parse(&typed).map_or(typed, |decimal| Notation::table(grouping).write(Value::Printed(decimal)))
}
