//! What the built PDF says of itself, read by a library that did not make it: what a reader and an archive will find.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object};

use super::built::report_bytes;
use super::painted::text_of;

#[test]
fn it_claims_both_standards_its_language_and_its_title() {
    let pdf = Pdf::new(report_bytes().to_vec()).expect("a PDF");
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    let language = catalog.get::<Object<'_>>("Lang").and_then(text_of);
    assert_eq!(language.as_deref(), Some("nl-BE"));
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
