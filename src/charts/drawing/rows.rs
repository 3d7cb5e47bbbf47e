//! Horizontal bars: a row for each category, its name at the left, and panels in which the bars are drawn.

use super::fill::Fill;
use super::geometry::Area;
use super::look::Look;
use super::plot::{Plot, Point};
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::text::{LEADING, balanced, shortened};

/// Between the names and the bars, in points.
const AFTER_NAMES: f64 = 8.0;

/// Between a bar and its value, in points.
const OFF: f64 = 3.5;

/// A name has at most this many lines.
const NAME_LINES: usize = 2;

/// A row with a name of two lines is this much higher than the name, in points.
const ROW_AIR: f64 = 8.0;

/// The bars keep at least this share of their panel, however wide the values.
const LEAST_BARS: f64 = 0.2;

/// The sizes of the rows of a form.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// The names take at most this share of the width.
    pub names: f64,
    /// The thickness of a bar, in points.
    pub bar: f64,
    /// From one bar to the next, in points.
    pub pitch: f64,
}

/// Where the rows are, in points.
pub struct Rows {
    /// Where the bars may begin.
    pub left: f64,
    pub top: f64,
    pub pitch: f64,
    bar: f64,
    names: Vec<Words>,
}

impl Rows {
    /// Lays the rows out from `top` down; closer together where `bottom` asks for it.
    pub fn new(plot: &Plot, look: &Look, sizes: Sizes, width: f64, (top, bottom): (f64, f64)) -> Self {
        let names: Vec<Words> = (0..plot.categories.len()).map(|at| name(plot, look, at, width * sizes.names)).collect();
        let highest = names.iter().map(Words::height).fold(0.0, f64::max);
        let wraps = names.iter().any(|name| name.lines.len() > 1);
        let wanted = if wraps { sizes.pitch.max(highest + ROW_AIR) } else { sizes.pitch };
        let pitch = wanted.min((bottom - top).max(1.0) / names.len().max(1) as f64);
        let widest = names.iter().map(Words::width).fold(0.0, f64::max);
        let left = if widest > 0.0 { widest + AFTER_NAMES } else { 0.0 };
        Self { left, top, pitch, bar: sizes.bar.min(pitch * 0.7), names }
    }

    /// The foot of the last row.
    pub fn bottom(&self) -> f64 {
        self.top + self.pitch * self.names.len() as f64
    }

    /// Writes the names at the left.
    pub fn write_names(&self, plot: &Plot, look: &Look, scene: &mut Scene) {
        for (at, words) in self.names.iter().enumerate() {
            let text = &plot.categories[at].long;
            // In rows that are too low for it a name has one line.
            let words = match words.height() > self.pitch && words.lines.len() > 1 {
                true => Words::new(&shortened(text, words.kind, self.left - AFTER_NAMES), words.kind, look.ink),
                false => words.clone(),
            };
            scene.report_cut(text, &words);
            scene.place(&words, &[Spot::new(0.0, self.middle(at), Side::Start, Rise::Beside)], scene.canvas);
        }
    }

    fn middle(&self, at: usize) -> f64 {
        self.top + (at as f64 + 0.5) * self.pitch
    }
}

fn name(plot: &Plot, look: &Look, at: usize, room: f64) -> Words {
    let kind = if plot.highlight == Some(at) { look.strong() } else { look.label() };
    Words::stacked(balanced(&plot.categories[at].long, kind, room, NAME_LINES), kind, look.ink)
}

/// A stretch of the width in which bars start at zero.
pub struct Panel {
    area: Area,
    zero: f64,
    /// Points for each unit of the values.
    unit: f64,
}

impl Panel {
    /// Scales all values of the plot to `left..right`, with room for their labels.
    pub fn new(plot: &Plot, look: &Look, rows: &Rows, left: f64, right: f64) -> Self {
        let (low, high) = plot.values().fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
        let room = |below: bool| {
            let points = plot.known().filter(|point| (point.value < 0.0) == below);
            points.map(|point| value_words(point, look, true).width() + OFF).fold(0.0, f64::max)
        };
        let (before, after) = (room(true), room(false));
        let all = (right - left).max(0.0);
        // In a panel that is too narrow the values give way, not the bars.
        let share = ((all * (1.0 - LEAST_BARS)) / (before + after)).min(1.0);
        let bars = all - (before + after) * share;
        let unit = if high > low { bars / (high - low) } else { 0.0 };
        let area = Area::new(left, rows.top, right, rows.bottom());
        Self { area, zero: left + before * share - low * unit, unit }
    }

    /// Draws the bars of a series and writes their values.
    pub fn draw(&self, plot: &Plot, look: &Look, rows: &Rows, series: usize, scene: &mut Scene) {
        for (at, point) in plot.series[series].points.iter().enumerate() {
            let middle = rows.middle(at);
            let Some(point) = point else {
                let dash = Words::new("–", look.label(), look.grey);
                scene.place_if_clear(&dash, Spot::new(self.zero + OFF, middle, Side::Start, Rise::Beside), scene.canvas);
                continue;
            };
            let end = self.zero + point.value * self.unit;
            let bar = Area::new(end.min(self.zero), middle - rows.bar / 2.0, end.max(self.zero), middle + rows.bar / 2.0);
            Fill::of_series(look, 0, at, plot.highlight).draw(bar, point.look, scene);
            self.write_value(plot, look, at, point, (end, middle), scene);
        }
    }

    /// Draws the line from which the bars start. Call it when all texts are placed.
    pub fn draw_zero(&self, look: &Look, scene: &mut Scene) {
        for (top, bottom) in scene.upright(self.zero, self.area.top, self.area.bottom) {
            let (from, to) = ((self.zero, top), (self.zero, bottom));
            scene.back.push(Shape::Line { from, to, width: 0.7, color: look.grey });
        }
    }

    fn write_value(&self, plot: &Plot, look: &Look, at: usize, point: &Point, (end, middle): (f64, f64), scene: &mut Scene) {
        let words = value_words(point, look, plot.highlight == Some(at));
        let spot = match point.value < 0.0 {
            true => Spot::new(end - OFF, middle, Side::End, Rise::Beside),
            false => Spot::new(end + OFF, middle, Side::Start, Rise::Beside),
        };
        let within = Area { top: 0.0, bottom: scene.canvas.bottom, ..self.area };
        scene.place(&words, &[spot], within);
    }
}

fn value_words(point: &Point, look: &Look, strong: bool) -> Words {
    let kind = if strong { look.strong() } else { look.label() };
    Words::new(&format!("{} {}", point.label, point.marks()), kind, look.ink)
}

/// Reports the notes that only stand above an axis of years.
pub fn report_notes(plot: &Plot, scene: &mut Scene) {
    scene.left_out.extend(plot.breaks.iter().map(|a_break| a_break.text.clone()));
    scene.left_out.extend(plot.outliers.iter().map(|outlier| outlier.text.clone()));
}

/// The height of so many lines of text, in points.
pub fn lines_height(look: &Look, lines: usize) -> f64 {
    lines as f64 * look.label_size * LEADING
}
