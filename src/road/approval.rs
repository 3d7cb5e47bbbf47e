//! What a final asks of a report that is sound: sealed tables, approved chapters, no words of last year, no rival.

use crate::Seal;
use crate::content::{Content, Phase};
use crate::data;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::project::Project;
use crate::report::{Mode, Report};
use crate::source::FileId;

/// Everything but the seal, which is looked at before there is a report. `said` is what there was to say of the text.
pub(super) fn check(project: &Project, content: &Content, report: &Report, said: &[Diagnostic], mode: Mode, sink: &mut Sink) {
    check_rewrites(content, mode, sink);
    if mode == Mode::Final {
        check_phases(content, report, said, sink);
        check_alone(project, content, sink);
    }
}

pub(super) fn check_seal(project: &Project, edition: &str, seal: Seal, sink: &mut Sink) {
    let mut found = Sink::default();
    data::verify(project, edition, &mut found);
    for diagnostic in found.into_sorted() {
        let enforced = seal == Seal::Enforce;
        sink.push(if enforced { diagnostic.severity(Severity::Error) } else { diagnostic });
    }
}

/// Each school year has one report.
fn check_alone(project: &Project, content: &Content, sink: &mut Sink) {
    let year = content.school_year.to_string();
    for other in claimants(project, &content.edition, &year) {
        let message = format!("ook de editie «{other}» zegt het verslag over {year} te zijn");
        sink.push(Diagnostic::error(Code::EditionTwice, None, message));
    }
}

/// The other real editions that say they are of this school year; a fictitious edition has no rival.
pub(crate) fn claimants(project: &Project, edition: &str, year: &str) -> Vec<String> {
    if data::is_fictitious(edition) {
        return Vec::new();
    }
    let claims = |name: &String| name != edition && !data::is_fictitious(name) && project.school_year_of(name).as_deref() == Some(year);
    project.editions().into_iter().filter(claims).collect()
}

/// Last year's words do not come out as this year's.
fn check_rewrites(content: &Content, mode: Mode, sink: &mut Sink) {
    let severity = if mode == Mode::Final { Severity::Error } else { Severity::Warning };
    let of_chapters = content.chapters.iter().flat_map(|chapter| &chapter.rewrites);
    for why in content.rewrites.iter().chain(of_chapters) {
        let message = format!("hier moet nog herschreven worden: {}", why.value);
        sink.push(Diagnostic::error(Code::ContentRewrite, why.span, message).severity(severity));
    }
}

/// Nothing leaves the house that nobody approved. A chapter with faults of its own is not ready to be asked about.
fn check_phases(content: &Content, report: &Report, said: &[Diagnostic], sink: &mut Sink) {
    let is_faulty =
        |file: FileId| said.iter().any(|fault| fault.severity == Severity::Error && fault.span.is_some_and(|span| span.file == file));
    let unapproved = content.chapters.iter().filter(|chapter| chapter.phase.value != Phase::Approved);
    for chapter in unapproved.filter(|chapter| !is_faulty(chapter.phase.span.file)) {
        let title = report.chapters.iter().find(|bound| bound.key == chapter.key).map_or(&chapter.key, |bound| &bound.title_text);
        let message = format!("het hoofdstuk «{title}» is nog niet goedgekeurd ({})", chapter.phase.value.as_str());
        sink.push(Diagnostic::error(Code::ContentPhase, chapter.phase.span, message));
    }
}
