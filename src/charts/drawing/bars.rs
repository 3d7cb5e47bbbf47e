//! Horizontal bars, one a category, in the given order.

use super::look::Look;
use super::plot::Plot;
use super::rows::{Panel, Rows, Sizes, report_notes};
use super::scene::Scene;

const SIZES: Sizes = Sizes { names: 0.42, bar: 13.0, pitch: 22.0 };

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let rows = Rows::new(plot, look, SIZES, scene.canvas.right, (0.0, scene.canvas.bottom));
    rows.write_names(plot, look, scene);
    let panel = Panel::new(plot, look, &rows, rows.left, scene.canvas.right);
    panel.draw(plot, look, &rows, 0, scene);
    panel.draw_zero(look, scene);
    report_notes(plot, scene);
}

/// The height of all rows, in points.
pub fn height(plot: &Plot, look: &Look, width: f64) -> f64 {
    Rows::new(plot, look, SIZES, width, (0.0, f64::MAX)).bottom()
}
