//! `data seal`: renews the hashes of the data package.

use super::arguments::MessageFormat;
use super::{Exit, saying, show};
use crate::data;
use crate::diagnostic::Diagnostic;
use crate::project::Project;

pub(super) fn run(project: &Project, edition: &str) -> Result<Exit, Diagnostic> {
    project.check_edition(edition)?;
    // A table that cannot be read is not worth a seal.
    let (_, loaded) = saying(project, MessageFormat::Text, |sink| data::load(project, edition, None, sink));
    if loaded.is_none() {
        return Ok(Exit::Faulty);
    }
    let path = data::seal(project, edition)?;
    show::line(&format!("Verzegeld: {path}"));
    Ok(Exit::Good)
}
