//! Makes the yearly report of the Flemish CLB sector: every printed number computed, traceable and checked.
//!
//! There is one road, and this is its story:
//!
//! 1. **Load.** [`content::load`] reads what editors wrote in `content/<editie>/`, [`data::load`] what was counted in
//!    `data/<editie>/`. Both finish before anything is judged, so that all mistakes are seen at once.
//! 2. **Compute.** [`figures::compute`] makes values available with unit, definition, marks and origin, and derives
//!    shares, means, differences and growth on demand.
//! 3. **Bind.** [`report::bind`] evaluates the placeholders of the text against the figures.
//! 4. **Draw.** [`charts::draw`] turns each series into a drawing, its alternative text and the table behind it.
//! 5. **Typeset.** [`typeset::compile`] hands the tree to the template as data and compiles it with Typst.
//! 6. **Write.** [`outputs`] makes the PDF, `figures.json` and pictures; [`project::Project::write_all`] puts them in place
//!    whole.
//!
//! [`walk`] goes from 1 to the bytes of 6; `check` stops there, [`build`] writes them. Whatever there is to say on the
//! way are [`diagnostic::Diagnostic`] values in one [`diagnostic::Sink`]; only [`cli`] prints.

pub mod charts;
pub mod cli;
pub mod content;
pub mod counting;
pub mod data;
pub mod diagnostic;
pub mod figures;
pub mod kept;
pub mod limits;
pub mod outputs;
pub mod preview;
pub mod project;
pub mod report;
pub mod road;
pub mod source;
pub mod synthesis;
pub mod typeset;
pub mod units;
pub mod yaml;

use diagnostic::Sink;
use figures::Figures;
use project::Project;
use report::Mode;
use road::Memory;
use typeset::Document;

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
}

impl Order {
    /// The PDF and its list of figures alone.
    pub fn of(mode: Mode) -> Self {
        Self { mode, print: false, pages: false, charts: false, counted: None }
    }

    /// The name of the PDF. One of fictitious figures says so, wherever it is sent.
    fn name(&self, edition: &str) -> String {
        let fictitious = if data::is_fictitious(edition) { "-voorbeeld-fictieve-cijfers" } else { "" };
        let print = if self.print { "-drukklaar" } else { "" };
        format!("jaarverslag{fictitious}{}{print}.pdf", self.suffix())
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
    /// Folder → its files: the pictures that were ordered.
    pub pictures: Vec<(&'static str, Vec<outputs::OutputFile>)>,
}

/// What was written: a file, or a folder of so many pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: String,
    /// Of a folder.
    pub files: Option<usize>,
}

/// Makes an edition and writes it to `out/<editie>/`.
///
/// `None` means that there were errors, all of them in the sink, and that nothing was written.
pub fn build(project: &Project, edition: &str, order: &Order, sink: &mut Sink) -> Option<Vec<Written>> {
    build_again(project, edition, order, &mut Memory::default(), sink)
}

/// The same, by who walked before and remembers.
pub fn build_again(project: &Project, edition: &str, order: &Order, memory: &mut Memory, sink: &mut Sink) -> Option<Vec<Written>> {
    let seal = if order.mode == Mode::Final { Seal::Enforce } else { Seal::Warn };
    let made = walk_again(project, edition, order, seal, memory, sink).filter(|_| !sink.has_errors())?;
    let folder = format!("out/{edition}");
    let mut files = vec![(format!("{folder}/{}", order.name(edition)), made.pdf), (format!("{folder}/figures.json"), made.figures_json)];
    files.extend(order.counted.iter().map(|text| (data::counted_path(edition), text.clone().into_bytes())));
    let mut written: Vec<Written> = files.iter().map(|(path, _)| Written { path: path.clone(), files: None }).collect();
    for (name, pictures) in made.pictures {
        let path = format!("{folder}/{name}{}/", order.suffix());
        written.push(Written { path: path.clone(), files: Some(pictures.len()) });
        files.extend(pictures.into_iter().map(|file| (format!("{path}{}", file.name), file.bytes)));
    }
    project.write_all(&files).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    for folder in written.iter().filter(|written| written.files.is_some()) {
        // Pictures of an earlier, longer report would stand among those of this one.
        let new: Vec<&str> = files.iter().filter_map(|(path, _)| path.strip_prefix(&folder.path)).collect();
        project.remove_others(&folder.path, &new, outputs::is_picture_name, sink);
    }
    if order.counted.is_none() {
        // It goes with figures.json, which was written anew and refers to no count.
        project.remove_others(&format!("{folder}/"), &[], |name| name == data::COUNTED, sink);
    }
    Some(written)
}

/// Walks the whole road in memory. Everything there is to say goes to the sink.
pub fn walk(project: &Project, edition: &str, order: &Order, seal: Seal, sink: &mut Sink) -> Option<Edition> {
    walk_again(project, edition, order, seal, &mut Memory::default(), sink)
}

/// The same, by who keeps what it may need the next time.
pub fn walk_again(project: &Project, edition: &str, order: &Order, seal: Seal, memory: &mut Memory, sink: &mut Sink) -> Option<Edition> {
    let bound = road::bind(project, edition, order, seal, memory, sink)?;
    let set = road::set(project, bound, memory, sink)?;
    let pdf = outputs::pdf(&set.document, &set.report, sink)?;
    let figures_json = outputs::figures_json(project, &set.report, &set.document);
    let mut pictures = Vec::new();
    if order.pages {
        pictures.push((outputs::PAGES, outputs::pages(&set.document, sink)));
    }
    if order.charts {
        pictures.push((outputs::CHARTS, outputs::charts(&set.charts, &set.figures, &set.report, sink)));
    }
    Some(Edition { pdf, figures_json, document: set.document, pictures })
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
