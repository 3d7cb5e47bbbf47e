//! What a review has to tell a reader: how many numbers are printed and what accounts for them, how many claims were held
//! against the figures, and what is excused, why.

use serde::Serialize;

use super::Reviewed;
use super::claims::{Statement, Verdict};
use super::excuses::{Excuse, Excused};
use super::passage::{Passages, Piece};
use super::text::{Counted, Declared};
use crate::units::{Notation, Value, enumerated};

/// The tally of a review.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Accounting {
    pub numbers: Told,
    /// Claims that were computed, and are true.
    pub claims_true: usize,
    /// Claims that were computed, and are not true or cannot be told.
    pub claims_open: usize,
    /// Statements of somebody else, with their source.
    pub claims_external: usize,
    /// Statements that no figure is behind.
    pub claims_qualitative: usize,
    /// Words of the text that are excused.
    pub words: Vec<Excuse>,
    /// Values of the tables that are excused.
    pub data: Vec<Excuse>,
    /// Series of the edition before that are gone or changed.
    pub series: Vec<Excuse>,
}

impl Accounting {
    /// For who reads the report, and for who checks it.
    pub fn sentences(&self) -> Vec<String> {
        let numbers = self.numbers;
        let bound =
            [(numbers.bound_in_text, "in de tekst"), (numbers.bound_in_exhibits, "in grafieken, tabellen en ranglijsten en op de omslag")];
        let others = [
            (numbers.claimed, "nagerekend met een bewering ernaast"),
            (numbers.external, "van een andere bron die erbij staat"),
            (numbers.excused, "met een reden in plaats van een cijfer"),
        ];
        let claims = [
            (self.claims_true, "nagerekend en waar"),
            (self.claims_open, "niet waar of niet na te gaan"),
            (self.claims_external, "van een bron die erbij staat"),
            (self.claims_qualitative, "zonder cijfer erachter"),
        ];
        let mut sentences = Vec::new();
        let printed = counted(numbers.total(), "getal", "getallen");
        let mut parts =
            listed(&bound).map(|parts| format!("{parts}, elk gebonden aan een cijfer met zijn bron")).into_iter().collect::<Vec<_>>();
        parts.extend(listed(&others));
        let accounted = if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) };
        sentences.push(format!("Dit verslag drukt {printed}{accounted}."));
        let said: usize = claims.iter().map(|(count, _)| count).sum();
        if let Some(parts) = listed(&claims) {
            sentences.push(format!("De tekst zegt met {} iets over de cijfers: {parts}.", counted(said, "uitspraak", "uitspraken")));
        }
        sentences
    }
}

/// `12 in de tekst en 3 in grafieken`, without what there is none of.
fn listed(parts: &[(usize, &str)]) -> Option<String> {
    let some: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{} {what}", written(*count))).collect();
    (!some.is_empty()).then(|| enumerated(&some))
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{} {}", written(count), if count == 1 { one } else { more })
}

fn written(count: usize) -> String {
    Notation::default().write(Value::Count(i64::try_from(count).unwrap_or(i64::MAX)))
}

/// How many numbers are printed, by what accounts for them.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Told {
    /// Bound to a figure, in text and tiles.
    pub bound_in_text: usize,
    /// Bound to a figure, in charts, tables, rankings and on the cover.
    pub bound_in_exhibits: usize,
    /// In the text, and computed by a claim beside it.
    pub claimed: usize,
    pub external: usize,
    pub excused: usize,
}

impl Told {
    pub fn total(&self) -> usize {
        self.bound_in_text + self.bound_in_exhibits + self.claimed + self.external + self.excused
    }
}

pub(super) fn of(reviewed: &Reviewed<'_>, passages: &Passages<'_>, declared: &Declared, counted: Counted, excused: Excused) -> Accounting {
    let bound_in_text =
        passages.all.iter().flat_map(|passage| &passage.pieces).filter(|(_, piece)| matches!(piece, Piece::Figure(_))).count();
    let count =
        |wanted: fn(&Statement, &Verdict) -> bool| declared.claims.iter().filter(|one| wanted(&one.claim.statement, &one.verdict)).count();
    let series = reviewed.content.review.discontinued.iter().map(|one| Excuse {
        place: reviewed.predecessor.map(|predecessor| format!("Editie {}", predecessor.edition)).unwrap_or_default(),
        what: enumerated(&one.series.iter().map(|series| format!("«{}»", title_of(reviewed, &series.value))).collect::<Vec<_>>()),
        reason: super::passage::plain(&one.reason),
    });
    Accounting {
        numbers: Told {
            bound_in_text,
            bound_in_exhibits: reviewed.report.printed.len().saturating_sub(bound_in_text),
            claimed: counted.claimed,
            external: counted.external,
            excused: excused.numbers,
        },
        claims_true: count(|statement, verdict| statement.is_computed() && matches!(verdict, Verdict::True(_))),
        claims_open: count(|statement, verdict| statement.is_computed() && !matches!(verdict, Verdict::True(_))),
        claims_external: count(|statement, _| matches!(statement, Statement::External { .. })),
        claims_qualitative: count(|statement, _| matches!(statement, Statement::Qualitative)),
        words: each_once(excused.words),
        data: excused.data,
        series: series.collect(),
    }
}

/// What differs by a capital alone is told once.
fn each_once(excuses: Vec<Excuse>) -> Vec<Excuse> {
    let mut told: Vec<Excuse> = Vec::new();
    for excuse in excuses {
        let is_same = |other: &Excuse| {
            other.place == excuse.place && other.reason == excuse.reason && other.what.to_lowercase() == excuse.what.to_lowercase()
        };
        if !told.iter().any(is_same) {
            told.push(excuse);
        }
    }
    told
}

/// `bednet.groei` by the title of its indicator.
fn title_of(reviewed: &Reviewed<'_>, series: &str) -> String {
    let (id, measure) = series.split_once('.').map_or((series, None), |(id, measure)| (id, Some(measure)));
    let old = reviewed.predecessor.and_then(|predecessor| predecessor.indicators.iter().find(|indicator| indicator.id == id));
    let title = reviewed.figures.indicator(id).or(old).map_or(id, |indicator| indicator.title.as_str());
    measure.map_or_else(|| title.to_owned(), |measure| format!("{title} ({measure})"))
}
