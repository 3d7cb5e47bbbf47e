//! Unique pupils, who may stand in several parts: no part is more than the whole, and the whole no more than all parts together.
//! And whoever is counted has had an intervention.

use super::ground::{Cell, Ground, INTERVENTIONS, Key, PUPILS, Slice};
use super::parts::{addition, place};
use super::scope::{Part, Scopes};
use super::splits::{Whole, wholes};
use super::wording::{counts, observed, printed};
use crate::data::{Observation, Published, PublishedMeasure};
use crate::diagnostic::Code;
use crate::review::finding::Finding;
use crate::units::Interval;
use crate::units::{Period, Ratio, enumerated};

pub(super) fn review(ground: &Ground<'_>, scopes: &Scopes<'_>, findings: &mut Vec<Finding>) {
    for (_, slice) in ground.slices.iter().filter(|((id, measure, _), _)| *measure == PUPILS && !ground.is_population(id)) {
        for whole in wholes(slice) {
            findings.extend(larger_part(ground, &whole).or_else(|| smaller_parts(ground, &whole)));
        }
    }
    for (&(id, _, period), slice) in ground.slices.iter().filter(|((_, measure, _), _)| *measure == INTERVENTIONS) {
        let Some(pupils) = ground.slices.get(&(id, PUPILS, period)) else { continue };
        findings.extend(slice.iter().find_map(|(key, cell)| fewer_interventions(ground, *cell, *pupils.get(key)?)));
    }
    findings.extend(ground.published(PublishedMeasure::Mean).filter_map(|row| mean_below_one(ground, row)));
    let topics = scopes.wholes();
    for (&(id, measure, period), slice) in ground.slices.iter().filter(|((_, measure, _), _)| [PUPILS, INTERVENTIONS].contains(measure)) {
        let Some(parts) = topics.get(id) else { continue };
        let known = known_parts(ground, parts, measure, period);
        findings.extend(known.iter().filter_map(|(_, part)| larger_topic(ground, slice, part)));
        findings.extend(smaller_topics(ground, scopes, id, slice, &known));
    }
}

/// Nobody is counted without an intervention.
fn fewer_interventions(ground: &Ground<'_>, interventions: Cell<'_>, pupils: Cell<'_>) -> Option<Finding> {
    if interventions.range.high >= pupils.range.low {
        return None;
    }
    let row = interventions.row;
    let message = format!("{} telt minder interventies dan leerlingen", place(ground, row));
    let computed = format!("{} interventies bij {} leerlingen", observed(row), observed(pupils.row));
    Some(Finding::of_data(Code::SumInterventions, row.span, &[&row.indicator], Some(row.period), message, computed))
}

fn mean_below_one(ground: &Ground<'_>, row: &Published) -> Option<Finding> {
    let of_pupils = ground.indicator(&row.indicator).is_some_and(|indicator| indicator.unit == PUPILS);
    if !of_pupils || Interval::of_published(row)?.high >= Ratio::whole(1) {
        return None;
    }
    let message = format!("het gemiddelde {} van {} ({}) is minder dan één", printed(row), ground.named(&row.indicator), row.period);
    let computed = "wie geteld wordt, had minstens één interventie";
    Some(Finding::of_data(Code::SumInterventions, row.span, &[&row.indicator], Some(row.period), message, computed))
}

fn larger_part(ground: &Ground<'_>, whole: &Whole<'_>) -> Option<Finding> {
    let larger = whole.splits.iter().flat_map(|split| &split.parts).find(|part| part.range.low > whole.cell.range.high)?;
    Some(too_large(ground, larger.row, whole.cell.row))
}

fn too_large(ground: &Ground<'_>, part: &Observation, whole: &Observation) -> Finding {
    let message = format!("{} is een deel van {} en toch meer", place(ground, part), place(ground, whole));
    let computed = format!("het deel is {}, het geheel {}", observed(part), observed(whole));
    Finding::of_data(Code::SumUnique, part.span, &[&part.indicator, &whole.indicator], Some(whole.period), message, computed)
}

fn smaller_parts(ground: &Ground<'_>, whole: &Whole<'_>) -> Option<Finding> {
    let cell = whole.cell;
    let complete = whole.splits.iter().filter(|split| split.complete);
    let (split, sum) = complete.filter_map(|split| Some((split, split.sum()?))).find(|(_, sum)| sum.high < cell.range.low)?;
    let message = format!("{} is meer dan alle delen samen", place(ground, cell.row));
    let computed = format!("{}; het geheel is {}", addition(split, sum), counts(cell.range));
    Some(Finding::of_data(Code::SumUnique, cell.row.span, &[&cell.row.indicator], Some(cell.row.period), message, computed))
}

/// An indicator that counts a part of the topics of another, with its values.
type Known<'a, 'b> = (&'b Part<'a>, &'b Slice<'a>);

fn known_parts<'a, 'b>(ground: &'b Ground<'a>, parts: &'b [Part<'a>], measure: &'a str, period: Period) -> Vec<Known<'a, 'b>> {
    parts.iter().filter_map(|part| Some((part, ground.slices.get(&(part.id, measure, period))?))).collect()
}

/// One finding for each part: the widest breakdown comes first.
fn larger_topic(ground: &Ground<'_>, whole: &Slice<'_>, part: &Slice<'_>) -> Option<Finding> {
    let mut both = part.iter().filter_map(|(key, part)| Some((part, whole.get(key)?)));
    let (part, whole) = both.find(|(part, whole)| part.range.low > whole.range.high)?;
    Some(too_large(ground, part.row, whole.row))
}

/// Only of parts that count the same functions and together every topic. One pupil in two of them is one in the whole.
fn smaller_topics(ground: &Ground<'_>, scopes: &Scopes<'_>, id: &str, slice: &Slice<'_>, known: &[Known<'_, '_>]) -> Option<Finding> {
    let covering: Vec<&Known<'_, '_>> = known.iter().filter(|(part, _)| part.same_functions).collect();
    if !scopes.cover(covering.iter().map(|(part, _)| part.id), id) {
        return None;
    }
    let (whole, parts, sum) = slice.iter().find_map(|(key, whole)| {
        let parts = all_at(&covering, key)?;
        let sum = parts.iter().try_fold(Interval::exactly(Ratio::whole(0)), |sum, part| sum.plus(part.range))?;
        (sum.high < whole.range.low).then_some((whole, parts, sum))
    })?;
    let message = format!("{} is meer dan alle onderwerpen ervan samen", place(ground, whole.row));
    let words: Vec<String> = parts.iter().map(|part| format!("{} {}", ground.named(&part.row.indicator), observed(part.row))).collect();
    let computed = format!("{} zijn samen {}; het geheel is {}", enumerated(&words), counts(sum), counts(whole.range));
    let ids: Vec<&str> = std::iter::once(id).chain(parts.iter().map(|part| part.row.indicator.as_str())).collect();
    Some(Finding::of_data(Code::SumUnique, whole.row.span, &ids, Some(whole.row.period), message, computed))
}

/// The parts at one breakdown, where every one of them is known there.
fn all_at<'a>(covering: &[&Known<'a, '_>], key: &Key<'a>) -> Option<Vec<Cell<'a>>> {
    covering.iter().map(|(_, slice)| slice.get(key).copied()).collect()
}
