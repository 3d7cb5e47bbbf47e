//! What differs between two reports as they were printed.

use std::collections::{BTreeMap, BTreeSet};

use super::alignment::{Rewritten, rewritten};
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

    /// The pages where the new one stands, each once.
    pub fn pages(&self) -> Vec<usize> {
        let pages: BTreeSet<usize> = self.places.iter().filter_map(|(_, page)| *page).collect();
        pages.into_iter().collect()
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
    pub passages: Vec<Rewritten>,
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.gone.is_empty() && self.passages.is_empty()
    }

    /// Compares what two reports print.
    pub fn between(old: &Lock, new: &Lock) -> Self {
        let figures = Self::of_figures(old.figures(), new.figures());
        Self { passages: rewritten(old.passages(), new.passages()), ..figures }
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
