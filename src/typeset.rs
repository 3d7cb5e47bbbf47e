//! Report + charts → data for the template → compiled document.
//!
//! The template is Typst of its own that walks one JSON file; nothing an editor wrote is ever Typst source. What Typst
//! finds wrong is therefore a fault of the template, and is named as such.

mod appendix;
mod citations;
mod glyphs;
mod passages;
mod places;
mod template;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use typst_layout::PagedDocument;

use crate::charts::Chart;
use crate::diagnostic::Sink;
use crate::figures::Figures;
use crate::kept::Kept;
use crate::project::Project;
use crate::report::{self, Block, ChartRequest, Drawing, Report};
use crate::review::Accounting;

pub use passages::ELSEWHERE;
pub use places::{Area, PlacedNode};
pub use template::{Template, check_colors};
pub use world::{fonts_sha256, own_fonts};

/// A compiled document and where its nodes came to stand.
pub struct Document {
    pub paged: PagedDocument,
    /// The nodes of every page, in reading order.
    pub places: Vec<Vec<PlacedNode>>,
    /// The words of every page that stand in no node, such as those of the appendix.
    pub elsewhere: Vec<String>,
    /// Node id → the page where it begins, counted from 1.
    pub pages: BTreeMap<String, usize>,
}

/// One page as a thing to look at.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Equal for pages that look the same, within one run of the program.
    pub hash: u128,
    /// In points.
    pub width: f64,
    pub height: f64,
    /// As it is printed.
    pub number: u64,
}

impl Document {
    /// The pages in their order.
    pub fn sheets(&self) -> impl Iterator<Item = Sheet> {
        self.paged.pages().iter().map(|page| Sheet {
            hash: typst::utils::hash128(page),
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
            number: page.number,
        })
    }

    /// The page of a node, or of the node it is a part of: the words within a chart leave no mark of their own.
    pub fn page_of(&self, node: &str) -> Option<usize> {
        let above = std::iter::successors(Some(node), |node| node.rsplit_once('/').map(|(above, _)| above));
        above.into_iter().find_map(|node| self.pages.get(node).copied())
    }

    /// The text in reading order, as node and words; what stands in no node comes last, as [`ELSEWHERE`].
    pub fn passages(&self, report: &Report) -> Vec<(String, String)> {
        passages::of(self, report)
    }
}

/// What the template reads as `report.json`.
#[derive(Serialize)]
struct TemplateData<'a> {
    #[serde(flatten)]
    report: &'a Report,
    appendix: appendix::Appendix,
    citations: Option<&'a citations::Citations>,
}

/// What typesetting keeps of the time before: the list of sources seldom changes, and takes as long as a page.
#[derive(Default)]
pub struct Memory {
    citations: Option<Kept<(String, BTreeSet<String>), citations::Citations>>,
}

impl Memory {
    /// Keeps of Typst's caches what the last two documents used, and no more.
    pub fn tidy(&mut self) {
        typst::comemo::evict(1);
    }
}

/// What stands behind a report.
#[derive(Clone, Copy)]
pub struct Behind<'a> {
    pub charts: &'a [(ChartRequest, Chart)],
    pub figures: &'a Figures,
    /// What accounts for its numbers and statements.
    pub accounting: &'a Accounting,
}

/// Typesets the report. Faults of the template and characters without a glyph go to the sink.
pub fn compile(
    project: &Project,
    template: &Template,
    mut report: Report,
    behind: &Behind<'_>,
    memory: &mut Memory,
    sink: &mut Sink,
) -> Option<(Report, Document)> {
    let Behind { charts, figures, accounting } = *behind;
    for chart in charts {
        place(&mut report, chart);
    }
    let appendix = appendix::of(&report, charts, figures, accounting);
    let cited = cited(&report, &appendix);
    let sources = figures.sources_text();
    let of = (sources.to_owned(), cited.clone());
    let citations = Kept::renew(&mut memory.citations, of, |_| Some(citations::of(sources, &cited)));
    let data = TemplateData { report: &report, appendix, citations: citations.value.as_deref() };
    // Typed structs with string keys alone: writing them as JSON cannot fail.
    let json = serde_json::to_string(&data).unwrap_or_default();
    let fonts = world::fonts(project, sink);
    glyphs::check(project, &json, &template.families(), &fonts, sink);
    if sink.has_errors() {
        return None;
    }
    let paged = world::compile(project, template, world::Sheet::report(json), fonts, sink)?;
    let (places, elsewhere) = places::of(&paged);
    let pages = pages(&places);
    Some((report, Document { paged, places, elsewhere, pages }))
}

/// Typesets a comparison: `redline.typ` of the house style over this JSON.
pub fn compile_redline(project: &Project, template: &Template, json: String, sink: &mut Sink) -> Option<PagedDocument> {
    let fonts = world::fonts(project, sink);
    glyphs::check(project, &json, &template.families(), &fonts, sink);
    world::compile(project, template, world::Sheet::redline(json), fonts, sink)
}

/// Keys of every source that the report names: in its text, under its charts and tables, in its appendix.
fn cited(report: &Report, appendix: &appendix::Appendix) -> BTreeSet<String> {
    let tables = report.tables().flat_map(|table| table.sources.iter().cloned());
    report.cited.iter().cloned().chain(tables).chain(appendix.sources()).collect()
}

/// Puts a drawing where the report left room for it.
fn place(report: &mut Report, (request, chart): &(ChartRequest, Chart)) {
    for block in report.bodies_mut().flatten() {
        if let Block::Chart(node) = block
            && node.id == request.id
        {
            node.drawing = drawing_of(request, chart);
        }
    }
}

fn drawing_of(request: &ChartRequest, chart: &Chart) -> Drawing {
    report::Drawing {
        svg: chart.drawing.svg.clone(),
        width: chart.drawing.width,
        height: chart.drawing.height,
        alt: request.alt.clone().unwrap_or_else(|| chart.alt.clone()),
        population: chart.population.clone(),
        marks: chart.marks.iter().map(|mark| mark.letter()).collect(),
        marks_shared: chart.marks_shared,
        sources: chart.table.sources.clone(),
        table: Some(format!("tabel-{}", request.number)),
    }
}

fn pages(places: &[Vec<PlacedNode>]) -> BTreeMap<String, usize> {
    let all = places.iter().enumerate().flat_map(|(at, nodes)| nodes.iter().map(move |node| (node.id.clone(), at + 1)));
    // Of a node on several pages the first is kept, as it is put in last.
    all.rev().collect()
}
