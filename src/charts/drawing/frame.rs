//! The y axis: the scale, its numbers and its grid lines.

use super::look::Look;
use super::plot::Plot;
use super::scene::{Rise, Scene, Side, Spot, Words};
use super::ticks::{Ticks, ticks};

/// Between the numbers of the axis and the chart, in points.
const GUTTER: f64 = 7.0;

/// From values to points.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    /// The y of `high`, in points.
    pub top: f64,
    /// The y of `low`, in points.
    pub bottom: f64,
}

impl Scale {
    /// The y of a value, in points.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)
    }
}

/// The numbers of the axis; none where there are no values to measure.
pub fn axis(plot: &Plot, low: f64, high: f64) -> Ticks {
    if plot.known().next().is_none() {
        return Ticks { values: Vec::new(), decimals: 0 };
    }
    // Counts get no numbers that cannot be counted.
    let whole = plot.values().all(|value| value.fract() == 0.0);
    ticks(low, high, whole)
}

/// The room that the numbers of the axis need at the left, in points.
pub fn gutter(plot: &Plot, look: &Look, ticks: &Ticks) -> f64 {
    let numbers = numbers(plot, look, ticks);
    numbers.iter().map(|(_, words)| words.width()).fold(0.0, f64::max) + GUTTER
}

/// Writes the numbers of the axis, right-aligned before `left`.
pub fn write_numbers(plot: &Plot, look: &Look, ticks: &Ticks, scale: Scale, left: f64, scene: &mut Scene) {
    for (value, words) in numbers(plot, look, ticks) {
        let spot = Spot::new(left - GUTTER, scale.y(value), Side::End, Rise::Beside);
        scene.place(&words, &[spot], scene.canvas);
    }
}

/// Draws the grid lines behind everything. Call it when all texts are placed.
pub fn draw_grid(look: &Look, ticks: &Ticks, scale: Scale, left: f64, right: f64, scene: &mut Scene) {
    for &value in &ticks.values {
        scene.level(scale.y(value), left, right, 0.6, look.line);
    }
}

/// The lowest and the highest of the values, with room around them when they are all alike.
pub fn reach(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let low = values.clone().reduce(f64::min).unwrap_or(0.0);
    let high = values.reduce(f64::max).unwrap_or(1.0);
    let flat = high - low <= high.abs().max(low.abs()) * 1e-6;
    if flat { widened(low, high) } else { (low, high) }
}

/// Room around values that are all alike.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let room = (high.abs() * 0.1).max(1.0);
    (if low >= 0.0 { (low - room).max(0.0) } else { low - room }, high + room)
}

fn numbers(plot: &Plot, look: &Look, ticks: &Ticks) -> Vec<(f64, Words)> {
    let words = |value: f64| Words::new(&(plot.tick_label)(value, ticks.decimals), look.note(), look.grey);
    ticks.values.iter().map(|&value| (value, words(value))).collect()
}
