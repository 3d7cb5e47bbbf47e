//! The live preview, asked as a browser asks: what it serves and refuses, and that it follows every way of saving.

use std::fs;
use std::net::TcpListener;

use jaarverslag::diagnostic::Sink;
use jaarverslag::project::Project;
use jaarverslag::report::Mode;
use jaarverslag::road::Memory;
use jaarverslag::{Order, Seal, walk, walk_again};
use proptest::prelude::*;

use super::listener::{Listener, Running, State, ask};
use super::support::{Copy, Run};

const EDITION: &str = "2024-2025";
const CHAPTER: &str = "content/2024-2025/01-hoofdstuk.yaml";
const REPORT: &str = "content/2024-2025/verslag.yaml";
const TABLE: &str = "data/2024-2025/waarnemingen.csv";
const SOURCES: &str = "data/2024-2025/bronnen.yaml";

/// The small project, its preview, somebody who listens, and what they heard first.
struct Watched {
    running: Running,
    listener: Listener,
    state: State,
    copy: Copy,
}

impl Watched {
    fn of_basis() -> Self {
        let copy = Copy::of_basis();
        copy.run("data seal 2024-2025").good();
        let running = Running::start(copy.path(), EDITION);
        let mut listener = Listener::connect(&running.address, None);
        let state = listener.next();
        Self { running, listener, state, copy }
    }

    /// Waits until some page looks different; tells which.
    fn changed(&mut self) -> Vec<usize> {
        let next = self.listener.until(|next| !next.changed_since(&self.state).is_empty());
        let pages = next.changed_since(&self.state);
        self.state = next;
        pages
    }

    /// Waits until exactly these codes are told.
    fn told(&mut self, codes: &[&str]) -> &State {
        self.state = self.listener.until(|next| next.codes() == codes);
        &self.state
    }

    /// The page that shows these words.
    fn page_with(&self, words: &str) -> usize {
        (1..=self.state.pages()).find(|page| self.labels(*page).contains(words)).unwrap_or_else(|| panic!("no page says «{words}»"))
    }

    /// The words of all nodes of a page.
    fn labels(&self, page: usize) -> String {
        let nodes = self.running.json(&format!("/nodes/{page}"));
        nodes.as_array().into_iter().flatten().filter_map(|node| node["label"].as_str()).collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn it_shows_the_pages_of_the_draft_and_nothing_else() {
    let watched = Watched::of_basis();
    let address = &watched.running.address;
    let page = ask(address, "GET", "/", &[]);
    assert_eq!(page.status, 200);
    for header in ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff", "cache-control: no-store"] {
        assert!(page.headers.contains(header), "{}", page.headers);
    }
    assert!(!page.headers.contains("access-control-allow"), "{}", page.headers);
    let parts = watched.state.value["chapters"].as_array().into_iter().flatten();
    let titles: Vec<&str> = parts.filter_map(|part| part["title"].as_str()).collect();
    let in_order = ["Omslag", "Inhoud", "Vooraf", "Zo leest u de cijfers", "Recht op onderwijs", "Bijlage", "Bronnen", "Colofon"];
    assert_eq!(titles, in_order);
    for number in 1..=watched.state.pages() {
        let (status, picture) = watched.running.get(&format!("/page/{}.png?scale=1", watched.state.hash(number)));
        assert!(status == 200 && picture.starts_with(b"\x89PNG"), "page {number}");
    }
    let hash = watched.state.hash(1);
    for path in [
        "/content/2024-2025/verslag.yaml",
        "/../Cargo.toml",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page/..%2f..%2fetc%2fpasswd.png",
        "/page/0.png",
        "/nodes/0",
        "/nodes/9999",
        "/node?id=../../etc/passwd",
        "/line?file=/etc/passwd&line=1",
        "/line?file=../../etc/passwd&line=1",
        "/final.pdf",
        &format!("/page/{hash}.png?scale=99"),
        &format!("/page/{hash}.png?scale=-1"),
    ] {
        assert_eq!(watched.running.get(path).0, 404, "{path}");
    }
}

#[test]
fn it_answers_this_machine_alone() {
    let watched = Watched::of_basis();
    let address = watched.running.address.as_str();
    let port = address.rsplit(':').next().expect("a port");
    let status = |headers: &[(&str, &str)]| ask(address, "GET", "/", headers).status;
    assert_eq!(status(&[("Host", &format!("localhost:{port}"))]), 200);
    for host in ["example.org", "127.0.0.1", "localhost.example.org", "127.0.0.1.example.org", ""] {
        assert_eq!(status(&[("Host", host)]), 403, "{host}");
    }
    for origin in ["http://example.org", "null", "https://localhost"] {
        assert_eq!(status(&[("Origin", origin)]), 403, "{origin}");
    }
    assert_eq!(ask(address, "POST", "/final", &[]).status, 403, "without the header that a page of another site cannot send");
    assert_eq!(ask(address, "GET", "/final", &[]).status, 405);
    assert!(address.starts_with("127.0.0.1:"));
}

#[test]
fn every_way_of_saving_is_followed() {
    let mut watched = Watched::of_basis();
    let page = watched.page_with("Elke leerling telt mee.");
    watched.copy.replace(CHAPTER, "Elke leerling telt mee.", "Elke leerling telt voor twee.");
    assert_eq!(watched.changed(), [page], "saved over the file");
    assert!(watched.labels(page).contains("telt voor twee"));

    let text = String::from_utf8(watched.copy.read(CHAPTER)).expect("UTF-8").replace("voor twee", "voor drie");
    watched.copy.write("content/2024-2025/.01-hoofdstuk.yaml.swp", &text);
    watched.copy.write("content/2024-2025/4913", "");
    watched.copy.write("content/2024-2025/01-hoofdstuk.yaml~", &text);
    fs::remove_file(watched.copy.file("content/2024-2025/4913")).expect("the file of a moment");
    fs::rename(watched.copy.file("content/2024-2025/01-hoofdstuk.yaml~"), watched.copy.file(CHAPTER)).expect("the file");
    assert_eq!(watched.changed(), [page], "saved beside the file and renamed over it");
    assert!(watched.labels(page).contains("voor drie"));

    let table = watched.page_with("In het lager onderwijs");
    watched.copy.replace(TABLE, "lager,alle,alle,500", "lager,alle,alle,501");
    assert!(watched.changed().contains(&table), "a number in the table");
    assert!(watched.labels(table).contains("501"));

    watched.copy.replace(CHAPTER, "vorm: kolommen", "vorm: lijnen");
    assert!(watched.changed().contains(&table), "the form of a chart");

    watched.copy.replace(SOURCES, "Telling van de sector", "Telling van het land");
    assert!(!watched.changed().is_empty(), "the list of sources");

    watched.copy.replace(CHAPTER, "voor drie", "voor vier");
    watched.copy.replace(REPORT, "dit verslag is klein", "dit verslag is groot");
    watched.listener.until(|next| next.pages() > 0 && next.changed_since(&watched.state).len() >= 2);
}

#[test]
fn a_template_of_the_project_is_followed() {
    let mut watched = Watched::of_basis();
    let tokens = fs::read_to_string(super::support::root().join("templates/2025/tokens.json")).expect("the tokens");
    assert!(tokens.contains("#1B2A41"));
    super::support::lay_over(&super::support::root().join("templates/2025"), &watched.copy.file("templates/2025")).expect("a template");
    watched.copy.write("templates/2025/tokens.json", tokens.replace("#1B2A41", "#000000"));
    let most = watched.state.pages() / 2;
    watched.state = watched.listener.until(|next| next.changed_since(&watched.state).len() > most);
    watched.copy.write("templates/2025/tokens.json", tokens.replace("#1B2A41", "#222222"));
    assert!(watched.changed().len() > most);
}

#[test]
fn faults_are_told_beside_the_last_good_pages_until_they_are_mended() {
    let mut watched = Watched::of_basis();
    let before = watched.state.value["pages"].clone();
    let (chapter, report) = (watched.copy.read(CHAPTER), watched.copy.read(REPORT));
    watched.copy.replace(CHAPTER, "kleur:", "kleuren:");
    watched.copy.replace(REPORT, "trefwoorden:", "<b>woorden</b>:");
    let told = watched.told(&["yaml.onbekende-sleutel", "yaml.ontbrekende-sleutel", "yaml.onbekende-sleutel"]);
    let messages = &told.value["messages"];
    assert_eq!(told.value["pages"], before, "the last good pages stay");
    assert_eq!(told.value["stale"], true);
    let of_chapter = messages.as_array().into_iter().flatten().find(|message| message["line"] == 3).expect("a line");
    assert_eq!((&of_chapter["file"], &of_chapter["text"]), (&CHAPTER.into(), &"kleuren: koraal".into()));
    assert_eq!(of_chapter["mark"], serde_json::json!([0, 7]));
    assert!(of_chapter["help"].as_str().is_some_and(|help| help.contains("kleur")), "{of_chapter}");
    assert!(of_chapter["page"].is_u64() && of_chapter["top"].is_f64(), "a place in the margin: {of_chapter}");

    watched.copy.write(REPORT, &report);
    watched.told(&["yaml.ontbrekende-sleutel", "yaml.onbekende-sleutel"]);
    fs::remove_file(watched.copy.file(CHAPTER)).expect("the chapter");
    watched.told(&["bestand.ontbreekt"]);
    watched.copy.write(CHAPTER, &chapter);
    watched.told(&[]);
    assert_eq!(watched.state.value["stale"], false);
    assert_eq!(watched.state.value["pages"], before);
}

#[test]
fn a_preview_may_begin_with_faults() {
    let copy = Copy::of_basis();
    copy.run("data seal 2024-2025").good();
    copy.replace(CHAPTER, "titel: Recht op onderwijs", "titel: {{ onzin }}");
    let running = Running::start(copy.path(), EDITION);
    let mut listener = Listener::connect(&running.address, None);
    let first = listener.next();
    assert_eq!((first.pages(), first.value["stale"] == true), (0, true));
    assert!(!first.codes().is_empty());
    copy.replace(CHAPTER, "titel: {{ onzin }}", "titel: Recht op onderwijs");
    assert!(listener.until(|next| next.pages() > 0).codes().is_empty());
}

#[test]
fn nothing_is_lost_between_two_connections() {
    let mut watched = Watched::of_basis();
    let last = watched.state.id.clone();
    watched.copy.replace(CHAPTER, "Elke leerling", "Iedere leerling");
    watched.changed();
    let page = watched.page_with("Iedere leerling");
    let marked = |state: &State| -> Vec<u64> {
        state.value["changed"].as_array().into_iter().flatten().filter_map(|marked| marked["page"].as_u64()).collect()
    };
    let again = Listener::connect(&watched.running.address, Some(&last)).next();
    assert_eq!(marked(&again), [page as u64], "what changed while nobody listened");
    assert!(again.value["changed"][0]["boxes"].as_array().is_some_and(|boxes| boxes.len() == 1));
    for id in [again.id.as_str(), "of-another-run-1", "nonsense"] {
        let now = Listener::connect(&watched.running.address, Some(id)).next();
        assert_eq!((marked(&now), now.value["pages"] == again.value["pages"]), (Vec::new(), true), "{id}");
    }
}

#[test]
fn page_leads_to_text_and_text_to_page() {
    let watched = Watched::of_basis();
    let page = watched.page_with("In 2024-2025 ging het om");
    let nodes = watched.running.json(&format!("/nodes/{page}"));
    let nodes = nodes.as_array().expect("nodes");
    let node = |kind: &str, label: &str| {
        let found = nodes.iter().find(|node| node["kind"] == kind && node["label"].as_str().is_some_and(|words| words.starts_with(label)));
        found.unwrap_or_else(|| panic!("{kind} {label}: {nodes:#?}"))
    };
    let card = |node: &serde_json::Value| watched.running.json(&format!("/node?id={}", node["id"].as_str().expect("an id")));
    let (paragraph, number) = (node("paragraph", "In 2024-2025 ging"), node("figure", "1200"));
    assert_eq!(card(paragraph)["line"], 12);
    assert_eq!(card(node("title", "Meer leerlingen zijn"))["line"], 8);
    assert_eq!(card(node("chart", "Grafiek 1"))["figures"].as_array().map(Vec::len), Some(3));
    let inside = |inner: &serde_json::Value, outer: &serde_json::Value| {
        let of = |node: &serde_json::Value| -> [f64; 4] { serde_json::from_value(node["boxes"][0].clone()).expect("a box") };
        let ([x, y, width, height], [left, top, wide, high]) = (of(inner), of(outer));
        x >= left - 1e-3 && y >= top - 1e-3 && x + width <= left + wide + 1e-3 && y + height <= top + high + 1e-3
    };
    assert!(inside(number, paragraph), "{number} {paragraph}");

    let figure = &card(number)["figures"][0];
    assert_eq!((&figure["as_printed"], &figure["unit"], &figure["period"]), (&"1200".into(), &"leerlingen".into(), &EDITION.into()));
    assert_eq!((&figure["before"]["as_printed"], &figure["before"]["period"]), (&"1100".into(), &"2023-2024".into()));
    assert_eq!(figure["rows"][0]["file"], TABLE);
    assert!(figure["rows"][0]["text"].as_str().is_some_and(|row| row.contains(",1200,")));
    assert!(figure["definition"].as_str().is_some_and(|words| !words.is_empty()));
    let opens = figure["rows"][0]["editor"].as_str().expect("an address");
    assert!(opens.starts_with("vscode://file/") && opens.contains("waarnemingen.csv:"), "{opens}");

    let line = |file: &str, line: usize| watched.running.json(&format!("/line?file={file}&line={line}"));
    assert_eq!(line(CHAPTER, 12)["id"], paragraph["id"]);
    assert_eq!(line("01-hoofdstuk.yaml", 12)["page"], page);
    assert!(line(TABLE, 5)["id"].as_str().is_some_and(|id| id.starts_with("01-hoofdstuk/afwezigheden")));
    assert!(line("elders.yaml", 12)["message"].as_str().is_some_and(|words| words.contains("elders.yaml")));
}

/// The pages wait while there are faults; the files do not.
#[test]
fn places_are_those_of_the_files_as_they_are_now() {
    let mut watched = Watched::of_basis();
    let page = watched.page_with("In 2024-2025 ging het om");
    let nodes = watched.running.json(&format!("/nodes/{page}"));
    let node = nodes.as_array().into_iter().flatten().find(|node| node["kind"] == "paragraph").expect("a paragraph")["id"].clone();
    let card = |watched: &Watched| watched.running.json(&format!("/node?id={}", node.as_str().expect("an id")));
    let before = card(&watched);
    watched.copy.replace(CHAPTER, "titel: Recht op", "# Een regel erbij.\n# En nog een.\ntitel: Recht op");
    watched.copy.replace(CHAPTER, "kleur:", "kleuren:");
    watched.told(&["yaml.ontbrekende-sleutel", "yaml.onbekende-sleutel"]);
    let now = card(&watched);
    assert_eq!((now["line"].as_u64(), &now["text"]), (before["line"].as_u64().map(|line| line + 2), &before["text"]));
    let line = |line: &str| watched.running.get(&format!("/line?file={CHAPTER}&line={line}"));
    let found: serde_json::Value = serde_json::from_slice(&line(&now["line"].to_string()).1).expect("JSON");
    assert_eq!(found["id"], node);
    for none in ["0", "99999", "18446744073709551615"] {
        let (status, body) = line(none);
        assert_eq!((status, String::from_utf8_lossy(&body).contains("regel")), (404, true), "{none}");
    }
    fs::remove_file(watched.copy.file(CHAPTER)).expect("the chapter");
    watched.told(&["bestand.ontbreekt"]);
    assert_eq!(card(&watched)["line"], before["line"], "of a file that is gone, where it stood");
}

#[test]
fn a_note_that_goes_on_on_the_next_page_leaves_the_rest_its_place() {
    let copy = Copy::of_basis();
    let note = format!("[^telling]: {}", "Deze noot vult meer dan een bladzijde. ".repeat(170));
    copy.replace(CHAPTER, "[^telling]: Geteld tot en met 31 augustus.", &note);
    let points: String = (1..=60).map(|at| format!("          - Dit is punt {at}.\n")).collect();
    copy.replace(CHAPTER, "          - Een jaar vroeger", &format!("{points}          - Een jaar vroeger"));
    let project = Project::open(copy.path()).expect("a project");
    let mut sink = Sink::default();
    let made =
        walk(&project, EDITION, &Order::of(Mode::Draft), Seal::Warn, &mut sink).unwrap_or_else(|| panic!("{:?}", sink.into_sorted()));
    let lists: Vec<Vec<&str>> = made
        .document
        .places
        .iter()
        .map(|nodes| nodes.iter().filter(|node| node.id == "01-hoofdstuk/afwezigheden/1/p2").map(|node| node.words.as_str()).collect())
        .collect();
    let words = lists.concat().join(" ");
    assert!(lists.iter().filter(|page| !page.is_empty()).count() > 1, "the list goes on beside the rest of the note");
    assert!((1..=60).all(|at| words.contains(&format!("punt {at}."))) && !words.contains("Deze noot"), "{words}");
}

#[cfg(unix)]
#[test]
fn a_linked_chapter_is_followed() {
    let copy = Copy::of_basis();
    copy.run("data seal 2024-2025").good();
    fs::rename(copy.file(CHAPTER), copy.file("content/gedeeld.yaml")).expect("it can be moved");
    std::os::unix::fs::symlink("../gedeeld.yaml", copy.file(CHAPTER)).expect("a link");
    // Who follows this one reads the whole disk before the first page.
    std::os::unix::fs::symlink("/", copy.file("content/2024-2025/schijf")).expect("a link");
    let running = Running::start(copy.path(), EDITION);
    let mut listener = Listener::connect(&running.address, None);
    let first = listener.next();
    copy.replace("content/gedeeld.yaml", "Elke leerling", "Iedere leerling");
    listener.until(|next| !next.changed_since(&first).is_empty());
}

#[test]
fn the_final_is_made_or_refused_with_the_shortest_way_to_it() {
    let mut watched = Watched::of_basis();
    let ask_final = |watched: &Watched| -> serde_json::Value {
        let answer = ask(&watched.running.address, "POST", "/final", &[("x-jaarverslag", "final")]);
        serde_json::from_slice(&answer.body).expect("JSON")
    };
    let made = ask_final(&watched);
    assert_eq!(made["made"], true, "{made}");
    let (status, pdf) = watched.running.get("/final.pdf");
    assert_eq!((status, pdf == watched.copy.read("out/2024-2025/jaarverslag.pdf")), (200, true));
    watched.copy.run("build 2024-2025").good();
    assert!(pdf == watched.copy.read("out/2024-2025/jaarverslag.pdf"), "the same bytes as build makes");

    watched.copy.replace(CHAPTER, "fase: goedgekeurd", "fase: concept");
    watched.copy.replace(CHAPTER, "{{ afwezigheden.vorig.aandeel }}", "{{ afwezigheden[\"2019-2020\"].leerlingen }}");
    let steps = |state: &State| -> Vec<usize> {
        let groups = state.value["steps"].as_array().into_iter().flatten();
        groups.map(|group| group["steps"].as_array().map_or(0, Vec::len)).collect()
    };
    watched.copy.replace(TABLE, "lager,alle,alle,500", "lager,alle,alle,501");
    // What editors leave beside the file comes after it, and keeps nothing from being told.
    watched.copy.write("content/2024-2025/.01-hoofdstuk.yaml.swp", "");
    let state = watched.listener.until(|next| steps(next) == [1, 2]);
    assert_eq!(state.value["steps"][0]["title"], "De gegevens", "an unsealed table is one step");
    assert_eq!(state.value["steps"][1]["title"], "1. Recht op onderwijs");
    let last = &state.value["steps"][1]["steps"][1];
    assert!(last["text"].as_str().is_some_and(|words| words.contains("niet goedgekeurd")), "the approval comes last: {last}");
    assert!(state.value["chapters"].as_array().into_iter().flatten().any(|chapter| chapter["phase"] == "concept"));
    let refused = ask_final(&watched);
    assert_eq!((&refused["made"], refused["messages"].as_array().map(Vec::len)), (&false.into(), Some(3)), "{refused}");
    assert!(pdf == watched.copy.read("out/2024-2025/jaarverslag.pdf"), "what was made stays");
}

#[test]
fn two_previews_stand_side_by_side_and_a_taken_port_is_told() {
    let copy = Copy::of_basis();
    let (one, two) = (Running::start(copy.path(), EDITION), Running::start(copy.path(), EDITION));
    assert_ne!(one.address, two.address);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its number").port();
    let run = copy.run(&format!("preview {EDITION} --port {port}"));
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("voorbeeld.poort") && run.stderr.contains("al in gebruik"), "{}", run.stderr);
}

/// Root may read everything, so the program then runs as nobody, from a place that nobody can reach.
#[cfg(unix)]
#[test]
fn a_folder_without_rights_is_told() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;

    let copy = Copy::of_basis();
    let set =
        |path: &str, mode: u32| fs::set_permissions(copy.file(path), fs::Permissions::from_mode(mode)).expect("its rights can be set");
    fs::copy(env!("CARGO_BIN_EXE_jaarverslag"), copy.file("jaarverslag")).expect("a copy of the program");
    set(".", 0o755);
    for (folder, words) in [
        ("content/2024-2025", "de map content/2024-2025/ kan niet gelezen worden (u hebt er het recht niet toe)"),
        ("content", "de map content/ kan niet gelezen worden (u hebt er het recht niet toe)"),
        ("data/2024-2025", "wijzigingen in data/ kunnen niet gevolgd worden (u hebt er het recht niet toe)"),
    ] {
        set(folder, 0o000);
        let mut command = std::process::Command::new(copy.file("jaarverslag"));
        command.current_dir(copy.path()).args(["preview", EDITION, "--port", "0"]);
        if fs::metadata(copy.path()).expect("the folder").uid() == 0 {
            command.uid(NOBODY).gid(NOBODY);
        }
        let run = Run::of(command);
        set(folder, 0o755);
        assert!(run.status == 1 && run.stderr.replace("\n        ", " ").contains(words), "{folder}: {}", run.stderr);
    }
}

/// A day of editing in small; `benches/preview.rs` has the thousand, and the clock.
#[test]
fn many_edits_are_all_seen_by_all() {
    let mut watched = Watched::of_basis();
    let address = watched.running.address.clone();
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let mut listener = Listener::connect(&address, None);
            std::thread::spawn(move || {
                let last = listener.until(|state| state.value["title"].as_str().is_some_and(|title| title.contains("Verslag 59")));
                last.value["pages"].clone()
            })
        })
        .collect();
    let text = String::from_utf8(watched.copy.read(REPORT)).expect("UTF-8");
    let mut open_files = Vec::new();
    for at in 0..60 {
        watched.copy.write(REPORT, text.replace("Klein verslag", &format!("Verslag {at}")));
        assert!(watched.changed().contains(&1), "edit {at}");
        // Where the system tells: Linux.
        open_files.push(fs::read_dir(format!("/proc/{}/fd", watched.running.process())).map_or(0, Iterator::count));
    }
    assert!(open_files[59] <= open_files[10] + 2, "{open_files:?}");
    for reader in readers {
        assert_eq!(reader.join().expect("a reader"), watched.state.value["pages"]);
    }
}

/// Changes to the small project that are good, bad, or of no importance.
fn edits() -> impl Strategy<Value = Vec<(&'static str, &'static str, &'static str)>> {
    let edit = prop::sample::select(vec![
        (CHAPTER, "telt mee", "telt dubbel"),
        (CHAPTER, "titel: Meer leerlingen volgen", "titel: Veel leerlingen volgen"),
        (CHAPTER, "[@krant_2025]", "[@krant]"),
        (CHAPTER, "kleur: koraal", "kleur: groen"),
        (CHAPTER, "fase: goedgekeurd", "fase: goed"),
        (CHAPTER, "bron: krant_2025", "bron: krant_2024"),
        (REPORT, "schooljaar: 2024-2025", "schooljaar: 2023-2024"),
        (REPORT, "  - 01-hoofdstuk.yaml", "  - 02-hoofdstuk.yaml"),
        (REPORT, "klein", "kort"),
        (TABLE, ",1200,", ",1250,"),
        (TABLE, ",1200,", ",twaalf,"),
        (TABLE, "bednet,leerlingen,2024,", "bednet,leerlingen,2022,"),
        (SOURCES, "telling_2025", "telling_2024"),
    ]);
    prop::collection::vec(edit, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Who remembers sees what who looks for the first time sees: the same bytes, and the same messages.
    #[test]
    fn a_walk_with_a_memory_is_a_walk(edits in edits()) {
        let copy = Copy::of_basis();
        let order = Order::of(Mode::Draft);
        let (mut memory, mut project) = (Memory::default(), Project::open(copy.path()).expect("a project"));
        for (path, old, new) in edits {
            let text = String::from_utf8(copy.read(path)).expect("UTF-8");
            // The second time it is undone.
            copy.write(path, if text.contains(old) { text.replace(old, new) } else { text.replace(new, old) });
            project = project.renewed();
            let (mut said, mut said_anew) = (Sink::default(), Sink::default());
            let made = walk_again(&project, EDITION, &order, Seal::Warn, &mut memory, &mut said);
            let fresh = Project::open(copy.path()).expect("a project");
            let anew = walk(&fresh, EDITION, &order, Seal::Warn, &mut said_anew);
            let words = |project: &Project, sink: Sink| -> Vec<String> {
                let place = |span: jaarverslag::source::Span| {
                    let file = project.file(span.file).expect("a file");
                    format!("{}:{:?}", file.path, file.position(span.start as usize))
                };
                let mut words: Vec<String> = sink.into_sorted().into_iter().map(|one| format!("{:?} {} {:?}", one.code, one.message, one.span.map(place))).collect();
                words.sort();
                words
            };
            prop_assert_eq!(words(&project, said), words(&fresh, said_anew));
            prop_assert_eq!(made.is_some(), anew.is_some());
            if let (Some(made), Some(anew)) = (made, anew) {
                prop_assert!(made.pdf == anew.pdf && made.figures_json == anew.figures_json);
            }
        }
    }
}
