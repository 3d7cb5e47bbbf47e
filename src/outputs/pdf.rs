//! The PDF: PDF/UA-1 for who does not see it, PDF/A-2a for who keeps it, both in one file.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::report::Report;
use crate::typeset::Document;

/// Writes the document as PDF. The same document gives the same bytes.
pub fn pdf(document: &Document, report: &Report, sink: &mut Sink) -> Option<Vec<u8>> {
    pdf_of(&document.paged, &ident(report), &[PdfStandard::Ua_1, PdfStandard::A_2a], sink)
}

/// A working paper: for who does not see it, and not for the archive, which asks for a date. `ident` tells it from others.
pub fn working_paper(document: &PagedDocument, ident: &str, sink: &mut Sink) -> Option<Vec<u8>> {
    pdf_of(document, ident, &[PdfStandard::Ua_1], sink)
}

fn pdf_of(document: &PagedDocument, ident: &str, standards: &[PdfStandard], sink: &mut Sink) -> Option<Vec<u8>> {
    let standards = PdfStandards::new(standards);
    let fault = |reason: &str| Diagnostic::error(Code::TemplateFault, None, format!("de pdf kan niet gemaakt worden ({reason})"));
    let standards = standards.map_err(|error| sink.push(fault(error.message()))).ok()?;
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(format!("jaarverslag {}", env!("CARGO_PKG_VERSION")))),
        // The date stands in the document itself; the clock is never asked.
        timestamp: None,
        standards,
        ..PdfOptions::default()
    };
    match typst_pdf::pdf(document, &options) {
        Ok(bytes) => Some(bytes),
        Err(problems) => {
            for problem in problems {
                sink.push(fault(&problem.message));
            }
            None
        }
    }
}

/// What tells this file from the others of its edition.
fn ident(report: &Report) -> String {
    let state = if report.draft { "concept" } else { "definitief" };
    let print = if report.print { "/drukklaar" } else { "" };
    format!("jaarverslag/{}/{state}{print}", report.edition)
}
