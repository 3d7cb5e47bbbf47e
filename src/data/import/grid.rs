//! Cells as the office has them, and how she calls their places.

use std::fmt;

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// A number that Excel knows as one.
    Number(f64),
    /// What can be no field of a table.
    Wrong(Misfit),
}

/// What a cell of a workbook can be beside text and numbers; shown in Dutch with its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    Date,
    Duration,
    Percentage,
    Boolean,
    /// A formula's error, by the name the Dutch Excel gives it.
    Error(&'static str),
    /// A formula that no program has computed yet.
    Uncomputed,
    /// A cell that is covered by its merged neighbour.
    Merged,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misfit::Date => f.write_str("een datum"),
            Misfit::Duration => f.write_str("een tijdsduur"),
            Misfit::Percentage => f.write_str("een percentage"),
            Misfit::Boolean => f.write_str("WAAR of ONWAAR"),
            Misfit::Error(name) => write!(f, "de fout {name}"),
            Misfit::Uncomputed => f.write_str("een formule zonder bewaarde uitkomst"),
            Misfit::Merged => f.write_str("een deel van samengevoegde cellen"),
        }
    }
}

impl Cell {
    /// Whether nothing is to be seen; a cell of spaces alone is blank too.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => super::text::trimmed(text).is_empty(),
            Cell::Number(_) | Cell::Wrong(_) => false,
        }
    }

    /// The words of the cell, for names of columns and for messages.
    pub(super) fn words(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => super::text::trimmed(text).to_owned(),
            Cell::Number(number) => super::number::shown(*number),
            Cell::Wrong(what) => what.to_string(),
        }
    }
}

/// One table. A cell stands where Excel shows it: `rows[0][0]` is A1, so that every place has its right name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// The name of the sheet; `None` for CSV.
    pub sheet: Option<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// The cell at a row and column counted from 0; empty outside the table.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }

    /// How to call a cell.
    pub fn place(&self, row: usize, column: usize) -> Place {
        Place { sheet: self.sheet.clone(), row, column: Some(column) }
    }

    /// How to call a whole row.
    pub fn row_place(&self, row: usize) -> Place {
        Place { sheet: self.sheet.clone(), row, column: None }
    }

    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }
}

/// A cell or a row, counted from 0; shown as `Blad1!C14`, or `rij 14, kolom C` in a CSV.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub sheet: Option<String>,
    pub row: usize,
    /// Absent where a whole row is meant.
    pub column: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = self.row + 1;
        match (&self.sheet, self.column.map(column_name)) {
            (Some(sheet), Some(column)) => write!(f, "{}!{column}{row}", quoted(sheet)),
            (Some(sheet), None) => write!(f, "{}, rij {row}", quoted(sheet)),
            (None, Some(column)) => write!(f, "rij {row}, kolom {column}"),
            (None, None) => write!(f, "rij {row}"),
        }
    }
}

/// A sheet's name as it stands in front of `!`, so that it can be pasted into Excel's name box.
fn quoted(sheet: &str) -> String {
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_') && !sheet.starts_with(|c: char| c.is_ascii_digit());
    if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

/// The letters of a column counted from 0: A, …, Z, AA, ….
pub(super) fn column_name(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    if column < 26 { letter.to_string() } else { format!("{}{letter}", column_name(column / 26 - 1)) }
}
