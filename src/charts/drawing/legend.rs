//! Names the series above a chart, each with its sign.

use super::geometry::Area;
use super::look::Look;
use super::markers::{REACH, draw_marker};
use super::plot::PointLook;
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::text::{LEADING, shortened};
use plotters::style::RGBColor;

/// The side of a swatch and the length of a piece of line, in points.
const SWATCH: f64 = 7.0;
const LINE: f64 = 16.0;

/// Between a sign and its name, and between a name and the next sign, in points.
const BEFORE_NAME: f64 = 4.0;
const AFTER_NAME: f64 = 16.0;

/// The names take at most this share of the height.
const TALLEST: f64 = 0.2;

/// What stands before the name of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// A square of this colour.
    Swatch(RGBColor),
    /// A piece of the line of this series, with its dot.
    Line(usize),
}

impl Sign {
    fn width(self) -> f64 {
        match self {
            Self::Swatch(_) => SWATCH,
            Self::Line(_) => LINE,
        }
    }

    fn draw(self, look: &Look, (left, middle): (f64, f64), scene: &mut Scene) {
        match self {
            Self::Swatch(fill) => {
                let area = Area::new(left, middle - SWATCH / 2.0, left + SWATCH, middle + SWATCH / 2.0);
                scene.front.push(Shape::Box { area, fill });
            }
            Self::Line(series) => {
                let color = look.series(series);
                scene.front.push(Shape::Line { from: (left, middle), to: (left + LINE, middle), width: 1.4, color });
                draw_marker(scene, look, series, (left + LINE / 2.0, middle), REACH, PointLook::Solid);
            }
        }
    }
}

/// Writes the names in one row, or in more where they do not fit, and returns where the rest may begin.
pub fn write(entries: &[(Sign, &str)], look: &Look, scene: &mut Scene) -> f64 {
    let row = look.label_size * LEADING;
    let most = (scene.canvas.height() * TALLEST / row).max(1.0) as usize;
    let (places, rows) = places(entries, look, scene.canvas.right, most);
    for ((sign, name), (left, line, words)) in entries.iter().zip(places) {
        scene.report_cut(name, &words);
        let middle = (line as f64 + 0.5) * row;
        sign.draw(look, (left, middle), scene);
        let spot = Spot::new(left + sign.width() + BEFORE_NAME, middle, Side::Start, Rise::Beside);
        scene.place(&words, &[spot], scene.canvas);
    }
    rows as f64 * row + 5.0
}

/// The left side, the row and the name of each entry, and the number of rows.
fn places(entries: &[(Sign, &str)], look: &Look, width: f64, most: usize) -> (Vec<(f64, usize, Words)>, usize) {
    let whole = flowing(entries, look, width, width);
    if whole.1 <= most {
        return whole;
    }
    // One row in which every name has an equal share.
    let share = width / entries.len() as f64 - AFTER_NAME;
    flowing(entries, look, width, share)
}

/// Sets entries of at most `widest` points one after the other, in rows of `width`.
fn flowing(entries: &[(Sign, &str)], look: &Look, width: f64, widest: f64) -> (Vec<(f64, usize, Words)>, usize) {
    let (mut left, mut row) = (0.0, 0);
    let mut places = Vec::new();
    for (sign, name) in entries {
        let before = sign.width() + BEFORE_NAME;
        let words = Words::new(&shortened(name, look.label(), widest - before), look.label(), look.ink);
        if left > 0.0 && left + before + words.width() > width {
            (left, row) = (0.0, row + 1);
        }
        let taken = before + words.width() + AFTER_NAME;
        places.push((left, row, words));
        left += taken;
    }
    (places, row + 1)
}
