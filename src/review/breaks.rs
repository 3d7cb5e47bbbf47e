//! No claim and no printed change runs over a break in series, or rests on a value that is provisional or doubtful, without
//! the text saying so.

use super::Reviewed;
use super::claims::Statement;
use super::finding::Finding;
use super::passage::Passages;
use super::text::{Declared, Judged};
use crate::diagnostic::Code;
use crate::figures::{Break, Figure, Mark, Reference};
use crate::units::Period;

/// Words with which a text says that years are not simply comparable; each may go on, as «vergelijken» does.
const OF_A_BREAK: [&str; 9] = [
    "breuk",
    "trendbreuk",
    "vergelijk",
    "andere telling",
    "anders geteld",
    "andere manier",
    "niet dezelfde",
    "hou er rekening mee",
    "met voorzichtigheid",
];
/// And with which it says that a value is not certain.
const OF_DOUBT: [&str; 8] = [
    "voorlopig",
    "onzeker",
    "onbetrouwbaar",
    "nog niet definitief",
    "met voorzichtigheid",
    "niet samen juist",
    "niet allebei juist",
    "niet bij elkaar",
];

/// Marks of which a statement must say that they are there.
const DOUBTFUL: [Mark; 2] = [Mark::Provisional, Mark::Unreliable];

pub(super) fn review(reviewed: &Reviewed<'_>, passages: &Passages<'_>, declared: &Declared, findings: &mut Vec<Finding>) {
    for judged in &declared.claims {
        findings.extend(of_claim(judged, reviewed, passages));
    }
    for (at, passage) in passages.all.iter().enumerate() {
        for (stretch, printed) in passage.figures_in(&(0..passage.text.len())) {
            let Some((from, to)) = printed.figure.base.map(|base| (base, printed.figure.period)) else { continue };
            let Some(series_break) = crossed(reviewed, &printed.figure.reference, from, to) else { continue };
            if says(passages, passage.scope, &OF_A_BREAK) {
                continue;
            }
            let message = format!("«{}» loopt over de trendbreuk van {} heen", printed.text.replace('\u{a0}', " "), series_break.from);
            let finding = Finding::of_words(Code::BreakUntold, printed.span, at, stretch.clone(), message);
            findings.push(finding.computed(series_break.reason.clone()));
        }
    }
}

fn of_claim(judged: &Judged, reviewed: &Reviewed<'_>, passages: &Passages<'_>) -> Option<Finding> {
    // What the program says itself says it in the same breath.
    let scope = judged.scope?;
    let (tells_break, tells_doubt) = (says(passages, scope, &OF_A_BREAK), says(passages, scope, &OF_DOUBT));
    let statement = &judged.claim.statement;
    let subjects = statement.subjects();
    for subject in &subjects {
        let same = subjects.iter().filter(|other| other.reference.indicator == subject.reference.indicator);
        let periods: Vec<Period> = same.flat_map(|other| statement.periods_of(other)).collect();
        let (Some(from), Some(to)) = (periods.iter().min().copied(), periods.iter().max().copied()) else { continue };
        if let Some(series_break) = crossed(reviewed, &subject.reference, from, to).filter(|_| !tells_break) {
            let message = format!("deze bewering loopt over de trendbreuk van {} heen", series_break.from);
            return Some(Finding::new(Code::BreakUntold, judged.claim.span, message).computed(series_break.reason.clone()));
        }
        // An order holds on the ranges of its values, whatever is doubtful about one of them.
        let is_order = matches!(statement, Statement::Order { .. } | Statement::Nth { .. });
        if let Some((period, mark)) = doubtful(reviewed, &subject.reference, &periods)
            && !tells_doubt
            && !is_order
            && !is_marked(passages, scope, &subject.reference, period, mark)
        {
            let message = format!("deze bewering steunt op een cijfer van {period} dat {} is", mark.name());
            let help = "Zeg in de tekst dat het cijfer onzeker of voorlopig is, of druk het daar af met zijn merkteken.";
            return Some(Finding::new(Code::BreakUntold, judged.claim.span, message).help(help));
        }
    }
    None
}

/// The first break of a series behind one period and up to another.
fn crossed<'a>(reviewed: &Reviewed<'a>, reference: &Reference, from: Period, to: Period) -> Option<&'a Break> {
    let indicator = reviewed.figures.indicator(&reference.indicator)?;
    let within = |series_break: &&Break| series_break.from.kind() == from.kind() && from < series_break.from && series_break.from <= to;
    indicator.breaks.iter().find(within)
}

fn doubtful(reviewed: &Reviewed<'_>, reference: &Reference, periods: &[Period]) -> Option<(Period, Mark)> {
    let alone = Reference { change: None, ..reference.clone() };
    let figure = |period: Period| reviewed.figures.resolve(&alone.at(period)).ok();
    let mark = |figure: &Figure| DOUBTFUL.into_iter().find(|mark| figure.marks.contains(mark));
    periods.iter().find_map(|period| Some((*period, mark(&figure(*period)?)?)))
}

/// Whether the text says that it knows: in the block, or, of a title, in its section. A word begins where none goes on: an arm
/// that breaks is no break in series.
fn says(passages: &Passages<'_>, scope: usize, phrases: &[&str]) -> bool {
    passages.within(scope).any(|(_, passage)| {
        let lower = passage.text.to_lowercase();
        let begins = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
        phrases.iter().any(|words| lower.match_indices(words).any(|(at, _)| begins(at)))
    })
}

/// Whether the figure is printed there with its mark.
fn is_marked(passages: &Passages<'_>, scope: usize, reference: &Reference, period: Period, mark: Mark) -> bool {
    let is_it =
        |figure: &Figure| figure.reference.indicator == reference.indicator && figure.period == period && figure.marks.contains(&mark);
    passages.within(scope).any(|(_, passage)| passage.figures_in(&(0..passage.text.len())).any(|(_, printed)| is_it(&printed.figure)))
}
