//! The built PDF, read by a library that did not make it: what a screen reader and an archive will find.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object};

use super::support::Copy;

fn built() -> Vec<u8> {
    let project = Copy::of_repository();
    project.run("build 2024-2025").good();
    project.read("out/2024-2025/jaarverslag.pdf")
}

/// One element of the tag tree.
#[derive(Debug)]
struct Tag {
    name: String,
    alt: Option<String>,
}

fn tags(pdf: &Pdf) -> Vec<Tag> {
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    let root: Dict<'_> = catalog.get("StructTreeRoot").expect("a tag tree");
    let mut tags = Vec::new();
    gather(&root, &mut tags);
    tags
}

fn gather(element: &Dict<'_>, tags: &mut Vec<Tag>) {
    if let Some(name) = element.get::<Object<'_>>("S").and_then(Object::into_name) {
        let alt = element.get::<Object<'_>>("Alt").and_then(Object::into_string).map(|alt| utf16(alt.as_bytes()));
        tags.push(Tag { name: String::from_utf8_lossy(&name).into_owned(), alt });
    }
    match element.get::<Object<'_>>("K") {
        Some(Object::Dict(child)) => gather(&child, tags),
        Some(Object::Array(children)) => gather_all(&children, tags),
        _ => {}
    }
}

fn gather_all(children: &Array<'_>, tags: &mut Vec<Tag>) {
    for child in children.iter::<Object<'_>>() {
        if let Object::Dict(child) = child {
            gather(&child, tags);
        }
    }
}

/// PDF text: UTF-16 behind its mark, or plain Latin.
fn utf16(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[test]
fn it_claims_both_standards_its_language_and_its_title() {
    let bytes = built();
    let pdf = Pdf::new(bytes).expect("a PDF");
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    let language = catalog.get::<Object<'_>>("Lang").and_then(Object::into_string).expect("a language");
    assert_eq!(utf16(language.as_bytes()), "nl-BE");
    let marked: Dict<'_> = catalog.get("MarkInfo").expect("mark info");
    assert_eq!(marked.get::<Object<'_>>("Marked").and_then(Object::into_bool), Some(true));
    let preferences: Dict<'_> = catalog.get("ViewerPreferences").expect("viewer preferences");
    assert_eq!(preferences.get::<Object<'_>>("DisplayDocTitle").and_then(Object::into_bool), Some(true));
    let metadata = catalog.get::<Object<'_>>("Metadata").and_then(Object::into_stream).expect("metadata");
    let metadata = String::from_utf8(metadata.decoded().expect("readable").into_owned()).expect("UTF-8");
    for claim in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "Jaarverslag van de CLB-sector"] {
        assert!(metadata.contains(claim), "no {claim} in {metadata}");
    }
    assert!(catalog.get::<Array<'_>>("OutputIntents").is_some(), "no output intent");
    assert!(catalog.get::<Dict<'_>>("Outlines").is_some(), "no bookmarks");
}

#[test]
fn headings_are_logical_and_every_picture_has_words() {
    let pdf = Pdf::new(built()).expect("a PDF");
    let tags = tags(&pdf);
    let mut level = 0;
    for tag in tags.iter().filter(|tag| tag.name.len() == 2 && tag.name.starts_with('H')) {
        let next: usize = tag.name[1..].parse().expect("a level");
        assert!(next <= level + 1, "{} follows H{level}", tag.name);
        level = next;
    }
    let figures: Vec<&Tag> = tags.iter().filter(|tag| tag.name == "Figure").collect();
    assert!(figures.len() >= 3, "only {} figures", figures.len());
    for figure in figures {
        assert!(figure.alt.as_ref().is_some_and(|alt| alt.chars().count() > 40), "{figure:?}");
    }
}

#[test]
fn tables_have_header_cells_in_rows_and_columns() {
    let pdf = Pdf::new(built()).expect("a PDF");
    let tags = tags(&pdf);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert!(count("Table") >= 3, "{} tables", count("Table"));
    // A header for every column, and one for every row below it.
    assert!(count("TH") > count("Table") * 3, "{} header cells", count("TH"));
    assert!(count("TD") > 0);
    let names: BTreeSet<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
    for name in ["TOC", "TOCI", "Link", "L", "LI", "P"] {
        assert!(names.contains(name), "no {name} among {names:?}");
    }
}

#[test]
fn a_chart_tells_its_extremes_to_who_does_not_see_it() {
    let pdf = Pdf::new(built()).expect("a PDF");
    let tags = tags(&pdf);
    let told = |words: &[&str]| tags.iter().filter_map(|tag| tag.alt.as_deref()).any(|alt| words.iter().all(|word| alt.contains(word)));
    assert!(told(&[
        "Kolomgrafiek",
        "problematische afwezigheden",
        "2017-2018 tot en met 2024-2025",
        "22.686 in 2017-2018",
        "30.254 in 2022-2023",
        "30.229 in 2024-2025"
    ]));
    assert!(told(&["Lijngrafiek", "1.180.220 in 2017-2018", "1.224.118 in 2024-2025"]));
}
