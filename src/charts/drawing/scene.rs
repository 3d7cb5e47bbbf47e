//! A drawing before it is written: shapes, and texts that never lie over one another.

use super::geometry::{Area, Place, uncovered};
use super::text::{ASCENT, DESCENT, LEADING, MIDDLE, Type, clean, uncut, width};
use plotters::style::RGBColor;

/// The least room between two texts, in points.
const AIR: f64 = 1.0;

/// Everything on the drawing, in points.
#[derive(Clone, Debug)]
pub struct Scene {
    pub canvas: Area,
    /// Behind everything else: grid lines.
    pub back: Vec<Shape>,
    pub front: Vec<Shape>,
    pub labels: Vec<Label>,
    /// Texts for which there was no free spot, or not enough room to write them out.
    pub left_out: Vec<String>,
    obstacles: Vec<Area>,
}

/// A shape of one colour; widths are in points.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Box { area: Area, fill: RGBColor },
    Line { from: Place, to: Place, width: f64, color: RGBColor },
    Polygon { corners: Vec<Place>, fill: RGBColor },
    Circle { center: Place, radius: f64, fill: RGBColor },
}

/// A line of text that has its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub text: String,
    /// On the baseline, at the side of the text that `side` names.
    pub at: Place,
    pub side: Side,
    pub kind: Type,
    pub color: RGBColor,
    /// What the text covers, from ascender to descender.
    pub area: Area,
}

/// Lines of text that go together.
#[derive(Clone, Debug)]
pub struct Words {
    pub lines: Vec<String>,
    pub kind: Type,
    pub color: RGBColor,
    /// Measured once: a text tries many spots.
    width: f64,
}

/// A place where a text might stand.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub at: Place,
    pub side: Side,
    pub rise: Rise,
}

/// The part of a text that is at the x of its spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Start,
    Middle,
    End,
}

/// Where a text is, seen from the y of its spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rise {
    Above,
    Beside,
    Below,
}

impl Scene {
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            canvas: Area::new(0.0, 0.0, width, height),
            back: Vec::new(),
            front: Vec::new(),
            labels: Vec::new(),
            left_out: Vec::new(),
            obstacles: Vec::new(),
        }
    }

    /// Keeps texts away from a part of the drawing, as far as there are other spots.
    pub fn avoid(&mut self, area: Area) {
        self.obstacles.push(area);
    }

    /// Keeps texts away from a line.
    pub fn avoid_line(&mut self, from: Place, to: Place) {
        const STEP: f64 = 2.0;
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let count = (x.hypot(y) / STEP).ceil().max(1.0);
        let shares = (0..=count as usize).map(|index| index as f64 / count);
        let beads = shares.map(|share| Area::around((from.0 + x * share, from.1 + y * share), STEP / 2.0));
        self.obstacles.extend(beads);
    }

    /// Sets the words on the first spot `within` that is free of texts and obstacles, else on the first that is free of
    /// texts, and returns what they cover. Without such a spot the words are left out, and that is reported.
    pub fn place(&mut self, words: &Words, spots: &[Spot], within: Area) -> Option<Area> {
        self.place_or_far(words, spots, &[], within)
    }

    /// Like [`Scene::place`], with spots that are too far off to take while a near one is free of texts.
    pub fn place_or_far(&mut self, words: &Words, near: &[Spot], far: &[Spot], within: Area) -> Option<Area> {
        let free = |spots: &[Spot]| {
            let clear = spots.iter().find_map(|&spot| self.fits(words, spot, within, true));
            clear.or_else(|| spots.iter().find_map(|&spot| self.fits(words, spot, within, false)))
        };
        let chosen = free(near).or_else(|| free(far));
        if chosen.is_none() {
            self.left_out.push(words.lines.join(" "));
        }
        self.set(chosen?)
    }

    /// Takes over another scene, `by` points to the right and down.
    pub fn include(&mut self, other: Self, by: Place) {
        self.back.extend(other.back.into_iter().map(|shape| shape.moved(by)));
        self.front.extend(other.front.into_iter().map(|shape| shape.moved(by)));
        self.labels.extend(other.labels.into_iter().map(|label| label.moved(by)));
        self.obstacles.extend(other.obstacles.into_iter().map(|area| area.moved(by)));
        self.left_out.extend(other.left_out);
    }

    /// Reports a text of which the words are only the beginning.
    pub fn report_cut(&mut self, text: &str, words: &Words) {
        self.left_out.extend(words.cut_from(text));
    }

    /// Sets words that nobody misses: only where nothing else is.
    pub fn place_if_clear(&mut self, words: &Words, spot: Spot, within: Area) -> Option<Area> {
        let chosen = self.fits(words, spot, within, true)?;
        self.set(chosen)
    }

    /// The highest obstacle between two x's, or `floor` when there is none above it.
    pub fn highest(&self, left: f64, right: f64, floor: f64) -> f64 {
        let between = self.obstacles.iter().filter(|area| area.left < right && left < area.right);
        between.fold(floor, |highest, area| highest.min(area.top))
    }

    /// Draws a level line behind everything, interrupted where a text stands. Call it when all texts are placed.
    pub fn level(&mut self, y: f64, left: f64, right: f64, width: f64, color: RGBColor) {
        let crossed = self.labels.iter().map(|label| label.area.grown(AIR)).filter(|area| area.top < y && y < area.bottom);
        let parts = uncovered(left, right, crossed.map(|area| (area.left, area.right)).collect());
        let line = |(from, to)| Shape::Line { from: (from, y), to: (to, y), width, color };
        self.back.extend(parts.into_iter().map(line));
    }

    /// The parts of an upright line that no text covers, from top to bottom.
    pub fn upright(&self, x: f64, top: f64, bottom: f64) -> Vec<(f64, f64)> {
        let crossed = self.labels.iter().map(|label| label.area.grown(AIR)).filter(|area| area.left < x && x < area.right);
        uncovered(top, bottom, crossed.map(|area| (area.top, area.bottom)).collect())
    }

    fn fits(&self, words: &Words, spot: Spot, within: Area, clear: bool) -> Option<Vec<Label>> {
        let labels = words.labels(spot);
        let free = |label: &Label| {
            let area = label.area.grown(AIR);
            within.holds(&label.area)
                && self.canvas.holds(&label.area)
                && !self.labels.iter().any(|other| other.area.overlaps(&area))
                && !(clear && self.obstacles.iter().any(|other| other.overlaps(&label.area)))
        };
        labels.iter().all(free).then_some(labels)
    }

    fn set(&mut self, labels: Vec<Label>) -> Option<Area> {
        let covered = labels.iter().map(|label| label.area).reduce(|a, b| a.with(&b));
        self.labels.extend(labels);
        covered
    }
}

impl Shape {
    fn moved(self, by: Place) -> Self {
        let place = |(x, y): Place| (x + by.0, y + by.1);
        match self {
            Self::Box { area, fill } => Self::Box { area: area.moved(by), fill },
            Self::Line { from, to, width, color } => Self::Line { from: place(from), to: place(to), width, color },
            Self::Polygon { corners, fill } => Self::Polygon { corners: corners.into_iter().map(place).collect(), fill },
            Self::Circle { center, radius, fill } => Self::Circle { center: place(center), radius, fill },
        }
    }
}

impl Label {
    fn moved(self, by: Place) -> Self {
        Self { at: (self.at.0 + by.0, self.at.1 + by.1), area: self.area.moved(by), ..self }
    }
}

impl Words {
    /// One line.
    pub fn new(text: &str, kind: Type, color: RGBColor) -> Self {
        Self::stacked(vec![clean(text)], kind, color)
    }

    /// Several lines, already clean; empty ones are dropped.
    pub fn stacked(lines: Vec<String>, kind: Type, color: RGBColor) -> Self {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let width = lines.iter().map(|line| width(line, kind)).fold(0.0, f64::max);
        Self { lines, kind, color, width }
    }

    /// The width of the longest line.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The text, if these words are not all of it.
    pub fn cut_from(&self, text: &str) -> Option<String> {
        let whole = uncut(text);
        (self.lines.join(" ") != whole).then_some(whole)
    }

    /// From the top of the first line to the foot of the last.
    pub fn height(&self) -> f64 {
        let steps = self.lines.len().saturating_sub(1) as f64;
        (steps * LEADING + ASCENT + DESCENT) * self.kind.size
    }

    fn labels(&self, spot: Spot) -> Vec<Label> {
        let size = self.kind.size;
        let first = spot.at.1
            + match spot.rise {
                Rise::Above => ASCENT * size - self.height(),
                Rise::Beside => (MIDDLE + (ASCENT + DESCENT) / 2.0) * size - self.height() / 2.0,
                Rise::Below => ASCENT * size,
            };
        let lines = self.lines.iter().enumerate();
        lines.map(|(index, line)| self.label(line, spot, first + index as f64 * LEADING * size)).collect()
    }

    fn label(&self, line: &str, spot: Spot, baseline: f64) -> Label {
        let (x, size) = (spot.at.0, self.kind.size);
        let width = width(line, self.kind);
        let left = match spot.side {
            Side::Start => x,
            Side::Middle => x - width / 2.0,
            Side::End => x - width,
        };
        Label {
            text: line.to_owned(),
            at: (x, baseline),
            side: spot.side,
            kind: self.kind,
            color: self.color,
            area: Area::new(left, baseline - ASCENT * size, left + width, baseline + DESCENT * size),
        }
    }
}

impl Spot {
    pub fn new(x: f64, y: f64, side: Side, rise: Rise) -> Self {
        Self { at: (x, y), side, rise }
    }
}
