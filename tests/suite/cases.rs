//! `tests/cases/`: every folder is what differs from the small good project in `basis/`, and the exact text it must give.
//!
//! `UPDATE_EXPECT=1 cargo test --release` writes the texts anew; read the difference before you commit it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use jaarverslag::diagnostic::Code;
use sha2::{Digest, Sha256};

use super::support::{Copy, Run, lay_over, root};

/// Files of a case that are not part of its project.
const OWN_FILES: [&str; 4] = ["opdracht.txt", "maak.txt", "verwacht.txt", "LEESMIJ.txt"];

/// A preview that begins does not end by itself: `previewing.rs` and a test beside `preview/watch.rs` see to these; two
/// commands at once are seen to in `editions.rs`.
const ELSEWHERE: [Code; 3] = [Code::PreviewPort, Code::PreviewWatch, Code::FileBusy];

#[test]
fn every_case_says_exactly_this() {
    for case in cases() {
        let expected = case.join("verwacht.txt");
        expect_file![expected].assert_eq(&transcript(&case));
    }
}

#[test]
fn every_code_has_a_case() {
    let texts: String = cases().iter().filter_map(|case| fs::read_to_string(case.join("verwacht.txt")).ok()).collect();
    let missing = Code::ALL.iter().filter(|code| !ELSEWHERE.contains(code)).map(|code| code.as_str());
    let missing: Vec<&str> = missing.filter(|code| !texts.contains(code)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn twelve_faults_in_three_files_are_reported_at_once() {
    let text = fs::read_to_string(root().join("tests/cases/twaalf-fouten/verwacht.txt")).expect("the case");
    let files: std::collections::BTreeSet<&str> =
        text.lines().filter_map(|line| line.split_once("─[")).filter_map(|(_, place)| place.split(':').next()).collect();
    assert!(text.contains("12 fouten"), "{text}");
    assert_eq!(files.len(), 3, "{files:?}");
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/cases")).expect("the cases");
    let folders = entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir() && !path.ends_with("basis"));
    let mut cases: Vec<PathBuf> = folders.collect();
    cases.sort();
    cases
}

/// The commands of a case and all they say.
fn transcript(case: &Path) -> String {
    let copy = Copy::of_basis();
    lay_over(case, copy.path()).expect("the case can be copied");
    for name in OWN_FILES {
        let _ = fs::remove_file(copy.file(name));
    }
    make(case, &copy);
    if !case.join("data/2024-2025/datapackage.json").exists() {
        seal(&copy);
    }
    let commands = fs::read_to_string(case.join("opdracht.txt")).unwrap_or_else(|_| "check 2024-2025".to_owned());
    let mut text = String::new();
    for command in commands.lines() {
        if edit(&copy, command) {
            let _ = writeln!(text, "~ {command}");
            continue;
        }
        if let Some(path) = command.strip_prefix("toon ") {
            let _ = write!(text, "~ {command}\n{}", String::from_utf8_lossy(&copy.read(path)));
            continue;
        }
        let Run { stdout, stderr, status } = copy.run(command);
        let _ = write!(text, "$ jaarverslag {command}\n{stderr}{stdout}[{status}]\n");
    }
    let folder = copy.path().canonicalize().expect("the folder").display().to_string();
    without_hashes(&text.replace(&folder, "PROJECT"))
}

/// What a person changes between two commands; false for what is a command.
fn edit(copy: &Copy, line: &str) -> bool {
    match line.split(' ').collect::<Vec<_>>().as_slice() {
        ["vervang", path, ..] => {
            let (old, new) = line.split_once(path).and_then(|(_, rest)| rest.trim().split_once(" => ")).expect("two texts");
            copy.replace(path, old, new);
        }
        ["kap-af", path, bytes] => {
            let whole = copy.read(path);
            copy.write(path, &whole[..whole.len() - bytes.parse::<usize>().expect("a number")]);
        }
        // As the program seals a lock: somebody who knows how wants to be believed.
        ["verzegel-slot", path] => {
            let text = String::from_utf8(copy.read(path)).expect("UTF-8");
            let (sealed, _) = text.rsplit_once("\n[zegel]").expect("a seal");
            let hash: String = Sha256::digest(sealed).iter().map(|byte| format!("{byte:02x}")).collect();
            copy.write(path, format!("{sealed}\n[zegel]\nsha256 = \"{hash}\"\n"));
        }
        ["verwijder", path] => remove(&copy.file(path)),
        _ => return false,
    }
    true
}

/// A hash of a PDF is another with every change of the program.
fn without_hashes(text: &str) -> String {
    let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    let mut rest = text;
    let mut whole = String::new();
    while let Some(at) = rest.find(is_hex) {
        let (before, from) = rest.split_at(at);
        let length = from.find(|c: char| !is_hex(c)).unwrap_or(from.len());
        whole.push_str(before);
        whole.push_str(if length == 64 { "SHA256" } else { &from[..length] });
        rest = &from[length..];
    }
    whole + rest
}

/// Seals whatever stands there; the program itself seals no table that it cannot read.
fn seal(copy: &Copy) {
    let resource = |table: &str| {
        let bytes = fs::read(copy.file(&format!("data/2024-2025/{table}"))).ok()?;
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Some(serde_json::json!({ "path": table, "hash": format!("sha256:{hash}") }))
    };
    let resources: Vec<_> = ["waarnemingen.csv", "gepubliceerd.csv"].into_iter().filter_map(resource).collect();
    if copy.file("data/2024-2025").is_dir() {
        copy.write("data/2024-2025/datapackage.json", serde_json::json!({ "resources": resources }).to_string());
    }
}

/// Makes what files in a repository cannot hold.
fn make(case: &Path, copy: &Copy) {
    let Ok(script) = fs::read_to_string(case.join("maak.txt")) else { return };
    for line in script.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (verb, rest) = line.split_once(' ').expect("a verb and its object");
        let words: Vec<&str> = rest.split(' ').collect();
        match (verb, words.as_slice()) {
            ("verwijder", [path]) => remove(&copy.file(path)),
            ("koppel", [path, target]) => link(&copy.file(path), target),
            ("bytes", [path, hex @ ..]) => copy.write(path, bytes_of(hex)),
            ("herhaal", [path, marker, times, text @ ..]) => {
                copy.replace(path, marker, &text.join(" ").repeat(times.parse().expect("a number")));
            }
            _ => panic!("{}: «{line}» is no instruction", case.display()),
        }
    }
}

fn remove(path: &Path) {
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("there is something to remove");
}

#[cfg(unix)]
fn link(path: &Path, target: &str) {
    let _ = fs::remove_file(path);
    std::os::unix::fs::symlink(target, path).expect("a link can be made");
}

fn bytes_of(hex: &[&str]) -> Vec<u8> {
    let digits: String = hex.concat();
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hexadecimals"))
        .collect()
}
