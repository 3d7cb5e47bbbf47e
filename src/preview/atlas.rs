//! From a line of text to its place on a page.

use std::ops::RangeInclusive;

use super::layout::{Layout, Shown};
use super::moves::Moves;
use crate::project::Project;
use crate::report::NodeKind;

/// Where the lines of the text came to stand on the pages.
pub(super) struct Atlas<'a> {
    layout: &'a Layout,
    places: Vec<Place<'a>>,
    /// The files may be newer than the pages.
    moves: Moves,
}

/// Some lines of a file, and the node that they make.
struct Place<'a> {
    file: String,
    lines: RangeInclusive<usize>,
    id: &'a str,
    /// Where its text begins, to tell a paragraph from the next on the same line; the least goes first.
    start: u32,
}

impl<'a> Atlas<'a> {
    /// For the lines of the files as they are now.
    pub fn of(layout: &'a Layout, now: &Project) -> Self {
        // A line of text is a passage; the numbers in it are found from their tables.
        let passages = layout.set.report.nodes.iter().filter(|(_, node)| node.kind != NodeKind::Figure);
        let in_text = passages.map(|(id, node)| (id.as_str(), node.span));
        let in_text = in_text.filter_map(|(id, span)| {
            let file = layout.project.file(span.file)?;
            let lines = file.position(span.start as usize).0..=file.position(span.end as usize).0;
            Some(Place { file: file.path.clone(), lines, id, start: span.start })
        });
        let in_tables = layout.set.report.printed.iter().flat_map(|printed| {
            let place = |origin: &crate::figures::Origin| Place {
                file: origin.file.clone(),
                lines: origin.line..=origin.line,
                id: printed.node.as_str(),
                // A number in a sentence goes before the chart or the cover that shows it too.
                start: u32::from(!layout.is_number(&printed.node)),
            };
            printed.figure.origins.iter().map(place)
        });
        let places = in_text.chain(in_tables).filter(|place| layout.shown(place.id).is_some()).collect();
        Self { layout, places, moves: Moves::between(&layout.project, now) }
    }

    /// What of the pages shows this line of a file as it is now, or the nearest line before it.
    pub fn find(&self, file: &str, line: usize) -> Option<Shown<'a>> {
        let line = self.moves.then(file, line);
        let of_file = || self.places.iter().filter(|place| place.file == file);
        let size = |place: &&Place| (place.lines.end() - place.lines.start(), place.start);
        let around = of_file().filter(|place| place.lines.contains(&line)).min_by_key(size);
        // The rows of a table are no text that runs on.
        let runs_on = !file.ends_with(".csv");
        let before = || of_file().filter(|place| runs_on && *place.lines.start() <= line).max_by_key(|place| place.start);
        let first = || of_file().filter(|_| runs_on).min_by_key(|place| place.start);
        self.layout.shown(around.or_else(before).or_else(first)?.id)
    }

    /// How far down its page something begins, in parts of the height.
    pub fn top(&self, shown: &Shown) -> Option<f64> {
        self.layout.boxes(shown.page, shown.areas).first().map(|[_, top, ..]| *top)
    }

    /// The full path of a file that may be named by its last part alone.
    pub fn full_path(&self, name: &str) -> Option<&str> {
        let fits = |path: &str| path == name || path.strip_suffix(name).is_some_and(|before| before.ends_with('/'));
        self.places.iter().map(|place| place.file.as_str()).find(|path| fits(path))
    }
}
