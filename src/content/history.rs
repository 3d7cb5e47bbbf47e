//! What an edition says of the editions before it: why a figure differs, what was corrected after publication, and which
//! passages are still last year's.

use super::load::{Lowering, expression};
use super::model::{Correction, Erratum, Published};
use super::shapes::{ErratumShape, RevisionShape};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use crate::yaml::Text;

impl Lowering<'_> {
    /// A passage that `new` brought along from last year and that nobody has rewritten.
    pub(super) fn rewrite(&mut self, why: Option<&Text>) {
        self.rewrites.extend(why.map(|why| Spanned::new(why.value.trim().to_owned(), why.span)));
    }

    pub(super) fn corrections(&mut self, shapes: Vec<RevisionShape>) -> Vec<Correction> {
        shapes.into_iter().filter_map(|shape| self.correction(&shape)).collect()
    }

    fn correction(&mut self, shape: &RevisionShape) -> Option<Correction> {
        if shape.cijfers.is_empty() {
            let diagnostic = Diagnostic::error(Code::ContentValue, shape.reden.span, "deze herziening noemt geen cijfers");
            self.sink.push(diagnostic.help("Schrijf bij cijfers welke het zijn, bijvoorbeeld indicator[\"2018-2019\"].leerlingen."));
        }
        let figures = shape.cijfers.iter().map(|figure| expression(figure, &self.file)).collect();
        Some(Correction { figures, reason: self.line(&shape.reden), date: self.date(&shape.datum)? })
    }

    pub(super) fn errata(&mut self, shapes: Vec<ErratumShape>) -> Vec<Erratum> {
        shapes.into_iter().filter_map(|shape| self.erratum(&shape)).collect()
    }

    fn erratum(&mut self, shape: &ErratumShape) -> Option<Erratum> {
        let pdf = &shape.pdf;
        let is_hash = pdf.len() == 64 && pdf.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
        if !is_hash && !pdf.is_empty() {
            let diagnostic = Diagnostic::error(Code::ContentValue, pdf.span, format!("«{}» is geen sha256 van een pdf", pdf.value));
            self.sink.push(diagnostic.help("Neem de 64 tekens over uit de melding van het programma, of uit het slot onder [uitvoer]."));
        }
        Some(Erratum { date: self.date(&shape.datum)?, pdf: pdf.clone(), body: self.prose(&shape.tekst) })
    }

    pub(super) fn published(&mut self, written: Option<&Spanned<String>>) -> Option<Published> {
        let written = written?;
        Some(Published { date: self.date(written)?, span: written.span })
    }
}
