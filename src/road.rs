//! The road, stage by stage: from the files of an edition to its document. `build` and `check` walk it once; who walks it
//! again and again keeps a [`Memory`], and then only what depends on a change is made anew.

pub(crate) mod dressing;
pub(crate) mod locking;
pub(crate) mod writing;

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::charts::{self, Chart};
use crate::content::{self, Content, Phase};
use crate::data::{self, Data};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::editions::{self, Lock};
use crate::figures::{self, Figures};
use crate::kept::Kept;
use crate::project::{Fingerprint, Project};
use crate::report::{self, ChartRequest, Mode, Report};
use crate::source::{FileId, Span};
use crate::typeset::{self, Document, Template, check_colors};
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
    check_seal(project, edition, seal, sink);

    let (content, data) = (text.value.clone()?, tables.value.clone()?);
    let of = (of_data, content.school_year);
    let figures = Kept::renew(&mut memory.figures, of, |sink| compute(&data, &content, sink));
    sink.push_all(&figures.said);
    let figures = figures.value.clone()?;
    let mut bind_sink = Sink::default();
    let mut report = report::bind(&content, &figures, order.mode, &mut bind_sink);
    report.print = order.print;
    if !tables.is_sound() {
        // What a faulty table does not hold is the fault of the table, which has been reported.
        bind_sink.drop_codes(&[Code::ExpressionMissing, Code::ChartEmpty]);
    }
    sink.extend(bind_sink);
    let earlier = earlier(&mut memory.earlier, project, edition, content.school_year);
    // Of a draft it is enough to know that its revisions could not be found.
    let severity = |said: &Diagnostic| if order.mode == Mode::Draft { Severity::Warning } else { said.severity };
    earlier.said.iter().for_each(|said| sink.push(said.clone().severity(severity(said))));
    editions::revise(&mut report, &figures, earlier.value.as_deref().map_or(&[], Vec::as_slice), order.mode, sink);
    check_rewrites(&content, order.mode, sink);
    if order.mode == Mode::Final {
        check_phases(&content, &report, &text.said, sink);
        if !data::is_fictitious(edition) {
            check_alone(project, &content, sink);
        }
    }
    let house_style = order.style.clone().map_or_else(|| HouseStyle::of(&content), |name| HouseStyle { name, span: None });
    Some(Bound { content, figures, report, house_style })
}

/// Draws the charts and typesets.
pub fn set(project: &Project, bound: Bound, memory: &mut Memory, sink: &mut Sink) -> Option<TypesetEdition> {
    let Bound { content, figures, report, house_style } = bound;
    let template = Template::load(project, &house_style.name, house_style.span, sink)?;
    check_colors(&content, &template, sink);
    let charts = draw(&content, &figures, &report, &template, sink);
    let (report, document) = typeset::compile(project, &template, report, &charts, &figures, &mut memory.typeset, sink)?;
    Some(TypesetEdition { content, figures, report, charts, template, document })
}

fn check_seal(project: &Project, edition: &str, seal: Seal, sink: &mut Sink) {
    let mut found = Sink::default();
    data::verify(project, edition, &mut found);
    for diagnostic in found.into_sorted() {
        let enforced = seal == Seal::Enforce;
        sink.push(if enforced { diagnostic.severity(Severity::Error) } else { diagnostic });
    }
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

/// The locks of earlier editions, read again only when one of them changed.
fn earlier<'a>(
    slot: &'a mut Option<Kept<OfEarlier, Vec<Lock>>>,
    project: &Project,
    edition: &str,
    school_year: SchoolYear,
) -> &'a Kept<OfEarlier, Vec<Lock>> {
    let editions = editions::earlier_editions(project, edition, school_year);
    let locks = editions.iter().map(|name| editions::lock_path(name)).filter(|path| project.exists(path));
    let of = (project.fingerprint(locks), editions.clone());
    Kept::renew(slot, of, |sink| Some(editions::locks_of(project, &editions, sink)))
}

/// Each school year has one report.
fn check_alone(project: &Project, content: &Content, sink: &mut Sink) {
    let year = content.school_year.to_string();
    let claims =
        |name: &String| *name != content.edition && !data::is_fictitious(name) && project.school_year_of(name).as_deref() == Some(&year);
    for other in project.editions().iter().filter(|name| claims(name)) {
        let message = format!("ook de editie «{other}» zegt het verslag over {year} te zijn");
        sink.push(Diagnostic::error(Code::EditionTwice, None, message));
    }
}

/// Last year's words do not come out as this year's.
fn check_rewrites(content: &Content, mode: Mode, sink: &mut Sink) {
    let severity = if mode == Mode::Final { Severity::Error } else { Severity::Warning };
    let of_chapters = content.chapters.iter().flat_map(|chapter| &chapter.rewrites);
    for why in content.rewrites.iter().chain(of_chapters) {
        let message = format!("hier moet nog herschreven worden: {}", why.value);
        sink.push(Diagnostic::error(Code::ContentRewrite, why.span, message).severity(severity));
    }
}

/// Nothing leaves the house that nobody approved. A chapter with faults of its own is not ready to be asked about.
fn check_phases(content: &Content, report: &Report, said: &[Diagnostic], sink: &mut Sink) {
    let is_faulty =
        |file: FileId| said.iter().any(|fault| fault.severity == Severity::Error && fault.span.is_some_and(|span| span.file == file));
    let unapproved = content.chapters.iter().filter(|chapter| chapter.phase.value != Phase::Approved);
    for chapter in unapproved.filter(|chapter| !is_faulty(chapter.phase.span.file)) {
        let title = report.chapters.iter().find(|bound| bound.key == chapter.key).map_or(&chapter.key, |bound| &bound.title_text);
        let message = format!("het hoofdstuk «{title}» is nog niet goedgekeurd ({})", chapter.phase.value.as_str());
        sink.push(Diagnostic::error(Code::ContentPhase, chapter.phase.span, message));
    }
}
