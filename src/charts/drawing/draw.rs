//! From a plot to a drawing.

use super::check::DrawError;
use super::plot::{Form, Plot};
use super::scene::{Label, Scene};
use super::{Look, bars, canvas, columns, columns_line, hundred, lines, multiples, shares, stacked, text};

/// The height of a chart over the years, in points.
const UPRIGHT: f64 = 188.0;

/// No drawing is narrower, nor larger in one direction, in points.
const NARROWEST: f64 = 150.0;
const LARGEST: f64 = 2000.0;

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
    written(compose(plot, look, width, height)?)
}

/// The height a plot asks for at this width, in points: for the forms without years that of their rows and names.
pub fn height(plot: &Plot, look: &Look, width: f64) -> f64 {
    // A fault in plot or fonts is for `draw` to tell.
    if plot.check().is_err() || text::prepare().is_err() {
        return UPRIGHT;
    }
    let asked = match plot.form {
        Form::Columns | Form::Lines => UPRIGHT,
        Form::ColumnsLine => columns_line::HEIGHT,
        Form::Stacked => stacked::HEIGHT,
        Form::Bars => bars::height(plot, look, width),
        Form::Shares => shares::height(plot, look, width),
        Form::Multiples => multiples::height(plot, look, width),
        Form::Hundred => hundred::HEIGHT,
    };
    asked.ceil().clamp(lowest(plot.form), LARGEST)
}

/// A composed scene as a drawing.
pub(super) fn written(scene: Scene) -> Result<Drawing, DrawError> {
    let svg = canvas::write(&scene)?;
    Ok(Drawing { svg, width: scene.canvas.right, height: scene.canvas.bottom, labels: scene.labels, left_out: scene.left_out })
}

/// The drawing before it is written.
pub(super) fn compose(plot: &Plot, look: &Look, width: f64, height: f64) -> Result<Scene, DrawError> {
    plot.check()?;
    if !(NARROWEST..=LARGEST).contains(&width) || !(lowest(plot.form)..=LARGEST).contains(&height) {
        return Err(DrawError::Size);
    }
    text::prepare()?;
    let mut scene = Scene::new(width, height);
    match plot.form {
        Form::Columns => columns::compose(plot, look, &mut scene),
        Form::Lines => lines::compose(plot, look, &mut scene),
        Form::ColumnsLine => columns_line::compose(plot, look, &mut scene),
        Form::Stacked => stacked::compose(plot, look, &mut scene),
        Form::Bars => bars::compose(plot, look, &mut scene),
        Form::Shares => shares::compose(plot, look, &mut scene),
        Form::Multiples => multiples::compose(plot, look, &mut scene),
        Form::Hundred => hundred::compose(plot, look, &mut scene),
    }
    Ok(scene)
}

/// The least height of a form, in points: under it, the chart itself would have no room between its words.
fn lowest(form: Form) -> f64 {
    match form {
        Form::Columns | Form::Lines | Form::ColumnsLine | Form::Stacked => 100.0,
        Form::Bars | Form::Shares | Form::Multiples | Form::Hundred => 20.0,
    }
}
