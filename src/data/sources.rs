//! `bronnen.yaml`: the sources that data and text cite, in Hayagriva's format.

use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::{SourceFile, Span, Spanned};
use crate::yaml::{self, Keyed, Text};

/// De bronnen van een editie, elk onder haar sleutel, in de vorm van Hayagriva.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SourcesFile(Keyed<SourceShape>);

/// Eén bron.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[allow(dead_code, reason = "Hayagriva reads the fields; here they are only known to exist")]
struct SourceShape {
    /// Soort bron in het Engels: article, book, report, web, …
    r#type: Spanned<String>,
    title: Text,
    /// Naam, voornaam; of een lijst van namen.
    author: Option<Anything>,
    /// Jaar, of jaar-maand-dag.
    date: Option<Anything>,
    publisher: Option<Anything>,
    organization: Option<Anything>,
    location: Option<Anything>,
    /// Adres, of { value: adres, date: dag waarop het bekeken is }.
    url: Option<Anything>,
    /// Het grotere geheel waarin dit verscheen.
    parent: Option<Anything>,
    volume: Option<Anything>,
    issue: Option<Anything>,
    page_range: Option<Anything>,
    page_total: Option<Anything>,
    serial_number: Option<Anything>,
    edition: Option<Anything>,
    editor: Option<Anything>,
    genre: Option<Anything>,
    language: Option<Anything>,
    note: Option<Anything>,
}

/// Any YAML: Hayagriva decides.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Anything(#[allow(dead_code, reason = "only its presence counts")] IgnoredAny);

impl JsonSchema for Anything {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Iets".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}

/// A source that can be cited.
#[derive(Debug, Clone)]
pub struct Source {
    pub key: String,
    pub title: String,
    pub span: Span,
}

/// The sources and the text they stand in.
pub(super) fn load(project: &Project, path: &str, sink: &mut Sink) -> Option<(Vec<Source>, String)> {
    let file = project.read_into(path, sink)?;
    let mut faults = Sink::default();
    let shapes = yaml::read::<SourcesFile>(&file, &mut faults);
    let well_shaped = !faults.has_errors();
    sink.extend(faults);
    let SourcesFile(shapes) = shapes?;
    if well_shaped {
        check_with_hayagriva(&file, &shapes, sink);
    }
    let source =
        |(key, shape): &(Spanned<String>, SourceShape)| Source { key: key.value.clone(), title: shape.title.value.clone(), span: key.span };
    Some((shapes.0.iter().map(source).collect(), file.text.to_string()))
}

/// Hayagriva names no place, so it is asked about every source by itself.
fn check_with_hayagriva(file: &Arc<SourceFile>, shapes: &Keyed<SourceShape>, sink: &mut Sink) {
    let starts: Vec<usize> = shapes.0.iter().map(|(key, _)| key.span.start as usize).collect();
    for (index, (key, _)) in shapes.0.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(file.text.len());
        let entry = file.text.get(starts[index]..end).unwrap_or_default();
        check_formulas(file, starts[index]..end, sink);
        match hayagriva::io::from_yaml_str(entry) {
            Ok(library) => library.iter().for_each(|entry| check_address(entry, key, sink)),
            Err(_) => {
                let message = format!("de bron «{}» heeft een veld dat niet te lezen is", key.value);
                sink.push(Diagnostic::error(Code::DataSources, key.span, message));
            }
        }
    }
}

/// Between dollar signs Hayagriva sees a formula, to be run as code by Typst; we run none, so no source may hold one.
fn check_formulas(file: &SourceFile, range: std::ops::Range<usize>, sink: &mut Sink) {
    let mut start = range.start;
    for line in file.text[range].split_inclusive('\n') {
        let is_address = ["url:", "value:"].iter().any(|key| line.trim_start().starts_with(key));
        if let Some(at) = line.find('$').filter(|_| !is_address) {
            let diagnostic = Diagnostic::error(
                Code::DataSources,
                Span::new(file.id, start + at, start + at + 1),
                "een bron kan geen dollarteken bevatten",
            );
            sink.push(diagnostic.help("Schrijf het bedrag of de formule in woorden."));
        }
        start += line.len();
    }
}

/// An address becomes a link in the PDF; old sources may still be on http.
fn check_address(entry: &hayagriva::Entry, key: &Spanned<String>, sink: &mut Sink) {
    if let Some(url) = entry.url()
        && !["http", "https"].contains(&url.value.scheme())
    {
        let message = format!("het adres van de bron «{}» begint niet met http:// of https://", key.value);
        sink.push(Diagnostic::error(Code::TextLink, key.span, message));
    }
    entry.parents().iter().for_each(|parent| check_address(parent, key, sink));
}
