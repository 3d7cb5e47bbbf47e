//! What changed between two layouts: which nodes, and so which parts of which pages are lit.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use super::layout::Layout;

/// A browser that was away for longer sees the pages change, but nothing lit.
const REMEMBERED: usize = 100;
/// More lit at once tells nothing.
const MOST_LIT: usize = 40;

/// What came with one version.
#[derive(Clone)]
pub(super) struct Change {
    version: u64,
    nodes: Vec<String>,
    /// Pages that look different and hold none of these nodes, counted from 1.
    pages: Vec<usize>,
}

/// Parts of a page that changed; none where all of it may have.
#[derive(Serialize)]
pub(super) struct Marked {
    page: usize,
    boxes: Vec<[f64; 4]>,
}

/// The changes of before, and what came with the version that has a new layout.
pub(super) fn with(mut changes: VecDeque<Change>, old: &Layout, new: &Layout, version: u64) -> VecDeque<Change> {
    changes.push_back(change(old, new, version));
    changes.drain(..changes.len().saturating_sub(REMEMBERED));
    changes
}

fn change(old: &Layout, new: &Layout, version: u64) -> Change {
    let (before, now) = (contents(old), contents(new));
    let nodes: Vec<String> =
        now.iter().filter(|(id, own)| before.get(*id) != Some(own)).map(|(id, _)| (*id).to_owned()).take(MOST_LIT).collect();
    let told: BTreeSet<usize> = nodes.iter().filter_map(|id| Some(new.shown(id)?.page)).collect();
    let looks_new = |at: usize| old.pages.get(at).map(|page| &page.hash) != Some(&new.pages[at].hash);
    let pages = (0..new.pages.len()).filter(|at| looks_new(*at)).map(|at| at + 1).filter(|page| !told.contains(page)).collect();
    Change { version, nodes, pages }
}

/// What every node itself shows, over all of its pages.
fn contents(layout: &Layout) -> BTreeMap<&str, String> {
    let mut all: BTreeMap<&str, String> = BTreeMap::new();
    for node in (1..=layout.pages.len()).flat_map(|page| layout.nodes(page)) {
        all.entry(&node.id).or_default().push_str(&node.own);
    }
    all
}

impl Change {
    /// Where everything that changed after a version stands now: first what was changed itself, by page, then the pages that
    /// only follow, such as the contents.
    pub fn since(changes: &VecDeque<Change>, version: u64, layout: &Layout) -> Vec<Marked> {
        let later = || changes.iter().filter(|change| change.version > version);
        let mut marked: BTreeMap<usize, Vec<[f64; 4]>> = BTreeMap::new();
        for page in later().flat_map(|change| &change.pages).filter(|page| **page <= layout.pages.len()) {
            marked.entry(*page).or_default();
        }
        let nodes: BTreeSet<&str> = later().flat_map(|change| &change.nodes).map(String::as_str).collect();
        for shown in nodes.into_iter().filter_map(|id| layout.shown(id)) {
            marked.entry(shown.page).or_default().extend(layout.boxes(shown.page, shown.areas));
        }
        let (followed, told): (Vec<Marked>, Vec<Marked>) =
            marked.into_iter().map(|(page, boxes)| Marked { page, boxes }).partition(|marked| marked.boxes.is_empty());
        told.into_iter().chain(followed).collect()
    }
}
