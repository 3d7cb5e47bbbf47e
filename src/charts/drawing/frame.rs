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

fn numbers(plot: &Plot, look: &Look, ticks: &Ticks) -> Vec<(f64, Words)> {
    let words = |value: f64| Words::new(&(plot.tick_label)(value, ticks.decimals), look.note(), look.grey);
    ticks.values.iter().map(|&value| (value, words(value))).collect()
}
