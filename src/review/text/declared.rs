//! The claims that editors declare beside the text, and those of the program itself, held against the figures.

use std::ops::Range;

use crate::diagnostic::Code;
use crate::report::References;
use crate::review::Reviewed;
use crate::review::claims::{Amount, Claim, Judge, Known, Statement, Verdict, read};
use crate::review::finding::Finding;
use crate::review::numbers::value_of;
use crate::review::passage::Passages;
use crate::units::Period;

/// A claim with what came of it, and where the words stand that it quotes.
pub(in crate::review) struct Judged {
    /// Where it was declared; absent for what the program says itself, which accounts for nobody else's words.
    pub scope: Option<usize>,
    pub claim: Claim,
    pub verdict: Verdict,
    /// Passage and bytes.
    pub words: Vec<(usize, Range<usize>)>,
}

/// All claims that could be read.
pub(in crate::review) struct Declared {
    pub claims: Vec<Judged>,
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
        // What the program writes nobody can reword.
        let (who, help) = match scope {
            Some(_) => ("deze bewering", ""),
            None => ("wat het programma hierover schrijft,", "Laat de indicator hier weg, of kies een andere «vanaf»."),
        };
        let finding = match &verdict {
            Verdict::True(_) => None,
            Verdict::False(computed) => {
                Some(Finding::new(Code::ClaimFalse, claim.span, format!("{who} is niet waar")).computed(computed.clone()))
            }
            Verdict::Uncertain(why, computed) => {
                let message = format!("{who} is niet na te gaan: {why}");
                Some(Finding::new(Code::ClaimUncertain, claim.span, message).computed(computed.clone()))
            }
        };
        findings.extend(finding.map(|finding| finding.help(help)));
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
    pub fn beside(&self, scope: usize) -> impl Iterator<Item = &Judged> {
        self.claims.iter().filter(move |judged| judged.scope == Some(scope))
    }

    /// Whether a number in words is just what a true claim computes that quotes it: «Ruim de helft».
    pub fn proves(&self, passage: usize, range: &Range<usize>, words: &str) -> bool {
        let Some((nearness, target, percent)) = value_of(&words.replace('\u{a0}', " ")) else { return false };
        let says = |amount: &Amount| amount.nearness == nearness && amount.target == target && amount.percent == percent;
        let quotes = |judged: &&Judged| judged.words.iter().any(|(at, quoted)| *at == passage && is_within(range, quoted));
        let mut proving = self.claims.iter().filter(quotes).filter(|judged| matches!(judged.verdict, Verdict::True(_)));
        proving.any(|judged| judged.claim.statement.amount().is_some_and(says))
    }

    /// Whether words are quoted by a claim of another's, or of nobody's.
    pub fn quotes(&self, passage: usize, range: &Range<usize>, fits: impl Fn(&Statement) -> bool) -> bool {
        let inside = |(at, words): &(usize, Range<usize>)| *at == passage && is_within(range, words);
        self.claims.iter().any(|judged| fits(&judged.claim.statement) && judged.words.iter().any(inside))
    }
}

fn is_within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
