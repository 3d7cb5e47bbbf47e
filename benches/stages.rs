//! How long every stage takes on the edition of this repository. Typst's own compile and PDF are the floor; all our
//! stages together should stay under a quarter of them.
//!
//! `cargo bench` prints a line a stage; `ours` is everything but Typst, `whole` the road from files to bytes. `synthesize` and
//! `count` are the other half of the program, on one school year of a twentieth of the country; at the scale of the country,
//! and beside others, `benches/peers/` measures them.

use std::path::Path;

use divan::{Bencher, black_box};
use jaarverslag::charts::{self, Chart};
use jaarverslag::content::{self, Content};
use jaarverslag::counting::{self, Request, Watch};
use jaarverslag::data::{self, Data};
use jaarverslag::diagnostic::Sink;
use jaarverslag::figures::{self, Figures};
use jaarverslag::project::Project;
use jaarverslag::report::{self, ChartRequest, Mode, Report};
use jaarverslag::review::{self, Accounting, Reviewed};
use jaarverslag::synthesis::{self, Assumptions};
use jaarverslag::typeset::{self, Behind, Document, Template};
use jaarverslag::units::SchoolYear;
use jaarverslag::{Order, Seal, outputs, walk};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EDITION: &str = "2024-2025";

fn main() {
    divan::main();
}

fn project() -> Project {
    Project::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("this repository is a project")
}

/// Everything that a stage may need of the stages before it.
struct Prepared {
    project: Project,
    content: Content,
    data: Data,
    figures: Figures,
    report: Report,
    template: Template,
}

fn prepared(project: Project) -> Prepared {
    prepared_of(project, EDITION)
}

fn prepared_of(project: Project, edition: &str) -> Prepared {
    let sink = &mut Sink::default();
    let content = content::load(&project, edition, &mut content::Memory::default(), sink).expect("the text");
    let data = data::load(&project, edition, None, sink).expect("the data");
    let figures = figures::compute(&data, edition, content.school_year).expect("the figures");
    let report = report::bind(&content, &figures, Mode::Final, sink);
    let template = Template::load(&project, &content.house_style.value, None, sink).expect("the template");
    Prepared { project, content, data, figures, report, template }
}

impl Prepared {
    fn draw(&self) -> Vec<(ChartRequest, Chart)> {
        let style = self.template.chart_style(Some("koraal"), self.content.grouping);
        let draw = |request: &ChartRequest| {
            let words = charts::Words { title: &request.title, reasons: &request.reasons };
            (request.clone(), charts::draw(&self.figures, &request.spec, &request.selection, &words, &style).expect("a chart"))
        };
        self.report.charts.iter().map(draw).collect()
    }

    fn typeset(&self, charts: &[(ChartRequest, Chart)]) -> (Report, Document) {
        let (memory, sink) = (&mut typeset::Memory::default(), &mut Sink::default());
        let behind = Behind { charts, figures: &self.figures, accounting: &Accounting::default() };
        let made = typeset::compile(&self.project, &self.template, self.report.clone(), &behind, memory, sink);
        made.expect("a document")
    }
}

#[divan::bench]
fn load_text(bencher: Bencher) {
    // A new project each time: one that has read its files remembers them.
    bencher
        .with_inputs(project)
        .bench_values(|project| content::load(&project, EDITION, &mut content::Memory::default(), &mut Sink::default()));
}

#[divan::bench]
fn load_data(bencher: Bencher) {
    bencher.with_inputs(project).bench_values(|project| data::load(&project, EDITION, None, &mut Sink::default()));
}

#[divan::bench]
fn compute_figures(bencher: Bencher) {
    let ready = prepared(project());
    bencher.bench(|| figures::compute(black_box(&ready.data), EDITION, ready.content.school_year));
}

#[divan::bench]
fn bind_report(bencher: Bencher) {
    let ready = prepared(project());
    bencher.bench(|| report::bind(&ready.content, &ready.figures, Mode::Final, &mut Sink::default()));
}

/// The whole edition, doubted; the edition with the most rows beside it.
#[divan::bench(args = [EDITION, "voorbeeld-2024-2025"])]
fn review_report(bencher: Bencher, edition: &str) {
    let ready = prepared_of(project(), edition);
    let Prepared { content, data, figures, report, .. } = &ready;
    let reviewed = Reviewed { content, data, figures, report, predecessor: None, mode: Mode::Final };
    bencher.bench(|| review::review(black_box(&reviewed)));
}

#[divan::bench]
fn draw_charts(bencher: Bencher) {
    let ready = prepared(project());
    bencher.bench(|| ready.draw());
}

/// All our stages, from files to what Typst gets.
#[divan::bench]
fn ours(bencher: Bencher) {
    bencher.with_inputs(project).bench_values(|project| prepared(project).draw());
}

/// Typst's compile alone, without anything it remembers of an earlier one.
#[divan::bench(sample_count = 20)]
fn typst_compile(bencher: Bencher) {
    let ready = prepared(project());
    let charts = ready.draw();
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| ready.typeset(&charts));
}

#[divan::bench(sample_count = 20)]
fn typst_pdf(bencher: Bencher) {
    let ready = prepared(project());
    let (report, document) = ready.typeset(&ready.draw());
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| outputs::pdf(&document, &report, &mut Sink::default()));
}

/// The whole road, as `check` walks it.
#[divan::bench(sample_count = 20)]
fn whole(bencher: Bencher) {
    bencher
        .with_inputs(|| typst::comemo::evict(0))
        .bench_values(|()| walk(&project(), EDITION, &Order::of(Mode::Final), Seal::Warn, &mut Sink::default()).expect("an edition"));
}

/// Nobody looks on.
struct Unwatched;

impl Watch for Unwatched {
    fn begin(&self, _: u64) {}

    fn goes_on(&self, _: u64) -> bool {
        true
    }
}

const COUNTED: u16 = 2024;

/// Makes registrations in a new folder; gives their number.
fn make_registrations(folder: &Path) -> u64 {
    let data = data::built_in_data(&mut Sink::default()).expect("the data of the program");
    let (topics, known) = (synthesis::topics_of(&data), synthesis::known(&data));
    let plan = synthesis::plan(&topics, &known, &Assumptions::built_in()).expect("a plan");
    let order = synthesis::Order { folder: folder.join("nieuw"), years: vec![COUNTED], seed: 1, scale: 0.05 };
    synthesis::write(&order, &data, &plan, &Unwatched).expect("registrations").rows
}

#[divan::bench(sample_count = 20)]
fn synthesize(bencher: Bencher) {
    let folder = || tempfile::tempdir().expect("a folder");
    bencher.with_inputs(folder).bench_values(|folder| make_registrations(folder.path()));
}

#[divan::bench(sample_count = 20)]
fn count(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = make_registrations(folder.path());
    let definitions = data::built_in_definitions(&mut Sink::default()).expect("the definitions of the program");
    let request = Request {
        paths: vec![folder.path().join("nieuw").join(synthesis::REGISTRATIONS)],
        years: vec![SchoolYear::starting_in(COUNTED).expect("a school year")],
        chosen_years: true,
        sure_of_years: true,
        indicators: None,
        internal: true,
        accepted: Vec::new(),
        tolerance: counting::TOLERANCE,
        source: None,
    };
    bencher.counter(divan::counter::ItemsCount::new(rows)).bench(|| counting::count(&request, &definitions, &Unwatched).expect("a count"));
}
