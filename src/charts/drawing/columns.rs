//! Columns from zero: few carry their values and need no axis, many get an axis.

use super::frame::{self, Scale};
use super::geometry::{Area, diagonals};
use super::look::Look;
use super::notes::Notes;
use super::plot::{Plot, Point, PointLook};
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::slots::{self, Slots};
use super::text::{LEADING, clean, shortened};
use super::ticks::Ticks;
use plotters::style::RGBColor;

/// With more values than this there is an axis, and only the report year carries its value.
const MOST_VALUES: usize = 9;

/// A slot is at most this wide, so that two columns are not two walls. In points.
const WIDEST_SLOT: f64 = 110.0;

/// The part of a slot that columns take, alone and in pairs.
const ALONE: f64 = 0.62;
const PAIRED: f64 = 0.8;

/// A column is at most this wide, in points.
const WIDEST: f64 = 46.0;

/// The white between the two columns of a pair, in points.
const BETWEEN: f64 = 1.5;

/// Between a column and its value, in points.
const OFF: f64 = 1.2;

/// The rim of a column that is not solid, in points.
const RIM: f64 = 0.9;

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let layout = Layout::new(plot, look, scene);
    let bars = bars(plot, &layout);
    for bar in &bars {
        bar.draw(look, scene);
        scene.avoid(bar.area);
    }
    slots::write_names(plot, look, &layout.slots, scene);
    if let Some(ticks) = &layout.ticks {
        frame::write_numbers(plot, look, ticks, layout.scale, layout.slots.left, scene);
    }
    write_values(look, &layout, &bars, scene);
    write_gaps(plot, look, &layout, scene);
    draw_rules(look, &layout, scene);
    let reach = |at| bars.iter().find(|bar| bar.at == at).map_or(layout.zero(), |bar| bar.area.top);
    layout.notes.draw_lines(look, scene, layout.zero(), reach);
}

/// Where everything goes.
struct Layout {
    slots: Slots,
    scale: Scale,
    notes: Notes,
    /// Only with an axis.
    ticks: Option<Ticks>,
    /// How many series share a slot.
    series: usize,
}

impl Layout {
    fn new(plot: &Plot, look: &Look, scene: &mut Scene) -> Self {
        let (low, high) = range(plot);
        let ticks = needs_axis(plot, look, scene.canvas.right).then(|| frame::axis(plot, low, high));
        let left = ticks.as_ref().map_or(0.0, |ticks| frame::gutter(plot, look, ticks));
        let slots = Slots::new(plot, left, scene.canvas.right, WIDEST_SLOT);
        let top = write_legend(plot, look, scene);
        let notes = Notes::arrange(plot, look, &slots, scene, top);
        notes.write(scene);
        let room = value_room(plot, look, ticks.is_some(), slots.pitch);
        let foot = scene.canvas.bottom - slots::names_height(look) - if low < 0.0 { room } else { 0.0 };
        let scale = Scale { low, high, top: notes.bottom() + room, bottom: foot };
        Self { slots, scale, notes, ticks, series: plot.series.len() }
    }

    fn zero(&self) -> f64 {
        self.scale.y(0.0)
    }

    /// The left and right of a column, in points.
    fn sides(&self, series: usize, at: usize) -> (f64, f64) {
        let (share, count) = if self.series == 1 { (ALONE, 1.0) } else { (PAIRED, self.series as f64) };
        let width = ((self.slots.pitch * share - BETWEEN * (count - 1.0)) / count).min(WIDEST);
        let all = width * count + BETWEEN * (count - 1.0);
        let left = self.slots.center(at) - all / 2.0 + series as f64 * (width + BETWEEN);
        (left, left + width)
    }
}

/// A column that has its place.
struct Bar<'a> {
    series: usize,
    at: usize,
    point: &'a Point,
    area: Area,
    /// Whether it has the full colour.
    strong: bool,
    /// Whether it is of the report year.
    highlight: bool,
}

impl Bar<'_> {
    fn draw(&self, look: &Look, scene: &mut Scene) {
        if self.area.is_empty() {
            return;
        }
        let color = if self.strong { look.series(self.series) } else { look.tint(self.series) };
        match self.point.look {
            PointLook::Solid => scene.front.push(Shape::Box { area: self.area, fill: color }),
            PointLook::Outlined => self.draw_hollow(look, scene),
            PointLook::Hatched => {
                self.draw_hollow(look, scene);
                draw_hatch(&self.area.grown(-RIM), look.series(self.series), scene);
            }
        }
    }

    /// One box in another: plotters writes no width for the rim of a box.
    fn draw_hollow(&self, look: &Look, scene: &mut Scene) {
        scene.front.push(Shape::Box { area: self.area, fill: look.series(self.series) });
        let inside = self.area.grown(-RIM);
        // Of the report year, even an estimate stands out.
        let fill = if self.highlight { look.tint(self.series) } else { look.faint(self.series) };
        if !inside.is_empty() {
            scene.front.push(Shape::Box { area: inside, fill });
        }
    }

    /// The value with its marks; the marks alone when there is an axis to read the value from.
    fn words(&self, look: &Look, axis: bool, room: f64) -> Words {
        match self.highlight {
            true => value_words(self.point, look, true, room),
            false if axis => Words::new(&self.point.marks(), look.note(), look.grey),
            false => value_words(self.point, look, false, room),
        }
    }
}

fn bars<'a>(plot: &'a Plot, layout: &Layout) -> Vec<Bar<'a>> {
    let bar = |series: usize, at: usize, point: &'a Point| {
        let (left, right) = layout.sides(series, at);
        let (end, zero) = (layout.scale.y(point.value), layout.zero());
        let area = Area::new(left, end.min(zero), right, end.max(zero));
        let highlight = plot.highlight == Some(at);
        Bar { series, at, point, area, strong: highlight || plot.highlight.is_none(), highlight }
    };
    let rows = plot.series.iter().enumerate();
    let points = rows.flat_map(|(index, series)| series.points.iter().enumerate().map(move |point| (index, point)));
    points.filter_map(|(series, (at, point))| point.as_ref().map(|point| bar(series, at, point))).collect()
}

/// From the lowest to the highest value, with zero, in the unit of the values.
fn range(plot: &Plot) -> (f64, f64) {
    let (low, high) = plot.values().fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
    if low == high { (0.0, 1.0) } else { (low, high) }
}

fn needs_axis(plot: &Plot, look: &Look, width: f64) -> bool {
    let pitch = Slots::new(plot, 0.0, width, WIDEST_SLOT).pitch;
    let room = room_for_value(plot.series.len(), pitch);
    let too_wide = |point: &Point| value_words(point, look, true, room).width() > room;
    plot.known().count() > MOST_VALUES || plot.known().any(too_wide)
}

/// How wide a value may be without touching that of its neighbour, in points.
fn room_for_value(series: usize, pitch: f64) -> f64 {
    if series == 1 { pitch - 3.0 } else { pitch * PAIRED / series as f64 - 1.0 }
}

/// The value and its marks on one line, or on two when one is too wide.
fn value_words(point: &Point, look: &Look, strong: bool, room: f64) -> Words {
    let kind = if strong { look.strong() } else { look.label() };
    let marks = point.marks();
    let line = Words::new(&format!("{} {marks}", point.label), kind, look.ink);
    if marks.is_empty() || line.width() <= room {
        return line;
    }
    Words::stacked(vec![clean(&point.label), clean(&marks)], kind, look.ink)
}

/// The height that values take above the highest column, in points.
fn value_room(plot: &Plot, look: &Look, axis: bool, pitch: f64) -> f64 {
    let room = room_for_value(plot.series.len(), pitch);
    let words = |point: &Point| value_words(point, look, true, room);
    let highest = |words: &[Words]| words.iter().map(|words| words.lines.len()).max().unwrap_or(1);
    let lines = if axis {
        // In narrow pairs one value of the report year stands over the other.
        let year = plot.highlight.map_or(vec![], |at| plot.at(at).map(words).collect());
        let narrow = year.iter().any(|words| words.width() > room);
        if narrow { year.iter().map(|words| words.lines.len()).sum() } else { highest(&year) }
    } else {
        highest(&plot.known().map(words).collect::<Vec<_>>())
    };
    look.label_size * LEADING * lines as f64 + 2.0
}

fn write_values(look: &Look, layout: &Layout, bars: &[Bar], scene: &mut Scene) {
    let room = room_for_value(layout.series, layout.slots.pitch);
    let within = Area { top: layout.notes.bottom(), ..scene.canvas };
    // The report year first: it must not give way to a mark.
    let (first, rest): (Vec<&Bar>, Vec<&Bar>) = bars.iter().partition(|bar| bar.highlight);
    for bar in first.into_iter().chain(rest) {
        let words = bar.words(look, layout.ticks.is_some(), room);
        if !words.lines.is_empty() {
            let spots = value_spots(bar, &words, scene);
            scene.place(&words, &spots, within);
        }
    }
}

/// At the end of the column, else above all columns that the text would cover.
fn value_spots(bar: &Bar, words: &Words, scene: &Scene) -> Vec<Spot> {
    let center = (bar.area.left + bar.area.right) / 2.0;
    let half = words.width() / 2.0;
    let inside = center.min(scene.canvas.right - half).max(half);
    let clear = scene.highest(inside - half, inside + half, bar.area.top);
    let at_end = |x| match bar.point.value < 0.0 {
        true => Spot::new(x, bar.area.bottom + OFF, Side::Middle, Rise::Below),
        false => Spot::new(x, bar.area.top - OFF, Side::Middle, Rise::Above),
    };
    let lifts = (0..4).map(|lines| f64::from(lines) * words.kind.size * LEADING);
    let above = lifts.map(|lift| Spot::new(inside, clear - OFF - lift, Side::Middle, Rise::Above));
    [at_end(center), at_end(inside)].into_iter().chain(above).collect()
}

/// A quiet dash where no value is known.
fn write_gaps(plot: &Plot, look: &Look, layout: &Layout, scene: &mut Scene) {
    let words = Words::new("–", look.label(), look.grey);
    for (index, series) in plot.series.iter().enumerate() {
        for at in (0..series.points.len()).filter(|&at| series.points[at].is_none()) {
            let (left, right) = layout.sides(index, at);
            let spot = Spot::new((left + right) / 2.0, layout.zero() - 2.0 * OFF, Side::Middle, Rise::Above);
            scene.place_if_clear(&words, spot, scene.canvas);
        }
    }
}

fn draw_rules(look: &Look, layout: &Layout, scene: &mut Scene) {
    let (left, right) = (layout.slots.left, layout.slots.right());
    if let Some(ticks) = &layout.ticks {
        frame::draw_grid(look, ticks, layout.scale, left, right, scene);
    }
    scene.level(layout.zero(), left, right, 0.7, look.grey);
}

fn draw_hatch(area: &Area, color: RGBColor, scene: &mut Scene) {
    for (from, to) in diagonals(area, 5.0) {
        scene.front.push(Shape::Line { from, to, width: 0.7, color });
    }
}

/// Names the two series of a pair above the chart, each with its colour, and returns where the rest may begin.
fn write_legend(plot: &Plot, look: &Look, scene: &mut Scene) -> f64 {
    const SWATCH: f64 = 7.0;
    if plot.series.len() < 2 {
        return 0.0;
    }
    let room = scene.canvas.right / plot.series.len() as f64 - SWATCH - 20.0;
    let height = look.label_size * LEADING;
    let mut left = 0.0;
    for (index, series) in plot.series.iter().enumerate() {
        let words = Words::new(&shortened(&series.label, look.label(), room), look.label(), look.ink);
        scene.report_cut(&series.label, &words);
        let area = Area::new(left, (height - SWATCH) / 2.0, left + SWATCH, (height + SWATCH) / 2.0);
        scene.front.push(Shape::Box { area, fill: look.series(index) });
        scene.place(&words, &[Spot::new(area.right + 4.0, height / 2.0, Side::Start, Rise::Beside)], scene.canvas);
        left = area.right + 4.0 + words.width() + 16.0;
    }
    height + 5.0
}
