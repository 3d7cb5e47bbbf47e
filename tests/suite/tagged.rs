//! A PDF as assistive technology reads it: its tag tree, the pages that the tags point into, its bookmarks and links.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Number, Object, ObjectIdentifier};

use super::painted::{self, Frame, Painted, text_of};

pub struct Tagged {
    pub pages: Vec<Sheet>,
    pub tree: Tag,
    pub bookmarks: Vec<Bookmark>,
}

pub struct Sheet {
    pub painted: Vec<Painted>,
    /// The numbers of all marked content, painted or not.
    pub numbers: Vec<i32>,
    pub links: Vec<Link>,
}

/// One element of the tag tree.
#[derive(Debug, Default)]
pub struct Tag {
    pub name: String,
    pub alt: Option<String>,
    /// What a heading says.
    pub title: Option<String>,
    pub language: Option<String>,
    /// For which cells a header cell speaks.
    pub scope: Option<String>,
    /// Where a figure stands on its page.
    pub frame: Option<Frame>,
    pub kids: Vec<Kid>,
}

#[derive(Debug)]
pub enum Kid {
    Tag(Tag),
    Content(Place),
    /// Something outside the page's content: a link.
    Object(ObjectIdentifier),
}

/// Marked content: page, counted from 0, and number on that page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub page: usize,
    pub number: i32,
}

#[derive(Debug)]
pub struct Link {
    pub id: ObjectIdentifier,
    pub contents: Option<String>,
    pub address: Option<String>,
}

#[derive(Debug, PartialEq)]
pub struct Bookmark {
    pub level: usize,
    pub title: String,
    pub page: usize,
}

impl Tag {
    pub fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.kids.iter().filter_map(|kid| if let Kid::Tag(tag) = kid { Some(tag) } else { None })
    }

    /// This tag and all below it, in reading order.
    pub fn all(&self) -> Vec<&Tag> {
        std::iter::once(self).chain(self.tags().flat_map(Tag::all)).collect()
    }

    pub fn named(&self, name: &str) -> Vec<&Tag> {
        self.all().into_iter().filter(|tag| tag.name == name).collect()
    }

    /// All content below this tag, in reading order.
    pub fn places(&self) -> Vec<Place> {
        let of = |kid: &Kid| match kid {
            Kid::Tag(tag) => tag.places(),
            Kid::Content(place) => vec![*place],
            Kid::Object(_) => Vec::new(),
        };
        self.kids.iter().flat_map(of).collect()
    }

    pub fn objects(&self) -> impl Iterator<Item = ObjectIdentifier> {
        self.kids.iter().filter_map(|kid| if let Kid::Object(id) = kid { Some(*id) } else { None })
    }
}

pub fn read(bytes: &[u8]) -> Tagged {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    let pages = pdf.pages();
    let order = pages.iter().enumerate().filter_map(|(at, page)| Some((page.raw().obj_id()?, at))).collect();
    let root: Dict<'_> = catalog.get("StructTreeRoot").expect("a tag tree");
    let mut bookmarks = Vec::new();
    gather_bookmarks(&catalog.get("Outlines").expect("bookmarks"), 1, &order, &mut bookmarks);
    let sheet = |page| {
        let (painted, numbers) = painted::read(page);
        Sheet { painted, numbers, links: links_of(page.raw()) }
    };
    Tagged { pages: pages.iter().map(sheet).collect(), tree: tag_of(&root, None, &order), bookmarks }
}

type Order = BTreeMap<ObjectIdentifier, usize>;

fn page_of(element: &Dict<'_>, order: &Order) -> Option<usize> {
    let id = element.get_ref("Pg")?;
    Some(*order.get(&id.into()).expect("a page of this PDF"))
}

/// An element without a page of its own stands on that of its parent.
fn tag_of(element: &Dict<'_>, page: Option<usize>, order: &Order) -> Tag {
    let page = page_of(element, order).or(page);
    let kids = match element.get::<Object<'_>>("K") {
        Some(Object::Array(kids)) => kids.iter::<Object<'_>>().filter_map(|kid| kid_of(kid, page, order)).collect(),
        Some(kid) => kid_of(kid, page, order).into_iter().collect(),
        None => Vec::new(),
    };
    let scope = attribute(element, "Table", "Scope").and_then(text_of);
    let frame = attribute(element, "Layout", "BBox").and_then(Object::into_array).map(|corners| frame_of(&corners));
    let text = |key| text(element, key);
    Tag { name: text("S").unwrap_or_default(), alt: text("Alt"), title: text("T"), language: text("Lang"), scope, frame, kids }
}

fn kid_of(kid: Object<'_>, page: Option<usize>, order: &Order) -> Option<Kid> {
    let content = |number: Number, page: Option<usize>| {
        Some(Kid::Content(Place { page: page.expect("content on a page"), number: number.as_i64() as i32 }))
    };
    match kid {
        Object::Number(number) => content(number, page),
        Object::Dict(kid) => match text(&kid, "Type").as_deref() {
            Some("MCR") => content(kid.get("MCID").expect("a number"), page_of(&kid, order).or(page)),
            Some("OBJR") => Some(Kid::Object(kid.get_ref("Obj").expect("an object").into())),
            _ => Some(Kid::Tag(tag_of(&kid, page, order))),
        },
        _ => None,
    }
}

/// A value of an element's attributes, which are one dictionary or a list of them, each with its owner.
fn attribute<'a>(element: &Dict<'a>, owner: &str, key: &str) -> Option<Object<'a>> {
    let dicts: Vec<Dict<'a>> = match element.get::<Object<'a>>("A")? {
        Object::Array(list) => list.iter::<Dict<'a>>().collect(),
        Object::Dict(dict) => vec![dict],
        _ => Vec::new(),
    };
    dicts.into_iter().filter(|dict| text(dict, "O").as_deref() == Some(owner)).find_map(|dict| dict.get(key))
}

fn frame_of(corners: &Array<'_>) -> Frame {
    let corners: Vec<f64> = corners.iter::<Number>().map(|number| number.as_f64()).collect();
    let [left, bottom, right, top] = corners[..] else { panic!("a box of {} numbers", corners.len()) };
    Frame { left, right, bottom, top }
}

fn links_of(page: &Dict<'_>) -> Vec<Link> {
    let Some(annotations) = page.get::<Array<'_>>("Annots") else { return Vec::new() };
    let ids = annotations.raw_iter().filter_map(|annotation| annotation.as_obj_ref());
    let link = |(annotation, id): (Dict<'_>, _)| {
        let address = annotation.get::<Dict<'_>>("A").and_then(|action| text(&action, "URI"));
        (text(&annotation, "Subtype").as_deref() == Some("Link")).then(|| Link {
            id: ObjectIdentifier::from(id),
            contents: text(&annotation, "Contents"),
            address,
        })
    };
    annotations.iter::<Dict<'_>>().zip(ids).filter_map(link).collect()
}

fn gather_bookmarks(parent: &Dict<'_>, level: usize, order: &Order, bookmarks: &mut Vec<Bookmark>) {
    let mut next = parent.get::<Dict<'_>>("First");
    while let Some(entry) = next {
        let target = entry.get::<Array<'_>>("Dest").expect("a place to go to");
        let page = target.raw_iter().next().and_then(|page| page.as_obj_ref()).expect("a page");
        let title = text(&entry, "Title").expect("a title");
        bookmarks.push(Bookmark { level, title, page: order[&page.into()] });
        gather_bookmarks(&entry, level + 1, order, bookmarks);
        next = entry.get("Next");
    }
}

fn text(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Object<'_>>(key).and_then(text_of)
}
