//! Shapes that know more of their place than a span: prose, and mappings whose keys are names.

use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::reader::{KEYED, TEXT, deserialize_parts};
use super::tree::Style;
use crate::source::{SourceFile, Span, Spanned};

/// A text that a reader will see. Remembers how it was typed, so that a place in it maps back to the file.
#[derive(Debug, Clone)]
pub struct Text {
    pub value: String,
    pub span: Span,
    style: Style,
}

impl Text {
    /// Stands where the text was wrong or missing; that has been reported already.
    pub fn is_hole(&self) -> bool {
        self.style == Style::Hole
    }

    /// Where a range of this text stands in its file. Exact for blocks and one-line scalars without escapes, the whole
    /// scalar otherwise.
    pub fn place(&self, file: &SourceFile, range: Range<usize>) -> Span {
        let exact = if self.style == Style::Block { self.place_in_block(file, &range) } else { self.place_in_line(file, &range) };
        exact.unwrap_or(self.span)
    }

    fn place_in_line(&self, file: &SourceFile, range: &Range<usize>) -> Option<Span> {
        let start = self.span.start as usize + usize::from(self.style == Style::Quoted);
        let typed = file.text.get(start..start + self.value.len())?;
        (typed == self.value).then(|| Span::new(self.span.file, start + range.start, start + range.end))
    }

    /// A line of a block is a line of the file behind its indentation.
    fn place_in_block(&self, file: &SourceFile, range: &Range<usize>) -> Option<Span> {
        let first_word = self.value.lines().find(|line| !line.trim().is_empty())?;
        let (mut line, _) = file.position(self.span.start as usize);
        while file.line_text(line).trim() != first_word.trim() {
            line += 1;
            if file.line_range(line).start >= file.text.len() {
                return None;
            }
        }
        let indentation = file.line_text(line).len() - file.line_text(line).trim_start().len() - leading_spaces(first_word);
        let skipped = self.value.lines().take_while(|line| line.trim().is_empty()).count();
        let before = self.value.get(..range.start)?;
        let lines_before = before.matches('\n').count();
        let column = range.start - before.rfind('\n').map_or(0, |at| at + 1);
        let start = file.line_range((line + lines_before).checked_sub(skipped)?).start + indentation + column;
        let length = self.value.get(range.clone())?.split('\n').next().map_or(0, str::len);
        Some(Span::new(self.span.file, start, start + length))
    }
}

fn leading_spaces(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (value, span, style) = deserialize_parts(TEXT, deserializer)?;
        Ok(Self { value, span, style: Style::of(style) })
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Tekst".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // A title such as 2024 needs no quotes.
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// A mapping whose keys are names that users chose, in the order they were written.
#[derive(Debug, Clone)]
pub struct Keyed<T>(pub Vec<(Spanned<String>, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(KEYED, KeyedVisitor(std::marker::PhantomData))
    }
}

struct KeyedVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for KeyedVisitor<T> {
    type Value = Keyed<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("een groep namen")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Keyed(entries))
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Groep_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": item })
    }
}
