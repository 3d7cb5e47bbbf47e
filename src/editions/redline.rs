//! A comparison as a reader of the report sees it: passages with what came and what went, and the figures in a table.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::alignment::Rewritten;
use super::check::difference_in_words;
use super::difference::{Changed, Difference};
use super::lock::{Lock, PrintedFigure};
use crate::typeset::ELSEWHERE;

/// Two texts of which less than this is the same are shown one after the other: a mix of both is not read by anyone.
const LEAST_IN_COMMON: f64 = 0.3;

/// The node of the words on the cover, which are no title of anything.
const COVER: &str = "verslag/omslag";

/// What the template reads as `redline.json`.
#[derive(Debug, Serialize)]
pub struct Redline {
    pub old: String,
    pub new: String,
    pub figures: Vec<Row>,
    pub gone: Vec<Series>,
    pub added: Vec<Series>,
    pub passages: Vec<Section>,
    /// Whether words differ that stand in no passage: in the appendix, the sources, the contents.
    pub elsewhere: bool,
}

/// A figure with two values.
#[derive(Debug, Serialize)]
pub struct Row {
    pub name: String,
    pub old: String,
    pub new: String,
    pub difference: String,
    pub pages: String,
}

/// A measure that only one of the two prints.
#[derive(Debug, Serialize)]
pub struct Series {
    pub name: String,
    pub periods: Vec<String>,
}

/// The changed passages of a section of the report.
#[derive(Debug, Serialize)]
pub struct Section {
    pub title: String,
    pub passages: Vec<Revised>,
}

/// A passage with what came and went.
#[derive(Debug, Serialize)]
pub struct Revised {
    /// Id of its node.
    pub node: String,
    pub runs: Vec<Run>,
}

/// Words that are the same, gone or new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    pub kind: RunKind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RunKind {
    Same,
    Gone,
    New,
}

/// Everything that differs between two reports, in the order of the new one.
pub fn redline(old: (&str, &Lock), new: (&str, &Lock), difference: &Difference) -> Redline {
    Redline {
        old: old.0.to_owned(),
        new: new.0.to_owned(),
        figures: difference.changed.iter().map(row).collect(),
        gone: series(&difference.gone),
        added: series(&difference.added),
        passages: sections(old.1, new.1, difference),
        elsewhere: difference.passages.iter().any(|one| one.node == ELSEWHERE),
    }
}

fn row(changed: &Changed) -> Row {
    Row {
        name: changed.new.name(),
        old: changed.old.printed.clone(),
        new: changed.new.printed.clone(),
        difference: changed.amount().map(difference_in_words).unwrap_or_default(),
        pages: changed.pages().iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// Each measure of an indicator once, with its periods.
pub fn series(figures: &[PrintedFigure]) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for figure in figures {
        let name = format!("{}, {}", figure.subject(), figure.measure);
        match all.iter_mut().find(|series| series.name == name) {
            Some(series) if series.periods.contains(&figure.time()) => {}
            Some(series) => series.periods.push(figure.time()),
            None => all.push(Series { name, periods: vec![figure.time()] }),
        }
    }
    all
}

fn sections(old: &Lock, new: &Lock, difference: &Difference) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for Rewritten { node, old: before, new: after } in difference.passages.iter().filter(|one| one.node != ELSEWHERE) {
        let title = title_of(node, new).or_else(|| title_of(node, old)).unwrap_or_else(|| node.clone());
        let revised = Revised { node: node.clone(), runs: runs(before, after) };
        match sections.last_mut() {
            Some(section) if section.title == title => section.passages.push(revised),
            _ => sections.push(Section { title, passages: vec![revised] }),
        }
    }
    sections
}

/// The titles of the chapter and the section that a node stands in, which are passages themselves.
pub fn title_of(node: &str, lock: &Lock) -> Option<String> {
    if node == COVER {
        return Some("Omslag".to_owned());
    }
    let text = |id: &str| lock.passages().iter().find(|passage| passage.node == id).map(|passage| passage.text.clone());
    let ends = node.match_indices('/').map(|(at, _)| at).chain([node.len()]);
    let titles: Vec<String> = ends.take(2).filter_map(|end| text(&node[..end])).collect();
    (!titles.is_empty()).then(|| titles.join(": "))
}

/// Both texts as one, word by word.
fn runs(old: &str, new: &str) -> Vec<Run> {
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (words(old), words(new));
    let ops = capture_diff_slices(Algorithm::Patience, &old, &new);
    let same: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    if (same as f64) < LEAST_IN_COMMON * old.len().max(new.len()) as f64 {
        return [run(RunKind::Gone, &old), run(RunKind::New, &new)].into_iter().flatten().collect();
    }
    ops.into_iter()
        .flat_map(|op| {
            let (gone, came) = (&old[op.old_range()], &new[op.new_range()]);
            match op {
                DiffOp::Equal { .. } => [run(RunKind::Same, gone), None],
                _ => [run(RunKind::Gone, gone), run(RunKind::New, came)],
            }
        })
        .flatten()
        .collect()
}

fn run(kind: RunKind, words: &[String]) -> Option<Run> {
    (!words.is_empty()).then(|| Run { kind, text: words.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        let mark = |run: &Run| match run.kind {
            RunKind::Same => run.text.clone(),
            RunKind::Gone => format!("[-{}-]", run.text),
            RunKind::New => format!("[+{}+]", run.text),
        };
        runs(old, new).iter().map(mark).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_came_and_went_is_told_by_words() {
        assert_eq!(told("de kat zit op de mat", "de kat zat op de mat"), "de kat [-zit-] [+zat+] op de mat");
        assert_eq!(told("", "een nieuwe zin"), "[+een nieuwe zin+]");
        assert_eq!(told("een oude zin", ""), "[-een oude zin-]");
        assert_eq!(
            told("wat hier stond is weg", "nu lees je iets heel anders"),
            "[-wat hier stond is weg-] [+nu lees je iets heel anders+]"
        );
    }
}
