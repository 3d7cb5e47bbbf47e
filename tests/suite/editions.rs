//! Editions through the years, as the sector's office handles them: locked, made again, dressed otherwise, corrected, begun.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::support::{Copy, Run, house_styles, root};

const LOCK: &str = "data/2024-2025/jaarverslag.lock";
const TABLE: &str = "data/2024-2025/waarnemingen.csv";

/// The editions of this repository.
fn editions() -> Vec<String> {
    let folders = fs::read_dir(root().join("content")).expect("content").filter_map(Result::ok);
    let mut names: Vec<String> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_edition_is_what_its_lock_says_anywhere() {
    let project = Copy::of_repository();
    let mut elsewhere: Command = project.command("regenerate --all --verify");
    elsewhere.env("LC_ALL", "tr_TR.UTF-8").env("LANG", "tr_TR.UTF-8").env("TZ", "Pacific/Kiritimati");
    let run = Run::of(elsewhere).good();
    for edition in editions() {
        let line = run.stdout.lines().find(|line| line.starts_with(&format!("{edition} "))).expect("a line");
        assert!(line.contains("gelijk aan het slot"), "{line}: make it again with «jaarverslag regenerate --all» if the change is meant");
    }
}

#[test]
fn every_house_style_prints_the_same() {
    let project = Copy::of_repository();
    for edition in editions() {
        for style in house_styles() {
            project.run(&format!("build {edition} --style {style}")).good();
        }
    }
}

#[test]
fn one_digit_names_its_figure_and_all_that_hangs_on_it() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025").good();
    project.replace(
        TABLE,
        "populatie,leerlingen,2024-2025,alle,alle,alle,alle,alle,48600",
        "populatie,leerlingen,2024-2025,alle,alle,alle,alle,alle,46600",
    );
    let run = project.run("build 2024-2025 --locked");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("data/2024-2025/waarnemingen.csv is veranderd"), "{}", run.stderr);
    // The population itself is printed nowhere: the one share that hangs on it is, in a sentence and on a tile.
    assert!(run.stderr.contains("afwezigheden, aandeel, 2024-2025: was 2,47%, is nu 2,58%"), "{}", run.stderr);
    assert_eq!(run.stderr.matches("slot.cijfer").count(), 1, "{}", run.stderr);
}

#[test]
fn one_broken_edition_does_not_stop_the_others() {
    let project = Copy::of_repository();
    project.replace("content/2024-2025/verslag.yaml", "titel: Jaarverslag", "title: Jaarverslag");
    fs::remove_file(project.file("data/voorbeeld-2024-2025/gepubliceerd.csv")).expect("the table");
    let run = project.run("regenerate --all");
    assert_eq!(run.status, 1);
    for edition in editions() {
        let failed = edition.contains("2024-2025");
        let line = run.stdout.lines().find(|line| line.starts_with(&format!("{edition} "))).expect("a line");
        assert_eq!(line.contains("mislukt"), failed, "{line}");
        assert_eq!(project.file(&format!("out/{edition}")).exists(), !failed, "{edition}");
    }
}

#[test]
fn what_did_not_change_is_not_typeset_again() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025").good();
    assert!(project.run("regenerate --all --verify").good().stdout.contains("niet opnieuw gezet"));
    fs::write(project.file("out/2024-2025/jaarverslag.pdf"), "iets anders").expect("the pdf");
    assert!(project.run("regenerate --all --verify").good().stdout.contains("gelijk aan het slot"));
    assert!(project.read("out/2024-2025/jaarverslag.pdf").starts_with(b"%PDF"), "it was made again");
}

#[test]
fn a_report_that_is_out_changes_by_erratum_alone() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    let report = "content/2024-2025/verslag.yaml";
    project.run("build 2024-2025").good();
    let text = String::from_utf8(project.read(report)).expect("UTF-8") + "gepubliceerd: 2025-12-01\n";
    project.write(report, &text);
    assert_eq!(project.run("build 2024-2025 --locked").status, 1, "a file changed");
    project.run("build 2024-2025").good();
    project.run("build 2024-2025 --locked").good();
    let (out, pdf) = (project.read(LOCK), project.read("out/2024-2025/jaarverslag.pdf"));
    project.replace(TABLE, "alle,alle,alle,1200", "alle,alle,alle,1201");
    project.run("data seal 2024-2025").good();
    assert_eq!(project.run("build 2024-2025 --print").status, 1, "nor for the printer");
    let refused = project.run("build 2024-2025");
    assert_eq!(refused.status, 1);
    assert!(project.read(LOCK) == out && project.read("out/2024-2025/jaarverslag.pdf") == pdf, "something was written");
    let is_hash = |word: &&str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = refused.stderr.split(|c: char| !c.is_ascii_alphanumeric());
    let hash = words.into_iter().find(is_hash).expect("the hash in the advice");
    project
        .write(report, format!("{text}errata:\n  - datum: 2026-02-01\n    pdf: {hash}\n    tekst: Er stond 1200 en er staat nu 1201.\n"));
    project.run("build 2024-2025").good();
    let lock = String::from_utf8(project.read(LOCK)).expect("UTF-8");
    assert!(lock.as_bytes() != out && lock.contains("er staat nu 1201") && lock.contains(hash), "it says what it replaces: {lock}");
    project.run("build 2024-2025").good();
    project.run("build 2024-2025 --locked").good();
}

#[test]
fn a_sector_begins_from_nothing() {
    let folder = Copy::empty();
    folder.run("new 2025-2026").good();
    folder.run("build 2025-2026 --draft").good();
    assert!(folder.read("out/2025-2026/jaarverslag-concept.pdf").starts_with(b"%PDF"));
    assert!(folder.run("build 2025-2026").stderr.contains("inhoud.herschrijven"));
    let taken = Copy::empty();
    taken.write("data/iets.txt", "van iemand");
    let run = taken.run("new 2025-2026");
    assert!(run.status == 1 && run.stderr.contains("er is niets gewijzigd"), "{}", run.stderr);
    assert!(!taken.file("content").exists());
}

#[test]
fn next_year_begins_where_this_one_ended() {
    let project = Copy::of_repository();
    project.run("new 2025-2026 --from 2024-2025").good();
    project.run("build 2025-2026 --draft").good();
    let list = String::from_utf8(project.read("data/2025-2026/te-leveren.md")).expect("UTF-8");
    assert!(list.contains("| ☐ | problematische_afwezigheden | leerlingen | 2025-2026 | alle | 30.229 |"), "{list}");
    for chapter in ["01-recht-op-onderwijs.yaml", "05-clb-online.yaml"] {
        let text = String::from_utf8(project.read(&format!("content/2025-2026/{chapter}"))).expect("UTF-8");
        assert!(text.contains("\nfase: concept\n") && text.contains("herschrijven: "), "{text}");
    }
}

#[test]
fn a_paragraph_that_is_put_in_is_all_that_is_told() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025").good();
    project.replace(
        "content/2024-2025/01-hoofdstuk.yaml",
        "blokken:\n      - tekst: |\n          In {{",
        "blokken:\n      - tekst: Deze alinea is nieuw.\n      - tekst: |\n          In {{",
    );
    let run = project.run("compare 2024-2025").good();
    assert!(run.stdout.contains("Passages (1):") && run.stdout.contains("was niets, en is nu «Deze alinea is nieuw.»"), "{}", run.stdout);
}

#[test]
fn a_redline_is_a_pdf_of_its_own() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025 --draft").good();
    fs::copy(project.file("out/2024-2025/jaarverslag-concept.lock"), project.file("eerste.lock")).expect("a draft is kept");
    project.replace("content/2024-2025/01-hoofdstuk.yaml", "missen we", "missen wij");
    let run = project.run("compare eerste.lock 2024-2025 --pdf").good();
    assert!(
        run.stdout.contains("missen wij") && run.stdout.contains("Geschreven: out/2024-2025/vergelijking-met-eerder.pdf"),
        "{}",
        run.stdout
    );
    assert!(project.read("out/2024-2025/vergelijking-met-eerder.pdf").starts_with(b"%PDF"));
}

#[cfg(unix)]
#[test]
fn two_commands_in_one_folder_write_one_after_the_other() {
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.write("out/2024-2025/leeg", "");
    let folder = fs::File::open(project.file("out/2024-2025")).expect("the folder");
    folder.lock().expect("it can be locked");
    let mut waiting = project.command("build 2024-2025");
    let mut child = waiting.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("it runs");
    // Far longer than it takes to come so far: it is still there, and has written nothing.
    std::thread::sleep(Duration::from_secs(8));
    assert!(child.try_wait().expect("it can be asked").is_none(), "it did not wait");
    assert!(!project.file("out/2024-2025/jaarverslag.pdf").exists(), "it did not wait");
    folder.unlock().expect("it can be let go");
    let done = child.wait_with_output().expect("it ends");
    assert!(done.status.success() && String::from_utf8_lossy(&done.stderr).contains("bestand.bezet"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_loses_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let project = Copy::of_basis();
    project.run("data seal 2024-2025").good();
    project.run("build 2024-2025").good();
    let before = (project.read(LOCK), project.read("out/2024-2025/jaarverslag.pdf"));
    project.replace("content/2024-2025/01-hoofdstuk.yaml", "missen we", "missen wij");
    let data = project.file("data/2024-2025");
    fs::set_permissions(&data, fs::Permissions::from_mode(0o555)).expect("read-only");
    // Who may do everything is not kept out by a mode.
    let is_kept_out = fs::write(data.join("proef"), "").is_err();
    let run = project.run("build 2024-2025");
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).expect("writable");
    if is_kept_out {
        assert!(run.status == 1 && run.stderr.contains("bestand.niet-geschreven"), "{}", run.stderr);
        assert!((project.read(LOCK), project.read("out/2024-2025/jaarverslag.pdf")) == before, "something was written");
    }
}
