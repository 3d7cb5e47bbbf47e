//! `check`: walks the whole road and writes nothing.

use super::arguments::MessageFormat;
use super::{Exit, on_edition, show};
use crate::Seal;
use crate::project::Project;
use crate::report::Mode;

pub(super) fn run(project: &Project, edition: &str, draft: bool, format: MessageFormat) -> Exit {
    let mode = if draft { Mode::Draft } else { Mode::Final };
    let walk = |sink: &mut _| crate::walk(project, edition, mode, Seal::Warn, sink);
    let (diagnostics, walked) = on_edition(project, edition, format, walk);
    if format == MessageFormat::Text {
        let verdict = if walked.is_some() { "in orde" } else { "niet in orde" };
        let tally = show::tally(&diagnostics).map(|tally| format!(" ({tally})")).unwrap_or_default();
        show::line(&format!("Editie {edition} is {verdict}{tally}."));
    }
    if walked.is_some() { Exit::Good } else { Exit::Faulty }
}
