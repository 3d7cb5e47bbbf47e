//! What each form says with its shapes.

use super::super::dots::OFF;
use super::super::geometry::Area;
use super::super::samples::{look, plot, point, rows};
use super::super::scene::{Scene, Shape};
use super::super::*;
use super::{ABSENT, boxes, compose, texts};

const CHAPTER: &str = "#0B6E75";

/// As wide as a page, and as high as the plot asks for.
fn composed(plot: &Plot) -> Scene {
    let look = look(CHAPTER);
    compose(plot, &look, 471.0, height(plot, &look, 471.0)).expect("a scene")
}

fn drawn(plot: &Plot) -> Drawing {
    let look = look(CHAPTER);
    draw(plot, &look, 471.0, height(plot, &look, 471.0)).expect("a drawing")
}

fn label<'a>(drawing: &'a Drawing, text: &str) -> &'a Label {
    drawing.labels.iter().find(|label| label.text == text).expect("a label")
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn a_line_stands_wholly_above_its_columns() {
    let plot = rows(Form::ColumnsLine, &[&[284.0, 265.0, 247.0, ABSENT, 261.0], &[40.0, 43.0, ABSENT, 49.0, 47.0]]);
    let (scene, look) = (composed(&plot), look(CHAPTER));
    let columns: Vec<Area> = boxes(&scene).into_iter().filter(|area| area.height() > 20.0).collect();
    assert_eq!(columns.len(), 4);
    let unit = columns[0].height() / 284.0;
    assert!(columns.iter().zip([284.0, 265.0, 247.0, 261.0]).all(|(column, value)| close(column.height(), value * unit)));
    let ends = scene.front.iter().filter_map(|shape| match shape {
        Shape::Line { from, to, color, .. } if *color == look.ink && from.1 > 20.0 => Some([from.1, to.1]),
        _ => None,
    });
    let ends: Vec<f64> = ends.flatten().collect();
    // Two pairs of neighbours are known: a gap interrupts the line.
    assert_eq!(ends.len(), 4);
    let highest = columns.iter().map(|column| column.top).fold(f64::MAX, f64::min);
    assert!(ends.iter().all(|y| y + OFF < highest));
}

#[test]
fn a_value_hemmed_in_by_others_is_written_farther_off() {
    let none = ABSENT;
    let plot = rows(
        Form::Lines,
        &[
            &[none, none, none, none, none, none, none, none, 78_895.0, 100.0, none],
            &[none, none, none, none, none, none, none, none, 94_493.0, none, none],
            &[none, none, none, none, none, none, none, 22_862.0, 99_630.0, 73_830.0, none],
        ],
    );
    let drawing = drawn(&plot);
    assert_eq!(drawing.left_out, Vec::<String>::new());
    assert!(texts(&drawing).contains(&"99630"));
}

#[test]
fn a_line_and_its_columns_carry_every_value() {
    let plot = rows(Form::ColumnsLine, &[&[284.0, 265.0, ABSENT, 226.0, 261.0], &[40.0, 43.0, ABSENT, 49.0, 47.0]]);
    let drawing = drawn(&plot);
    for text in ["284", "265", "226", "261", "40", "43", "49", "47", "kleuter", "lager"] {
        assert!(texts(&drawing).contains(&text), "{text}");
    }
    assert_eq!(texts(&drawing).iter().filter(|text| **text == "–").count(), 1);
    let lowest = ["40", "43", "49", "47"].map(|text| label(&drawing, text).area.bottom).into_iter().fold(0.0, f64::max);
    assert!(["284", "265", "226", "261"].iter().all(|text| label(&drawing, text).area.top > lowest));
}

#[test]
fn a_column_of_which_a_part_is_unknown_is_a_gap() {
    let mut plot = rows(Form::Stacked, &[&[100.0, 200.0, 300.0], &[300.0, ABSENT, 100.0]]);
    plot.totals = ["400", "200", "400"].map(|total| Some(total.to_owned())).to_vec();
    let drawing = drawn(&plot);
    assert_eq!(texts(&drawing).iter().filter(|text| **text == "–").count(), 1);
    assert!(!texts(&drawing).contains(&"200"));
    assert!(drawing.labels.iter().filter(|label| label.text == "400").all(|label| label.kind.bold));
    // Two swatches, and two parts of two columns.
    let parts = boxes(&composed(&plot)).split_off(2);
    let [low, high, other_low, other_high] = parts[..] else { panic!("four parts") };
    for (low, high) in [(low, high), (other_low, other_high)] {
        assert!(close(low.top - high.bottom, super::super::parts::GAP));
    }
    assert_eq!(low.bottom, other_low.bottom);
    assert!(close(low.bottom - high.top, other_low.bottom - other_high.top));
    assert!(close(low.height() + 0.75, other_high.height() + 0.75));
}

#[test]
fn a_part_that_there_was_not_leaves_a_column_complete() {
    let mut plot = rows(Form::Stacked, &[&[ABSENT, ABSENT, 300.0], &[400.0, ABSENT, ABSENT]]);
    let nothing = Some(Point::nothing());
    (plot.series[0].points[0], plot.series[0].points[1]) = (nothing.clone(), nothing.clone());
    (plot.series[1].points[1], plot.series[1].points[2]) = (nothing.clone(), nothing);
    plot.totals = vec![Some("400".into()), None, Some("300".into())];
    let drawing = drawn(&plot);
    // The total says it once, and where there was nothing at all stands a dash.
    for (text, times) in [("400", 1), ("300", 1), ("–", 1), ("0", 0)] {
        assert_eq!(texts(&drawing).iter().filter(|found| **found == text).count(), times, "{text}");
    }
    let columns = boxes(&composed(&plot)).split_off(2);
    let [first, last] = columns[..] else { panic!("two columns of one part") };
    assert!(close(first.height() * 3.0, last.height() * 4.0));
}

#[test]
fn parts_without_room_for_their_value_ask_for_an_axis() {
    let mut plot = rows(Form::Stacked, &[&[1000.0, 1200.0], &[10.0, 12.0]]);
    assert!(texts(&drawn(&plot)).contains(&"0"));
    plot.totals = vec![Some("1010".into()), Some("1212".into())];
    plot.series[1].points[0] = Some(Point { marks: vec!['g'], ..point(10.0) });
    assert!(!texts(&drawn(&plot)).contains(&"0"));
    assert!(texts(&drawn(&plot)).contains(&"1010 [g]"));
}

#[test]
fn bars_start_at_zero_and_are_proportional() {
    let scene = composed(&plot(Form::Bars, &[32.0, 26.0, ABSENT, 11.0, -4.0]));
    let bars = boxes(&scene);
    let (zero, unit) = (bars[0].left, bars[0].width() / 32.0);
    for (bar, value) in bars.iter().zip([32.0, 26.0, 11.0]) {
        assert!(bar.left == zero && close(bar.width(), value * unit) && close(bar.height(), 13.0));
    }
    assert!(bars[3].right == zero && close(bars[3].width(), 4.0 * unit));
    assert!(scene.labels.iter().any(|label| label.text == "–"));
}

#[test]
fn a_negative_bar_has_its_label_as_given_at_the_left() {
    let mut plot = plot(Form::Bars, &[32.0, -2.34]);
    plot.series[0].points[1] = Some(Point { label: "−2,34%".into(), ..point(-2.34) });
    let bar = boxes(&composed(&plot))[1];
    assert!(label(&drawn(&plot), "−2,34%").area.right < bar.left);
}

#[test]
fn long_names_wrap_and_make_the_rows_higher() {
    let mut plot = plot(Form::Bars, &[3.0, 2.0]);
    let low = height(&plot, &look(CHAPTER), 471.0);
    plot.categories[0].long = "vragen van leerlingen, ouders en scholen die onder geen van de domeinen vallen".into();
    let drawing = drawn(&plot);
    assert!(drawing.height > low && drawing.left_out.is_empty());
    let names = drawing.labels.iter().filter(|label| label.area.left == 0.0);
    assert!(names.clone().count() == 3 && names.into_iter().all(|label| label.area.right <= 0.42 * 471.0));
}

#[test]
fn parts_and_rest_fill_the_width() {
    let mut plot = plot(Form::Shares, &[2608.0, 7094.0, 1886.0]);
    (plot.whole, plot.rest) = (Some(11_899.0), Some("niet toegewezen: 311".into()));
    let parts = boxes(&composed(&plot));
    // The rest has a rim around it, which is a box of its own.
    let [first, second, third, rest, _] = parts[..] else { panic!("four parts and a rim") };
    assert!(first.left == 0.0 && close(rest.right, 471.0));
    for (before, after) in [(first, second), (second, third), (third, rest)] {
        assert!(close(after.left - before.right, super::super::parts::GAP));
    }
    assert!(close((first.width() + 0.75) / 471.0, 2608.0 / 11_899.0));
    assert!(close((second.width() + 1.5) / 471.0, 7094.0 / 11_899.0));
    assert!(texts(&drawn(&plot)).contains(&"niet toegewezen: 311"));
}

#[test]
fn what_does_not_fit_in_a_part_stands_above_it() {
    let mut plot = plot(Form::Shares, &[77.4, 20.3, 2.3]);
    plot.categories[2].long = "niet ingevuld".into();
    plot.series[0].points[2] = Some(Point { label: "2,3%".into(), marks: vec!['g'], ..point(2.3) });
    let (drawing, bar) = (drawn(&plot), boxes(&composed(&plot))[0]);
    assert!(label(&drawing, "niet ingevuld: 2,3% [g]").area.bottom < bar.top);
    assert!(bar.holds(&label(&drawing, "77").area));
}

#[test]
fn parts_without_length_are_named_under_the_bar() {
    let drawing = drawn(&plot(Form::Shares, &[60.0, 40.0, 0.0, ABSENT]));
    assert!(label(&drawing, "2019-2020: 0 · 2020-2021: –").area.top > label(&drawing, "60").area.bottom);
    // Nor can lines point at parts that are too close together.
    let drawing = drawn(&plot(Form::Shares, &[94_000.0, 100.0, 100.0, 100.0]));
    assert!(drawing.left_out.is_empty());
    assert_eq!(texts(&drawing).concat().matches(": 100").count(), 3);
}

#[test]
fn panels_share_one_scale_and_one_row_of_names() {
    let plot = rows(Form::Multiples, &[&[100.0, 50.0], &[ABSENT, 25.0], &[20.0, 10.0]]);
    let drawing = drawn(&plot);
    let bars = boxes(&composed(&plot));
    let unit = bars[0].width() / 100.0;
    assert!(bars.iter().zip([100.0, 50.0, 25.0, 20.0, 10.0]).all(|(bar, value)| close(bar.width(), value * unit)));
    assert_eq!(texts(&drawing).iter().filter(|text| **text == "2017-2018").count(), 1);
    assert_eq!(texts(&drawing).iter().filter(|text| **text == "–").count(), 1);
    assert!(["kleuter", "lager", "secundair"].iter().all(|title| label(&drawing, title).kind.bold));
}

#[test]
fn as_many_dots_are_filled_as_the_share_says() {
    for (value, filled) in [(0.0, 0), (2.0, 2), (63.0, 63), (99.6, 100), (100.0, 100)] {
        let scene = composed(&plot(Form::Hundred, &[value]));
        let paper = look(CHAPTER).paper;
        let dots = scene.front.iter().filter(|shape| matches!(shape, Shape::Circle { fill, .. } if *fill != paper));
        let holes = scene.front.iter().filter(|shape| matches!(shape, Shape::Circle { fill, .. } if *fill == paper));
        assert_eq!((dots.count(), holes.count()), (100, 100 - filled), "{value}");
    }
}

#[test]
fn a_caption_stands_around_the_drawing_and_loses_nothing() {
    let plot = plot(Form::Bars, &[32.0, 26.0]);
    let look = look(CHAPTER);
    let foot = ["Bron: LARS, juli 2025. ".repeat(20), "a".repeat(300), "[g] afgerond".to_owned()];
    let title = "Aantal leerlingen met een vraaggestuurd traject en het gemiddelde aantal interventies, per schooljaar";
    let drawing = draw_captioned(&plot, &look, 471.0, 60.0, &Caption { title, foot: &foot }).expect("a drawing");
    assert!(drawing.left_out.is_empty() && drawing.width == 499.0 && drawing.height > 100.0);
    let all = texts(&drawing).concat().replace(' ', "");
    for text in [title].into_iter().chain(foot.iter().map(String::as_str)) {
        assert!(all.contains(&text.replace(' ', "")), "{text}");
    }
    assert!(label(&drawing, "[g] afgerond").area.top > label(&drawing, "26").area.bottom);
    let canvas = Area::new(0.0, 0.0, drawing.width, drawing.height).grown(-13.9);
    assert!(drawing.labels.iter().all(|label| canvas.holds(&label.area)));
}

#[test]
fn forms_refuse_what_they_cannot_show() {
    fn check(plot: &Plot, error: DrawError) {
        assert_eq!(draw(plot, &look(CHAPTER), 471.0, 200.0), Err(error));
        assert!(height(plot, &look(CHAPTER), 471.0) > 0.0);
    }
    check(&plot(Form::ColumnsLine, &[1.0, 2.0]), DrawError::SeriesLack { found: 1, least: 2 });
    check(&plot(Form::Shares, &[1.0]), DrawError::CategoryCount { found: 1, least: 2, most: 6 });
    check(&plot(Form::Multiples, &[1.0; 13]), DrawError::CategoryCount { found: 13, least: 1, most: 12 });
    check(&rows(Form::Bars, &[&[1.0], &[1.0]]), DrawError::SeriesCount { found: 2, most: 1 });
    for form in [Form::Stacked, Form::Shares, Form::Multiples] {
        check(&plot(form, &[1.0, -1.0]), DrawError::Value { series: 0, category: 1 });
    }
    check(&plot(Form::Hundred, &[100.5]), DrawError::Value { series: 0, category: 0 });
    check(&Plot { whole: Some(90.0), ..plot(Form::Shares, &[60.0, 40.0]) }, DrawError::Whole);
    check(&Plot { whole: Some(0.0), ..plot(Form::Shares, &[0.0, 0.0]) }, DrawError::Whole);
    check(&Plot { totals: vec![None], ..plot(Form::Stacked, &[1.0, 2.0]) }, DrawError::TotalCount { found: 1 });
    // Rounded shares may make a little more than their whole.
    assert!(Plot { whole: Some(100.0), ..plot(Form::Shares, &[60.1, 40.0]) }.check().is_ok());
}
