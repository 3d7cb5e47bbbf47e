//! A place in a file, in every form that a reader may need it.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use crate::project::Project;
use crate::source::{SourceFile, Span};

/// A place in a file, as it is shown, copied and opened.
#[derive(Clone, PartialEq, Serialize)]
pub(super) struct Spot {
    /// Relative to the project.
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// The line itself.
    pub text: String,
    /// An address that opens the editor there.
    pub editor: String,
}

/// Nobody reads on in a longer line.
const LONGEST: usize = 400;

/// Where a span begins.
pub(super) fn spot(project: &Project, span: Span) -> Option<Spot> {
    let file = project.file(span.file)?;
    let (line, column) = file.position(span.start as usize);
    Some(spot_at(project, &file, line, column))
}

/// A line of a file, which need not have been read before.
pub(super) fn spot_of_line(project: &Project, path: &str, line: usize) -> Option<Spot> {
    let file = project.read(path).ok()?;
    Some(spot_at(project, &file, line, 1))
}

fn spot_at(project: &Project, file: &SourceFile, line: usize, column: usize) -> Spot {
    let text: String = file.line_text(line).chars().take(LONGEST).collect();
    Spot { file: file.path.clone(), line, column, text, editor: editor_link(project, &file.path, line, column) }
}

/// What an address may not hold as it is.
const RESERVED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'^');

fn editor_link(project: &Project, path: &str, line: usize, column: usize) -> String {
    let full = project.path_of(path).to_string_lossy().replace('\\', "/");
    // What Windows puts before a path that was resolved.
    let full = full.strip_prefix("//?/").unwrap_or(&full);
    format!("vscode://file/{}:{line}:{column}", utf8_percent_encode(full.trim_start_matches('/'), RESERVED))
}
