//! Measures text in Noto Sans, the font in which Typst sets it.

use super::check::DrawError;
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::LazyLock;

/// The family written in the SVG; the fonts of the report carry it under this name.
pub const FAMILY: &str = "Noto Sans";

/// From one baseline to the next, in em.
pub const LEADING: f64 = 1.25;

/// What a line of text takes above its baseline, in em.
pub const ASCENT: f64 = 0.78;

/// What a line of text takes under its baseline, in em.
pub const DESCENT: f64 = 0.24;

/// The middle of the digits above the baseline, in em.
pub const MIDDLE: f64 = 0.357;

/// No label is longer: it would not fit anywhere, and measuring it would only take time.
const LONGEST: usize = 200;

/// Size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// In points.
    pub size: f64,
    pub bold: bool,
}

/// Makes Noto Sans known to plotters; without it every width would be a guess.
///
/// # Errors
/// When plotters cannot read the fonts that are built in.
pub fn prepare() -> Result<(), DrawError> {
    static READY: LazyLock<bool> = LazyLock::new(|| {
        let regular = register_font(FAMILY, FontStyle::Normal, notosans::REGULAR_TTF);
        let bold = register_font(FAMILY, FontStyle::Bold, notosans::BOLD_TTF);
        regular.is_ok() && bold.is_ok()
    });
    if *READY { Ok(()) } else { Err(DrawError::Backend("Noto Sans cannot be read".into())) }
}

/// The width of a line in points. Kerning is not counted: it makes text narrower, seldom wider.
pub fn width(text: &str, kind: Type) -> f64 {
    // plotters scales a font by the height of its line (2789 of 2048 units in Noto Sans), not by its em, and rounds down
    // to whole units; so measure at a thousand units an em.
    const UNITS: f64 = 1000.0;
    const LINE_HEIGHT: f64 = 2789.0 / 2048.0;
    let style = if kind.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), UNITS * LINE_HEIGHT, style);
    let units = match font.layout_box(text) {
        Ok(((left, _), (right, _))) => f64::from(right - left) + 1.0,
        Err(_) => text.chars().count() as f64 * UNITS,
    };
    units / UNITS * kind.size
}

/// The text without what XML cannot hold and without white space that XML would not keep.
pub fn clean(text: &str) -> String {
    spaced_once(&printable(text).take(LONGEST).collect::<String>())
}

/// The same of a text of any length: what the words of a drawing are compared with.
pub fn uncut(text: &str) -> String {
    spaced_once(&printable(text).collect::<String>())
}

fn spaced_once(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn printable(text: &str) -> impl Iterator<Item = char> + '_ {
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    spaced.filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}

/// The text if it fits in `room` points, else its beginning and an ellipsis.
pub fn shortened(text: &str, kind: Type, room: f64) -> String {
    let mut kept = clean(text);
    if width(&kept, kind) <= room {
        return kept;
    }
    while kept.pop().is_some() {
        let short = format!("{}…", kept.trim_end());
        if width(&short, kind) <= room {
            return short;
        }
    }
    String::new()
}

/// The text in at most `most` lines of `room` points; what is too long ends in an ellipsis.
pub fn wrapped(text: &str, kind: Type, room: f64, most: usize) -> Vec<String> {
    let text = clean(text);
    let mut words = text.split(' ').peekable();
    let mut lines = Vec::new();
    while words.peek().is_some_and(|word| !word.is_empty()) && lines.len() < most {
        let last = lines.len() + 1 == most;
        let mut line = String::from(words.next().unwrap_or_default());
        while let Some(longer) = words.peek().map(|word| format!("{line} {word}")) {
            if !last && width(&longer, kind) > room {
                break;
            }
            words.next();
            line = longer;
        }
        lines.push(shortened(&line, kind, room));
    }
    lines
}

/// The whole text in as many lines of `room` points as it takes; a word wider than that is cut where it must be.
pub fn broken(text: &str, kind: Type, room: f64) -> Vec<String> {
    let text: String = printable(text).collect();
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()).flat_map(|word| chunks(word, kind, room)) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), kind) <= room => *line = format!("{line} {word}"),
            _ => lines.push(word),
        }
    }
    lines
}

/// A word in pieces of at most `room` points.
fn chunks(word: &str, kind: Type, room: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        match pieces.last_mut() {
            Some(piece) if piece.is_empty() || width(&format!("{piece}{c}"), kind) <= room => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}

/// Like [`wrapped`], with lines of about the same length.
pub fn balanced(text: &str, kind: Type, room: f64, most: usize) -> Vec<String> {
    let greedy = wrapped(text, kind, room, most);
    let words = |lines: &[String]| lines.join(" ");
    let narrower = (1..10).map(|step| wrapped(text, kind, room * (1.0 - f64::from(step) * 0.05), most));
    let alike = |lines: &Vec<String>| lines.len() == greedy.len() && words(lines) == words(&greedy);
    narrower.take_while(alike).last().unwrap_or_else(|| greedy.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Type = Type { size: 10.0, bold: false };

    #[test]
    fn widths_are_those_of_the_font() {
        prepare().unwrap();
        // A digit of Noto Sans is 1171 of 2048 units wide.
        assert!((width("0123456789", KIND) - 57.2).abs() < 0.05);
    }

    #[test]
    fn long_text_wraps_and_ends_in_an_ellipsis() {
        prepare().unwrap();
        let lines = wrapped("andere telling vanaf dit schooljaar in heel Vlaanderen", KIND, 80.0, 2);
        assert_eq!(lines, ["andere telling", "vanaf dit schoo…"]);
        assert!(lines.iter().all(|line| width(line, KIND) <= 80.0));
        assert_eq!(wrapped("  ", KIND, 80.0, 2), Vec::<String>::new());
    }

    #[test]
    fn what_xml_cannot_hold_goes() {
        assert_eq!(clean(" a\n\tb\u{0}\u{7}\u{FFFF}  c "), "a b c");
    }
}
