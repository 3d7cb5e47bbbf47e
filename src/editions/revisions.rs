//! Figures that an earlier edition printed with another value: each asks for a reason, and is printed with it.
//!
//! After principle 6 of the European Statistics Code of Practice: errors are corrected, and revisions are explained, in
//! public. `docs/herzieningen.md` holds the policy.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Changed, Difference};
use super::lock::{Key, Lock, PrintedFigure};
use super::record::{as_printed, of_figure};
use super::{check, passage_start};
use crate::data::is_fictitious;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::figures::Figures;
use crate::project::Project;
use crate::report::{Mode, Reason, Report, Revision};
use crate::units::SchoolYear;

/// The real editions of earlier school years, the oldest first. A fictitious edition revises nothing.
pub fn earlier_editions(project: &Project, edition: &str, school_year: SchoolYear) -> Vec<String> {
    if is_fictitious(edition) {
        return Vec::new();
    }
    let is_earlier = |name: &String| !is_fictitious(name) && SchoolYear::parse(name).is_some_and(|year| year < school_year);
    project.editions().into_iter().filter(is_earlier).collect()
}

/// The locks of these editions. One that has none cannot be compared with, which is only worth a warning.
pub fn locks_of(project: &Project, editions: &[String], sink: &mut Sink) -> Vec<Lock> {
    let mut locks = Vec::new();
    for name in editions {
        match check::load(project, name, sink) {
            Some(Some(lock)) => locks.push(lock),
            Some(None) => {
                let message = format!("de editie {name} heeft geen slot: of dit verslag cijfers ervan herziet, is niet na te kijken");
                let help = format!("Maak er een definitief verslag van met «jaarverslag build {name}».");
                sink.push(Diagnostic::warning(Code::LockMissing, None, message).help(help));
            }
            None => {}
        }
    }
    locks
}

/// As a lock names the editions that revisions were found in: by what their figures say.
pub fn named(locks: &[Lock]) -> BTreeMap<String, String> {
    locks.iter().map(|lock| (lock.edition.clone(), lock.figures_sha256())).collect()
}

/// Notes in the report which of its figures earlier editions printed otherwise. One without a reason is an error in a
/// final; a reason for what is no revision is a warning.
pub fn revise(report: &mut Report, figures: &Figures, earlier: &[Lock], mode: Mode, sink: &mut Sink) {
    let now: Vec<PrintedFigure> = report.printed.iter().map(as_printed).collect();
    let mut used = vec![false; report.reasons.len()];
    let mut revisions = Vec::new();
    // What an edition printed that came in between was explained there: each figure is compared with the last that printed it.
    let mut known: BTreeSet<Key> = BTreeSet::new();
    for lock in earlier.iter().rev() {
        let last: Vec<PrintedFigure> =
            lock.figures().iter().filter(|figure| !figure.is_of_parts() && !known.contains(&figure.key())).cloned().collect();
        known.extend(last.iter().map(PrintedFigure::key));
        for changed in Difference::of_figures(&last, &now).changed {
            let reason = report.reasons.iter().position(|reason| speaks_of(reason, &changed.new));
            match reason {
                Some(at) => used[at] = true,
                None => sink.push(unexplained(report, &changed, &lock.edition, mode)),
            }
            revisions.push(revision(&changed, lock, reason.map(|at| &report.reasons[at]), figures));
        }
    }
    for reason in used.iter().zip(&report.reasons).filter(|(used, _)| !**used).map(|(_, reason)| reason) {
        let Some((_, span)) = reason.figures.first() else { continue };
        let message = "geen enkele vroegere editie drukt deze cijfers anders";
        sink.push(Diagnostic::warning(Code::RevisionIdle, *span, message));
    }
    report.revisions = revisions;
}

fn speaks_of(reason: &Reason, figure: &PrintedFigure) -> bool {
    reason.figures.iter().any(|(named, _)| of_figure(named).key() == figure.key())
}

fn unexplained(report: &Report, changed: &Changed, edition: &str, mode: Mode) -> Diagnostic {
    let Changed { old, new, .. } = changed;
    let message = format!("{} is hier {} en was {} in de editie {edition}", new.name(), new.printed, old.printed);
    let help = format!(
        "Klopt het nieuwe cijfer, zet dan de reden in verslag.yaml bij herzieningen: «- {{ cijfers: ['{}'], reden: …, datum: … }}».",
        expression(new)
    );
    let severity = if mode == Mode::Final { Severity::Error } else { Severity::Warning };
    Diagnostic::error(Code::RevisionUnexplained, passage_start(report, &new.node), message).help(help).severity(severity)
}

/// As an editor writes it.
fn expression(figure: &PrintedFigure) -> String {
    match &figure.base {
        Some(base) => format!("{}.{}(\"{base}\", \"{}\")", figure.subject(), figure.measure, figure.period),
        None => format!("{}[\"{}\"].{}", figure.subject(), figure.period, figure.measure),
    }
}

fn revision(changed: &Changed, lock: &Lock, reason: Option<&Reason>, figures: &Figures) -> Revision {
    let Changed { old, new, .. } = changed;
    let title = figures.indicator(&new.indicator).map_or(&new.indicator, |indicator| &indicator.title);
    let with_marks = |figure: &PrintedFigure| {
        let marks: String = figure.marks.chars().map(|mark| format!("[{mark}]")).collect();
        format!("{}{marks}", figure.printed)
    };
    Revision {
        title: title.clone(),
        what: in_words(new),
        edition: lock.edition.clone(),
        old: with_marks(old),
        new: with_marks(new),
        reason: reason.map(|reason| reason.reason.clone()),
        date: reason.map(|reason| reason.date.clone()),
    }
}

/// `aandeel, segment lager, 2018-2019`
fn in_words(figure: &PrintedFigure) -> String {
    let breakdown = figure.breakdown.as_ref().map(|breakdown| breakdown.replace('=', " ").replace('"', ""));
    [Some(figure.measure.clone()), breakdown, Some(figure.time())].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
