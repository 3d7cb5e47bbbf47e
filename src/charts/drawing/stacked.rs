//! Columns from zero of parts that together are something; a column of which a part is unknown, or that has none, is a gap.

use super::columns::{self, Bar, Layout, Wish};
use super::fill::Fill;
use super::geometry::Area;
use super::legend::{self, Sign};
use super::look::Look;
use super::parts;
use super::plot::{Plot, Point, PointLook, Series};
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::text::clean;

/// The height such a chart asks for, in points.
pub const HEIGHT: f64 = 210.0;

/// Between the label of a part and its edges, in points.
const INSET: f64 = 1.0;

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let fills = parts::fills(look, plot.series.len());
    let top = write_legend(plot, look, &fills, scene);
    let (wish, sums) = arranged(plot, look, &fills, top, scene);
    let layout = Layout::new(&sums, look, scene, wish);
    let bars = layout.bars(&sums);
    for bar in &bars {
        for part in parts_of(plot, &fills, bar) {
            part.draw(look, scene);
        }
        scene.avoid(bar.area);
    }
    columns::write_words(&sums, look, &layout, &bars, scene);
    columns::draw_rules(look, &layout, scene, |at| columns::top_of(&bars, at));
}

fn write_legend(plot: &Plot, look: &Look, fills: &[Fill], scene: &mut Scene) -> f64 {
    let signs = plot.series.iter().zip(fills).map(|(series, fill)| (Sign::Swatch(fill.solid), series.label.as_str()));
    let entries: Vec<(Sign, &str)> = signs.collect();
    if entries.len() < 2 { 0.0 } else { legend::write(&entries, look, scene) }
}

/// Tries on a copy of the scene which labels find room in their parts: where a value would be neither in its part nor
/// in a total, there is an axis, and marks that have no value to stand beside go above the column.
fn arranged(plot: &Plot, look: &Look, fills: &[Fill], top: f64, scene: &Scene) -> (Wish, Plot) {
    let mut sums = sums(plot);
    let trial = |axis: bool| {
        let wish = Wish { top, axis, bold: true, ..Wish::default() };
        let layout = Layout::new(&sums, look, &mut scene.clone(), wish);
        let bars = layout.bars(&sums);
        let written = bars.iter().flat_map(|bar| parts_of(plot, fills, bar)).filter(|part| !part.is_silent());
        let homeless = written.filter(|part| part.words(look).is_none());
        (wish, homeless.map(|part| (part.at, part.point.marks.clone())).collect::<Vec<_>>())
    };
    let (wish, homeless) = match trial(false) {
        (_, homeless) if plot.totals.is_empty() && !homeless.is_empty() => trial(true),
        complete => complete,
    };
    for (at, marks) in homeless {
        if let Some(sum) = &mut sums.series[0].points[at] {
            let new: Vec<char> = marks.into_iter().filter(|mark| !sum.marks.contains(mark)).collect();
            sum.marks.extend(new);
        }
    }
    (wish, sums)
}

/// The totals as plain columns: their sums, and their labels as printed.
fn sums(plot: &Plot) -> Plot {
    let sum = |at: usize| {
        let parts = plot.series.iter().map(|series| series.points.get(at)?.as_ref());
        let parts: Option<Vec<&Point>> = parts.collect();
        let parts = parts.filter(|parts| !parts.iter().all(|part| part.is_nothing()));
        let label = plot.totals.get(at).cloned().flatten().unwrap_or_default();
        parts.map(|parts| Point { value: parts.iter().map(|part| part.value).sum(), label, marks: vec![], look: PointLook::Solid })
    };
    let points = (0..plot.categories.len()).map(sum).collect();
    Plot { series: vec![Series { label: String::new(), points }], ..plot.clone() }
}

/// A part that has its place.
struct Part<'a> {
    at: usize,
    area: Area,
    point: &'a Point,
    fill: Fill,
    /// Whether it is the whole column, and the total above says its value.
    alone: bool,
}

/// The parts of a column, from the foot up.
fn parts_of<'a>(plot: &'a Plot, fills: &[Fill], bar: &Bar) -> Vec<Part<'a>> {
    let points: Vec<&Point> = plot.at(bar.at).collect();
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let spans = parts::spans(&values, values.iter().sum(), bar.area.height());
    let area = |(from, to): (f64, f64)| Area { top: bar.area.bottom - to, bottom: bar.area.bottom - from, ..bar.area };
    let alone = points.iter().filter(|point| !point.is_nothing()).count() == 1 && !bar.point.label.is_empty();
    let parts = points.into_iter().zip(spans).zip(fills);
    parts.map(|((point, span), fill)| Part { at: bar.at, area: area(span), point, fill: *fill, alone }).collect()
}

impl Part<'_> {
    fn draw(&self, look: &Look, scene: &mut Scene) {
        if self.point.is_nothing() {
            return;
        }
        self.fill.draw(self.area, self.point.look, scene);
        if self.is_silent() {
            return;
        }
        let Some(words) = self.words(look) else { return };
        let middle = ((self.area.left + self.area.right) / 2.0, (self.area.top + self.area.bottom) / 2.0);
        let spot = Spot::new(middle.0, middle.1, Side::Middle, Rise::Beside);
        let placed = scene.place_if_clear(&words, spot, self.area);
        if let Some(area) = placed.filter(|_| self.point.look == PointLook::Hatched) {
            scene.front.push(Shape::Box { area, fill: self.fill.inside });
        }
    }

    /// Whether its value need not stand in it.
    fn is_silent(&self) -> bool {
        self.alone || self.point.is_nothing()
    }

    /// The value and its marks, if they fit in the part and can be read there.
    fn words(&self, look: &Look) -> Option<Words> {
        let color = self.fill.text(look, self.point.look)?;
        let (value, marks) = (clean(&self.point.label), self.point.marks());
        let words = |lines: Vec<String>| Words::stacked(lines, look.label(), color);
        let room = self.area.grown(-INSET);
        let fits = |words: &Words| words.width() <= room.width() && words.height() <= room.height();
        [words(vec![clean(&format!("{value} {marks}"))]), words(vec![value, marks])].into_iter().find(fits)
    }
}
