//! Editions through the years: the lock of a final report, what differs from it, and what a later edition revises.

mod alignment;
mod check;
mod difference;
mod lock;
mod record;
mod redline;
mod revisions;

use crate::report::Report;
use crate::source::Span;

pub use alignment::Rewritten;
pub use check::{Verdict, check_inputs, check_printed, check_style, difference_in_words, load, passage_in_words};
pub use difference::{Changed, Difference};
pub use lock::{Broken, HouseStyle, Lock, Passage, PrintedFigure, program};
pub use record::{Made, record};
pub use redline::{Redline, redline, series, title_of};
pub use revisions::{earlier_editions, locks_of, named, revise};

/// The file of a lock, in the data of its edition.
pub const LOCK: &str = "jaarverslag.lock";

/// The lock of an edition.
pub fn lock_path(edition: &str) -> String {
    format!("{}/{LOCK}", crate::data::folder(edition))
}

/// Where the text of a node stands.
fn passage_start(report: &Report, node: &str) -> Option<Span> {
    let printed = report.printed.iter().find(|printed| printed.node == node).map(|printed| printed.span);
    printed.or_else(|| report.nodes.get(node).map(|node| node.span))
}
