//! Tests that guard the house: who may import whom, that every module says what it is for, that lists are complete.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use jaarverslag::diagnostic::Code;

use super::support::root;

/// What every stage may use: `docs/architecture.md` explains why.
const GROUND: [&str; 7] = ["project", "source", "diagnostic", "kept", "units", "limits", "yaml"];

fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("content", &[] as &[&str]),
        ("data", &[]),
        ("counting", &["data"]),
        ("synthesis", &["data", "counting"]),
        ("figures", &["data"]),
        ("charts", &["content", "figures"]),
        ("report", &["content", "figures"]),
        ("review", &["content", "data", "figures", "report"]),
        ("typeset", &["content", "figures", "report", "charts", "review"]),
        ("outputs", &["figures", "charts", "report", "typeset"]),
        ("editions", &["data", "figures", "report", "typeset"]),
    ])
}

#[test]
fn stages_import_only_what_came_before() {
    let allowed = allowed();
    for (path, text) in sources() {
        let stage = stage_of(&path);
        let Some(allowed) = allowed.get(stage.as_str()) else { continue };
        for import in imports(&text) {
            let good = import == stage || GROUND.contains(&import.as_str()) || allowed.contains(&import.as_str());
            assert!(good, "{} uses crate::{import}", path.display());
        }
    }
}

#[test]
fn the_ground_imports_no_stage() {
    for (path, text) in sources().into_iter().filter(|(path, _)| GROUND.contains(&stage_of(path).as_str())) {
        for import in imports(&text) {
            assert!(GROUND.contains(&import.as_str()), "{} uses crate::{import}", path.display());
        }
    }
}

/// Each engine is named in its own stage alone, so that it can be replaced there.
#[test]
fn engines_stay_in_their_stage() {
    let homes: [(&str, &[&str]); 27] = [
        ("serde_yaml", &["yaml"]),
        ("markdown", &["content"]),
        ("hayagriva", &["data", "typeset"]),
        ("csv", &["data", "counting", "cli"]),
        ("calamine", &["data"]),
        ("polars", &["data", "figures"]),
        ("polars_arrow", &["counting"]),
        ("polars_parquet", &["counting"]),
        ("hashbrown", &["counting"]),
        ("plotters", &["charts"]),
        ("resvg", &["outputs"]),
        ("minijinja", &["report"]),
        ("typst", &["typeset", "outputs"]),
        ("typst_pdf", &["outputs"]),
        ("miette", &["cli"]),
        ("clap", &["cli"]),
        ("indicatif", &["cli"]),
        ("ctrlc", &["cli"]),
        ("open", &["cli"]),
        ("axum", &["preview"]),
        ("tokio", &["preview"]),
        ("notify", &["preview"]),
        ("percent_encoding", &["preview"]),
        ("png", &["outputs"]),
        ("toml", &["editions"]),
        ("similar", &["editions"]),
        // Registrations are kept outside any project: counting opens them, synthesis makes them.
        ("fs", &["project", "counting", "synthesis"]),
    ];
    for (path, text) in sources() {
        for (engine, home) in homes {
            let used = text.lines().any(|line| !line.trim_start().starts_with("//") && names(line, engine));
            assert!(!used || home.contains(&stage_of(&path).as_str()), "{} names {engine}", path.display());
        }
        let prints = ["println!", "eprintln!", "print!(", "stdout()", "stderr()"].iter().any(|word| text.contains(word));
        assert!(!prints || stage_of(&path) == "cli", "{} prints", path.display());
        let clock = ["SystemTime", "Instant::now", "Utc::now"].iter().any(|word| text.contains(word));
        assert!(!clock, "{} reads the clock", path.display());
    }
}

/// Whether a line of code names `engine::` as a word of its own.
fn names(line: &str, engine: &str) -> bool {
    let path = format!("{engine}::");
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(&path).any(|(at, _)| !line[..at].ends_with(is_word))
}

#[test]
fn every_module_says_what_it_is_for() {
    for (path, text) in sources() {
        let tells = text.starts_with("//!") || path.ends_with("main.rs");
        assert!(tells, "{} begins without //!", path.display());
    }
}

#[test]
fn no_file_is_a_drawer() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 520, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/suite/main.rs")).expect("the suite");
    for entry in fs::read_dir(root().join("tests/suite")).expect("the suite").filter_map(Result::ok) {
        let name = entry.path().file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "{name} is not in the suite");
    }
}

#[test]
fn templates_never_evaluate_text() {
    let folder = root().join("templates");
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|ending| ending == "typ") {
            let text = fs::read_to_string(entry.path()).expect("UTF-8");
            let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
            assert!(!code.contains("eval(") && !code.contains("sys.inputs"), "{}", entry.path().display());
        }
    }
}

/// `UPDATE_EXPECT=1` writes the page anew.
#[test]
fn the_list_of_messages_is_current() {
    let mut page = String::from(
        "# Meldingen\n\nElke melding van `jaarverslag` heeft een code, een plaats (bestand, regel en kolom) en een raad. Hier staan alle codes.\n\
         Een **fout** houdt het verslag tegen; een *waarschuwing* niet.\n\n| code | wat er mis is | wat te doen |\n|---|---|---|\n",
    );
    for code in Code::ALL {
        let escape = |text: &str| text.replace('|', "\\|");
        page.push_str(&format!("| `{}` | {} | {} |\n", code.as_str(), escape(code.explanation()), escape(code.remedy())));
    }
    expect_file![root().join("docs/meldingen.md")].assert_eq(&page);
}

fn sources() -> Vec<(PathBuf, String)> {
    let files = walkdir::WalkDir::new(root().join("src")).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    files.map(|entry| (entry.path().to_owned(), fs::read_to_string(entry.path()).expect("UTF-8"))).collect()
}

/// The folder or file directly in `src/` that a source belongs to.
fn stage_of(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).expect("a source");
    let first = relative.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a source names after `crate::`, tests included.
fn imports(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let names = code.flat_map(|line| line.split("crate::").skip(1));
    let module = |rest: &str| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>();
    names.map(module).filter(|name| !name.is_empty()).collect()
}
