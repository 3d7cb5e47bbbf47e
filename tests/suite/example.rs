//! The example edition: made again from nothing it is the same, and it says what was published.

use std::collections::BTreeMap;
use std::fs;

use jaarverslag::diagnostic::Sink;
use jaarverslag::figures::{Figure, Figures};
use jaarverslag::project::Project;
use jaarverslag::units::{Decimal, Value};
use jaarverslag::{figures_of, report};

use super::support::{Copy, root};

const EDITION: &str = "voorbeeld-2024-2025";

/// The commands of `docs/voorbeeld.md`, which names them to the letter.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(root().join("docs/voorbeeld.md")).expect("the page on the example");
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("jaarverslag "));
    let made = lines.filter(|line| ["synthesize ", "count "].iter().any(|command| line.starts_with(command)) && line.contains("MAP"));
    made.map(|line| line.replace("MAP", "gemaakt")).collect()
}

#[test]
fn made_again_it_is_the_same() {
    let copy = Copy::of_repository();
    let tables = ["waarnemingen.csv", "gepubliceerd.csv"].map(|name| format!("data/{EDITION}/{name}"));
    let before: Vec<Vec<u8>> = tables.iter().map(|table| copy.read(table)).collect();
    fs::remove_file(copy.file(&tables[0])).expect("a table");
    let commands = commands();
    assert_eq!(commands.len(), 3, "{commands:?}");
    for command in commands {
        copy.run(&format!("{command} --quiet")).good();
    }
    assert!(copy.read(&tables[0]) == before[0], "{} is no longer what the commands make", tables[0]);
    assert!(copy.read("gemaakt/gepubliceerd.csv") == before[1], "{} is no longer what the commands make", tables[1]);
}

fn figures(edition: &str) -> Figures {
    let project = Project::open(root()).expect("a project");
    figures_of(&project, edition, &mut Sink::default()).expect("figures")
}

/// Published values that the example cannot give, because others exclude them: `docs/voorbeeld.md` says why.
const NOT_HELD: [&str; 3] = [
    // Doubtful beside its own count.
    "vraaggestuurde_werking[\"2020-2021\"].aandeel",
    // Two shares of one year with different populations behind them.
    "problemen_thuis_en_verontrusting[\"2024-2025\"].aandeel",
    "uitsluiting_of_schorsing[\"2022-2023\"].aandeel",
];

#[test]
fn it_says_what_was_published() {
    let (real, example) = (figures("2024-2025"), figures(EDITION));
    let mut differing = BTreeMap::new();
    let mut same = 0;
    for published in real.list(None) {
        let name = published.reference.to_string();
        match example.resolve(&published.reference).ok() {
            Some(made) if agrees(&published, &made) => same += 1,
            made => {
                differing.insert(name, made.map(|made| made.write(&Default::default())));
            }
        }
    }
    let held: Vec<&str> = NOT_HELD.into_iter().filter(|name| !differing.contains_key(*name)).collect();
    assert!(held.is_empty(), "these come out after all: {held:?}");
    differing.retain(|name, _| !NOT_HELD.contains(&name.as_str()));
    assert!(same > 150, "{same}");
    assert!(differing.is_empty(), "{same} agree, but not {differing:#?}");
}

/// Equal to the decimals of the publication, or within what that leaves open.
fn agrees(published: &Figure, made: &Figure) -> bool {
    let Some(value) = made.value.map(Value::as_f64) else { return false };
    let bound = |bound: Option<Decimal>| bound.map(|bound| bound.ratio().as_f64());
    let within = match published.bounds.map(bound) {
        [Some(lower), Some(upper)] => lower <= value && value <= upper,
        _ => false,
    };
    let half = match published.value {
        Some(Value::PrintedPercent(printed) | Value::Printed(printed)) => 0.5 / 10_f64.powi(i32::from(printed.decimals())),
        _ => 1e-6,
    };
    within || published.value.is_some_and(|published| (published.as_f64() - value).abs() <= half + 1e-9)
}

/// Items 1 to 5 of the question: counts, means and shares for every school year since 2017-2018, and by segment.
#[test]
fn the_question_of_parliament_can_be_answered() {
    let example = figures(EDITION);
    let whole = ["domein_onderwijsloopbaan", "trajectbegeleiding", "keuzemomenten", "leerplicht", "ontbindende_voorwaarde"];
    let reports = ["traject_gemotiveerd_of_gc_verslag", "traject_verslag"];
    let kinds = reports.iter().flat_map(|report| ["", "_nieuw", "_wijziging", "_andere_vraag"].map(|kind| format!("{report}{kind}")));
    let by_segment = ["problematische_afwezigheden", "tijdelijke_uitsluitingen", "definitieve_uitsluitingen"];
    let known = |name: String| {
        let figure = report::look_up(&example, &name).ok().and_then(|reference| example.resolve(&reference).ok());
        assert!(figure.is_some_and(|figure| figure.value.is_some()), "{name}");
    };
    for year in 2017..=2024 {
        let year = format!("{year}-{}", year + 1);
        for indicator in whole.iter().map(ToString::to_string).chain(kinds.clone()).chain(by_segment.map(str::to_owned)) {
            for measure in ["leerlingen", "interventies", "gemiddelde", "aandeel"] {
                known(format!("{indicator}[\"{year}\"].{measure}"));
            }
        }
        for indicator in by_segment {
            for segment in ["basis", "buitengewoon-basis", "voltijds-secundair", "buitengewoon-secundair", "dbso"] {
                known(format!("{indicator}(segment=\"{segment}\")[\"{year}\"].leerlingen"));
            }
        }
    }
}
