//! Diagnostics on the terminal, with an excerpt, and as JSON.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use serde::Serialize;
use textwrap::WordSplitter;

use super::arguments::MessageFormat;
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::Project;
use crate::source::SourceFile;

const WIDTH: usize = 110;
/// Nobody reads on after so many; `--format json` has them all.
const MOST_SHOWN: usize = 100;
/// Of a warning that comes back; `--format json` has them all.
const MOST_PLACES: usize = 20;
/// So many characters tell which place is meant.
const MOST_QUOTED: usize = 60;
/// Longer lines are named, not shown.
const LONGEST_LINE: usize = 600;

/// Prints all diagnostics: text on standard error, JSON on standard output.
pub(super) fn all(project: &Project, diagnostics: &[Diagnostic], format: MessageFormat) {
    match format {
        MessageFormat::Json => line(&list_as_json(Some(project), diagnostics)),
        MessageFormat::Text => {
            let groups = grouped(diagnostics);
            for (first, others) in groups.iter().take(MOST_SHOWN) {
                diagnostic(Some(project), first);
                say(&also(project, others));
            }
            match groups.iter().skip(MOST_SHOWN).map(|(_, others)| 1 + others.len()).sum() {
                0 => {}
                1 => say("… en nog één melding.\n\n"),
                count => say(&format!("… en nog {count} meldingen.\n\n")),
            }
        }
    }
}

/// Warnings that say the same of several places come together, so that they do not bury the one that says something else.
fn grouped(diagnostics: &[Diagnostic]) -> Vec<(&Diagnostic, Vec<&Diagnostic>)> {
    let mut groups: Vec<(&Diagnostic, Vec<&Diagnostic>)> = Vec::new();
    for one in diagnostics {
        let same = |first: &Diagnostic| {
            one.severity == Severity::Warning
                && (first.severity, first.code, &first.message, &first.help) == (one.severity, one.code, &one.message, &one.help)
        };
        match groups.iter_mut().find(|(first, _)| same(first)) {
            Some((_, others)) => others.push(one),
            None => groups.push((one, Vec::new())),
        }
    }
    groups
}

/// The other places of a warning, each on a line with the words that stand there.
fn also(project: &Project, others: &[&Diagnostic]) -> String {
    let words = |other: &Diagnostic| {
        let span = other.span?;
        let file = project.file(span.file)?;
        let words: String = file.text.get(span.range())?.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = words.chars().count() > MOST_QUOTED;
        Some(words.chars().take(MOST_QUOTED).chain(cut.then_some('…')).collect::<String>())
    };
    let line = |other: &&Diagnostic| Some(format!("    {} {}\n", place(project, other)?, words(other).unwrap_or_default()));
    let lines: String = others.iter().take(MOST_PLACES).filter_map(line).collect();
    let more = others.len().saturating_sub(MOST_PLACES);
    let more = if more > 0 { format!("    … en nog {more}\n") } else { String::new() };
    match others.len() {
        0 => String::new(),
        1 => format!("  Dezelfde melding, nog op één plaats:\n{lines}\n"),
        count => format!("  Dezelfde melding, nog op {count} plaatsen:\n{lines}{more}\n"),
    }
}

/// As `bestand:regel:kolom`.
fn place(project: &Project, diagnostic: &Diagnostic) -> Option<String> {
    let span = diagnostic.span?;
    let file = project.file(span.file)?;
    let (line, column) = file.position(span.start as usize);
    Some(format!("{}:{line}:{column}", file.path))
}

/// Whoever closed standard error does not want to hear that either.
fn say(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Prints one diagnostic on standard error.
pub(super) fn diagnostic(project: Option<&Project>, diagnostic: &Diagnostic) {
    let terminal = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let theme = if terminal { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    say(&rendered(project, diagnostic, theme));
}

/// Set when standard output could not be written; a closed pipe is no fault.
static OUTPUT_FAILED: AtomicBool = AtomicBool::new(false);

/// Prints a line on standard output.
pub(super) fn line(text: &str) {
    if writeln!(std::io::stdout(), "{text}").is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
        OUTPUT_FAILED.store(true, Ordering::Relaxed);
    }
}

/// Whether some line could not be printed.
pub(super) fn failed() -> bool {
    OUTPUT_FAILED.load(Ordering::Relaxed)
}

/// One diagnostic as it is printed, with an excerpt of its file.
pub(super) fn rendered(project: Option<&Project>, diagnostic: &Diagnostic, theme: GraphicalTheme) -> String {
    let file = diagnostic.span.and_then(|span| project?.file(span.file)).filter(|file| can_show(file, diagnostic));
    let source = file.map(|file| NamedSource::new(file.path.clone(), Arc::clone(&file.text)));
    let place = project.filter(|_| source.is_none()).and_then(|project| place(project, diagnostic));
    let computed = if diagnostic.computed.is_empty() { String::new() } else { format!("Berekend: {}\n", diagnostic.computed) };
    let help = format!("{computed}{}", diagnostic.help);
    let shown = Shown { diagnostic, help, place: place.map(|place| format!(" ({place})")).unwrap_or_default(), source };
    let mut text = String::new();
    // What is to be typed over stays whole: no line ends at a hyphen.
    let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH).with_links(false).with_context_lines(1);
    let handler = handler.with_word_splitter(WordSplitter::NoHyphenation);
    if handler.render_report(&mut text, &shown).is_err() {
        text = format!("{}: {}", diagnostic.code.as_str(), diagnostic.message);
    }
    text.push('\n');
    text
}

/// An excerpt of a line of thousands of characters explains nothing.
fn can_show(file: &SourceFile, diagnostic: &Diagnostic) -> bool {
    let line = diagnostic.span.map_or(1, |span| file.position(span.start as usize).0);
    (line.saturating_sub(1)..=line + 1).all(|line| file.line_range(line).len() <= LONGEST_LINE)
}

/// A diagnostic in miette's terms.
#[derive(Debug)]
struct Shown<'a> {
    diagnostic: &'a Diagnostic,
    /// What was computed, and what to do.
    help: String,
    /// Said in words where there is no excerpt to show it.
    place: String,
    source: Option<NamedSource<Arc<str>>>,
}

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.diagnostic.message, self.place)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code.as_str()))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        let range = self.diagnostic.span?.range();
        Some(Box::new(std::iter::once(LabeledSpan::new(None, range.start, range.len()))))
    }
}

/// A diagnostic for other programs; line and column are counted from 1.
#[derive(Serialize)]
pub(super) struct Message<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    help: &'a str,
    /// The arithmetic behind a finding of the review.
    #[serde(skip_serializing_if = "str::is_empty")]
    computed: &'a str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    /// The line it points at.
    text: Option<String>,
}

/// Prints one diagnostic for other programs, where there is no project to look a file up in.
pub(super) fn without_project(diagnostic: &Diagnostic) {
    line(&list_as_json(None, std::slice::from_ref(diagnostic)));
}

/// Prints a line on standard error.
pub(super) fn note(text: &str) {
    say(&format!("{text}\n"));
}

/// Diagnostics for other programs, as one list.
pub(super) fn list_as_json(project: Option<&Project>, diagnostics: &[Diagnostic]) -> String {
    serde_json::to_string_pretty(&messages(project, diagnostics)).unwrap_or_default()
}

pub(super) fn messages<'a>(project: Option<&Project>, diagnostics: &'a [Diagnostic]) -> Vec<Message<'a>> {
    diagnostics.iter().map(|diagnostic| message(project, diagnostic)).collect()
}

fn message<'a>(project: Option<&Project>, diagnostic: &'a Diagnostic) -> Message<'a> {
    let place = diagnostic.span.and_then(|span| Some((project?.file(span.file)?, span)));
    let start = place.as_ref().map(|(file, span)| file.position(span.start as usize));
    let end = place.as_ref().map(|(file, span)| file.position(span.end as usize));
    Message {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
        help: &diagnostic.help,
        computed: &diagnostic.computed,
        file: place.as_ref().map(|(file, _)| file.path.clone()),
        line: start.map(|(line, _)| line),
        column: start.map(|(_, column)| column),
        end_line: end.map(|(line, _)| line),
        end_column: end.map(|(_, column)| column),
        text: place.as_ref().zip(start).map(|((file, _), (line, _))| excerpt(file, line)),
    }
}

fn excerpt(file: &SourceFile, line: usize) -> String {
    file.line_text(line).to_owned()
}

/// «2 fouten en 1 waarschuwing»
pub(super) fn tally(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity: Severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let named = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {more}")),
    };
    let parts = [named(count(Severity::Error), "fout", "fouten"), named(count(Severity::Warning), "waarschuwing", "waarschuwingen")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" en "))
}
