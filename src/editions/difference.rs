//! What differs between two reports as they were printed.

use std::collections::{BTreeMap, BTreeSet};

use super::lock::{Key, Lock, PrintedFigure};

/// A figure that both print, with another value or in other words.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    pub old: PrintedFigure,
    pub new: PrintedFigure,
    /// Everywhere the new one stands: node and page.
    pub places: Vec<(String, Option<usize>)>,
}

impl Changed {
    /// New less old; absent where one of them is words alone.
    pub fn amount(&self) -> Option<f64> {
        Some(self.new.value? - self.old.value?)
    }
}

/// What of a report differs from another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    pub changed: Vec<Changed>,
    /// Printed by the new one alone, each once.
    pub added: Vec<PrintedFigure>,
    /// Printed by the old one alone, each once.
    pub gone: Vec<PrintedFigure>,
    /// Nodes of which the text differs, with both texts; an empty one was not there.
    pub passages: Vec<(String, String, String)>,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.gone.is_empty() && self.passages.is_empty()
    }

    /// Compares what two reports print.
    pub fn between(old: &Lock, new: &Lock) -> Self {
        let figures = Self::of_figures(old.figures(), new.figures());
        Self { passages: passages(old, new), ..figures }
    }

    /// Compares figures alone.
    pub fn of_figures(old: &[PrintedFigure], new: &[PrintedFigure]) -> Self {
        let (old, new) = (by_key(old), by_key(new));
        let only = |these: &BTreeMap<Key, Vec<&PrintedFigure>>, others: &BTreeMap<Key, Vec<&PrintedFigure>>| {
            let alone = these.iter().filter(|(key, _)| !others.contains_key(*key));
            alone.filter_map(|(_, figures)| figures.first().map(|figure| (*figure).clone())).collect()
        };
        let both = old.iter().filter_map(|(key, old)| Some((old, new.get(key)?)));
        let changed = both.filter_map(|(old, new)| changed(old, new)).collect();
        Self { changed, added: only(&new, &old), gone: only(&old, &new), passages: Vec::new() }
    }
}

fn by_key(figures: &[PrintedFigure]) -> BTreeMap<Key, Vec<&PrintedFigure>> {
    let mut all: BTreeMap<Key, Vec<&PrintedFigure>> = BTreeMap::new();
    for figure in figures {
        all.entry(figure.key()).or_default().push(figure);
    }
    all
}

/// Where a reader sees the same, nothing changed; nor where only the notation did.
fn changed(old: &[&PrintedFigure], new: &[&PrintedFigure]) -> Option<Changed> {
    let (first_old, first_new) = (*old.first()?, *new.first()?);
    let same_value = first_old.value.is_some() && first_old.value == first_new.value;
    let same = same_value || words(old) == words(new);
    let places = || new.iter().map(|figure| (figure.node.clone(), figure.page)).collect();
    (!same).then(|| Changed { old: first_old.clone(), new: first_new.clone(), places: places() })
}

fn words<'a>(figures: &[&'a PrintedFigure]) -> BTreeSet<&'a str> {
    figures.iter().map(|figure| figure.printed.as_str()).collect()
}

fn passages(old: &Lock, new: &Lock) -> Vec<(String, String, String)> {
    let of = |lock: &Lock| lock.passages().iter().map(|passage| (passage.node.clone(), passage.text.clone())).collect::<BTreeMap<_, _>>();
    let (old_texts, new_texts) = (of(old), of(new));
    // In the order of the new one, and behind it what is gone.
    let nodes = new.passages().iter().chain(old.passages().iter().filter(|passage| !new_texts.contains_key(&passage.node)));
    let text = |texts: &BTreeMap<String, String>, node: &str| texts.get(node).cloned().unwrap_or_default();
    let both = nodes.map(|passage| (passage.node.clone(), text(&old_texts, &passage.node), text(&new_texts, &passage.node)));
    both.filter(|(_, old, new)| old != new).collect()
}
