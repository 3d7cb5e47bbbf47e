//! `build`: makes the PDF of an edition.

use super::arguments::MessageFormat;
use super::{Exit, on_edition, show};
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::report::Mode;

pub(super) fn run(project: &Project, edition: &str, draft: bool, format: MessageFormat) -> Exit {
    let mode = if draft { Mode::Draft } else { Mode::Final };
    let (diagnostics, written) = on_edition(project, edition, format, |sink| crate::build(project, edition, mode, sink));
    if format == MessageFormat::Text {
        summarize(&diagnostics, written.as_deref());
    }
    if written.is_some() { Exit::Good } else { Exit::Faulty }
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
