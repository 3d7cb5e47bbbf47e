//! A CSV as Excel saves it: any of its separators, any of its encodings.

use super::encoding;
use super::grid::{Cell, Grid};
use super::header;
use super::log::{Change, Log, short};
use super::workbook;

/// Excel's own separators, the Flemish one first.
const SEPARATORS: [char; 3] = [';', '\t', ','];
/// In bytes: thirty times the longest table there is.
pub(super) const LARGEST: usize = 50_000_000;

/// Reads a CSV. Rows are counted as Excel shows them, so a first line `sep=` does not count.
///
/// # Errors
/// A Dutch sentence when the bytes are no text, or a field runs over more than one line.
pub fn read_csv(bytes: &[u8]) -> Result<(Grid, Vec<Change>), String> {
    refuse_other_files(bytes)?;
    let mut log = Log::default();
    let (text, encoding) = encoding::decoded(bytes)?;
    let (announced, body) = announced_separator(&text);
    let (separator, grid) = match announced {
        Some(separator) => (separator, grid(body, separator)?),
        None => likely_grid(body)?,
    };
    if announced.is_some() {
        log.change(grid.row_place(0), format!("sep={separator}"), "", "aanwijzing voor Excel boven de tabel weggelaten");
    }
    note_encoding(bytes, encoding, &grid, &mut log);
    note_lines(body, separator, &grid, &mut log);
    Ok((grid, log.changes))
}

fn refuse_other_files(bytes: &[u8]) -> Result<(), String> {
    if bytes.is_empty() {
        return Err("het bestand is leeg; bewaar de tabel opnieuw".to_owned());
    }
    if workbook::is_workbook(bytes) {
        return Err("dit is een werkmap van Excel en geen CSV; geef het bestand een naam op .xlsx".to_owned());
    }
    if bytes.len() > LARGEST {
        return Err("dit bestand is groter dan 50 MB; een tabel met waarnemingen is dat nooit".to_owned());
    }
    Ok(())
}

/// The separator of a first line `sep=;`, and the lines behind it.
fn announced_separator(text: &str) -> (Option<char>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r').trim_matches('"');
    let separator = first.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and_then(|_| first[4..].chars().next());
    match separator.filter(|c| SEPARATORS.contains(c) || *c == '|') {
        Some(separator) => (Some(separator), rest),
        None => (None, text),
    }
}

/// The separator with which a header is found; where none is, the one that cuts most, so that a message can name the columns.
fn likely_grid(text: &str) -> Result<(char, Grid), String> {
    let found = SEPARATORS.iter().find_map(|separator| {
        let grid = grid(text, *separator).ok()?;
        header::row_of(&grid).map(|_| (*separator, grid))
    });
    let most = || SEPARATORS.into_iter().max_by_key(|separator| text.matches(*separator).count()).unwrap_or(';');
    found.map_or_else(|| grid(text, most()).map(|grid| (most(), grid)), Ok)
}

fn grid(text: &str, separator: char) -> Result<Grid, String> {
    let mut grid = Grid::default();
    // Excel ends a line with CRLF; the old Mac's lone CR is still offered in its list.
    let lines = if text.contains('\n') { text.split('\n') } else { text.split('\r') };
    for (row, line) in lines.enumerate() {
        let fields = fields(line.trim_end_matches('\r'), separator);
        let fields = fields.map_err(|column| open_quote(&grid, row, column))?;
        grid.rows.push(fields.into_iter().map(|field| if field.is_empty() { Cell::Empty } else { Cell::Text(field) }).collect());
    }
    // What stands behind the last line's end is no row.
    if grid.rows.last().is_some_and(|row| row == &[Cell::Empty]) {
        grid.rows.pop();
    }
    Ok(grid)
}

fn open_quote(grid: &Grid, row: usize, column: usize) -> String {
    let place = grid.place(row, column);
    format!(
        "{place}: dit veld begint met een aanhalingsteken dat op die regel niet netjes sluit; zet elk veld op één regel (Alt+Enter maakt in Excel een regeleinde) en bewaar opnieuw"
    )
}

/// The fields of one line, or the column in which a quote stays open or is followed by text.
fn fields(line: &str, separator: char) -> Result<Vec<String>, usize> {
    let mut fields = Vec::new();
    let mut rest = Some(line);
    while let Some(text) = rest {
        let (field, behind) = match text.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted, separator).ok_or(fields.len())?,
            None => text.split_once(separator).map_or((text.to_owned(), None), |(field, behind)| (field.to_owned(), Some(behind))),
        };
        fields.push(field);
        rest = behind;
    }
    Ok(fields)
}

/// A field behind its opening quote, and what follows the separator behind its closing one.
fn quoted_field(text: &str, separator: char) -> Option<(String, Option<&str>)> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let (part, behind) = rest.split_once('"')?;
        field.push_str(part);
        if let Some(again) = behind.strip_prefix('"') {
            field.push('"');
            rest = again;
        } else if behind.is_empty() {
            return Some((field, None));
        } else {
            return behind.strip_prefix(separator).map(|behind| (field, Some(behind)));
        }
    }
}

/// Names the first cell that the other encoding touched, so that a reader sees whether it came out right.
fn note_encoding(bytes: &[u8], encoding: Option<&str>, grid: &Grid, log: &mut Log) {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        log.change(grid.row_place(0), "", "", "onzichtbaar merkteken (BOM) aan het begin weggelaten");
    }
    let Some(encoding) = encoding else { return };
    let cells =
        grid.rows.iter().enumerate().flat_map(|(row, cells)| cells.iter().enumerate().map(move |(column, cell)| (row, column, cell)));
    let touched = cells.map(|(row, column, cell)| (grid.place(row, column), cell.words())).find(|(_, words)| !words.is_ascii());
    let (place, example) = touched.map_or((grid.row_place(0), String::new()), |(place, words)| (place, format!(": {}", short(&words))));
    log.change(place, encoding, format!("UTF-8{example}"), "tekenset van het hele bestand omgezet");
}

fn note_lines(text: &str, separator: char, grid: &Grid, log: &mut Log) {
    let name = match separator {
        ',' => None,
        ';' => Some("puntkomma"),
        '\t' => Some("tab"),
        _ => Some("streep"),
    };
    if let Some(name) = name {
        log.change(grid.row_place(0), name, "komma", "scheidingsteken tussen de kolommen vervangen");
    }
    if text.contains('\r') {
        log.change(grid.row_place(0), "", "", "regeleinden van Windows of Mac vervangen");
    }
}
