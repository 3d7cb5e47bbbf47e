//! From a plot to a drawing.

use super::plot::{DrawError, Form, Plot};
use super::scene::{Label, Scene};
use super::{Look, canvas, columns, lines, text};

/// A drawn chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// An SVG document whose texts ask for `Noto Sans`; equal for equal input.
    pub svg: String,
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
    /// Every text of the drawing with the box it covers.
    pub labels: Vec<Label>,
    /// Texts for which there was no room: worth a warning.
    pub left_out: Vec<String>,
}

/// Draws the plot on `width` by `height` points.
///
/// # Errors
/// When the plot contradicts itself (see [`Plot::check`]) or the size leaves no room for a chart.
pub fn draw(plot: &Plot, look: &Look, width: f64, height: f64) -> Result<Drawing, DrawError> {
    let scene = compose(plot, look, width, height)?;
    let svg = canvas::write(&scene)?;
    Ok(Drawing { svg, width, height, labels: scene.labels, left_out: scene.left_out })
}

/// The drawing before it is written.
pub(super) fn compose(plot: &Plot, look: &Look, width: f64, height: f64) -> Result<Scene, DrawError> {
    plot.check()?;
    if !(150.0..=2000.0).contains(&width) || !(100.0..=2000.0).contains(&height) {
        return Err(DrawError::Size);
    }
    text::prepare()?;
    let mut scene = Scene::new(width, height);
    match plot.form {
        Form::Columns => columns::compose(plot, look, &mut scene),
        Form::Lines => lines::compose(plot, look, &mut scene),
    }
    Ok(scene)
}
