//! What the text says: every number and every statement is bound to a figure, declared, or a finding.

use std::ops::Range;

use super::claims::{Claim, Class, Judge, Known, Statement, Verdict, read};
use super::finding::Finding;
use super::interval::Interval;
use super::lexicon::{self, Hit, Strength};
use super::numbers::{numbers, value_of};
use super::passage::{Passage, Passages, Piece, Sort};
use super::{Reviewed, claims};
use crate::diagnostic::Code;
use crate::figures::Figure;
use crate::report::{Printed, References};
use crate::units::{Approximation, Grouping, Nearness, Notation, Period, Range as Values, Target, range_of, round_near};

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
}

impl Declared {
    /// Reads every claim and holds it against the figures.
    pub fn read(reviewed: &Reviewed<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) -> Self {
        let references = References::new(reviewed.figures);
        let year = reviewed.content.school_year;
        let known = Known { references: &references, latest: [Period::SchoolYear(year), Period::Year(year.first_year())] };
        let judge =
            Judge { figures: reviewed.figures, thresholds: reviewed.content.review.thresholds, grouping: reviewed.content.grouping };
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
        if let Some(quoted) = claim.quoted.as_ref().filter(|_| words.is_empty()) {
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

    /// Whether words are quoted by a claim of another's, or of nobody's.
    fn quotes(&self, passage: usize, range: &Range<usize>, fits: impl Fn(&Statement) -> bool) -> bool {
        let inside = |(at, words): &(usize, Range<usize>)| *at == passage && words.start <= range.start && range.end <= words.end;
        self.claims.iter().any(|judged| fits(&judged.claim.statement) && judged.words.iter().any(inside))
    }
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
        let message = format!("het getal «{}» hangt aan geen enkel cijfer", &passage.text[number.range.clone()]);
        findings.push(Finding::of_words(Code::LooseNumber, passage.place(&number.range), at, number.range, message));
    }
}

/// «bijna», «ruim» or «meer dan» right before a figure must be true of it.
fn look_at_nearness(at: usize, passage: &Passage<'_>, reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
    for (stretch, printed) in passage.figures_in(&(0..passage.text.len())) {
        let Some((nearness, length)) = Nearness::at_end_of(&passage.text[..stretch.start]) else { continue };
        let words_start = passage.text[..stretch.start].trim_end().len() - length;
        let Some(said) = said_of(&printed.figure, nearness, &printed.text) else { continue };
        let Some(range) = Interval::of_figure(&printed.figure) else { continue };
        if said.can_hold(range.low, range.high) {
            continue;
        }
        let words = &passage.text[words_start..stretch.end];
        let message = format!("«{words}» klopt niet: het cijfer is {}", reviewed.written(&printed.figure));
        let words = words_start..stretch.end;
        findings.push(
            Finding::of_words(Code::FalseApproximation, passage.place(&words), at, words, message).computed(in_words(&said, printed)),
        );
    }
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
        if said.can_hold(range.low, range.high) {
            continue;
        }
        let message = format!("«{}» klopt niet: het cijfer is {}", printed.text.replace('\u{a0}', " "), reviewed.written(&printed.figure));
        findings.push(Finding::new(Code::FalseApproximation, printed.span, message).computed(in_words(&said, printed)));
    }
}

fn target_of(approximation: Approximation, value: crate::units::Ratio, percent: bool) -> Target {
    let nearness = approximation.nearness.unwrap_or(Nearness::About);
    approximation.target.unwrap_or_else(|| Target::Number(round_near(value, nearness, percent)))
}

/// `waar van 2,45% tot 2,5%`
fn in_words(said: &Values, printed: &Printed) -> String {
    let percent = printed.figure.value.is_some_and(crate::units::Value::is_percent) || printed.figure.unit == "%";
    let write = |end: crate::units::Ratio| {
        let shown = if percent { end.scaled(100, 1) } else { end };
        let number = format!("{:.2}", shown.as_f64()).trim_end_matches('0').trim_end_matches('.').replace('.', ",");
        format!("{number}{}", if percent { "%" } else { "" })
    };
    match (said.low, said.high) {
        (Some(low), Some(high)) => format!("De woorden zijn waar van {} tot {}.", write(low), write(high)),
        (Some(low), None) => format!("De woorden zijn waar boven {}.", write(low)),
        (None, Some(high)) => format!("De woorden zijn waar onder {}.", write(high)),
        (None, None) => String::new(),
    }
}

impl Reviewed<'_> {
    /// A figure as it stands in tables, with its period.
    pub(super) fn written(&self, figure: &Figure) -> String {
        let bounds = match figure.bounds {
            [Some(low), Some(high)] => format!(" ({low} tot {high})"),
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
        if self.declared.quotes(self.at, &hit.range, |statement| !statement.is_computed()) {
            return None;
        }
        if self.declared.quotes(self.at, &hit.range, |statement| statement.covers(hit.class)) {
            return self.check_strength(hit);
        }
        match self.by_figures(hit.class) {
            Some(true) => return None,
            Some(false) if !self.is_claimed(hit.class) => return Some(self.contradiction(hit, "het cijfer in deze zin")),
            _ => {}
        }
        if self.is_claimed(hit.class) {
            return self.check_strength(hit);
        }
        if self.of_scope().any(|judged| self.speaks_of(judged) && judged.claim.statement.contradicts(hit.class)) {
            return Some(self.contradiction(hit, "de bewering ernaast"));
        }
        let words = &self.passage.text[hit.range.clone()];
        let message = format!("«{words}» zegt iets over de cijfers ({}), en geen bewering dekt het", hit.class.name());
        Some(Finding::of_words(Code::ClaimMissing, self.passage.place(&hit.range), self.at, hit.range.clone(), message))
    }

    /// Whether growths, differences and ranks that the sentence prints say what its words say; `None` where it prints none.
    fn by_figures(&self, class: Class) -> Option<bool> {
        let mut said = None;
        for (_, printed) in self.passage.figures_in(&self.sentence) {
            let says = match printed.figure.measure.as_str() {
                "groei" | "verschil" => self.sign(&printed.figure).map(|up| if up { Class::Rise } else { Class::Fall }),
                "rang" => Some(Class::RankHigh),
                _ => continue,
            };
            let fits = match (says, class) {
                (Some(Class::RankHigh), Class::RankHigh | Class::RankLow) => true,
                (Some(Class::RankHigh), _) => continue,
                (Some(says), class) if says.opposes(class) => false,
                (Some(_), Class::Rise | Class::Fall | Class::More | Class::Less | Class::Multiple) => true,
                _ => continue,
            };
            said = Some(said.unwrap_or(false) || fits);
        }
        said
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
    fn is_claimed(&self, class: Class) -> bool {
        let prints_none = self.passage.figures_in(&self.sentence).next().is_none();
        self.of_scope().any(|judged| (prints_none || self.speaks_of(judged)) && judged.claim.statement.covers(class))
    }

    /// «fors» and «licht» must be true of the claim that covers the words they stand by.
    fn check_strength(&self, hit: &Hit) -> Option<Finding> {
        let strength = hit.strength?;
        let size = match strength {
            Strength::Slight => claims::Size::Slight,
            Strength::Considerable => claims::Size::Considerable,
        };
        let judge = Judge {
            figures: self.reviewed.figures,
            thresholds: self.reviewed.content.review.thresholds,
            grouping: self.reviewed.content.grouping,
        };
        let all = self.declared.beside(self.passage.scope);
        let mut covering = all.filter(|judged| judged.claim.statement.is_computed() && judged.claim.statement.covers(hit.class)).peekable();
        covering.peek()?;
        let fits = covering.any(|judged| judge.is_of_size(&judged.claim, size));
        let words = &self.passage.text[hit.range.clone()];
        let message = format!("bij «{words}» staat een woord dat de verandering anders noemt dan ze is");
        let help = "Kies een ander woord; de drempels staan in verslag.yaml bij nazicht, drempels.";
        (!fits).then(|| {
            Finding::of_words(Code::ClaimContradicts, self.passage.place(&hit.range), self.at, hit.range.clone(), message).help(help)
        })
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
