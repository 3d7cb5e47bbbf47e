//! What a placeholder points at, before it is looked up.

use crate::data::Breakdown;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::units::Period;

/// What of an indicator is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// The indicator's own unit.
    Own,
    /// A measure of the observations: `leerlingen`, `interventies`, …
    Observed(String),
    /// The part of its denominator.
    Share,
    /// Interventions per pupil.
    Mean,
    /// A place in an order, as published.
    Rank,
}

/// A change between two periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Difference(Period, Period),
    Growth(Period, Period),
}

impl Change {
    pub fn periods(self) -> (Period, Period) {
        match self {
            Change::Difference(from, to) | Change::Growth(from, to) => (from, to),
        }
    }
}

/// A measure of an indicator, in a period and breakdown, or its change between two periods.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    pub indicator: String,
    pub measure: Measure,
    /// Without one the edition's year is meant, or a series.
    pub period: Option<Period>,
    pub change: Option<Change>,
    pub breakdown: Breakdown,
}

impl Reference {
    pub fn to(indicator: &str) -> Self {
        Self { indicator: indicator.to_owned(), measure: Measure::Own, period: None, change: None, breakdown: Breakdown::default() }
    }

    pub fn at(&self, period: Period) -> Self {
        Self { period: Some(period), ..self.clone() }
    }
}

/// As an editor would write it in a placeholder.
impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.indicator)?;
        let narrowed: Vec<String> = self.breakdown.narrowed().iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        if !narrowed.is_empty() {
            write!(f, "({})", narrowed.join(", "))?;
        }
        if let Some(period) = self.period {
            write!(f, "[\"{period}\"]")?;
        }
        match &self.measure {
            Measure::Own => Ok(()),
            Measure::Observed(name) => write!(f, ".{name}"),
            Measure::Share => f.write_str(".aandeel"),
            Measure::Mean => f.write_str(".gemiddelde"),
            Measure::Rank => f.write_str(".rang"),
        }?;
        match self.change {
            Some(Change::Difference(from, to)) => write!(f, ".verschil(\"{from}\", \"{to}\")"),
            Some(Change::Growth(from, to)) => write!(f, ".groei(\"{from}\", \"{to}\")"),
            None => Ok(()),
        }
    }
}

/// Why there is no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// Nothing stands in the tables; these periods do.
    NotObserved { what: String, known: Vec<Period> },
    /// The tables say that it is missing or secret.
    Withheld { what: String, secret: bool },
    /// In that period there was nothing to count.
    Nonexistent { why: String },
    /// An indicator by calendar year without a year.
    NeedsPeriod { what: String },
    /// A derivation that this indicator does not have.
    Impossible { why: String },
}

impl Missing {
    /// As a reader is told, at the place that asked for it.
    pub fn diagnostic(&self, span: Option<Span>) -> Diagnostic {
        let diagnostic = Diagnostic::error(Code::ExpressionMissing, span, self.message());
        match self.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    /// Whether other periods are known.
    pub fn is_known_elsewhere(&self) -> bool {
        matches!(self, Missing::NotObserved { known, .. } if !known.is_empty())
    }

    /// One Dutch sentence without a final stop.
    fn message(&self) -> String {
        match self {
            Missing::NotObserved { what, .. } => format!("voor {what} is niets waargenomen"),
            Missing::Withheld { what, secret: true } => format!("{what} is niet vrijgegeven (te weinig leerlingen)"),
            Missing::Withheld { what, secret: false } => format!("{what} ontbreekt volgens waarnemingen.csv"),
            Missing::NeedsPeriod { what } => format!("{what} wordt per kalenderjaar geteld en heeft een jaar nodig"),
            Missing::Nonexistent { why } | Missing::Impossible { why } => why.clone(),
        }
    }

    /// What to do, where something more can be said than in general.
    fn help(&self) -> Option<String> {
        match self {
            Missing::NotObserved { known, .. } if !known.is_empty() => {
                let known: Vec<String> = known.iter().map(Period::to_string).collect();
                Some(format!("Bekend zijn: {}.", known.join(", ")))
            }
            Missing::Withheld { secret: true, .. } => Some("Laat dit cijfer weg uit de tekst; in een tabel staat er [c].".to_owned()),
            Missing::Withheld { .. } => Some("Laat dit cijfer weg uit de tekst, of vul de waarde aan in waarnemingen.csv.".to_owned()),
            Missing::Nonexistent { .. } => Some("Kies een periode waarin het bestond, of laat dit cijfer weg uit de tekst.".to_owned()),
            Missing::NeedsPeriod { what } => Some(format!("Schrijf bijvoorbeeld {what}[\"2024\"].")),
            _ => None,
        }
    }
}
