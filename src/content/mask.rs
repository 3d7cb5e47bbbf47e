//! Placeholders and citations are taken out of a text before it is read as CommonMark and put back afterwards, so that
//! brackets, quotes and underscores in them mean nothing to CommonMark.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::SourceFile;
use crate::yaml::Text;

/// First of the characters for private use that stand for a masked piece; prose itself may not hold any.
const FIRST: u32 = 0xE000;
const MOST: usize = 0x1800;

/// What was masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The words between the braces.
    Placeholder(String),
    /// The key behind the `@`.
    Citation(String),
}

/// A text of the same length in bytes in which every piece is one private character and filling.
#[derive(Debug)]
pub(super) struct Masked {
    pub text: String,
    pub pieces: Vec<(Piece, Range<usize>)>,
}

pub(super) fn mask(text: &Text, file: &SourceFile, sink: &mut Sink) -> Masked {
    let mut masked = Masked { text: String::with_capacity(text.value.len()), pieces: Vec::new() };
    let mut at = 0;
    while let Some(found) = text.value[at..].find(['{', '[']).map(|found| at + found) {
        masked.text.push_str(&text.value[at..found]);
        at = match piece_at(text, found, file, sink) {
            Some((piece, end)) if masked.pieces.len() < MOST => {
                masked.push(piece, found..end);
                end
            }
            Some(_) => {
                let message = format!("dit veld telt meer dan {MOST} verwijzingen");
                sink.push(Diagnostic::error(Code::TextTooLong, text.span, message));
                break;
            }
            _ => {
                masked.text.push_str(&text.value[found..=found]);
                found + 1
            }
        };
    }
    masked.text.push_str(&text.value[at..]);
    masked
}

impl Masked {
    fn push(&mut self, piece: Piece, range: Range<usize>) {
        let letter = char::from_u32(FIRST + self.pieces.len() as u32).unwrap_or('x');
        self.text.push(letter);
        self.text.extend(std::iter::repeat_n('x', range.len() - letter.len_utf8()));
        self.pieces.push((piece, range));
    }

    /// Cuts a text of the parsed tree into plain runs and the pieces that were masked in it.
    pub fn unmask<'a>(&'a self, text: &'a str) -> Vec<Run<'a>> {
        let mut runs = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(is_mask) {
            let letter = rest[at..].chars().next().unwrap_or('x');
            let Some((piece, range)) = self.pieces.get((u32::from(letter) - FIRST) as usize) else { break };
            if at > 0 {
                runs.push(Run::Plain(&rest[..at]));
            }
            runs.push(Run::Piece(piece, range.clone()));
            rest = rest.get(at + range.len()..).unwrap_or_default();
        }
        if !rest.is_empty() {
            runs.push(Run::Plain(rest));
        }
        runs
    }
}

pub(super) enum Run<'a> {
    Plain(&'a str),
    Piece(&'a Piece, Range<usize>),
}

pub(super) fn is_mask(character: char) -> bool {
    (FIRST..FIRST + MOST as u32).contains(&u32::from(character))
}

/// The piece that begins at this brace or bracket, and its end.
fn piece_at(text: &Text, at: usize, file: &SourceFile, sink: &mut Sink) -> Option<(Piece, usize)> {
    let rest = &text.value[at..];
    if rest.starts_with("{%") {
        let end = rest.find("%}").map_or(2, |end| end + 2);
        let place = text.place(file, at..at + end);
        sink.push(Diagnostic::error(Code::TextStatement, place, "{% … %} wordt hier niet uitgevoerd"));
        return None;
    }
    if rest.starts_with("{{") {
        let Some(length) = placeholder_length(rest) else {
            let end = rest.find('\n').unwrap_or(rest.len());
            sink.push(Diagnostic::error(Code::TextPlaceholder, text.place(file, at..at + end), "deze {{ wordt niet gesloten"));
            return None;
        };
        return Some((Piece::Placeholder(rest[2..length - 2].to_owned()), at + length));
    }
    warn_single_brace(text, at, file, sink);
    let key = rest.strip_prefix("[@")?.split(']').next()?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let closed = rest[2 + key.len()..].starts_with(']');
    if is_key && closed {
        return Some((Piece::Citation(key.to_owned()), at + key.len() + 3));
    }
    let end = rest.find([']', '\n']).map_or(rest.len(), |end| end + 1);
    let diagnostic = Diagnostic::error(Code::TextUnknownSource, text.place(file, at..at + end), "deze bronverwijzing is niet te lezen");
    sink.push(diagnostic.help("Schrijf één sleutel tussen de haken, zoals [@bron]; zet twee bronnen als [@een] [@twee]."));
    None
}

/// One brace instead of two around something that looks like a figure would be printed as it stands.
fn warn_single_brace(text: &Text, at: usize, file: &SourceFile, sink: &mut Sink) {
    let Some((inner, _)) = text.value[at..].strip_prefix('{').and_then(|rest| rest.split_once('}')) else { return };
    let name = inner.trim();
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.contains(['_', '.']) && !name.contains(char::is_whitespace);
    if is_name && !inner.contains('{') {
        let place = text.place(file, at..at + inner.len() + 2);
        let diagnostic = Diagnostic::warning(Code::TextPlaceholder, place, "tussen enkele accolades wordt geen cijfer ingevuld");
        sink.push(diagnostic.help("Verdubbel de accolades: {{ … }}. Zonder verdubbeling staat dit letterlijk op de bladzijde."));
    }
}

/// Length in bytes of the `{{ … }}` at the start of the text, minding quotes inside. It stays on one line.
fn placeholder_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in text.char_indices().skip(2) {
        match (quote, character) {
            (_, '\n') => return None,
            (Some(open), _) if open == character => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '}') if text[at..].starts_with("}}") => return Some(at + 2),
            _ => {}
        }
    }
    None
}
