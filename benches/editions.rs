//! How long it takes to make every edition of this repository again: side by side in one process, and one after the other in a
//! process each. The first should take no more than 0,7 times the second on two processors; looking at what did not change
//! (`verified_again`) should stay under 0,3 s.
//!
//! The program is run as a user runs it: within one process Typst would remember the edition before.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use divan::Bencher;

const PROGRAM: &str = env!("CARGO_BIN_EXE_jaarverslag");

fn main() {
    divan::main();
}

/// The editions in a folder of their own, so that nothing of this repository is written.
struct Copy {
    folder: tempfile::TempDir,
    editions: Vec<String>,
}

impl Copy {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["content", "data", "templates"] {
            copy(&root.join(part), &folder.path().join(part)).expect("it can be copied");
        }
        let editions = fs::read_dir(folder.path().join("content")).expect("content").filter_map(Result::ok);
        let editions = editions.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        Self { folder, editions }
    }

    fn run(&self, arguments: &[&str]) {
        let output = Command::new(PROGRAM).current_dir(self.folder.path()).args(arguments).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() { copy(&entry.path(), &target)? } else { fs::copy(entry.path(), target).map(drop)? }
    }
    Ok(())
}

#[divan::bench(sample_count = 11)]
fn side_by_side(bencher: Bencher) {
    let copy = Copy::new();
    bencher.bench(|| copy.run(&["regenerate", "--all"]));
}

#[divan::bench(sample_count = 11)]
fn one_after_the_other(bencher: Bencher) {
    let copy = Copy::new();
    bencher.bench(|| copy.editions.iter().for_each(|edition| copy.run(&["build", edition])));
}

#[divan::bench(sample_count = 11)]
fn verified_again(bencher: Bencher) {
    let copy = Copy::new();
    copy.run(&["regenerate", "--all"]);
    bencher.bench(|| copy.run(&["regenerate", "--all", "--verify"]));
}
