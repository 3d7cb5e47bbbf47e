//! The review of a report: a clean edition has no finding, and a fault that is planted in it is found.

use std::fs;

use super::support::{Copy, root};

const TEXT: &str = "content/2024-2025/";
const DATA: &str = "data/2024-2025/";

/// Code and file of all messages about an edition.
fn messages(project: &Copy, edition: &str) -> Vec<(String, String)> {
    let told: serde_json::Value = serde_json::from_str(&project.run(&format!("check {edition} --format json")).stdout).expect("JSON");
    let words = |message: &serde_json::Value, key: &str| message[key].as_str().unwrap_or_default().to_owned();
    told["messages"].as_array().expect("messages").iter().map(|message| (words(message, "code"), words(message, "file"))).collect()
}

/// The files of which a fault in one may show in another: what is derived from what, and who names whom.
const SHOWS_IN_DATA: [&str; 2] = ["waarnemingen.csv", "gepubliceerd.csv"];

/// What is planted: the code that must find it, a file, and the words that are changed in it. Without old words the new ones
/// are added at the end.
const PLANTS: [(&str, &str, &str, &str); 40] = [
    ("getal.los", "01-recht-op-onderwijs.yaml", "Grenzen verkennen hoort", "Een vijfde verkent grenzen. Dat hoort"),
    ("getal.los", "03-goed-in-je-vel.yaml", "Zorgen stoppen niet", "Zorgen van 4.012 leerlingen stoppen niet"),
    ("getal.los", "05-clb-online.yaml", "titel: Kiezen met en zonder scherm", "titel: Kiezen met twee schermen"),
    ("getal.benadering", "01-recht-op-onderwijs.yaml", "telde in 2014 nog bijna {{", "telde in 2014 nog ruim {{"),
    ("bewering.onwaar", "02-leerlingen-in-contact.yaml", ".gemiddelde stijgt van 2018-2019", ".gemiddelde daalt van 2018-2019"),
    ("bewering.syntaxis", "02-leerlingen-in-contact.yaml", ".gemiddelde stijgt van 2018-2019", ".gemiddelde stijg van 2018-2019"),
    ("bewering.onwaar", "02-leerlingen-in-contact.yaml", ".gemiddelde stijgt van 2018-2019", ".gemiddelde stijgt elk jaar van 2018-2019"),
    (
        "bewering.onzeker",
        "02-leerlingen-in-contact.yaml",
        ".gemiddelde stijgt van 2018-2019",
        ".gemiddelde blijft stabiel binnen 90% van 2018-2019",
    ),
    ("bewering.ontbreekt", "verslag.yaml", "Gebruik de", "Het aantal vragen verdubbelde. Gebruik de"),
    (
        "bewering.ontbreekt",
        "04-onderwijs-op-maat.yaml",
        "titel: Opleidingsvorm 4 in het kort",
        "titel: Opleidingsvorm 4 wordt populairder, de vraag neemt toe",
    ),
    (
        "bewering.tegenspraak",
        "01-recht-op-onderwijs.yaml",
        "}} meer leerlingen met zo’n vraag dan",
        "}} minder leerlingen met zo’n vraag dan",
    ),
    (
        "bewering.woorden",
        "05-clb-online.yaml",
        "De drukste maanden zijn januari en februari, rond",
        "De stilste maanden zijn januari en februari, rond",
    ),
    ("bewering.tegenspraak", "03-goed-in-je-vel.yaml", "}} toe tegenover", "}} af tegenover"),
    ("rekening.periodes", "02-leerlingen-in-contact.yaml", ".gemiddelde stijgt van 2018-2019", ".gemiddelde stijgt van 2018"),
    ("rekening.aandeel", "gepubliceerd.csv", "alle,2.44,,,\"2,44%\"", "alle,2.74,,,\"2,74%\""),
    ("rekening.noemers", "gepubliceerd.csv", "alle,10.76,,,\"10,76%\"", "alle,11.76,,,\"11,76%\""),
    ("rekening.delen", "waarnemingen.csv", "kleuter,alle,alle,2608,", "kleuter,alle,alle,12608,"),
    ("rekening.rest", "waarnemingen.csv", "kleuter,alle,alle,264000,263500,264500", "kleuter,alle,alle,254000,253500,254500"),
    ("rekening.uniek", "waarnemingen.csv", "alle,66448,", "alle,166448,"),
    ("rekening.honderd", "gepubliceerd.csv", "meisje,77.4,,,\"77,4%\"", "meisje,87.4,,,\"87,4%\""),
    (
        "rekening.gemiddelde",
        "gepubliceerd.csv",
        "",
        "verontrusting,gemiddelde,2019-2020,,alle,alle,alle,alle,5.9,,,\"5,9\",controle,ovsg_2021,\n",
    ),
    ("rekening.groei", "waarnemingen.csv", "alle,25437,", "alle,29437,"),
    ("rekening.gelijk", "waarnemingen.csv", "alle,34119,", "alle,27123,"),
    ("rekening.sprong", "waarnemingen.csv", "alle,261253,", "alle,661253,"),
    ("rekening.kring", "gepubliceerd.csv", ",27%,afdrukken,", ",27%,controle,"),
    (
        "rekening.bronnen",
        "gepubliceerd.csv",
        "",
        "vraaggestuurde_werking,gemiddelde,2019-2020,,alle,alle,alle,alle,4.71,,,\"4,71\",controle,knack_2025,\n",
    ),
    ("rekening.aandeel", "waarnemingen.csv", "alle,30229,", "alle,33229,"),
    ("rekening.delen", "waarnemingen.csv", "alle,13728,", "alle,13782,"),
    ("rekening.interventies", "waarnemingen.csv", "alle,40554,", "alle,4055,"),
    ("rekening.gedrukt", "gepubliceerd.csv", "alle,2.44,,,\"2,44%\"", "alle,2.44,,,\"3,44%\""),
    ("rekening.rangorde", "gepubliceerd.csv", "alle,alle,alle,gezin,2,", "alle,alle,alle,gezin,1,"),
    ("rekening.sprong", "gepubliceerd.csv", "alle,4.9,,,\"4,9\"", "alle,49,,,\"49\""),
    ("rekening.groei", "gepubliceerd.csv", "2018-2019,alle,alle,alle,alle,3,,,3%,", "2018-2019,alle,alle,alle,alle,5,,,5%,"),
    ("reeks.verdwenen", "verslag.yaml", "[leerlingen_buitengewoon, huisonderwijs]", "[leerlingen_buitengewoon]"),
    ("reeks.definitie", "verslag.yaml", "reeksen: [populatie_officieel]", "reeksen: [tijdelijke_uitsluitingen]"),
    ("reeks.overbodig", "verslag.yaml", "reeksen: [populatie_officieel]", "reeksen: [populatie_officieel, m_documenten]"),
    ("breuk.verzwegen", "02-leerlingen-in-contact.yaml", ", over de breuk van 2018 heen,", ""),
    ("tekst.schrijfwijze", "01-recht-op-onderwijs.yaml", "De CLB’s zien met", "De CLB's zien met"),
    ("citaat.naamloos", "03-goed-in-je-vel.yaml", "van: Leerling uit het eerste jaar secundair", "van: \"\""),
    ("verantwoording.overbodig", "verslag.yaml", "tekst: 'twee niveaus'", "tekst: 'drie niveaus'"),
];

#[test]
fn every_planted_fault_is_found() {
    let project = Copy::of_repository();
    let before = messages(&project, "2024-2025");
    for (code, file, old, new) in PLANTS {
        let path = format!("{}{file}", if file.ends_with(".csv") { DATA } else { TEXT });
        let clean = project.read(&path);
        if old.is_empty() {
            project.write(&path, [clean.as_slice(), new.as_bytes()].concat());
        } else {
            project.replace(&path, old, new);
        }
        let is_there = |place: &str| if SHOWS_IN_DATA.contains(&file) { place.starts_with(DATA) } else { place == path };
        let count = |all: &[(String, String)]| all.iter().filter(|(found, place)| found == code && is_there(place)).count();
        let found = messages(&project, "2024-2025");
        assert!(count(&found) > count(&before), "{code} in {file}: found {found:?}");
        project.write(&path, clean);
    }
    assert_eq!(messages(&project, "2024-2025"), before);
}

#[test]
fn the_editions_have_no_finding() {
    let project = Copy::of_repository();
    let known = ["grafiek.geen-reeks"];
    for edition in ["2017-2018", "2022-2023", "2024-2025", "voorbeeld-2024-2025"] {
        let found = messages(&project, edition).into_iter().filter(|(code, _)| !known.contains(&code.as_str()));
        assert_eq!(found.collect::<Vec<_>>(), Vec::new(), "{edition}");
    }
}

/// What clashes in the sources and stands all the same is told in the document on it, with its arithmetic.
#[test]
fn the_document_lists_every_contradiction() {
    let project = Copy::of_repository();
    let document = fs::read_to_string(root().join("docs/bevindingen-2024-2025.md")).expect("the document");
    for edition in ["2017-2018", "2022-2023", "2024-2025"] {
        let told: serde_json::Value = serde_json::from_str(&project.run(&format!("check {edition} --format json")).stdout).expect("JSON");
        let excuses = told["accounting"]["data"].as_array().expect("excuses");
        assert!(!excuses.is_empty(), "{edition} excuses nothing");
        for excuse in excuses {
            let what = excuse["what"].as_str().expect("what was found");
            assert!(document.contains(what), "{edition}: {what}");
        }
    }
}
