//! Where a text stands: files, byte ranges in them, and values that remember their range.

use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};

/// A file that was read, numbered in the order of reading. Only [`crate::project::Project`] hands these out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

/// A range of bytes in one file, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The first byte of the file: for faults of a file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self::new(file, 0, 0)
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it stands. Equality ignores the place, so that two equal texts are equal wherever they were written.
#[derive(Debug, Clone, Copy)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The text of one file as it was read, with the places where its lines begin.
#[derive(Debug)]
pub struct SourceFile {
    pub id: FileId,
    /// Relative to the project, with `/` between the parts, on every machine.
    pub path: String,
    /// Without a byte order mark.
    pub text: Arc<str>,
    /// Of the bytes that were read; absent where the text stops at the first byte that is not UTF-8.
    pub(crate) sha256: Option<String>,
    line_starts: Vec<usize>,
}

impl SourceFile {
    pub(crate) fn new(id: FileId, path: String, text: Arc<str>, sha256: Option<String>) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        Self { id, path, text, sha256, line_starts }
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// The byte range of a line (counted from 1) without its end of line.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let index = line.max(1) - 1;
        let start = self.line_starts.get(index).copied().unwrap_or(self.text.len());
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        start..end.max(start)
    }

    /// The byte of a line and column, both counted from 1, the column in characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let range = self.line_range(line);
        let text = &self.text[range.clone()];
        range.start + text.char_indices().nth(column.max(1) - 1).map_or(text.len(), |(at, _)| at)
    }

    pub fn line_text(&self, line: usize) -> &str {
        self.text[self.line_range(line)].trim_end_matches('\r')
    }
}
