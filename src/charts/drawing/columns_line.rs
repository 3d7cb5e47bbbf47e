//! Columns from zero, and in a band above them a line on a scale of its own, so that nobody compares the two heights.

use super::columns::{self, Layout, Wish};
use super::dots::{self, Dot, OFF, Telling};
use super::frame::{self, Scale};
use super::geometry::Area;
use super::legend::{self, Sign};
use super::look::Look;
use super::plot::Plot;
use super::scene::Scene;

/// The height such a chart asks for, in points.
pub const HEIGHT: f64 = 230.0;

/// The share of the chart that the line has.
const BAND: f64 = 0.36;

/// Between the values of the line and those of the columns, in points.
const UNDER_BAND: f64 = 3.0;

/// With more values than this, only those that matter are written at the line.
const MOST_VALUES: usize = 9;

/// Composes the chart on the scene: the first series as columns, the second as a line.
pub fn compose(plot: &Plot, look: &Look, scene: &mut Scene) {
    let top = write_legend(plot, look, scene);
    let columns = Plot { series: plot.series.iter().take(1).cloned().collect(), ..plot.clone() };
    let layout = Layout::new(&columns, look, scene, Wish { top, band: BAND, ..Wish::default() });
    let bars = layout.bars(&columns);
    columns::draw_bars(&columns, look, &bars, scene);
    let row = draw_line(plot, look, &layout, scene);
    columns::write_words(&columns, look, &layout, &bars, scene);
    // A note hangs above its value in the line; without one it reaches down to the column.
    let reach = |at| row.iter().find(|dot| dot.at == at).map(|dot| dot.place.1 - OFF).or(columns::top_of(&bars, at));
    columns::draw_rules(look, &layout, scene, reach);
}

fn write_legend(plot: &Plot, look: &Look, scene: &mut Scene) -> f64 {
    // Where the report year has no column, none has the full colour.
    let full = plot.highlight.is_none_or(|year| plot.series[0].points[year].is_some());
    let signs = [Sign::Swatch(if full { look.series(0) } else { look.tint(0) }), Sign::Line(1)];
    let entries: Vec<(Sign, &str)> = signs.into_iter().zip(plot.series.iter().map(|series| series.label.as_str())).collect();
    legend::write(&entries, look, scene)
}

fn draw_line<'a>(plot: &'a Plot, look: &Look, layout: &Layout, scene: &mut Scene) -> Vec<Dot<'a>> {
    let values = plot.series[1].points.iter().flatten().map(|point| point.value);
    let (low, high) = frame::reach(values);
    let row = dots::dots(plot, 1, &layout.slots, scale(look, layout.band, low, high));
    let rows = [row];
    dots::draw(plot, look, &rows, &layout.slots, scene);
    let told = rows.iter().map(|row| if row.len() > MOST_VALUES { dots::told(plot, row) } else { all(plot, row) });
    let within = Area { bottom: layout.band.bottom - UNDER_BAND, ..layout.band };
    dots::write_values(plot, look, &rows, &Telling { told: told.collect(), above: true, within }, scene);
    let [row] = rows;
    row
}

/// Every dot, those first that must not give way.
fn all(plot: &Plot, row: &[Dot]) -> Vec<usize> {
    let mut all = dots::told(plot, row);
    let rest: Vec<usize> = (0..row.len()).filter(|index| !all.contains(index)).collect();
    all.extend(rest);
    all
}

/// Leaves room in the band for a value above the highest dot, and under the lowest for one that the line drives down.
fn scale(look: &Look, band: Area, low: f64, high: f64) -> Scale {
    let room = (look.label_size * 1.2 + OFF).min(band.height() * 0.4);
    Scale { low, high, top: band.top + room, bottom: band.bottom - room - UNDER_BAND.min(band.height() * 0.1) }
}
