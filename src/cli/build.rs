//! `build`: makes the PDF of an edition.

use super::arguments::{CountedHere, MessageFormat};
use super::{Exit, count, saying, show};
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::{Order, Written};

pub(super) fn run(
    project: &Project,
    edition: &str,
    mut order: Order,
    counted: CountedHere,
    format: MessageFormat,
) -> Result<Exit, Diagnostic> {
    project.check_edition(edition)?;
    if !counted.registrations.is_empty() {
        let Some(counted) = count::for_edition(project, edition, counted, format)? else { return Ok(Exit::Faulty) };
        order.counted = Some(counted);
    }
    let (diagnostics, written) = saying(project, format, |sink| crate::build(project, edition, &order, sink));
    if format == MessageFormat::Text {
        summarize(&diagnostics, written.as_deref());
    }
    Ok(if written.is_some() { Exit::Good } else { Exit::Faulty })
}

fn summarize(diagnostics: &[Diagnostic], written: Option<&[Written]>) {
    let tally = show::tally(diagnostics);
    match written {
        Some(paths) => {
            for Written { path, files } in paths {
                let count = files.map(|count| format!(" ({count} {})", if count == 1 { "bestand" } else { "bestanden" }));
                show::line(&format!("Geschreven: {path}{}", count.unwrap_or_default()));
            }
            if let Some(tally) = tally {
                show::line(&format!("Met {tally}."));
            }
        }
        None => show::line(&format!("Er is niets geschreven: {}.", tally.unwrap_or_default())),
    }
}
