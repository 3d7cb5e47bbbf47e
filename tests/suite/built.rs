//! The edition of this repository as PDF, built and read once for all tests.

use std::sync::LazyLock;

use super::support::Copy;
use super::tagged::{self, Tagged};

/// The final report.
pub fn report() -> &'static Tagged {
    static REPORT: LazyLock<Tagged> = LazyLock::new(|| tagged::read(report_bytes()));
    &REPORT
}

pub fn report_bytes() -> &'static [u8] {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| build(&Copy::of_repository(), "build 2024-2025", "jaarverslag.pdf"));
    &BYTES
}

/// The same as a draft.
pub fn draft() -> &'static Tagged {
    static DRAFT: LazyLock<Tagged> = LazyLock::new(|| draft_of(&Copy::of_repository()));
    &DRAFT
}

/// Any project as a draft.
pub fn draft_of(project: &Copy) -> Tagged {
    tagged::read(&build(project, "build 2024-2025 --draft", "jaarverslag-concept.pdf"))
}

fn build(project: &Copy, command: &str, name: &str) -> Vec<u8> {
    project.run(command).good();
    project.read(&format!("out/2024-2025/{name}"))
}
