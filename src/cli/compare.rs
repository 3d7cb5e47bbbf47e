//! `compare`: what differs between two reports.

use super::arguments::MessageFormat;
use super::{Exit, saying, show};
use crate::comparing::{Comparison, compare, write_redline};
use crate::diagnostic::Diagnostic;
use crate::editions::{Changed, Difference, Lock, PrintedFigure, difference_in_words, passage_in_words, series, title_of};
use crate::project::Project;

/// Nobody reads on in a terminal after so many.
const MOST_PASSAGES: usize = 20;

pub(super) fn run(project: &Project, old: &str, new: Option<&str>, pdf: bool) -> Result<Exit, Diagnostic> {
    let (_, comparison) = saying(project, MessageFormat::Text, |sink| compare(project, old, new, sink));
    let Some(comparison) = comparison else { return Ok(Exit::Faulty) };
    let Comparison { old, new, difference } = &comparison;
    show::line(&format!("Oud:   {}\nNieuw: {}\n", old.title, new.title));
    if difference.is_empty() {
        show::line("Elk cijfer en elke passage is gelijk.");
    }
    print(difference, &new.lock, &old.lock);
    if pdf {
        let (_, path) = saying(project, MessageFormat::Text, |sink| write_redline(project, &comparison, sink));
        let Some(path) = path else { return Ok(Exit::Faulty) };
        show::line(&format!("\nGeschreven: {path}"));
    }
    Ok(Exit::Good)
}

fn print(difference: &Difference, new: &Lock, old: &Lock) {
    heading("Andere waarde voor hetzelfde cijfer", difference.changed.len());
    for changed in &difference.changed {
        show::line(&format!("  {}", changed_in_words(changed)));
    }
    heading("Reeksen die er niet meer staan", series(&difference.gone).len());
    list(&difference.gone);
    heading("Reeksen die erbij kwamen", series(&difference.added).len());
    list(&difference.added);
    heading("Passages", difference.passages.len());
    for one in difference.passages.iter().take(MOST_PASSAGES) {
        let title = title_of(&one.node, new).or_else(|| title_of(&one.node, old)).unwrap_or_else(|| "Elders".to_owned());
        show::line(&format!("  {title} ({})\n    {}", one.node, passage_in_words(one)));
    }
    match difference.passages.len().saturating_sub(MOST_PASSAGES) {
        0 => {}
        more => show::line(&format!("  … en nog {more}; met --pdf staan ze er alle.")),
    }
}

fn heading(what: &str, count: usize) {
    if count > 0 {
        show::line(&format!("{what} ({count}):"));
    }
}

fn changed_in_words(changed: &Changed) -> String {
    let amount = changed.amount().map(|amount| format!(" ({})", difference_in_words(amount))).unwrap_or_default();
    format!("{}: {} → {}{amount}", changed.new.name(), changed.old.printed, changed.new.printed)
}

fn list(figures: &[PrintedFigure]) {
    for one in series(figures) {
        show::line(&format!("  {}: {}", one.name, one.periods.join(", ")));
    }
}
