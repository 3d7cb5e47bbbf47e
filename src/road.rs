//! The road, stage by stage: from the files of an edition to its document. `build` and `check` walk it once; who walks it
//! again and again keeps a [`Memory`], and then only what depends on a change is made anew.

mod approval;
pub(crate) mod dressing;
pub(crate) mod locking;
mod reviewing;
pub(crate) mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::charts::{self, Chart};
use crate::content::{self, Content};
use crate::data::{self, Data};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::editions::{self, Lock};
use crate::figures::{self, Figures};
use crate::kept::Kept;
use crate::project::{Fingerprint, Project};
use crate::report::{self, ChartRequest, Mode, Report};
use crate::review::{Accounting, Predecessor};
use crate::source::Span;
use crate::typeset::{self, Behind, Document, Template, check_colors};
use crate::units::SchoolYear;
use crate::{Order, Seal};

/// The tables of an edition, and the count that is read with them.
type OfData = (Fingerprint, Option<String>);

/// The locks that earlier editions have, and which editions those are.
type OfEarlier = (Fingerprint, Vec<String>);

/// What was made on an earlier walk through the same project.
#[derive(Default)]
pub struct Memory {
    content: Option<Kept<Fingerprint, Content>>,
    chapters: content::Memory,
    data: Option<Kept<OfData, Data>>,
    figures: Option<Kept<(OfData, SchoolYear), Figures>>,
    earlier: Option<Kept<OfEarlier, Vec<Lock>>>,
    predecessor: Option<Kept<reviewing::OfPredecessor, Predecessor>>,
    /// What the last review came to.
    pub(crate) accounting: Option<Accounting>,
    typeset: typeset::Memory,
}

impl Memory {
    /// Lets go of what the last walks did not use. Who walks again and again does so when nobody waits.
    pub fn tidy(&mut self) {
        self.typeset.tidy();
    }
}

/// An edition with its numbers in place, not typeset yet.
#[derive(Clone)]
pub struct Bound {
    pub content: Arc<Content>,
    pub figures: Arc<Figures>,
    pub report: Report,
    /// The house style that dresses it: that of the edition, or the one that was ordered.
    pub house_style: HouseStyle,
    /// The earlier editions that its revisions were found in, as a lock names them.
    pub earlier: BTreeMap<String, String>,
    /// What its review has to tell a reader.
    pub accounting: Accounting,
}

/// What a report was made from.
struct Seen<'a> {
    content: &'a Content,
    data: &'a Data,
    figures: &'a Figures,
}

/// A house style by name, and where it was named, if that was in a file.
#[derive(Debug, Clone)]
pub struct HouseStyle {
    pub name: String,
    span: Option<Span>,
}

impl HouseStyle {
    /// The edition's own.
    pub fn of(content: &Content) -> Self {
        Self { name: content.house_style.value.clone(), span: Some(content.house_style.span) }
    }
}

/// An edition as it was typeset.
pub struct TypesetEdition {
    pub content: Arc<Content>,
    pub figures: Arc<Figures>,
    pub report: Report,
    pub charts: Vec<(ChartRequest, Chart)>,
    pub template: Template,
    pub document: Document,
    /// As of [`Bound`].
    pub earlier: BTreeMap<String, String>,
    pub accounting: Accounting,
}

/// Loads text and data, computes and binds. Both are loaded before either may stop the walk.
pub fn bind(project: &Project, edition: &str, order: &Order, seal: Seal, memory: &mut Memory, sink: &mut Sink) -> Option<Bound> {
    let bound = bind_unnamed(project, edition, order, seal, memory, sink);
    sink.name_edition(edition);
    bound
}

/// The same; what is said speaks of any edition.
fn bind_unnamed(project: &Project, edition: &str, order: &Order, seal: Seal, memory: &mut Memory, sink: &mut Sink) -> Option<Bound> {
    let below = |folder: &str| project.fingerprint(project.paths_of_edition(edition, &[folder]));
    let (texts, tables) = (below("content"), below("data"));

    let chapters = &mut memory.chapters;
    let load = |sink: &mut Sink| content::load(project, edition, chapters, sink);
    let text = Kept::renew(&mut memory.content, texts, load);
    sink.push_all(&text.said);
    let load = |sink: &mut Sink| data::load(project, edition, order.counted.as_deref(), sink);
    let of_data = (tables, order.counted.clone());
    let tables = Kept::renew(&mut memory.data, of_data.clone(), load);
    sink.push_all(&tables.said);
    approval::check_seal(project, edition, seal, sink);

    let (content, data) = (text.value.clone()?, tables.value.clone()?);
    let of = (of_data, content.school_year);
    let figures = Kept::renew(&mut memory.figures, of, |sink| compute(&data, &content, sink));
    sink.push_all(&figures.said);
    let figures = figures.value.clone()?;
    let mut bind_sink = Sink::default();
    let mut report = report::bind(&content, &figures, order.mode, &mut bind_sink);
    report.print = order.print;
    let sound = tables.is_sound();
    if !sound {
        // What a faulty table does not hold is the fault of the table, which has been reported.
        bind_sink.drop_codes(&[Code::ExpressionMissing, Code::ChartEmpty]);
    }
    sink.extend(bind_sink);
    let earlier = revise(project, &content, &figures, &mut report, order.mode, &mut memory.earlier, sink);
    approval::check(project, &content, &report, &text.said, order.mode, sink);
    // What stands on a faulty table is not worth a doubt of its own.
    let seen = Seen { content: &content, data: &data, figures: &figures };
    memory.accounting = sound.then(|| reviewing::review(project, &seen, &report, order.mode, memory, sink));
    let accounting = memory.accounting.clone().unwrap_or_default();
    let house_style = order.style.clone().map_or_else(|| HouseStyle::of(&content), |name| HouseStyle { name, span: None });
    Some(Bound { content, figures, report, house_style, earlier, accounting })
}

/// Draws the charts and typesets.
pub fn set(project: &Project, bound: Bound, memory: &mut Memory, sink: &mut Sink) -> Option<TypesetEdition> {
    let Bound { content, figures, report, house_style, earlier, accounting } = bound;
    let template = Template::load(project, &house_style.name, house_style.span, sink)?;
    check_colors(&content, &template, sink);
    let charts = draw(&content, &figures, &report, &template, sink);
    let behind = Behind { charts: &charts, figures: &figures, accounting: &accounting };
    let (report, document) = typeset::compile(project, &template, report, &behind, &mut memory.typeset, sink)?;
    Some(TypesetEdition { content, figures, report, charts, template, document, earlier, accounting })
}

pub(crate) fn compute(data: &Data, content: &Content, sink: &mut Sink) -> Option<Figures> {
    let fault =
        |reason: String| Diagnostic::error(Code::TemplateFault, None, format!("de tabellen konden niet gekoppeld worden ({reason})"));
    figures::compute(data, &content.edition, content.school_year).map_err(|reason| sink.push(fault(reason))).ok()
}

/// Draws every chart of the report, each in the colour of its chapter.
fn draw(content: &Content, figures: &Figures, report: &Report, template: &Template, sink: &mut Sink) -> Vec<(ChartRequest, Chart)> {
    let draw_one = |request: &ChartRequest| {
        let chapter = report.chapters.iter().find(|chapter| request.id.starts_with(&format!("{}/", chapter.key)));
        let style = template.chart_style(chapter.map(|chapter| chapter.color.as_str()), content.grouping);
        let words = charts::Words { title: &request.title, reasons: &request.reasons };
        charts::draw(figures, &request.spec, &request.selection, &words, &style)
    };
    let charts: Vec<_> = report.charts.par_iter().map(draw_one).collect();
    let mut drawn = Vec::with_capacity(charts.len());
    for (request, chart) in report.charts.iter().zip(charts) {
        match chart {
            Ok(chart) => {
                report_left_out(request, &chart, sink);
                drawn.push((request.clone(), chart));
            }
            Err(error) => {
                sink.push(Diagnostic::error(Code::TemplateFault, request.span, format!("de grafiek kan niet getekend worden ({error})")))
            }
        }
    }
    drawn
}

fn report_left_out(request: &ChartRequest, chart: &Chart, sink: &mut Sink) {
    for text in &chart.drawing.left_out {
        let message = format!("in deze grafiek is geen plaats voor «{text}»");
        sink.push(Diagnostic::warning(Code::ChartCrowded, request.span, message));
    }
}

/// Finds which figures earlier editions printed otherwise, and says in which editions it looked. Their locks are read again
/// only when one of them changed.
fn revise(
    project: &Project,
    content: &Content,
    figures: &Figures,
    report: &mut Report,
    mode: Mode,
    slot: &mut Option<Kept<OfEarlier, Vec<Lock>>>,
    sink: &mut Sink,
) -> BTreeMap<String, String> {
    let names = editions::earlier_editions(project, &content.edition, content.school_year);
    let locks = names.iter().map(|name| editions::lock_path(name)).filter(|path| project.exists(path));
    let of = (project.fingerprint(locks), names.clone());
    let locks = Kept::renew(slot, of, |sink| Some(editions::locks_of(project, &names, sink)));
    // Of a draft it is enough to know that its revisions could not be found.
    let severity = |said: &Diagnostic| if mode == Mode::Draft { Severity::Warning } else { said.severity };
    locks.said.iter().for_each(|said| sink.push(said.clone().severity(severity(said))));
    let locks = locks.value.as_deref().map_or(&[] as &[Lock], Vec::as_slice);
    editions::revise(report, figures, locks, mode, sink);
    editions::named(locks)
}
