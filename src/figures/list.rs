//! Every figure there is, for `figures` and for whoever asks where a number comes from.

use super::{Change, Figure, Figures, Measure, Reference};
use crate::data::{Mark, Observation, Published, PublishedMeasure, Use};

impl Figures {
    /// All observed, derivable and published figures, of one indicator or of all, in the order of the names; also those that
    /// are secret, without their value. Whoever lists figures does not see a break drawn: the first after one is marked.
    pub fn list(&self, indicator: Option<&str>) -> Vec<Figure> {
        let wanted = |id: &str| indicator.is_none_or(|name| name == id);
        let told = |row: &&Observation| row.value.is_some() || row.marks.contains(&Mark::Secret);
        let observed = self.observations.iter().filter(|row| wanted(&row.indicator)).filter(told).map(|row| self.listed(row));
        let derived = self.derived_references().filter(|reference| wanted(&reference.indicator));
        let derived = derived.filter_map(|reference| self.resolve(&reference).ok());
        let published = self.published.iter().filter(|row| row.purpose == Use::Print && wanted(&row.indicator));
        // Through the same door as everyone: what can be computed is not listed as it was published.
        let published = published.filter_map(|row| self.resolve(&published_reference(row)).ok());
        let mut figures: Vec<Figure> = observed.chain(derived).chain(published).collect();
        figures.sort_by(|a, b| (&a.reference, &a.marks).cmp(&(&b.reference, &b.marks)));
        figures.dedup_by(|a, b| a.reference == b.reference);
        figures.iter_mut().filter(|figure| self.follows_break(figure)).for_each(|figure| _ = figure.marks.insert(Mark::Break));
        figures
    }

    fn follows_break(&self, figure: &Figure) -> bool {
        let breaks = self.indicator(&figure.reference.indicator).map(|indicator| indicator.breaks.as_slice());
        breaks.unwrap_or_default().iter().any(|series_break| series_break.from == figure.period)
    }

    fn listed(&self, row: &Observation) -> Figure {
        self.figure_of(row, reference_of(row, Measure::Observed(row.measure.clone())))
    }

    fn derived_references(&self) -> impl Iterator<Item = Reference> {
        let of = |pairs: &[(usize, usize)], measure: Measure| -> Vec<Reference> {
            pairs.iter().map(|(row, _)| reference_of(&self.observations[*row], measure.clone())).collect()
        };
        of(&self.pairs.shares, Measure::Share).into_iter().chain(of(&self.pairs.means, Measure::Mean))
    }
}

fn reference_of(row: &Observation, measure: Measure) -> Reference {
    Reference { indicator: row.indicator.clone(), measure, period: Some(row.period), change: None, breakdown: row.breakdown.clone() }
}

fn published_reference(row: &Published) -> Reference {
    let (measure, change) = match row.measure {
        PublishedMeasure::Share => (Measure::Share, None),
        PublishedMeasure::Mean => (Measure::Mean, None),
        PublishedMeasure::Rank => (Measure::Rank, None),
        PublishedMeasure::Growth => (Measure::Own, row.base.map(|base| Change::Growth(base, row.period))),
    };
    let period = change.is_none().then_some(row.period);
    Reference { indicator: row.indicator.clone(), measure, period, change, breakdown: row.breakdown.clone() }
}
