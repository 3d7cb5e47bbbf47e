//! The preview in a real browser, as an editor uses it: `tests/browser/*.test.mjs`, run by Node.
//!
//! They need Node, Chromium and the two packages of `tests/browser/package.json`; `.ci/run` installs these and names their
//! folder in `JAARVERSLAG_BROWSER`. Without that name the tests are skipped, with a message. A binary of its own, so that
//! nothing else asks for the processor meanwhile.

#![allow(clippy::disallowed_methods, reason = "tests make projects of their own")]

#[path = "suite/support.rs"]
#[allow(dead_code, reason = "the suite asks more")]
mod support;

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use support::{Copy, root};

const PACKAGES: &str = "JAARVERSLAG_BROWSER";

#[test]
fn an_editor_can_work_with_the_preview() {
    let Some(packages) = std::env::var_os(PACKAGES) else {
        // Not a print of the test's own, which is shown of failures alone.
        let message = format!("the tests in the browser are skipped: {PACKAGES} names no folder with their packages\n");
        let _ = std::io::stderr().write_all(message.as_bytes());
        return;
    };
    let copy = Copy::of_repository();
    let mut node = Command::new("node");
    node.args(["--test", "--test-concurrency=1"]).args(tests()).current_dir(root());
    node.env("JAARVERSLAG", env!("CARGO_BIN_EXE_jaarverslag")).env("PROJECT", copy.path()).env("NODE_MODULES", packages);
    let output = node.output().expect("Node runs");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

fn tests() -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root().join("tests/browser")).sort_by_file_name().into_iter().filter_map(Result::ok);
    let tests: Vec<PathBuf> =
        entries.map(|entry| entry.path().to_owned()).filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    assert!(!tests.is_empty());
    tests
}
