//! Is what we print true? Doubts every number and every statement of a report, and the data behind them.
//!
//! 1. [`passage`] lays the text out as it is printed, [`numbers`] and [`lexicon`] find what it says.
//! 2. [`claims`] reads what editors declared beside it, and holds that against the figures; [`text`] looks whether everything
//!    said is bound to a figure, declared, or excused.
//! 3. [`arithmetic`] doubts the data: shares, parts, means, growth. [`continuity`] asks after the series of the edition before,
//!    [`breaks`] after comparisons that run over a break, [`consistency`] after one thing written in two ways.
//! 4. [`excuses`] takes away what was excused with a reason, and says which excuses excuse nothing; [`Accounting`] is what is
//!    left to tell the reader.

mod accounting;
mod arithmetic;
mod breaks;
mod claims;
mod consistency;
mod continuity;
mod excuses;
mod finding;
mod interval;
mod lexicon;
mod numbers;
mod passage;
mod text;
mod token;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::content::{Content, Weight};
use crate::data::Data;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::figures::{Figures, Selection};
use crate::report::{ChartRequest, Mode, Report};
use finding::{About, Finding};
use passage::Passages;
use text::Declared;

pub use accounting::{Accounting, Told};
pub use continuity::Predecessor;
pub use excuses::Excuse;

/// What is reviewed.
#[derive(Clone, Copy)]
pub struct Reviewed<'a> {
    pub content: &'a Content,
    pub data: &'a Data,
    pub figures: &'a Figures,
    pub report: &'a Report,
    /// The edition whose series this one goes on with.
    pub predecessor: Option<&'a Predecessor>,
    pub mode: Mode,
}

/// What a review came to.
#[derive(Debug, Clone)]
pub struct Review {
    pub findings: Vec<Diagnostic>,
    pub accounting: Accounting,
}

/// Reviews a report.
pub fn review(reviewed: &Reviewed<'_>) -> Review {
    let passages = Passages::of(reviewed.content, reviewed.report, reviewed.mode);
    let mut findings = Vec::new();
    let declared = Declared::read(reviewed, &passages, &mut findings);
    let told = text::review(reviewed, &passages, &declared, &mut findings);
    breaks::review(reviewed, &passages, &declared, &mut findings);
    consistency::review(reviewed, &passages, &mut findings);
    findings.extend(arithmetic::review(reviewed.data).into_iter().filter(|finding| !is_named_rest(finding, reviewed.report)));
    continuity::review(reviewed, &passages, &mut findings);
    let excuses = excuses::apply(reviewed, &passages, &mut findings);
    let printed = printed_indicators(reviewed.report);
    let findings = findings.into_iter().map(|finding| weighed(finding, reviewed, &printed)).collect();
    Review { findings, accounting: accounting::of(reviewed, &passages, &declared, told, excuses) }
}

/// Whether a chart shows what the parts of this very total leave over, under a name of its own.
fn is_named_rest(finding: &Finding, report: &Report) -> bool {
    let About::Data { indicators, period } = &finding.about else { return false };
    let shows = |request: &ChartRequest| match &request.selection {
        Selection::Parts(parts) => {
            parts.rest.is_some()
                && parts
                    .whole
                    .as_ref()
                    .is_some_and(|whole| indicators.contains(&whole.reference.indicator) && Some(whole.period) == *period)
        }
        Selection::Series { .. } => false,
    };
    finding.code == Code::SumRest && report.charts.iter().any(shows)
}

/// What the search for statements and numbers finds in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundInSentence {
    /// The classes of the lexicon in the order of the words, with the bytes of the words that state it.
    pub statements: Vec<(&'static str, Range<usize>)>,
    /// The bytes of the numbers that say how much.
    pub numbers: Vec<Range<usize>>,
}

/// What would have to be accounted for in a sentence without figures.
pub fn find_in_sentence(sentence: &str) -> FoundInSentence {
    let statements = lexicon::statements(sentence).into_iter().map(|hit| (hit.class.name(), hit.range)).collect();
    let numbers = numbers::numbers(sentence).into_iter().map(|number| number.range).collect();
    FoundInSentence { statements, numbers }
}

/// Ids of the indicators that something printed was counted by.
fn printed_indicators(report: &Report) -> BTreeSet<&str> {
    report.printed.iter().flat_map(|printed| &printed.figure.origins).map(|origin| origin.indicator.as_str()).collect()
}

/// Codes that ask for a look and say nothing untrue.
const LIGHT: [Code; 6] =
    [Code::StyleVariants, Code::ChartUnmentioned, Code::SourceUnused, Code::QuoteNameless, Code::WaiverIdle, Code::SeriesIdle];

/// How heavy a finding is: as the edition says, or else by its kind. A draft is stopped by none, and what nobody prints stops
/// nobody.
fn weighed(finding: Finding, reviewed: &Reviewed<'_>, printed: &BTreeSet<&str>) -> Diagnostic {
    let chosen = reviewed.content.review.severities.iter().find(|(code, _)| code.value == finding.code.as_str());
    let unprinted = matches!(&finding.about, About::Data { indicators, .. } if !indicators.iter().any(|id| printed.contains(id.as_str())));
    let severity = match chosen {
        Some((_, Weight::Error)) => Severity::Error,
        Some((_, Weight::Warning)) => Severity::Warning,
        None if LIGHT.contains(&finding.code) || unprinted => Severity::Warning,
        None => Severity::Error,
    };
    let severity = if reviewed.mode == Mode::Draft { Severity::Warning } else { severity };
    finding.into_diagnostic().severity(severity)
}
