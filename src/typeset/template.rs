//! The template of a house style: Typst files and design tokens, the project's own or those in the program.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::charts::Style;
use crate::charts::drawing::{BLACK, Look, hex};
use crate::content::Content;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::{Project, is_of_a_program};
use crate::source::{FileId, Span};
use crate::units::Grouping;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/templates.rs"));
}

/// Colour of charts outside a chapter.
const PLAIN: &str = "inkt";

/// The style that others may take what they lack from.
const PLAIN_STYLE: &str = "2025";

/// What makes a folder of `templates/` a house style.
const TOKENS: &str = "tokens.json";

/// One file of a template.
#[derive(Debug, Clone)]
pub(super) struct TemplateFile {
    pub bytes: Vec<u8>,
    /// In the project, when it is a text of the project's own.
    pub file: Option<FileId>,
    /// Whether it stands in the project rather than in the program.
    pub own: bool,
}

/// A house style: path within its folder → file, and the tokens that template and charts share.
#[derive(Debug, Clone)]
pub struct Template {
    pub(super) files: BTreeMap<String, TemplateFile>,
    tokens: Tokens,
}

/// `tokens.json`; the template reads more of it than the charts do.
#[derive(Debug, Clone, Deserialize)]
struct Tokens {
    /// The house style that this one builds on: what stands not in its own folder comes from there.
    base: Option<String>,
    colors: BTreeMap<String, String>,
    /// Use → name of the family.
    fonts: BTreeMap<String, String>,
    sizes: BTreeMap<String, f64>,
}

impl Template {
    /// The template of a house style, with what it takes of the style that it builds on. Faults go to the sink.
    ///
    /// `span` is where the style was named, if that was in a file.
    pub fn load(project: &Project, name: &str, span: Option<Span>, sink: &mut Sink) -> Option<Self> {
        let files = style_files(project, name, sink);
        if files.is_empty() {
            let diagnostic = Diagnostic::error(Code::ContentValue, span, format!("de huisstijl «{name}» bestaat niet"));
            let known = embedded_styles();
            let help = format!("Bekend: {}. Een eigen huisstijl staat in templates/<naam>/tokens.json.", known.join(", "));
            sink.push(diagnostic.help(help).suggest(name, known));
            return None;
        }
        let tokens = tokens_of(&files, sink)?;
        let mut template = Self { files, tokens };
        template.build_on_base(project, name, sink)?;
        // A style that stands alone need not know how a comparison looks.
        if let Some(redline) = embedded_files(PLAIN_STYLE).remove(super::world::REDLINE) {
            template.files.entry(super::world::REDLINE.to_owned()).or_insert(redline);
        }
        if template.files.contains_key("main.typ") {
            return Some(template);
        }
        sink.push(Diagnostic::error(Code::TemplateFault, template.place_of_tokens(), format!("de huisstijl «{name}» heeft geen main.typ")));
        None
    }

    /// Takes the files that are absent from the style it builds on, and from what that one builds on.
    fn build_on_base(&mut self, project: &Project, name: &str, sink: &mut Sink) -> Option<()> {
        let mut below = vec![name.to_owned()];
        let mut next = self.tokens.base.clone();
        while let Some(base) = next {
            let files = style_files(project, &base, sink);
            if files.is_empty() || below.contains(&base) {
                let what = if files.is_empty() { "die niet bestaat" } else { "die zelf op haar voortbouwt" };
                let message = format!("de huisstijl «{name}» bouwt voort op «{base}», {what}");
                sink.push(Diagnostic::error(Code::TemplateFault, self.place_of_tokens(), message));
                return None;
            }
            next = tokens_of(&files, sink)?.base;
            below.push(base);
            for (path, file) in files {
                self.files.entry(path).or_insert(file);
            }
        }
        Some(())
    }

    fn place_of_tokens(&self) -> Option<Span> {
        self.files.get(TOKENS).and_then(|file| file.file).map(Span::start_of)
    }

    /// The SHA-256 of all files together that a report is made of, with their names.
    pub fn sha256(&self) -> String {
        Project::hash_of_files(self.of_report().map(|(path, file)| (path.as_str(), file.bytes.as_slice())))
    }

    /// Those that stand in the project.
    pub fn own(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.of_report().filter(|(_, file)| file.own).map(|(path, file)| (path.as_str(), file.bytes.as_slice()))
    }

    fn of_report(&self) -> impl Iterator<Item = (&String, &TemplateFile)> {
        self.files.iter().filter(|(path, _)| *path != super::world::REDLINE)
    }

    /// How charts look in a chapter of this colour; outside chapters, without one.
    pub fn chart_style(&self, color: Option<&str>, grouping: Grouping) -> Style {
        let named = |name: &str| self.tokens.colors.get(name).and_then(|code| hex(code)).unwrap_or(BLACK);
        let size = |name: &str, usual: f64| self.tokens.sizes.get(name).copied().unwrap_or(usual);
        let look = Look {
            chapter: named(color.unwrap_or(PLAIN)),
            ink: named("inkt"),
            grey: named("grijs"),
            line: named("lijn"),
            paper: named("wit"),
            label_size: size("table", 8.0),
            note_size: size("note", 7.5),
        };
        Style { look, grouping }
    }

    /// The code of a colour of the house style: `#C43D2B`.
    pub fn color(&self, name: &str) -> Option<&str> {
        self.tokens.colors.get(name).map(String::as_str)
    }

    /// The families of type of the house style.
    pub(super) fn families(&self) -> Vec<&str> {
        self.tokens.fonts.values().map(String::as_str).collect()
    }

    fn colors(&self) -> Vec<&str> {
        let base = ["inkt", "grijs", "lijn", "zand", "wit"];
        self.tokens.colors.keys().map(String::as_str).filter(|name| !base.contains(name)).collect()
    }
}

/// A chapter's colour must be one of the house style.
pub fn check_colors(content: &Content, template: &Template, sink: &mut Sink) {
    for chapter in &content.chapters {
        let known = template.colors();
        let color = &chapter.color;
        if !color.is_empty() && !known.contains(&color.value.as_str()) {
            let diagnostic =
                Diagnostic::error(Code::ContentValue, color.span, format!("de kleur «{}» staat niet in de huisstijl", color.value));
            sink.push(diagnostic.help(format!("Kies uit: {}.", known.join(", "))).suggest(color, known));
        }
    }
}

fn tokens_of(files: &BTreeMap<String, TemplateFile>, sink: &mut Sink) -> Option<Tokens> {
    let file = files.get(TOKENS);
    let tokens = file.and_then(|file| serde_json::from_slice(&file.bytes).ok());
    if tokens.is_none() {
        let span = file.and_then(|file| file.file).map(Span::start_of);
        sink.push(Diagnostic::error(Code::TemplateFault, span, "tokens.json van de huisstijl ontbreekt of is niet te lezen"));
    }
    tokens
}

/// The files of a house style alone: the project's own, or those in the program. None when there is no such style.
fn style_files(project: &Project, name: &str, sink: &mut Sink) -> BTreeMap<String, TemplateFile> {
    own_files(project, name, sink).unwrap_or_else(|| embedded_files(name))
}

/// The files in `templates/<naam>/` of the project, when there are any.
fn own_files(project: &Project, name: &str, sink: &mut Sink) -> Option<BTreeMap<String, TemplateFile>> {
    let folder = format!("templates/{name}");
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !plain || !["main.typ", TOKENS].iter().any(|file| project.exists(&format!("{folder}/{file}"))) {
        return None;
    }
    let mut files = BTreeMap::new();
    for path in project.files_below(&folder).into_iter().filter(|path| is_template_file(path)) {
        match own_file(project, &format!("{folder}/{path}")) {
            Ok(file) => {
                files.insert(path, file);
            }
            Err(diagnostic) => sink.push(diagnostic),
        }
    }
    Some(files)
}

fn own_file(project: &Project, path: &str) -> Result<TemplateFile, Diagnostic> {
    if path.ends_with(".typ") || path.ends_with(".json") {
        let file = project.read(path)?;
        return Ok(TemplateFile { bytes: file.text.as_bytes().to_vec(), file: Some(file.id), own: true });
    }
    Ok(TemplateFile { bytes: project.read_bytes(path)?, file: None, own: true })
}

/// The sample `report.json` and its pictures are for Typst editors alone; a logo or other data of the house style comes along.
fn is_template_file(path: &str) -> bool {
    path != "report.json" && !path.starts_with("voorbeeld/") && !is_of_a_program(path)
}

fn embedded_files(name: &str) -> BTreeMap<String, TemplateFile> {
    let prefix = format!("{name}/");
    let file = |(path, bytes): &(&str, &[u8])| {
        let path = path.strip_prefix(&prefix)?.to_owned();
        Some((path, TemplateFile { bytes: bytes.to_vec(), file: None, own: false }))
    };
    embedded::TEMPLATES.iter().filter_map(file).collect()
}

fn embedded_styles() -> Vec<&'static str> {
    let tokens = embedded::TEMPLATES.iter().filter_map(|(path, _)| path.strip_suffix("/tokens.json"));
    tokens.collect()
}
