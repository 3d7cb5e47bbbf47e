//! YAML text → a tree in which every key and value knows its bytes. The only file that names serde_yaml.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Options};

use super::syntax;
use crate::diagnostic::Sink;
use crate::limits;
use crate::source::{FileId, SourceFile, Span, Spanned};

/// Deeper YAML than any of our shapes needs.
const DEEPEST: usize = 24;

/// A value and its bytes. The number tells nodes apart while the tree is mended.
#[derive(Debug)]
pub(super) struct Node {
    pub id: usize,
    pub span: Span,
    pub kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Scalar(String, Style),
    Sequence(Vec<Node>),
    Mapping(Vec<(Spanned<String>, Node)>),
    /// Stands where something was wrong or missing; takes any shape.
    Hole,
}

/// How a scalar was typed: what its characters map back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
    Block,
    /// Nothing was typed: the text stands where something was wrong.
    Hole,
}

impl Style {
    /// Back from the number under which serde carries it.
    pub fn of(number: u32) -> Self {
        [Style::Plain, Style::Quoted, Style::Block, Style::Hole].into_iter().find(|style| *style as u32 == number).unwrap_or(Style::Plain)
    }
}

/// Reads the whole text as one document. Faults of the text go to the sink.
pub(super) fn parse(file: &SourceFile, sink: &mut Sink) -> Option<Node> {
    match serde_yaml::from_str_with_options::<serde_yaml::Spanned<Raw>>(&file.text, options()) {
        Ok(raw) => {
            let mut builder = Builder { file, next: 0, sink };
            Some(builder.node(raw))
        }
        Err(error) => {
            sink.push(syntax::explain(file, &error));
            None
        }
    }
}

/// Aliases are refused altogether: editors do not need them, and without them there are no bombs and no cycles.
fn options() -> Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! { max_aliases: 0, max_anchors: 0, max_depth: DEEPEST, max_documents: 1 },
        merge_keys: serde_yaml::options::MergeKeyPolicy::Error,
        strict_booleans: true,
        with_snippet: false,
    }
}

/// What serde_yaml hands over, before it gets ids and bytes.
enum Raw {
    Null,
    /// The scalar's meaning, or `None` where it was inferred to be a number or boolean and the typed text counts.
    Scalar(Option<String>),
    Sequence(Vec<serde_yaml::Spanned<Raw>>),
    Mapping(Vec<(serde_yaml::Spanned<String>, serde_yaml::Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("een waarde")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(Some(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::Sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Mapping(entries))
    }
}

/// Gives nodes their number and bytes, and looks at every text on the way.
struct Builder<'a> {
    file: &'a SourceFile,
    next: usize,
    sink: &'a mut Sink,
}

impl Builder<'_> {
    fn node(&mut self, raw: serde_yaml::Spanned<Raw>) -> Node {
        let id = self.next;
        self.next += 1;
        let span = span_of(self.file.id, &raw.referenced);
        match raw.value {
            Raw::Null => Node { id, span, kind: Kind::Null },
            Raw::Scalar(text) => self.scalar(id, span, text),
            Raw::Sequence(items) => {
                let items = items.into_iter().map(|item| self.node(item)).collect();
                Node { id, span, kind: Kind::Sequence(items) }
            }
            Raw::Mapping(entries) => self.mapping(id, span, entries),
        }
    }

    fn scalar(&mut self, id: usize, span: Span, text: Option<String>) -> Node {
        let typed = self.file.text.get(span.range()).unwrap_or_default();
        let style = match self.style(span) {
            Style::Plain if text.is_none() => Style::Plain,
            style => style,
        };
        let text = text.unwrap_or_else(|| typed.trim_end().to_owned());
        limits::check(&text, span, self.sink);
        Node { id, span, kind: Kind::Scalar(text, style) }
    }

    /// The span of a block scalar starts after its header, on a line of its own.
    fn style(&self, span: Span) -> Style {
        let (before, text) = self.file.text.split_at(span.start as usize);
        let last_line = before.trim_end_matches([' ', '\n', '\r']).rsplit('\n').next().unwrap_or_default();
        let last_line = last_line.split(" #").next().unwrap_or_default().trim_end();
        let header = last_line.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
        let on_new_line = before.trim_end_matches(' ').ends_with('\n') || before.len() != before.trim_end_matches('\n').len();
        if (on_new_line && header.ends_with(['|', '>'])) || text.starts_with(['|', '>']) {
            Style::Block
        } else if text.starts_with(['"', '\'']) {
            Style::Quoted
        } else {
            Style::Plain
        }
    }

    fn mapping(&mut self, id: usize, span: Span, raw: Vec<(serde_yaml::Spanned<String>, serde_yaml::Spanned<Raw>)>) -> Node {
        let mut entries = Vec::with_capacity(raw.len());
        for (key, value) in raw {
            let key_span = span_of(self.file.id, &key.referenced);
            entries.push((Spanned::new(key.value, key_span), self.node(value)));
        }
        // A mapping as a whole is shown by its first key; its own span may run over pages.
        let span = entries.first().map_or(span, |(key, _)| key.span);
        Node { id, span, kind: Kind::Mapping(entries) }
    }
}

pub(super) fn span_of(file: FileId, location: &Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().unwrap_or_default() as usize;
    Span::new(file, start, start + span.byte_len().unwrap_or_default() as usize)
}
