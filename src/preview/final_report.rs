//! The final report, made from the preview: the very thing that `build` makes.

use super::messages::{self, Message};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::project::Project;
use crate::report::Mode;
use crate::road::Memory;
use crate::{Order, build_again};

/// What came of making the final.
pub(super) struct Made {
    /// Absent where it could not be made.
    pub pdf: Option<Vec<u8>>,
    /// What was written, relative to the project.
    pub files: Vec<String>,
    /// Why it could not.
    pub messages: Vec<Message>,
}

/// Makes the final report and writes it, or says why that cannot be.
pub(super) fn make(project: &Project, edition: &str, memory: &mut Memory) -> Made {
    let mut sink = Sink::default();
    let built = build_again(project, edition, &Order::of(Mode::Final), memory, &mut sink);
    let files: Vec<String> = built.into_iter().flat_map(|built| built.files).map(|written| written.path).collect();
    let pdf = files.iter().find(|path| path.ends_with(".pdf")).map(|path| project.read_bytes(path));
    let pdf = pdf.and_then(|pdf| pdf.map_err(|diagnostic| sink.push(diagnostic)).ok());
    // Warnings keep nothing from being made, and would hide what does.
    let errors: Vec<Diagnostic> = sink.into_sorted().into_iter().filter(|said| said.severity == Severity::Error).collect();
    Made { pdf, files, messages: messages::of(project, &errors, None) }
}
