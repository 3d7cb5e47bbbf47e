//! What a count says of itself: what was read, what was not counted and why, what is withheld. The keys are those of the
//! JSON that users' own checks read.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Request;
use super::cells::{Cut, YearCells};
use super::intake::Intake;
use super::reasons::{Place, PlaceEntry, Reason, RefusedEntry, Rows};
use super::run;
use super::scheme::Scheme;
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Notation, SchoolYear, Value};

/// The report of a count.
#[derive(Debug, Serialize)]
pub struct Report {
    pub bestanden: usize,
    pub gelezen: u64,
    pub geteld: u64,
    /// Rows of others than pupils.
    pub buiten_bereik: u64,
    /// Whether the registrations are made up.
    pub fictief: bool,
    /// Whether centres are told and small counts are not withheld.
    pub intern: bool,
    pub schooljaren: Vec<String>,
    /// The rows that were counted, of each of these.
    pub rijen_per_schooljaar: Vec<YearRows>,
    /// Indicators of which a school year has no row at all, though they could: all their values are zero.
    pub zonder_enkele_rij: Vec<Unregistered>,
    /// School years that were asked for and of which there are no rows.
    pub zonder_registraties: Vec<String>,
    /// Folders of school years that were not asked for.
    pub overgeslagen_mappen: Vec<String>,
    pub geweigerd: Vec<RefusedEntry>,
    /// Rows without a key that equal an earlier one; they are counted.
    pub gelijke_rijen: u64,
    pub gelijke_rijen_plaatsen: Vec<PlaceEntry>,
    /// Breakdowns withheld to protect pupils.
    pub geheim: Vec<Withheld>,
    #[serde(skip)]
    tolerance: f64,
    #[serde(skip)]
    sure_of_years: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearRows {
    pub schooljaar: String,
    pub rijen: u64,
}

/// An indicator without any row in a school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unregistered {
    pub indicator: String,
    pub periode: String,
}

/// A breakdown of an indicator and year that is withheld as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withheld {
    pub indicator: String,
    pub periode: String,
    pub uitsplitsing: &'static str,
}

impl Withheld {
    pub(super) fn new(indicator: &str, year: SchoolYear, cut: Cut) -> Self {
        Self { indicator: indicator.to_owned(), periode: year.to_string(), uitsplitsing: cut.name() }
    }
}

impl Report {
    pub(super) fn new(
        request: &Request,
        intake: &Intake,
        result: &run::Found,
        scheme: &Scheme,
        years: &[(SchoolYear, YearCells)],
        fictitious: bool,
    ) -> Self {
        let by_year = request.years.iter().enumerate().map(|(at, year)| (*year, result.interventions.in_year(at)));
        let by_year: Vec<(SchoolYear, u64)> = by_year.filter(|(_, rows)| *rows > 0).collect();
        let counted: Vec<SchoolYear> = by_year.iter().map(|(year, _)| *year).collect();
        let missing = request.years.iter().filter(|year| request.sure_of_years && !counted.contains(year));
        Self {
            bestanden: intake.files.len(),
            gelezen: result.read,
            geteld: result.read - result.out_of_scope - result.refused.total(),
            buiten_bereik: result.out_of_scope,
            fictief: fictitious,
            intern: request.internal,
            schooljaren: counted.iter().map(ToString::to_string).collect(),
            rijen_per_schooljaar: by_year.iter().map(|(year, rows)| YearRows { schooljaar: year.to_string(), rijen: *rows }).collect(),
            zonder_enkele_rij: unregistered(scheme, years),
            zonder_registraties: missing.map(ToString::to_string).collect(),
            overgeslagen_mappen: intake.skipped.iter().map(ToString::to_string).collect(),
            geweigerd: refused_entries(request, intake, result),
            gelijke_rijen: result.equal.count,
            gelijke_rijen_plaatsen: places(&result.equal, intake),
            geheim: Vec::new(),
            tolerance: request.tolerance,
            sure_of_years: request.sure_of_years,
        }
    }

    /// What keeps the count from being used: reasons under which too many rows fall and which were not accepted.
    pub fn refusal(&self) -> Option<Diagnostic> {
        let over: Vec<&RefusedEntry> = self.geweigerd.iter().filter(|entry| !entry.aanvaard && entry.procent > self.tolerance).collect();
        if over.is_empty() {
            let nothing = Diagnostic::error(Code::CountRefused, None, "er blijft geen enkele rij over om te tellen");
            let nothing = nothing.help("Kijk hierboven waarom de rijen wegvallen, en verbeter de registraties.");
            return if self.geteld == 0 { Some(nothing) } else { self.stray_year() };
        }
        let named = |entry: &&RefusedEntry| format!("{} ({})", entry.reden, in_percent(entry.procent));
        let message = format!("te veel rijen tellen niet: {}", over.iter().map(named).collect::<Vec<_>>().join(", "));
        let accept: Vec<String> = over.iter().map(|entry| format!("--accept {}", entry.reden)).collect();
        let help = format!(
            "Om één reden mag hooguit {} van de rijen wegvallen. Verbeter de registraties, of tel bewust zonder deze rijen met {}.",
            in_percent(self.tolerance),
            accept.join(" ")
        );
        Some(Diagnostic::error(Code::CountRefused, None, message).help(help))
    }

    /// A year of next to no rows would be nearly all zeros: more likely one of its dates is mistyped.
    fn stray_year(&self) -> Option<Diagnostic> {
        let most = self.rijen_per_schooljaar.iter().max_by_key(|year| year.rijen)?;
        let is_stray = |year: &&YearRows| !self.sure_of_years && year.rijen * SMALLEST_YEAR < most.rijen;
        let stray: Vec<String> = self.rijen_per_schooljaar.iter().filter(is_stray).map(YearRows::in_words).collect();
        let message = format!("te weinig rijen om een schooljaar te tellen: {}, tegen {}", stray.join(", "), most.in_words());
        let help = "Kijk na of de datums kloppen. Zijn die rijen echt al wat er is, noem de schooljaren dan bij count met --years.";
        (!stray.is_empty()).then(|| Diagnostic::error(Code::CountRefused, None, message).help(help))
    }

    /// The report to read.
    pub fn in_words(&self) -> String {
        let mut text = String::new();
        let mut line = |words: String| {
            text.push_str(&words);
            text.push('\n');
        };
        line(format!("Gelezen: {} uit {}", rows(self.gelezen), counted(self.bestanden as u64, "bestand", "bestanden")));
        line(format!("Geteld: {}, in {}", rows(self.geteld), years(&self.schooljaren)));
        if self.rijen_per_schooljaar.len() > 1 {
            let years: Vec<String> = self.rijen_per_schooljaar.iter().map(YearRows::in_words).collect();
            line(format!("    {}", years.join(", ")));
        }
        if self.intern {
            line(INTERNAL.to_owned());
        }
        if self.fictief {
            line("De registraties zijn verzonnen: elke waarneming heeft de status fictief.".to_owned());
        }
        if self.buiten_bereik > 0 {
            line(format!("Buiten bereik: {} van een andere cliënt dan een leerling", rows(self.buiten_bereik)));
        }
        if !self.overgeslagen_mappen.is_empty() {
            line(format!("Niet gelezen: de mappen van {}", self.overgeslagen_mappen.join(", ")));
        }
        if !self.zonder_registraties.is_empty() {
            line(format!("Zonder registraties, en dus zonder waarnemingen: {}", self.zonder_registraties.join(", ")));
        }
        self.geweigerd.iter().for_each(|entry| refused_in_words(entry, &mut line));
        self.equal_in_words(&mut line);
        unregistered_in_words(&self.zonder_enkele_rij, &mut line);
        withheld_in_words(&self.geheim, &mut line);
        text
    }

    fn equal_in_words(&self, line: &mut dyn FnMut(String)) {
        if self.gelijke_rijen == 0 {
            return;
        }
        line(format!("Wel geteld: {} zonder sleutel, in alles gelijk aan een andere", rows(self.gelijke_rijen)));
        self.gelijke_rijen_plaatsen.iter().for_each(|place| line(format!("    {place}")));
        if self.gelijke_rijen * MANY_EQUAL > self.geteld {
            line("    Dat is veel: staat een bestand er twee keer bij?".to_owned());
        }
    }
}

/// What was refused, by reason.
fn refused_entries(request: &Request, intake: &Intake, result: &run::Found) -> Vec<RefusedEntry> {
    let in_scope = (result.read - result.out_of_scope).max(1);
    let entry = |(reason, rows): (Reason, &Rows)| RefusedEntry {
        reden: reason.name(),
        uitleg: reason.explanation(),
        rijen: rows.count,
        procent: rows.count as f64 * 100.0 / in_scope as f64,
        aanvaard: request.accepted.contains(&reason),
        plaatsen: places(rows, intake),
    };
    result.refused.iter().map(entry).collect()
}

/// The indicators of which a counted year has no row, though they exist then and one of their topics may be used.
fn unregistered(scheme: &Scheme, years: &[(SchoolYear, YearCells)]) -> Vec<Unregistered> {
    let mut found = Vec::new();
    for (year, cells) in years {
        let at = scheme.years.iter().position(|other| other == year).unwrap_or_default();
        let totals = cells.cells.iter().find(|(cell, _)| cell.cut == Cut::All).map(|(_, counts)| counts.as_slice());
        for (indicator, count) in totals.unwrap_or_default().iter().enumerate() {
            if count.interventions == 0 && scheme.exists(indicator, *year) && scheme.has_topic(indicator, at) {
                found.push(Unregistered { indicator: scheme.indicators[indicator].clone(), periode: year.to_string() });
            }
        }
    }
    found
}

fn refused_in_words(entry: &RefusedEntry, line: &mut dyn FnMut(String)) {
    let accepted = if entry.aanvaard { "; aanvaard" } else { "" };
    line(format!("Niet geteld: {} ({}), {} ({}{accepted})", rows(entry.rijen), in_percent(entry.procent), entry.uitleg, entry.reden));
    entry.plaatsen.iter().for_each(|place| line(format!("    {place}")));
}

const INTERNAL: &str =
    "Intern: ook per centrum, en kleine aantallen zijn niet beschermd; zo’n telling verlaat de beveiligde omgeving niet.";

/// A year needs more than one row for so many of the largest year.
const SMALLEST_YEAR: u64 = 100;

/// More than one row in so many that equals another is worth a question.
const MANY_EQUAL: u64 = 20;

impl YearRows {
    fn in_words(&self) -> String {
        format!("{} in {}", rows(self.rijen), self.schooljaar)
    }
}

fn unregistered_in_words(found: &[Unregistered], line: &mut dyn FnMut(String)) {
    if found.is_empty() {
        return;
    }
    line("Geen enkele rij voor deze indicatoren; kijk na of hun registraties erbij zijn:".to_owned());
    let mut by_year: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    found.iter().for_each(|one| by_year.entry(&one.periode).or_default().push(&one.indicator));
    for (year, indicators) in by_year {
        let named = indicators.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = indicators.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" en nog {more}; count --format json noemt ze alle") } else { String::new() };
        line(format!("    {year}: {named}{more}"));
    }
}

/// So many indicators are named; the JSON has all.
const MOST_NAMED: usize = 12;

fn withheld_in_words(withheld: &[Withheld], line: &mut dyn FnMut(String)) {
    if withheld.is_empty() {
        return;
    }
    let mut by_indicator: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for one in withheld {
        by_indicator.entry((&one.indicator, one.uitsplitsing)).or_default().push(&one.periode);
    }
    line(format!(
        "Geheim gehouden: {} waarin 1 tot 4 leerlingen te zien of af te leiden zijn",
        counted(withheld.len() as u64, "uitsplitsing", "uitsplitsingen")
    ));
    for ((indicator, cut), years) in by_indicator.iter().take(MOST_NAMED) {
        line(format!("    {indicator}, naar {cut}: {}", years.join(", ")));
    }
    if by_indicator.len() > MOST_NAMED {
        line(format!("    … en nog {}; --format json noemt ze alle", by_indicator.len() - MOST_NAMED));
    }
}

fn years(years: &[String]) -> String {
    match years {
        [] => "geen enkel schooljaar".to_owned(),
        [only] => only.clone(),
        [first, .., last] => format!("{} schooljaren, {first} tot en met {last}", years.len()),
    }
}

fn rows(count: u64) -> String {
    counted(count, "rij", "rijen")
}

fn counted(count: u64, one: &str, more: &str) -> String {
    format!("{} {}", written(count), if count == 1 { one } else { more })
}

/// A count as the Flemish write it.
pub fn written(count: u64) -> String {
    Notation::default().write(Value::Count(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn in_percent(percent: f64) -> String {
    let text = if percent > 0.0 && percent < 0.01 { "minder dan 0,01".to_owned() } else { format!("{percent:.2}").replace('.', ",") };
    let short = if text.contains(',') { text.trim_end_matches('0').trim_end_matches(',') } else { &text };
    format!("{short}%")
}

fn places(rows: &Rows, intake: &Intake) -> Vec<PlaceEntry> {
    let entry = |((file, row), value): (&Place, &String)| PlaceEntry {
        bestand: intake.files[*file as usize].name.clone(),
        rij: *row,
        waarde: value.clone(),
    };
    rows.first.iter().zip(&rows.values).map(entry).collect()
}
