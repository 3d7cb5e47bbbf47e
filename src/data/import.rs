//! From the table as the office has it to the strict `waarnemingen.csv`.
//!
//! 1. [`read`] looks at the bytes and takes [`workbook`] or [`delimited`]: a [`Grid`] of cells, each what it was.
//! 2. [`strict`] finds the header, reads every row below it and writes the strict table, or names all faults at once.
//! 3. [`summarized`] tells in a few Dutch lines what became different on the way.
//!
//! Nothing is guessed: what can be read in two ways is a [`Fault`] that names both, and whatever is written otherwise than it stood is
//! a [`Change`].

mod delimited;
mod encoding;
mod grid;
mod header;
mod log;
mod number;
mod period;
mod rows;
mod text;
mod workbook;

use delimited::read_csv;
use workbook::{is_workbook, read_xlsx};

pub use grid::{Grid, Place};
pub use log::{Change, Fault, summarized};
pub use rows::{Imported, Refused, strict};

/// Reads a table of either kind; its bytes say which, not its name. A sheet can be chosen in a workbook only.
///
/// # Errors
/// A Dutch sentence for the user when no table can be read.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<(Grid, Vec<Change>), String> {
    if is_workbook(bytes) {
        return read_xlsx(bytes, sheet).map(|grid| (grid, Vec::new()));
    }
    match sheet {
        Some(name) => Err(format!("dit is een CSV-bestand zonder bladen, en dus zonder blad «{name}»; laat --sheet weg")),
        None => read_csv(bytes),
    }
}

impl Imported {
    /// How the office calls the cell that a place in the strict table came from: a line counted from 1, and a byte of it.
    pub fn origin(&self, grid: &Grid, line: usize, text: &str, byte: usize) -> Place {
        let row = line.checked_sub(2).and_then(|at| self.rows.get(at)).copied().unwrap_or_default();
        let (mut field, mut quoted) = (0, false);
        for letter in text.bytes().take(byte) {
            quoted ^= letter == b'"';
            field += usize::from(letter == b',' && !quoted);
        }
        match self.columns.get(field).copied().flatten() {
            Some(column) => grid.place(row, column),
            None => grid.row_place(row),
        }
    }
}
