//! `check`: walks the whole road and writes nothing.

use super::arguments::MessageFormat;
use super::{Exit, saying, show};
use crate::Seal;
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::report::Mode;

pub(super) fn run(project: &Project, edition: &str, draft: bool, format: MessageFormat) -> Result<Exit, Diagnostic> {
    project.check_edition(edition)?;
    let mode = if draft { Mode::Draft } else { Mode::Final };
    let walk = |sink: &mut _| crate::walk(project, edition, mode, Seal::Warn, sink);
    let (diagnostics, walked) = saying(project, format, walk);
    if format == MessageFormat::Text {
        let verdict = if walked.is_some() { "in orde" } else { "niet in orde" };
        let tally = show::tally(&diagnostics).map(|tally| format!(" ({tally})")).unwrap_or_default();
        show::line(&format!("Editie {edition} is {verdict}{tally}."));
    }
    Ok(if walked.is_some() { Exit::Good } else { Exit::Faulty })
}
