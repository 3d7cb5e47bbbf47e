//! Parts and wholes of counts: the sum of parts, and what parts leave of a whole. Only of what may be added up; unique
//! pupils may not.

use super::derive::combined;
use super::{Figure, Figures, Gap, Mark, Measure, Point, Reference, Series};
use crate::data::Observation;
use crate::units::{Ratio, Value};

impl Figures {
    /// Whether figures of this kind may be added up. Unique pupils and shares of them may not: one pupil stands in several
    /// topics, levels and years. Only a population that others are a part of, and in which every pupil is counted once, is
    /// the sum of its parts.
    pub fn is_additive(&self, reference: &Reference) -> bool {
        let Some(indicator) = self.indicator(&reference.indicator) else { return true };
        let heads = match &reference.measure {
            Measure::Own | Measure::Share => indicator.unit == "leerlingen",
            Measure::Observed(measure) => measure == "leerlingen",
            Measure::Mean | Measure::Rank => false,
        };
        !heads || self.indicators.values().any(|other| other.denominator.as_deref() == Some(indicator.id.as_str()))
    }

    /// Whether a value may not be told that belongs to the same whole: what is left of it could give that away.
    pub fn hides_a_secret(&self, whole: &Figure) -> bool {
        let same =
            |row: &&Observation| row.indicator == whole.reference.indicator && row.measure == whole.measure && row.period == whole.period;
        self.observations.iter().filter(same).any(|row| row.marks.contains(&Mark::Secret))
    }

    /// The sum of series that are parts of one whole, in each period in which all that there were are known.
    pub fn total(&self, series: &[Series]) -> Option<Series> {
        let first = series.first()?;
        let point = |at: usize| -> Point {
            let parts = series.iter().filter_map(|series| series.points.get(at));
            let parts = parts.filter(|point| point.figure.is_some() || point.gap != Gap::Nonexistent);
            let parts: Option<Vec<&Figure>> = parts.map(|point| point.figure.as_ref()).collect();
            let gap = if parts.as_ref().is_some_and(Vec::is_empty) { Gap::Nonexistent } else { Gap::Missing };
            Point { period: first.points[at].period, figure: parts.and_then(|parts| self.sum(&parts)), gap }
        };
        let points: Vec<Point> = (0..first.points.len()).map(point).collect();
        Some(Series { label: "samen".to_owned(), title: "Samen".to_owned(), points, breaks: Vec::new(), ..first.clone() })
    }

    fn sum(&self, parts: &[&Figure]) -> Option<Figure> {
        let first = parts.first()?;
        let sum = parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(count(part)?))?;
        let titles: Vec<String> = parts.iter().map(|part| self.named(part)).collect();
        let definition = format!("Som van {}.", titles.join(", "));
        Some(combined(first.reference.clone(), "som", &first.unit, definition, parts, Value::Count(sum)))
    }

    /// What the parts leave of the whole; negative where they are more than it. `None` where these are no counts.
    pub fn rest(&self, whole: &Figure, parts: &[&Figure]) -> Option<Figure> {
        let rest = parts.iter().try_fold(count(whole)?, |rest, part| rest.checked_sub(count(part)?))?;
        let mut all = vec![whole];
        all.extend(parts);
        let definition = format!("Wat van {} overblijft buiten de genoemde delen.", self.named(whole));
        let mut rest = combined(whole.reference.clone(), "rest", &whole.unit, definition, &all, Value::Count(rest));
        // It stands among published parts, and no source printed it.
        rest.marks.insert(Mark::Derived);
        Some(rest)
    }

    /// A title, with the breakdown that tells it from others.
    fn named(&self, figure: &Figure) -> String {
        let narrowed: Vec<&str> = figure.breakdown.narrowed().into_iter().map(|(_, value)| value).collect();
        let title = self.title(figure);
        if narrowed.is_empty() { format!("«{title}»") } else { format!("«{title}» ({})", narrowed.join(", ")) }
    }
}

fn count(figure: &Figure) -> Option<i64> {
    match figure.value {
        Some(Value::Count(count)) => Some(count),
        _ => None,
    }
}

impl Figure {
    /// The whole percentage that a share is, where all it can be rounds to the same one.
    pub fn whole_percentage(&self) -> Option<i128> {
        let bound = |at: usize| self.bounds[at].map(|bound| bound.ratio().scaled(1, 100));
        let value = self.value.map(Value::ratio);
        let possible: Vec<i128> = [value, bound(0), bound(1)].into_iter().flatten().map(|ratio: Ratio| ratio.rounded(2)).collect();
        let found = possible.first().copied().filter(|first| possible.iter().all(|other| other == first));
        // Words with one bound alone, such as «meer dan 2%», leave the other open.
        let open = value.is_none() && possible.len() < 2;
        found.filter(|found| !open && self.measure == "aandeel" && (1..=100).contains(found))
    }
}
