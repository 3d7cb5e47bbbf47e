//! From the compiled document to bytes: the PDF for readers, the list of printed figures for machines, pictures for press
//! and lay-out.

mod chart_files;
mod figures_json;
mod page_pictures;
mod pdf;

pub use chart_files::charts;
pub use figures_json::{Entry, figures_json};
pub use page_pictures::{page_at_once, pages};
pub use pdf::{pdf, working_paper};

/// The folder of the pages as pictures.
pub const PAGES: &str = "paginas";

/// The folder of the charts as files.
pub const CHARTS: &str = "grafieken";

/// A file to be written in a folder of pictures.
#[derive(Debug)]
pub struct OutputFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Whether a file of this name is one that a build writes: `pagina-07-80dpi.png`, `grafiek-07-pesten.svg`.
pub fn is_picture_name(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let mut words = stem.splitn(3, '-');
    let (kind, number, rest) = (words.next(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let numbered = (2..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let page = kind == Some("pagina") && ending == "png" && page_pictures::is_resolution(rest);
    let chart = kind == Some("grafiek") && ["png", "svg"].contains(&ending) && !rest.is_empty();
    numbered && (page || chart)
}
