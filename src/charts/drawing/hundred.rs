//! A hundred dots, of which as many are filled as the share says, and the share in large beside them.

use super::geometry::Place;
use super::look::Look;
use super::plot::Plot;
use super::rows::report_notes;
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::text::{LEADING, Type, wrapped};

/// The height such a chart asks for, in points.
pub const HEIGHT: f64 = 104.0;

/// Dots in a row, and rows.
const SIDE: usize = 10;

/// From one dot to the next, in points.
const PITCH: f64 = 10.0;

/// The share of the pitch that a dot has across.
const DOT: f64 = 0.74;

/// The share of the radius that the rim of a hollow dot has.
const RIM: f64 = 0.24;

/// Between the dots and the words, in points.
const BEFORE_WORDS: f64 = 18.0;

/// The size of the share and of the words under it, in points.
const LARGE: f64 = 16.0;
const WORDS: f64 = 9.5;

/// The words under the share have at most this many lines, and this width in points.
const MOST_LINES: usize = 5;
const WIDEST: f64 = 260.0;

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let pitch = PITCH.min(scene.canvas.height() / SIDE as f64).min(scene.canvas.width() * 0.4 / SIDE as f64);
    let top = (scene.canvas.height() - pitch * SIDE as f64) / 2.0;
    let value = plot.values().next().unwrap_or(0.0);
    let filled = value.round() as usize;
    for index in 0..SIDE * SIDE {
        let (row, column) = (index / SIDE, index % SIDE);
        let center = ((column as f64 + 0.5) * pitch, top + (row as f64 + 0.5) * pitch);
        draw_dot(look, center, pitch * DOT / 2.0, index < filled, scene);
    }
    write_words(plot, look, pitch * SIDE as f64 + BEFORE_WORDS, scene);
    report_notes(plot, scene);
}

/// A hollow dot is a ring, so that the two can be told apart without colour.
fn draw_dot(look: &Look, center: Place, radius: f64, filled: bool, scene: &mut Scene) {
    let fill = if filled { look.chapter } else { look.tint(0) };
    scene.front.push(Shape::Circle { center, radius, fill });
    if !filled {
        scene.front.push(Shape::Circle { center, radius: radius * (1.0 - RIM), fill: look.paper });
    }
}

/// The share with its marks, and under it what it is a share of, centred beside the dots.
fn write_words(plot: &Plot, look: &Look, left: f64, scene: &mut Scene) {
    let room = (scene.canvas.right - left).min(WIDEST);
    let value = plot.known().next().map_or("–".to_owned(), |point| format!("{} {}", point.label, point.marks()));
    let value = Words::stacked(wrapped(&value, large(), room, 2), large(), look.chapter);
    let kind = Type { size: WORDS, bold: false };
    let name = plot.categories.iter().map(|category| category.long.as_str()).collect::<String>();
    let words = Words::stacked(wrapped(&name, kind, room, MOST_LINES), kind, look.ink);
    scene.report_cut(&name, &words);
    let heights = [value.lines.len() as f64 * LARGE * LEADING, words.lines.len() as f64 * WORDS * LEADING];
    let top = (scene.canvas.height() - heights[0] - heights[1]) / 2.0;
    for (text, y) in [(&value, top), (&words, top + heights[0])] {
        scene.place(text, &[Spot::new(left, y, Side::Start, Rise::Below)], scene.canvas);
    }
}

fn large() -> Type {
    Type { size: LARGE, bold: true }
}
