//! What serde finds wrong with a tree, at which node, and how an editor is told.

use serde::de;

use super::tree::{Kind, Node};
use crate::diagnostic::{Code, Diagnostic, closest};
use crate::source::Span;

/// What serde found wrong, at which node.
#[derive(Debug)]
pub(super) struct Fault {
    pub node: Option<(usize, Span)>,
    pub what: What,
}

#[derive(Debug)]
pub(super) enum What {
    UnknownKey(String, &'static [&'static str]),
    MissingKey(&'static str),
    WrongType { found: &'static str, wanted: String },
    Empty,
    UnknownVariant(String, &'static [&'static str]),
    Other(String),
}

const NOTHING: &str = "niets";

impl Fault {
    pub fn at(mut self, node: &Node) -> Self {
        self.node.get_or_insert((node.id, node.span));
        self
    }

    pub fn wrong_type(node: &Node, wanted: &str) -> Self {
        let found = match node.kind {
            Kind::Null => NOTHING,
            Kind::Scalar(..) => "tekst",
            Kind::Sequence(_) => "een lijst",
            Kind::Mapping(_) | Kind::Hole => "een groep sleutels",
        };
        Self { node: Some((node.id, node.span)), what: What::WrongType { found, wanted: wanted.to_owned() } }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.what)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self { node: None, what: What::Other(message.to_string()) }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self { node: None, what: What::UnknownKey(field.to_owned(), expected) }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { node: None, what: What::MissingKey(field) }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self { node: None, what: What::UnknownVariant(variant.to_owned(), expected) }
    }
}

pub(super) fn explain(fault: &Fault) -> Diagnostic {
    let span = fault.node.map(|(_, span)| span);
    match &fault.what {
        What::UnknownKey(key, known) => {
            let diagnostic = Diagnostic::error(Code::YamlUnknownKey, span, format!("de sleutel «{key}» bestaat hier niet"));
            match closest(key, known.iter().copied()) {
                Some(_) => diagnostic.suggest(key, known.iter().copied()),
                None => diagnostic.help(format!("Mogelijke sleutels: {}.", known.join(", "))),
            }
        }
        What::MissingKey(key) => Diagnostic::error(Code::YamlMissingKey, span, format!("de sleutel «{key}» ontbreekt"))
            .help(format!("Vul «{key}: …» aan in deze groep.")),
        What::WrongType { found, wanted } => {
            let message = format!("hier staat {found}, maar er hoort {wanted} te staan");
            let diagnostic = Diagnostic::error(Code::YamlWrongType, span, message);
            if *found == NOTHING {
                diagnostic.help("Vul aan wat hier hoort. Is een bestand leeggeraakt, zet dan een vorige versie terug.")
            } else {
                diagnostic
            }
        }
        What::Empty => Diagnostic::error(Code::YamlMissingKey, span, "deze tekst is leeg")
            .help("Vul de tekst aan, of laat de sleutel weg als ze niet verplicht is."),
        What::UnknownVariant(variant, known) => Diagnostic::error(Code::ContentValue, span, format!("«{variant}» is hier niet mogelijk"))
            .help(format!("Kies uit: {}.", known.join(", ")))
            .suggest(variant, known.iter().copied()),
        What::Other(message) => Diagnostic::error(Code::YamlWrongType, span, message.clone()),
    }
}
