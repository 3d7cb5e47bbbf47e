//! Parts and wholes of counts: the sum of parts, and what parts leave of a whole. Only of what may be added up; unique
//! pupils may not.

use super::derive::combined;
use super::{Figure, Figures, Mark, Measure, Point, Reference, Series};
use crate::units::{Ratio, Value};

impl Figures {
    /// Whether counts of this indicator may be added up. Of unique pupils that are a part of all pupils they may not: one
    /// pupil stands in several topics, levels and years.
    pub fn is_additive(&self, reference: &Reference) -> bool {
        let indicator = self.indicator(&reference.indicator);
        let own = matches!(&reference.measure, Measure::Own) || reference.measure == Measure::Observed("leerlingen".to_owned());
        !indicator.is_some_and(|indicator| own && indicator.unit == "leerlingen" && indicator.denominator.is_some())
    }

    /// The sum of series that are parts of one whole, in each period in which all of them are known.
    pub fn total(&self, series: &[Series]) -> Option<Series> {
        let first = series.first()?;
        let point = |at: usize| -> Point {
            let parts: Option<Vec<&Figure>> = series.iter().map(|series| series.points.get(at)?.figure.as_ref()).collect();
            let figure = parts.and_then(|parts| self.sum(&parts));
            Point { period: first.points[at].period, figure, gap: Mark::Missing }
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
        Some(combined(whole.reference.clone(), "rest", &whole.unit, definition, &all, Value::Count(rest)))
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
    /// The whole percentage this is, where all it can be rounds to the same one.
    pub fn whole_percentage(&self) -> Option<i128> {
        let percent = self.value.map_or(self.unit == "%", Value::is_percent);
        let hundredths = |ratio: Ratio| ratio.rounded(2);
        let bound = |at: usize| self.bounds[at].map(|bound| hundredths(bound.ratio().scaled(1, 100)));
        let found = match (self.value, bound(0), bound(1)) {
            (None, Some(lower), Some(upper)) => (lower == upper).then_some(lower),
            (Some(value), ..) => Some(hundredths(value.ratio())),
            _ => None,
        };
        found.filter(|found| percent && (1..=100).contains(found))
    }
}
