//! Limits of what people type, for YAML and tables alike: longer or stranger text is a slip or an attack, never a report.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Span;

/// In characters; a field of this length is some thirty pages.
const LONGEST_FIELD: usize = 100_000;
const LONGEST_WORD: usize = 1_000;

/// Reports a text that is too long, or holds characters that nobody types.
pub fn check(text: &str, span: Span, sink: &mut Sink) {
    if let Some(character) = text.chars().find(|character| is_forbidden(*character)) {
        let message = format!("de tekst bevat het verboden teken U+{:04X}", u32::from(character));
        sink.push(Diagnostic::error(Code::TextControl, span, message));
    }
    let length = text.chars().count();
    if length > LONGEST_FIELD {
        sink.push(Diagnostic::error(Code::TextTooLong, span, format!("dit veld telt {length} tekens; meer dan {LONGEST_FIELD} gaat niet")));
    }
    let longest = longest_word(text);
    if longest > LONGEST_WORD {
        let message = format!("een woord in dit veld telt {longest} tekens; meer dan {LONGEST_WORD} gaat niet");
        sink.push(Diagnostic::error(Code::TextTooLong, span, message));
    }
}

/// Whether a text is too long to be worth reading: that takes minutes, and it has been reported.
pub fn is_too_long(text: &str) -> bool {
    text.chars().count() > LONGEST_FIELD || longest_word(text) > LONGEST_WORD
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default()
}

/// Control characters, characters for private use, and the invisible ones that turn the direction of a text.
pub fn is_forbidden(character: char) -> bool {
    let private = matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF);
    let direction = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    private || direction || (character.is_control() && !matches!(character, '\n' | '\t'))
}
