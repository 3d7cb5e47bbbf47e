//! What the import did otherwise than it stood, and what it could not do.

use std::collections::BTreeMap;

use super::grid::Place;

/// Something written otherwise than it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub place: Place,
    pub from: String,
    pub to: String,
    /// The kind of change, in Dutch; equal ones are shown together.
    pub why: &'static str,
}

/// Something only a person can mend: what is wrong there, then what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    /// One Dutch sentence without a final stop.
    pub message: String,
    pub help: String,
}

#[derive(Debug, Default)]
pub(super) struct Log {
    pub changes: Vec<Change>,
    pub faults: Vec<Fault>,
}

impl Log {
    pub fn change(&mut self, place: Place, from: impl Into<String>, to: impl Into<String>, why: &'static str) {
        self.changes.push(Change { place, from: from.into(), to: to.into(), why });
    }

    pub fn fault(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault { place, message: message.into(), help: help.into() });
    }
}

/// How many places of one kind of change are named.
const EXAMPLES: usize = 3;
/// In characters; a note is recognised by its beginning.
const LONGEST_EXAMPLE: usize = 40;

/// One Dutch line a kind of change, in the order in which they first occur: how many, and the first three.
pub fn summarized(changes: &[Change]) -> Vec<String> {
    let mut kinds: BTreeMap<&str, (usize, Vec<&Change>)> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        kinds.entry(change.why).or_insert((index, Vec::new())).1.push(change);
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|(first, _)| *first);
    kinds.iter().map(|(_, kind)| line(kind)).collect()
}

fn line(kind: &[&Change]) -> String {
    let why = kind.first().map_or("", |change| change.why);
    let times = if kind.len() > 1 { format!(", {} keer", kind.len()) } else { String::new() };
    let examples: Vec<String> = kind.iter().take(EXAMPLES).map(|change| example(change)).collect();
    let rest = if kind.len() > EXAMPLES { format!("; en nog {}", kind.len() - EXAMPLES) } else { String::new() };
    format!("{why}{times}: {}{rest}", examples.join("; "))
}

fn example(change: &Change) -> String {
    let Change { place, from, to, .. } = change;
    match (from.is_empty(), to.is_empty()) {
        (true, true) => place.to_string(),
        (false, true) => format!("{place} «{}»", short(from)),
        (true, false) => format!("{place} → «{}»", short(to)),
        (false, false) => format!("{place} «{}» → «{}»", short(from), short(to)),
    }
}

/// The beginning of a text that would be too long between others.
pub(super) fn short(text: &str) -> String {
    let shown: String = text.chars().take(LONGEST_EXAMPLE).collect();
    if shown.len() < text.len() { format!("{shown}…") } else { shown }
}
