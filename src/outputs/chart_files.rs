//! Every chart as a file that can be passed on: with its title, its source and its marks, as SVG with outlined text (no
//! font is needed to show it) and as PNG.

use std::sync::{Arc, LazyLock};

use resvg::usvg::{self, fontdb};
use resvg::{render, tiny_skia};

use super::OutputFile;
use crate::charts::Chart;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::figures::Figures;
use crate::report::{ChartRequest, Report};

/// Pixels of a PNG for each point of the drawing: 300 to the inch.
const SCALE: f32 = 300.0 / 72.0;

/// The fonts of the drawings; those of the machine are never asked.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for bytes in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        fonts.load_font_data(bytes.to_vec());
    }
    Arc::new(fonts)
});

/// The charts in the order of the report, each as `grafiek-01-onderdeel.svg` and `.png`.
pub fn charts(charts: &[(ChartRequest, Chart)], figures: &Figures, report: &Report, sink: &mut Sink) -> Vec<OutputFile> {
    let mut files = Vec::new();
    for (request, chart) in charts {
        match files_of(request, chart, figures, report) {
            Ok(pair) => files.extend(pair),
            Err(reason) => {
                let message = format!("de grafiek kan geen bestand worden ({reason})");
                sink.push(Diagnostic::error(Code::TemplateFault, request.span, message));
            }
        }
    }
    files
}

fn files_of(request: &ChartRequest, chart: &Chart, figures: &Figures, report: &Report) -> Result<[OutputFile; 2], String> {
    let drawing = chart.captioned(&request.title, &foot(request, chart, figures, report)).map_err(|error| error.to_string())?;
    let options = usvg::Options { fontdb: Arc::clone(&FONTS), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&drawing.svg, &options).map_err(|error| error.to_string())?;
    let name = name(request, report);
    let svg = described(&tree.to_string(&usvg::WriteOptions::default()), request, chart, report);
    let svg = OutputFile { name: format!("{name}.svg"), bytes: svg.into_bytes() };
    Ok([svg, OutputFile { name: format!("{name}.png"), bytes: png(&tree)? }])
}

/// Note, sources, population and marks: what stands under the chart in the report.
fn foot(request: &ChartRequest, chart: &Chart, figures: &Figures, report: &Report) -> Vec<String> {
    let titles: Vec<&str> = chart.table.sources.iter().filter_map(|key| figures.source(key)).map(|source| source.title.as_str()).collect();
    let mut lines: Vec<String> = request.note.iter().cloned().collect();
    lines.push(format!("{} {}. Bron: {}", report.title, report.school_year, titles.join("; ")));
    lines.extend(chart.population.iter().map(|population| format!("Populatie: {population}")));
    let legend = chart.legend();
    if !legend.is_empty() {
        lines.push(legend.join(" · "));
    }
    lines.extend(report.banner.clone());
    lines
}

/// `grafiek-03-pesten`: the number in the report, and the section it stands in; what is made up says so.
fn name(request: &ChartRequest, report: &Report) -> String {
    let section = request.id.split('/').nth(1).unwrap_or_default();
    let made_up = if report.banner.is_some() { "-fictieve-cijfers" } else { "" };
    format!("grafiek-{:02}-{section}{made_up}", request.number)
}

/// The drawing with its title and its words for who does not see it: its text is drawn, and says nothing to a program.
fn described(svg: &str, request: &ChartRequest, chart: &Chart, report: &Report) -> String {
    let with_banner = |words: &str| match &report.banner {
        Some(banner) => format!("{words} ({banner})"),
        None => words.to_owned(),
    };
    let escaped = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, words) = (escaped(&with_banner(&request.title)), escaped(&with_banner(&chart.alt)));
    let opening = svg.find('>').map_or(0, |at| at + 1);
    let (head, body) = svg.split_at(opening);
    format!("{head}\n<title>{title}</title>\n<desc>{words}</desc>{body}")
}

fn png(tree: &usvg::Tree) -> Result<Vec<u8>, String> {
    let size = tree.size();
    let pixels = |points: f32| (points * SCALE).round() as u32;
    let mut sheet = tiny_skia::Pixmap::new(pixels(size.width()), pixels(size.height())).ok_or("zonder afmetingen")?;
    sheet.fill(tiny_skia::Color::WHITE);
    render(tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut sheet.as_mut());
    sheet.encode_png().map_err(|error| error.to_string())
}
