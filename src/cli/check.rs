//! `check`: walks the whole road and writes nothing.

use super::arguments::MessageFormat;
use super::{Exit, show};
use crate::Seal;
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
    let good = crate::walk(project, edition, mode, Seal::Warn, &mut sink).is_some() && !sink.has_errors();
    let diagnostics = sink.into_sorted();
    show::all(project, &diagnostics, format);
    if format == MessageFormat::Text {
        let verdict = if good { "in orde" } else { "niet in orde" };
        let tally = show::tally(&diagnostics).map(|tally| format!(" ({tally})")).unwrap_or_default();
        show::line(&format!("Editie {edition} is {verdict}{tally}."));
    }
    Ok(if good { Exit::Good } else { Exit::Faulty })
}
