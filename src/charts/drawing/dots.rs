//! Lines of dots: where they are, what joins them, and the values at them.

use super::frame::Scale;
use super::geometry::{Area, Place};
use super::look::Look;
use super::markers::{REACH, draw_marker};
use super::plot::{Plot, Point};
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::slots::Slots;

/// The width of a line, in points.
const STROKE: f64 = 1.4;

/// From the middle of a dot to a text above or under it, in points.
pub const OFF: f64 = REACH + 1.2;

/// A known point that has its place.
#[derive(Clone, Copy, Debug)]
pub struct Dot<'a> {
    pub series: usize,
    pub at: usize,
    pub place: Place,
    pub point: &'a Point,
}

/// The dots of a series, from left to right.
pub fn dots<'a>(plot: &'a Plot, series: usize, slots: &Slots, scale: Scale) -> Vec<Dot<'a>> {
    let points = plot.series[series].points.iter().enumerate();
    let known = points.filter_map(|(at, point)| point.as_ref().map(|point| (at, point)));
    let place = |at, point: &Point| (slots.center(at), scale.y(point.value));
    known.map(|(at, point)| Dot { series, at, place: place(at, point), point }).collect()
}

/// Joins neighbours and draws the dots; a missing value or a break interrupts the line.
pub fn draw(plot: &Plot, look: &Look, rows: &[Vec<Dot>], slots: &Slots, scene: &mut Scene) {
    for pair in rows.iter().flat_map(|row| row.windows(2)) {
        let [from, to] = [&pair[0], &pair[1]];
        if to.at != from.at + 1 || slots.broken(to.at) {
            continue;
        }
        let (from, to, color) = (from.place, to.place, look.series(to.series));
        scene.front.push(Shape::Line { from, to, width: STROKE, color });
        scene.avoid_line(from, to);
    }
    for dot in rows.iter().flatten() {
        let reach = if plot.highlight == Some(dot.at) { REACH * 1.3 } else { REACH };
        draw_marker(scene, look, dot.series, dot.place, reach, dot.point.look);
        scene.avoid(Area::around(dot.place, reach));
    }
}

/// The dots that carry their value, each once: the report year, the last, the first, the highest and the lowest.
pub fn told(plot: &Plot, row: &[Dot]) -> Vec<usize> {
    let by = |sign: f64| {
        let better = |a: usize, b: usize| if row[b].point.value * sign > row[a].point.value * sign { b } else { a };
        (0..row.len()).reduce(better)
    };
    let year = row.iter().position(|dot| plot.highlight == Some(dot.at));
    let wanted = [year, row.len().checked_sub(1), (!row.is_empty()).then_some(0), by(1.0), by(-1.0)];
    let mut told = Vec::new();
    for index in wanted.into_iter().flatten() {
        if !told.contains(&index) {
            told.push(index);
        }
    }
    told
}

/// Which values are written, and where.
pub struct Telling {
    /// For each row the dots that carry their value, the most important first.
    pub told: Vec<Vec<usize>>,
    /// Every value above its dot where it can be; else under it where the line makes a valley.
    pub above: bool,
    pub within: Area,
}

/// Writes the values that are told, the most important first, then the marks of the other points.
pub fn write_values(plot: &Plot, look: &Look, rows: &[Vec<Dot>], telling: &Telling, scene: &mut Scene) {
    let told = &telling.told;
    for rank in 0..told.iter().map(Vec::len).max().unwrap_or(0) {
        for (row, &index) in rows.iter().zip(told).filter_map(|(row, told)| told.get(rank).map(|index| (row, index))) {
            let words = value_words(plot, look, &row[index]);
            let (near, far) = (value_spots(row, index, telling.above), distant_spots(row, index));
            scene.place_or_far(&words, &near, &far, telling.within);
        }
    }
    for (row, told) in rows.iter().zip(told) {
        for index in (0..row.len()).filter(|index| !told.contains(index) && !row[*index].point.marks.is_empty()) {
            write_mark(plot, look, (row, index), telling, scene);
        }
    }
}

/// A mark with its value where there is a clear place for both, for a lone mark puzzles the reader.
fn write_mark(plot: &Plot, look: &Look, (row, index): (&[Dot], usize), telling: &Telling, scene: &mut Scene) {
    let (spots, within) = (value_spots(row, index, telling.above), telling.within);
    let words = value_words(plot, look, &row[index]);
    if spots.iter().any(|&spot| scene.place_if_clear(&words, spot, within).is_some()) {
        return;
    }
    let words = Words::new(&row[index].point.marks(), look.note(), look.grey);
    scene.place(&words, &spots, within);
}

fn value_words(plot: &Plot, look: &Look, dot: &Dot) -> Words {
    let kind = if plot.highlight == Some(dot.at) { look.strong() } else { look.label() };
    let color = if plot.series.len() == 1 { look.ink } else { look.series(dot.series) };
    Words::new(&format!("{} {}", dot.point.label, dot.point.marks()), kind, color)
}

/// Above the dot, or under it where the line makes a valley and that is allowed; then beside it and farther away.
fn value_spots(row: &[Dot], index: usize, above: bool) -> Vec<Spot> {
    let (x, y) = row[index].place;
    let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
    let higher = neighbours.filter_map(|index| row.get(index)).map(|dot| y - dot.place.1).sum::<f64>() > 1.0;
    let rises = if higher && !above { [Rise::Below, Rise::Above] } else { [Rise::Above, Rise::Below] };
    let sides = [(0.0, Side::Middle), (OFF, Side::End), (-OFF, Side::Start)];
    let spot = |off: f64, shift: f64, side, rise| {
        let up = if rise == Rise::Above { -off } else { off };
        Spot::new(x + shift, y + up, side, rise)
    };
    let near = rises.into_iter().flat_map(|rise| sides.map(|(shift, side)| spot(OFF, shift, side, rise)));
    let beside = [(OFF + 1.0, Side::Start), (-OFF - 1.0, Side::End)];
    let level = beside.into_iter().map(|(shift, side)| Spot::new(x + shift, y, side, Rise::Beside));
    let far = [6.0, 11.0, 16.0]
        .into_iter()
        .flat_map(|more| rises.into_iter().flat_map(move |rise| sides.map(|(shift, side)| spot(OFF + more, shift, side, rise))));
    near.chain(level).chain(far).collect()
}

/// Straight over and under the dot, for a value whose neighbours have taken everything near.
fn distant_spots(row: &[Dot], index: usize) -> Vec<Spot> {
    let (x, y) = row[index].place;
    let steps = (4..16).map(|step| f64::from(step) * 6.0);
    let at = |off: f64| [Spot::new(x, y - off, Side::Middle, Rise::Above), Spot::new(x, y + off, Side::Middle, Rise::Below)];
    steps.flat_map(at).collect()
}
