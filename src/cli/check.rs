//! `check`: walks the whole road, writes nothing, and tells what the review came to.

use serde::Serialize;

use super::arguments::MessageFormat;
use super::{Exit, hearing, show};
use crate::Order;
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::review::Accounting;

/// Everything that `check` has to say, for other programs.
#[derive(Serialize)]
struct Told<'a> {
    edition: &'a str,
    good: bool,
    messages: Vec<show::Message<'a>>,
    /// Absent where the edition could not be read so far.
    accounting: Option<Accounting>,
}

pub(super) fn run(project: &Project, edition: &str, order: &Order, format: MessageFormat) -> Result<Exit, Diagnostic> {
    project.check_edition(edition)?;
    let mut accounting = None;
    let (diagnostics, walked) = hearing(|sink| {
        let checked = crate::check(project, edition, order, sink);
        accounting = checked.accounting;
        checked.edition
    });
    let good = walked.is_some();
    match format {
        MessageFormat::Json => {
            let messages = show::messages(Some(project), &diagnostics);
            show::line(&serde_json::to_string_pretty(&Told { edition, good, messages, accounting }).unwrap_or_default());
        }
        MessageFormat::Text => {
            show::all(project, &diagnostics, format);
            accounting.iter().flat_map(Accounting::sentences).for_each(|sentence| show::line(&sentence));
            let tally = show::tally(&diagnostics).map(|tally| format!(" ({tally})")).unwrap_or_default();
            show::line(&format!("Editie {edition} is {}{tally}.", if good { "in orde" } else { "niet in orde" }));
        }
    }
    Ok(if good { Exit::Good } else { Exit::Faulty })
}
