//! What every chart must keep to, whatever the figures.

use super::draw::compose;
use super::geometry::Area;
use super::samples::{look, plot, point};
use super::scene::{Scene, Shape};
use super::*;
use proptest::prelude::*;

const ABSENT: f64 = f64::NAN;
const ABSENCES: [f64; 8] = [22_686.0, 23_822.0, ABSENT, ABSENT, ABSENT, 30_254.0, ABSENT, 30_229.0];

fn drawn(plot: &Plot) -> Drawing {
    draw(plot, &look("#C43D2B"), 470.0, 200.0).expect("a drawing")
}

fn texts(drawing: &Drawing) -> Vec<&str> {
    drawing.labels.iter().map(|label| label.text.as_str()).collect()
}

/// The filled columns of a scene, from left to right.
fn columns(scene: &Scene) -> Vec<Area> {
    let boxes = scene.front.iter().filter_map(|shape| match shape {
        Shape::Box { area, .. } => Some(*area),
        _ => None,
    });
    boxes.collect()
}

fn overlaps(labels: &[Label]) -> Option<(&str, &str)> {
    let pairs = labels.iter().enumerate().flat_map(|(index, a)| labels[index + 1..].iter().map(move |b| (a, b)));
    pairs.into_iter().find(|(a, b)| a.area.overlaps(&b.area)).map(|(a, b)| (&*a.text, &*b.text))
}

#[test]
fn columns_start_at_zero_and_are_proportional() {
    let scene = compose(&plot(Form::Columns, &ABSENCES), &look("#C43D2B"), 470.0, 200.0).expect("a scene");
    let columns = columns(&scene);
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
    let [up, down] = columns(&scene)[..] else { panic!("two columns") };
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

fn any_point(widest: std::ops::Range<f64>) -> impl Strategy<Value = Option<Point>> {
    let look = prop_oneof![Just(PointLook::Solid), Just(PointLook::Outlined), Just(PointLook::Hatched)];
    let marks = prop::collection::vec(prop_oneof![Just('a'), Just('d'), Just('f')], 0..2);
    let point = (widest, marks, look).prop_map(|(value, marks, look)| Point { marks, look, ..point(value.round()) });
    prop::option::weighted(0.85, point)
}

fn any_plot(widest: std::ops::Range<f64>, words: &'static str) -> impl Strategy<Value = Plot> {
    let form = prop_oneof![Just(Form::Columns), Just(Form::Lines)];
    (2..15usize, 1..4usize, form).prop_flat_map(move |(count, series, form)| {
        let series = if form == Form::Columns { series.min(2) } else { series };
        let points = prop::collection::vec(any_point(widest.clone()), count);
        let rows = prop::collection::vec((words, points), series);
        let notes = prop::collection::vec((1..count, words, any::<bool>()), 0..4);
        (rows, notes, prop::option::of(0..count)).prop_map(move |(rows, notes, highlight)| {
            let mut plot = plot(form, &vec![0.0; count]);
            plot.highlight = highlight;
            plot.series = rows.into_iter().map(|(label, points)| Series { label, points }).collect();
            for (at, text, is_break) in notes {
                add_note(&mut plot, at, text, is_break);
            }
            plot
        })
    })
}

fn add_note(plot: &mut Plot, at: usize, text: String, is_break: bool) {
    match is_break {
        true if plot.breaks.iter().all(|old| old.before < at) => plot.breaks.push(Break { before: at, text }),
        false if plot.outliers.iter().all(|old| old.at != at) => plot.outliers.push(Outlier { at, text }),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn texts_never_meet_nor_leave_the_drawing(
        plot in any_plot(-1e9..1e9, "\\PC{0,40}"), width in 150.0..600.0f64, height in 100.0..300.0f64,
    ) {
        let drawing = draw(&plot, &look("#0B6E75"), width, height).expect("a drawing");
        prop_assert_eq!(overlaps(&drawing.labels), None);
        let canvas = Area::new(0.0, 0.0, width, height);
        prop_assert!(drawing.labels.iter().all(|label| canvas.holds(&label.area)));
    }

    #[test]
    fn usual_figures_lose_no_text(plot in any_plot(100.0..100_000.0, "[a-z]{3,9}( [a-z]{2,6})?")) {
        let drawing = drawn(&plot);
        prop_assert_eq!(&drawing.left_out, &Vec::<String>::new());
    }

    #[test]
    fn equal_plots_give_equal_bytes(plot in any_plot(-1e6..1e6, "\\PC{0,20}")) {
        prop_assert_eq!(drawn(&plot), drawn(&plot.clone()));
    }

    #[test]
    fn shapes_stay_on_the_drawing(plot in any_plot(-1e15..1e15, "[a-z]{0,9}"), width in 150.0..600.0f64) {
        let canvas = Area::new(0.0, 0.0, width, 100.0);
        let scene = compose(&plot, &look("#0B6E75"), width, 100.0).expect("a scene");
        for shape in scene.front.iter().chain(&scene.back) {
            prop_assert!(canvas.holds(&bounds(shape)), "{:?}", shape);
        }
    }
}

fn bounds(shape: &Shape) -> Area {
    let of = |places: &[(f64, f64)]| {
        let areas = places.iter().map(|&place| Area::around(place, 0.0));
        areas.reduce(|a, b| a.with(&b)).expect("a corner")
    };
    match shape {
        Shape::Box { area, .. } => *area,
        Shape::Line { from, to, .. } => of(&[*from, *to]),
        Shape::Polygon { corners, .. } => of(corners),
        Shape::Circle { center, radius, .. } => Area::around(*center, *radius),
    }
}
