//! The dots of a line: a shape for each series, filled, hollow or struck through.

use super::geometry::{Area, Place};
use super::look::Look;
use super::plot::PointLook;
use super::scene::{Scene, Shape};

/// Half the width of a dot, in points.
pub const REACH: f64 = 2.6;

/// The rim of a hollow dot, in points.
const RIM: f64 = 1.0;

/// Draws a dot of a series: circle, square or diamond.
pub fn draw_marker(scene: &mut Scene, look: &Look, series: usize, at: Place, reach: f64, point: PointLook) {
    let color = look.series(series);
    scene.front.push(outline(series, at, reach).filled(color));
    if point == PointLook::Solid {
        return;
    }
    scene.front.push(outline(series, at, reach - RIM).filled(look.paper));
    if point == PointLook::Hatched {
        let arm = reach * 0.7;
        let (from, to) = ((at.0 - arm, at.1 + arm), (at.0 + arm, at.1 - arm));
        scene.front.push(Shape::Line { from, to, width: RIM * 0.8, color });
    }
}

/// The outline of a dot, before it has a colour.
enum Outline {
    Circle(Place, f64),
    Square(Area),
    Diamond(Place, f64),
}

// The three look equally large when their surfaces are alike.
fn outline(series: usize, at: Place, reach: f64) -> Outline {
    match series {
        0 => Outline::Circle(at, reach),
        1 => Outline::Square(Area::around(at, reach * 0.9)),
        _ => Outline::Diamond(at, reach * 1.3),
    }
}

impl Outline {
    fn filled(self, fill: plotters::style::RGBColor) -> Shape {
        match self {
            Self::Circle(center, radius) => Shape::Circle { center, radius, fill },
            Self::Square(area) => Shape::Box { area, fill },
            Self::Diamond((x, y), reach) => {
                Shape::Polygon { corners: vec![(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], fill }
            }
        }
    }
}
