//! The rows under the header, field by field, to the strict table.

use std::collections::BTreeSet;

use super::grid::{Cell, Grid, Misfit, Place};
use super::header::{self, COLUMNS, DIMENSIONS, Header};
use super::log::{Change, Fault, Log, short};
use super::number::{self, Convention};
use super::period;
use super::text::{damage, folded, trimmed};

/// The strict table, and where everything in it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// UTF-8, comma, LF, the columns in the order of [`COLUMNS`], quoted only where needed.
    pub csv: String,
    pub changes: Vec<Change>,
    /// For each row under the header of `csv` its row in the grid, counted from 0: with [`Grid::place`] a message finds its cell.
    pub rows: Vec<usize>,
    /// For each of [`COLUMNS`] its column in the grid, counted from 0; `None` for one that was not there.
    pub columns: Vec<Option<usize>>,
}

/// How a column is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// As it stands.
    Free,
    /// Words of a closed list, in small letters.
    Closed,
    Period,
    Number,
}

fn kind(name: &str) -> Kind {
    match name {
        "maat" | "net" | "segment" | "status" | "geheim" => Kind::Closed,
        "periode" => Kind::Period,
        "waarde" | "ondergrens" | "bovengrens" => Kind::Number,
        _ => Kind::Free,
    }
}

/// A table that cannot be imported.
#[derive(Debug)]
pub struct Refused {
    /// All at once, in the order of the rows.
    pub faults: Vec<Fault>,
    /// The rows without a fault, so that these can be held against an edition already; `None` where the header is at fault.
    pub sound: Option<Imported>,
}

/// Reads a table as the office has it into the strict one.
///
/// # Errors
/// Whatever only a person can mend; then there is no table.
pub fn strict(grid: &Grid) -> Result<Imported, Refused> {
    let mut log = Log::default();
    let Some(header) = header::find(grid, &mut log) else { return Err(Refused { faults: log.faults, sound: None }) };
    let header_row = header.row;
    let convention = Convention::of(number_texts(grid, &header));
    let hollow = hollow_columns(grid, &header, &mut log);
    let mut table = Table { grid, header, convention, hollow, log, ambiguous: Vec::new() };
    let mut records = table.records();
    let mut faulty: BTreeSet<usize> = table.ambiguous.iter().map(|(place, ..)| place.row).collect();
    table.report_ambiguous();
    let Table { header, mut log, .. } = table;
    faulty.extend(log.faults.iter().map(|fault| fault.place.row));
    records.retain(|(row, _)| !faulty.contains(row));
    let rows = records.iter().map(|(row, _)| *row).collect();
    let sound = Imported { csv: written(&records), changes: log.changes, rows, columns: header.columns.to_vec() };
    if log.faults.is_empty() {
        return Ok(sound);
    }
    log.faults.sort_by(|a, b| a.place.cmp(&b.place));
    let is_header = log.faults.iter().any(|fault| fault.place.row <= header_row);
    Err(Refused { faults: log.faults, sound: Some(sound).filter(|_| !is_header) })
}

fn written(records: &[(usize, Vec<String>)]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Writing into memory, as many fields in every row, has no way to fail.
    writer.write_record(COLUMNS).unwrap_or_default();
    records.iter().for_each(|(_, fields)| writer.write_record(fields).unwrap_or_default());
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn number_texts<'a>(grid: &'a Grid, header: &Header) -> impl Iterator<Item = &'a str> {
    let names = COLUMNS.iter().zip(header.columns).filter(|(name, _)| kind(name) == Kind::Number);
    let columns: Vec<usize> = names.filter_map(|(_, column)| column).collect();
    let rows = grid.rows.iter().skip(header.row + 1);
    rows.flat_map(move |cells| columns.clone().into_iter().filter_map(|column| cells.get(column))).filter_map(|cell| match cell {
        Cell::Text(text) => Some(trimmed(text)),
        _ => None,
    })
}

fn is_required(name: &str) -> bool {
    DIMENSIONS.contains(&name) || matches!(name, "indicator" | "maat" | "periode" | "bron")
}

/// Required columns that are empty from top to bottom: one fault instead of one a row.
fn hollow_columns(grid: &Grid, header: &Header, log: &mut Log) -> [bool; 15] {
    let below = header.row + 1..grid.rows.len();
    let has_rows = below.clone().any(|row| !is_blank(grid, row));
    let mut hollow = [false; 15];
    for (at, name) in COLUMNS.iter().enumerate() {
        let Some(column) = header.columns[at].filter(|_| is_required(name) && has_rows) else { continue };
        hollow[at] = below.clone().all(|row| grid.cell(row, column).is_blank());
        if hollow[at] {
            let help =
                if DIMENSIONS.contains(name) { "Schrijf in elke rij «alle», of verwijder de hele kolom." } else { "Vul elke rij in." };
            log.fault(grid.place(header.row, column), format!("de kolom «{name}» is helemaal leeg"), help);
        }
    }
    if !has_rows {
        log.fault(grid.row_place(header.row), "onder de kopregel staat geen enkele rij", "Kijk of u het juiste blad of bestand koos.");
    }
    hollow
}

fn is_blank(grid: &Grid, row: usize) -> bool {
    grid.rows[row].iter().all(Cell::is_blank)
}

/// Everything that reading a row needs.
struct Table<'a> {
    grid: &'a Grid,
    header: Header,
    convention: Convention,
    hollow: [bool; 15],
    log: Log,
    /// Numbers with two readings: place, text, both readings.
    ambiguous: Vec<(Place, String, [String; 2])>,
}

impl Table<'_> {
    /// Every row with its fields. Where there are faults the fields are not to be used.
    fn records(&mut self) -> Vec<(usize, Vec<String>)> {
        let (blank, filled): (Vec<usize>, Vec<usize>) =
            (self.header.row + 1..self.grid.rows.len()).partition(|row| is_blank(self.grid, *row));
        if let Some(first) = blank.first() {
            let from = header::rows_counted(blank.len(), "lege rij", "lege rijen");
            self.log.change(self.grid.row_place(*first), from, "", "lege rijen weggelaten");
        }
        let mut records = Vec::new();
        for row in filled {
            if !self.is_no_observation(row) {
                records.push((row, self.record(row)));
            }
        }
        records
    }

    /// Rows that people put between: the header once more, or a remark. One fault says it all.
    fn is_no_observation(&mut self, row: usize) -> bool {
        let filled: Vec<String> = self.grid.rows[row].iter().filter(has_content).map(Cell::words).collect();
        let indicator = self.header.columns[0].map(|column| self.grid.cell(row, column).words()).unwrap_or_default();
        let message = match filled.as_slice() {
            _ if folded(&indicator) == COLUMNS[0] => "hier staat de kopregel nog eens".to_owned(),
            [only] if self.grid.rows[self.header.row].len() > 1 => format!("in deze rij staat alleen «{}»", short(only)),
            _ => return false,
        };
        self.log.fault(self.grid.row_place(row), message, "Verwijder de rij; onder de kopregel staan alleen waarnemingen.");
        true
    }

    fn record(&mut self, row: usize) -> Vec<String> {
        (0..COLUMNS.len()).map(|at| self.field(row, at)).collect()
    }

    fn field(&mut self, row: usize, at: usize) -> String {
        let name = COLUMNS[at];
        let Some(column) = self.header.columns[at] else {
            return if DIMENSIONS.contains(&name) { "alle".to_owned() } else { String::new() };
        };
        let place = self.grid.place(row, column);
        match self.grid.cell(row, column) {
            Cell::Wrong(what) => self.wrong(place, name, *what),
            Cell::Number(number) => self.excel_number(place, name, *number),
            cell if cell.is_blank() => self.empty(place, at),
            Cell::Text(text) => self.text(place, name, text),
            Cell::Empty => String::new(),
        }
    }

    fn wrong(&mut self, place: Place, name: &str, what: Misfit) -> String {
        let help = match (what, kind(name)) {
            (Misfit::Percentage, Kind::Number) => NO_PERCENTAGE,
            (Misfit::Date, Kind::Period) => PERIOD_AS_TEXT,
            (Misfit::Merged, _) => "Hef de samenvoeging op (Start › Samenvoegen en centreren) en schrijf elk vakje in elke rij uit.",
            (Misfit::Uncomputed, _) => "Open het bestand in Excel, laat het herrekenen en bewaar opnieuw, of typ de waarde zelf.",
            (Misfit::Error(_), _) => "Herstel de formule, of typ de waarde zelf.",
            _ => "Zet de celeigenschappen van de kolom op Tekst (voor getallen: Standaard) en typ de waarde opnieuw.",
        };
        self.log.fault(place, format!("in de kolom «{name}» staat hier {what}"), help);
        String::new()
    }

    fn excel_number(&mut self, place: Place, name: &str, value: f64) -> String {
        let shown = number::shown(value);
        match kind(name) {
            Kind::Number => self.number(place, &shown, number::of_excel(value)),
            Kind::Period => self.period(place, &shown),
            Kind::Free | Kind::Closed => shown,
        }
    }

    /// A forgotten cell must never become a national total, nor a value without source.
    fn empty(&mut self, place: Place, at: usize) -> String {
        let name = COLUMNS[at];
        if !is_required(name) || self.hollow[at] {
            return String::new();
        }
        let help = match name {
            "indicator" | "maat" | "periode" => "Schrijf het in elke rij uit, ook als het hetzelfde is als in de rij erboven.",
            "bron" => "Schrijf een sleutel uit bronnen.yaml.",
            _ => "Schrijf «alle» wanneer niet is uitgesplitst.",
        };
        self.log.fault(place, format!("het vakje in de kolom «{name}» is leeg"), help);
        String::new()
    }

    fn text(&mut self, place: Place, name: &str, typed: &str) -> String {
        let text = trimmed(typed);
        if let Some((message, help)) = damage(text) {
            self.log.fault(place, message, help);
            return String::new();
        }
        if text.len() < typed.len() {
            self.log.change(place.clone(), typed, text, "spaties rond een woord of getal weggelaten");
        }
        match kind(name) {
            Kind::Number => self.number(place, text, number::read(text, self.convention)),
            Kind::Period => self.period(place, text),
            Kind::Closed => self.lowered(place, text),
            Kind::Free if DIMENSIONS.contains(&name) && text.eq_ignore_ascii_case("alle") => self.lowered(place, text),
            Kind::Free => text.to_owned(),
        }
    }

    fn lowered(&mut self, place: Place, text: &str) -> String {
        self.changed(place, text, text.to_lowercase(), "vaste woorden in kleine letters geschreven")
    }

    fn changed(&mut self, place: Place, from: &str, to: String, why: &'static str) -> String {
        if from != to {
            self.log.change(place, from, &to, why);
        }
        to
    }

    fn number(&mut self, place: Place, text: &str, reading: number::Reading) -> String {
        let (message, help) = match reading {
            number::Reading::Number(number) => {
                return self.changed(place, text, number, "getal met een punt voor decimalen en zonder duizendtalteken geschreven");
            }
            number::Reading::Ambiguous { thousands, decimal } => {
                self.ambiguous.push((place, text.to_owned(), [thousands, decimal]));
                return String::new();
            }
            number::Reading::Percentage => ("is een percentage", NO_PERCENTAGE),
            number::Reading::Scientific => {
                ("is een afgekort getal, waarvan cijfers verloren zijn", "Maak de kolom breder of zet ze op Getal, en bewaar opnieuw.")
            }
            number::Reading::TooFine => ("is te groot of heeft meer dan zes decimalen", "Rond het getal in Excel af met AFRONDEN."),
            number::Reading::NoNumber => (
                "is geen getal",
                "Schrijf alleen een getal. Is er geen, laat het vakje dan leeg; ontbreekt een waarde, schrijf dan «ontbreekt» bij status.",
            ),
        };
        self.log.fault(place, format!("«{}» {message}", short(text)), help);
        String::new()
    }

    fn period(&mut self, place: Place, text: &str) -> String {
        let (message, help) = match period::read(text) {
            period::Reading::Period(period) => return self.changed(place, text, period, "periode voluit geschreven"),
            period::Reading::MonthOrYear => (
                "kan een schooljaar zijn of een maand",
                "Schrijf een schooljaar met vier cijfers per jaar, zoals 2011-2012; maanden als 2011-09/2011-12.",
            ),
            period::Reading::Date => ("is een datum", PERIOD_AS_TEXT),
            period::Reading::NoPeriod => {
                ("is geen periode", "Schrijf een schooljaar (2024-2025), een jaar (2024) of maanden (2020-09/2021-01).")
            }
        };
        self.log.fault(place, format!("«{}» {message}", short(text)), help);
        String::new()
    }

    /// One fault for all numbers with two readings: who mends the first, mends them all.
    fn report_ambiguous(&mut self) {
        let Some((place, text, [thousands, decimal])) = self.ambiguous.first().cloned() else { return };
        let others: Vec<String> = self.ambiguous.iter().skip(1).take(3).map(|(place, text, _)| format!("{place} «{text}»")).collect();
        let rest = self.ambiguous.len().saturating_sub(4);
        let rest = if rest > 0 { format!(" en nog {rest}") } else { String::new() };
        let also = if others.is_empty() { String::new() } else { format!(" (zo ook {}{rest})", others.join("; ")) };
        let spoken = decimal.replace('.', ",");
        let message = format!("«{text}» kan {thousands} zijn of {spoken}, en niets in de tabel zegt welk van beide{also}");
        let help = format!(
            "Is het {thousands}, schrijf dan duizendtallen zonder teken ({thousands}). Is het {spoken}, schrijf dan een nul meer ({spoken}0). In een werkmap (.xlsx) zegt Excel het zelf, als de cellen getallen zijn."
        );
        self.log.fault(place, message, help);
    }
}

/// A merged cell has no content of its own.
fn has_content(cell: &&Cell) -> bool {
    !cell.is_blank() && !matches!(cell, Cell::Wrong(Misfit::Merged))
}

const NO_PERCENTAGE: &str = "Hier horen aantallen en metingen; een percentage hoort in gepubliceerd.csv, met maat «aandeel».";
const PERIOD_AS_TEXT: &str = "Excel maakte van de periode een datum. Zet de celeigenschappen van de kolom op Tekst en typ de periode opnieuw, bijvoorbeeld 2024-2025.";
