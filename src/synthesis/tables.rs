//! The embedded tables: comma separated, a header line, no quoted cells.

/// The rows below the header, each with exactly the header's number of cells.
pub(super) fn rows<'a>(name: &str, text: &'a str) -> Result<Vec<Vec<&'a str>>, String> {
    let mut lines = text.lines();
    let width = lines.next().map_or(0, |header| header.split(',').count());
    lines.enumerate().map(|(at, line)| cells(name, at + 2, width, line)).collect()
}

fn cells<'a>(name: &str, line: usize, width: usize, text: &'a str) -> Result<Vec<&'a str>, String> {
    let cells: Vec<&str> = text.split(',').collect();
    if cells.len() == width { Ok(cells) } else { Err(format!("{name}, regel {line}: {} cellen in plaats van {width}", cells.len())) }
}

/// A whole number of a cell.
pub(super) fn number(name: &str, cell: &str) -> Result<u64, String> {
    cell.parse().map_err(|_| format!("{name}: «{cell}» is geen geheel getal"))
}

/// A list of whole numbers, as many as the array is long.
pub(super) fn numbers<const N: usize>(name: &str, cells: &[&str]) -> Result<[u64; N], String> {
    let list = cells.iter().map(|cell| number(name, cell)).collect::<Result<Vec<_>, _>>()?;
    list.try_into().map_err(|_| format!("{name}: een rij heeft geen {N} getallen"))
}
