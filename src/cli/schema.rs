//! `schema`: writes the JSON Schemas of the YAML files.

use super::{Exit, show};
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::schemas;

pub(super) fn run(project: &Project) -> Result<Exit, Diagnostic> {
    for (name, text) in schemas() {
        let path = format!("docs/schema/{name}.json");
        project.write(&path, text.as_bytes())?;
        show::line(&format!("Geschreven: {path}"));
    }
    Ok(Exit::Good)
}
