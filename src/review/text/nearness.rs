//! Words that say a figure roughly, typed before it or by a filter: «bijna», «ruim», «een vijfde».

use crate::diagnostic::Code;
use crate::figures::Figure;
use crate::report::Printed;
use crate::review::Reviewed;
use crate::review::finding::Finding;
use crate::review::interval::told;
use crate::review::numbers::value_of;
use crate::review::passage::Passage;
use crate::units::Interval;
use crate::units::{Approximation, Nearness, Range as Values, Ratio, Side, Target, Value, range_of, round_near};

/// «bijna», «ruim» or «meer dan» right before a figure must be true of it.
pub(super) fn of_words(at: usize, passage: &Passage<'_>, reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
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
        let Some(range) = printed.figure.range() else { continue };
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
pub(super) fn of_filters(reviewed: &Reviewed<'_>, findings: &mut Vec<Finding>) {
    for printed in &reviewed.report.printed {
        let Some((approximation, value)) = printed.approximation.zip(printed.figure.value) else { continue };
        let Some(range) = printed.figure.range() else { continue };
        let percent = value.is_percent();
        let said = range_of(approximation.nearness, target_of(approximation, value.ratio(), percent), percent);
        let words = printed.text.replace('\u{a0}', " ");
        let Some(message) = disagreement(&words, approximation.nearness, &said, range, printed, reviewed) else { continue };
        findings.push(Finding::new(Code::FalseApproximation, printed.span, message).computed(told(&said, is_percent(printed))));
    }
}

fn target_of(approximation: Approximation, value: Ratio, percent: bool) -> Target {
    let nearness = approximation.nearness.unwrap_or(Nearness::About);
    approximation.target.unwrap_or_else(|| Target::Number(round_near(value, nearness, percent)))
}
