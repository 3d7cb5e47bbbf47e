//! Report + charts → data for the template → compiled document.
//!
//! The template is Typst of its own that walks one JSON file; nothing an editor wrote is ever Typst source. What Typst
//! finds wrong is therefore a fault of the template, and is named as such.

mod appendix;
mod citations;
mod glyphs;
mod template;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use crate::charts::Chart;
use crate::diagnostic::Sink;
use crate::figures::Figures;
use crate::project::Project;
use crate::report::{self, Block, ChartRequest, Drawing, Report};

pub use template::{Template, check_colors};

/// A compiled document and where its nodes came to stand.
pub struct Document {
    pub paged: PagedDocument,
    /// Node id → page, counted from 1.
    pub pages: BTreeMap<String, usize>,
}

/// What the template reads as `report.json`.
#[derive(Serialize)]
struct TemplateData<'a> {
    #[serde(flatten)]
    report: &'a Report,
    appendix: appendix::Appendix,
    citations: citations::Citations,
}

/// Typesets the report. Faults of the template and characters without a glyph go to the sink.
pub fn compile(
    project: &Project,
    template: &Template,
    mut report: Report,
    charts: &[(ChartRequest, Chart)],
    figures: &Figures,
    sources: &str,
    sink: &mut Sink,
) -> Option<(Report, Document)> {
    for chart in charts {
        place(&mut report, chart);
    }
    let appendix = appendix::of(&report, charts, figures);
    let citations = citations::of(sources, &cited(&report, &appendix));
    let data = TemplateData { report: &report, appendix, citations };
    // Typed structs with string keys alone: writing them as JSON cannot fail.
    let json = serde_json::to_string(&data).unwrap_or_default();
    let fonts = world::fonts(project, sink);
    glyphs::check(project, &json, &template.families(), &fonts, sink);
    if sink.has_errors() {
        return None;
    }
    let paged = world::compile(project, template, json, fonts, sink)?;
    let pages = pages(&paged);
    Some((report, Document { paged, pages }))
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

/// The template leaves the id of every node on its page, under the label `place`.
fn pages(document: &PagedDocument) -> BTreeMap<String, usize> {
    let Some(label) = Label::new(PicoStr::intern("place")) else { return BTreeMap::new() };
    let introspector = document.introspector();
    let page_of = |content: typst::foundations::Content| {
        let Value::Str(id) = &content.to_packed::<MetadataElem>()?.value else { return None };
        let page = introspector.page(content.location()?)?;
        Some((id.to_string(), page.get()))
    };
    introspector.query(&Selector::Label(label)).into_iter().filter_map(page_of).collect()
}
