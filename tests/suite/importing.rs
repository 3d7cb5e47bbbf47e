//! The office's tables, whole: what comes out, and what is said.

use jaarverslag::data::OBSERVATION_COLUMNS as COLUMNS;
use jaarverslag::data::import::{read, strict, summarized};

const TIDY: &[u8] = include_bytes!("importing/tidy.xlsx");
const FAULTY: &[u8] = include_bytes!("importing/faulty.xlsx");
const SEVERAL: &[u8] = include_bytes!("importing/several.xlsx");
const FAR: &[u8] = include_bytes!("importing/far.xlsx");
const OVERFLOW: &[u8] = include_bytes!("importing/overflow.xlsx");
const STRICT: &str = include_str!("importing/strict.csv");

/// The rows of the strict table, or the faults as `place: message`.
fn imported(bytes: &[u8], sheet: Option<&str>) -> Result<String, Vec<String>> {
    let (grid, _) = read(bytes, sheet).map_err(|message| vec![message])?;
    let imported = strict(&grid)
        .map_err(|refused| refused.faults.iter().map(|fault| format!("{}: {}", fault.place, fault.message)).collect::<Vec<_>>())?;
    assert_eq!(imported.rows.len() + 1, imported.csv.lines().count());
    Ok(imported.csv.split_once('\n').unwrap().1.to_owned())
}

/// A small table with these values and periods, separated as Flemish Excel does.
fn table(cells: &[(&str, &str)]) -> String {
    let rows = cells.iter().map(|(period, value)| format!("bednet;leerlingen;{period};{value};hbvl\r\n"));
    format!("indicator;maat;periode;waarde;bron\r\n{}", rows.collect::<String>())
}

fn values(texts: &[&str]) -> Result<Vec<String>, Vec<String>> {
    let cells: Vec<_> = texts.iter().map(|text| ("2024-2025", *text)).collect();
    let csv = imported(table(&cells).as_bytes(), None)?;
    Ok(csv.lines().map(|line| line.split(',').nth(8).unwrap().to_owned()).collect())
}

fn period(text: &str) -> Result<String, Vec<String>> {
    imported(table(&[(text, "1")]).as_bytes(), None).map(|csv| csv.split(',').nth(2).unwrap().to_owned())
}

#[track_caller]
fn check_fault(result: Result<impl std::fmt::Debug, Vec<String>>, part: &str) {
    let faults = result.unwrap_err();
    assert!(faults.iter().any(|fault| fault.contains(part)), "{part} is not in {faults:?}");
}

#[test]
fn a_strict_table_stays_as_it_is() {
    let (grid, changes) = read(STRICT.as_bytes(), None).unwrap();
    let imported = strict(&grid).unwrap();
    assert_eq!(imported.csv, STRICT);
    assert_eq!((changes, imported.changes), (vec![], vec![]));
    assert_eq!(imported.columns, (0..COLUMNS.len()).map(Some).collect::<Vec<_>>());
}

#[test]
fn what_was_imported_is_strict() {
    for bytes in [TIDY, table(&[("24-25", "1 234,5"), ("2024", "")]).as_bytes()] {
        let once = strict(&read(bytes, None).unwrap().0).unwrap().csv;
        let again = strict(&read(once.as_bytes(), None).unwrap().0).unwrap();
        assert_eq!((again.csv, again.changes), (once, vec![]));
    }
}

#[test]
fn numbers_with_one_reading_are_read() {
    let belgian = ["1.234", "1 234", "1\u{a0}234", "1\u{202f}234", "1.234,5", "1234,5", "1,234", "-3", "−3", "30229", ""];
    let strict = ["1234", "1234", "1234", "1234", "1234.5", "1234.5", "1.234", "-3", "-3", "30229", ""];
    assert_eq!(values(&belgian).unwrap(), strict);
    assert_eq!(values(&["1,234", "14.75", "1.234", "1,234.5"]).unwrap(), ["1234", "14.75", "1.234", "1234.5"]);
    assert_eq!(values(&["1.234.567", "22.000"]).unwrap(), ["1234567", "22000"]);
    assert_eq!(values(&["1 234.567", "0,125"]).unwrap(), ["1234.567", "0.125"]);
    assert_eq!(values(&["1234.567"]).unwrap(), ["1234.567"]);
}

#[test]
fn numbers_with_two_readings_are_refused() {
    check_fault(values(&["1.234"]), "kan 1234 zijn of 1,234");
    check_fault(values(&["1,234", "12"]), "kan 1234 zijn of 1,234");
    // Proof of both.
    check_fault(values(&["1.234", "14,75", "14.75"]), "«1.234» kan 1234 zijn of 1,234");
    let faults = values(&["1.234"; 9]).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0].starts_with("rij 2, kolom D: ") && faults[0].contains("rij 3, kolom D") && faults[0].contains("en nog 5"),
        "{faults:?}"
    );
}

#[test]
fn what_is_no_number_is_refused() {
    check_fault(values(&["2,44%"]), "is een percentage");
    check_fault(values(&["1,2E+05"]), "afgekort");
    check_fault(values(&["1,2345678"]), "meer dan zes decimalen");
    check_fault(values(&["1234567890123456"]), "te groot");
    check_fault(values(&["#####"]), "fout van Excel");
    check_fault(values(&["#N/B"]), "fout van Excel");
    for text in ["-", "n.v.t.", "1.23.4", "12 34", "1 23", ",5", "5,", "1.2345,6", "+5", "1..234", "1,,2", "١٢"] {
        check_fault(values(&[text]), "is geen getal");
    }
}

#[test]
fn periods_are_written_out() {
    for text in ["2024-2025", "24-25", "2024-25", "2024/2025", "2024 - 2025", "2024–2025", "’24-’25"] {
        assert_eq!(period(text).unwrap(), "2024-2025", "{text}");
    }
    assert_eq!(period("2024").unwrap(), "2024");
    assert_eq!(period("2020-09 / 2021-01").unwrap(), "2020-09/2021-01");
    for text in ["09-10", "2011-12"] {
        check_fault(period(text), "schooljaar zijn of een maand");
    }
    for text in ["1/09/2024", "sep-24", "45536", "2024-09-01"] {
        check_fault(period(text), "is een datum");
    }
    for text in ["2024-2026", "24-26", "alle", "1-2", "2021-01/2020-09"] {
        check_fault(period(text), "is geen periode");
    }
}

#[test]
fn a_csv_may_come_in_any_of_excels_forms() {
    let wanted = "bednet,leerlingen,2024,alle,alle,alle,alle,alle,1234,,,,,crevits,\"CLB’s, één\"\n";
    let text = "indicator;maat;periode;waarde;bron;noot\r\nbednet;leerlingen;2024;1234;crevits;CLB’s, één\r\n";
    let windows: Vec<u8> = text.chars().map(|c| if c == '’' { 0x92 } else { c as u8 }).collect();
    let tabs = text.replace(';', "\t");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let comma = "indicator,maat,periode,waarde,bron,noot\nbednet,leerlingen,2024,1234,crevits,\"CLB’s, één\"";
    let forms = [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        format!("sep=;\r\n{text}").into_bytes(),
        windows,
        wide(&format!("\u{feff}{tabs}")),
        comma.as_bytes().to_vec(),
        text.replace("\r\n", "\r").into_bytes(),
        format!("Titel;;;;;\r\n;;;;;\r\n{text};;;;;\r\n").into_bytes(),
    ];
    for form in forms {
        assert_eq!(imported(&form, None).unwrap(), wanted, "{}", String::from_utf8_lossy(&form));
    }
}

#[test]
fn places_are_those_of_excel() {
    check_fault(imported(format!("sep=;\r\n{}", table(&[("x", "1")])).as_bytes(), None), "rij 2, kolom C: ");
    check_fault(imported(format!("\r\n\r\n{}", table(&[("x", "1")])).as_bytes(), None), "rij 4, kolom C: ");
    check_fault(imported(table(&[("\"2024", "1")]).as_bytes(), None), "rij 2, kolom C: dit veld begint");
    check_fault(imported(table(&[("\"20\n24\"", "1")]).as_bytes(), None), "rij 2, kolom C: dit veld begint");
}

#[test]
fn headers_are_recognised_or_refused() {
    let check =
        |header: &str, part: &str| check_fault(imported(format!("{header}\nbednet;leerlingen;2024;1;hbvl\n").as_bytes(), None), part);
    check("indicator;maat;periode;waarde;broon", "de kolom «broon» bestaat niet");
    check("indicator;maat;periode;waarde;broon", "de kolom «bron» ontbreekt");
    check("indicator;eenheid;periode;waarde;bron", "de kolom «maat» ontbreekt");
    check("indicator;maat;periode;waarde;", "kolom E heeft geen naam");
    check("indicator;maat;periode;waarde;aantal", "opnieuw «waarde»");
    check("indicator;maat;periodde;waarde;bron", "rij 1: deze rij lijkt de kopregel, maar er ontbreekt: periode");
    check("a;b;c;d;e", "er is geen kopregel");
    check_fault(imported(b"indicator;maat;periode;waarde;bron\n", None), "geen enkele rij");
}

#[test]
fn a_forgotten_cell_is_never_a_total() {
    let header = "indicator;maat;periode;net;waarde;bron";
    let full = format!("{header}\nbednet;leerlingen;2024;go;1;hbvl\nbednet;leerlingen;2024;;2;hbvl\n");
    check_fault(imported(full.as_bytes(), None), "rij 3, kolom D: het vakje in de kolom «net» is leeg");
    let hollow = format!("{header}\nbednet;leerlingen;2024;;1;hbvl\nbednet;leerlingen;2023;;2;hbvl\n");
    assert_eq!(imported(hollow.as_bytes(), None).unwrap_err(), ["rij 1, kolom D: de kolom «net» is helemaal leeg"]);
    let between = format!("{header}\nbednet;leerlingen;2024;go;1;hbvl\n{header}\nBron: LARS;;;;;\n;leerlingen;2024;vrij;1;hbvl\n");
    let faults = imported(between.as_bytes(), None).unwrap_err();
    assert_eq!(faults.len(), 3, "{faults:?}");
}

#[test]
fn a_workbook_is_read_with_its_numbers() {
    let wanted = "clbchat_leeftijd,jaar,2024-2025,alle,alle,alle,BA,alle,14.75,,,,,jaarverslag_clb_2024_2025,\n\
        bednet,leerlingen,2024,alle,alle,alle,9,alle,30229,,,,,hbvl_2023,\"Met een komma, ja.\"\n\
        clbchat_themas,thema’s,2024-2025,alle,alle,alle,alle,alle,0.3,,,,,hbvl_2023,\n\
        bednet,leerlingen,2023-2024,alle,alle,alle,alle,alle,1234.5,,,,,hbvl_2023,\n";
    assert_eq!(imported(TIDY, None).unwrap(), wanted);
    assert_eq!(strict(&read(TIDY, None).unwrap().0).unwrap().rows, [3, 4, 6, 7]);
}

#[test]
fn every_change_is_told() {
    let lines = summarized(&strict(&read(TIDY, None).unwrap().0).unwrap().changes);
    assert_eq!(lines.len(), 10, "{lines:#?}");
    assert_eq!(lines[0], "rijen boven de kopregel overgeslagen: 'Cijfers 2025', rij 1 «2 rijen»");
    assert_eq!(
        lines[7],
        "periode voluit geschreven, 2 keer: 'Cijfers 2025'!C4 «24-25» → «2024-2025»; 'Cijfers 2025'!C7 «2024/2025» → «2024-2025»"
    );
    assert!(lines[1].ends_with("; en nog 1"), "{}", lines[1]);
}

#[test]
fn what_excel_made_of_a_cell_is_refused() {
    let faults = imported(FAULTY, None).unwrap_err();
    let parts = [
        "C2: in de kolom «periode» staat hier een datum",
        "I3: in de kolom «waarde» staat hier een percentage",
        "I4: in de kolom «waarde» staat hier een formule zonder",
        "I5: in de kolom «waarde» staat hier de fout #N/B",
        "I6: in de kolom «waarde» staat hier WAAR",
        "L8: in de kolom «status» staat hier een deel van samengevoegde cellen",
        "A9: het vakje in de kolom «indicator» is leeg",
        "D10: het vakje in de kolom «net» is leeg",
        "I10: «0.333333333333333» is te groot",
        "C11: «45536» is een datum",
        "O11: dit vakje loopt over",
    ];
    assert_eq!(faults.len(), parts.len(), "{faults:#?}");
    faults.iter().zip(parts).for_each(|(fault, part)| assert!(fault.starts_with(&format!("Blad1!{part}")), "{fault}"));
}

#[test]
fn a_sheet_is_chosen_or_asked_for() {
    check_fault(imported(SEVERAL, None), "meer dan één blad («2024», «Blad 2»)");
    assert!(imported(SEVERAL, Some("blad 2")).unwrap().starts_with("bednet,blad 2,"));
    check_fault(imported(SEVERAL, Some("Blad 3")), "er is geen blad «Blad 3»");
    check_fault(imported(SEVERAL, Some("Grafiek")), "grafiek");
    check_fault(imported(STRICT.as_bytes(), Some("Blad1")), "zonder bladen");
    check_fault(imported(FAR, None), "kolom XFD heeft geen naam");
}

#[test]
fn other_files_are_named() {
    let check = |bytes: &[u8], part: &str| check_fault(read(bytes, None).map_err(|message| vec![message]), part);
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    let locked = [ole.clone(), "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    check(&ole, "oude werkmap (.xls)");
    check(&locked, "wachtwoord");
    check(&[b"PK\x03\x04".as_slice(), &[0; 26], b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"].concat(), ".ods");
    check(&TIDY[..1000], "stuk");
    check(OVERFLOW, "stuk");
    check_fault(read(b"", None).map_err(|message| vec![message]), "leeg");
    check_fault(read(b"a\0b", None).map_err(|message| vec![message]), "geen tekst");
    check_fault(imported("indicator;periode;waarde;noot\nx;2024;1;CLBâ€™s".as_bytes(), None), "letters stuk");
}

/// A small generator of its own, so that a failing case comes back.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[test]
fn no_bytes_make_it_panic() {
    // calamine's own panics are caught; their messages say nothing here.
    std::panic::set_hook(Box::new(|_| {}));
    let csv = table(&[("24-25", "1.234,5"), ("\"2024\"", "1 234")]);
    let mut state = 1;
    for original in [csv.as_bytes(), STRICT.as_bytes(), TIDY, FAULTY, SEVERAL] {
        for _ in 0..400 {
            let mut bytes = original.to_vec();
            for _ in 0..=next(&mut state) % 6 {
                let at = next(&mut state) % bytes.len();
                bytes[at] = [next(&mut state) as u8, b';', b'"', 0xFF, b'\n', b'.'][next(&mut state) % 6];
            }
            bytes.truncate(if next(&mut state).is_multiple_of(5) { next(&mut state) % bytes.len() } else { bytes.len() });
            if let Ok((grid, changes)) = read(&bytes, None) {
                summarized(&changes);
                let _ = strict(&grid);
            }
        }
    }
    let _ = std::panic::take_hook();
}
