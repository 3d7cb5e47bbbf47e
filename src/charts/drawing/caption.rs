//! A drawing with words around it, for use outside the report.

use super::check::DrawError;
use super::draw::{Drawing, compose, written};
use super::geometry::Area;
use super::look::Look;
use super::plot::Plot;
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::text::{LEADING, Type, broken};

/// White around everything, in points.
const MARGIN: f64 = 14.0;

/// The size of the title, in points.
const TITLE: f64 = 9.5;

/// Between the drawing and the words above and under it, in points.
const AIR: f64 = 8.0;

/// The words around a drawing.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// What is measured, and in what unit.
    pub title: &'a str,
    /// Source, population, marks: each begins a line of its own.
    pub foot: &'a [String],
}

/// Draws the plot with its title above and its foot under it, on a white ground with a margin. `width` and `height` are
/// those of the bare drawing, as for [`super::draw()`]; the result is larger.
///
/// # Errors
/// As [`super::draw()`].
pub fn draw_captioned(plot: &Plot, look: &Look, width: f64, height: f64, caption: &Caption<'_>) -> Result<Drawing, DrawError> {
    let bare = compose(plot, look, width, height)?;
    let title = evened(caption.title, Type { size: TITLE, bold: true }, width);
    let foot: Vec<String> = caption.foot.iter().flat_map(|line| broken(line, look.note(), width)).collect();
    let above = block_height(&title, TITLE);
    let under = block_height(&foot, look.note_size);
    let mut scene = Scene::new(width + 2.0 * MARGIN, (height + above + under + 2.0 * MARGIN).ceil());
    scene.back.push(Shape::Box { area: scene.canvas, fill: look.paper });
    scene.include(bare, (MARGIN, MARGIN + above));
    let title = Words::stacked(title, Type { size: TITLE, bold: true }, look.ink);
    set(&title, MARGIN, &mut scene);
    let foot = Words::stacked(foot, look.note(), look.grey);
    set(&foot, MARGIN + above + height + AIR, &mut scene);
    written(scene)
}

/// Lines of about the same length, so that no word of a title stands alone.
fn evened(text: &str, kind: Type, room: f64) -> Vec<String> {
    let full = broken(text, kind, room);
    let narrower = (1..10).map(|step| broken(text, kind, room * (1.0 - f64::from(step) * 0.05)));
    narrower.take_while(|lines| lines.len() == full.len()).last().unwrap_or(full)
}

/// The height of lines and of the air between them and the drawing, in points.
fn block_height(lines: &[String], size: f64) -> f64 {
    if lines.is_empty() { 0.0 } else { lines.len() as f64 * size * LEADING + AIR }
}

fn set(words: &Words, top: f64, scene: &mut Scene) {
    if !words.lines.is_empty() {
        let canvas: Area = scene.canvas;
        scene.place(words, &[Spot::new(MARGIN, top, Side::Start, Rise::Below)], canvas);
    }
}
