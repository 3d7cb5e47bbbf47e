//! What still stands between a draft and the final report, the shortest way first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::atlas::Atlas;
use super::layout::Layout;
use super::spot::spot;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::Project;

/// What one person can finish: a chapter, the report's own file, the data.
#[derive(Clone, PartialEq, Serialize)]
pub(super) struct StepGroup {
    title: String,
    page: Option<usize>,
    steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Serialize)]
struct Step {
    text: String,
    help: String,
    file: Option<String>,
    line: Option<usize>,
    editor: Option<String>,
    page: Option<usize>,
}

/// Which group a step belongs to; in this order where two are as short.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Domain {
    Chapter(String),
    Report,
    Data,
    Rest,
}

/// The errors of the final, grouped by who can mend them: the group with the fewest steps first, and in each the approval last.
pub(super) fn of(project: &Project, obstacles: &[Diagnostic], layout: Option<&Layout>, atlas: Option<&Atlas>) -> Vec<StepGroup> {
    let mut groups: BTreeMap<Domain, Vec<(bool, Step)>> = BTreeMap::new();
    for obstacle in obstacles {
        let step = step(project, obstacle, atlas);
        let domain = domain_of(obstacle, step.file.as_deref());
        groups.entry(domain).or_default().push((obstacle.code == Code::ContentPhase, step));
    }
    let mut groups: Vec<StepGroup> = groups.into_iter().map(|(domain, steps)| group(&domain, steps, layout)).collect();
    groups.sort_by_key(|group| group.steps.len());
    groups
}

fn step(project: &Project, obstacle: &Diagnostic, atlas: Option<&Atlas>) -> Step {
    let place = obstacle.span.and_then(|span| spot(project, span));
    let page = place.as_ref().and_then(|place| Some(atlas?.find(&place.file, place.line)?.page));
    Step {
        text: obstacle.message.clone(),
        help: obstacle.help.clone(),
        file: place.as_ref().map(|place| place.file.clone()),
        line: place.as_ref().map(|place| place.line),
        editor: place.map(|place| place.editor),
        page,
    }
}

fn domain_of(obstacle: &Diagnostic, file: Option<&str>) -> Domain {
    let Some(file) = file else {
        return if obstacle.code == Code::DataSeal { Domain::Data } else { Domain::Rest };
    };
    let name = file.rsplit('/').next().unwrap_or(file);
    match file.split('/').next() {
        Some("content") if name == "verslag.yaml" => Domain::Report,
        Some("content") => Domain::Chapter(name.trim_end_matches(".yaml").to_owned()),
        Some("data") => Domain::Data,
        _ => Domain::Rest,
    }
}

fn group(domain: &Domain, mut steps: Vec<(bool, Step)>, layout: Option<&Layout>) -> StepGroup {
    steps.sort_by_key(|(is_approval, _)| *is_approval);
    let (title, page) = match domain {
        Domain::Chapter(key) => chapter(key, layout),
        Domain::Report => ("Het verslag zelf (verslag.yaml)".to_owned(), None),
        Domain::Data => ("De gegevens".to_owned(), None),
        Domain::Rest => ("De bestanden en de huisstijl".to_owned(), None),
    };
    StepGroup { title, page, steps: steps.into_iter().map(|(_, step)| step).collect() }
}

/// Number and title of a chapter, as far as there are pages to know them from.
fn chapter(key: &str, layout: Option<&Layout>) -> (String, Option<usize>) {
    let found = layout.and_then(|layout| Some((layout, layout.set.report.chapters.iter().find(|chapter| chapter.key == key)?)));
    match found {
        Some((layout, chapter)) => {
            (format!("{}. {}", chapter.number, chapter.title_text), layout.set.document.pages.get(&chapter.id).copied())
        }
        None => (key.to_owned(), None),
    }
}
