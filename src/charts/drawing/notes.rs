//! The words above a chart: breaks in the series and the reasons of outliers.

use super::geometry::Area;
use super::look::Look;
use super::plot::Plot;
use super::scene::{Rise, Scene, Shape, Side, Spot, Words};
use super::slots::Slots;
use super::text::{LEADING, balanced, clean};

/// A note is at most this wide, in points; the narrower widths are for notes that would be in each other's way.
const WIDTHS: [f64; 3] = [130.0, 80.0, 50.0];

/// A note has at most this many lines.
const MOST_LINES: usize = 2;

/// Of so many notes every side is tried.
const MOST_TURNED: usize = 3;

/// Notes take at most this share of the height.
const TALLEST: f64 = 0.35;

/// Between two notes, and between a note and the line of another, in points.
const AIR: f64 = 5.0;

/// The strip of notes above a chart.
#[derive(Clone, Debug)]
pub struct Notes {
    top: f64,
    row_height: f64,
    rows: usize,
    placed: Vec<Placed>,
    /// The texts for which there is not enough room.
    lost: Vec<String>,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Break,
    /// An outlier at this category.
    Outlier(usize),
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
    /// Divides the notes over rows from `top` down, so that neither texts nor the lines under them meet.
    pub fn arrange(plot: &Plot, look: &Look, slots: &Slots, scene: &mut Scene, top: f64) -> Self {
        let empty = Self { top, row_height: look.note_size * LEADING, rows: 0, placed: Vec::new(), lost: Vec::new() };
        let widths = WIDTHS.map(|width| gather(plot, look, slots, width.min(scene.canvas.width() * 0.45)));
        // Every way to hang the first few notes; the first way has them all in the middle.
        let ways = 3_usize.pow(widths[0].len().min(MOST_TURNED) as u32);
        let all = widths.iter().flat_map(|notes| (0..ways).map(|way| empty.clone().filled(notes, scene.canvas, way)));
        let notes = all.min_by_key(|notes| (notes.lost.len(), notes.rows)).unwrap_or(empty);
        scene.left_out.extend(notes.lost.iter().cloned());
        notes
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

    /// Draws a dashed line from each break to `floor`, and a thin one from each outlier to what `reach` says. Call it
    /// when all texts are placed.
    pub fn draw_lines(&self, look: &Look, scene: &mut Scene, floor: f64, reach: impl Fn(usize) -> f64) {
        for placed in &self.placed {
            let top = self.top + placed.end() as f64 * self.row_height + 2.0;
            match placed.note.about {
                About::Break => draw_dashes(look, scene, placed.note.x, top, floor),
                About::Outlier(at) => draw_leader(look, scene, placed.note.x, top, reach(at)),
            }
        }
    }

    fn add(&mut self, placed: Placed) {
        self.rows = self.rows.max(placed.end());
        self.placed.push(placed);
    }

    /// Gives each note the first free place; `way`, in base three, says which side each tries first.
    fn filled(mut self, notes: &[Note], canvas: Area, mut way: usize) -> Self {
        let most = (canvas.height() * TALLEST / self.row_height) as usize;
        for note in notes {
            match self.find(note, canvas.width(), most, way % 3) {
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

fn gather(plot: &Plot, look: &Look, slots: &Slots, room: f64) -> Vec<Note> {
    let note = |x: f64, about: About, text: &str| {
        let lines = balanced(text, look.note(), room, MOST_LINES);
        Note { x, about, text: clean(text), words: Words::stacked(lines, look.note(), look.grey) }
    };
    let breaks = plot.breaks.iter().map(|a_break| note(slots.gap_before(a_break.before), About::Break, &a_break.text));
    let outliers = plot.outliers.iter().map(|outlier| note(slots.center(outlier.at), About::Outlier(outlier.at), &outlier.text));
    let mut notes: Vec<Note> = breaks.chain(outliers).collect();
    notes.sort_by(|a, b| a.x.total_cmp(&b.x));
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
