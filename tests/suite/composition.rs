//! How the pages of the built PDF are filled: nothing alone, nothing parted, nothing half empty.

use std::collections::{BTreeMap, BTreeSet};

use super::built::{draft_of, report};
use super::painted::Frame;
use super::reading::{Reading, frames_at};
use super::support::Copy;
use super::tagged::{Tag, Tagged};
use super::tags::none;

/// Of an A4 page, in points.
const HEIGHT: f64 = 842.0;

/// The frames of a tag's text on each of its pages, counted from 0.
fn frames(tag: &Tag, document: &Tagged) -> BTreeMap<usize, Vec<Frame>> {
    let mut frames: BTreeMap<usize, Vec<Frame>> = BTreeMap::new();
    for place in tag.places() {
        frames.entry(place.page).or_default().extend(frames_at(place, &document.pages));
    }
    frames
}

/// Lines of text: marks stand a little higher than the words beside them.
fn lines(frames: &[Frame]) -> usize {
    let mut bottoms: Vec<f64> = frames.iter().map(|frame| frame.bottom).collect();
    bottoms.sort_by(f64::total_cmp);
    1 + bottoms.windows(2).filter(|pair| pair[1] - pair[0] > 6.0).count()
}

#[test]
fn no_heading_stands_at_the_foot_of_a_page() {
    let document = report();
    let reading = Reading::of(document);
    let headings = document.tree.all().into_iter().filter(|tag| tag.name.len() == 2 && tag.name.starts_with('H'));
    none(headings.filter_map(|heading| {
        let frames = frames(heading, document);
        let (page, own) = frames.last_key_value()?;
        let foot = own.iter().map(|frame| frame.bottom).fold(HEIGHT, f64::min);
        let followed = reading.text.iter().any(|step| step.page == *page && step.frame.top < foot);
        (!followed).then(|| format!("page {}: {:?}", page + 1, heading.title))
    }));
}

#[test]
fn no_chart_is_parted_from_its_title_or_its_source() {
    let reading = Reading::of(report());
    let charts = (0..reading.text.len()).filter(|at| reading.text[*at].tag == "Figure");
    let charts: Vec<usize> = charts.collect();
    assert!(charts.len() > 10, "only {} charts", charts.len());
    none(charts.into_iter().filter_map(|at| {
        let page = reading.text[at].page;
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| reading.text.get(at));
        let apart: Vec<usize> = beside.map(|step| step.page).filter(|other| *other != page).collect();
        (!apart.is_empty()).then(|| format!("page {}: its words stand on page {}", page + 1, apart[0] + 1))
    }));
}

#[test]
fn no_paragraph_leaves_a_line_alone_on_a_page() {
    let document = report();
    none(document.tree.named("P").into_iter().flat_map(|paragraph| {
        let frames = frames(paragraph, document);
        let parted = frames.len() > 1;
        frames
            .into_iter()
            .filter(move |(_, frames)| parted && lines(frames) < 2)
            .map(|(page, frames)| format!("page {}: {frames:?}", page + 1))
    }));
}

#[test]
fn no_page_of_a_chapter_is_half_empty() {
    let document = report();
    let reading = Reading::of(document);
    let at = |title: &str| document.bookmarks.iter().find(|bookmark| bookmark.title == title).map(|bookmark| bookmark.page);
    let (first, last) = (at("Recht op onderwijs").expect("a chapter"), at("Bijlage").expect("an appendix"));
    let chapters: BTreeSet<usize> = (first..last).collect();
    assert!(chapters.len() > 25, "{chapters:?}");
    none(chapters.into_iter().filter_map(|page| {
        let foot = reading.text.iter().filter(|step| step.page == page).map(|step| step.frame.bottom).fold(HEIGHT, f64::min);
        (foot > HEIGHT / 2.0).then(|| format!("page {} ends at {foot:.0} of {HEIGHT}", page + 1))
    }));
}

/// A project of one section, with so many words in columns, in a callout and in a ranking that no page holds them.
fn overfull() -> Copy {
    let project = Copy::of_basis();
    let words = "Wie lang weg is, mist meer dan de les alleen, en wie terugkomt, vraagt om tijd en een plek. ".repeat(16);
    let paragraphs = |indent: &str| (1..7).map(|at| format!("{indent}Alinea {at}. {words}\n\n")).collect::<String>();
    let places =
        (1..6).map(|at| format!("                - {{ rang: 'afwezigheden(type=\"{at}\").rang', label: \"{}\" }}\n", words.trim()));
    let chapter = format!(
        "titel: Recht op onderwijs\nfase: concept\nkleur: koraal\ninleiding: |\n  Kort.\nonderdelen:\n  - id: lang\n    titel: Lang\n    \
         blokken:\n      - tekst: |\n{}        kolommen: 2\n      - kader:\n          kolommen: 3\n          tekst: |\n{}      - ranglijst:\n          \
         titel: Meest\n          lijsten:\n            - plaatsen:\n{}",
        paragraphs("          "),
        paragraphs("            "),
        places.collect::<String>()
    );
    project.write("content/2024-2025/01-hoofdstuk.yaml", chapter);
    let ranks = (1..6).map(|at| format!("afwezigheden,rang,2024-2025,,alle,alle,{at},alle,{at},,,,afdrukken,krant_2025,\n"));
    let published = String::from_utf8(project.read("data/2024-2025/gepubliceerd.csv")).expect("UTF-8");
    project.write("data/2024-2025/gepubliceerd.csv", published + &ranks.collect::<String>());
    project
}

#[test]
fn what_is_too_long_for_a_page_goes_on_on_the_next() {
    let document = draft_of(&overfull());
    let reading = Reading::of(&document);
    let outside = reading.text.iter().filter(|step| step.frame.bottom < 40.0 || step.frame.top > HEIGHT - 40.0);
    none(outside.map(|step| format!("page {}: {:?}", step.page + 1, step.frame)));
    assert!(reading.text.len() > 400, "only {} lines", reading.text.len());
}
