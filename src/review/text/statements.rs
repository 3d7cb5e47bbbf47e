//! Statements on figures: what the lexicon finds in a sentence is said by a figure in it or by a claim beside it.

use std::ops::Range;

use super::declared::{Declared, Judged};
use crate::diagnostic::Code;
use crate::figures::Figure;
use crate::review::Reviewed;
use crate::review::claims::{Class, Statement};
use crate::review::finding::Finding;
use crate::review::lexicon::{self, Hit};
use crate::review::passage::Passage;

pub(super) fn review(at: usize, passage: &Passage<'_>, declared: &Declared, reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
    for sentence in passage.sentences() {
        for hit in lexicon::statements(&passage.text[sentence.clone()]) {
            let range = hit.range.start + sentence.start..hit.range.end + sentence.start;
            if matches!(hit.class, Class::More | Class::Less) && passage.is_before_a_figure(range.end) {
                continue;
            }
            let ends = hit.ends.map(|end| end.start + sentence.start..end.end + sentence.start);
            // A figure that a source gave in words, «meer dan 40%», says nothing of its own.
            if !ends.iter().all(|end| passage.is_typed(end)) {
                continue;
            }
            let hit = Hit { range, ends, ..hit };
            let look = Look { at, passage, declared, reviewed, sentence: sentence.clone() };
            findings.extend(look.at(&hit));
        }
    }
}

/// One sentence, and all that may account for what it says.
struct Look<'a> {
    at: usize,
    passage: &'a Passage<'a>,
    declared: &'a Declared,
    reviewed: &'a Reviewed<'a>,
    sentence: Range<usize>,
}

impl Look<'_> {
    fn at(&self, hit: &Hit) -> Option<Finding> {
        // Nobody can quote words across a figure: either end of them will do.
        let is_whole = self.passage.is_typed(&hit.range);
        let quotable: Vec<&Range<usize>> = if is_whole { vec![&hit.range] } else { hit.ends.iter().collect() };
        let quoted = |fits: &dyn Fn(&Statement) -> bool| quotable.iter().any(|range| self.declared.quotes(self.at, range, fits));
        if quoted(&|statement| !statement.is_computed()) {
            return None;
        }
        if quoted(&|statement| statement.covers(hit.class, hit.is_denied)) {
            return self.check_strength(hit);
        }
        if quoted(&|statement| statement.contradicts(hit.class, hit.is_denied)) {
            return Some(self.contradiction(hit, "de bewering die deze woorden aanhaalt"));
        }
        match self.by_figures(hit) {
            Some(true) => return self.check_printed_strength(hit),
            Some(false) if !self.is_claimed(hit) => return Some(self.contradiction(hit, "het cijfer in deze zin")),
            _ => {}
        }
        if self.is_claimed(hit) {
            return self.check_strength(hit);
        }
        let prints_none = self.passage.figures_in(&self.sentence).next().is_none();
        if self
            .of_scope()
            .any(|judged| (prints_none || self.speaks_of(judged)) && judged.claim.statement.contradicts(hit.class, hit.is_denied))
        {
            return Some(self.contradiction(hit, "de bewering ernaast"));
        }
        let words = &self.passage.text[hit.range.clone()];
        let message = format!("«{words}» zegt iets over de cijfers ({}), en geen bewering dekt het", hit.class.in_words());
        Some(Finding::of_words(Code::ClaimMissing, self.passage.place(&hit.range), self.at, hit.range.clone(), message))
    }

    /// Whether growths, differences and ranks that the sentence prints say what its words say; `None` where it prints none.
    fn by_figures(&self, hit: &Hit) -> Option<bool> {
        let said = self.passage.figures_in(&self.sentence).filter_map(|(stretch, printed)| {
            let fits = match printed.figure.measure.as_str() {
                "groei" | "verschil" => self.direction_fits(&printed.figure, hit),
                "rang" => matches!(hit.class, Class::RankHigh | Class::RankLow).then_some(true),
                _ => None,
            };
            let between = stretch.start.saturating_sub(hit.range.end).max(hit.range.start.saturating_sub(stretch.end));
            Some((between, fits?))
        });
        // Of several, the nearest is the one that the words are about.
        said.min_by_key(|(between, _)| *between).map(|(_, fits)| fits)
    }

    /// Whether a change goes the way that words say; `None` where either goes nowhere.
    fn direction_fits(&self, figure: &Figure, hit: &Hit) -> Option<bool> {
        let up = self.sign(figure)?;
        match hit.class {
            Class::Rise | Class::More => Some(up != hit.is_denied),
            Class::Fall | Class::Less => Some(up == hit.is_denied),
            Class::Multiple => Some(true),
            _ => None,
        }
    }

    /// Whether a change goes up; `None` where it goes nowhere.
    fn sign(&self, figure: &Figure) -> Option<bool> {
        let range = figure.range()?;
        let zero = crate::units::Ratio::whole(0);
        (range.low > zero || range.high < zero).then_some(range.low > zero)
    }

    /// Claims that hold here and quote no words of their own.
    fn of_scope(&self) -> impl Iterator<Item = &Judged> {
        self.declared.beside(self.passage.scope).filter(|judged| judged.claim.quoted.is_none())
    }

    /// Whether a claim is about a figure that the sentence prints.
    fn speaks_of(&self, judged: &Judged) -> bool {
        let subjects = judged.claim.statement.subjects();
        let mut named = self.passage.figures_in(&self.sentence).map(|(_, printed)| &printed.figure.reference.indicator);
        named.any(|id| subjects.iter().any(|subject| subject.reference.indicator == *id))
    }

    /// Whether a claim beside the text covers these words, about something that the sentence speaks of.
    fn is_claimed(&self, hit: &Hit) -> bool {
        let prints_none = self.passage.figures_in(&self.sentence).next().is_none();
        self.of_scope().any(|judged| (prints_none || self.speaks_of(judged)) && judged.claim.statement.covers(hit.class, hit.is_denied))
    }

    /// «fors» and «licht» must be true of the claim that covers the words they stand by.
    fn check_strength(&self, hit: &Hit) -> Option<Finding> {
        let size = hit.strength?;
        let all = self.declared.beside(self.passage.scope).filter(|judged| judged.claim.statement.is_computed());
        let mut covering = all.filter(|judged| judged.claim.statement.covers(hit.class, hit.is_denied)).peekable();
        covering.peek()?;
        let judge = self.reviewed.judge();
        (!covering.any(|judged| judge.is_of_size(&judged.claim, size))).then(|| self.exaggeration(hit))
    }

    /// The same of the growth that the sentence prints.
    fn check_printed_strength(&self, hit: &Hit) -> Option<Finding> {
        let size = hit.strength?;
        let growths = self.passage.figures_in(&self.sentence).filter(|(_, printed)| printed.figure.measure == "groei");
        let mut ranges = growths.filter_map(|(_, printed)| printed.figure.range()).peekable();
        ranges.peek()?;
        let judge = self.reviewed.judge();
        (!ranges.any(|range| judge.is_growth_of_size(size, range))).then(|| self.exaggeration(hit))
    }

    fn exaggeration(&self, hit: &Hit) -> Finding {
        let words = &self.passage.text[hit.range.clone()];
        let message = format!("bij «{words}» staat een woord dat de verandering anders noemt dan ze is");
        let help = "Kies een ander woord; de drempels staan in verslag.yaml bij nazicht, drempels.";
        Finding::of_words(Code::ClaimContradicts, self.passage.place(&hit.range), self.at, hit.range.clone(), message).help(help)
    }

    fn contradiction(&self, hit: &Hit, other: &str) -> Finding {
        let words = &self.passage.text[hit.range.clone()];
        let message = format!("«{words}» zegt het omgekeerde van {other}");
        Finding::of_words(Code::ClaimContradicts, self.passage.place(&hit.range), self.at, hit.range.clone(), message)
    }
}
