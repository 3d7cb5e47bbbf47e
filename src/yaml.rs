//! YAML text → tree with positions → shapes, in such a way that one wrong value does not hide the next.
//!
//! The tree is read by serde_yaml ([`tree`]); a shape is any type with serde's `Deserialize`, and its JSON Schema comes
//! from the same definition. [`shape`] mends the tree at every fault and goes on, so all faults of a file are found at once.

mod fault;
mod reader;
mod shape;
mod syntax;
mod text;
mod tree;

use serde::de::DeserializeOwned;

use crate::diagnostic::Sink;
use crate::source::SourceFile;

pub use text::{Keyed, Text};

/// Reads a file into a shape. Faults go to the sink with their place.
///
/// `None` means that the text is no YAML at all. A value that comes back beside errors in the sink has empty texts and
/// lists where it was wrong: good enough to look for further faults, never to print.
pub fn read<T: DeserializeOwned>(file: &SourceFile, sink: &mut Sink) -> Option<T> {
    let root = tree::parse(file, sink)?;
    shape::read(root, file, sink)
}
