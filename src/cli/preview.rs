//! `preview`: shows the draft in the browser, and every change as it is saved.

use super::{Exit, show};
use crate::diagnostic::Diagnostic;
use crate::preview::Preview;
use crate::project::Project;

pub(super) fn run(project: &Project, edition: &str, port: Option<u16>, open: bool) -> Result<Exit, Diagnostic> {
    let preview = Preview::start(project.renewed(), edition, port)?;
    if let Some(taken) = preview.moved_from().filter(|_| port.is_none()) {
        show::note(&format!("Poort {taken} is bezet, misschien door een ander voorbeeld; dit komt op een andere poort."));
    }
    let url = preview.url();
    show::line(&format!("Voorbeeld van {edition}: {url}"));
    show::line("Elke wijziging die u bewaart, staat er meteen. Stop met Ctrl-C.");
    if open && open::that_detached(&url).is_err() {
        show::note("Er kon geen browser geopend worden; typ het adres zelf in.");
    }
    preview.wait();
    Ok(Exit::Good)
}
