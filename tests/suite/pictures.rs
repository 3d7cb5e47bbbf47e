//! What stands beside the PDF: pages and charts as pictures, and the file for the printer.

use hayro_syntax::Pdf;
use hayro_syntax::object::Rect;

use super::support::Copy;

fn sealed() -> Copy {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project
}

fn names(project: &Copy, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(project.file(folder)).expect("the folder");
    let mut names: Vec<String> = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Width and height in pixels, from the head of a PNG.
fn size_of(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn every_page_becomes_a_picture_at_two_sizes() {
    let project = sealed();
    project.write("out/2024-2025/paginas/pagina-99-80dpi.png", "of a longer report");
    project.write("out/2024-2025/paginas/notitie.png", "of somebody");
    project.run("build 2024-2025 --png").good();
    let pages = Pdf::new(project.read("out/2024-2025/jaarverslag.pdf")).expect("a PDF").pages().len();
    let wanted = (1..=pages).flat_map(|page| ["150", "80"].map(|dpi| format!("pagina-{page:02}-{dpi}dpi.png")));
    let mut wanted: Vec<String> = wanted.chain(["notitie.png".to_owned()]).collect();
    wanted.sort();
    assert_eq!(names(&project, "out/2024-2025/paginas"), wanted);
    assert_eq!(size_of(&project.read("out/2024-2025/paginas/pagina-01-80dpi.png")), (661, 935));
    assert_eq!(size_of(&project.read("out/2024-2025/paginas/pagina-01-150dpi.png")), (1240, 1754));
}

#[test]
fn every_chart_becomes_a_file_that_stands_alone() {
    let project = sealed();
    project.run("build 2024-2025 --charts").good();
    assert_eq!(names(&project, "out/2024-2025/grafieken"), ["grafiek-01-afwezigheden.png", "grafiek-01-afwezigheden.svg"]);
    let svg = String::from_utf8(project.read("out/2024-2025/grafieken/grafiek-01-afwezigheden.svg")).expect("UTF-8");
    assert!(svg.contains("<path") && !svg.contains("<text") && !svg.contains("font-family"), "a text needs a font: {svg}");
    assert!(svg.contains("<title>Leerlingen bij problematische afwezigheden</title>\n<desc>Kolomgrafiek: "), "{svg}");
    let (width, height) = size_of(&project.read("out/2024-2025/grafieken/grafiek-01-afwezigheden.png"));
    assert!(width > 1900 && height > 700, "{width} × {height}");
    let again = sealed();
    again.run("build 2024-2025 --charts").good();
    for name in names(&project, "out/2024-2025/grafieken") {
        let path = format!("out/2024-2025/grafieken/{name}");
        assert!(project.read(&path) == again.read(&path), "{name} differs");
    }
}

#[test]
fn the_file_for_the_printer_has_room_to_cut_and_the_same_pages() {
    let project = sealed();
    project.run("build 2024-2025").good();
    let plain = project.read("out/2024-2025/jaarverslag.pdf");
    project.run("build 2024-2025 --print").good();
    assert!(project.read("out/2024-2025/jaarverslag.pdf") == plain, "the ordinary PDF was touched");
    let (plain, print) = (plain, project.read("out/2024-2025/jaarverslag-drukklaar.pdf"));
    let (plain, print) = (Pdf::new(plain).expect("a PDF"), Pdf::new(print).expect("a PDF"));
    assert_eq!(plain.pages().len(), print.pages().len());
    let size = |area: Rect| (area.width().round(), area.height().round());
    for page in print.pages().iter() {
        let of = |name: &str| page.raw().get::<Rect>(name).expect("a box");
        let (media, trim) = (of("MediaBox"), of("TrimBox"));
        assert_eq!(size(trim), (595.0, 842.0));
        // Nine millimetres on every side: three of colour, five of marks and one of air.
        assert_eq!(size(media), (646.0, 893.0));
        assert!((trim.x0 - media.x0 - 25.5).abs() < 0.1 && (trim.y0 - media.y0 - 25.5).abs() < 0.1, "{media:?} {trim:?}");
    }
}
