//! Lines through the known points, each with its first, last, highest and lowest value.

use super::dots::{self, Dot, OFF, Telling};
use super::frame::{self, Scale};
use super::geometry::Area;
use super::look::Look;
use super::markers::{REACH, draw_marker};
use super::notes::Notes;
use super::plot::{Plot, PointLook};
use super::scene::{Rise, Scene, Side, Spot, Words};
use super::slots::{self, Slots};
use super::text::wrapped;
use super::ticks::Ticks;

/// The name of a series is at most this share of the drawing, and this many lines.
const NAME_SHARE: f64 = 0.24;
const NAME_LINES: usize = 3;

/// From the chart to the names of the series, in points; their shape stands in between.
const BEFORE_NAMES: f64 = 12.0;

/// Composes the chart on the scene.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let layout = Layout::new(plot, look, scene);
    let rows: Vec<Vec<Dot>> = (0..plot.series.len()).map(|series| dots::dots(plot, series, &layout.slots, layout.scale)).collect();
    dots::draw(plot, look, &rows, &layout.slots, scene);
    slots::write_names(plot, look, &layout.slots, scene);
    frame::write_numbers(plot, look, &layout.ticks, layout.scale, layout.slots.left, scene);
    write_series(plot, &layout, look, &rows, scene);
    let told = rows.iter().map(|row| dots::told(plot, row)).collect();
    let telling = Telling { told, above: false, within: Area { top: layout.notes.bottom(), ..scene.canvas } };
    dots::write_values(plot, look, &rows, &telling, scene);
    write_gaps(plot, look, &layout, scene);
    frame::draw_grid(look, &layout.ticks, layout.scale, layout.slots.left, layout.slots.right(), scene);
    let reach = |at| rows.iter().flatten().find(|dot| dot.at == at).map(|dot| dot.place.1 - OFF);
    layout.notes.draw_lines(look, scene, layout.scale.bottom, reach);
}

/// Where everything goes.
struct Layout {
    slots: Slots,
    scale: Scale,
    ticks: Ticks,
    notes: Notes,
    /// The names of the series.
    names: Vec<Words>,
}

impl Layout {
    fn new(plot: &Plot, look: &Look, scene: &mut Scene) -> Self {
        let (low, high) = range(plot);
        let ticks = frame::axis(plot, low, high);
        let names = names(plot, look, scene.canvas.width());
        let widest = names.iter().map(Words::width).fold(0.0, f64::max);
        let margin = if widest > 0.0 { widest + BEFORE_NAMES } else { 0.0 };
        let slots = Slots::new(plot, frame::gutter(plot, look, &ticks), scene.canvas.right - margin, f64::MAX);
        let notes = Notes::arrange(plot, look, &slots, scene, 0.0);
        notes.write(scene);
        let top = notes.bottom() + look.label_size * 1.5;
        let bottom = scene.canvas.bottom - slots::names_height(look) - 4.0;
        Self { slots, scale: Scale { low, high, top, bottom }, ticks, notes, names }
    }
}

/// From the lowest to the highest value with some room beneath, and from zero when that is near. In the unit of the values.
fn range(plot: &Plot) -> (f64, f64) {
    let (low, high) = frame::reach(plot.values());
    if low >= 0.0 && low < high / 3.0 {
        return (0.0, high);
    }
    let padded = low - (high - low) * 0.14;
    (if low >= 0.0 { padded.max(0.0) } else { padded }, high)
}

/// The names of the series; those that are empty have no lines.
fn names(plot: &Plot, look: &Look, width: f64) -> Vec<Words> {
    let lines = |label: &str| wrapped(label, look.label(), width * NAME_SHARE, NAME_LINES);
    let series = plot.series.iter().enumerate();
    series.map(|(index, series)| Words::stacked(lines(&series.label), look.label(), look.series(index))).collect()
}

/// Writes each name at the height of the last dot of its line, or as near to it as there is room.
fn write_series(plot: &Plot, layout: &Layout, look: &Look, rows: &[Vec<Dot>], scene: &mut Scene) {
    let x = layout.slots.right() + BEFORE_NAMES;
    let within = Area { top: layout.notes.bottom(), ..scene.canvas };
    for (index, words) in layout.names.iter().enumerate().filter(|(_, words)| !words.lines.is_empty()) {
        scene.report_cut(&plot.series[index].label, words);
        let end = rows[index].last().map_or(layout.scale.bottom, |dot| dot.place.1);
        let steps = (0..60).flat_map(|step| [f64::from(step), -f64::from(step)]);
        let spots: Vec<Spot> = steps.map(|step| Spot::new(x, end + step * 2.0, Side::Start, Rise::Beside)).collect();
        if let Some(area) = scene.place(words, &spots, within).filter(|_| rows.len() > 1) {
            let middle = area.top + words.kind.size / 2.0;
            draw_marker(scene, look, index, (x - 6.0, middle), REACH, PointLook::Solid);
        }
    }
}

/// A quiet dash at the foot where no series has a value.
fn write_gaps(plot: &Plot, look: &Look, layout: &Layout, scene: &mut Scene) {
    let words = Words::new("–", look.label(), look.grey);
    let unknown = |at: &usize| plot.series.iter().all(|series| series.points[*at].is_none());
    for at in (0..plot.categories.len()).filter(unknown) {
        let spot = Spot::new(layout.slots.center(at), layout.scale.bottom, Side::Middle, Rise::Above);
        scene.place_if_clear(&words, spot, scene.canvas);
    }
}
