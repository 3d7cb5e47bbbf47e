//! What the text says: every number and every statement is bound to a figure, declared, or a finding.

use std::ops::Range;

use super::Reviewed;
use super::claims::{Amount, Claim, Class, Judge, Known, Statement, Verdict, read};
use super::finding::Finding;
use super::interval::{Interval, told};
use super::lexicon::{self, Hit};
use super::numbers::{numbers, value_of};
use super::passage::{Passage, Passages, Piece, Sort};
use crate::diagnostic::Code;
use crate::figures::Figure;
use crate::report::{Printed, References};
use crate::units::{Approximation, Grouping, Nearness, Notation, Period, Range as Values, Side, Target, Value, range_of, round_near};

/// A claim with what came of it, and where the words stand that it quotes.
pub(super) struct Judged {
    /// Where it was declared; absent for what the program says itself, which accounts for nobody else's words.
    pub scope: Option<usize>,
    pub claim: Claim,
    pub verdict: Verdict,
    /// Passage and bytes.
    pub words: Vec<(usize, Range<usize>)>,
}

/// All claims that could be read.
pub(super) struct Declared {
    pub claims: Vec<Judged>,
}

/// How many numbers the text prints, by what accounts for them; without those that findings are about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    pub external: usize,
    /// By a claim that quotes them and computes just that number.
    pub claimed: usize,
}

impl Declared {
    /// Reads every claim and holds it against the figures.
    pub fn read(reviewed: &Reviewed<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) -> Self {
        let references = References::new(reviewed.figures);
        let year = reviewed.content.school_year;
        let known = Known { references: &references, latest: [Period::SchoolYear(year), Period::Year(year.first_year())] };
        let judge = reviewed.judge();
        let mut claims = Vec::new();
        for (scope, one) in passages.scopes.iter().enumerate() {
            for text in &one.accounts.claims {
                match read(text, &known) {
                    Ok(claim) => claims.push(Self::judged(Some(scope), claim, &judge, passages, findings)),
                    Err(fault) => {
                        let span = fault.span.unwrap_or(text.span);
                        findings.push(Finding::new(fault.code, span, fault.message).help(fault.help));
                    }
                }
            }
        }
        let stated = reviewed.report.stated.iter().filter_map(|stated| crate::content::claim_of(&stated.words, stated.span));
        for text in stated {
            match read(&text, &known) {
                Ok(claim) => claims.push(Self::judged(None, claim, &judge, passages, findings)),
                Err(fault) => findings.push(Finding::new(fault.code, text.span, fault.message)),
            }
        }
        let declared = Self { claims };
        declared.check_sources(reviewed, findings);
        declared
    }

    fn judged(scope: Option<usize>, claim: Claim, judge: &Judge<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) -> Judged {
        let verdict = judge.judge(&claim);
        let words = claim.quoted.as_ref().zip(scope).map(|(quoted, scope)| passages.find(scope, &quoted.value)).unwrap_or_default();
        let stands = |quoted: &str| !words.is_empty() || scope.is_some_and(|scope| passages.fell_away(scope, quoted));
        if let Some(quoted) = claim.quoted.as_ref().filter(|quoted| !stands(quoted)) {
            let message = format!("de woorden «{}» staan hier niet in de tekst", quoted.value);
            findings.push(Finding::new(Code::ClaimWords, quoted.span, message));
        }
        match &verdict {
            Verdict::True(_) => {}
            Verdict::False(computed) => {
                findings.push(Finding::new(Code::ClaimFalse, claim.span, "deze bewering is niet waar").computed(computed.clone()));
            }
            Verdict::Uncertain(why, computed) => {
                let message = format!("deze bewering is niet na te gaan: {why}");
                findings.push(Finding::new(Code::ClaimUncertain, claim.span, message).computed(computed.clone()));
            }
        }
        Judged { scope, claim, verdict, words }
    }

    fn check_sources(&self, reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
        for judged in &self.claims {
            let Statement::External { sources } = &judged.claim.statement else { continue };
            for source in sources.iter().filter(|source| reviewed.figures.source(&source.value).is_none()) {
                let message = format!("de bron «{}» staat niet in bronnen.yaml", source.value);
                findings.push(Finding::new(Code::TextUnknownSource, source.span, message));
            }
        }
    }

    /// The claims that were declared right beside a passage. Those of a section or a chapter are about its title and
    /// introduction, unless they quote words further in.
    fn beside(&self, scope: usize) -> impl Iterator<Item = &Judged> {
        self.claims.iter().filter(move |judged| judged.scope == Some(scope))
    }

    /// Whether a number in words is just what a true claim computes that quotes it: «Ruim de helft».
    fn proves(&self, passage: usize, range: &Range<usize>, words: &str) -> bool {
        let Some((nearness, target, percent)) = value_of(&words.replace('\u{a0}', " ")) else { return false };
        let says = |amount: &Amount| amount.nearness == nearness && amount.target == target && amount.percent == percent;
        let quotes = |judged: &&Judged| judged.words.iter().any(|(at, quoted)| *at == passage && is_within(range, quoted));
        let mut proving = self.claims.iter().filter(quotes).filter(|judged| matches!(judged.verdict, Verdict::True(_)));
        proving.any(|judged| judged.claim.statement.amount().is_some_and(says))
    }

    /// Whether words are quoted by a claim of another's, or of nobody's.
    fn quotes(&self, passage: usize, range: &Range<usize>, fits: impl Fn(&Statement) -> bool) -> bool {
        let inside = |(at, words): &(usize, Range<usize>)| *at == passage && is_within(range, words);
        self.claims.iter().any(|judged| fits(&judged.claim.statement) && judged.words.iter().any(inside))
    }
}

fn is_within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Looks at every passage.
pub(super) fn review(reviewed: &Reviewed<'_>, passages: &Passages<'_>, declared: &Declared, findings: &mut Vec<Finding>) -> Counted {
    let mut counted = Counted::default();
    for (at, passage) in passages.all.iter().enumerate() {
        look_at_numbers(at, passage, declared, &mut counted, findings);
        look_at_nearness(at, passage, reviewed, findings);
        if passage.sort != Sort::Quote {
            look_at_statements(at, passage, declared, reviewed, findings);
        }
    }
    look_at_approximations(reviewed, findings);
    counted
}

fn look_at_numbers(at: usize, passage: &Passage<'_>, declared: &Declared, counted: &mut Counted, findings: &mut Vec<Finding>) {
    for number in numbers(&passage.text) {
        if !passage.is_typed(&number.range) {
            continue;
        }
        if declared.quotes(at, &number.range, |statement| matches!(statement, Statement::External { .. })) {
            counted.external += 1;
            continue;
        }
        if declared.proves(at, &number.range, &passage.text[number.range.clone()]) {
            counted.claimed += 1;
            continue;
        }
        let message = format!("het getal «{}» hangt aan geen enkel cijfer", &passage.text[number.range.clone()]);
        findings.push(Finding::of_words(Code::LooseNumber, passage.place(&number.range), at, number.range, message));
    }
}

/// «bijna», «ruim» or «meer dan» right before a figure must be true of it.
fn look_at_nearness(at: usize, passage: &Passage<'_>, reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
    for (stretch, printed) in passage.figures_in(&(0..passage.text.len())) {
        let Some((nearness, length)) = Nearness::at_end_of(&passage.text[..stretch.start]) else { continue };
        let words_start = passage.text[..stretch.start].trim_end().len() - length;
        let words = words_start..stretch.end;
        if printed.approximation.is_some_and(|approximation| approximation.nearness.is_some()) {
            let message = format!("«{}» zegt twee keer hoe precies het getal is", passage.text[words.clone()].replace("  ", " "));
            let found = Finding::of_words(Code::FalseApproximation, passage.place(&words), at, words, message);
            findings.push(found.help("Laat het woord in de tekst weg, of de filter in de verwijzing."));
            continue;
        }
        let Some(said) = said_of(&printed.figure, nearness, &printed.text) else { continue };
        let Some(range) = Interval::of_figure(&printed.figure) else { continue };
        let Some(message) = disagreement(&passage.text[words.clone()], Some(nearness), &said, range, printed, reviewed) else { continue };
        let found = Finding::of_words(Code::FalseApproximation, passage.place(&words), at, words, message);
        findings.push(found.computed(told(&said, is_percent(printed))));
    }
}

/// What is wrong with words that say a figure roughly. They must be true whatever a figure was before it was rounded; of one
/// that its source gave in rough words too, the side is enough: «bijna 300» of less than 300.
fn disagreement(
    words: &str,
    nearness: Option<Nearness>,
    said: &Values,
    range: Interval,
    printed: &Printed,
    reviewed: &Reviewed<'_>,
) -> Option<String> {
    let figure = reviewed.written(&printed.figure);
    let is_rough = printed.figure.bounds.iter().all(Option::is_some);
    let is_on_its_side = match nearness.map(Nearness::side) {
        Some(Side::Below) => said.high.is_some_and(|high| range.high <= high),
        Some(Side::Above) => said.low.is_some_and(|low| range.low >= low),
        Some(Side::Both) | None => true,
    };
    let can_hold = said.can_hold(range.low, range.high);
    if said.holds(range.low, range.high) || (is_rough && can_hold && is_on_its_side) {
        None
    } else if can_hold {
        Some(format!("«{words}» is niet na te gaan: het cijfer {figure} is zelf afgerond of benaderd"))
    } else {
        Some(format!("«{words}» klopt niet: het cijfer is {figure}"))
    }
}

fn is_percent(printed: &Printed) -> bool {
    printed.figure.value.is_some_and(Value::is_percent) || printed.figure.unit == "%"
}

/// For which values words before a printed figure are true. A figure that a source gave in words of its own says them itself.
fn said_of(figure: &Figure, nearness: Nearness, text: &str) -> Option<Values> {
    let own = figure.printed.as_ref().is_some_and(|words| Nearness::at_start_of(&words.to_lowercase()).is_some());
    let (_, target, percent) = value_of(&text.replace('\u{a0}', " "))?;
    (!own).then(|| range_of(Some(nearness), target, percent))
}

/// What a filter says roughly must be true.
fn look_at_approximations(reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
    for printed in &reviewed.report.printed {
        let Some((approximation, value)) = printed.approximation.zip(printed.figure.value) else { continue };
        let Some(range) = Interval::of_figure(&printed.figure) else { continue };
        let percent = value.is_percent();
        let said = range_of(approximation.nearness, target_of(approximation, value.ratio(), percent), percent);
        let words = printed.text.replace('\u{a0}', " ");
        let Some(message) = disagreement(&words, approximation.nearness, &said, range, printed, reviewed) else { continue };
        findings.push(Finding::new(Code::FalseApproximation, printed.span, message).computed(told(&said, is_percent(printed))));
    }
}

fn target_of(approximation: Approximation, value: crate::units::Ratio, percent: bool) -> Target {
    let nearness = approximation.nearness.unwrap_or(Nearness::About);
    approximation.target.unwrap_or_else(|| Target::Number(round_near(value, nearness, percent)))
}

impl Reviewed<'_> {
    fn judge(&self) -> Judge<'_> {
        Judge { figures: self.figures, thresholds: self.content.review.thresholds, grouping: self.content.grouping }
    }

    /// A figure as it stands in tables, with its period.
    pub(super) fn written(&self, figure: &Figure) -> String {
        let bounds = match figure.bounds {
            [Some(low), Some(high)] => {
                let write = |end| Notation::table(Grouping::Point).write(Value::Printed(end)).replace('\u{a0}', " ");
                format!(" ({} tot {})", write(low), write(high))
            }
            _ => String::new(),
        };
        format!("{}{bounds}", figure.write(&Notation::table(Grouping::Point)).replace('\u{a0}', " "))
    }
}

fn look_at_statements(at: usize, passage: &Passage<'_>, declared: &Declared, reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
    for sentence in passage.sentences() {
        for hit in lexicon::statements(&passage.text[sentence.clone()]) {
            let range = hit.range.start + sentence.start..hit.range.end + sentence.start;
            if matches!(hit.class, Class::More | Class::Less) && passage.is_before_a_figure(range.end) {
                continue;
            }
            // A figure that a source gave in words, «meer dan 40%», says nothing of its own.
            if !passage.is_typed(&range) {
                continue;
            }
            let hit = Hit { range, ..hit };
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
        let quoted = |fits: &dyn Fn(&Statement) -> bool| self.declared.quotes(self.at, &hit.range, fits);
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
        let mut said = None;
        for (_, printed) in self.passage.figures_in(&self.sentence) {
            let fits = match printed.figure.measure.as_str() {
                "groei" | "verschil" => self.direction_fits(&printed.figure, hit),
                "rang" => matches!(hit.class, Class::RankHigh | Class::RankLow).then_some(true),
                _ => None,
            };
            if let Some(fits) = fits {
                said = Some(said.unwrap_or(false) || fits);
            }
        }
        said
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
        let range = Interval::of_figure(figure)?;
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
        let mut ranges = growths.filter_map(|(_, printed)| Interval::of_figure(&printed.figure)).peekable();
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

impl Passages<'_> {
    /// Every place in a scope, and in all that stands in it, where these words stand.
    pub fn find(&self, scope: usize, words: &str) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        for (at, passage) in self.within(scope) {
            let mut from = 0;
            while let Some(start) = passage.text[from..].find(words).map(|start| start + from) {
                found.push((at, start..start + words.len()));
                from = start + words.len().max(1);
            }
        }
        found
    }

    /// Keys of the sources that the passages cite.
    pub fn cited(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flat_map(|passage| &passage.pieces).filter_map(|(_, piece)| match piece {
            Piece::Source(key) => Some(*key),
            _ => None,
        })
    }
}
