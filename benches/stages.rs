//! How long every stage takes on the edition of this repository. Typst's own compile and PDF are the floor; all our
//! stages together should stay under a quarter of them.
//!
//! `cargo bench` prints a line a stage; `ours` is everything but Typst, `whole` the road from files to bytes.

use std::path::Path;

use divan::{Bencher, black_box};
use jaarverslag::charts::{self, Chart};
use jaarverslag::content::{self, Content};
use jaarverslag::data::{self, Data};
use jaarverslag::diagnostic::Sink;
use jaarverslag::figures::{self, Figures};
use jaarverslag::project::Project;
use jaarverslag::report::{self, ChartRequest, Mode, Report};
use jaarverslag::typeset::{self, Template};
use jaarverslag::{Seal, outputs, walk};

const EDITION: &str = "2024-2025";

fn main() {
    divan::main();
}

fn project() -> Project {
    Project::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("this repository is a project")
}

fn loaded(project: &Project) -> (Content, Data) {
    let sink = &mut Sink::default();
    let content = content::load(project, EDITION, sink).expect("the text");
    (content, data::load(project, EDITION, sink).expect("the data"))
}

fn computed(content: &Content, data: &Data) -> Figures {
    figures::compute(data, EDITION, content.school_year).expect("the figures")
}

fn drawn(figures: &Figures, report: &Report, template: &Template, content: &Content) -> Vec<(ChartRequest, Chart)> {
    let style = template.chart_style(Some("koraal"), content.grouping);
    let draw = |request: &ChartRequest| {
        let words = charts::Words { title: &request.title, reasons: &request.reasons };
        (request.clone(), charts::draw(figures, &request.spec, &request.reference, &words, &style).expect("a chart"))
    };
    report.charts.iter().map(draw).collect()
}

#[divan::bench]
fn load_text(bencher: Bencher) {
    // A new project each time: one that has read its files remembers them.
    bencher.with_inputs(project).bench_values(|project| content::load(&project, EDITION, &mut Sink::default()));
}

#[divan::bench]
fn load_data(bencher: Bencher) {
    bencher.with_inputs(project).bench_values(|project| data::load(&project, EDITION, &mut Sink::default()));
}

#[divan::bench]
fn compute_figures(bencher: Bencher) {
    let (content, data) = loaded(&project());
    bencher.bench(|| computed(black_box(&content), black_box(&data)));
}

#[divan::bench]
fn bind_report(bencher: Bencher) {
    let (content, data) = loaded(&project());
    let figures = computed(&content, &data);
    bencher.bench(|| report::bind(&content, &figures, Mode::Final, &mut Sink::default()));
}

#[divan::bench]
fn draw_charts(bencher: Bencher) {
    let project = project();
    let (content, data) = loaded(&project);
    let figures = computed(&content, &data);
    let report = report::bind(&content, &figures, Mode::Final, &mut Sink::default());
    let template = Template::load(&project, &content.house_style, &mut Sink::default()).expect("the template");
    bencher.bench(|| drawn(&figures, &report, &template, &content));
}

/// All our stages, from files to what Typst gets.
#[divan::bench]
fn ours(bencher: Bencher) {
    bencher.with_inputs(project).bench_values(|project| {
        let (content, data) = loaded(&project);
        let figures = computed(&content, &data);
        let report = report::bind(&content, &figures, Mode::Final, &mut Sink::default());
        let template = Template::load(&project, &content.house_style, &mut Sink::default()).expect("the template");
        drawn(&figures, &report, &template, &content)
    });
}

/// Typst's compile alone, without anything it remembers of an earlier one.
#[divan::bench(sample_count = 20)]
fn typst_compile(bencher: Bencher) {
    let project = project();
    let (content, data) = loaded(&project);
    let figures = computed(&content, &data);
    let report = report::bind(&content, &figures, Mode::Final, &mut Sink::default());
    let template = Template::load(&project, &content.house_style, &mut Sink::default()).expect("the template");
    let drawn = drawn(&figures, &report, &template, &content);
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| {
        typeset::compile(&project, &template, report.clone(), &drawn, &figures, &data.sources_text, &mut Sink::default())
            .expect("a document")
    });
}

#[divan::bench(sample_count = 20)]
fn typst_pdf(bencher: Bencher) {
    let project = project();
    let (content, data) = loaded(&project);
    let figures = computed(&content, &data);
    let report = report::bind(&content, &figures, Mode::Final, &mut Sink::default());
    let template = Template::load(&project, &content.house_style, &mut Sink::default()).expect("the template");
    let drawn = drawn(&figures, &report, &template, &content);
    let made = typeset::compile(&project, &template, report, &drawn, &figures, &data.sources_text, &mut Sink::default());
    let (report, document) = made.expect("a document");
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| outputs::pdf(&document, &report, &mut Sink::default()));
}

/// The whole road, as `check` walks it.
#[divan::bench(sample_count = 20)]
fn whole(bencher: Bencher) {
    bencher
        .with_inputs(|| typst::comemo::evict(0))
        .bench_values(|()| walk(&project(), EDITION, Mode::Final, Seal::Warn, &mut Sink::default()).expect("an edition"));
}
