//! What indicators count of the nomenclature, and which of them is a part of which.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Data, functions_of};

/// The topics and the functions that an indicator counts.
struct Scope {
    topics: BTreeSet<usize>,
    functions: BTreeSet<usize>,
}

impl Scope {
    fn is_within(&self, other: &Self) -> bool {
        self.topics.is_subset(&other.topics) && self.functions.is_subset(&other.functions)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.topics == other.topics && self.functions == other.functions
    }
}

/// An indicator that is a part of another.
pub(super) struct Part<'a> {
    pub id: &'a str,
    /// Whether it counts the same functions as the whole.
    pub same_functions: bool,
}

/// The indicators that are counted from registrations.
pub(super) struct Scopes<'a> {
    all: BTreeMap<&'a str, Scope>,
}

impl<'a> Scopes<'a> {
    /// Of none where the edition has no nomenclature.
    pub fn of(data: &'a Data) -> Self {
        let Some(nomenclature) = &data.nomenclature else { return Self { all: BTreeMap::new() } };
        let counted = data.indicators.iter().map(|indicator| {
            let topics: BTreeSet<usize> = nomenclature.topics_of(indicator).into_iter().collect();
            (indicator.id.as_str(), Scope { topics, functions: functions_of(indicator).into_iter().collect() })
        });
        Self { all: counted.filter(|(_, scope)| !scope.topics.is_empty()).collect() }
    }

    /// Each indicator with those that count a part of what it counts.
    pub fn wholes(&self) -> BTreeMap<&'a str, Vec<Part<'a>>> {
        let parts = |whole: &Scope| -> Vec<Part<'a>> {
            let smaller = self.all.iter().filter(|(_, scope)| scope.is_within(whole) && !scope.is_same(whole));
            smaller.map(|(id, scope)| Part { id, same_functions: scope.functions == whole.functions }).collect()
        };
        let wholes = self.all.iter().map(|(id, scope)| (*id, parts(scope)));
        wholes.filter(|(_, parts)| !parts.is_empty()).collect()
    }

    /// Whether some indicators together count every topic of another.
    pub fn cover<'b>(&self, parts: impl Iterator<Item = &'b str>, whole: &str) -> bool {
        let topics: BTreeSet<usize> = parts.filter_map(|id| self.all.get(id)).flat_map(|scope| scope.topics.iter().copied()).collect();
        self.all.get(whole).is_some_and(|whole| whole.topics.is_subset(&topics))
    }

    /// Whether one of two indicators counts what the other does, or a part of it.
    pub fn are_related(&self, one: &str, other: &str) -> bool {
        let both = self.all.get(one).zip(self.all.get(other));
        both.is_some_and(|(one, other)| one.is_within(other) || other.is_within(one))
    }
}
