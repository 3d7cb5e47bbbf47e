//! The parts of the report with their pages: what the column of thumbnails shows.

use serde::Serialize;

use super::spot::{Spot, spot};
use crate::project::Project;
use crate::report::{Chapter, plain_text};
use crate::road::TypesetEdition;

/// A chapter or another part of the report, for the column of thumbnails.
#[derive(Clone, Default, Serialize)]
pub(super) struct ChapterView {
    pub title: String,
    pub number: Option<usize>,
    pub color: Option<String>,
    pub page: usize,
    pub phase: Option<&'static str>,
    pub file: Option<String>,
    pub line: Option<usize>,
    pub editor: Option<String>,
    pub sections: Vec<SectionView>,
}

#[derive(Clone, Serialize)]
pub(super) struct SectionView {
    pub title: String,
    pub page: usize,
}

/// All parts that have a page, in the order of the pages.
pub(super) fn of(project: &Project, set: &TypesetEdition) -> Vec<ChapterView> {
    let report = &set.report;
    let titled = |inlines| plain_text(inlines);
    let plain = [
        (None, "Omslag".to_owned()),
        (Some("verslag/inhoud"), "Inhoud".to_owned()),
        (Some(report.foreword.id.as_str()), titled(&report.foreword.title)),
        (Some(report.notes.id.as_str()), titled(&report.notes.title)),
        (Some("verslag/bijlage"), "Bijlage".to_owned()),
        (Some("verslag/bronnen"), "Bronnen".to_owned()),
        (Some(report.colophon.id.as_str()), report.colophon.title.clone()),
    ];
    let plain = plain.into_iter().filter_map(|(id, title)| plain_part(set, id, title));
    let chapters = report.chapters.iter().filter_map(|chapter| chapter_of(project, set, chapter));
    let mut parts: Vec<ChapterView> = plain.chain(chapters).collect();
    parts.sort_by_key(|part| part.page);
    parts
}

/// A part without a phase; the cover has no id, and is the first page.
fn plain_part(set: &TypesetEdition, id: Option<&str>, title: String) -> Option<ChapterView> {
    let page = match id {
        Some(id) => set.document.pages.get(id).copied()?,
        None => 1,
    };
    Some(ChapterView { title, page, ..ChapterView::default() })
}

fn chapter_of(project: &Project, set: &TypesetEdition, chapter: &Chapter) -> Option<ChapterView> {
    let phase = set.content.chapters.iter().find(|known| known.key == chapter.key)?.phase;
    let Spot { file, line, editor, .. } = spot(project, phase.span)?;
    let section = |section: &crate::report::Section| {
        Some(SectionView { title: section.title_text.clone(), page: set.document.pages.get(&section.id).copied()? })
    };
    Some(ChapterView {
        title: chapter.title_text.clone(),
        number: Some(chapter.number),
        color: set.template.color(&chapter.color).map(str::to_owned),
        page: set.document.pages.get(&chapter.id).copied()?,
        phase: Some(phase.value.as_str()),
        file: Some(file),
        line: Some(line),
        editor: Some(editor),
        sections: chapter.sections.iter().filter_map(section).collect(),
    })
}
