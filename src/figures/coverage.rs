//! Says in words which cells of a table a source or a note goes for.

use std::collections::BTreeSet;

/// Row and column of a cell.
pub(super) type Place = (usize, usize);

/// The names of a table's rows and columns, and the cells that hold a figure.
pub(super) struct Coverage {
    pub rows: Vec<String>,
    /// Whether the rows follow each other, as years do: then a run of them is said by its ends.
    pub in_sequence: bool,
    pub columns: Vec<String>,
    pub known: BTreeSet<Place>,
}

impl Coverage {
    /// `None` where the cells are all that hold a figure: nothing needs to be said.
    pub fn words(&self, cells: &BTreeSet<Place>) -> Option<String> {
        if self.known.is_subset(cells) {
            return None;
        }
        let across: BTreeSet<usize> = cells.iter().map(|(_, column)| *column).collect();
        let down: BTreeSet<usize> = cells.iter().map(|(row, _)| *row).collect();
        let whole_columns = across.iter().all(|column| self.holds(cells, |place| place.1 == *column));
        let whole_rows = down.iter().all(|row| self.holds(cells, |place| place.0 == *row));
        Some(if whole_columns {
            enumerated(across.iter().map(|column| self.columns[*column].clone()))
        } else if whole_rows {
            self.runs(&down, &self.known.iter().map(|(row, _)| *row).collect())
        } else {
            enumerated(across.iter().map(|column| self.in_column(cells, *column)))
        })
    }

    /// `leerlingen`, or `leerlingen (2017-2018, 2019-2020)`.
    fn in_column(&self, cells: &BTreeSet<Place>, column: usize) -> String {
        let name = &self.columns[column];
        if self.holds(cells, |place| place.1 == column) {
            return name.clone();
        }
        let rows = |places: &BTreeSet<Place>| places.iter().filter(|place| place.1 == column).map(|place| place.0).collect();
        format!("{name} ({})", self.runs(&rows(cells), &rows(&self.known)))
    }

    /// Whether all figures of these places are among the cells.
    fn holds(&self, cells: &BTreeSet<Place>, within: impl Fn(&Place) -> bool) -> bool {
        self.known.iter().filter(|place| within(place)).all(|place| cells.contains(place))
    }

    /// Three rows or more that follow each other are said by their ends; rows without a figure between them do not count.
    fn runs(&self, rows: &BTreeSet<usize>, held: &BTreeSet<usize>) -> String {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for row in held.iter().filter(|row| rows.contains(row)) {
            let follows = |run: &&mut Vec<usize>| self.in_sequence && held.range(run[run.len() - 1] + 1..*row).next().is_none();
            match runs.last_mut().filter(follows) {
                Some(run) => run.push(*row),
                None => runs.push(vec![*row]),
            }
        }
        let words = |run: &Vec<usize>| match run.as_slice() {
            [first, _, .., last] => format!("{} tot en met {}", self.rows[*first], self.rows[*last]),
            rows => rows.iter().map(|row| self.rows[*row].as_str()).collect::<Vec<_>>().join(", "),
        };
        runs.iter().map(words).collect::<Vec<_>>().join(", ")
    }
}

fn enumerated(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(" en ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn check(coverage: &Coverage, cells: &[Place], words: Option<&str>) {
        assert_eq!(coverage.words(&cells.iter().copied().collect()).as_deref(), words, "{cells:?}");
    }

    #[test]
    fn years_are_named_in_the_fewest_words() {
        // Nothing is known of the third year; of the fifth only the first column.
        let known = (0..5).flat_map(|row| [(row, 0), (row, 1)]).filter(|place| place.0 != 2 && *place != (4, 1)).collect();
        let rows = names(&["2017", "2018", "2019", "2020", "2021"]);
        let coverage = Coverage { rows, in_sequence: true, columns: names(&["gc", "iac"]), known };
        for (cells, words) in [
            (&[(0, 0), (0, 1), (1, 0), (1, 1), (3, 0), (3, 1), (4, 0)][..], None),
            (&[(0, 1), (1, 1), (3, 1)], Some("iac")),
            (&[(0, 0), (0, 1), (4, 0)], Some("2017, 2021")),
            (&[(0, 0), (0, 1), (1, 0), (1, 1), (3, 0), (3, 1)], Some("2017 tot en met 2020")),
            (&[(0, 0), (1, 0), (3, 0), (4, 0), (1, 1)], Some("gc en iac (2018)")),
            (&[(0, 0), (1, 0)], Some("gc (2017, 2018)")),
            (&[(1, 0), (3, 0), (4, 0)], Some("gc (2018 tot en met 2021)")),
        ] {
            check(&coverage, cells, words);
        }
    }

    #[test]
    fn parts_have_no_order_to_run_through() {
        let known = (0..4).map(|row| (row, 0)).collect();
        let coverage =
            Coverage { rows: names(&["lager", "kleuter", "secundair", "samen"]), in_sequence: false, columns: names(&[""]), known };
        check(&coverage, &[(0, 0), (1, 0), (2, 0)], Some("lager, kleuter, secundair"));
        check(&coverage, &[(0, 0), (1, 0), (2, 0), (3, 0)], None);
    }
}
