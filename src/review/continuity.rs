//! Series of the edition before: a reader who looks for last year's series finds it, or the reason why it is not there.

use std::collections::{BTreeMap, BTreeSet};

use super::Reviewed;
use super::finding::Finding;
use super::passage::Passages;
use crate::data::{Break, Indicator};
use crate::diagnostic::{Code, closest};
use crate::figures::{Measure, Reference};
use crate::report::{Mode, References};
use crate::source::Span;

/// What the edition before printed, and what it counted.
#[derive(Debug, Clone)]
pub struct Predecessor {
    pub edition: String,
    /// Indicator and measure of every series that it printed.
    pub series: BTreeSet<(String, String)>,
    pub indicators: Vec<Indicator>,
}

/// What to do about a series that the text names, and that has no numbers.
const AWAITED: &str =
    "De tekst noemt de reeks wel, maar er zijn geen cijfers. Lever ze, of geef bij nazicht, reeksen de reden waarom ze er niet zijn.";

/// Measures that are no series: what is said once of a series.
const OF_A_SERIES: [&str; 5] = ["groei", "verschil", "som", "rest", "rang"];

pub(super) fn review(reviewed: &Reviewed<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) {
    let Some(predecessor) = reviewed.predecessor else { return };
    let Some(named) = &reviewed.content.review.predecessor else { return };
    let gone = gone(reviewed, predecessor);
    let redefined = redefined(reviewed, predecessor);
    let told = told(reviewed);
    let awaited = awaited(reviewed, passages);
    let is_awaited = |indicator: &str, measure: &str| awaited.contains(&(indicator.to_owned(), measure.to_owned()));
    for (indicator, measures) in &gone {
        let mut untold: Vec<&str> =
            measures.iter().map(String::as_str).filter(|measure| !is_told(&told, indicator, Some(measure))).collect();
        // The numbers of a draft are still to come.
        untold.retain(|measure| reviewed.mode == Mode::Final || !is_awaited(indicator, measure));
        if !untold.is_empty() {
            let finding = vanished(predecessor, indicator, &untold, named.span);
            let without_values = untold.iter().all(|measure| is_awaited(indicator, measure));
            findings.push(if without_values { finding.help(AWAITED) } else { finding });
        }
    }
    for (indicator, what) in &redefined {
        if !is_told(&told, indicator, None) {
            let message = format!("«{indicator}» telt nu iets anders dan in {}", predecessor.edition);
            findings.push(Finding::new(Code::SeriesRedefined, named.span, message).computed(what.clone()));
        }
    }
    findings.extend(idle(reviewed, &gone, &redefined));
}

/// Series that the edition before printed and this one does not, by indicator.
fn gone(reviewed: &Reviewed<'_>, predecessor: &Predecessor) -> BTreeMap<String, BTreeSet<String>> {
    let now: BTreeSet<(&str, &str)> = reviewed
        .report
        .printed
        .iter()
        .map(|printed| (printed.figure.reference.indicator.as_str(), printed.figure.measure.as_str()))
        .collect();
    let mut gone: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (indicator, measure) in &predecessor.series {
        let is_series = !OF_A_SERIES.contains(&measure.as_str());
        if is_series && !now.contains(&(indicator.as_str(), measure.as_str())) {
            gone.entry(indicator.clone()).or_default().insert(measure.clone());
        }
    }
    gone
}

/// Series that the text names, whether there are numbers for them or not.
fn awaited(reviewed: &Reviewed<'_>, passages: &Passages<'_>) -> BTreeSet<(String, String)> {
    let references = References::new(reviewed.figures);
    let named = passages.named.iter().filter_map(|expression| references.read(expression).ok());
    named.map(|reference| (reference.indicator.clone(), measure_of(reviewed, &reference))).collect()
}

/// As printed figures name it.
fn measure_of(reviewed: &Reviewed<'_>, reference: &Reference) -> String {
    match reference.measure {
        Measure::Own | Measure::Observed(_) => reviewed.figures.measure_name(reference),
        Measure::Share => "aandeel".to_owned(),
        Measure::Mean => "gemiddelde".to_owned(),
        Measure::Rank => "rang".to_owned(),
    }
}

fn vanished(predecessor: &Predecessor, indicator: &str, measures: &[&str], span: Span) -> Finding {
    let title = predecessor.indicators.iter().find(|known| known.id == indicator).map_or(indicator, |known| known.title.as_str());
    let series: Vec<String> = measures.iter().map(|measure| format!("{indicator}.{measure}")).collect();
    let message = format!("de reeks «{title}» van {} staat niet meer in dit verslag ({})", predecessor.edition, series.join(", "));
    Finding::new(Code::SeriesGone, span, message)
}

/// Indicators of both editions that do not count the same, with what differs.
fn redefined(reviewed: &Reviewed<'_>, predecessor: &Predecessor) -> BTreeMap<String, String> {
    let printed: BTreeSet<&str> = reviewed.report.printed.iter().map(|printed| printed.figure.reference.indicator.as_str()).collect();
    let both = predecessor.indicators.iter().filter_map(|old| Some((old, reviewed.figures.indicator(&old.id)?)));
    let was_printed = |id: &str| predecessor.series.iter().any(|(indicator, _)| indicator == id);
    both.filter(|(old, _)| printed.contains(old.id.as_str()) && was_printed(&old.id))
        .filter_map(|(old, new)| Some((old.id.clone(), difference(old, new)?)))
        .collect()
}

fn difference(old: &Indicator, new: &Indicator) -> Option<String> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let pairs = [
        ("definitie", words(&old.definition), words(&new.definition)),
        ("eenheid", old.unit.clone(), new.unit.clone()),
        ("noemer", old.denominator.clone().unwrap_or_default(), new.denominator.clone().unwrap_or_default()),
        ("onderwerpen", sorted(&old.topics), sorted(&new.topics)),
        ("functies", sorted(&old.functions), sorted(&new.functions)),
    ];
    let changed = pairs.iter().filter(|(_, old, new)| old != new).map(|(what, old, new)| format!("{what}: vroeger «{old}», nu «{new}»"));
    // A break that comes with a new year is news; one that was declared before does not go away.
    let kept = |one: &&Break| new.breaks.iter().any(|other| other.from == one.from);
    let dropped = old.breaks.iter().filter(|one| !kept(one)).map(|one| format!("de trendbreuk van {} is weg", one.from));
    let changed: Vec<String> = changed.chain(dropped).collect();
    (!changed.is_empty()).then(|| changed.join("; "))
}

fn sorted(codes: &[String]) -> String {
    codes.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

fn told(reviewed: &Reviewed<'_>) -> Vec<String> {
    reviewed.content.review.discontinued.iter().flat_map(|one| &one.series).map(|series| series.value.clone()).collect()
}

/// Whether a reason speaks of an indicator, or of this measure of it.
fn is_told(told: &[String], indicator: &str, measure: Option<&str>) -> bool {
    told.iter().any(|series| series == indicator || measure.is_some_and(|measure| *series == format!("{indicator}.{measure}")))
}

/// Reasons for what did not happen.
fn idle(reviewed: &Reviewed<'_>, gone: &BTreeMap<String, BTreeSet<String>>, redefined: &BTreeMap<String, String>) -> Vec<Finding> {
    let names = || gone.keys().chain(redefined.keys()).map(String::as_str);
    let happened = |series: &str| match series.split_once('.') {
        Some((indicator, measure)) => gone.get(indicator).is_some_and(|measures| measures.contains(measure)),
        None => names().any(|name| name == series),
    };
    let all = reviewed.content.review.discontinued.iter().flat_map(|one| &one.series).filter(|series| !happened(&series.value));
    all.map(|series| {
        let message = format!("de reeks «{}» is niet verdwenen en niet veranderd", series.value);
        let finding = Finding::new(Code::SeriesIdle, series.span, message);
        match closest(&series.value, names()) {
            Some(name) => finding.help(format!("Bedoelde u «{name}»? {}", Code::SeriesIdle.remedy())),
            None => finding,
        }
    })
    .collect()
}
