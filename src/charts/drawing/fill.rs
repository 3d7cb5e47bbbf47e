//! How a bar or a part of one is filled: full, hollow or hatched, after how far its value is a measurement.

use super::geometry::{Area, diagonals};
use super::look::{Look, contrast};
use super::plot::PointLook;
use super::scene::{Scene, Shape};
use plotters::style::RGBColor;

/// The rim of a shape that is not solid, in points.
const RIM: f64 = 0.9;

/// Between the lines of a hatch, in points.
const HATCH: f64 = 5.0;

/// Text in a shape needs at least this contrast with it.
const READABLE: f64 = 4.5;

/// The colours of a shape that stands for a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Of a solid shape.
    pub solid: RGBColor,
    /// Of the rim and the hatch.
    pub rim: RGBColor,
    /// Within the rim.
    pub inside: RGBColor,
}

impl Fill {
    /// The fill of a series; `highlight` is the category of the report year.
    pub fn of_series(look: &Look, series: usize, at: usize, highlight: Option<usize>) -> Self {
        let (full, tint) = (look.series(series), look.tint(series));
        // Of the report year, even an estimate stands out.
        let (solid, inside) = match highlight {
            Some(year) if year == at => (full, tint),
            Some(_) => (tint, look.faint(series)),
            None => (full, look.faint(series)),
        };
        Self { solid, rim: full, inside }
    }

    /// What lies under a text in the shape.
    pub fn ground(&self, point: PointLook) -> RGBColor {
        if point == PointLook::Solid { self.solid } else { self.inside }
    }

    /// The colour in which text in the shape can be read, if there is one.
    pub fn text(&self, look: &Look, point: PointLook) -> Option<RGBColor> {
        let ground = self.ground(point);
        let strength = |color: &RGBColor| contrast(*color, ground);
        let best = [look.paper, look.ink].into_iter().max_by(|a, b| strength(a).total_cmp(&strength(b)))?;
        (strength(&best) >= READABLE).then_some(best)
    }

    /// Draws the shape.
    pub fn draw(&self, area: Area, point: PointLook, scene: &mut Scene) {
        if area.is_empty() {
            return;
        }
        match point {
            PointLook::Solid => scene.front.push(Shape::Box { area, fill: self.solid }),
            PointLook::Outlined => self.draw_hollow(area, scene),
            PointLook::Hatched => {
                self.draw_hollow(area, scene);
                draw_hatch(&area.grown(-RIM), self.rim, scene);
            }
        }
    }

    /// One box in another: plotters writes no width for the rim of a box.
    fn draw_hollow(&self, area: Area, scene: &mut Scene) {
        scene.front.push(Shape::Box { area, fill: self.rim });
        let inside = area.grown(-RIM);
        if !inside.is_empty() {
            scene.front.push(Shape::Box { area: inside, fill: self.inside });
        }
    }
}

fn draw_hatch(area: &Area, color: RGBColor, scene: &mut Scene) {
    for (from, to) in diagonals(area, HATCH) {
        scene.front.push(Shape::Line { from, to, width: 0.7, color });
    }
}
