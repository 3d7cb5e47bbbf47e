//! What is published: the state of the edition at one moment, and how a browser is told of it.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::Serialize;

use super::changes::{Change, Marked};
use super::contents::{self, ChapterView};
use super::messages::Message;
use super::steps::StepGroup;
use crate::project::Project;
use crate::road::TypesetEdition;
use crate::typeset::{Area, PlacedNode, Sheet};

/// The pages of one good walk, with everything that may be asked about them.
pub(super) struct Layout {
    /// The files that they were made of.
    pub project: Arc<Project>,
    pub set: TypesetEdition,
    pub pages: Vec<PageView>,
    pub chapters: Vec<ChapterView>,
}

/// One moment of the preview. Versions rise by one or more.
#[derive(Clone, Default)]
pub(super) struct Snapshot {
    pub session: String,
    pub version: u64,
    pub edition: String,
    /// Absent until a walk ends well.
    pub layout: Option<Arc<Layout>>,
    /// Whether the pages are older than the files, because these have errors.
    pub stale: bool,
    pub messages: Vec<Message>,
    pub steps: Vec<StepGroup>,
    pub changes: VecDeque<Change>,
}

#[derive(Clone, Serialize)]
pub(super) struct PageView {
    pub hash: String,
    pub width: f64,
    pub height: f64,
    /// The number that is printed on it.
    pub label: String,
}

/// What a browser gets: everything each time, so that no event can be missed.
#[derive(Serialize)]
struct View<'a> {
    session: &'a str,
    version: u64,
    edition: &'a str,
    title: String,
    pages: &'a [PageView],
    chapters: &'a [ChapterView],
    stale: bool,
    messages: &'a [Message],
    steps: &'a [StepGroup],
    changed: Vec<Marked>,
}

impl Snapshot {
    /// The same preview with nothing in it.
    pub fn empty(&self) -> Self {
        Self { session: self.session.clone(), edition: self.edition.clone(), ..Self::default() }
    }

    /// As JSON, with what changed since a version that a browser has.
    pub fn view(&self, since: u64) -> String {
        let layout = self.layout.as_deref();
        let title = layout.map(|layout| format!("{} {}", layout.set.report.title, layout.set.report.school_year));
        let view = View {
            session: &self.session,
            version: self.version,
            edition: &self.edition,
            title: title.unwrap_or_else(|| self.edition.clone()),
            pages: layout.map(|layout| layout.pages.as_slice()).unwrap_or_default(),
            chapters: layout.map(|layout| layout.chapters.as_slice()).unwrap_or_default(),
            stale: self.stale,
            messages: &self.messages,
            steps: &self.steps,
            changed: layout.map(|layout| Change::since(&self.changes, since, layout)).unwrap_or_default(),
        };
        serde_json::to_string(&view).unwrap_or_default()
    }

    /// The id of its event.
    pub fn id(&self) -> String {
        format!("{}-{}", self.session, self.version)
    }
}

impl Layout {
    pub fn of(project: Arc<Project>, set: TypesetEdition) -> Self {
        let page = |sheet: Sheet| PageView {
            hash: format!("{:032x}", sheet.hash),
            width: sheet.width,
            height: sheet.height,
            label: sheet.number.to_string(),
        };
        let pages = set.document.sheets().map(page).collect();
        let chapters = contents::of(&project, &set);
        Self { project, set, pages, chapters }
    }

    /// The nodes on a page that stand somewhere in the text.
    pub fn nodes(&self, page: usize) -> impl Iterator<Item = &PlacedNode> {
        let nodes = page.checked_sub(1).and_then(|at| self.set.document.places.get(at)).map(Vec::as_slice).unwrap_or_default();
        nodes.iter().filter(|node| self.set.report.nodes.contains_key(&node.id))
    }

    /// Areas of a page as `x, y, width, height`, in parts of its width and height.
    pub fn boxes(&self, page: usize, areas: &[Area]) -> Vec<[f64; 4]> {
        let Some(view) = self.pages.get(page - 1) else { return Vec::new() };
        // Four decimals are a tenth of a millimetre.
        let part = |length: f64, whole: f64| (length / whole * 1e4).round() / 1e4;
        let scaled = |area: &Area| {
            [part(area.x, view.width), part(area.y, view.height), part(area.width, view.width), part(area.height, view.height)]
        };
        areas.iter().map(scaled).collect()
    }
}
