//! Takes away what is excused with a reason, and doubts every excuse that excuses nothing.

use std::ops::Range;

use super::Reviewed;
use super::accounting::Excuse;
use super::finding::{About, Finding};
use super::passage::Passages;
use crate::content::Waiver;
use crate::data::DataWaiver;
use crate::diagnostic::Code;
use crate::units::Period;

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
            } else {
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
            let before = findings.len();
            findings.retain(|finding| !(finding.code.as_str() == waiver.code.value && is_about(&finding.about, &indicator.id, waiver)));
            if findings.len() < before {
                let period = waiver.period.map(|period| format!(", {period}")).unwrap_or_default();
                let what = format!("{}{period}", waiver.finding());
                excused.data.push(Excuse { place: indicator.title.clone(), what, reason: waiver.reason.clone() });
            } else if own {
                let message = format!("deze verantwoording van {} dekt geen bevinding ({})", indicator.id, waiver.code.value);
                findings.push(Finding::new(Code::WaiverIdle, waiver.code.span, message));
            }
        }
    }
}

fn is_about(about: &About, indicator: &str, waiver: &DataWaiver) -> bool {
    let About::Data { indicators, period } = about else { return false };
    let same_period = |asked: Period| period.is_none_or(|period| period == asked);
    indicators.iter().any(|id| id == indicator) && waiver.period.is_none_or(same_period)
}
