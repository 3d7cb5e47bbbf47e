//! Where the nodes of the report came to stand: which part of which page, and with which words.
//!
//! The template leaves the id of a node where it begins and where it ends (`place` and `place-end`). Everything that Typst
//! put between the two belongs to the node, except what stands on the same page by chance: headers, footers, watermarks and
//! the notes at the foot of a page on which a paragraph has not ended yet.

use typst::foundations::{Content, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Inherit, Point, Size, Transform};
use typst::pdf::ArtifactElem;
use typst_layout::PagedDocument;

/// In heights of a line: words that are farther apart are not one.
const LEAST_GAP: f64 = 0.2;

/// Where Typst breaks a word.
const SOFT_HYPHEN: char = '\u{ad}';

/// What of a node stands on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedNode {
    pub id: String,
    /// One, or more where it goes on in another column or on another line.
    pub areas: Vec<Area>,
    /// Its text, as far as it stands on this page.
    pub words: String,
    /// What is its own and of no node within it, words and pictures: who compares two documents sees here what changed.
    pub own: String,
}

/// A part of a page, in points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    fn right(self) -> f64 {
        self.x + self.width
    }

    fn bottom(self) -> f64 {
        self.y + self.height
    }

    fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = (self.right().max(other.right()), self.bottom().max(other.bottom()));
        Self { x, y, width: right - x, height: bottom - y }
    }

    /// Whether what follows stands in a column further on: higher, with white between. A mark stands close.
    fn is_before_column_of(self, next: Self) -> bool {
        const LEAST_GUTTER: f64 = 4.0;
        next.x >= self.right() + LEAST_GUTTER && next.bottom() < self.bottom()
    }
}

/// The nodes of every page, in reading order, and the words that stand in none of them.
pub(super) fn of(document: &PagedDocument) -> (Vec<Vec<PlacedNode>>, Vec<String>) {
    let mut walk = Walk::default();
    document.pages().iter().map(|page| walk.page(&page.frame)).unzip()
}

/// A walk over the frames of all pages; a node may begin on one and end on the next.
#[derive(Default)]
struct Walk {
    /// The nodes that have begun and not ended, outermost first.
    open: Vec<String>,
    /// Those set aside while something stands between that is no part of them.
    aside: Vec<(Location, Vec<String>)>,
    page: Vec<PlacedNode>,
    /// Words of this page in no node.
    elsewhere: String,
    /// The line of the last words, and where they ended.
    line: f64,
    end: f64,
}

impl Walk {
    fn page(&mut self, frame: &Frame) -> (Vec<PlacedNode>, String) {
        self.page = self.open.iter().map(|id| unplaced(id)).collect();
        self.frame(frame, Transform::identity());
        let mut page = std::mem::take(&mut self.page);
        page.retain(|node| !node.areas.is_empty());
        (page, std::mem::take(&mut self.elsewhere))
    }

    fn frame(&mut self, frame: &Frame, transform: Transform) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner = transform.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                    // A note at the foot of the page is no part of what has not ended above it; so is its rest, a page further.
                    let is_note = group.parent.is_some_and(|parent| parent.inherit == Inherit::No);
                    let above = is_note.then(|| std::mem::take(&mut self.open));
                    self.frame(&group.frame, inner);
                    self.open = above.unwrap_or_else(|| std::mem::take(&mut self.open));
                }
                FrameItem::Text(text) => {
                    // The box of a line is one em high, four fifths of it above the base line, as the template sets it.
                    let top = Point::new(at.x, at.y - text.size * 0.8);
                    self.extend(area(top, Size::new(text.width(), text.size), transform), Some(&text.text));
                }
                FrameItem::Shape(shape, _) => self.extend(area(*at, shape.bbox(false).size(), transform), None),
                FrameItem::Image(image, size, _) => {
                    self.extend(area(*at, *size, transform), None);
                    self.add_own(&format!("{:x}", typst::utils::hash128(image)));
                }
                FrameItem::Tag(tag) => self.tag(tag),
                FrameItem::Link(..) => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(content, _) if content.is::<ArtifactElem>() => {
                self.aside.push((tag.location(), std::mem::take(&mut self.open)));
            }
            Tag::Start(content, _) => match place_of(content) {
                Some(Place::Begin(id)) => {
                    self.page.push(unplaced(&id));
                    self.open.push(id);
                }
                Some(Place::End(id)) => self.open.retain(|open| *open != id),
                None => {}
            },
            Tag::End(location, ..) => {
                if let Some((_, open)) = self.aside.pop_if(|(begun, _)| begun == location) {
                    self.open = open;
                }
            }
        }
    }

    fn add_own(&mut self, what: &str) {
        let Some(id) = self.open.last() else { return };
        if let Some(node) = self.page.iter_mut().rev().find(|node| node.id == *id) {
            node.own.push_str(what);
        }
    }

    fn extend(&mut self, area: Area, words: Option<&str>) {
        let new_line = words.is_some() && (area.bottom() - self.line).abs() > area.height / 2.0;
        // What stands apart on a line is no part of the word before it: a number of a page, a cell of a table.
        let apart = new_line || (area.x - self.end).abs() > area.height * LEAST_GAP;
        if words.is_some() {
            (self.line, self.end) = (area.bottom(), area.right());
        }
        for id in &self.open {
            let Some(node) = self.page.iter_mut().rev().find(|node| node.id == *id) else { continue };
            match node.areas.last_mut() {
                Some(last) if !last.is_before_column_of(area) => *last = last.with(area),
                _ => node.areas.push(area),
            }
            if let Some(words) = words {
                append(&mut node.words, words, new_line);
            }
        }
        let Some(words) = words else { return };
        if self.open.is_empty() && self.aside.is_empty() {
            append(&mut self.elsewhere, words, apart);
        }
        self.add_own(words);
    }
}

/// Adds words to a text; a word that was broken off is one word.
fn append(text: &mut String, words: &str, new_line: bool) {
    let broken_off = new_line && text.ends_with(SOFT_HYPHEN) && text.pop().is_some();
    if new_line && !broken_off && !text.is_empty() && !text.ends_with(char::is_whitespace) {
        text.push(' ');
    }
    text.push_str(words);
}

fn unplaced(id: &str) -> PlacedNode {
    PlacedNode { id: id.to_owned(), areas: Vec::new(), words: String::new(), own: String::new() }
}

enum Place {
    Begin(String),
    End(String),
}

fn place_of(content: &Content) -> Option<Place> {
    let Value::Str(id) = &content.to_packed::<MetadataElem>()?.value else { return None };
    match &*content.label()?.resolve() {
        "place" => Some(Place::Begin(id.to_string())),
        "place-end" => Some(Place::End(id.to_string())),
        _ => None,
    }
}

/// Nothing on our pages is turned but the watermark, which belongs to no node: two corners say enough.
fn area(at: Point, size: Size, transform: Transform) -> Area {
    let (from, to) = (at.transform(transform), Point::new(at.x + size.x, at.y + size.y).transform(transform));
    let (x, y) = (from.x.to_pt(), from.y.to_pt());
    Area { x, y, width: to.x.to_pt() - x, height: to.y.to_pt() - y }
}
