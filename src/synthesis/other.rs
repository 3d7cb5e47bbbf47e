//! The series of the example edition that are not counted from registrations.

/// A row of `waarnemingen.csv`. What is not here is empty there; the status is `fictief`.
#[derive(Clone, Copy, Debug)]
pub struct OtherRow {
    pub indicator: &'static str,
    pub measure: &'static str,
    pub period: &'static str,
    pub net: &'static str,
    pub centre: &'static str,
    pub segment: &'static str,
    pub kind: &'static str,
    pub category: &'static str,
    pub value: &'static str,
    /// The least and the most that a rounded value can be; empty for an exact one.
    pub bounds: [&'static str; 2],
    /// The value is the published one, rather than made up.
    pub published: bool,
}

/// All rows of `other.csv`. A line with another number of cells than the header is left out; a test keeps the table whole.
pub fn other_series() -> Vec<OtherRow> {
    include_str!("other.csv").lines().skip(1).filter_map(row).collect()
}

fn row(line: &'static str) -> Option<OtherRow> {
    let cells: [&str; 12] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    let [indicator, measure, period, net, centre, segment, kind, category, value, lower, upper, published] = cells;
    Some(OtherRow {
        indicator,
        measure,
        period,
        net,
        centre,
        segment,
        kind,
        category,
        value,
        bounds: [lower, upper],
        published: published == "ja",
    })
}
