//! Markup of other programs, which is printed as it stands: a heading, a quotation, a table, a picture. Whoever wrote it
//! meant something else.

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
const KEY: Lookalike = Lookalike { what: "een sleutel van het blok", instead: "Zet die regel even ver naar links als `tekst`." };
const LANGUAGE: Lookalike = Lookalike { what: "woorden in een andere taal", instead: "Schrijf het zonder spaties: [woorden](taal:en)." };

/// Warns of all of them.
pub(super) fn report(text: &Text, file: &SourceFile, sink: &mut Sink) {
    let mut start = 0;
    for line in text.value.split_inclusive('\n') {
        for (range, found) in in_line(line) {
            let span = text.place(file, start + range.start..start + range.end);
            let message = format!("dit lijkt op {} en wordt gedrukt zoals het er staat", found.what);
            sink.push(Diagnostic::warning(Code::TextLiteral, span, message).help(found.instead));
        }
        start += line.len();
    }
}

fn in_line(line: &str) -> Vec<(Range<usize>, Lookalike)> {
    let words = line.trim_start();
    let (start, end) = (line.len() - words.len(), line.trim_end().len());
    let mut found = Vec::new();
    found.extend(whole_line(words.trim_end()).map(|lookalike| (start..end, lookalike)));
    let picture_end = |at: usize| words[at..].find(')').map_or(end, |length| start + at + length + 1);
    found.extend(words.find("![").map(|at| (start + at..picture_end(at), PICTURE)));
    let spaced = format!("({FOREIGN} ");
    found.extend(words.find(&spaced).map(|at| (start + at..start + at + spaced.len(), LANGUAGE)));
    found
}

fn whole_line(line: &str) -> Option<Lookalike> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
        return Some(HEADING);
    }
    if line.starts_with("> ") {
        return Some(QUOTATION);
    }
    if line.len() > 2 && line.starts_with('|') && line.ends_with('|') {
        return Some(TABLE);
    }
    let columns = line.strip_prefix("kolommen:")?;
    columns.trim().bytes().all(|byte| byte.is_ascii_digit()).then_some(KEY)
}
