//! How long an editor waits: from the moment a file is saved until the bytes of the new page are with the browser; and what
//! a day of editing leaves behind. The whole edition of this repository, and the program as a user starts it.
//!
//! `cargo bench --bench preview` takes about three minutes.

#![allow(clippy::disallowed_methods, reason = "a bench reads the clock, and writes files of its own")]

#[path = "../tests/suite/listener.rs"]
#[allow(dead_code, reason = "the tests ask more")]
mod listener;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, thread};

use listener::{Listener, Running, State};

const EDITION: &str = "2024-2025";
const CHAPTER: &str = "content/2024-2025/03-goed-in-je-vel.yaml";
const TABLE: &str = "data/2024-2025/waarnemingen.csv";
const BROWSERS: usize = 20;
/// In pixels a point: a screen of high density, fitted to its width.
const SCALE: &str = "2";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["content", "data"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.path().join(part));
    }
    let running = Running::start(folder.path(), EDITION);
    let word = Edit::of(folder.path(), CHAPTER, "grote groep leerlingen", |at| format!("grote groep leerlingen {at}"));
    let number =
        Edit::of(folder.path(), TABLE, "problemen_thuis_en_verontrusting,leerlingen,2024-2025,alle,alle,alle,alle,alle,31825,", |at| {
            format!("problemen_thuis_en_verontrusting,leerlingen,2024-2025,alle,alle,alle,alle,alle,{},", 31_826 + at)
        });
    let mut listener = Listener::connect(&running.address, None);
    let mut state = listener.until(|state| state.value["steps"].is_array() && state.pages() > 0);
    println!("                        median     95%     slowest");
    report("one word, its page", (0..60).map(|at| waited(&running, &mut listener, &mut state, &word, at).0).collect());
    report("one number, its page", (0..30).map(|at| waited(&running, &mut listener, &mut state, &number, at).0).collect());
    report("one number, all pages", (30..60).map(|at| waited(&running, &mut listener, &mut state, &number, at).1).collect());
    report("a mistake mended", (0..20).map(|_| mended(&running, &mut listener, folder.path())).collect());
    report("one word, 20 browsers", with_browsers(&running, &word));
    let mut listener = Listener::connect(&running.address, None);
    let mut state = listener.next();
    thousand_edits(&running, &mut listener, &mut state, &word);
}

/// A change to a file that can be made again and again, each time another.
struct Edit {
    path: PathBuf,
    text: String,
    words: &'static str,
    new: fn(usize) -> String,
}

impl Edit {
    fn of(folder: &Path, path: &str, words: &'static str, new: fn(usize) -> String) -> Self {
        let path = folder.join(path);
        let text = fs::read_to_string(&path).expect("the file");
        assert!(text.contains(words), "{} does not hold «{words}»", path.display());
        Self { path, text, words, new }
    }

    /// As most editors save: beside the file, and renamed over it.
    fn save(&self, at: usize) {
        let beside = self.path.with_extension("tmp");
        fs::write(&beside, self.text.replacen(self.words, &(self.new)(at), 1)).expect("the file can be written");
        fs::rename(beside, &self.path).expect("the file can be renamed");
    }
}

/// How long until the first page that changed is there, and until all are.
fn waited(running: &Running, listener: &mut Listener, state: &mut State, edit: &Edit, at: usize) -> (Duration, Duration) {
    // An editor does not save again before the preview has looked at everything.
    thread::sleep(Duration::from_millis(400));
    let begin = Instant::now();
    edit.save(at);
    let next = listener.until(|next| !next.changed_since(state).is_empty());
    let mut first = None;
    for page in next.value["changed"].as_array().into_iter().flatten().filter_map(|changed| changed["page"].as_u64()) {
        fetch(running, next.hash(page as usize));
        first.get_or_insert_with(|| begin.elapsed());
    }
    *state = next;
    (first.unwrap_or_default(), begin.elapsed())
}

fn fetch(running: &Running, hash: &str) {
    let (status, bytes) = running.get(&format!("/page/{hash}.png?scale={SCALE}"));
    assert!(status == 200 && bytes.starts_with(b"\x89PNG"), "the picture of a page");
}

/// How long until the pages are current again, after a mistake in the text was there for a while.
fn mended(running: &Running, listener: &mut Listener, folder: &Path) -> Duration {
    let mistake = Edit::of(folder, CHAPTER, "titel: Goed in je vel", |_| "titl: Goed in je vel".to_owned());
    thread::sleep(Duration::from_millis(400));
    mistake.save(0);
    listener.until(|next| next.value["stale"] == true);
    thread::sleep(Duration::from_millis(800));
    let begin = Instant::now();
    fs::write(&mistake.path, &mistake.text).expect("the file can be written");
    let next = listener.until(|next| next.value["stale"] == false);
    fetch(running, next.hash(1));
    begin.elapsed()
}

/// The slowest of many browsers, for every edit.
fn with_browsers(running: &Running, edit: &Edit) -> Vec<Duration> {
    let mut listeners: Vec<(Listener, State)> = (0..BROWSERS)
        .map(|_| {
            let mut listener = Listener::connect(&running.address, None);
            let state = listener.next();
            (listener, state)
        })
        .collect();
    let round = |at: usize, listeners: &mut Vec<(Listener, State)>| {
        thread::sleep(Duration::from_millis(400));
        let begin = Instant::now();
        edit.save(at);
        thread::scope(|scope| {
            let look = |(listener, state): &mut (Listener, State)| {
                let next = listener.until(|next| !next.changed_since(state).is_empty());
                fetch(running, next.hash(next.changed_since(state)[0]));
                *state = next;
                begin.elapsed()
            };
            let browsers: Vec<_> = listeners.iter_mut().map(|browser| scope.spawn(move || look(browser))).collect();
            browsers.into_iter().map(|browser| browser.join().expect("a browser")).max().unwrap_or_default()
        })
    };
    (100..120).map(|at| round(at, &mut listeners)).collect()
}

/// Saves a thousand times; every change must be seen, and nothing may pile up.
fn thousand_edits(running: &Running, listener: &mut Listener, state: &mut State, edit: &Edit) {
    let mut early = (0, 0);
    for at in 1000..2000 {
        edit.save(at);
        let next = listener.until(|next| !next.changed_since(state).is_empty());
        fetch(running, next.hash(next.changed_since(state)[0]));
        *state = next;
        if at == 1049 {
            early = (memory(running), open_files(running));
        }
    }
    thread::sleep(Duration::from_millis(500));
    let late = (memory(running), open_files(running));
    println!("1000 edits, all seen: memory {} -> {} MB, open files {} -> {}", early.0 / 1024, late.0 / 1024, early.1, late.1);
}

/// In kilobytes.
fn memory(running: &Running) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", running.process())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

fn open_files(running: &Running) -> usize {
    fs::read_dir(format!("/proc/{}/fd", running.process())).map_or(0, Iterator::count)
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part).round() as usize].as_secs_f64() * 1000.0;
    println!("{what:22} {:6.0} ms {:6.0} ms {:6.0} ms", at(0.5), at(0.95), at(1.0));
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).expect("a part of it"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
