//! The order in which the built PDF is read aloud, what of it is left unread, and in which language.

use std::collections::BTreeSet;

use super::built::{draft, draft_of, report};
use super::painted::{Frame, Painted, Words};
use super::support::{Copy, root};
use super::tagged::{Kid, Place, Sheet, Tag, Tagged};
use super::tags::none;

/// A piece of text as it is read, or a picture as a whole.
#[derive(Debug)]
pub struct Step {
    pub tag: String,
    /// Counted from 0.
    pub page: usize,
    pub frame: Frame,
}

/// All that is read, in order. A note is read where the text refers to it and stands at the foot: notes have an order of their own.
#[derive(Default)]
pub struct Reading {
    pub text: Vec<Step>,
    notes: Vec<Step>,
}

impl Reading {
    pub fn of(document: &Tagged) -> Self {
        let mut reading = Self::default();
        reading.walk(&document.tree, &document.pages, false);
        reading
    }

    fn walk(&mut self, tag: &Tag, pages: &[Sheet], in_note: bool) {
        let in_note = in_note || tag.name == "Note";
        let step = |page, frame| Step { tag: tag.name.clone(), page, frame };
        if let (Some(frame), "Figure") = (tag.frame, tag.name.as_str()) {
            self.steps(in_note).extend(tag.places().first().map(|place| step(place.page, frame)));
            return;
        }
        for kid in &tag.kids {
            match kid {
                Kid::Tag(tag) => self.walk(tag, pages, in_note),
                Kid::Content(place) => self.steps(in_note).extend(frames_at(*place, pages).map(|frame| step(place.page, frame))),
                Kid::Object(_) => {}
            }
        }
    }

    fn steps(&mut self, in_note: bool) -> &mut Vec<Step> {
        if in_note { &mut self.notes } else { &mut self.text }
    }
}

fn painted_at(place: Place, pages: &[Sheet]) -> impl Iterator<Item = &Painted> {
    pages[place.page].painted.iter().filter(move |painted| painted.is_content(place.number))
}

pub fn frames_at(place: Place, pages: &[Sheet]) -> impl Iterator<Item = Frame> {
    painted_at(place, pages).filter_map(|painted| painted.words.as_ref()).map(|words| words.frame)
}

/// Whether one piece begins higher than another that is read before it, without standing to its right. Less than a point is rounding.
fn climbs(before: Frame, after: Frame) -> bool {
    after.top > before.top + 1.0 && after.left < before.right - 1.0
}

fn out_of_order(steps: &[Step]) -> Vec<String> {
    let wrong = |(at, after): (usize, &Step)| {
        let before = steps[..at].iter().find(|before| before.page == after.page && climbs(before.frame, after.frame))?;
        Some(format!("page {}: {} at {:?} is read after {} at {:?}", after.page + 1, after.tag, after.frame, before.tag, before.frame))
    };
    steps.iter().enumerate().filter_map(wrong).collect()
}

#[test]
fn a_page_is_read_from_top_to_bottom() {
    for document in [report(), draft()] {
        let reading = Reading::of(document);
        none(out_of_order(&reading.text));
        none(out_of_order(&reading.notes));
    }
}

#[test]
fn pages_are_read_one_after_the_other_and_none_is_left_out() {
    for document in [report(), draft()] {
        let Reading { text, notes } = Reading::of(document);
        for steps in [&text, &notes] {
            let back = steps.windows(2).filter(|pair| pair[1].page < pair[0].page);
            none(back.map(|pair| format!("after page {} comes page {}", pair[0].page + 1, pair[1].page + 1)));
        }
        let read: BTreeSet<usize> = text.iter().map(|step| step.page).collect();
        assert_eq!(read.len(), document.pages.len(), "pages that are read: {read:?}");
    }
}

#[test]
fn everything_on_a_page_is_part_of_the_report_or_an_artifact() {
    for document in [report(), draft()] {
        none(document.pages.iter().enumerate().flat_map(|(page, sheet)| {
            let unclear = sheet.painted.iter().filter(|painted| painted.marks.len() != 1);
            unclear.map(move |painted| format!("page {}: {painted:?}", page + 1))
        }));
    }
}

#[test]
fn the_tags_reach_all_marked_content_once() {
    for document in [report(), draft()] {
        let mut reached = document.tree.places();
        let numbers =
            |(page, sheet): (usize, &Sheet)| sheet.numbers.iter().map(|number| Place { page, number: *number }).collect::<Vec<_>>();
        let mut marked: Vec<Place> = document.pages.iter().enumerate().flat_map(numbers).collect();
        reached.sort();
        marked.sort();
        none(reached.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("reached twice: {:?}", pair[0])));
        none(marked.iter().filter(|place| reached.binary_search(place).is_err()).map(|place| format!("never reached: {place:?}")));
        none(reached.iter().filter(|place| marked.binary_search(place).is_err()).map(|place| format!("leads nowhere: {place:?}")));
    }
}

/// The text in a margin of the page, by whether it lies in the one above the text or the one below.
fn in_margin(painted: &Painted, above: f64, below: f64) -> Option<&'static str> {
    let frame = painted.words.as_ref()?.frame;
    if frame.bottom > above {
        Some("Pagination/Header")
    } else if frame.top < below {
        Some("Pagination/Footer")
    } else {
        None
    }
}

fn page_size(key: &str) -> f64 {
    let tokens = std::fs::read(root().join("templates/2025/tokens.json")).expect("the tokens");
    let tokens: serde_json::Value = serde_json::from_slice(&tokens).expect("JSON");
    tokens["page"][key].as_f64().expect("a number")
}

#[test]
fn what_runs_along_in_the_margins_is_not_read() {
    let (above, below) = (page_size("height") - page_size("top"), page_size("bottom"));
    for document in [report(), draft()] {
        none(document.pages.iter().enumerate().flat_map(|(page, sheet)| {
            let stray = move |painted: &&Painted| in_margin(painted, above, below).is_some_and(|kind| painted.artifact() != Some(kind));
            let text = sheet.painted.iter().filter(|painted| painted.artifact() != Some("Background"));
            text.filter(stray).map(move |painted| format!("page {}: {painted:?}", page + 1))
        }));
        let with = |kind| pages_with(document, kind).len();
        assert_eq!(with("Pagination/Header"), with("Pagination/Footer"), "a header without a footer");
        assert!(with("Pagination/Header") * 2 > document.pages.len(), "{} running headers", with("Pagination/Header"));
    }
}

/// The pages with text in an artifact of this kind.
fn pages_with(document: &Tagged, kind: &str) -> Vec<usize> {
    let has = |sheet: &Sheet| sheet.painted.iter().any(|painted| painted.words.is_some() && painted.artifact() == Some(kind));
    (0..document.pages.len()).filter(|page| has(&document.pages[*page])).collect()
}

#[test]
fn the_watermark_of_a_draft_lies_behind_every_page_and_is_not_read() {
    assert_eq!(pages_with(report(), "Background"), Vec::<usize>::new());
    assert_eq!(pages_with(draft(), "Background"), (0..draft().pages.len()).collect::<Vec<usize>>());
    // Nothing else is this large.
    let large = |painted: &&Painted| painted.words.as_ref().is_some_and(|words| words.frame.top - words.frame.bottom > 100.0);
    none(
        draft()
            .pages
            .iter()
            .flat_map(|sheet| sheet.painted.iter().filter(large))
            .filter(|painted| painted.artifact().is_none())
            .map(|painted| format!("{painted:?}")),
    );
}

/// How many letters are read in which language, where that is not the report's own.
fn foreign_letters(tag: &Tag, inherited: &str, pages: &[Sheet], count: &mut Vec<(String, usize)>) {
    let language = tag.language.as_deref().unwrap_or(inherited);
    for kid in &tag.kids {
        match kid {
            Kid::Tag(kid) => foreign_letters(kid, language, pages, count),
            Kid::Content(place) => {
                let words = painted_at(*place, pages).filter_map(|painted| Some((painted, painted.words.as_ref()?)));
                let of =
                    |(painted, words): (&Painted, &Words)| (painted.language.clone().unwrap_or_else(|| language.to_owned()), words.letters);
                count.extend(words.map(of).filter(|(language, _)| !language.starts_with("nl")));
            }
            Kid::Object(_) => {}
        }
    }
}

#[test]
fn words_in_another_language_are_read_in_that_language() {
    let words = "early school leaving";
    let project = Copy::of_basis();
    project.replace("content/2024-2025/01-hoofdstuk.yaml", "Elke leerling telt mee.", &format!("Elk telt: [{words}](taal:en) niet."));
    let document = draft_of(&project);
    let mut count = Vec::new();
    foreign_letters(&document.tree, "nl-BE", &document.pages, &mut count);
    assert!(count.iter().all(|(language, _)| language == "en" || language.starts_with("en-")), "{count:?}");
    assert_eq!(count.iter().map(|(_, letters)| letters).sum::<usize>(), words.len(), "{count:?}");
}
