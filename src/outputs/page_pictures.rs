//! Every page as a PNG: small for looking through, larger for judging details.

use typst_layout::Page;
use typst_render::RenderOptions;

use super::OutputFile;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::typeset::Document;

/// In dots per inch.
const RESOLUTIONS: [u32; 2] = [80, 150];
const POINTS_PER_INCH: f64 = 72.0;

/// The pages in their order, each at every resolution: `pagina-01-80dpi.png`. The cores share the work.
pub fn pages(document: &Document, sink: &mut Sink) -> Vec<OutputFile> {
    let jobs: Vec<(usize, &Page, u32)> =
        document.paged.pages().iter().enumerate().flat_map(|(at, page)| RESOLUTIONS.map(|dpi| (at + 1, page, dpi))).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = jobs.len().div_ceil(cores).max(1);
    let drawn: Vec<Result<OutputFile, String>> = std::thread::scope(|scope| {
        let workers: Vec<_> = jobs.chunks(share).map(|jobs| scope.spawn(|| jobs.iter().map(picture).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|_| vec![Err("een bladzijde brak af".to_owned())])).collect()
    });
    let fault = |reason: String| Diagnostic::error(Code::TemplateFault, None, format!("een bladzijde kan geen beeld worden ({reason})"));
    drawn.into_iter().filter_map(|page| page.map_err(|reason| sink.push(fault(reason))).ok()).collect()
}

/// Whether these words end the name of a page: `80dpi`.
pub(super) fn is_resolution(words: &str) -> bool {
    RESOLUTIONS.iter().any(|dpi| words == format!("{dpi}dpi"))
}

fn picture((number, page, dpi): &(usize, &Page, u32)) -> Result<OutputFile, String> {
    let options = RenderOptions { pixel_per_pt: (f64::from(*dpi) / POINTS_PER_INCH).into(), render_bleed: true };
    let bytes = typst_render::render(page, &options).encode_png().map_err(|error| error.to_string())?;
    Ok(OutputFile { name: format!("pagina-{number:02}-{dpi}dpi.png"), bytes })
}

/// One page as a PNG of so many pixels a point, made to be looked at once: written quickly rather than small.
///
/// # Errors
/// When there is no such page (counted from 0), or its picture cannot be written, which is a fault of this program.
pub fn page_at_once(document: &Document, page: usize, pixels_per_point: f64) -> Result<Vec<u8>, String> {
    let page = document.paged.pages().get(page).ok_or("er is geen bladzijde met dat nummer")?;
    let sheet = typst_render::render(page, &RenderOptions { pixel_per_pt: pixels_per_point.into(), render_bleed: false });
    // A page is opaque, so its colours need no transparency beside them.
    let mut colors = Vec::with_capacity(sheet.data().len() / 4 * 3);
    for pixel in sheet.data().chunks_exact(4) {
        colors.extend_from_slice(&pixel[..3]);
    }
    let mut bytes = Vec::with_capacity(colors.len() / 8);
    let mut encoder = png::Encoder::new(&mut bytes, sheet.width(), sheet.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fastest);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&colors));
    written.map(|()| bytes).map_err(|error| error.to_string())
}
