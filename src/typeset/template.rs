//! The template of a house style: Typst files and design tokens, the project's own or those in the program.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::charts::Style;
use crate::charts::drawing::{BLACK, Look, hex};
use crate::content::Content;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::{FileId, Span, Spanned};
use crate::units::Grouping;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/templates.rs"));
}

/// Colour of charts outside a chapter.
const PLAIN: &str = "inkt";

/// One file of a template.
#[derive(Debug, Clone)]
pub(super) struct TemplateFile {
    pub bytes: Vec<u8>,
    /// In the project, when it is the project's own.
    pub file: Option<FileId>,
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
    colors: BTreeMap<String, String>,
    /// Use → name of the family.
    fonts: BTreeMap<String, String>,
    sizes: BTreeMap<String, f64>,
}

impl Template {
    /// The template of a house style. Faults go to the sink.
    pub fn load(project: &Project, name: &Spanned<String>, sink: &mut Sink) -> Option<Self> {
        let files = own_files(project, name, sink).unwrap_or_else(|| embedded_files(name));
        if !files.contains_key("main.typ") {
            let known = embedded_styles();
            let diagnostic = Diagnostic::error(Code::ContentValue, name.span, format!("de huisstijl «{}» bestaat niet", name.value));
            sink.push(diagnostic.help(format!("Bekend: {}. Een eigen huisstijl staat in templates/<naam>/main.typ.", known.join(", "))));
            return None;
        }
        let tokens = files.get("tokens.json").map(|file| serde_json::from_slice::<Tokens>(&file.bytes));
        match tokens {
            Some(Ok(tokens)) => Some(Self { tokens, files }),
            _ => {
                let span = files.get("tokens.json").and_then(|file| file.file).map(Span::start_of);
                sink.push(Diagnostic::error(Code::TemplateFault, span, "tokens.json van de huisstijl ontbreekt of is niet te lezen"));
                None
            }
        }
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

/// The files in `templates/<naam>/` of the project, when there are any.
fn own_files(project: &Project, name: &Spanned<String>, sink: &mut Sink) -> Option<BTreeMap<String, TemplateFile>> {
    let folder = format!("templates/{}", name.value);
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !plain || !project.exists(&format!("{folder}/main.typ")) {
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
        return Ok(TemplateFile { bytes: file.text.as_bytes().to_vec(), file: Some(file.id) });
    }
    Ok(TemplateFile { bytes: project.read_bytes(path)?, file: None })
}

/// The sample `report.json` is for Typst editors alone; a logo or other data of the house style comes along.
fn is_template_file(path: &str) -> bool {
    path != "report.json"
}

fn embedded_files(name: &str) -> BTreeMap<String, TemplateFile> {
    let prefix = format!("{name}/");
    let file = |(path, bytes): &(&str, &[u8])| {
        let path = path.strip_prefix(&prefix)?.to_owned();
        Some((path, TemplateFile { bytes: bytes.to_vec(), file: None }))
    };
    embedded::TEMPLATES.iter().filter_map(file).collect()
}

fn embedded_styles() -> Vec<&'static str> {
    let main = embedded::TEMPLATES.iter().filter_map(|(path, _)| path.strip_suffix("/main.typ"));
    main.collect()
}
