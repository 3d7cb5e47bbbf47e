//! The header: which row it is, and which column is which.

use super::grid::{Cell, Grid, column_name};
use super::log::{Fault, Log, short};
use super::text::folded;
use crate::diagnostic::closest;

/// The columns of the strict table, in the order of the contract.
pub const COLUMNS: [&str; 15] = crate::data::OBSERVATION_COLUMNS;

/// Other names that can mean one column only.
const SYNONYMS: &[(&str, &str)] = &[("schooljaar", "periode"), ("getal", "waarde"), ("aantal", "waarde"), ("opmerking", "noot")];

/// Without these three no row is the header.
const TELLTALES: [&str; 3] = ["indicator", "periode", "waarde"];

/// A breakdown that a table does not make needs no column.
pub(super) const DIMENSIONS: [&str; 5] = ["net", "centrum", "segment", "type", "categorie"];

/// Where the columns stand.
#[derive(Debug)]
pub(super) struct Header {
    pub row: usize,
    /// For each of [`COLUMNS`] its column in the grid.
    pub columns: [Option<usize>; 15],
}

/// The first row with the names of the telltale columns.
pub(super) fn row_of(grid: &Grid) -> Option<usize> {
    grid.rows.iter().position(|cells| {
        let names: Vec<&str> = cells.iter().filter_map(name_of).map(|(name, _)| name).collect();
        TELLTALES.iter().all(|name| names.contains(name))
    })
}

/// The column that a cell names, and whether it does so by its own name.
fn name_of(cell: &Cell) -> Option<(&'static str, bool)> {
    let Cell::Text(text) = cell else { return None };
    // No name of a column is longer; a table of notes need not be folded whole to find the header.
    let name = (text.len() <= 60).then(|| folded(text))?;
    let own = COLUMNS.into_iter().find(|known| *known == name).map(|known| (known, true));
    own.or_else(|| SYNONYMS.iter().find(|(other, _)| *other == name).map(|(_, known)| (*known, false)))
}

/// Finds the header and tells of every column what was done with it. `None` where there is no header; that is in the log.
pub(super) fn find(grid: &Grid, log: &mut Log) -> Option<Header> {
    let Some(row) = row_of(grid) else {
        log.faults.push(no_header(grid));
        return None;
    };
    if row > 0 {
        let (from, place) = (rows_counted(row, "rij", "rijen"), grid.row_place(0));
        log.change(place, from, "", "rijen boven de kopregel overgeslagen");
    }
    let mut header = Header { row, columns: [None; 15] };
    for (column, filled) in first_filled(grid, row).into_iter().enumerate() {
        assign(grid, column, filled, &mut header, log);
    }
    note_absent(grid, &header, log);
    Some(header)
}

pub(super) fn rows_counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// For each column the first row under the header in which it has content. In one pass: a stray cell may stand a million rows down.
fn first_filled(grid: &Grid, header: usize) -> Vec<Option<usize>> {
    let mut first = vec![None; grid.width()];
    for (row, cells) in grid.rows.iter().enumerate().skip(header + 1) {
        for (column, _) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            first[column].get_or_insert(row);
        }
    }
    first
}

fn assign(grid: &Grid, column: usize, filled: Option<usize>, header: &mut Header, log: &mut Log) {
    let cell = grid.cell(header.row, column);
    let Some((name, own)) = name_of(cell) else { return unknown(grid, column, filled, header.row, log) };
    let at = COLUMNS.iter().position(|known| *known == name).unwrap_or_default();
    let place = grid.place(header.row, column);
    if let Some(first) = header.columns[at] {
        let message = format!("deze kolom is opnieuw «{name}», zoals kolom {}", column_name(first));
        return log.fault(place, message, "Laat één van beide kolommen staan.");
    }
    header.columns[at] = Some(column);
    let Cell::Text(typed) = cell else { return };
    if !own {
        log.change(place, typed, name, "andere naam van een kolom vervangen");
    } else if typed != name {
        log.change(place, typed, name, "naam van een kolom in kleine letters en zonder spaties geschreven");
    }
}

/// A column of no known name: nothing is lost with it only when it is empty.
fn unknown(grid: &Grid, column: usize, filled: Option<usize>, row: usize, log: &mut Log) {
    let name = grid.cell(row, column).words();
    let place = grid.place(row, column);
    match filled {
        None if name.is_empty() => {}
        None => log.change(place, name, "", "onbekende kolom zonder inhoud weggelaten"),
        Some(filled) if name.is_empty() => {
            let message = format!("kolom {} heeft geen naam, maar er staat iets in {}", column_name(column), grid.place(filled, column));
            log.fault(place, message, "Geef de kolom een naam in de kopregel, of maak ze leeg.");
        }
        Some(_) => {
            let meant = closest(&folded(&name), COLUMNS).map(|known| format!("Bedoelde u «{known}»? ")).unwrap_or_default();
            let help = format!("{meant}Verbeter de naam of verwijder de kolom; mogelijk zijn {}.", COLUMNS.join(", "));
            log.fault(place, format!("de kolom «{}» bestaat niet", short(&name)), help);
        }
    }
}

fn note_absent(grid: &Grid, header: &Header, log: &mut Log) {
    let absent = COLUMNS.iter().zip(header.columns).filter(|(_, column)| column.is_none());
    for (name, _) in absent {
        let place = grid.row_place(header.row);
        match *name {
            "maat" => log.fault(
                place,
                "de kolom «maat» ontbreekt",
                "Voeg ze toe en schrijf in elke rij wat geteld is: leerlingen, interventies, verslagen, ….",
            ),
            "bron" => log.fault(place, "de kolom «bron» ontbreekt", "Voeg ze toe en schrijf in elke rij een sleutel uit bronnen.yaml."),
            name if DIMENSIONS.contains(&name) => log.change(place, name, "alle", "ontbrekende kolom toegevoegd en gevuld"),
            _ => {}
        }
    }
}

/// Names the row that looks most like a header, and what it misses.
fn no_header(grid: &Grid) -> Fault {
    let known = |row: &usize| grid.rows[*row].iter().filter(|cell| name_of(cell).is_some()).count();
    // The first of equals: `max_by_key` would take the last.
    let best = (0..grid.rows.len()).rev().max_by_key(known).filter(|row| known(row) >= 2);
    let Some(row) = best else {
        let message = "er is geen kopregel: geen enkele rij bevat indicator, periode en waarde".to_owned();
        let help = format!("Zet boven de tabel een rij met de namen van de kolommen: {}.", COLUMNS.join(", "));
        return Fault { place: grid.row_place(0), message, help };
    };
    let names: Vec<&str> = grid.rows[row].iter().filter_map(name_of).map(|(name, _)| name).collect();
    let absent: Vec<&str> = TELLTALES.into_iter().filter(|name| !names.contains(name)).collect();
    let message = format!("deze rij lijkt de kopregel, maar er ontbreekt: {}", absent.join(", "));
    Fault { place: grid.row_place(row), message, help: format!("{}Verbeter of voeg de kolom toe.", suggestions(&grid.rows[row], &absent)) }
}

fn suggestions(cells: &[Cell], absent: &[&str]) -> String {
    let others = cells.iter().filter(|cell| name_of(cell).is_none()).map(Cell::words).filter(|name| !name.is_empty());
    let near = others.filter_map(|name| closest(&folded(&name), absent.iter().copied()).map(|known| (name, known)));
    near.map(|(name, known)| format!("Bedoelde u met «{}» «{known}»? ", short(&name))).collect()
}
