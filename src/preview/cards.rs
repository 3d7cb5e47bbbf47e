//! What a click on the page shows: where the words stand, and of a number everything that is known about it.

use serde::Serialize;

use super::layout::Layout;
use super::moves::Moves;
use super::spot::{Spot, spot, spot_of_line};
use crate::figures::{Figure, Mark, Marks, Origin};
use crate::project::Project;
use crate::report::{NodeKind, Printed};
use crate::source::Span;
use crate::units::Notation;

/// A longer list is a table of the appendix.
const MOST_CARDS: usize = 120;

/// A node with its place and its numbers.
#[derive(Serialize)]
pub(super) struct NodeCard {
    id: String,
    kind: NodeKind,
    #[serde(flatten)]
    spot: Spot,
    figures: Vec<FigureCard>,
}

#[derive(Serialize)]
struct FigureCard {
    name: Option<String>,
    title: String,
    as_printed: String,
    unit: String,
    definition: String,
    measure: String,
    period: String,
    base_period: Option<String>,
    breakdown: Vec<(&'static str, String)>,
    marks: Vec<MarkView>,
    sources: Vec<SourceView>,
    rows: Vec<Spot>,
    /// How it was a period earlier.
    before: Option<Before>,
}

#[derive(Serialize)]
struct MarkView {
    letter: char,
    name: &'static str,
}

#[derive(Serialize)]
struct SourceView {
    key: String,
    title: String,
}

#[derive(Serialize)]
struct Before {
    period: String,
    as_printed: String,
    marks: Vec<MarkView>,
}

/// The card of a node, with the numbers that stand within it, and the places of both in the files as they are now.
pub(super) fn of(layout: &Layout, now: &Project, id: &str) -> Option<NodeCard> {
    let files = Files { layout, now, moves: Moves::between(&layout.project, now) };
    let node = layout.set.report.nodes.get(id)?;
    let within = |printed: &&Printed| printed.node.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let printed = layout.set.report.printed.iter().filter(within).take(MOST_CARDS);
    Some(NodeCard {
        id: id.to_owned(),
        kind: node.kind,
        spot: files.spot(node.span)?,
        figures: printed.map(|printed| figure_card(layout, &files, printed)).collect(),
    })
}

/// The files that the pages were made of, and what became of them.
struct Files<'a> {
    layout: &'a Layout,
    now: &'a Project,
    moves: Moves,
}

impl Files<'_> {
    /// Where a span begins now; where it began, when its file is gone.
    fn spot(&self, span: Span) -> Option<Spot> {
        let then = spot(&self.layout.project, span)?;
        let now = self.row(&then.file, then.line).map(|now| Spot { column: then.column, ..now });
        now.or(Some(then))
    }

    fn row(&self, path: &str, line: usize) -> Option<Spot> {
        spot_of_line(self.now, path, self.moves.now(path, line))
    }
}

fn figure_card(layout: &Layout, files: &Files, printed: &Printed) -> FigureCard {
    let figure = &printed.figure;
    let figures = &layout.set.figures;
    let indicator = figures.indicator(&figure.reference.indicator);
    let mut keys: Vec<&str> = figure.origins.iter().map(|origin| origin.source.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let source = |key: &str| SourceView {
        key: key.to_owned(),
        title: figures.source(key).map_or_else(|| key.to_owned(), |source| source.title.clone()),
    };
    let row = |origin: &Origin| files.row(&origin.file, origin.line);
    FigureCard {
        name: Some(figure.reference.to_string()).filter(|_| !figure.is_of_parts()),
        title: indicator.map_or_else(|| figure.reference.indicator.clone(), |indicator| indicator.title.clone()),
        as_printed: printed.text.clone(),
        unit: figure.unit.clone(),
        definition: figure.definition.clone(),
        measure: figure.measure.clone(),
        period: figure.period.to_string(),
        base_period: figure.base.map(|base| base.to_string()),
        breakdown: figure.breakdown.narrowed().into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
        marks: marks(&figure.marks),
        sources: keys.into_iter().map(source).collect(),
        rows: figure.origins.iter().filter_map(row).collect(),
        before: before(layout, figure),
    }
}

fn marks(marks: &Marks) -> Vec<MarkView> {
    marks.iter().map(|mark: &Mark| MarkView { letter: mark.letter(), name: mark.meaning() }).collect()
}

/// The same figure one period earlier, where that is known; a change has no earlier period of its own.
fn before(layout: &Layout, figure: &Figure) -> Option<Before> {
    if figure.reference.change.is_some() || figure.is_of_parts() {
        return None;
    }
    let period = figure.period.previous();
    let earlier = layout.set.figures.resolve(&figure.reference.at(period)).ok()?;
    let notation = Notation { grouping: layout.set.content.grouping, ..Notation::default() };
    Some(Before { period: period.to_string(), as_printed: earlier.write(&notation), marks: marks(&earlier.marks) })
}
