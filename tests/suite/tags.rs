//! The tag tree of the built PDF: what a screen reader says of figures, tables, headings, lists and links.

use std::collections::{BTreeMap, BTreeSet};

use super::built::{draft_of, report};
use super::support::Copy;
use super::tagged::{Bookmark, Tag};

/// # Panics
/// When there is a fault, with all of them.
pub fn none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// All of this name, of which there must be some: a rule about nothing proves nothing.
fn some(name: &str) -> Vec<&'static Tag> {
    let found = report().tree.named(name);
    assert!(!found.is_empty(), "no {name}");
    found
}

fn alt_of(figure: &Tag) -> &str {
    figure.alt.as_deref().unwrap_or_default()
}

#[test]
fn every_picture_has_words_of_its_own() {
    let figures = some("Figure");
    none(figures.iter().filter(|figure| alt_of(figure).chars().count() <= 40).map(|figure| format!("too few words: «{}»", alt_of(figure))));
    // Shapes alone are ornament: then the words belong to nothing that is drawn.
    none(figures.iter().filter(|figure| figure.places().is_empty()).map(|figure| format!("nothing is drawn: «{}»", alt_of(figure))));
    let different: BTreeSet<&str> = figures.iter().map(|figure| alt_of(figure)).collect();
    assert_eq!(different.len(), figures.len(), "two pictures have the same words: {different:#?}");
}

/// How the words of a chart over the years begin, and what they hold besides: its span, its unit and a value of a year.
const OVER_TIME: [&str; 4] = ["Kolomgrafiek: ", "Lijngrafiek: ", "Gestapelde kolomgrafiek: ", "Kolomgrafiek met een lijn: "];
const TOLD: [&str; 4] = ["Van ", " tot en met ", " in 20", ", in "];
/// A chart at one moment names every part.
const AT_ONCE: [&str; 4] = [
    "Grafiek met liggende staven: ",
    "Staaf met de delen van een geheel: ",
    "Kleine grafieken naast elkaar: ",
    "Raster van honderd stippen: ",
];
/// How such a chart says its unit: `In leerlingen.`, or with every value.
const UNITS: [&str; 3] = [". In ", "%", "op\u{a0}de\u{a0}100"];

#[test]
fn a_chart_tells_its_form_its_unit_and_its_values() {
    let words: Vec<&str> = some("Figure").into_iter().map(alt_of).collect();
    let charts = |forms: &[&str]| words.iter().copied().filter(|alt| forms.iter().any(|form| alt.starts_with(form))).collect::<Vec<_>>();
    let (series, parts) = (charts(&OVER_TIME), charts(&AT_ONCE));
    assert!(series.len() + parts.len() >= 3, "only {} charts of {} figures", series.len() + parts.len(), words.len());
    // With columns and a line, each of the two names its own unit.
    let told = |alt: &str| if alt.starts_with(OVER_TIME[3]) { &TOLD[..3] } else { &TOLD[..] };
    none(
        series
            .iter()
            .flat_map(|alt| told(alt).iter().filter(|words| !alt.contains(**words)).map(move |words| format!("no «{words}»: {alt}"))),
    );
    let valued = |alt: &str| alt.contains(|letter: char| letter.is_ascii_digit()) && UNITS.iter().any(|unit| alt.contains(unit));
    none(parts.iter().filter(|alt| !valued(alt)).map(|alt| format!("no value or no unit: {alt}")));
}

/// Whether a picture of the report has all of these words.
fn told(words: &[&str]) -> bool {
    some("Figure").into_iter().any(|figure| words.iter().all(|word| alt_of(figure).contains(word)))
}

#[test]
fn the_words_of_a_chart_hold_every_value_with_its_marks_and_every_gap() {
    assert!(told(&[
        "Kolomgrafiek",
        "definitieve uitsluiting",
        "1.831 (afgeleid) in 2012-2013, 1.705 (afgeleid) in 2013-2014, 2.040 (afgeleid) in 2014-2015, 2.387 in 2015-2016 en 2.472 in \
         2016-2017.",
        "Breuk in de reeks vanaf 2014-2015"
    ]));
    // Each of two series has its own gaps.
    assert!(told(&[
        "Kolomgrafiek met een lijn",
        "226.449 (onbetrouwbaar) in 2020-2021 en 261.253 in 2021-2022. Geen openbaar cijfer voor 2022-2023, 2023-2024 en 2024-2025.",
        "in 2024-2025. Geen openbaar cijfer voor 2022-2023 en 2023-2024."
    ]));
    // What the parts leave is our own sum; marks that all values share are said once.
    assert!(told(&["Lager: 7.094; kleuter: 2.608; secundair: 1.886. Wat overblijft, geen niveau genoemd: 311 (afgeleid). Samen 11.899."]));
    assert!(told(&["tussen 2018-2019 en 2024-2025", "gewoon basis: −2,34%. Alle waarden: gepubliceerd."]));
    assert!(told(&["Raster van honderd stippen", "In 2024-2025. 2\u{a0}op\u{a0}de\u{a0}100, in de bron «bijna 2%» (gepubliceerd): "]));
    assert!(told(&["De lijn heeft een eigen schaal. De lijn is onderbroken waar een cijfer ontbreekt of de reeks breekt."]));
}

#[test]
fn the_words_of_the_cover_hold_every_year() {
    let years = [
        "één stip staat voor 20.000 leerlingen. 2017-2018: 1.180.220; 2018-2019: 1.188.464 (afgeleid); 2019-2020: ",
        "2020-2021: ",
        "2021-2022: geen openbaar cijfer, drie open stippen; 2022-2023: ",
        "2023-2024: geen openbaar cijfer, drie open stippen; 2024-2025: 1.224.118.",
    ];
    assert!(told(&years));
}

#[test]
fn a_long_series_is_told_by_its_extremes() {
    let project = Copy::of_basis();
    let table = "data/2024-2025/waarnemingen.csv";
    let old = "afwezigheden,leerlingen,2022-2023,alle,alle,alle,alle,alle,1000,,,,,telling_2025,\n";
    let earlier = (2013..2022)
        .map(|year| format!("afwezigheden,leerlingen,{year}-{},alle,alle,alle,alle,alle,{},,,,,telling_2025,\n", year + 1, 2 * year));
    project.replace(table, old, &(earlier.collect::<String>() + old));
    project.replace("content/2024-2025/01-hoofdstuk.yaml", "vanaf: 2022-2023", "vanaf: 2013-2014");
    let draft = draft_of(&project);
    let figures = draft.tree.named("Figure");
    let words = "Laagste waarde: 1.000 in 2022-2023. Hoogste waarde: 4.042 in 2021-2022. Laatst bekende waarde: 1.200 in 2024-2025.";
    assert!(
        figures.iter().any(|figure| alt_of(figure).contains(words)),
        "{:#?}",
        figures.iter().map(|figure| alt_of(figure)).collect::<Vec<_>>()
    );
}

/// The names and scopes of a row's cells, as one word each: `TH/Column`.
fn cells_of(row: &Tag) -> Vec<String> {
    row.tags()
        .map(|cell| [Some(&cell.name), cell.scope.as_ref()].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/"))
        .collect()
}

#[test]
fn a_table_has_a_head_for_every_column_and_every_row() {
    let tables = some("Table");
    assert!(tables.len() >= 3, "{} tables", tables.len());
    none(tables.iter().enumerate().flat_map(|(at, table)| {
        let rows: Vec<Vec<String>> = table.named("TR").into_iter().map(cells_of).collect();
        let columns = rows.first().map_or(0, Vec::len);
        let expected = |y: usize, x: usize| match (y, x) {
            (0, _) => "TH/Column",
            (_, 0) => "TH/Row",
            _ => "TD",
        };
        let good = move |y: usize, row: &[String]| row.len() == columns && row.iter().enumerate().all(|(x, cell)| cell == expected(y, x));
        let few = (rows.len() < 2 || columns < 2).then(|| format!("table {}: {} rows of {columns}", at + 1, rows.len()));
        let bad = rows.into_iter().enumerate().filter(move |(y, row)| !good(*y, row));
        few.into_iter().chain(bad.map(move |(y, row)| format!("table {}, row {y} of {columns} columns: {row:?}", at + 1)))
    }));
}

/// The headings in reading order, as the bookmarks they could be.
fn headings() -> Vec<Bookmark> {
    let heading = |tag: &Tag| {
        let level = tag.name.strip_prefix('H')?.parse().ok()?;
        let page = tag.places().first().expect("a heading stands somewhere").page;
        Some(Bookmark { level, title: tag.title.clone().unwrap_or_default(), page })
    };
    report().tree.all().into_iter().filter_map(heading).collect()
}

#[test]
fn headings_begin_at_one_and_skip_no_level() {
    let headings = headings();
    assert_eq!(headings.first().map(|heading| heading.level), Some(1));
    none(headings.iter().zip(&headings[1..]).filter(|(before, after)| after.level > before.level + 1).map(|pair| format!("{pair:?}")));
    none(headings.iter().filter(|heading| heading.title.trim().is_empty()).map(|heading| format!("without words: {heading:?}")));
}

/// A heading may do without a bookmark, in a call-out for one; that of a chapter may not.
#[test]
fn bookmarks_say_what_the_headings_say() {
    let headings = headings();
    let mut rest = headings.iter();
    none(
        report()
            .bookmarks
            .iter()
            .filter(|bookmark| !rest.any(|heading| heading == *bookmark))
            .map(|bookmark| format!("no heading: {bookmark:?}")),
    );
    let chapters = headings.iter().filter(|heading| heading.level == 1);
    none(chapters.filter(|chapter| !report().bookmarks.contains(chapter)).map(|chapter| format!("no bookmark: {chapter:?}")));
}

#[test]
fn every_link_has_words_and_a_tag() {
    let tags = some("Link");
    none(tags.iter().filter(|tag| tag.objects().count() == 0).map(|tag| format!("a tag without a link: {tag:?}")));
    let mut tagged: BTreeMap<_, usize> = BTreeMap::new();
    for id in tags.iter().flat_map(|tag| tag.objects()) {
        *tagged.entry(id).or_default() += 1;
    }
    let links = report().pages.iter().flat_map(|page| &page.links);
    none(links.clone().filter(|link| tagged.get(&link.id) != Some(&1)).map(|link| format!("not in one tag: {link:?}")));
    none(links.filter(|link| link.contents.as_ref().is_none_or(|words| words.trim().is_empty())).map(|link| format!("no words: {link:?}")));
}

#[test]
fn every_address_is_safe_to_follow() {
    let links = report().pages.iter().flat_map(|page| &page.links);
    let addresses: Vec<&str> = links.filter_map(|link| link.address.as_deref()).collect();
    assert!(!addresses.is_empty(), "no link leads out of the report");
    // An old source may still be on http; running text may not, which a case in `tests/cases/` shows.
    let safe = |address: &&str| ["https://", "http://", "mailto:", "tel:"].iter().any(|start| address.starts_with(start));
    none(addresses.into_iter().filter(|address| !safe(address)).map(str::to_owned));
}

/// What stands only in what.
const HOMES: [(&str, &[&str]); 8] = [
    ("LI", &["L"]),
    ("LBody", &["LI"]),
    ("TOCI", &["TOC"]),
    ("THead", &["Table"]),
    ("TBody", &["Table"]),
    ("TR", &["Table", "THead", "TBody"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
];

#[test]
fn every_part_stands_in_its_whole() {
    let homeless = |parent: &'static Tag| {
        let stray = |tag: &&Tag| HOMES.iter().any(|(name, homes)| *name == tag.name && !homes.contains(&parent.name.as_str()));
        parent.tags().filter(stray).map(|tag| format!("{} in {}", tag.name, parent.name))
    };
    none(report().tree.all().into_iter().flat_map(homeless));
}

/// Typst puts a list within a list beside the item that it belongs to, as a hierarchy.
#[test]
fn every_list_has_items_with_a_body() {
    let good = |list: &Tag| list.tags().any(|tag| tag.name == "LI") && list.tags().all(|tag| ["LI", "L"].contains(&tag.name.as_str()));
    none(some("L").into_iter().filter(|list| !good(list)).map(|list| format!("{list:?}")));
    let has_body = |item: &Tag| {
        let bodies: Vec<&Tag> = item.tags().filter(|tag| tag.name == "LBody").collect();
        matches!(bodies[..], [body] if !body.places().is_empty())
    };
    none(some("LI").into_iter().filter(|item| !has_body(item)).map(|item| format!("{item:?}")));
}

#[test]
fn the_contents_are_a_list_of_links() {
    let good = |toc: &Tag| toc.tags().next().is_some() && toc.tags().all(|tag| ["TOC", "TOCI"].contains(&tag.name.as_str()));
    none(some("TOC").into_iter().filter(|toc| !good(toc)).map(|toc| format!("{toc:?}")));
    none(some("TOCI").into_iter().filter(|entry| entry.named("Link").len() != 1).map(|entry| format!("{entry:?}")));
}
