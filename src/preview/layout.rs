//! The pages of a good walk, and what stands on them.

use std::sync::Arc;

use serde::Serialize;

use super::contents::{self, ChapterView};
use crate::project::Project;
use crate::report::{Block, NodeKind};
use crate::road::TypesetEdition;
use crate::typeset::{Area, PlacedNode, Sheet};

/// The pages of one good walk, with everything that may be asked about them.
pub(super) struct Layout {
    /// The files that they were made of.
    pub project: Arc<Project>,
    pub set: TypesetEdition,
    pub pages: Vec<PageView>,
    pub chapters: Vec<ChapterView>,
    /// Charts and tables of which too little is known; the final report is without them.
    pub left_out: usize,
}

#[derive(Clone, Serialize)]
pub(super) struct PageView {
    pub hash: String,
    pub width: f64,
    pub height: f64,
    /// The number that is printed on it.
    pub label: String,
}

/// A node on a page.
pub(super) struct Shown<'a> {
    pub id: &'a str,
    pub page: usize,
    pub areas: &'a [Area],
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
        let left_out = set.report.bodies().flatten().filter(|block| matches!(block, Block::Gap { .. })).count();
        Self { project, set, pages, chapters, left_out }
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

    /// Whether a node is one number, in a sentence or on a tile.
    pub fn is_number(&self, id: &str) -> bool {
        let kind = self.set.report.nodes.get(id).map(|node| node.kind);
        matches!(kind, Some(NodeKind::Figure | NodeKind::Tile))
    }

    /// Where a node stands, or the node it is a part of: the words within a chart leave no mark of their own.
    pub fn shown(&self, id: &str) -> Option<Shown<'_>> {
        let above = std::iter::successors(Some(id), |id| id.rsplit_once('/').map(|(above, _)| above));
        above.into_iter().find_map(|id| {
            let page = *self.set.document.pages.get(id)?;
            let node = self.nodes(page).find(|node| node.id == id)?;
            Some(Shown { id: &node.id, page, areas: &node.areas })
        })
    }
}
