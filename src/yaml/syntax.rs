//! What is wrong with a text that is no YAML, in the words of an editor, and where it began: the parser often stumbles later.

use serde_yaml::Location;

use super::tree::span_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};

pub(super) fn explain(file: &SourceFile, error: &serde_yaml::Error) -> Diagnostic {
    use serde_yaml::Error as E;
    let span = error.location().map_or(Span::start_of(file.id), |location| visible(file, place_of(file, &location)));
    let line = file.position(span.start as usize).0;
    if let Some(unquoted) = unquoted_placeholder(file, line) {
        return Diagnostic::error(Code::YamlUnquoted, unquoted, "een waarde die met {{ begint, staat niet tussen aanhalingstekens");
    }
    let words = error.to_string().to_lowercase();
    let not_yaml = |span: Span, reason: &str| Diagnostic::error(Code::YamlSyntax, span, format!("dit is geen geldige YAML ({reason})"));
    match error {
        E::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("?");
            Diagnostic::error(Code::YamlDuplicateKey, span, format!("de sleutel «{key}» staat hier voor de tweede keer"))
        }
        E::Budget { breach: serde_yaml::budget::BudgetBreach::Documents { .. }, .. } | E::MultipleDocuments { .. } => {
            Diagnostic::error(Code::YamlSyntax, span, "het bestand bevat meer dan één document").help("Verwijder de regel met ---.")
        }
        E::Budget { .. }
        | E::AliasReplayLimitExceeded { .. }
        | E::AliasExpansionLimitExceeded { .. }
        | E::AliasReplayStackDepthExceeded { .. }
        | E::AliasError { .. }
        | E::UnknownAnchor { .. }
        | E::RecursiveReferencesRequireWeakTypes { .. }
        | E::MergeKeyNotAllowed { .. } => {
            Diagnostic::error(Code::YamlBudget, span, "het bestand gebruikt ankers of aliassen, of is te diep genest of te groot")
        }
        _ if words.contains("anchor") || words.contains("alias") || words.contains("depth") || words.contains("recursion") => {
            Diagnostic::error(Code::YamlBudget, span, "het bestand gebruikt ankers of aliassen, of is te diep genest of te groot")
        }
        _ => {
            if let Some(tab) = tab_near(file, line).filter(|_| words.contains("tab")) {
                return not_yaml(tab, TAB).help("Vervang de tab door spaties: evenveel als op de regels ernaast.");
            }
            if let Some(quote) = open_quote_near(file, line) {
                return not_yaml(quote, OPEN_QUOTE).help("Zet hetzelfde aanhalingsteken ook op het einde van de tekst.");
            }
            let diagnostic = not_yaml(span, reason(&words));
            if words.contains("mapping values") {
                diagnostic.help("Staat de dubbele punt in een tekst? Zet dan de hele tekst tussen aanhalingstekens.")
            } else {
                diagnostic
            }
        }
    }
}

/// Faults of the text itself come with a line and column alone.
fn place_of(file: &SourceFile, location: &Location) -> Span {
    match location.span().byte_offset() {
        Some(_) => span_of(file.id, location),
        None => {
            let start = file.offset(location.line() as usize, location.column() as usize);
            Span::new(file.id, start, start)
        }
    }
}

/// A fault at the end of the file is shown at the last line with text.
fn visible(file: &SourceFile, span: Span) -> Span {
    let end = file.text.trim_end().len();
    if (span.start as usize) < end { span } else { Span::new(span.file, end.saturating_sub(1), end) }
}

/// The value on this line, or on the line before, that begins with `{{`.
fn unquoted_placeholder(file: &SourceFile, line: usize) -> Option<Span> {
    [line, line.max(2) - 1].into_iter().find_map(|line| {
        let (start, value) = value_on(file, line);
        value.starts_with("{{").then(|| Span::new(file.id, start, start + value.len()))
    })
}

/// What follows the key on a line, or the whole line where it has none, and at which byte.
fn value_on(file: &SourceFile, line: usize) -> (usize, &str) {
    let range = file.line_range(line);
    let text = file.text[range.clone()].trim_end();
    let value = text.trim_start().trim_start_matches("- ");
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let value = match value.split_once(':') {
        Some((key, rest)) if is_key(key) => rest.trim_start(),
        _ => value,
    };
    (range.start + text.len() - value.len(), value)
}

/// The tab in the white before a text, on this line or one beside it: the parser stops before or after it.
fn tab_near(file: &SourceFile, line: usize) -> Option<Span> {
    [line, line + 1, line.max(2) - 1].into_iter().find_map(|line| {
        let range = file.line_range(line);
        let text = &file.text[range.clone()];
        let white = &text[..text.len() - text.trim_start().len()];
        white.find('\t').map(|at| Span::new(file.id, range.start + at, range.start + at + 1))
    })
}

/// The quotation mark that opens the value of this line or the one before and is not closed on it: the text runs on, and the
/// parser stumbles over what follows.
fn open_quote_near(file: &SourceFile, line: usize) -> Option<Span> {
    [line, line.max(2) - 1].into_iter().find_map(|line| {
        let (start, value) = value_on(file, line);
        let mark = value.chars().next().filter(|mark| ['"', '\''].contains(mark))?;
        let is_closed = value.replace("\\\"", "").matches(mark).count() % 2 == 0;
        (!is_closed).then(|| Span::new(file.id, start, start + 1))
    })
}

const TAB: &str = "een tab in plaats van spaties";
const OPEN_QUOTE: &str = "een aanhalingsteken wordt niet gesloten";

/// The parser's words, shortened to the Dutch of the few faults that editors make.
fn reason(words: &str) -> &'static str {
    let known = [
        ("tab", TAB),
        ("indent", "de inspringing klopt niet"),
        ("mapping values", "een dubbele punt op een plaats waar geen sleutel kan staan"),
        ("quoted scalar", OPEN_QUOTE),
        ("end of stream", "het bestand houdt te vroeg op"),
        ("simple key", "een sleutel zonder dubbele punt"),
        ("flow", "een haakje [ of { wordt niet gesloten"),
        ("block", "een regel springt anders in dan zijn buren"),
    ];
    known.iter().find(|(word, _)| words.contains(word)).map_or("de opbouw klopt niet", |(_, dutch)| dutch)
}
