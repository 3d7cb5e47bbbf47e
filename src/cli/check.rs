//! `check`: walks the whole road and writes nothing.

use super::arguments::MessageFormat;
use super::{Exit, saying, show};
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::{Order, Seal};

pub(super) fn run(project: &Project, edition: &str, order: &Order, format: MessageFormat) -> Result<Exit, Diagnostic> {
    project.check_edition(edition)?;
    let walk = |sink: &mut _| crate::walk(project, edition, order, Seal::Warn, sink);
    let (diagnostics, walked) = saying(project, format, walk);
    if format == MessageFormat::Text {
        let verdict = if walked.is_some() { "in orde" } else { "niet in orde" };
        let tally = show::tally(&diagnostics).map(|tally| format!(" ({tally})")).unwrap_or_default();
        show::line(&format!("Editie {edition} is {verdict}{tally}."));
    }
    Ok(if walked.is_some() { Exit::Good } else { Exit::Faulty })
}
