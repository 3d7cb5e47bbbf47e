//! Markup of other programs, which the report does not know: a heading, a quotation, a table, a picture. Whoever wrote it
//! meant something else than what is printed.

use std::ops::Range;

use super::prose::FOREIGN;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::SourceFile;
use crate::yaml::Text;

/// What a line or a part of it looks like, and what the report has for it.
struct Lookalike {
    what: &'static str,
    instead: &'static str,
}

const HEADING: Lookalike =
    Lookalike { what: "een kop", instead: "Maak er een onderdeel van met een titel, of begin de alinea met **vette woorden**." };
const QUOTATION: Lookalike = Lookalike { what: "een citaat", instead: "Maak er een blok `citaat` van." };
const TABLE: Lookalike = Lookalike { what: "een tabel", instead: "Maak er een blok `tabel` van, met reeksen uit de gegevens." };
const PICTURE: Lookalike = Lookalike { what: "een beeld", instead: "Maak er een blok `beeld` van." };
const KEY: Lookalike = Lookalike { what: "een sleutel van het blok", instead: "Laat die regel even ver inspringen als `tekst`." };
const LANGUAGE: Lookalike =
    Lookalike { what: "woorden in een andere taal", instead: "Laat geen spatie na `taal:`, zoals in [woorden](taal:en)." };

/// Warns of all of them.
pub(super) fn report(text: &Text, file: &SourceFile, sink: &mut Sink) {
    let mut start = 0;
    for line in text.value.split_inclusive('\n') {
        for (range, found) in in_line(line) {
            let span = text.place(file, start + range.start..start + range.end);
            let message = format!("dit lijkt op {}, maar wordt dat niet", found.what);
            sink.push(Diagnostic::warning(Code::TextLiteral, span, message).help(found.instead));
        }
        start += line.len();
    }
}

fn in_line(line: &str) -> Vec<(Range<usize>, Lookalike)> {
    let item = line.trim_start().trim_start_matches(['-', '*', '+', ' ']);
    let (start, end) = (line.len() - item.len(), line.trim_end().len());
    let mut found = Vec::new();
    found.extend(whole_line(item.trim_end()).map(|lookalike| (start..end, lookalike)));
    found.extend(pictures(line).map(|range| (range, PICTURE)));
    let spaced = format!("]({FOREIGN} ");
    found.extend(line.match_indices(&spaced).map(|(at, words)| (at..at + words.len(), LANGUAGE)));
    found
}

fn whole_line(line: &str) -> Option<Lookalike> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
        return Some(HEADING);
    }
    // «> 5 leerlingen» is a comparison.
    if line.strip_prefix('>').is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic)) {
        return Some(QUOTATION);
    }
    if line.len() > 2 && line.starts_with('|') && line.ends_with('|') {
        return Some(TABLE);
    }
    let columns = line.strip_prefix("kolommen:")?.trim();
    (!columns.is_empty() && columns.bytes().all(|byte| byte.is_ascii_digit())).then_some(KEY)
}

/// `![words](address)`; after an exclamation mark a footnote or a source may follow.
fn pictures(line: &str) -> impl Iterator<Item = Range<usize>> {
    let ends = |at: usize| -> Option<Range<usize>> {
        let words = &line[at..];
        let close = words.find("](")?;
        let is_note = words[2..].starts_with(['^', '@']);
        let end = close + words[close..].find(')')? + 1;
        (!is_note).then_some(at..at + end)
    };
    line.match_indices("![").filter_map(move |(at, _)| ends(at))
}
