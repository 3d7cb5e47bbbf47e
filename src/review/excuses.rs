//! Takes away what is excused with a reason, and doubts every excuse that excuses nothing.

use std::ops::Range;

use serde::Serialize;

use super::Reviewed;
use super::finding::{About, Finding};
use super::passage::Passages;
use crate::content::Waiver;
use crate::data::DataWaiver;
use crate::diagnostic::Code;
use crate::units::capitalized;

/// Something that is excused, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Excuse {
    /// The part of the report, or the title of the indicator.
    pub place: String,
    pub what: String,
    pub reason: String,
}

/// What was excused.
#[derive(Debug, Default)]
pub(super) struct Excused {
    /// Numbers in the text.
    pub numbers: usize,
    pub words: Vec<Excuse>,
    pub data: Vec<Excuse>,
}

/// Findings that words of the text can be excused of.
const OF_WORDS: [Code; 5] = [Code::LooseNumber, Code::ClaimMissing, Code::BreakUntold, Code::FalseApproximation, Code::StyleVariants];

pub(super) fn apply(reviewed: &Reviewed<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) -> Excused {
    let mut excused = Excused::default();
    of_words(passages, findings, &mut excused);
    of_data(reviewed, findings, &mut excused);
    excused
}

/// Words are excused where they stand, by the block or by anything around it.
fn of_words(passages: &Passages<'_>, findings: &mut Vec<Finding>, excused: &mut Excused) {
    for (scope, one) in passages.scopes.iter().enumerate() {
        for waiver in &one.accounts.waivers {
            let places = passages.find(scope, &waiver.text.value);
            let before = findings.len();
            findings.retain(|finding| {
                let is_excused = OF_WORDS.contains(&finding.code) && is_within(&finding.about, &places);
                excused.numbers += usize::from(is_excused && finding.code == Code::LooseNumber);
                !is_excused
            });
            if findings.len() < before {
                excused.words.push(excuse(&one.title, waiver));
            } else if !passages.fell_away(scope, &waiver.text.value) {
                findings.push(idle(waiver, places.is_empty()));
            }
        }
    }
}

fn is_within(about: &About, places: &[(usize, Range<usize>)]) -> bool {
    let About::Words(passage, range) = about else { return false };
    places.iter().any(|(at, words)| at == passage && words.start <= range.start && range.end <= words.end)
}

fn excuse(place: &str, waiver: &Waiver) -> Excuse {
    Excuse { place: place.to_owned(), what: format!("«{}»", waiver.text.value), reason: super::passage::plain(&waiver.reason) }
}

fn idle(waiver: &Waiver, is_absent: bool) -> Finding {
    let why = if is_absent { "die woorden staan hier niet in de tekst" } else { "die woorden hebben geen verantwoording nodig" };
    Finding::new(Code::WaiverIdle, waiver.text.span, format!("«{}» verantwoordt niets: {why}", waiver.text.value))
}

/// Values are excused at their indicator.
fn of_data(reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>, excused: &mut Excused) {
    // An example takes the definitions of another edition over, and with them excuses for values that it does not have.
    let own = !crate::figures::is_fictitious(&reviewed.content.edition);
    for indicator in &reviewed.data.indicators {
        for waiver in &indicator.waivers {
            let is_excused = |finding: &mut Finding| is_about(finding, &indicator.id, waiver);
            let known: Vec<Finding> = findings.extract_if(.., is_excused).collect();
            if known.is_empty() && own {
                findings.push(idle_of_data(&indicator.id, waiver, findings));
            }
            excused.data.extend(known.iter().map(|finding| excuse_of_data(&indicator.title, finding, waiver)));
        }
    }
}

/// With the arithmetic, so that a reader can do it again.
fn excuse_of_data(title: &str, finding: &Finding, waiver: &DataWaiver) -> Excuse {
    // Of what merely stands side by side the message says all that a reader needs.
    let is_arithmetic = ![Code::SumEqual, Code::SumCircle, Code::SumSources].contains(&finding.code);
    let computed = if is_arithmetic { format!(" ({})", finding.computed) } else { String::new() };
    let what = format!("{}{computed}", capitalized(&finding.message));
    Excuse { place: title.to_owned(), what, reason: waiver.reason.clone() }
}

fn is_about(finding: &Finding, indicator: &str, waiver: &DataWaiver) -> bool {
    is_of(finding, indicator, waiver) && in_period(finding, waiver) && waiver.values.iter().all(|value| names(finding, value))
}

/// Whether it is the kind of finding that a waiver names, of its indicator.
fn is_of(finding: &Finding, indicator: &str, waiver: &DataWaiver) -> bool {
    let About::Data { indicators, .. } = &finding.about else { return false };
    finding.code.as_str() == waiver.code.value && indicators.iter().any(|id| id == indicator)
}

fn in_period(finding: &Finding, waiver: &DataWaiver) -> bool {
    let About::Data { period: Some(period), .. } = &finding.about else { return true };
    waiver.period.as_ref().is_none_or(|asked| asked.value == *period)
}

/// Whether a finding speaks of a number, and not merely of a longer one that it is a part of.
fn names(finding: &Finding, value: &str) -> bool {
    let goes_on = |letter: char| letter.is_alphanumeric();
    let stands_in = |text: &str| {
        text.match_indices(value).any(|(start, _)| {
            let behind = &text[start + value.len()..];
            let mut next = behind.chars();
            let joined = match (next.next(), next.next()) {
                (Some('.' | ','), Some(digit)) => digit.is_ascii_digit(),
                (Some(letter), _) => goes_on(letter),
                _ => false,
            };
            !joined && !text[..start].ends_with(|letter: char| goes_on(letter) || matches!(letter, '.' | ','))
        })
    };
    stands_in(&finding.message) || stands_in(&finding.computed)
}

/// Says what of an excuse fits no finding, at that very place.
fn idle_of_data(indicator: &str, waiver: &DataWaiver, findings: &[Finding]) -> Finding {
    let alike: Vec<&Finding> = findings.iter().filter(|finding| is_of(finding, indicator, waiver)).collect();
    if alike.is_empty() {
        let message = format!("deze verantwoording van {indicator} dekt geen bevinding ({})", waiver.code.value);
        return Finding::new(Code::WaiverIdle, waiver.code.span, message);
    }
    let in_time: Vec<&&Finding> = alike.iter().filter(|finding| in_period(finding, waiver)).collect();
    let wrong = waiver.values.iter().find(|value| !in_time.iter().any(|finding| names(finding, value)));
    let (what, span) = match (&waiver.period, wrong) {
        (Some(period), _) if in_time.is_empty() => (format!("gaat over {}", period.value), period.span),
        (_, Some(value)) => (format!("noemt {}", value.value), value.span),
        _ => ("noemt al deze waarden".to_owned(), waiver.code.span),
    };
    let found = in_time.first().or(alike.first().as_ref()).map(|finding| finding.message.clone()).unwrap_or_default();
    let message = format!("geen bevinding {} van {indicator} {what}", waiver.code.value);
    let help = "Kijk na of de reden nog geldt, en neem dan de waarden over zoals ze in de bevinding staan.";
    Finding::new(Code::WaiverIdle, span, message).computed(format!("Gevonden: {found}")).help(help)
}
