//! Lines through the known points, each with its first, last, highest and lowest value.

use super::frame::{self, Scale};
use super::geometry::{Area, Place};
use super::look::Look;
use super::markers::{REACH, draw_marker};
use super::notes::Notes;
use super::plot::{Plot, Point, PointLook};
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::slots::{self, Slots};
use super::text::wrapped;
use super::ticks::Ticks;

/// The width of a line, in points.
const STROKE: f64 = 1.4;

/// From the middle of a dot to a text above or under it, in points.
const OFF: f64 = REACH + 1.2;

/// The name of a series is at most this share of the drawing, and this many lines.
const NAME_SHARE: f64 = 0.24;
const NAME_LINES: usize = 3;

/// From the chart to the names of the series, in points; their shape stands in between.
const BEFORE_NAMES: f64 = 12.0;

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let layout = Layout::new(plot, look, scene);
    let rows: Vec<Vec<Dot>> = (0..plot.series.len()).map(|series| dots(plot, &layout, series)).collect();
    for row in &rows {
        draw_line(look, row, &layout.slots, scene);
    }
    draw_dots(plot, look, &rows, scene);
    slots::write_names(plot, look, &layout.slots, scene);
    frame::write_numbers(plot, look, &layout.ticks, layout.scale, layout.slots.left, scene);
    write_series(plot, &layout, look, &rows, scene);
    write_values(plot, look, &layout, &rows, scene);
    write_gaps(plot, look, &layout, scene);
    frame::draw_grid(look, &layout.ticks, layout.scale, layout.slots.left, layout.slots.right(), scene);
    let reach = |at| rows.iter().flatten().find(|dot| dot.at == at).map_or(layout.scale.bottom, |dot| dot.place.1 - OFF);
    layout.notes.draw_lines(look, scene, layout.scale.bottom, reach);
}

/// Where everything goes.
struct Layout {
    slots: Slots,
    scale: Scale,
    ticks: Ticks,
    notes: Notes,
    /// The names of the series.
    names: Vec<Words>,
}

impl Layout {
    fn new(plot: &Plot, look: &Look, scene: &mut Scene) -> Self {
        let (low, high) = range(plot);
        let ticks = frame::axis(plot, low, high);
        let names = names(plot, look, scene.canvas.width());
        let widest = names.iter().map(Words::width).fold(0.0, f64::max);
        let margin = if widest > 0.0 { widest + BEFORE_NAMES } else { 0.0 };
        let slots = Slots::new(plot, frame::gutter(plot, look, &ticks), scene.canvas.right - margin, f64::MAX);
        let notes = Notes::arrange(plot, look, &slots, scene, 0.0);
        notes.write(scene);
        let top = notes.bottom() + look.label_size * 1.5;
        let bottom = scene.canvas.bottom - slots::names_height(look) - 4.0;
        Self { slots, scale: Scale { low, high, top, bottom }, ticks, notes, names }
    }
}

/// A known point that has its place.
#[derive(Clone, Copy)]
struct Dot<'a> {
    series: usize,
    at: usize,
    place: Place,
    point: &'a Point,
}

fn dots<'a>(plot: &'a Plot, layout: &Layout, series: usize) -> Vec<Dot<'a>> {
    let points = plot.series[series].points.iter().enumerate();
    let known = points.filter_map(|(at, point)| point.as_ref().map(|point| (at, point)));
    let place = |at, point: &Point| (layout.slots.center(at), layout.scale.y(point.value));
    known.map(|(at, point)| Dot { series, at, place: place(at, point), point }).collect()
}

/// From the lowest to the highest value with some room beneath, and from zero when that is near. In the unit of the values.
fn range(plot: &Plot) -> (f64, f64) {
    let low = plot.values().reduce(f64::min).unwrap_or(0.0);
    let high = plot.values().reduce(f64::max).unwrap_or(1.0);
    let flat = high - low <= high.abs().max(low.abs()) * 1e-6;
    let (low, high) = if flat { widened(low, high) } else { (low, high) };
    if low >= 0.0 && low < high / 3.0 {
        return (0.0, high);
    }
    let padded = low - (high - low) * 0.14;
    (if low >= 0.0 { padded.max(0.0) } else { padded }, high)
}

/// Room around values that are all alike.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let room = (high.abs() * 0.1).max(1.0);
    (if low >= 0.0 { (low - room).max(0.0) } else { low - room }, high + room)
}

/// Joins neighbours; a missing value or a break interrupts the line.
fn draw_line(look: &Look, row: &[Dot], slots: &Slots, scene: &mut Scene) {
    for pair in row.windows(2) {
        let [from, to] = [&pair[0], &pair[1]];
        if to.at != from.at + 1 || slots.broken(to.at) {
            continue;
        }
        let (from, to, color) = (from.place, to.place, look.series(to.series));
        scene.front.push(Shape::Line { from, to, width: STROKE, color });
        scene.avoid_line(from, to);
    }
}

fn draw_dots(plot: &Plot, look: &Look, rows: &[Vec<Dot>], scene: &mut Scene) {
    for dot in rows.iter().flatten() {
        let reach = if plot.highlight == Some(dot.at) { REACH * 1.3 } else { REACH };
        draw_marker(scene, look, dot.series, dot.place, reach, dot.point.look);
        scene.avoid(Area::around(dot.place, reach));
    }
}

/// The names of the series; those that are empty have no lines.
fn names(plot: &Plot, look: &Look, width: f64) -> Vec<Words> {
    let lines = |label: &str| wrapped(label, look.label(), width * NAME_SHARE, NAME_LINES);
    let series = plot.series.iter().enumerate();
    series.map(|(index, series)| Words::stacked(lines(&series.label), look.label(), look.series(index))).collect()
}

/// Writes each name at the height of the last dot of its line, or as near to it as there is room.
fn write_series(plot: &Plot, layout: &Layout, look: &Look, rows: &[Vec<Dot>], scene: &mut Scene) {
    let x = layout.slots.right() + BEFORE_NAMES;
    let within = Area { top: layout.notes.bottom(), ..scene.canvas };
    for (index, words) in layout.names.iter().enumerate().filter(|(_, words)| !words.lines.is_empty()) {
        scene.report_cut(&plot.series[index].label, words);
        let end = rows[index].last().map_or(layout.scale.bottom, |dot| dot.place.1);
        let steps = (0..60).flat_map(|step| [f64::from(step), -f64::from(step)]);
        let spots: Vec<Spot> = steps.map(|step| Spot::new(x, end + step * 2.0, Side::Start, Rise::Beside)).collect();
        if let Some(area) = scene.place(words, &spots, within).filter(|_| rows.len() > 1) {
            let middle = area.top + words.kind.size / 2.0;
            draw_marker(scene, look, index, (x - 6.0, middle), REACH, PointLook::Solid);
        }
    }
}

/// Writes the values that must be read, the most important first, then the marks of the other points.
fn write_values(plot: &Plot, look: &Look, layout: &Layout, rows: &[Vec<Dot>], scene: &mut Scene) {
    let within = Area { top: layout.notes.bottom(), ..scene.canvas };
    let told: Vec<Vec<usize>> = rows.iter().map(|row| told(plot, row)).collect();
    for rank in 0..told.iter().map(Vec::len).max().unwrap_or(0) {
        for (row, &index) in rows.iter().zip(&told).filter_map(|(row, told)| told.get(rank).map(|index| (row, index))) {
            let words = value_words(plot, look, &row[index]);
            scene.place(&words, &value_spots(row, index), within);
        }
    }
    for (row, told) in rows.iter().zip(&told) {
        for index in (0..row.len()).filter(|index| !told.contains(index) && !row[*index].point.marks.is_empty()) {
            let words = Words::new(&row[index].point.marks(), look.note(), look.grey);
            scene.place(&words, &value_spots(row, index), within);
        }
    }
}

/// The dots that carry their value, each once: the report year, the last, the first, the highest and the lowest.
fn told(plot: &Plot, row: &[Dot]) -> Vec<usize> {
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

fn value_words(plot: &Plot, look: &Look, dot: &Dot) -> Words {
    let kind = if plot.highlight == Some(dot.at) { look.strong() } else { look.label() };
    let color = if plot.series.len() == 1 { look.ink } else { look.series(dot.series) };
    Words::new(&format!("{} {}", dot.point.label, dot.point.marks()), kind, color)
}

/// Above the dot, or under it where the line makes a valley; then beside it and farther away.
fn value_spots(row: &[Dot], index: usize) -> Vec<Spot> {
    let (x, y) = row[index].place;
    let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
    let higher = neighbours.filter_map(|index| row.get(index)).map(|dot| y - dot.place.1).sum::<f64>() > 1.0;
    let rises = if higher { [Rise::Below, Rise::Above] } else { [Rise::Above, Rise::Below] };
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

/// A quiet dash at the foot where no series has a value.
fn write_gaps(plot: &Plot, look: &Look, layout: &Layout, scene: &mut Scene) {
    let words = Words::new("–", look.label(), look.grey);
    let unknown = |at: &usize| plot.series.iter().all(|series| series.points[*at].is_none());
    for at in (0..plot.categories.len()).filter(unknown) {
        let spot = Spot::new(layout.slots.center(at), layout.scale.bottom, Side::Middle, Rise::Above);
        scene.place_if_clear(&words, spot, scene.canvas);
    }
}
