//! The words above a chart, with a line down to what they are about: breaks in the series, the reasons of outliers, and
//! the names of parts in which they do not fit.

use super::look::Look;
use super::plot::Plot;
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::slots::Slots;
use super::text::{LEADING, Type, balanced, clean};
use plotters::style::RGBColor;

/// A note is at most this wide, in points; the narrower widths are for notes that would be in each other's way.
const WIDTHS: [f64; 3] = [130.0, 80.0, 50.0];

/// A note has at most this many lines.
const MOST_LINES: usize = 2;

/// Of so many notes every side is tried.
const MOST_TURNED: usize = 3;

/// Notes take at most this share of the height.
const TALLEST: f64 = 0.35;

/// The line under a note about a value that is not there, in points.
const STUB: f64 = 8.0;

/// Between two notes, and between a note and the line of another, in points.
const AIR: f64 = 5.0;

/// The strip of notes above a chart.
#[derive(Clone, Debug)]
pub struct Notes {
    top: f64,
    row_height: f64,
    rows: usize,
    placed: Vec<Placed>,
    lost: Vec<String>,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Break,
    /// The value of this category.
    Value(usize),
}

/// A text that is to stand above the chart.
#[derive(Clone, Debug)]
pub struct Item {
    /// The x of what it is about.
    pub x: f64,
    pub about: About,
    pub text: String,
}

/// How a strip of notes is written.
#[derive(Clone, Copy, Debug)]
pub struct Strip {
    pub top: f64,
    pub kind: Type,
    pub color: RGBColor,
    /// The widths to try for a note.
    pub widths: [f64; 3],
    /// The height that all notes may take.
    pub tallest: f64,
}

#[derive(Clone, Debug)]
struct Note {
    /// The x of the break or the outlier.
    x: f64,
    about: About,
    text: String,
    words: Words,
}

#[derive(Clone, Debug)]
struct Placed {
    note: Note,
    /// The x of the text, at its `side`.
    at: f64,
    side: Side,
    row: usize,
}

impl Notes {
    /// The breaks and the outliers of a plot, from `top` down.
    pub fn arrange(plot: &Plot, look: &Look, slots: &Slots, scene: &mut Scene, top: f64) -> Self {
        let (canvas, kind) = (scene.canvas, look.note());
        let widths = WIDTHS.map(|width| width.min(canvas.width() * 0.45));
        let strip = Strip { top, kind, color: look.grey, widths, tallest: canvas.height() * TALLEST };
        let notes = Self::of(&gather(plot, slots), strip, canvas.right);
        scene.left_out.extend(notes.lost.iter().cloned());
        notes
    }

    /// Divides the notes over rows from the left side to `right`, so that neither texts nor the lines under them meet.
    pub fn of(items: &[Item], strip: Strip, right: f64) -> Self {
        let row_height = strip.kind.size * LEADING;
        let empty = Self { top: strip.top, row_height, rows: 0, placed: Vec::new(), lost: Vec::new() };
        let most = (strip.tallest / row_height).max(0.0) as usize;
        // Every way to hang the first few notes; the first way has them all in the middle.
        let ways = 3_usize.pow(items.len().min(MOST_TURNED) as u32);
        let sorted = [false, true].into_iter().flat_map(|backwards| strip.widths.map(|width| (width, backwards)));
        let orders: Vec<Vec<Note>> = sorted.map(|(width, backwards)| notes(items, strip, width, backwards)).collect();
        let all = orders.iter().flat_map(|notes| (0..ways).map(|way| empty.clone().filled(notes, right, most, way)));
        all.min_by_key(|notes| (notes.lost.len(), notes.rows)).unwrap_or(empty)
    }

    /// The texts for which there is not enough room: one that is not there, or only its beginning.
    pub fn lost(&self) -> &[String] {
        &self.lost
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.placed.is_empty()
    }

    /// Where the chart itself may begin.
    pub fn bottom(&self) -> f64 {
        let air = if self.rows == 0 { 0.0 } else { AIR };
        self.top + self.rows as f64 * self.row_height + air
    }

    /// Writes the notes. Call it before the other texts are placed.
    pub fn write(&self, scene: &mut Scene) {
        for placed in &self.placed {
            let y = self.top + placed.row as f64 * self.row_height;
            scene.place(&placed.note.words, &[Spot::new(placed.at, y, placed.side, Rise::Below)], scene.canvas);
        }
    }

    /// Draws a dashed line from each break to `floor`, and a thin one from each other note to what `reach` says; a short
    /// one where there is nothing to reach. Call it when all texts are placed.
    pub fn draw_lines(&self, look: &Look, scene: &mut Scene, floor: f64, reach: impl Fn(usize) -> Option<f64>) {
        for placed in &self.placed {
            let top = self.top + placed.end() as f64 * self.row_height + 2.0;
            match placed.note.about {
                About::Break => draw_dashes(look, scene, placed.note.x, top, floor),
                About::Value(at) => draw_leader(look, scene, placed.note.x, top, reach(at).unwrap_or(top + STUB)),
            }
        }
    }

    fn add(&mut self, placed: Placed) {
        self.rows = self.rows.max(placed.end());
        self.placed.push(placed);
    }

    /// Gives each note the first free place; `way`, in base three, says which side each tries first.
    fn filled(mut self, notes: &[Note], width: f64, most: usize, mut way: usize) -> Self {
        for note in notes {
            match self.find(note, width, most, way % 3) {
                Some(placed) => {
                    self.lost.extend(note.words.cut_from(&note.text));
                    self.add(placed);
                }
                None => self.lost.push(note.text.clone()),
            }
            way /= 3;
        }
        self
    }

    fn find(&self, note: &Note, width: f64, most: usize, turn: usize) -> Option<Placed> {
        let half = note.words.width() / 2.0;
        let middle = note.x.min(width - half).max(half);
        let mut sides = [(middle, Side::Middle), (note.x - 2.0, Side::Start), (note.x + 2.0, Side::End)];
        sides.rotate_left(turn);
        let spots = (0..most).flat_map(|row| sides.map(|(at, side)| (row, at, side)));
        let mut tried = spots.map(|(row, at, side)| Placed { note: note.clone(), at, side, row });
        tried.find(|placed| placed.end() <= most && placed.is_inside(width) && self.is_free(placed))
    }

    fn is_free(&self, new: &Placed) -> bool {
        self.placed.iter().all(|old| !old.hinders(new) && !new.hinders(old))
    }
}

impl Placed {
    fn span(&self) -> (f64, f64) {
        let width = self.note.words.width();
        match self.side {
            Side::Start => (self.at, self.at + width),
            Side::Middle => (self.at - width / 2.0, self.at + width / 2.0),
            Side::End => (self.at - width, self.at),
        }
    }

    /// The first row under the note.
    fn end(&self) -> usize {
        self.row + self.note.words.lines.len()
    }

    fn is_inside(&self, width: f64) -> bool {
        let (left, right) = self.span();
        left >= 0.0 && right <= width
    }

    /// Whether this note, or the line that goes down from it, is in the way of the other's text.
    fn hinders(&self, other: &Self) -> bool {
        let ((left, right), (other_left, other_right)) = (self.span(), other.span());
        let side_by_side = self.row < other.end() && other.row < self.end();
        let texts_meet = side_by_side && left < other_right + AIR && other_left < right + AIR;
        let line_meets = self.end() <= other.row && other_left - AIR / 2.0 < self.note.x && self.note.x < other_right + AIR / 2.0;
        texts_meet || line_meets
    }
}

fn gather(plot: &Plot, slots: &Slots) -> Vec<Item> {
    let item = |x: f64, about: About, text: &str| Item { x, about, text: text.to_owned() };
    let breaks = plot.breaks.iter().map(|a_break| item(slots.gap_before(a_break.before), About::Break, &a_break.text));
    let outliers = plot.outliers.iter().map(|outlier| item(slots.center(outlier.at), About::Value(outlier.at), &outlier.text));
    let mut items: Vec<Item> = breaks.chain(outliers).collect();
    items.sort_by(|a, b| a.x.total_cmp(&b.x));
    items
}

fn notes(items: &[Item], strip: Strip, width: f64, backwards: bool) -> Vec<Note> {
    let note = |item: &Item| {
        let lines = balanced(&item.text, strip.kind, width, MOST_LINES);
        Note { x: item.x, about: item.about, text: clean(&item.text), words: Words::stacked(lines, strip.kind, strip.color) }
    };
    let mut notes: Vec<Note> = items.iter().map(note).collect();
    if backwards {
        notes.reverse();
    }
    notes
}

fn draw_dashes(look: &Look, scene: &mut Scene, x: f64, top: f64, bottom: f64) {
    const DASH: f64 = 2.5;
    for (from, to) in scene.upright(x, top, bottom) {
        let count = ((to - from) / (2.0 * DASH)).ceil().max(0.0) as usize;
        for y in (0..count).map(|index| from + index as f64 * 2.0 * DASH) {
            scene.front.push(Shape::Line { from: (x, y), to: (x, to.min(y + DASH)), width: 0.7, color: look.grey });
        }
    }
}

/// A thin line down to the first text in its way, which is the value it explains.
fn draw_leader(look: &Look, scene: &mut Scene, x: f64, top: f64, bottom: f64) {
    let first = scene.upright(x, top, bottom).into_iter().next();
    if let Some((from, to)) = first.filter(|(from, to)| *from == top && to - from > 3.0) {
        scene.front.push(Shape::Line { from: (x, from), to: (x, to), width: 0.5, color: look.grey });
    }
}
