//! Whether an edition is still what its lock says, and if not: which file, which figures and by how much.

use std::collections::BTreeMap;

use super::alignment::Rewritten;
use super::difference::{Changed, Difference};
use super::lock::{Lock, program};
use super::record::as_printed;
use super::{lock_path, passage_start};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::report::Report;
use crate::source::Span;
use crate::typeset::ELSEWHERE;
use crate::units::{Notation, Ratio, Sign, Value};

/// Reads the lock of an edition; one that is broken is an error, and none at all is none.
pub fn load(project: &Project, edition: &str, sink: &mut Sink) -> Option<Option<Lock>> {
    let path = &lock_path(edition);
    if !project.exists(path) {
        return Some(None);
    }
    let file = project.read_into(path, sink)?;
    match Lock::parse(&file.text) {
        Ok(lock) => Some(Some(lock)),
        Err(broken) => {
            let message = format!("het slot {path} is niet te gebruiken: {}", broken.as_str());
            sink.push(Diagnostic::error(Code::LockBroken, None, message));
            None
        }
    }
}

/// The files of an edition as they are now, beside those of the lock. Every difference is an error.
pub fn check_inputs(project: &Project, lock: &Lock, now: &BTreeMap<String, String>, sink: &mut Sink) {
    let fault = |path: &str, what: &str| {
        let span = project.files().into_iter().find(|file| file.path == path).map(|file| Span::start_of(file.id));
        Diagnostic::error(Code::LockInput, span, format!("{path} {what}"))
    };
    for (path, hash) in now {
        match lock.inputs.get(path) {
            Some(locked) if locked == hash => {}
            Some(_) => sink.push(fault(path, "is veranderd sinds het definitieve verslag")),
            None => sink.push(
                fault(path, "was er nog niet bij het definitieve verslag")
                    .help("Haal het bestand weg, of maak een nieuw definitief verslag zonder --locked."),
            ),
        }
    }
    for path in lock.inputs.keys().filter(|path| !now.contains_key(*path)) {
        let help = "Zet het bestand terug uit het versiebeheer of een reservekopie.";
        sink.push(Diagnostic::error(Code::LockInput, None, format!("{path} ontbreekt")).help(help));
    }
}

/// Files of a house style, and fonts, that are the project's own are inputs like any other; those of the program go with it.
pub fn check_style(lock: &Lock, now: &Lock, sink: &mut Sink) {
    let fault = |message: String| Diagnostic::error(Code::LockInput, None, message);
    if lock.style.name != now.style.name {
        sink.push(fault(format!("de huisstijl was «{}» en is nu «{}»", lock.style.name, now.style.name)));
    } else if !lock.style.own.is_empty() && !now.style.own.is_empty() && lock.style.own != now.style.own {
        sink.push(fault("een bestand in templates/ waarmee dit verslag gezet is, is veranderd sinds het definitieve verslag".to_owned()));
    }
}

/// How what was made now compares with the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    SameBytes,
    /// Another program: the same figures and the same text.
    OtherBytes,
}

/// Compares what is printed now with the lock. `None` when it differs, and then the sink says where; where the files
/// themselves differ, that says enough of a difference that no reader sees.
pub fn check_printed(lock: &Lock, now: &Lock, same_files: bool, report: &Report, sink: &mut Sink) -> Option<Verdict> {
    if lock.outputs == now.outputs {
        return Some(Verdict::SameBytes);
    }
    let difference = Difference::between(lock, now);
    report_figures(&difference, report, sink);
    if difference.is_empty() {
        if !same_files {
            return None;
        }
        if lock.program != program() || lock.style != now.style || lock.earlier != now.earlier {
            return Some(Verdict::OtherBytes);
        }
        let other = now.outputs.iter().filter(|(name, hash)| lock.outputs.get(*name) != Some(hash)).map(|(name, _)| name.as_str());
        let message =
            format!("van dezelfde bestanden maakte hetzelfde programma nu een ander resultaat: {}", other.collect::<Vec<_>>().join(", "));
        sink.push(Diagnostic::error(Code::LockOutput, None, message));
    } else if difference.changed.is_empty() && difference.added.is_empty() && difference.gone.is_empty() {
        for one in &difference.passages {
            let message = format!("de tekst {}", passage_in_words(one));
            sink.push(Diagnostic::error(Code::LockText, passage_start(report, &one.node), message));
        }
    }
    None
}

/// One message a figure that changed, came or went; each at a place where it stands.
fn report_figures(difference: &Difference, report: &Report, sink: &mut Sink) {
    for changed in &difference.changed {
        let message = format!("{}; uit {}", figure_message(changed), rows(changed, report));
        sink.push(Diagnostic::error(Code::LockFigure, passage_start(report, &changed.new.node), message));
    }
    for figure in &difference.added {
        let message = format!("{} wordt nu gedrukt ({}) en stond niet in het definitieve verslag", figure.name(), figure.printed);
        sink.push(Diagnostic::error(Code::LockFigure, passage_start(report, &figure.node), message));
    }
    for figure in &difference.gone {
        let message = format!("{} ({}) stond in het definitieve verslag en wordt niet meer gedrukt", figure.name(), figure.printed);
        sink.push(Diagnostic::error(Code::LockFigure, None, message));
    }
}

/// The rows that the figure is made of now.
fn rows(changed: &Changed, report: &Report) -> String {
    let printed = report.printed.iter().find(|printed| printed.node == changed.new.node && as_printed(printed).key() == changed.new.key());
    let origins = printed.iter().flat_map(|printed| &printed.figure.origins);
    origins.map(|origin| format!("{}:{}", origin.file, origin.line)).collect::<Vec<_>>().join(" en ")
}

fn figure_message(changed: &Changed) -> String {
    let amount = changed.amount().map(|amount| format!(" ({})", difference_in_words(amount))).unwrap_or_default();
    let pages: Vec<String> = changed.pages().into_iter().map(|page| page.to_string()).collect();
    let pages = match pages.as_slice() {
        [] => String::new(),
        [page] => format!(", gedrukt op bladzijde {page}"),
        pages => format!(", gedrukt op de bladzijden {}", pages.join(", ")),
    };
    format!("{}: was {}, is nu {}{amount}{pages}", changed.new.name(), changed.old.printed, changed.new.printed)
}

/// With its sign, as the report writes numbers: `+12`, `−0,03`.
pub fn difference_in_words(amount: f64) -> String {
    const MILLIONTHS: i64 = 1_000_000;
    // Differences of decimal values carry the noise of binary ones.
    let rounded = (amount * MILLIONTHS as f64).round() as i64;
    let decimals = match rounded.abs() {
        whole if whole % MILLIONTHS == 0 => 0,
        small if small < MILLIONTHS / 100 => 6,
        tenths if tenths % (MILLIONTHS / 10) == 0 => 1,
        _ => 2,
    };
    let notation = Notation { sign: Sign::Always, decimals: Some(decimals), ..Notation::default() };
    Ratio::new(rounded, MILLIONTHS).map(|ratio| notation.write(Value::Mean(ratio))).unwrap_or_default()
}

/// So many characters of a text tell which is meant.
const QUOTED: usize = 90;

/// What became of a passage, in a clause.
pub fn passage_in_words(one: &Rewritten) -> String {
    let Rewritten { node, old, new } = one;
    if node == ELSEWHERE { elsewhere_in_words(old, new) } else { quoted_from_difference(old, new) }
}

/// Which words came and went where no passage holds them.
fn elsewhere_in_words(old: &str, new: &str) -> String {
    let only = |these: &str, others: &str| {
        let mut left: Vec<&str> = others.split(' ').collect();
        let mut only = Vec::new();
        for word in these.split(' ') {
            match left.iter().position(|other| *other == word) {
                Some(at) => {
                    left.swap_remove(at);
                }
                None => only.push(word),
            }
        }
        let shown: Vec<&str> = only.iter().take(12).copied().collect();
        if shown.is_empty() { "niets".to_owned() } else { format!("«{}»{}", shown.join(" "), if only.len() > 12 { " …" } else { "" }) }
    };
    format!("van inhoud, bijlage en bronnen is veranderd: weg is {}, en nieuw is {}", only(old, new), only(new, old))
}

/// Both texts in a line, from the word before the first that differs.
fn quoted_from_difference(old: &str, new: &str) -> String {
    let quoted = |text: &str| {
        let cut = text.chars().count() > QUOTED;
        let head: String = text.chars().take(QUOTED).collect();
        if text.is_empty() { "niets".to_owned() } else { format!("«{head}{}»", if cut { "…" } else { "" }) }
    };
    let (old, new) = from_first_difference(old, new);
    format!("was {}, en is nu {}", quoted(&old), quoted(&new))
}

/// Both texts from the word before the first that differs.
fn from_first_difference(old: &str, new: &str) -> (String, String) {
    let same = old.split(' ').zip(new.split(' ')).take_while(|(old, new)| old == new).count().saturating_sub(1);
    let rest = |text: &str| text.split(' ').skip(same).collect::<Vec<_>>().join(" ");
    (rest(old), rest(new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_written_with_its_sign_and_no_noise() {
        let cases =
            [(-1.0, "−1"), (12_345.0, "+12.345"), (21.55 - 21.52, "+0,03"), (4.3 - 4.13, "+0,17"), (-0.5, "−0,5"), (0.000_2, "+0,000200")];
        for (amount, expected) in cases {
            assert_eq!(difference_in_words(amount), expected);
        }
    }

    #[test]
    fn a_text_is_quoted_from_where_it_differs() {
        let clause = quoted_from_difference("de kat zit op de mat", "de kat zat op de mat");
        assert_eq!(clause, "was «kat zit op de mat», en is nu «kat zat op de mat»");
    }
}
