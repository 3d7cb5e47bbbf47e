//! What Typst may see: the template, the report's data, the edition's pictures and our own fonts. No clock, no network,
//! no system fonts.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use super::template::Template;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::project::Project;
use crate::source::Span;

/// One library for the life of the process: a new one would empty every cache of Typst.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // Row headers of tables are still an extra of Typst 0.15.
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

/// The fonts in the program, read once: Noto Sans for text and charts, Libertinus Serif for quotes.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let sans = [notosans::REGULAR_TTF, notosans::ITALIC_TTF, notosans::BOLD_TTF, notosans::BOLD_ITALIC_TTF];
    let sans = sans.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0));
    let serif = typst_kit::fonts::embedded().map(|(font, _)| font).filter(|font| font.info().family == "Libertinus Serif");
    sans.chain(serif).collect()
});

/// The program's fonts and those in `templates/fonts/` of the project.
pub(super) fn fonts(project: &Project, sink: &mut Sink) -> FontStore {
    let mut own = Vec::new();
    for path in project.files_below(FONT_FOLDER).into_iter().filter(is_font) {
        match project.read_bytes(&format!("{FONT_FOLDER}/{path}")) {
            Ok(bytes) => {
                let before = own.len();
                own.extend(Font::iter(Bytes::new(bytes)));
                if own.len() == before {
                    sink.push(Diagnostic::error(Code::FileUnreadable, None, format!("{FONT_FOLDER}/{path} is geen lettertype")));
                }
            }
            Err(diagnostic) => sink.push(diagnostic),
        }
    }
    let mut store = FontStore::new();
    store.extend(own.into_iter().chain(FONTS.iter().cloned()).map(|font| {
        let info = font.info().clone();
        (font, info)
    }));
    store
}

/// The fonts in `templates/fonts/` of the project, by name.
pub fn own_fonts(project: &Project) -> Vec<(String, Vec<u8>)> {
    let read = |path: String| Some((path.clone(), project.read_bytes(&format!("{FONT_FOLDER}/{path}")).ok()?));
    project.files_below(FONT_FOLDER).into_iter().filter(is_font).filter_map(read).collect()
}

/// The SHA-256 of all fonts together: the program's and these of the project.
pub fn fonts_sha256(own: &[(String, Vec<u8>)]) -> String {
    static OURS: LazyLock<String> =
        LazyLock::new(|| Project::hash_of_files(FONTS.iter().map(|font| (font.info().family.as_str(), font.data().as_slice()))));
    let own = own.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    Project::hash_of_files(own.chain([("het programma", OURS.as_bytes())]))
}

const FONT_FOLDER: &str = "templates/fonts";

#[expect(clippy::ptr_arg, reason = "it filters names as they are listed")]
fn is_font(path: &String) -> bool {
    [".ttf", ".otf"].iter().any(|ending| path.to_lowercase().ends_with(ending))
}

/// Compiles the template over the data. Typst's warnings are errors too: none of them should reach a reader.
///
/// `sheet` is what the template has to set: `report` is `main.typ` over `report.json`.
pub(super) fn compile(project: &Project, template: &Template, sheet: Sheet, fonts: FontStore, sink: &mut Sink) -> Option<PagedDocument> {
    let world = ReportWorld::new(project, template, sheet, fonts);
    let result = typst::compile::<PagedDocument>(&world);
    let errors = result.output.as_ref().err().into_iter().flatten();
    for problem in errors.chain(&result.warnings) {
        sink.push(world.explain(template, problem));
    }
    result.output.ok().filter(|_| result.warnings.is_empty())
}

/// A file of the template that sets a document, and the data that it reads.
pub(super) struct Sheet {
    pub main: &'static str,
    pub data: &'static str,
    pub json: String,
}

impl Sheet {
    pub fn report(json: String) -> Self {
        Self { main: "main.typ", data: "report.json", json }
    }

    pub fn redline(json: String) -> Self {
        Self { main: REDLINE, data: "redline.json", json }
    }
}

/// Sets a comparison; no report is made of it.
pub(super) const REDLINE: &str = "redline.typ";

struct ReportWorld<'a> {
    project: &'a Project,
    fonts: FontStore,
    /// Files that exist only in memory, by their path from the root.
    files: BTreeMap<String, Bytes>,
    sources: BTreeMap<String, OnceLock<FileResult<Source>>>,
    main: FileId,
}

impl<'a> ReportWorld<'a> {
    fn new(project: &'a Project, template: &Template, sheet: Sheet, fonts: FontStore) -> Self {
        let mut files: BTreeMap<String, Bytes> =
            template.files.iter().map(|(path, file)| (path.clone(), Bytes::new(file.bytes.clone()))).collect();
        files.insert(sheet.data.to_owned(), Bytes::from_string(sheet.json));
        let sources = files.keys().filter(|path| path.ends_with(".typ")).map(|path| (path.clone(), OnceLock::new())).collect();
        Self { project, fonts, files, sources, main: id_of(sheet.main) }
    }

    /// A fault of the template, where it stands when the template is the project's own.
    fn explain(&self, template: &Template, problem: &SourceDiagnostic) -> Diagnostic {
        let id = problem.span.id();
        let path = id.map(path_of).unwrap_or_default();
        let own = template.files.get(&path).and_then(|file| file.file);
        let range = self.range(problem.span).unwrap_or_default();
        let message =
            format!("het sjabloon kan het verslag niet zetten ({}: {})", if path.is_empty() { "Typst" } else { &path }, problem.message);
        Diagnostic::error(Code::TemplateFault, own.map(|file| Span::new(file, range.start, range.end)), message)
    }
}

fn id_of(path: &str) -> FileId {
    // The paths are our own and relative, so they are always valid.
    let path = VirtualPath::new(path).unwrap_or_else(|_| unreachable!("a plain relative path"));
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

fn path_of(id: FileId) -> String {
    id.vpath().get_without_slash().to_owned()
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = path_of(id);
        let slot = self.sources.get(&path).ok_or_else(|| FileError::NotFound(path.clone().into()))?;
        slot.get_or_init(|| {
            let text = self.files.get(&path).and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or(FileError::InvalidUtf8)?;
            Ok(Source::new(id, text.to_owned()))
        })
        .clone()
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = path_of(id);
        if let Some(bytes) = self.files.get(&path) {
            return Ok(bytes.clone());
        }
        // Only pictures of an edition come from disk, through the project's own checks.
        if !path.starts_with("content/") {
            return Err(FileError::NotFound(path.into()));
        }
        self.project.read_bytes(&path).map(Bytes::new).map_err(|_| FileError::NotFound(path.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// The date of the report is content; the clock is never asked.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
