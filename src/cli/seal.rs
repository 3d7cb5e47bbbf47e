//! `data seal`: renews the hashes of the data package.

use super::{Exit, show};
use crate::data;
use crate::diagnostic::Diagnostic;
use crate::project::Project;

pub(super) fn run(project: &Project, edition: &str) -> Result<Exit, Diagnostic> {
    project.check_edition(edition)?;
    let path = data::seal(project, edition)?;
    show::line(&format!("Verzegeld: {path}"));
    Ok(Exit::Good)
}
