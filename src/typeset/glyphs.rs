//! Characters that no font of the report has: found before typesetting, where their place is still known.

use std::collections::BTreeSet;

use typst_kit::fonts::FontStore;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::Span;

/// Reports every character of the report's data that no font can draw, at its first place in each file that holds it.
pub(super) fn check(project: &Project, json: &str, fonts: &FontStore, sink: &mut Sink) {
    let used: BTreeSet<char> = json.chars().filter(|character| !character.is_ascii() && !is_invisible(*character)).collect();
    for character in used {
        if !has_glyph(fonts, character) {
            report(project, character, sink);
        }
    }
}

fn report(project: &Project, character: char, sink: &mut Sink) {
    let message = format!("geen lettertype heeft het teken «{character}» (U+{:04X})", u32::from(character));
    let mut found = false;
    for file in project.files() {
        if let Some(at) = file.text.find(character) {
            found = true;
            let span = Span::new(file.id, at, at + character.len_utf8());
            sink.push(Diagnostic::error(Code::TextGlyph, span, message.clone()));
        }
    }
    if !found {
        sink.push(Diagnostic::error(Code::TextGlyph, None, message));
    }
}

/// Characters that only say something about their neighbours.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}') || character.is_whitespace()
}

fn has_glyph(fonts: &FontStore, character: char) -> bool {
    (0..).map_while(|index| fonts.book().info(index)).any(|info| info.coverage.contains(u32::from(character)))
}
