//! Excel's .xlsx. Cells are read as a stream, because a stray cell at the far corner would make a full table of billions.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, DataRef, Reader, Xlsx, XlsxError};

use super::delimited::LARGEST;
use super::grid::{Cell, Grid, Misfit, column_name};
use super::header;
use super::text::folded;
use crate::diagnostic::closest;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Excel's own limits.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;
/// Of filled rows up to their last filled cell: more than fits any table, and little enough for any computer.
const MOST_CELLS: usize = 3_000_000;

const SAVE_AS: &str = "open dit bestand in Excel en bewaar het met «Opslaan als» als Excel-werkmap (.xlsx)";

/// Whether these bytes are a workbook of some kind, rather than text.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(OLE)
}

/// Reads one sheet of an .xlsx: the one named, or else the only one with the header of the observations.
///
/// # Errors
/// A Dutch sentence that says what to do: another kind of file, a password, no such sheet, several sheets.
pub fn read_xlsx(bytes: &[u8], sheet: Option<&str>) -> Result<Grid, String> {
    refuse_other_files(bytes)?;
    // calamine does its sums on rows and columns unchecked: a broken file may make it panic, and that is no more than a broken file.
    catch_unwind(AssertUnwindSafe(|| open(bytes, sheet))).unwrap_or_else(|_| Err(broken()))
}

fn refuse_other_files(bytes: &[u8]) -> Result<(), String> {
    // The names of streams in an OLE file are UTF-16.
    let contains = |word: &str| {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if bytes.starts_with(OLE) && contains("EncryptedPackage") {
        return Err("dit bestand is met een wachtwoord beveiligd; haal in Excel het wachtwoord weg (Bestand › Info › Werkmap beveiligen) en bewaar opnieuw".to_owned());
    }
    if bytes.starts_with(OLE) {
        return Err(format!("dit is een oude werkmap (.xls); {SAVE_AS}"));
    }
    if bytes.get(30..).is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis")) {
        return Err("dit is een bestand van LibreOffice (.ods); bewaar het daar met «Opslaan als» als Excel-werkmap (.xlsx)".to_owned());
    }
    if !is_workbook(bytes) {
        return Err(format!("dit is geen werkmap van Excel; {SAVE_AS}"));
    }
    if bytes.len() > LARGEST {
        return Err("deze werkmap is groter dan 50 MB; zet de tabel alleen in een nieuwe werkmap".to_owned());
    }
    Ok(())
}

fn broken() -> String {
    format!("dit bestand is stuk of geen werkmap die dit programma kent; {SAVE_AS} en probeer opnieuw")
}

fn open(bytes: &[u8], sheet: Option<&str>) -> Result<Grid, String> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| reason(&error))?;
    let names = workbook.sheet_names();
    match (sheet, names.as_slice()) {
        (Some(wanted), _) => {
            let found = names.iter().find(|name| folded(name) == folded(wanted)).ok_or_else(|| no_such_sheet(wanted, &names))?;
            grid(&mut workbook, found)
        }
        // The only sheet is returned with or without a header: the message on what it misses is better than one on sheets.
        (None, [only]) => grid(&mut workbook, only),
        (None, _) => the_one_with_header(&mut workbook, &names),
    }
}

fn the_one_with_header(workbook: &mut Workbook<'_>, names: &[String]) -> Result<Grid, String> {
    let sheets: Vec<Result<Grid, String>> = names.iter().map(|name| grid(workbook, name)).collect();
    let failed = sheets.iter().find_map(|sheet| sheet.as_ref().err().cloned());
    let mut found: Vec<Grid> = sheets.into_iter().flatten().filter(|grid| header::row_of(grid).is_some()).collect();
    match (found.len(), failed) {
        (1, _) => found.pop().ok_or_else(broken),
        (0, Some(error)) => Err(error),
        (0, None) => Err(format!(
            "op geen enkel blad ({}) staat een kopregel met indicator, periode en waarde; kies een blad met --sheet",
            listed(names)
        )),
        _ => {
            let names: Vec<String> = found.into_iter().filter_map(|grid| grid.sheet).collect();
            Err(format!(
                "er staat een tabel op meer dan één blad ({}); kies er één met --sheet, bijvoorbeeld --sheet \"{}\"",
                listed(&names),
                names[0]
            ))
        }
    }
}

fn no_such_sheet(wanted: &str, names: &[String]) -> String {
    let help = closest(wanted, names.iter().map(String::as_str)).map(|name| format!("; bedoelde u «{name}»?")).unwrap_or_default();
    format!("er is geen blad «{wanted}» in deze werkmap, wel {}{help}", listed(names))
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("«{name}»")).collect::<Vec<_>>().join(", ")
}

fn reason(error: &XlsxError) -> String {
    match error {
        XlsxError::Password => "dit bestand is met een wachtwoord beveiligd; haal het wachtwoord weg en bewaar opnieuw".to_owned(),
        XlsxError::CellError(shown) => format!("in een vakje staat de fout {shown}; herstel de formule en bewaar opnieuw"),
        XlsxError::NotAWorksheet(_) => "dit blad is een grafiek en geen tabel; kies een ander met --sheet".to_owned(),
        _ => broken(),
    }
}

fn grid(workbook: &mut Workbook<'_>, name: &str) -> Result<Grid, String> {
    let mut grid = Grid { sheet: Some(name.to_owned()), rows: Vec::new() };
    let mut room = MOST_CELLS;
    fill(workbook, name, &mut grid, &mut room)?;
    mark_empty_formulas(workbook, name, &mut grid, &mut room)?;
    mark_merged(workbook, name, &mut grid, &mut room)?;
    Ok(grid)
}

fn fill(workbook: &mut Workbook<'_>, name: &str, grid: &mut Grid, room: &mut usize) -> Result<(), String> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| reason(&error))?;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| reason(&error))? {
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let is_percentage = format.is_some_and(|format| format.format_code.contains('%'));
        let value = value(cell.get_value(), is_percentage);
        if value != Cell::Empty {
            put(grid, cell.get_position(), value, room)?;
        }
    }
    Ok(())
}

fn put(grid: &mut Grid, position: (u32, u32), cell: Cell, room: &mut usize) -> Result<(), String> {
    let (row, column) = (position.0 as usize, position.1 as usize);
    if row >= ROWS || column >= COLUMNS {
        return Err(broken());
    }
    if grid.rows.len() <= row {
        grid.rows.resize_with(row + 1, Vec::new);
    }
    let cells = &mut grid.rows[row];
    if cells.len() <= column {
        *room = room.checked_sub(column + 1 - cells.len()).ok_or_else(|| too_large(row, column))?;
        cells.resize(column + 1, Cell::Empty);
    }
    cells[column] = cell;
    Ok(())
}

fn too_large(row: usize, column: usize) -> String {
    let place = format!("{}{}", column_name(column), row + 1);
    format!("dit blad is te groot: er staat nog iets in {place}; zet de tabel alleen in een nieuwe werkmap")
}

fn value(value: &DataRef<'_>, is_percentage: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Int(number) if !is_percentage => Cell::Number(*number as f64),
        DataRef::Float(number) if !is_percentage => Cell::Number(*number),
        DataRef::Int(_) | DataRef::Float(_) => Cell::Wrong(Misfit::Percentage),
        DataRef::Bool(_) => Cell::Wrong(Misfit::Boolean),
        DataRef::DateTime(date) if date.is_duration() => Cell::Wrong(Misfit::Duration),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => Cell::Wrong(Misfit::Date),
        DataRef::DurationIso(_) => Cell::Wrong(Misfit::Duration),
        DataRef::Error(error) => Cell::Wrong(Misfit::Error(error_name(error))),
    }
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// As the Dutch Excel shows it.
fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DEEL/0!",
        CellErrorType::NA => "#N/B",
        CellErrorType::Name => "#NAAM?",
        CellErrorType::Null => "#LEEG!",
        CellErrorType::Num => "#GETAL!",
        CellErrorType::Ref => "#VERW!",
        CellErrorType::Value => "#WAARDE!",
        CellErrorType::GettingData => "#GEGEVENS_OPHALEN",
    }
}

/// A formula that no program has computed yet has no value in the file, and would pass for an empty cell.
fn mark_empty_formulas(workbook: &mut Workbook<'_>, name: &str, grid: &mut Grid, room: &mut usize) -> Result<(), String> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| reason(&error))?;
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(|error| reason(&error))? {
        if record.formula.is_some() && record.value == DataRef::Empty {
            put(grid, record.pos, Cell::Wrong(Misfit::Uncomputed), room)?;
        }
    }
    Ok(())
}

/// Only the first cell of merged ones has a value; the others would pass for empty ones, and a status be lost.
fn mark_merged(workbook: &mut Workbook<'_>, name: &str, grid: &mut Grid, room: &mut usize) -> Result<(), String> {
    let regions = workbook.merge_cells_by_sheet_name(name).map_err(|error| reason(&error))?;
    let (height, width) = (grid.rows.len() as u32, grid.width() as u32);
    for region in regions {
        for row in region.start.0..=region.end.0.min(height.saturating_sub(1)) {
            for column in region.start.1..=region.end.1.min(width.saturating_sub(1)) {
                *room = room.checked_sub(1).ok_or_else(|| too_large(row as usize, column as usize))?;
                if (row, column) != region.start && grid.cell(row as usize, column as usize) == &Cell::Empty {
                    put(grid, (row, column), Cell::Wrong(Misfit::Merged), room)?;
                }
            }
        }
    }
    Ok(())
}
