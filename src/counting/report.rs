//! What a count says of itself: what was read, what was not counted and why, what is withheld. The keys are those of the
//! JSON that users' own checks read.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Request;
use super::cells::{Cut, YearCells};
use super::intake::Intake;
use super::reasons::{Place, PlaceEntry, RefusedEntry, Rows};
use super::run;
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
    pub(super) fn new(request: &Request, intake: &Intake, result: &run::Found, years: &[(SchoolYear, YearCells)]) -> Self {
        let counted: Vec<SchoolYear> = years.iter().map(|(year, _)| *year).collect();
        let missing = request.years.iter().filter(|year| request.chosen_years && !counted.contains(year));
        let in_scope = (result.read - result.out_of_scope).max(1);
        let percent = |rows: u64| rows as f64 * 100.0 / in_scope as f64;
        let refused = result.refused.iter().map(|(reason, rows)| RefusedEntry {
            reden: reason.name(),
            uitleg: reason.explanation(),
            rijen: rows.count,
            procent: percent(rows.count),
            aanvaard: request.accepted.contains(&reason),
            plaatsen: places(rows, intake),
        });
        Self {
            bestanden: intake.files.len(),
            gelezen: result.read,
            geteld: result.read - result.out_of_scope - result.refused.total(),
            buiten_bereik: result.out_of_scope,
            fictief: intake.is_fictitious(),
            intern: request.internal,
            schooljaren: counted.iter().map(ToString::to_string).collect(),
            zonder_registraties: missing.map(ToString::to_string).collect(),
            overgeslagen_mappen: intake.skipped.iter().map(ToString::to_string).collect(),
            geweigerd: refused.collect(),
            gelijke_rijen: result.equal.count,
            gelijke_rijen_plaatsen: places(&result.equal, intake),
            geheim: Vec::new(),
            tolerance: request.tolerance,
        }
    }

    /// What keeps the count from being used: reasons under which too many rows fall and which were not accepted.
    pub fn refusal(&self) -> Option<Diagnostic> {
        let over: Vec<&RefusedEntry> = self.geweigerd.iter().filter(|entry| !entry.aanvaard && entry.procent > self.tolerance).collect();
        if over.is_empty() {
            let nothing = Diagnostic::error(Code::CountRefused, None, "er blijft geen enkele rij over om te tellen");
            return (self.geteld == 0).then(|| nothing.help("Kijk hierboven waarom de rijen wegvallen, en verbeter de registraties."));
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

    /// The report to read.
    pub fn in_words(&self) -> String {
        let mut text = String::new();
        let mut line = |words: String| {
            text.push_str(&words);
            text.push('\n');
        };
        line(format!("Gelezen: {} uit {}", rows(self.gelezen), counted(self.bestanden as u64, "bestand", "bestanden")));
        line(format!("Geteld: {}, in {}", rows(self.geteld), years(&self.schooljaren)));
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
        if self.gelijke_rijen > 0 {
            line(format!("Wel geteld: {} zonder sleutel, in alles gelijk aan een andere", rows(self.gelijke_rijen)));
            self.gelijke_rijen_plaatsen.iter().for_each(|place| line(format!("    {place}")));
        }
        withheld_in_words(&self.geheim, &mut line);
        text
    }
}

fn refused_in_words(entry: &RefusedEntry, line: &mut dyn FnMut(String)) {
    let accepted = if entry.aanvaard { "; aanvaard" } else { "" };
    line(format!("Niet geteld: {} ({}), {} ({}{accepted})", rows(entry.rijen), in_percent(entry.procent), entry.uitleg, entry.reden));
    entry.plaatsen.iter().for_each(|place| line(format!("    {place}")));
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
