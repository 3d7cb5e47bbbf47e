//! Panels of horizontal bars side by side on one shared scale; the names of the rows stand once, at the left.

use super::look::Look;
use super::plot::Plot;
use super::rows::{Panel, Rows, Sizes, lines_height, report_notes};
use super::scene::{Rise, Scene, Side, Spot, Words};
use super::text::balanced;

const SIZES: Sizes = Sizes { names: 0.3, bar: 11.0, pitch: 18.0 };

/// Between two panels, in points.
const GUTTER: f64 = 14.0;

/// A title has at most this many lines.
const TITLE_LINES: usize = 3;

/// Between the titles and the first row, in points.
const UNDER_TITLES: f64 = 3.0;

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let layout = Layout::new(plot, look, scene.canvas.right, scene.canvas.bottom);
    layout.rows.write_names(plot, look, scene);
    for (index, title) in layout.titles.iter().enumerate() {
        let (left, right) = layout.sides(index);
        scene.report_cut(&plot.series[index].label, title);
        scene.place(title, &[Spot::new(left, layout.rows.top - UNDER_TITLES, Side::Start, Rise::Above)], scene.canvas);
        let panel = Panel::new(plot, look, &layout.rows, left, right);
        panel.draw(plot, look, &layout.rows, index, scene);
        panel.draw_zero(look, scene);
    }
    report_notes(plot, scene);
}

/// The height of titles and rows, in points.
pub fn height(plot: &Plot, look: &Look, width: f64) -> f64 {
    Layout::new(plot, look, width, f64::MAX).rows.bottom()
}

struct Layout {
    rows: Rows,
    titles: Vec<Words>,
    /// The width of one panel, in points.
    panel: f64,
}

impl Layout {
    fn new(plot: &Plot, look: &Look, width: f64, bottom: f64) -> Self {
        let left = Rows::new(plot, look, SIZES, width, (0.0, bottom)).left;
        let count = plot.series.len() as f64;
        let panel = ((width - left - GUTTER * (count - 1.0)) / count).max(1.0);
        let title = |text: &str| Words::stacked(balanced(text, look.strong(), panel, TITLE_LINES), look.strong(), look.ink);
        let titles: Vec<Words> = plot.series.iter().map(|series| title(&series.label)).collect();
        let lines = titles.iter().map(|title| title.lines.len()).max().unwrap_or(0);
        let top = if lines == 0 { 0.0 } else { lines_height(look, lines) + UNDER_TITLES };
        Self { rows: Rows::new(plot, look, SIZES, width, (top.min(bottom * 0.5), bottom)), titles, panel }
    }

    fn sides(&self, index: usize) -> (f64, f64) {
        let left = self.rows.left + index as f64 * (self.panel + GUTTER);
        (left, left + self.panel)
    }
}
