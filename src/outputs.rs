//! From the compiled document to bytes: the PDF for readers, the list of printed figures for machines, pictures for press
//! and lay-out.

mod chart_files;
mod figures_json;
mod page_pictures;
mod pdf;

pub use chart_files::charts;
pub use figures_json::{Entry, figures_json};
pub use page_pictures::pages;
pub use pdf::pdf;

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

/// Whether a file of this name was made by an earlier build.
pub fn is_picture_name(name: &str) -> bool {
    let numbered = |prefix: &str| name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (numbered("pagina-") || numbered("grafiek-")) && (name.ends_with(".png") || name.ends_with(".svg"))
}
