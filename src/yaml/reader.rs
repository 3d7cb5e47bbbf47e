//! serde's view of a tree: hands values over with their places, and fills holes with anything.

use std::cell::RefCell;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::fault::{Fault, What};
use super::tree::{Kind, Node, Style};
use crate::source::{SourceFile, Span, Spanned};

/// Names under which [`Spanned`] and [`super::Text`] ask this deserializer for more than the value.
const SPANNED: &str = "$jaarverslag::Spanned";
pub(super) const TEXT: &str = "$jaarverslag::Text";
pub(super) const KEYED: &str = "$jaarverslag::Keyed";

/// serde's view of one node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub node: &'a Node,
    pub file: &'a SourceFile,
    /// Where a comment cut a text off.
    pub cut_off: &'a RefCell<Vec<Span>>,
}

impl<'a> Reader<'a> {
    fn at(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    fn text(&self, wanted: &str) -> Result<&'a str, Fault> {
        match &self.node.kind {
            Kind::Scalar(text, _) => Ok(text),
            Kind::Hole => Ok(""),
            _ => Err(Fault::wrong_type(self.node, wanted)),
        }
    }

    fn number<T: std::str::FromStr + Default>(&self) -> Result<T, Fault> {
        if matches!(self.node.kind, Kind::Hole) {
            return Ok(T::default());
        }
        self.text("een geheel getal")?.parse().map_err(|_| Fault::wrong_type(self.node, "een geheel getal"))
    }

    fn entries(&self, fields: &'static [&'static str]) -> Result<Entries<'a>, Fault> {
        match &self.node.kind {
            Kind::Mapping(entries) => Ok(Entries { reader: *self, entries: entries.iter(), value: None, holes: [].iter() }),
            Kind::Hole => Ok(Entries { reader: *self, entries: [].iter(), value: None, holes: fields.iter() }),
            _ => Err(Fault::wrong_type(self.node, "een groep sleutels")),
        }
    }

    /// Whether a `#` after a plain scalar made the rest of its line a comment.
    fn is_cut_off(&self) -> bool {
        let after = &self.file.text[self.node.span.end as usize..];
        let rest = after.lines().next().unwrap_or_default();
        matches!(self.node.kind, Kind::Scalar(_, Style::Plain)) && rest.trim_start().starts_with('#')
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.$visit(self.number()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    numbers! {
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_u64 visit_u64
        deserialize_f32 visit_f32 deserialize_f64 visit_f64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Null | Kind::Hole => visitor.visit_unit(),
            Kind::Scalar(..) => self.deserialize_str(visitor),
            Kind::Sequence(_) => self.deserialize_seq(visitor),
            Kind::Mapping(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.text("true of false")? {
            "true" => visitor.visit_bool(true),
            "false" | "" => visitor.visit_bool(false),
            _ => Err(Fault::wrong_type(self.node, "true of false")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str::<Fault>(self.text("tekst")?).map_err(|fault| fault.at(self.node))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Null | Kind::Hole => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let items = match &self.node.kind {
            Kind::Sequence(items) => items.as_slice(),
            Kind::Hole => &[],
            _ => return Err(Fault::wrong_type(self.node, "een lijst")),
        };
        visitor.visit_seq(Items { items: items.iter(), reader: self }).map_err(|fault| fault.at(self.node))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.entries(&[])?).map_err(|fault| fault.at(self.node))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(self.entries(fields)?).map_err(|fault| fault.at(self.node))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let written = match self.node.kind {
            Kind::Hole => variants.first().copied().unwrap_or_default(),
            _ => self.text("een woord")?,
        };
        visitor.visit_enum(Word(written)).map_err(|fault: Fault| fault.at(self.node))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        match name {
            SPANNED => visitor.visit_seq(Parts::new(self, [self.node.span.start, self.node.span.end, 0])),
            TEXT => {
                if matches!(&self.node.kind, Kind::Scalar(text, _) if text.trim().is_empty()) {
                    return Err(Fault { node: Some((self.node.id, self.node.span)), what: What::Empty });
                }
                if self.is_cut_off() {
                    self.cut_off.borrow_mut().push(self.node.span);
                }
                let style = match &self.node.kind {
                    Kind::Scalar(_, style) => *style,
                    Kind::Hole => Style::Hole,
                    _ => Style::Plain,
                };
                visitor.visit_seq(Parts::new(self, [self.node.span.start, self.node.span.end, style as u32]))
            }
            KEYED => self.deserialize_map(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    serde::forward_to_deserialize_any! { char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    reader: Reader<'a>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(node) = self.items.next() else { return Ok(None) };
        seed.deserialize(self.reader.at(node)).map(Some).map_err(|fault| fault.at(node))
    }
}

struct Entries<'a> {
    reader: Reader<'a>,
    entries: std::slice::Iter<'a, (Spanned<String>, Node)>,
    value: Option<&'a Node>,
    /// The keys of a hole: each takes the hole itself as its value.
    holes: std::slice::Iter<'static, &'static str>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let node = self.reader.node;
        if let Some(field) = self.holes.next() {
            self.value = Some(node);
            return seed.deserialize(Key { key: field, span: node.span }).map(Some);
        }
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        let read = seed.deserialize(Key { key: &key.value, span: key.span });
        // The place is the key, but what must be mended is the mapping that holds it.
        read.map(Some).map_err(|fault| Fault { node: Some((node.id, key.span)), ..fault })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let node = self.value.take().unwrap_or(self.reader.node);
        seed.deserialize(self.reader.at(node)).map_err(|fault| fault.at(node))
    }
}

/// A key of a mapping, with its place for those who ask.
#[derive(Clone, Copy)]
struct Key<'a> {
    key: &'a str,
    span: Span,
}

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.key)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        match name {
            SPANNED => visitor.visit_seq(Parts::new(self, [self.span.start, self.span.end, 0])),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

struct Word<'a>(&'a str);

impl<'de> EnumAccess<'de> for Word<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: de::value::StrDeserializer<'_, Fault> = de::IntoDeserializer::into_deserializer(self.0);
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, Fault> {
        Err(de::Error::custom("een groep sleutels wordt hier niet verwacht"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, _visitor: V) -> Result<V::Value, Fault> {
        Err(de::Error::custom("een lijst wordt hier niet verwacht"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], _visitor: V) -> Result<V::Value, Fault> {
        Err(de::Error::custom("een groep sleutels wordt hier niet verwacht"))
    }
}

/// Hands a value over as a sequence: its numbers (file, start, end, style), then the value itself.
struct Parts<D> {
    numbers: std::vec::IntoIter<u32>,
    value: Option<D>,
}

impl<'de, D: Deserializer<'de, Error = Fault> + HasFile> Parts<D> {
    fn new(value: D, [start, end, style]: [u32; 3]) -> Self {
        Self { numbers: vec![value.file(), start, end, style].into_iter(), value: Some(value) }
    }
}

trait HasFile {
    fn file(&self) -> u32;
}

impl HasFile for Reader<'_> {
    fn file(&self) -> u32 {
        self.node.span.file.0
    }
}

impl HasFile for Key<'_> {
    fn file(&self) -> u32 {
        self.span.file.0
    }
}

impl<'de, D: Deserializer<'de, Error = Fault>> SeqAccess<'de> for Parts<D> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        if let Some(number) = self.numbers.next() {
            return seed.deserialize(de::value::U32Deserializer::<Fault>::new(number)).map(Some);
        }
        self.value.take().map(|value| seed.deserialize(value)).transpose()
    }
}

/// Works only with the reader of this module, which knows the places.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (value, span, _) = deserialize_parts(SPANNED, deserializer)?;
        Ok(Spanned { value, span })
    }
}

/// A value, its place and the number of its style, asked for under one of the names above.
pub(super) fn deserialize_parts<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    name: &'static str,
    deserializer: D,
) -> Result<(T, Span, u32), D::Error> {
    deserializer.deserialize_newtype_struct(name, PartsVisitor(std::marker::PhantomData))
}

struct PartsVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PartsVisitor<T> {
    type Value = (T, Span, u32);

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("een waarde met haar plaats")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut number = || access.next_element::<u32>().map(Option::unwrap_or_default);
        let (file, start, end, style) = (number()?, number()?, number()?, number()?);
        let value = access.next_element()?.ok_or_else(|| de::Error::custom("de waarde ontbreekt"))?;
        Ok((value, Span { file: crate::source::FileId(file), start, end }, style))
    }
}
