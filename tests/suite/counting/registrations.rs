//! Small random sets of registrations, dirty rows included, and the files they are kept in.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jaarverslag::counting::{self, Column, ParquetWriter};
use proptest::prelude::*;

use super::{NETS, SEGMENTS, YEARS};

/// One registration as it is typed; an empty field is nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub pupil: String,
    pub date: String,
    pub centre: String,
    pub net: String,
    pub segment: String,
    pub topic: String,
    pub function: String,
    pub key: String,
    pub client: String,
}

/// How a file is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Csv,
    /// With semicolons, a mark of the encoding and Dutch dates, as Excel writes it.
    Excel,
    Parquet,
    /// With so many rows in a row group.
    ParquetInGroups(usize),
}

#[derive(Debug, Clone)]
pub struct Files {
    pub lines: Vec<Line>,
    /// The form of each file; the rows are dealt over them in runs.
    pub forms: Vec<(Form, Option<usize>)>,
    pub has_keys: bool,
    pub has_clients: bool,
    pub numbers: bool,
}

fn mostly(good: &'static [&'static str], bad: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![30 => prop::sample::select(good), 1 => prop::sample::select(bad)].prop_map(str::to_owned)
}

fn any_line() -> impl Strategy<Value = Line> {
    let pupil = prop_oneof![40 => (1..9_u8).prop_map(|n| format!("{n}")), 1 => Just(String::new()), 1 => Just("0x7".to_owned())];
    let date = mostly(
        &["2020-09-01", "2021-08-31", "2021-09-01", "2021-12-24", "2022-02-28", "2022-08-31", "2022-09-01", "2023-03-03"],
        &["", "2020-08-31", "2023-09-01", "2022-02-30", "morgen", "1822-01-01"],
    );
    let centre = prop_oneof![30 => (0..4_usize).prop_map(|at| (format!("c{at}"), NETS[at % 2])), 1 => Just((String::new(), "go"))];
    let net = mostly(&[""], &["go", "vrij", "pov", "GO!"]);
    let segment = mostly(&SEGMENTS, &["", "gewoon"]);
    let topic = mostly(&["traject.oud", "traject.nieuw", "traject.altijd", "pesten.pesten"], &["", "pesten", "traject.weg"]);
    let function = mostly(&["onthaal", "advies", "begeleiding", "vaccinatie", "profylaxe"], &["", "overleg"]);
    let key = prop_oneof![12 => (0..400_u16).prop_map(|n| n.to_string()), 1 => Just(String::new()), 1 => Just("a1".to_owned())];
    let client = mostly(&["leerling"], &["ouder", "", "school"]);
    (pupil, date, centre, net, segment, topic, function, key, client).prop_map(
        |(pupil, date, (centre, usual), net, segment, topic, function, key, client)| Line {
            pupil,
            date,
            centre,
            net: if net.is_empty() { usual.to_owned() } else { net },
            segment,
            topic,
            function,
            key,
            client,
        },
    )
}

pub fn any_files() -> impl Strategy<Value = Files> {
    let form = prop_oneof![Just(Form::Csv), Just(Form::Excel), Just(Form::Parquet), (1..9_usize).prop_map(Form::ParquetInGroups)];
    let folder = prop_oneof![5 => Just(None), 1 => (0..3_usize).prop_map(Some)];
    let forms = prop::collection::vec((form, folder), 1..4);
    (prop::collection::vec(any_line(), 1..70), forms, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(mut lines, forms, has_keys, has_clients, numbers)| {
            if !numbers {
                // Pseudonyms are texts; now and then one is a number.
                lines.iter_mut().filter(|line| !line.pupil.is_empty() && line.pupil != "3").for_each(|line| line.pupil.insert(0, 'p'));
            }
            Files { lines, forms, has_keys, has_clients, numbers }
        },
    )
}

/// A file as it was written: its path, its form and its rows.
pub struct Written {
    pub path: PathBuf,
    pub form: Form,
    pub folder: Option<usize>,
    pub lines: Vec<Line>,
    /// In Parquet: whether the pseudonyms are kept as numbers.
    pub numbers: bool,
}

pub fn write_all(files: &Files, folder: &Path) -> Vec<Written> {
    let share = files.lines.len().div_ceil(files.forms.len());
    let mut written: Vec<Written> = files
        .lines
        .chunks(share)
        .zip(&files.forms)
        .enumerate()
        .map(|(number, (lines, (form, year)))| {
            let place = year.map_or(folder.to_owned(), |year| folder.join(format!("schooljaar={}", YEARS[year])));
            fs::create_dir_all(&place).expect("a folder");
            let is_parquet = matches!(form, Form::Parquet | Form::ParquetInGroups(_));
            let path = place.join(format!("deel-{number}.{}", if is_parquet { "parquet" } else { "csv" }));
            let numbers =
                is_parquet && files.numbers && lines.iter().all(|line| line.pupil.parse::<i64>().is_ok() || line.pupil.is_empty());
            match form {
                Form::Csv => fs::write(&path, as_csv(files, lines, ',', false)).expect("a file"),
                Form::Excel => {
                    let text = as_csv(files, lines, ';', true).replace('\n', "\r\n");
                    fs::write(&path, format!("\u{feff}{text}")).expect("a file");
                }
                Form::Parquet => write_parquet(files, lines, lines.len(), numbers, &path),
                Form::ParquetInGroups(rows) => write_parquet(files, lines, *rows, numbers, &path),
            }
            Written { path, form: *form, folder: *year, lines: lines.to_vec(), numbers }
        })
        .collect();
    written.sort_by_key(|file| file.path.display().to_string());
    written
}

fn as_csv(files: &Files, lines: &[Line], separator: char, dutch_dates: bool) -> String {
    let mut text = String::from("leerling,datum,centrum,net,segment,onderwerp,functie");
    text.push_str(if files.has_keys { ",registratie" } else { "" });
    text.push_str(if files.has_clients { ",client\n" } else { "\n" });
    for line in lines {
        let parts: Vec<&str> = line.date.split('-').collect();
        let date = match parts.as_slice() {
            [year, month, day] if dutch_dates => format!("{}/{month}/{year}", day.trim_start_matches('0')),
            _ => line.date.clone(),
        };
        let _ = write!(text, "{},{date},{},{},{},{},{}", line.pupil, line.centre, line.net, line.segment, line.topic, line.function);
        let _ = write!(text, "{}", if files.has_keys { format!(",{}", line.key) } else { String::new() });
        let _ = writeln!(text, "{}", if files.has_clients { format!(",{}", line.client) } else { String::new() });
    }
    text.replace(',', &separator.to_string())
}

pub fn write_parquet(files: &Files, lines: &[Line], group: usize, numbers: bool, path: &Path) {
    let text = |of: &dyn Fn(&Line) -> &String, lines: &[Line]| {
        Column::Text(lines.iter().map(|line| Some(of(line).clone()).filter(|text| !text.is_empty())).collect())
    };
    // Days as such where all of them are, so that row groups tell their first and last; elsewhere as texts.
    let has_days = group < lines.len() && lines.iter().all(|line| line.date.is_empty() || day(&line.date).is_some());
    let columns = |lines: &[Line]| {
        let pupils = lines.iter().map(|line| line.pupil.parse().ok()).collect();
        let mut columns = vec![
            ("leerling", if numbers { Column::Number(pupils) } else { text(&|line| &line.pupil, lines) }),
            (
                "datum",
                if has_days { Column::Date(lines.iter().map(|line| day(&line.date)).collect()) } else { text(&|line| &line.date, lines) },
            ),
            ("centrum", text(&|line| &line.centre, lines)),
            ("net", text(&|line| &line.net, lines)),
            ("segment", text(&|line| &line.segment, lines)),
            ("onderwerp", text(&|line| &line.topic, lines)),
            ("functie", text(&|line| &line.function, lines)),
        ];
        columns.extend(files.has_keys.then(|| ("registratie", text(&|line| &line.key, lines))));
        columns.extend(files.has_clients.then(|| ("client", text(&|line| &line.client, lines))));
        columns
    };
    let mut writer = ParquetWriter::new(fs::File::create(path).expect("a file"), &columns(lines)).expect("a writer");
    lines.chunks(group).for_each(|lines| writer.write(columns(lines)).expect("a row group"));
    writer.finish(None).expect("a file");
}

/// Days since 1970-01-01 of a date that exists.
fn day(date: &str) -> Option<i32> {
    let parts: Vec<i32> = date.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    counting::day_of(*year, *month, *day)
}
