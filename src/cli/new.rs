//! `new`: begins an edition.

use std::path::PathBuf;

use super::arguments::{MessageFormat, New};
use super::{Exit, saying, show};
use crate::beginning::{Begun, begin, begin_from_nothing, in_project};
use crate::diagnostic::Diagnostic;
use crate::project::Project;

/// `named` is the folder of `--project`, which need not be a project yet where nothing is begun from.
pub(super) fn run(project: Result<Project, Diagnostic>, named: Option<PathBuf>, arguments: &New) -> Result<Exit, Diagnostic> {
    let edition = &arguments.edition;
    let begun = match (&arguments.from, project) {
        (Some(from), project) => {
            let project = project?;
            saying(&project, MessageFormat::Text, |sink| begin(&project, edition, from, sink)).1
        }
        (None, Ok(project)) => return Err(in_project(&project, edition)),
        (None, Err(_)) => Some(begin_from_nothing(&named.unwrap_or_else(|| PathBuf::from(".")), edition)?),
    };
    let Some(begun) = begun else { return Ok(Exit::Faulty) };
    tell(&begun, edition);
    Ok(Exit::Good)
}

fn tell(begun: &Begun, edition: &str) {
    for path in &begun.files {
        show::line(&format!("Geschreven: {path}"));
    }
    match begun.marked {
        0 => {}
        1 => show::line("\n1 passage is gemerkt om te herschrijven."),
        count => show::line(&format!("\n{count} passages zijn gemerkt om te herschrijven.")),
    }
    if begun.asked > 0 {
        show::line(&format!(
            "De gegevensbeheerder vindt in data/{edition}/te-leveren.md welke {} rijen het nieuwe verslag vraagt.",
            begun.asked
        ));
    }
    show::line(&format!("\nVerder: «jaarverslag preview {edition} --open», of «jaarverslag build {edition} --draft» voor een concept."));
}
