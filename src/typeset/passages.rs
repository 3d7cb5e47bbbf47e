//! The text of a document without its layout: equal in two house styles, and in two versions of the program, when the same
//! is said.

use std::collections::{BTreeMap, BTreeSet};

use super::Document;
use crate::report::{Block, NodeKind, Report};

/// Where the words stand that are in no node: appendix, sources, contents.
pub const ELSEWHERE: &str = "overige";

/// Node and words, in the order of the pages.
pub(super) fn of(document: &Document, report: &Report) -> Vec<(String, String)> {
    let gaps: BTreeSet<&str> = report.bodies().flatten().filter_map(gap).collect();
    let mut order: Vec<&str> = Vec::new();
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for node in document.places.iter().flatten().filter(|node| !gaps.contains(node.id.as_str())) {
        let words = match report.nodes.get(&node.id).map(|node| node.kind) {
            Some(kind) if is_passage(kind) => &node.words,
            // Its parts are passages of their own.
            Some(NodeKind::Callout) => &node.own,
            _ => continue,
        };
        let text = texts.entry(&node.id).or_insert_with(|| {
            order.push(&node.id);
            String::new()
        });
        text.push(' ');
        text.push_str(words);
    }
    let said = order.iter().map(|id| ((*id).to_owned(), plain(&texts[id])));
    let said: Vec<(String, String)> = said.filter(|(_, text)| !text.is_empty()).collect();
    said.into_iter().chain([(ELSEWHERE.to_owned(), elsewhere(document))]).collect()
}

/// A hole that only a draft shows is nothing that the report says.
fn gap(block: &Block) -> Option<&str> {
    match block {
        Block::Gap { id, .. } => Some(id),
        _ => None,
    }
}

fn is_passage(kind: NodeKind) -> bool {
    use NodeKind::{Chart, Cover, Item, Paragraph, Picture, Quote, Table, Tile, Title};
    matches!(kind, Chart | Cover | Item | Paragraph | Picture | Quote | Table | Tile | Title)
}

/// One space between words, whatever stood there.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words that stand in no node, each as often as it is there. Sorted, as another lay-out has another order; without
/// numbers alone, as those are of pages, and figures are compared by themselves.
fn elsewhere(document: &Document) -> String {
    let all = document.elsewhere.join(" ");
    let mut words: Vec<&str> = all.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    words.sort_unstable();
    words.join(" ")
}
