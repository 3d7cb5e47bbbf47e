//! The plain slow loop: every rule of the count, one row after another.

use std::collections::{BTreeMap, BTreeSet};

use jaarverslag::counting::Reason;

use super::registrations::{Files, Form, Line, Written};
use super::{GROUPS, INDICATORS, NETS, ON_REQUEST, SEGMENTS, YEARS};

/// What the slow loop makes of the rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Slow {
    /// Indicator, measure, year, net, centre and segment → count; zeros are left out.
    pub cells: BTreeMap<(String, &'static str, String, String, String, String), u64>,
    pub refused: BTreeMap<&'static str, (u64, Vec<RowPlace>)>,
    pub out_of_scope: u64,
    pub counted: u64,
    pub equal: u64,
}

/// The name of a file and a row in it.
type RowPlace = (String, u64);

struct Judged<'a> {
    line: &'a Line,
    place: RowPlace,
    year: &'static str,
    has_key: bool,
}

/// Pupil, centre, net, segment, topic, function and date.
type Contents<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

fn contents<'a>(row: &Judged<'a>) -> Contents<'a> {
    let line = row.line;
    (&line.pupil, &line.centre, &line.net, &line.segment, &line.topic, &line.function, &line.date)
}

pub fn slow(written: &[Written], files: &Files) -> Slow {
    let mut slow = Slow::default();
    let numbers = most_are_numbers(written);
    let mut fitting = Vec::new();
    for file in written {
        let is_parquet = matches!(file.form, Form::Parquet | Form::ParquetInGroups(_));
        for (index, line) in file.lines.iter().enumerate() {
            let place = (file.path.display().to_string(), index as u64 + if is_parquet { 1 } else { 2 });
            if files.has_clients && line.client != "leerling" {
                match line.client.as_str() {
                    "" => refuse(&mut slow, Reason::ClientMissing, place),
                    _ => slow.out_of_scope += 1,
                }
                continue;
            }
            let is_number = if is_parquet { file.numbers } else { line.pupil.bytes().all(|byte| byte.is_ascii_digit()) };
            match judged(line, file.folder, is_number != numbers) {
                Ok(year) => {
                    fitting.push(Judged { line, place, year, has_key: files.has_keys && !line.key.is_empty() });
                }
                Err(reason) => refuse(&mut slow, reason, place),
            }
        }
    }
    let fitting = without_other_nets(fitting, &mut slow);
    let fitting = without_doubles(fitting, &mut slow);
    count_cells(&fitting, &mut slow);
    slow
}

fn most_are_numbers(written: &[Written]) -> bool {
    let (mut numbers, mut texts) = (0, 0);
    for file in written {
        for line in &file.lines {
            let is_number = match file.form {
                Form::Parquet | Form::ParquetInGroups(_) => file.numbers,
                Form::Csv | Form::Excel if line.pupil.is_empty() => continue,
                Form::Csv | Form::Excel => line.pupil.bytes().all(|byte| byte.is_ascii_digit()),
            };
            *(if is_number { &mut numbers } else { &mut texts }) += 1;
        }
    }
    numbers > texts
}

fn refuse(slow: &mut Slow, reason: Reason, place: RowPlace) {
    let (count, first) = slow.refused.entry(reason.name()).or_default();
    *count += 1;
    first.push(place);
    first.sort();
    first.truncate(3);
}

fn judged(line: &Line, folder: Option<usize>, is_mixed: bool) -> Result<&'static str, Reason> {
    if line.pupil.is_empty() {
        return Err(Reason::PupilMissing);
    }
    if is_mixed {
        return Err(Reason::PupilMixed);
    }
    if ["", "2022-02-30", "morgen"].contains(&line.date.as_str()) {
        return Err(Reason::DateUnreadable);
    }
    let bounds = [("2020-09-01", "2021-08-31"), ("2021-09-01", "2022-08-31"), ("2022-09-01", "2023-08-31")];
    let within = |(first, last): &(&str, &str)| (*first..=*last).contains(&line.date.as_str());
    let year = bounds.iter().position(within).ok_or(Reason::DateOutsideYears)?;
    if folder.is_some_and(|folder| folder != year) {
        return Err(Reason::DateOutsideFolder);
    }
    match line.topic.as_str() {
        "traject.oud" if year == 2 => return Err(Reason::TopicNotValid),
        "traject.nieuw" if year < 2 => return Err(Reason::TopicNotValid),
        "traject.oud" | "traject.nieuw" | "traject.altijd" | "pesten.pesten" => {}
        _ => return Err(Reason::TopicUnknown),
    }
    if ["", "overleg"].contains(&line.function.as_str()) {
        return Err(Reason::FunctionUnknown);
    }
    if !SEGMENTS.contains(&line.segment.as_str()) {
        return Err(Reason::SegmentUnknown);
    }
    if !NETS.contains(&line.net.as_str()) {
        return Err(Reason::NetUnknown);
    }
    if line.centre.is_empty() { Err(Reason::CentreMissing) } else { Ok(YEARS[year]) }
}

fn without_other_nets<'a>(rows: Vec<Judged<'a>>, slow: &mut Slow) -> Vec<Judged<'a>> {
    let mut nets: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in &rows {
        *nets.entry(&row.line.centre).or_default().entry(&row.line.net).or_default() += 1;
    }
    // The most rows; with as many, the first by name.
    let of_centre = |centre: &str| {
        let best = nets[centre].iter().max_by_key(|(net, count)| (**count, std::cmp::Reverse(**net)));
        best.map(|(net, _)| *net).unwrap_or_default()
    };
    let (good, bad): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| of_centre(&row.line.centre) == row.line.net);
    bad.into_iter().for_each(|row| refuse(slow, Reason::CentreInTwoNets, row.place));
    good
}

fn without_doubles<'a>(rows: Vec<Judged<'a>>, slow: &mut Slow) -> Vec<Judged<'a>> {
    let (keyed, mut good): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.has_key);
    let mut seen = BTreeSet::new();
    slow.equal = good.iter().filter(|row| !seen.insert(contents(row))).count() as u64;
    let mut by_key: BTreeMap<&str, Vec<Judged<'a>>> = BTreeMap::new();
    for row in keyed {
        by_key.entry(&row.line.key).or_default().push(row);
    }
    for mut rows in by_key.into_values() {
        rows.sort_by(|a, b| a.place.cmp(&b.place));
        let same = rows.windows(2).all(|pair| contents(&pair[0]) == contents(&pair[1]));
        for (index, row) in rows.into_iter().enumerate() {
            if index == 0 && same { good.push(row) } else { refuse(slow, Reason::DoubleKey, row.place) }
        }
    }
    good
}

fn counts(topics: &[&str], functions: &[&str], line: &Line) -> bool {
    let (category, _) = line.topic.split_once('.').expect("a code");
    let domain = if category == "pesten" { "psychosociaal_functioneren" } else { "onderwijsloopbaan" };
    let group = if ON_REQUEST.contains(&line.function.as_str()) { "vraaggestuurd" } else { "aanbodgestuurd" };
    let topic = topics.iter().any(|entry| ["alle", &line.topic, category, domain].contains(entry));
    topic && (functions.is_empty() || functions.iter().any(|entry| *entry == line.function || *entry == group))
}

fn count_cells(rows: &[Judged<'_>], slow: &mut Slow) {
    slow.counted = rows.len() as u64;
    let mut pupils: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        let (net, centre, segment) = (row.line.net.as_str(), row.line.centre.as_str(), row.line.segment.as_str());
        let mut of = vec![("alle", "alle", "alle"), (net, "alle", "alle"), ("alle", "alle", segment), ("alle", centre, "alle")];
        of.extend([(net, "alle", segment), ("alle", centre, segment)]);
        of.extend(GROUPS.iter().filter(|(_, members)| members.contains(&segment)).map(|(group, _)| ("alle", "alle", *group)));
        for (indicator, ..) in INDICATORS.iter().filter(|(_, topics, functions)| counts(topics, functions, row.line)) {
            for (net, centre, segment) in &of {
                let key = |measure| {
                    let owned = |text: &str| text.to_owned();
                    (owned(indicator), measure, owned(row.year), owned(net), owned(centre), owned(segment))
                };
                *slow.cells.entry(key("interventies")).or_default() += 1;
                pupils.entry(key("leerlingen")).or_default().insert(&row.line.pupil);
            }
        }
    }
    slow.cells.extend(pupils.into_iter().map(|(key, pupils)| (key, pupils.len() as u64)));
}
