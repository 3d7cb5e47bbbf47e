//! The template opens by itself, with the sample data beside it, as in any Typst editor.

use std::path::{Path, PathBuf};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use jaarverslag::charts::drawing::{contrast, hex};

use super::support::root;

/// A folder of files, as an editor sees it. Without the extras that the program switches on.
struct Folder {
    path: PathBuf,
    library: LazyHash<Library>,
    fonts: FontStore,
}

impl Folder {
    fn new(path: PathBuf) -> Self {
        let sans = [notosans::REGULAR_TTF, notosans::ITALIC_TTF, notosans::BOLD_TTF, notosans::BOLD_ITALIC_TTF];
        let sans = sans.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).map(|font| (font.clone(), font.info().clone()));
        let mut fonts = FontStore::new();
        fonts.extend(sans);
        fonts.extend(typst_kit::fonts::embedded());
        Self { path, library: LazyHash::new(Library::builder().build()), fonts }
    }
}

impl World for Folder {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new("main.typ").expect("a path")))
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = String::from_utf8(self.file(id)?.to_vec()).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = self.path.join(Path::new(id.vpath().get_without_slash()));
        std::fs::read(&path).map(Bytes::new).map_err(|error| FileError::from_io(error, &path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[test]
fn it_opens_with_its_sample() {
    let folder = Folder::new(root().join("templates/2025"));
    let result = typst::compile::<PagedDocument>(&folder);
    assert!(result.warnings.is_empty(), "{:?}", result.warnings);
    let document = result.output.unwrap_or_else(|errors| panic!("{errors:?}"));
    assert!(document.pages().len() > 10, "{} pages", document.pages().len());
}

/// WCAG 2.1 asks 4,5 to 1 of text. White stands on the chapter openers, every colour on white and on sand.
#[test]
fn every_colour_of_text_stands_out() {
    for style in super::support::house_styles() {
        let tokens = std::fs::read_to_string(root().join(format!("templates/{style}/tokens.json"))).expect("the tokens");
        let tokens: serde_json::Value = serde_json::from_str(&tokens).expect("JSON");
        let colors = tokens["colors"].as_object().expect("colours");
        let color = |name: &str| colors[name].as_str().and_then(hex).expect("a colour");
        let text = colors.keys().filter(|name| !["wit", "zand", "lijn"].contains(&name.as_str()));
        let weak: Vec<String> = text
            .flat_map(|name| ["wit", "zand"].map(|ground| (name, ground, contrast(color(name), color(ground)))))
            .filter(|(.., ratio)| *ratio < 4.5)
            .map(|(name, ground, ratio)| format!("{style}: {name} on {ground}: {ratio:.2}"))
            .collect();
        assert_eq!(weak, Vec::<String>::new());
    }
}
