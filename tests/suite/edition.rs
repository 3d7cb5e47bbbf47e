//! The edition of this repository, built as the sector's office builds it.

use std::process::Command;

use super::support::{Copy, Run};

const PDF: &str = "out/2024-2025/jaarverslag.pdf";
const FIGURES: &str = "out/2024-2025/figures.json";

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    let (here, there) = (Copy::of_repository(), Copy::of_repository());
    here.run("build 2024-2025").good();
    let mut elsewhere: Command = there.command("build 2024-2025");
    elsewhere.env("LC_ALL", "tr_TR.UTF-8").env("LANG", "tr_TR.UTF-8").env("TZ", "Pacific/Kiritimati");
    elsewhere.env("RAYON_NUM_THREADS", "1").env("POLARS_MAX_THREADS", "1");
    Run::of(elsewhere).good();
    assert!(here.read(PDF) == there.read(PDF), "the two PDFs differ");
    assert!(here.read(FIGURES) == there.read(FIGURES), "the two lists of figures differ");
    here.run("build 2024-2025").good();
    assert!(here.read(PDF) == there.read(PDF), "a second build in the same folder differs");
}

#[test]
fn the_published_edition_is_in_order() {
    let project = Copy::of_repository();
    let run = project.run("check 2024-2025").good();
    assert!(!run.stderr.contains("×"), "{}", run.stderr);
    assert!(!project.file("out").exists(), "check wrote something");
}

#[test]
fn every_printed_figure_has_an_origin_and_a_page() {
    let project = Copy::of_repository();
    project.run("build 2024-2025").good();
    let listing: serde_json::Value = serde_json::from_slice(&project.read(FIGURES)).expect("JSON");
    let figures = listing["figures"].as_array().expect("a list");
    assert!(figures.len() > 40, "only {} figures", figures.len());
    for figure in figures {
        // A sum or a rest has no name of its own.
        let name = figure["name"].as_str().unwrap_or("a sum");
        let origins = figure["origins"].as_array().expect("origins");
        assert!(!origins.is_empty(), "{name} has no origin");
        for origin in origins {
            let (file, line) = (origin["file"].as_str().expect("a file"), origin["line"].as_u64().expect("a line") as usize);
            let table = String::from_utf8(project.read(file)).expect("UTF-8");
            let row = table.lines().nth(line - 1).expect("the line exists");
            assert!(row.starts_with(&format!("{},", origin["indicator"].as_str().expect("an indicator"))), "{name}: {row}");
        }
        assert!(figure["printed_at"]["page"].as_u64().is_some(), "{name} stands on no page");
    }
}

/// Every figure of the sector's own report over 2024-2025, as it is printed here: by indicator, then in one of these ways.
const SECTOR: [(&str, &[&str]); 51] = [
    ("populatie_officieel", &["1.224.118"]),
    ("populatie_officieel", &["3%"]),
    ("populatie_officieel", &["12,2%"]),
    ("populatie_officieel", &["−2,34%"]),
    ("populatie_officieel", &["18%"]),
    ("populatie_officieel", &["32%"]),
    ("populatie_officieel", &["11%"]),
    ("populatie_officieel", &["26%"]),
    ("jaren_clb", &["25"]),
    ("aantal_clbs", &["59"]),
    ("gedragsproblemen", &["bijna\u{a0}2%"]),
    ("gedragsproblemen", &["2\u{a0}op\u{a0}de\u{a0}100"]),
    ("problematische_afwezigheden", &["30.229"]),
    ("problematische_afwezigheden", &["2,44%"]),
    ("bednet", &["38%"]),
    ("vraaggestuurde_werking", &["4,3"]),
    ("vraaggestuurde_werking", &["4,9"]),
    ("problemen_thuis_en_verontrusting", &["31.825"]),
    ("problemen_thuis_en_verontrusting", &["2,54%"]),
    ("m_documenten", &["1248"]),
    ("m_documenten", &["2", "2e", "tweede"]),
    ("elp_klassikaal", &["54"]),
    ("elp_partners_of_eigen_middelen", &["2", "twee"]),
    ("elp_kleine_groepen", &["12", "twaalf"]),
    ("elp_individueel", &["18", "achttien"]),
    ("elp_groepssessies", &["193"]),
    ("elp_klassikale_sessies", &["1982"]),
    ("elp_individuele_sessies", &["1416"]),
    ("gc_verslagen", &["19.767"]),
    ("iac_verslagen", &["11.899"]),
    ("iac_verslagen", &["2608", "2.608"]),
    ("iac_verslagen", &["7094", "7.094"]),
    ("iac_verslagen", &["1886", "1.886"]),
    ("iac_verslagen", &["de\u{a0}helft"]),
    ("iac_verslagen", &["een\u{a0}vijfde"]),
    ("iac_verslagen", &["bijna\u{a0}16%"]),
    ("ov4_verslagen", &["1829"]),
    ("ov4_verslagen", &["1174", "1.174"]),
    ("ov4_verslagen", &["een\u{a0}kleine\u{a0}10%"]),
    ("ov4_verslagen", &["641"]),
    ("sidin_bezoekers", &["29.600"]),
    ("onderwijskiezer_vragenlijsten", &["362.180"]),
    ("onderwijskiezer_surfsessies", &["1.594.421"]),
    ("clbchat_gesprekken", &["7626", "7.626"]),
    ("clbchat_gender", &["77,4%"]),
    ("clbchat_gender", &["20,3%"]),
    ("clbchat_gender", &["2,3%"]),
    ("clbchat_leeftijd", &["14,6"]),
    ("iac_ov4_verslagen", &["3%"]),
    ("sidin_bezoekers", &["17.200"]),
    ("sidin_bezoekers", &["19.200"]),
];

#[test]
fn every_figure_of_the_sector_is_printed() {
    let project = Copy::of_repository();
    project.run("build 2024-2025").good();
    let listing = String::from_utf8(project.read(FIGURES)).expect("UTF-8");
    let listing: serde_json::Value = serde_json::from_str(&listing).expect("JSON");
    let figures = listing["figures"].as_array().expect("a list");
    let printed: Vec<(&str, &str)> =
        figures.iter().filter_map(|figure| Some((figure["indicator"].as_str()?, figure["as_printed"].as_str()?))).collect();
    let missing: Vec<_> = SECTOR.iter().filter(|(id, ways)| !ways.iter().any(|way| printed.contains(&(*id, *way)))).collect();
    assert!(missing.is_empty(), "not printed: {missing:?}");
}

#[test]
fn where_a_number_comes_from_is_one_command() {
    let project = Copy::of_repository();
    let run = project.run("figures 2024-2025 problematische_afwezigheden.leerlingen").good();
    assert!(run.stdout.contains("30.229 leerlingen"), "{}", run.stdout);
    assert!(run.stdout.contains("data/2024-2025/waarnemingen.csv:"), "{}", run.stdout);
    let csv = project.run("figures 2024-2025 --format csv").good().stdout;
    let columns = csv.lines().next().expect("a header").split(',').count();
    assert!(columns == 16 && csv.lines().count() > 40, "{csv}");
    assert!(csv.contains(",30229,") && !csv.contains(".0,"), "a count is written whole: {csv}");
    let json = project.run("figures 2024-2025 problematische_afwezigheden --format json").good().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(json.as_array().is_some_and(|figures| figures.len() >= 6), "{json}");
}
