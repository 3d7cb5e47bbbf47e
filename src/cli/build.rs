//! `build`: makes the PDF of an edition.

use super::arguments::{CountedHere, MessageFormat};
use super::{Exit, count, saying, show};
use crate::diagnostic::Diagnostic;
use crate::editions::Verdict;
use crate::project::Project;
use crate::{Built, Order, Written};

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
    let (diagnostics, built) = saying(project, format, |sink| crate::build(project, edition, &order, sink));
    if format == MessageFormat::Text {
        summarize(&diagnostics, built.as_ref());
    }
    Ok(if built.is_some() { Exit::Good } else { Exit::Faulty })
}

/// How what was made compares with the lock.
pub(super) fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::SameBytes => "gelijk aan het slot",
        Verdict::OtherBytes => "zelfde cijfers en tekst, andere bytes (het slot is van een ander programma)",
    }
}

fn summarize(diagnostics: &[Diagnostic], built: Option<&Built>) {
    let tally = show::tally(diagnostics);
    match built {
        Some(Built { files, verdict }) => {
            for Written { path, files } in files {
                let count = files.map(|count| format!(" ({count} {})", if count == 1 { "bestand" } else { "bestanden" }));
                show::line(&format!("Geschreven: {path}{}", count.unwrap_or_default()));
            }
            if let Some(verdict) = verdict {
                show::line(&format!("Nagekeken: {}.", verdict_in_words(*verdict)));
            }
            if let Some(tally) = tally {
                show::line(&format!("Met {tally}."));
            }
        }
        None => show::line(&format!("Er is niets geschreven: {}.", tally.unwrap_or_default())),
    }
}
