//! The x axis: a slot for each category, a gap at each break, and the names beneath.

use super::look::Look;
use super::plot::{Category, Plot};
use super::scene::{Rise, Scene, Side, Spot, Words};
use super::text::{LEADING, shortened, width};

/// A break opens a gap of this share of a slot, and at most [`WIDEST_GAP`] points.
const GAP: f64 = 0.35;
const WIDEST_GAP: f64 = 16.0;

/// Between two names on the axis, in points.
const BETWEEN_NAMES: f64 = 5.0;

/// Where the categories are, in points.
#[derive(Clone, Debug)]
pub struct Slots {
    pub left: f64,
    /// The width of one slot.
    pub pitch: f64,
    gap: f64,
    count: usize,
    breaks: Vec<usize>,
}

impl Slots {
    /// Divides `left..right` into slots of at most `widest` points.
    pub fn new(plot: &Plot, left: f64, right: f64, widest: f64) -> Self {
        let count = plot.categories.len();
        let breaks: Vec<usize> = plot.breaks.iter().map(|a_break| a_break.before).collect();
        let gap = ((right - left) / count as f64 * GAP).min(WIDEST_GAP);
        let pitch = ((right - left - gap * breaks.len() as f64) / count as f64).min(widest);
        Self { left, pitch, gap, count, breaks }
    }

    /// The middle of a category.
    pub fn center(&self, category: usize) -> f64 {
        self.start(category) + self.pitch / 2.0
    }

    /// The middle of the gap before a category.
    pub fn gap_before(&self, category: usize) -> f64 {
        self.start(category) - self.gap / 2.0
    }

    /// The end of the last slot.
    pub fn right(&self) -> f64 {
        self.start(self.count.saturating_sub(1)) + self.pitch
    }

    /// Whether a break lies between two neighbouring categories.
    pub fn broken(&self, before: usize) -> bool {
        self.breaks.contains(&before)
    }

    fn start(&self, category: usize) -> f64 {
        let gaps = self.breaks.iter().filter(|&&before| before <= category).count();
        self.left + self.pitch * category as f64 + self.gap * gaps as f64
    }
}

/// The height of the row of names, in points.
pub fn names_height(look: &Look) -> f64 {
    look.label_size * LEADING + 3.0
}

/// Writes the names of the categories at the foot of the scene.
pub fn write_names(plot: &Plot, look: &Look, slots: &Slots, scene: &mut Scene) {
    let names = Names::choose(plot, look, slots);
    for (index, category) in plot.categories.iter().enumerate() {
        if index % names.every == names.anchor(plot) % names.every {
            write_name(plot, look, index, names.text(category), slots, scene);
        }
    }
}

fn write_name(plot: &Plot, look: &Look, index: usize, text: &str, slots: &Slots, scene: &mut Scene) {
    let (kind, color) = if plot.highlight == Some(index) { (look.strong(), look.ink) } else { (look.label(), look.grey) };
    let words = Words::new(&shortened(text, kind, scene.canvas.width()), kind, color);
    scene.report_cut(text, &words);
    let half = words.width() / 2.0;
    let center = slots.center(index);
    // Where only every second name is written, the outer ones may be wider than their slot.
    let inside = center.min(scene.canvas.right - half).max(half);
    let spots = [center, inside].map(|x| Spot::new(x, scene.canvas.bottom, Side::Middle, Rise::Above));
    scene.place(&words, &spots, scene.canvas);
}

/// Which names are written: long or short, and how many are skipped.
struct Names {
    long: bool,
    every: usize,
}

impl Names {
    /// The long names if they all fit, else the short ones, else every second of these, and so on.
    fn choose(plot: &Plot, look: &Look, slots: &Slots) -> Self {
        let count = plot.categories.len();
        let all = [Self { long: true, every: 1 }].into_iter();
        let thinned = (1..=count).map(|every| Self { long: false, every });
        let mut choices = all.chain(thinned);
        choices.find(|names| names.fit(plot, look, slots)).unwrap_or(Self { long: false, every: count })
    }

    fn fit(&self, plot: &Plot, look: &Look, slots: &Slots) -> bool {
        let room = slots.pitch * self.every as f64 - BETWEEN_NAMES;
        plot.categories.iter().all(|category| width(self.text(category), look.strong()) <= room)
    }

    fn text<'a>(&self, category: &'a Category) -> &'a str {
        if self.long { &category.long } else { &category.short }
    }

    /// The category that must keep its name: the report year, else the last.
    fn anchor(&self, plot: &Plot) -> usize {
        plot.highlight.unwrap_or(plot.categories.len() - 1)
    }
}
