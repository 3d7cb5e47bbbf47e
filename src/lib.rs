//! Makes the yearly report of the Flemish CLB sector: every printed number computed, traceable and checked.
//!
//! There is one road, and this is its story:
//!
//! 1. **Load.** [`content::load`] reads what editors wrote in `content/<editie>/`, [`data::load`] what was counted in
//!    `data/<editie>/`. Both finish before anything is judged, so that all mistakes are seen at once.
//! 2. **Compute.** [`figures::compute`] makes values available with unit, definition, marks and origin, and derives
//!    shares, means, differences and growth on demand.
//! 3. **Bind.** [`report::bind`] evaluates the placeholders of the text against the figures.
//! 4. **Review.** [`review::review`] doubts every number and every statement: is what we print true?
//! 5. **Draw.** [`charts::draw`] turns each series into a drawing, its alternative text and the table behind it.
//! 6. **Typeset.** [`typeset::compile`] hands the tree to the template as data and compiles it with Typst.
//! 7. **Write.** [`outputs`] makes the PDF, `figures.json` and pictures; [`project::Project::write_all`] puts them in place
//!    whole.
//!
//! [`walk`] goes from 1 to the bytes of 7; `check` stops there, [`build`] writes them. Whatever there is to say on the
//! way are [`diagnostic::Diagnostic`] values in one [`diagnostic::Sink`]; only [`cli`] prints.

pub mod beginning;
pub mod charts;
pub mod cli;
pub mod comparing;
pub mod content;
pub mod counting;
pub mod data;
pub mod diagnostic;
pub mod editions;
pub mod figures;
pub mod kept;
pub mod limits;
pub mod outputs;
pub mod preview;
pub mod project;
pub mod regenerating;
pub mod report;
pub mod review;
pub mod road;
pub mod source;
pub mod synthesis;
pub mod typeset;
pub mod units;
pub mod yaml;

use std::sync::Arc;

use content::Content;
use diagnostic::Sink;
use editions::{Lock, Verdict};
use figures::Figures;
use project::Project;
use report::{Mode, Report};
use review::Accounting;
use road::{Memory, dressing, locking, writing};
use typeset::Document;

/// The list of printed figures.
const FIGURES: &str = "figures.json";

/// What a broken seal of the data means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    Warn,
    Enforce,
}

/// What to make of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub mode: Mode,
    /// For the printer: with bleed and crop marks.
    pub print: bool,
    /// Every page as a picture too.
    pub pages: bool,
    /// Every chart as a file of its own too.
    pub charts: bool,
    /// Observations that were counted just now, as the text of a strict table.
    pub counted: Option<String>,
    /// Another house style than the edition's own.
    pub style: Option<String>,
    /// Only what the edition's lock says, and nothing else.
    pub locked: bool,
    /// A warning is an error too.
    pub strict: bool,
}

impl Order {
    /// The PDF and its list of figures alone.
    pub fn of(mode: Mode) -> Self {
        Self { mode, print: false, pages: false, charts: false, counted: None, style: None, locked: false, strict: false }
    }

    /// The name of the PDF. One of fictitious figures says so, wherever it is sent.
    fn name(&self, edition: &str) -> String {
        let fictitious = if data::is_fictitious(edition) { "-voorbeeld-fictieve-cijfers" } else { "" };
        let print = if self.print { "-drukklaar" } else { "" };
        let style = self.style.as_ref().map(|style| format!("-huisstijl-{style}")).unwrap_or_default();
        format!("jaarverslag{fictitious}{}{style}{print}.pdf", self.suffix())
    }

    /// Whether it is the report as such, of which a lock is kept: not dressed otherwise, and of the edition's files alone.
    fn is_plain(&self) -> bool {
        !self.print && self.style.is_none() && self.counted.is_none()
    }

    /// Tells the files of a draft from those of the final.
    fn suffix(&self) -> &'static str {
        if self.mode == Mode::Draft { "-concept" } else { "" }
    }
}

/// Everything an edition comes to, in memory.
pub struct Edition {
    pub pdf: Vec<u8>,
    pub figures_json: Vec<u8>,
    pub document: Document,
    pub content: Arc<Content>,
    pub report: Report,
    /// Folder → its files: the pictures that were ordered.
    pub pictures: Vec<(&'static str, Vec<outputs::OutputFile>)>,
    /// What it was made of and what it prints.
    pub lock: Lock,
    /// What its review has to tell a reader.
    pub accounting: Accounting,
}

/// What was written: a file, or a folder of so many pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: String,
    /// Of a folder.
    pub files: Option<usize>,
}

/// What was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    pub files: Vec<Written>,
    /// How it compares with the lock, where that was asked.
    pub verdict: Option<Verdict>,
}

/// Makes an edition and writes it to `out/<editie>/`.
///
/// `None` means that there were errors, all of them in the sink, and that nothing was written.
pub fn build(project: &Project, edition: &str, order: &Order, sink: &mut Sink) -> Option<Built> {
    build_again(project, edition, order, &mut Memory::default(), sink)
}

/// The same, by who walked before and remembers.
pub fn build_again(project: &Project, edition: &str, order: &Order, memory: &mut Memory, sink: &mut Sink) -> Option<Built> {
    // A lock knows the tables better than their seal does, and has more to say of what changed.
    let seal = if order.mode == Mode::Final && !order.locked { Seal::Enforce } else { Seal::Warn };
    let locked = locking::before(project, edition, order, sink)?;
    let made = walk_again(project, edition, order, seal, memory, sink);
    let verdict = locking::compare(project, edition, order, locked.as_ref(), made.as_ref(), sink);
    let lock = made.as_ref().and_then(|made| locking::renewed(order, locked.as_ref(), made, sink));
    // What comparing and locking had to say counts too.
    if order.strict {
        sink.harden();
    }
    let made = made.filter(|_| !sink.has_errors())?;
    let files = writing::write(project, edition, order, locked.as_ref(), made, lock, sink)?;
    Some(Built { files, verdict })
}

/// An edition that was looked at and not written.
pub struct Checked {
    /// Absent where there were errors.
    pub edition: Option<Edition>,
    /// Absent where it could not be read so far.
    pub accounting: Option<Accounting>,
}

/// Walks the whole road and tells what its review came to, also of an edition that is not in order.
pub fn check(project: &Project, edition: &str, order: &Order, sink: &mut Sink) -> Checked {
    let mut memory = Memory::default();
    let edition = walk_again(project, edition, order, Seal::Warn, &mut memory, sink);
    Checked { edition, accounting: memory.accounting }
}

/// Walks the whole road in memory. Everything there is to say goes to the sink.
pub fn walk(project: &Project, edition: &str, order: &Order, seal: Seal, sink: &mut Sink) -> Option<Edition> {
    walk_again(project, edition, order, seal, &mut Memory::default(), sink)
}

/// The same, by who keeps what it may need the next time.
pub fn walk_again(project: &Project, edition: &str, order: &Order, seal: Seal, memory: &mut Memory, sink: &mut Sink) -> Option<Edition> {
    let bound = road::bind(project, edition, order, seal, memory, sink)?;
    let undressed = order.style.is_some().then(|| bound.clone());
    let set = road::set(project, bound, memory, sink)?;
    if let Some(bound) = undressed {
        dressing::prove(project, bound, &set, memory, sink)?;
    }
    let pdf = outputs::pdf(&set.document, &set.report, sink)?;
    let figures_json = outputs::figures_json(project, &set.report, &set.document);
    let lock = locking::record(project, edition, order, &set, &[(order.name(edition), &pdf), (FIGURES.to_owned(), &figures_json)]);
    if order.strict {
        sink.harden();
    }
    let mut pictures = Vec::new();
    if order.pages {
        pictures.push((outputs::PAGES, outputs::pages(&set.document, sink)));
    }
    if order.charts {
        pictures.push((outputs::CHARTS, outputs::charts(&set.charts, &set.figures, &set.report, sink)));
    }
    Some(Edition {
        pdf,
        figures_json,
        document: set.document,
        content: set.content,
        report: set.report,
        pictures,
        lock,
        accounting: set.accounting,
    })
}

/// The figures of an edition without its report, for who asks where a number comes from.
pub fn figures_of(project: &Project, edition: &str, sink: &mut Sink) -> Option<Figures> {
    // The text names the school year; its other faults are the business of `check`.
    let mut text_sink = Sink::default();
    let content = content::load(project, edition, &mut content::Memory::default(), &mut text_sink);
    let data = data::load(project, edition, None, sink)?;
    if content.is_none() {
        sink.extend(text_sink);
        sink.name_edition(edition);
    }
    road::compute(&data, &content?, sink)
}

/// The JSON Schemas of the files that people write, each with the name of its file.
pub fn schemas() -> Vec<(&'static str, String)> {
    let text = |schema: schemars::Schema| {
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    };
    vec![
        ("verslag", text(schemars::schema_for!(content::ReportFile))),
        ("verslag-van-een-ander", text(schemars::schema_for!(content::DerivedReportFile))),
        ("hoofdstuk", text(schemars::schema_for!(content::ChapterFile))),
        ("indicatoren", text(schemars::schema_for!(data::IndicatorsFile))),
        ("nomenclatuur", text(schemars::schema_for!(data::NomenclatureFile))),
        ("bronnen", text(schemars::schema_for!(data::SourcesFile))),
    ]
}
