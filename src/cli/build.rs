//! `build`: makes the PDF of an edition.

use super::arguments::MessageFormat;
use super::{Exit, show};
use crate::diagnostic::{Diagnostic, Sink};
use crate::project::Project;
use crate::report::Mode;

pub(super) fn run(project: &Project, edition: &str, draft: bool, format: MessageFormat) -> Result<Exit, Diagnostic> {
    let mut sink = Sink::default();
    if let Err(diagnostic) = project.check_edition(edition) {
        sink.push(diagnostic);
        show::all(project, &sink.into_sorted(), format);
        return Ok(Exit::Faulty);
    }
    let mode = if draft { Mode::Draft } else { Mode::Final };
    let written = crate::build(project, edition, mode, &mut sink);
    let diagnostics = sink.into_sorted();
    show::all(project, &diagnostics, format);
    if format == MessageFormat::Text {
        summarize(&diagnostics, written.as_deref());
    }
    Ok(if written.is_some() { Exit::Good } else { Exit::Faulty })
}

fn summarize(diagnostics: &[Diagnostic], written: Option<&[String]>) {
    let tally = show::tally(diagnostics);
    match written {
        Some(paths) => {
            for path in paths {
                show::line(&format!("Geschreven: {path}"));
            }
            if let Some(tally) = tally {
                show::line(&format!("Met {tally}."));
            }
        }
        None => show::line(&format!("Er is niets geschreven: {}.", tally.unwrap_or_default())),
    }
}
