//! Columns from zero: few carry their values and need no axis, many get an axis.

use super::fill::Fill;
use super::frame::{self, Scale};
use super::geometry::Area;
use super::legend::{self, Sign};
use super::look::Look;
use super::notes::Notes;
use super::plot::{Plot, Point};
use super::scene::{Rise, Scene, Side, Spot, Words};
use super::slots::{self, Slots};
use super::text::{LEADING, clean};
use super::ticks::Ticks;

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

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let signs = plot.series.iter().enumerate().map(|(index, series)| (Sign::Swatch(look.series(index)), series.label.as_str()));
    let entries: Vec<(Sign, &str)> = signs.collect();
    let top = if entries.len() < 2 { 0.0 } else { legend::write(&entries, look, scene) };
    let layout = Layout::new(plot, look, scene, Wish { top, ..Wish::default() });
    let bars = layout.bars(plot);
    draw_bars(plot, look, &bars, scene);
    write_words(plot, look, &layout, &bars, scene);
    draw_rules(look, &layout, scene, |at| top_of(&bars, at));
}

/// What a form wants to be different from plain columns.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// Where the chart begins, under its legend.
    pub top: f64,
    /// The share of the height above the columns that stays free for a line.
    pub band: f64,
    /// An axis even when all values could be written.
    pub axis: bool,
    /// Every value bold.
    pub bold: bool,
}

/// Where everything goes.
pub struct Layout {
    pub slots: Slots,
    pub notes: Notes,
    /// What lies between the notes and the columns with their values, free for a line.
    pub band: Area,
    scale: Scale,
    /// Only with an axis.
    ticks: Option<Ticks>,
    /// How many series share a slot.
    series: usize,
    bold: bool,
}

impl Layout {
    pub fn new(plot: &Plot, look: &Look, scene: &mut Scene, wish: Wish) -> Self {
        let (low, high) = range(plot);
        let axis = wish.axis || needs_axis(plot, look, scene.canvas.right);
        let ticks = axis.then(|| frame::axis(plot, low, high));
        let left = ticks.as_ref().map_or(0.0, |ticks| frame::gutter(plot, look, ticks));
        let slots = Slots::new(plot, left, scene.canvas.right, WIDEST_SLOT);
        let notes = Notes::arrange(plot, look, &slots, scene, wish.top);
        notes.write(scene);
        let floor = scene.canvas.bottom - slots::names_height(look);
        let ceiling = notes.bottom() + (floor - notes.bottom()) * wish.band;
        // In a chart that is too low the values give way, not the columns.
        let room = value_room(plot, look, axis, slots.pitch).min((floor - ceiling) * 0.4);
        let foot = floor - if low < 0.0 { room } else { 0.0 };
        let scale = Scale { low, high, top: ceiling + room, bottom: foot };
        let band = Area::new(left, notes.bottom(), scene.canvas.right, ceiling);
        Self { slots, scale, notes, band, ticks, series: plot.series.len(), bold: wish.bold }
    }

    /// The known columns, series by series.
    pub fn bars<'a>(&self, plot: &'a Plot) -> Vec<Bar<'a>> {
        let rows = plot.series.iter().enumerate();
        let points = rows.flat_map(|(index, series)| series.points.iter().enumerate().map(move |point| (index, point)));
        let known = points.filter_map(|(series, (at, point))| point.as_ref().map(|point| (series, at, point)));
        known.map(|(series, at, point)| self.bar(series, at, point, plot.highlight == Some(at))).collect()
    }

    fn bar<'a>(&self, series: usize, at: usize, point: &'a Point, highlight: bool) -> Bar<'a> {
        let (left, right) = self.sides(series, at);
        let (end, zero) = (self.scale.y(point.value), self.zero());
        Bar { series, at, point, area: Area::new(left, end.min(zero), right, end.max(zero)), highlight }
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
pub struct Bar<'a> {
    series: usize,
    pub at: usize,
    pub point: &'a Point,
    pub area: Area,
    /// Whether it is of the report year.
    highlight: bool,
}

impl Bar<'_> {
    /// The value with its marks; the marks alone when there is an axis to read the value from.
    fn words(&self, look: &Look, layout: &Layout, room: f64) -> Words {
        if layout.ticks.is_some() && !self.highlight {
            return Words::new(&self.point.marks(), look.note(), look.grey);
        }
        value_words(self.point, look, self.highlight || layout.bold, room)
    }
}

/// The highest point of the first column of a category.
pub fn top_of(bars: &[Bar], at: usize) -> Option<f64> {
    bars.iter().find(|bar| bar.at == at).map(|bar| bar.area.top)
}

/// Draws the columns.
pub fn draw_bars(plot: &Plot, look: &Look, bars: &[Bar], scene: &mut Scene) {
    for bar in bars {
        Fill::of_series(look, bar.series, bar.at, plot.highlight).draw(bar.area, bar.point.look, scene);
        scene.avoid(bar.area);
    }
}

/// Writes the names under the columns, the axis, and the values at them. Call it when the columns are drawn.
pub fn write_words(plot: &Plot, look: &Look, layout: &Layout, bars: &[Bar], scene: &mut Scene) {
    slots::write_names(plot, look, &layout.slots, scene);
    if let Some(ticks) = &layout.ticks {
        frame::write_numbers(plot, look, ticks, layout.scale, layout.slots.left, scene);
    }
    write_values(look, layout, bars, scene);
    write_gaps(plot, look, layout, scene);
}

/// Draws the grid, the zero line and the lines of the notes, to the y that `reach` says. Call it when all texts are placed.
pub fn draw_rules(look: &Look, layout: &Layout, scene: &mut Scene, reach: impl Fn(usize) -> Option<f64>) {
    let (left, right) = (layout.slots.left, layout.slots.right());
    if let Some(ticks) = &layout.ticks {
        frame::draw_grid(look, ticks, layout.scale, left, right, scene);
    }
    scene.level(layout.zero(), left, right, 0.7, look.grey);
    layout.notes.draw_lines(look, scene, layout.zero(), reach);
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
        if narrow { year.iter().map(|words| words.lines.len()).sum() } else { highest(&year).max(1) }
    } else {
        highest(&plot.known().map(words).collect::<Vec<_>>())
    };
    look.label_size * LEADING * lines as f64 + 2.0
}

fn write_values(look: &Look, layout: &Layout, bars: &[Bar], scene: &mut Scene) {
    let room = room_for_value(layout.series, layout.slots.pitch);
    let within = Area { top: layout.band.bottom, ..scene.canvas };
    // The report year first: it must not give way to a mark.
    let (first, rest): (Vec<&Bar>, Vec<&Bar>) = bars.iter().partition(|bar| bar.highlight);
    for bar in first.into_iter().chain(rest) {
        let words = bar.words(look, layout, room);
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
