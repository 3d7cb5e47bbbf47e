//! Writes a scene as SVG with plotters.

use super::check::DrawError;
use super::geometry::Place;
use super::scene::{Label, Scene, Shape, Side};
use super::text::FAMILY;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// plotters draws on whole numbers; so a point is 20 of them.
const SCALE: f64 = 20.0;

/// plotters divides the size of a font by this before it writes it.
const FONT_QUIRK: f64 = 1.24;

/// plotters puts the baseline this far under the y of a text with its top anchored, in em.
const TOP_TO_BASELINE: f64 = 0.76;

type Sheet<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn<'a> = Result<(), DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

/// The scene as an SVG document of as many points as its canvas.
///
/// # Errors
/// When the backend refuses a shape.
pub fn write(scene: &Scene) -> Result<String, DrawError> {
    let size = (length(scene.canvas.width()), length(scene.canvas.height()));
    let mut svg = String::new();
    fill(&mut svg, size, scene).map_err(|error| DrawError::Backend(error.to_string()))?;
    Ok(in_points(svg, scene, size))
}

fn fill<'a>(svg: &'a mut String, size: (u32, u32), scene: &Scene) -> Drawn<'a> {
    let sheet = SVGBackend::with_string(svg, size).into_drawing_area();
    for shape in scene.back.iter().chain(&scene.front) {
        draw_shape(&sheet, shape)?;
    }
    for label in &scene.labels {
        draw_label(&sheet, label)?;
    }
    sheet.present()
}

fn draw_shape<'a>(sheet: &Sheet<'a>, shape: &Shape) -> Drawn<'a> {
    match shape {
        Shape::Box { area, fill } => sheet.draw(&Rectangle::new([at((area.left, area.top)), at((area.right, area.bottom))], fill.filled())),
        Shape::Line { from, to, width, color } => sheet.draw(&PathElement::new([at(*from), at(*to)], color.stroke_width(length(*width)))),
        Shape::Polygon { corners, fill } => sheet.draw(&Polygon::new(corners.iter().copied().map(at).collect::<Vec<_>>(), fill.filled())),
        Shape::Circle { center, radius, fill } => sheet.draw(&Circle::new(at(*center), length(*radius), fill.filled())),
    }
}

fn draw_label<'a>(sheet: &Sheet<'a>, label: &Label) -> Drawn<'a> {
    let size = label.kind.size * SCALE;
    let weight = if label.kind.bold { FontStyle::Bold } else { FontStyle::Normal };
    let anchor = match label.side {
        Side::Start => HPos::Left,
        Side::Middle => HPos::Center,
        Side::End => HPos::Right,
    };
    let font = (FAMILY, size * FONT_QUIRK, weight).into_font();
    let style = TextStyle::from(font).color(&label.color).pos(Pos::new(anchor, VPos::Top));
    // Anchored at the top, because the other anchors are written in ex, which renderers take differently.
    let (x, baseline) = label.at;
    let top = baseline - TOP_TO_BASELINE * label.kind.size;
    sheet.draw_text(&label.text, &style, at((x, top)))
}

/// Gives the document its size in points; plotters writes that of its own coordinates.
fn in_points(svg: String, scene: &Scene, (width, height): (u32, u32)) -> String {
    let own = format!("<svg width=\"{width}\" height=\"{height}\"");
    let real = format!("<svg width=\"{}pt\" height=\"{}pt\"", scene.canvas.width(), scene.canvas.height());
    svg.replacen(&own, &real, 1)
}

fn at((x, y): Place) -> (i32, i32) {
    ((x * SCALE).round() as i32, (y * SCALE).round() as i32)
}

fn length(points: f64) -> u32 {
    (points * SCALE).round() as u32
}
