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
        let name = figure["name"].as_str().expect("a name");
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

#[test]
fn the_figures_of_the_chapter_are_printed_as_the_sector_knows_them() {
    let project = Copy::of_repository();
    project.run("build 2024-2025").good();
    let listing = String::from_utf8(project.read(FIGURES)).expect("UTF-8");
    let listing: serde_json::Value = serde_json::from_str(&listing).expect("JSON");
    let printed: Vec<&str> =
        listing["figures"].as_array().expect("a list").iter().filter_map(|figure| figure["as_printed"].as_str()).collect();
    for expected in ["30.229", "2,44%", "1.224.118", "bijna\u{a0}2%", "38%", "3%", "12,2%", "2,34%", "18%", "32%", "11%", "26%", "59", "25"]
    {
        assert!(printed.contains(&expected), "{expected} is not printed");
    }
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
