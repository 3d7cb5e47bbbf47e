//! Characters that no font of the report has: found before typesetting, where their place is still known.

use std::collections::BTreeSet;

use typst_kit::fonts::FontStore;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::limits;
use crate::project::Project;
use crate::source::Span;

/// Reports every character of the report's data that a family of the house style cannot draw, at its first place in
/// each file that holds it. Every family must have it: a quotation is set in another one than its neighbours.
pub(super) fn check(project: &Project, json: &str, families: &[&str], fonts: &FontStore, sink: &mut Sink) {
    let used: BTreeSet<char> = json.chars().filter(|character| !character.is_ascii() && !is_invisible(*character)).collect();
    for character in used {
        if let Some(family) = families.iter().find(|family| !has_glyph(fonts, family, character)) {
            report(project, character, family, sink);
        }
    }
}

fn report(project: &Project, character: char, family: &str, sink: &mut Sink) {
    let message = format!("het lettertype {family} heeft het teken «{character}» (U+{:04X}) niet", u32::from(character));
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
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
        || character.is_whitespace()
        // Reported where it was typed.
        || limits::is_forbidden(character)
}

fn has_glyph(fonts: &FontStore, family: &str, character: char) -> bool {
    let faces = (0..).map_while(|index| fonts.book().info(index)).filter(|info| info.family == family);
    faces.into_iter().any(|info| info.coverage.contains(u32::from(character)))
}
