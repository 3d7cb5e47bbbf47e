//! What every chart must keep to, whatever the figures.

use super::draw::compose;
use super::geometry::Area;
use super::samples::{look, plot, point};
use super::scene::{Scene, Shape};
use super::*;

mod forms;
mod generated;

const ABSENT: f64 = f64::NAN;
const ABSENCES: [f64; 8] = [22_686.0, 23_822.0, ABSENT, ABSENT, ABSENT, 30_254.0, ABSENT, 30_229.0];

fn drawn(plot: &Plot) -> Drawing {
    draw(plot, &look("#C43D2B"), 470.0, 200.0).expect("a drawing")
}

fn texts(drawing: &Drawing) -> Vec<&str> {
    drawing.labels.iter().map(|label| label.text.as_str()).collect()
}

/// The boxes of a scene in the order in which they are drawn: columns, bars or parts.
fn boxes(scene: &Scene) -> Vec<Area> {
    let areas = scene.front.iter().filter_map(|shape| match shape {
        Shape::Box { area, .. } => Some(*area),
        _ => None,
    });
    areas.collect()
}

fn overlaps(labels: &[Label]) -> Option<(&str, &str)> {
    let pairs = labels.iter().enumerate().flat_map(|(index, a)| labels[index + 1..].iter().map(move |b| (a, b)));
    pairs.into_iter().find(|(a, b)| a.area.overlaps(&b.area)).map(|(a, b)| (&*a.text, &*b.text))
}

#[test]
fn columns_start_at_zero_and_are_proportional() {
    let scene = compose(&plot(Form::Columns, &ABSENCES), &look("#C43D2B"), 470.0, 200.0).expect("a scene");
    let columns = boxes(&scene);
    assert_eq!(columns.len(), 4);
    let unit = columns[0].height() / 22_686.0;
    for (column, value) in columns.iter().zip(ABSENCES.iter().filter(|value| !value.is_nan())) {
        assert_eq!(column.bottom, columns[0].bottom);
        assert!((column.height() - value * unit).abs() < 1e-9);
    }
}

#[test]
fn negative_columns_hang_from_zero() {
    let scene = compose(&plot(Form::Columns, &[120.0, -340.0]), &look("#C43D2B"), 470.0, 200.0).expect("a scene");
    let [up, down] = boxes(&scene)[..] else { panic!("two columns") };
    assert_eq!(up.bottom, down.top);
    assert!((down.height() / up.height() - 340.0 / 120.0).abs() < 1e-9);
}

#[test]
fn few_columns_carry_their_values_and_have_no_axis() {
    let drawing = drawn(&plot(Form::Columns, &ABSENCES));
    let numbers = ["22686", "23822", "30254", "30229"];
    assert!(numbers.iter().all(|number| texts(&drawing).contains(number)));
    assert!(!texts(&drawing).contains(&"0"));
    assert_eq!(texts(&drawing).iter().filter(|text| **text == "–").count(), 4);
    assert!(drawing.labels.iter().any(|label| label.text == "2017-2018"));
    assert!(drawing.left_out.is_empty());
}

#[test]
fn many_columns_have_an_axis_and_the_value_of_the_report_year() {
    let values: Vec<f64> = (0..14).map(|index| 20_000.0 + 731.0 * f64::from(index)).collect();
    let drawing = drawn(&plot(Form::Columns, &values));
    for text in ["0", "20000", "29503", "’30-’31"] {
        assert!(texts(&drawing).contains(&text), "{text}");
    }
    assert!(!texts(&drawing).contains(&"20731"));
}

#[test]
fn lines_carry_first_last_highest_and_lowest_once() {
    let drawing = drawn(&plot(Form::Lines, &[450.0, 461.0, 482.0, 431.0, 455.0, 471.0]));
    for text in ["450", "482", "431", "471"] {
        assert_eq!(texts(&drawing).iter().filter(|other| **other == text).count(), 1, "{text}");
    }
    assert!(!texts(&drawing).contains(&"461"));
}

#[test]
fn a_gap_or_a_break_interrupts_the_line() {
    let mut plot = plot(Form::Lines, &[1.0, 2.0, ABSENT, 4.0, 5.0, 6.0]);
    plot.breaks = vec![Break { before: 5, text: "andere telling".into() }];
    let look = look("#C43D2B");
    let scene = compose(&plot, &look, 470.0, 200.0).expect("a scene");
    let joins = scene.front.iter().filter(|shape| matches!(shape, Shape::Line { color, .. } if *color == look.chapter));
    assert_eq!(joins.count(), 2);
}

#[test]
fn a_mark_on_a_line_brings_its_value_along() {
    let mut plot = plot(Form::Lines, &[450.0, 461.0, 482.0, 431.0, 455.0, 471.0]);
    plot.series[0].points[4] = Some(Point { marks: vec!['a'], ..point(455.0) });
    assert!(texts(&drawn(&plot)).contains(&"455 [a]"));
}

#[test]
fn the_reason_of_a_missing_value_has_a_short_line() {
    for form in [Form::Columns, Form::Lines] {
        let mut plot = plot(form, &ABSENCES);
        plot.outliers = vec![Outlier { at: 3, text: "geen telling".into() }];
        let look = look("#C43D2B");
        let scene = compose(&plot, &look, 470.0, 200.0).expect("a scene");
        let length = |shape: &Shape| match shape {
            Shape::Line { from, to, color, .. } if *color == look.grey => Some(to.1 - from.1),
            _ => None,
        };
        let longest = scene.front.iter().filter_map(length).fold(0.0, f64::max);
        assert!(0.0 < longest && longest < 10.0, "{form:?} {longest}");
    }
}

#[test]
fn marks_follow_the_value() {
    let mut plot = plot(Form::Columns, &[120.0, 130.0]);
    plot.series[0].points[0] = Some(Point { marks: vec!['d', 'a'], ..point(120.0) });
    assert!(texts(&drawn(&plot)).contains(&"120 [d][a]"));
}

#[test]
fn text_is_escaped() {
    let mut plot = plot(Form::Columns, &[120.0, 130.0]);
    plot.categories[0].long = "<b> & \"c\"\u{1}".into();
    let svg = drawn(&plot).svg;
    assert!(svg.contains("&lt;b&gt; &amp; &quot;c&quot;\n"));
    assert!(!svg.contains("<b>") && !svg.contains('\u{1}'));
}

#[test]
fn the_size_is_in_points() {
    let svg = drawn(&plot(Form::Lines, &ABSENCES)).svg;
    assert!(svg.starts_with("<svg width=\"470pt\" height=\"200pt\" viewBox=\"0 0 9400 4000\""));
    assert!(svg.contains("font-family=\"Noto Sans\" font-size=\"160\""));
}

#[test]
fn a_plot_without_values_is_an_empty_chart() {
    for form in [Form::Columns, Form::Lines] {
        assert!(drawn(&plot(form, &[ABSENT, ABSENT])).left_out.is_empty());
    }
}

#[test]
fn faults_of_the_caller_are_errors() {
    fn check(change: impl Fn(&mut Plot), error: DrawError) {
        let mut plot = plot(Form::Columns, &[1.0, 2.0]);
        change(&mut plot);
        assert_eq!(draw(&plot, &look("#C43D2B"), 470.0, 200.0), Err(error));
    }
    let value = |value| move |plot: &mut Plot| plot.series[0].points[1] = Some(Point { value, ..point(1.0) });
    check(value(f64::NAN), DrawError::Value { series: 0, category: 1 });
    check(value(f64::INFINITY), DrawError::Value { series: 0, category: 1 });
    check(value(-1e300), DrawError::Value { series: 0, category: 1 });
    check(|plot| plot.series.clear(), DrawError::SeriesCount { found: 0, most: 2 });
    check(|plot| plot.series[0].points.truncate(1), DrawError::PointCount { series: 0 });
    check(|plot| plot.highlight = Some(2), DrawError::Position(2));
    check(|plot| plot.breaks = vec![Break { before: 0, text: String::new() }], DrawError::Position(0));
    assert_eq!(draw(&plot(Form::Lines, &[1.0]), &look("#C43D2B"), 470.0, f64::NAN), Err(DrawError::Size));
}
