//! Plots for the tests.

use super::*;

pub const CHAPTERS: [&str; 5] = ["#C43D2B", "#0B6E75", "#3B7A1E", "#6A4C93", "#1F5FA8"];

pub fn look(chapter: &str) -> Look {
    let color = |code| hex(code).expect("a colour");
    Look {
        chapter: color(chapter),
        ink: color("#1B2A41"),
        grey: color("#5B6673"),
        line: color("#D8DCE1"),
        paper: color("#FFFFFF"),
        label_size: 8.0,
        note_size: 7.5,
    }
}

pub fn tick_label(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}").replace('.', ",")
}

pub fn point(value: f64) -> Point {
    Point { value, label: tick_label(value, 0), marks: vec![], look: PointLook::Solid }
}

/// A plot of one row of values over as many school years from 2017-2018 on; NaN is no value.
pub fn plot(form: Form, values: &[f64]) -> Plot {
    let category = |index: usize| Category {
        long: format!("{}-{}", 2017 + index, 2018 + index),
        short: format!("’{}-’{}", 17 + index, 18 + index),
    };
    let points = values.iter().map(|&value| (!value.is_nan()).then(|| point(value))).collect();
    Plot {
        form,
        categories: (0..values.len()).map(category).collect(),
        series: vec![Series { label: String::new(), points }],
        breaks: vec![],
        outliers: vec![],
        highlight: values.len().checked_sub(1),
        tick_label,
        whole: None,
        rest: None,
        totals: vec![],
    }
}

/// A plot of several rows of values over as many categories.
pub fn rows(form: Form, rows: &[&[f64]]) -> Plot {
    let series = rows.iter().zip(["kleuter", "lager", "secundair", "buitengewoon"]).map(|(values, label)| {
        let points = plot(form, values).series.remove(0).points;
        Series { label: label.into(), points }
    });
    Plot { series: series.collect(), ..plot(form, rows[0]) }
}
