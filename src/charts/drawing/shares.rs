//! The parts of one whole, as one horizontal bar with white between the parts.

use super::fill::Fill;
use super::geometry::Area;
use super::look::Look;
use super::notes::{About, Item, Notes, Strip};
use super::parts;
use super::plot::{Plot, Point, PointLook};
use super::rows::report_notes;
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::text::{LEADING, balanced, broken, wrapped};

/// The height of the bar, in points.
const BAR: f64 = 34.0;

/// Between the text in a part and its edges, in points.
const INSET: f64 = 5.0;

/// The widths to try for a name that stands above the bar, in points.
const WIDTHS: [f64; 3] = [190.0, 130.0, 90.0];

/// The length of the line from the lowest name to the bar, in points.
const LEADER: f64 = 4.0;

/// Between the bar and what stands under it, in points.
const UNDER: f64 = 4.0;

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let layout = Layout::new(plot, look, scene.canvas.right, scene.canvas.bottom);
    layout.above.write(scene);
    let top = layout.top().min(scene.canvas.bottom);
    let bottom = (top + BAR).min(scene.canvas.bottom);
    for part in &layout.parts {
        part.draw(look, (top, bottom), scene);
    }
    if !layout.under.lines.is_empty() {
        scene.place(&layout.under, &[Spot::new(0.0, bottom + UNDER, Side::Start, Rise::Below)], scene.canvas);
    }
    layout.above.draw_lines(look, scene, bottom, |_| Some(top));
    report_notes(plot, scene);
}

/// The height of the bar and the names above and under it, in points.
pub fn height(plot: &Plot, look: &Look, width: f64) -> f64 {
    const ROOM: f64 = 1000.0;
    let layout = Layout::new(plot, look, width, ROOM);
    layout.top() + BAR + block_height(&layout.under)
}

/// Which name stands where.
struct Layout {
    parts: Vec<Part>,
    /// The names that find no room in their part, with a line down to it.
    above: Notes,
    /// The names of parts that are too thin, or too close together, for such a line.
    under: Words,
}

impl Layout {
    fn new(plot: &Plot, look: &Look, width: f64, height: f64) -> Self {
        let parts = parts_of(plot, look, width);
        let thin: Vec<String> = parts.iter().filter(|part| part.is_empty()).map(Part::named).collect();
        let room = height - BAR - LEADER - block_height(&names_under(&thin, look, width));
        let above = names_above(&parts, look, width, room.max(0.0));
        let under = names_under(&[thin.as_slice(), above.lost()].concat(), look, width);
        Self { parts, above, under }
    }

    /// Where the bar begins.
    fn top(&self) -> f64 {
        if self.above.is_empty() { 0.0 } else { self.above.bottom() + LEADER }
    }
}

fn names_above(parts: &[Part], look: &Look, width: f64, tallest: f64) -> Notes {
    let above = parts.iter().enumerate().filter_map(|(at, part)| part.above().map(|text| (at, part, text)));
    let item = |(at, part, text): (usize, &Part, String)| Item { x: part.middle(), about: About::Value(at), text };
    let items: Vec<Item> = above.map(item).collect();
    let widths = WIDTHS.map(|widest| widest.min(width * 0.45));
    Notes::of(&items, Strip { top: 0.0, kind: look.label(), color: look.ink, widths, tallest }, width)
}

/// Names without a line, one after the other.
fn names_under(names: &[String], look: &Look, width: f64) -> Words {
    let named = names.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>();
    Words::stacked(broken(&named.join(" · "), look.note(), width), look.note(), look.grey)
}

fn block_height(under: &Words) -> f64 {
    if under.lines.is_empty() { 0.0 } else { UNDER + under.height() }
}

/// A part of the bar.
struct Part {
    left: f64,
    right: f64,
    fill: Fill,
    look: PointLook,
    name: String,
    value: String,
    /// What of these is written in the part.
    inside: Inside,
}

/// The texts that find room in a part.
enum Inside {
    All(Words, Words),
    Value(Words),
    Nothing,
}

fn parts_of(plot: &Plot, look: &Look, width: f64) -> Vec<Part> {
    let points: Vec<Option<&Point>> = plot.series.iter().flat_map(|series| &series.points).map(Option::as_ref).collect();
    let mut values: Vec<f64> = points.iter().map(|point| point.map_or(0.0, |point| point.value)).collect();
    let sum: f64 = values.iter().sum();
    let whole = plot.whole.unwrap_or(sum).max(sum);
    values.push(whole - sum);
    let spans = parts::spans(&values, whole, width);
    let fills = parts::fills(look, points.len());
    let part = |(at, fill): (usize, Fill)| {
        let written = |point: &Point| format!("{} {}", point.label, point.marks()).trim_end().to_owned();
        let value = points[at].map_or("–".to_owned(), written);
        let point = points[at].map_or(PointLook::Solid, |point| point.look);
        Part::new(look, spans[at], fill, point, (&plot.categories[at].long, &value))
    };
    let mut parts: Vec<Part> = fills.into_iter().take(points.len()).enumerate().map(part).collect();
    // A hair that is left is the rounding of the parts.
    if let Some(span) = spans.last().filter(|_| whole - sum > whole * 1e-9) {
        let text = plot.rest.as_deref().unwrap_or_default();
        parts.push(Part::new(look, *span, parts::rest(look), PointLook::Outlined, (text, "")));
    }
    parts
}

impl Part {
    fn new(look: &Look, (left, right): (f64, f64), fill: Fill, point: PointLook, (name, value): (&str, &str)) -> Self {
        let inside = Inside::choose(look, &fill, point, right - left - 2.0 * INSET, (name, value));
        Self { left, right, fill, look: point, name: name.to_owned(), value: value.to_owned(), inside }
    }

    fn middle(&self) -> f64 {
        (self.left + self.right) / 2.0
    }

    fn is_empty(&self) -> bool {
        self.right <= self.left
    }

    /// Name and value on one line.
    fn named(&self) -> String {
        let texts = [&self.name, &self.value].into_iter().filter(|text| !text.is_empty());
        texts.map(String::as_str).collect::<Vec<_>>().join(": ")
    }

    /// What stands above the part.
    fn above(&self) -> Option<String> {
        let text = match self.inside {
            Inside::All(..) => return None,
            Inside::Value(_) => self.name.clone(),
            Inside::Nothing => self.named(),
        };
        (!self.is_empty() && !text.is_empty()).then_some(text)
    }

    fn draw(&self, look: &Look, (top, bottom): (f64, f64), scene: &mut Scene) {
        let area = Area::new(self.left, top, self.right, bottom);
        self.fill.draw(area, self.look, scene);
        let texts: Vec<&Words> = match &self.inside {
            Inside::All(value, name) => vec![value, name],
            Inside::Value(value) => vec![value],
            Inside::Nothing => vec![],
        };
        let lines = texts.iter().map(|words| words.lines.len()).sum::<usize>() as f64;
        let step = look.label_size * LEADING;
        let mut y = (top + bottom - lines * step) / 2.0 + (step - look.label_size) / 2.0;
        for words in texts {
            let placed = scene.place(words, &[Spot::new(self.left + INSET, y, Side::Start, Rise::Below)], scene.canvas);
            if let Some(area) = placed.filter(|_| self.look == PointLook::Hatched) {
                scene.front.push(Shape::Box { area, fill: self.fill.inside });
            }
            y += words.lines.len() as f64 * step;
        }
    }
}

impl Inside {
    fn choose(look: &Look, fill: &Fill, point: PointLook, room: f64, (name, value): (&str, &str)) -> Self {
        const LINES: usize = 2;
        let Some(color) = fill.text(look, point) else { return Self::Nothing };
        let whole = |words: &Words, text: &str| words.width() <= room && words.cut_from(text).is_none();
        let value_words = Words::new(value, look.strong(), color);
        let greedy = Words::stacked(wrapped(name, look.label(), room, LINES), look.label(), color);
        if !whole(&value_words, value) {
            return Self::Nothing;
        }
        match whole(&greedy, name) {
            true => Self::All(value_words, Words::stacked(balanced(name, look.label(), room, LINES), look.label(), color)),
            false if value.is_empty() => Self::Nothing,
            false => Self::Value(value_words),
        }
    }
}
