//! `regenerate`: makes editions again, and says in a table what came of each.

use super::{Exit, build, progress, show};
use crate::cli::arguments::MessageFormat;
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::Project;
use crate::regenerating::{Outcome, Regenerated, regenerate};

pub(super) fn run(project: &Project, named: &[String], all: bool, verify: bool) -> Result<Exit, Diagnostic> {
    let editions = if all { project.editions() } else { each_once(named) };
    if let Some(unknown) = editions.iter().find_map(|edition| project.check_edition(edition).err()) {
        return Err(unknown);
    }
    let bar = progress::of_editions(editions.len());
    let made = regenerate(project, &editions, verify, |edition, outcome| {
        bar.inc(1);
        bar.set_message(format!("({edition}: {})", in_words(outcome)));
    });
    bar.finish_and_clear();
    for one in &made {
        show_errors(one);
    }
    let widest = made.iter().map(|one| one.edition.chars().count()).max().unwrap_or_default();
    for one in &made {
        let tally = show::tally(&one.said).map(|tally| format!(" ({tally})")).unwrap_or_default();
        show::line(&format!("{:widest$}  {}{tally}", one.edition, in_words(one.outcome)));
    }
    let failed = made.iter().filter(|one| one.outcome == Outcome::Failed).count();
    show::line(&verdict(made.len(), failed));
    Ok(if failed == 0 { Exit::Good } else { Exit::Faulty })
}

fn each_once(named: &[String]) -> Vec<String> {
    let first = |(at, name): (usize, &String)| (!named[..at].contains(name)).then(|| name.clone());
    named.iter().enumerate().filter_map(first).collect()
}

/// Warnings are for who works on an edition: `check` has them.
fn show_errors(one: &Regenerated) {
    let errors: Vec<Diagnostic> = one.said.iter().filter(|said| said.severity == Severity::Error).cloned().collect();
    if !errors.is_empty() {
        show::note(&format!("Editie {}:\n", one.edition));
        show::all(&one.project, &errors, MessageFormat::Text);
    }
}

fn in_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Made => "gemaakt",
        Outcome::AsLocked(verdict) => build::verdict_in_words(verdict),
        Outcome::Untouched => "ongewijzigd, niet opnieuw gezet",
        Outcome::Failed => "mislukt; wat er stond, staat er nog",
    }
}

fn verdict(all: usize, failed: usize) -> String {
    match (all, failed) {
        (0, _) => "Er zijn nog geen edities.".to_owned(),
        (1, 1) => "De editie is niet in orde.".to_owned(),
        (2, 0) => "Beide edities zijn in orde.".to_owned(),
        (1, 0) => "De editie is in orde.".to_owned(),
        (_, 0) => format!("Alle {all} edities zijn in orde."),
        (_, 1) => format!("Eén editie van de {all} is niet in orde."),
        _ => format!("{failed} edities van de {all} zijn niet in orde."),
    }
}
