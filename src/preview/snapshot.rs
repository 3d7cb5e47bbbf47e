//! What is published: the state of the edition at one moment, and how a browser is told of it.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::Serialize;

use super::changes::{Change, Marked};
use super::contents::ChapterView;
use super::layout::{Layout, PageView};
use super::messages::Message;
use super::steps::StepGroup;
use crate::project::Project;

/// One moment of the preview. Versions rise by one or more.
#[derive(Clone, Default)]
pub(super) struct Snapshot {
    pub session: String,
    pub version: u64,
    pub edition: String,
    /// The files as they were looked at last, which may be newer than the pages.
    pub project: Option<Arc<Project>>,
    /// Absent until a walk ends well.
    pub layout: Option<Arc<Layout>>,
    /// Whether the pages are older than the files, because these have errors.
    pub stale: bool,
    pub messages: Vec<Message>,
    pub steps: Vec<StepGroup>,
    pub changes: VecDeque<Change>,
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
    /// Charts and tables that the final report will be without.
    left_out: usize,
    changed: Vec<Marked>,
}

impl Snapshot {
    /// The pages, and the files as they are now.
    pub fn pages(&self) -> Option<(&Layout, &Project)> {
        Some((self.layout.as_deref()?, self.project.as_deref()?))
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
            left_out: layout.map_or(0, |layout| layout.left_out),
            changed: layout.map(|layout| Change::since(&self.changes, since, layout)).unwrap_or_default(),
        };
        serde_json::to_string(&view).unwrap_or_default()
    }

    /// The id of its event.
    pub fn id(&self) -> String {
        format!("{}-{}", self.session, self.version)
    }
}
