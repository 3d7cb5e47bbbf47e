//! Derivation: shares, means, differences and growth; and what can be derived at all.
//!
//! Definitions: a share is count / denominator of the same period and breakdown; a mean is interventions / unique
//! pupils; growth is (b − a) / a. All on whole numbers, rounded only when written.

use polars::prelude::*;

use super::{Change, Figure, Figures, Indicator, Measure, Missing, Origin, Reference};
use crate::data::{Data, Mark, Observation, Published, PublishedMeasure, Use};
use crate::units::{Interval, Period, PeriodKind, Ratio, Value};

/// Rows of the observations that belong together: (count, denominator) and (interventions, pupils).
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub shares: Vec<(usize, usize)>,
    pub means: Vec<(usize, usize)>,
}

/// Dimensions that numerator and denominator must have in common.
const SHARED: [&str; 6] = ["periode", "net", "centrum", "segment", "type", "categorie"];

/// Finds every share and mean that the observations hold.
pub(super) fn pairs(data: &Data) -> PolarsResult<Pairs> {
    let named: Vec<(&str, &str, &str)> = data
        .indicators
        .iter()
        .filter_map(|indicator| Some((indicator.id.as_str(), indicator.unit.as_str(), indicator.denominator.as_deref()?)))
        .collect();
    let links = df!(
        "indicator" => named.iter().map(|(id, _, _)| *id).collect::<Vec<_>>(),
        "maat" => named.iter().map(|(_, unit, _)| *unit).collect::<Vec<_>>(),
        "noemer" => named.iter().map(|(_, _, denominator)| *denominator).collect::<Vec<_>>(),
    )?;
    let counts = data.observations.frame.clone().lazy();
    let of = |measure: &str| counts.clone().filter(col("maat").eq(lit(measure.to_owned())));
    let inner = || JoinArgs::new(JoinType::Inner);
    let numerators = counts.clone().join(links.lazy(), [col("indicator"), col("maat")], [col("indicator"), col("maat")], inner());
    let left: Vec<Expr> = std::iter::once(col("noemer")).chain(SHARED.map(col)).collect();
    let right: Vec<Expr> = std::iter::once(col("indicator")).chain(SHARED.map(col)).collect();
    let shares = numerators.join(of("leerlingen"), left, right.clone(), inner());
    let means = of("interventies").join(of("leerlingen"), right.clone(), right, inner());
    Ok(Pairs { shares: row_pairs(shares)?, means: row_pairs(means)? })
}

/// The indices of both sides of a join, in the order of the left one.
fn row_pairs(joined: LazyFrame) -> PolarsResult<Vec<(usize, usize)>> {
    let frame = joined.select([col("rij"), col("rij_right")]).collect()?;
    let (left, right) = (frame.column("rij")?.u64()?, frame.column("rij_right")?.u64()?);
    let both = left.iter().zip(right.iter()).filter_map(|(left, right)| Some((left? as usize, right? as usize)));
    let mut pairs: Vec<(usize, usize)> = both.collect();
    pairs.sort_unstable();
    Ok(pairs)
}

impl Figures {
    /// Looks a reference up, deriving what must be derived.
    ///
    /// # Errors
    /// When the tables do not hold it; says what they do hold.
    pub fn resolve(&self, reference: &Reference) -> Result<Figure, Missing> {
        if let Some(change) = reference.change {
            return self.change(reference, change);
        }
        let period = self.period_of(reference)?;
        if let Some(indicator) = self.indicator(&reference.indicator).filter(|indicator| !indicator.validity.holds(period)) {
            return Err(Missing::Nonexistent { why: format!("{} {}", indicator.id, indicator.validity.in_words(period)) });
        }
        match &reference.measure {
            Measure::Own | Measure::Observed(_) => self.observed(reference, period),
            Measure::Share => self.share(reference, period),
            Measure::Mean => self.mean(reference, period),
            Measure::Rank => self.published(reference, PublishedMeasure::Rank, period, None),
        }
    }

    fn period_of(&self, reference: &Reference) -> Result<Period, Missing> {
        let kind = self.indicator(&reference.indicator).map(|indicator| indicator.period_kind);
        match (reference.period, kind) {
            (Some(period), _) => Ok(period),
            (None, Some(PeriodKind::SchoolYear)) => Ok(Period::SchoolYear(self.school_year)),
            _ => Err(Missing::NeedsPeriod { what: reference.indicator.clone() }),
        }
    }

    /// The name under which the observations hold a measure.
    pub(crate) fn measure_name(&self, reference: &Reference) -> String {
        match (&reference.measure, self.indicator(&reference.indicator)) {
            (Measure::Observed(name), _) => name.clone(),
            (_, Some(indicator)) => indicator.unit.clone(),
            _ => String::new(),
        }
    }

    fn observation(&self, indicator: &str, measure: &str, period: Period, reference: &Reference) -> Option<&Observation> {
        let key = (indicator.to_owned(), measure.to_owned(), period, reference.breakdown.clone());
        self.index.get(&key).map(|at| &self.observations[*at])
    }

    fn observed(&self, reference: &Reference, period: Period) -> Result<Figure, Missing> {
        let measure = self.measure_name(reference);
        let at = reference.at(period);
        match self.observation(&reference.indicator, &measure, period, reference) {
            Some(row) if row.value.is_some() => Ok(self.figure_of(row, at)),
            Some(row) => Err(Missing::Withheld { what: at.to_string(), secret: row.marks.contains(&Mark::Secret) }),
            None => Err(self.not_observed(&at, &measure)),
        }
    }

    fn not_observed(&self, reference: &Reference, measure: &str) -> Missing {
        let same = |row: &&Observation| {
            row.indicator == reference.indicator && row.measure == measure && row.breakdown == reference.breakdown && row.value.is_some()
        };
        let mut known: Vec<Period> = self.observations.iter().filter(same).map(|row| row.period).collect();
        known.sort();
        Missing::NotObserved { what: reference.to_string(), known }
    }

    pub(super) fn figure_of(&self, row: &Observation, reference: Reference) -> Figure {
        let definition = self.indicator(&row.indicator).map(|indicator| definition_of(indicator, &row.measure)).unwrap_or_default();
        Figure {
            reference,
            measure: row.measure.clone(),
            period: row.period,
            base: None,
            breakdown: row.breakdown.clone(),
            value: row.value,
            bounds: row.bounds,
            derived: None,
            printed: None,
            unit: row.measure.clone(),
            marks: row.marks.clone(),
            definition,
            origins: vec![self.origin_of(row)],
        }
    }

    fn origin_of(&self, row: &Observation) -> Origin {
        Origin {
            file: if row.counted { self.paths.counted.clone() } else { self.paths.observations.clone() },
            line: row.line,
            indicator: row.indicator.clone(),
            source: row.source.clone(),
            note: row.note.clone(),
        }
    }

    /// Computed where count and denominator are known; what was published otherwise.
    fn share(&self, reference: &Reference, period: Period) -> Result<Figure, Missing> {
        let indicator = self.indicator(&reference.indicator);
        let Some(denominator) = indicator.and_then(|indicator| indicator.denominator.clone()) else {
            let why = format!("{} heeft geen noemer in indicatoren.yaml, dus geen aandeel", reference.indicator);
            let published = self.published(reference, PublishedMeasure::Share, period, None);
            // A share that was published for another year is a gap; one that never was cannot be.
            return published.map_err(|missing| if missing.is_known_elsewhere() { missing } else { Missing::Impossible { why } });
        };
        let count = self.observed(&Reference { measure: Measure::Own, ..reference.clone() }, period);
        let whole = self.observed(&Reference { indicator: denominator, measure: Measure::Own, ..reference.clone() }, period);
        let (count, whole) = match (count, whole) {
            (Ok(count), Ok(whole)) => (count, whole),
            (count, whole) => {
                let published = self.published(reference, PublishedMeasure::Share, period, None);
                return published.map_err(|missing| withheld(count).or(withheld(whole)).unwrap_or(missing));
            }
        };
        let definition = format!("Aandeel van «{}» in «{}».", self.title(&count), self.title(&whole));
        quotient(reference.at(period), "aandeel", "%", definition, &count, &whole, Value::Share)
    }

    fn mean(&self, reference: &Reference, period: Period) -> Result<Figure, Missing> {
        let of = |measure: &str| Reference { measure: Measure::Observed(measure.to_owned()), ..reference.clone() };
        let (interventions, pupils) = (self.observed(&of("interventies"), period), self.observed(&of("leerlingen"), period));
        let (interventions, pupils) = match (interventions, pupils) {
            (Ok(interventions), Ok(pupils)) => (interventions, pupils),
            (interventions, pupils) => {
                let published = self.published(reference, PublishedMeasure::Mean, period, None);
                return published.map_err(|missing| withheld(interventions).or(withheld(pupils)).unwrap_or(missing));
            }
        };
        let definition = format!("Gemiddeld aantal interventies per leerling: {}.", self.title(&pupils));
        quotient(reference.at(period), "gemiddelde", "interventies per leerling", definition, &interventions, &pupils, Value::Mean)
    }

    pub(super) fn title(&self, figure: &Figure) -> String {
        self.indicator(&figure.reference.indicator).map_or_else(|| figure.reference.indicator.clone(), |indicator| indicator.title.clone())
    }

    /// A change of two observed or derived values. Where an end is itself derived from a published growth, or absent,
    /// that growth is printed as it was published: computing it back would only prove itself.
    fn change(&self, reference: &Reference, change: Change) -> Result<Figure, Missing> {
        let (from, to) = change.periods();
        let end = |period: Period| self.resolve(&Reference { change: None, period: Some(period), ..reference.clone() });
        let ends = (end(from), end(to));
        let soft = |figure: &Result<Figure, Missing>| figure.as_ref().map_or(true, |figure| figure.marks.contains(&Mark::Derived));
        if matches!(change, Change::Growth(..))
            && self.is_own(reference)
            && (soft(&ends.0) || soft(&ends.1))
            && let Ok(figure) = self.published(reference, PublishedMeasure::Growth, to, Some(from))
        {
            return Ok(figure);
        }
        self.computed_change(reference, change, &ends.0?, &ends.1?)
    }

    /// Whether a reference means the indicator's own measure: published growth is always of that.
    fn is_own(&self, reference: &Reference) -> bool {
        match &reference.measure {
            Measure::Own => true,
            Measure::Observed(name) => self.indicator(&reference.indicator).is_some_and(|indicator| indicator.unit == *name),
            _ => false,
        }
    }

    fn computed_change(&self, reference: &Reference, change: Change, from: &Figure, to: &Figure) -> Result<Figure, Missing> {
        let why = |reason: &str| Missing::Impossible { why: format!("{reference} kan niet berekend worden{reason}") };
        let impossible = || why("");
        let (a, b) = (from.value.ok_or_else(impossible)?, to.value.ok_or_else(impossible)?);
        let difference = b.ratio().minus(a.ratio()).ok_or_else(impossible)?;
        let (value, measure, unit) = match change {
            Change::Growth(..) => {
                let growth = difference.divided_by(a.ratio()).ok_or_else(|| why(&format!(": de waarde van {} is nul", from.period)))?;
                (Value::Growth(growth), "groei", "%".to_owned())
            }
            Change::Difference(..) => (difference_value(a, b, difference), "verschil", difference_unit(a, &to.unit)),
        };
        let definition = format!("Verandering van {} tot {}: {}", from.period, to.period, to.definition);
        let mut figure = combined(reference.clone(), measure, &unit, definition, &[from, to], value);
        figure.base = Some(from.period);
        figure.period = to.period;
        figure.derived = from.range().zip(to.range()).and_then(|(from, to)| match change {
            // In b / a − 1 every range stands once.
            Change::Growth(..) => to.divided_by(from)?.minus(Interval::exactly(Ratio::whole(1))),
            Change::Difference(..) => to.minus(from),
        });
        Ok(figure)
    }

    fn published(&self, reference: &Reference, measure: PublishedMeasure, period: Period, base: Option<Period>) -> Result<Figure, Missing> {
        let wanted = |row: &&Published| {
            row.purpose == Use::Print
                && (row.indicator.as_str(), row.measure, row.period, row.base, &row.breakdown)
                    == (reference.indicator.as_str(), measure, period, base, &reference.breakdown)
        };
        let row = self.published.iter().find(wanted);
        let at = if base.is_some() { reference.clone() } else { reference.at(period) };
        row.map(|row| self.published_figure(row, at.clone())).ok_or_else(|| {
            let same = |row: &&Published| {
                row.purpose == Use::Print
                    && (row.indicator.as_str(), row.measure, &row.breakdown)
                        == (reference.indicator.as_str(), measure, &reference.breakdown)
            };
            let mut known: Vec<Period> = self.published.iter().filter(same).map(|row| row.period).collect();
            known.sort();
            known.dedup();
            Missing::NotObserved { what: at.to_string(), known }
        })
    }

    pub(super) fn published_figure(&self, row: &Published, reference: Reference) -> Figure {
        let percent = matches!(row.measure, PublishedMeasure::Share | PublishedMeasure::Growth);
        let value = row.value.map(|value| match row.measure {
            PublishedMeasure::Rank => value.whole().map_or(Value::Printed(value), Value::Rank),
            _ if percent => Value::PrintedPercent(value),
            _ => Value::Printed(value),
        });
        let origin = Origin {
            file: self.paths.published.clone(),
            line: row.line,
            indicator: row.indicator.clone(),
            source: row.source.clone(),
            note: row.note.clone(),
        };
        let definition = self.indicator(&row.indicator).map(|indicator| indicator.definition.clone()).unwrap_or_default();
        Figure {
            reference,
            measure: row.measure.name().to_owned(),
            period: row.period,
            base: row.base,
            breakdown: row.breakdown.clone(),
            value,
            bounds: row.bounds,
            derived: None,
            printed: Some(row.printed.clone()).filter(|words| !words.is_empty() && (value.is_none() || row.bounds != [None; 2])),
            unit: published_unit(row.measure).to_owned(),
            marks: self.published_marks.clone(),
            definition,
            origins: vec![origin],
        }
    }
}

/// An indicator of pupils defines these; of its interventions it is said whose they are.
fn definition_of(indicator: &Indicator, measure: &str) -> String {
    match measure == indicator.unit {
        true => indicator.definition.clone(),
        false => format!("Interventies bij deze leerlingen, elk apart geteld. De leerlingen: {}", indicator.definition),
    }
}

/// That a value exists and may not be told says more than that something derived from it is absent.
fn withheld(figure: Result<Figure, Missing>) -> Option<Missing> {
    figure.err().filter(|missing| matches!(missing, Missing::Withheld { .. }))
}

fn published_unit(measure: PublishedMeasure) -> &'static str {
    match measure {
        PublishedMeasure::Share | PublishedMeasure::Growth => "%",
        PublishedMeasure::Mean => "interventies per leerling",
        PublishedMeasure::Rank => "rang",
    }
}

/// The difference of two values keeps their kind: counts give a count, shares percentage points.
fn difference_value(a: Value, b: Value, difference: Ratio) -> Value {
    match (a, b) {
        (Value::Count(a), Value::Count(b)) => Value::Change(b - a),
        _ if a.is_percent() && b.is_percent() => Value::Points(difference, known_decimals(a, b)),
        _ => Value::AmountChange(difference, known_decimals(a, b)),
    }
}

/// A difference is known no finer than the coarser of two printed values; exact ones keep the finer.
fn known_decimals(a: Value, b: Value) -> u8 {
    let (a_decimals, b_decimals) = (a.default_decimals(), b.default_decimals());
    match (a.is_printed(), b.is_printed()) {
        (true, true) => a_decimals.min(b_decimals),
        (true, false) => a_decimals,
        (false, true) => b_decimals,
        (false, false) => a_decimals.max(b_decimals),
    }
}

fn difference_unit(a: Value, unit: &str) -> String {
    if a.is_percent() { "procentpunt".to_owned() } else { unit.to_owned() }
}

pub(super) fn quotient(
    reference: Reference,
    measure: &str,
    unit: &str,
    definition: String,
    above: &Figure,
    below: &Figure,
    kind: fn(Ratio) -> Value,
) -> Result<Figure, Missing> {
    let ratio = above.value.zip(below.value).and_then(|(above, below)| above.ratio().divided_by(below.ratio()));
    let ratio = ratio.ok_or_else(|| Missing::Impossible { why: format!("{reference} kan niet berekend worden: de noemer is nul") })?;
    let derived = above.range().zip(below.range()).and_then(|(above, below)| above.divided_by(below));
    Ok(Figure { derived, ..combined(reference, measure, unit, definition, &[above, below], kind(ratio)) })
}

/// A derived figure inherits the marks and the origins of all it is derived from.
pub(super) fn combined(reference: Reference, measure: &str, unit: &str, definition: String, parts: &[&Figure], value: Value) -> Figure {
    let mut origins: Vec<Origin> = parts.iter().flat_map(|part| part.origins.clone()).collect();
    origins.sort();
    origins.dedup();
    Figure {
        measure: measure.to_owned(),
        period: parts[0].period,
        base: None,
        breakdown: reference.breakdown.clone(),
        value: Some(value),
        bounds: [None; 2],
        derived: None,
        printed: None,
        unit: unit.to_owned(),
        marks: parts.iter().flat_map(|part| part.marks.iter().copied()).collect(),
        definition,
        origins,
        reference,
    }
}
