//! Sentences that the search for statements and numbers must and must not catch: `tests/corpus/`.

use std::fmt::Write as _;
use std::fs;

use expect_test::expect_file;
use jaarverslag::review::find_in_sentence;

use super::support::root;

/// A sentence, the classes of what it states, and its numbers that say how much.
#[derive(Default)]
struct Sentence {
    words: String,
    statements: Vec<String>,
    numbers: Vec<String>,
}

/// How many were expected, how many found, and how many of these were expected.
#[derive(Default)]
struct Score {
    expected: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn add(&mut self, expected: &[String], found: &[String]) {
        let mut left = expected.to_vec();
        for one in found {
            if let Some(at) = left.iter().position(|other| other == one) {
                left.remove(at);
                self.right += 1;
            }
        }
        self.expected += expected.len();
        self.found += found.len();
    }

    fn line(&self, what: &str) -> String {
        let Self { expected, found, right } = *self;
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (precision, recall) = (percent(right, found), percent(right, expected));
        format!("{what}: {expected} verwacht, {found} gevonden, {right} juist; precisie {precision:.1}%, vangst {recall:.1}%")
    }
}

/// Every sentence of the corpus: one key a line, each value in JSON's way of writing or a list of bare words.
fn corpus() -> Vec<Sentence> {
    let text = fs::read_to_string(root().join("tests/corpus/zinnen.yaml")).expect("the corpus");
    let mut sentences: Vec<Sentence> = Vec::new();
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("- zin: ") {
            sentences.push(Sentence { words: serde_json::from_str(words).expect(line), ..Sentence::default() });
        } else if let Some(list) = line.strip_prefix("  verwacht: ") {
            sentences.last_mut().expect("a sentence").statements = bare_words(list);
        } else if let Some(list) = line.strip_prefix("  getallen: ") {
            sentences.last_mut().expect("a sentence").numbers = serde_json::from_str(list).expect(line);
        } else {
            assert!(line.trim().is_empty() || line.starts_with('#'), "{line}");
        }
    }
    sentences
}

fn bare_words(list: &str) -> Vec<String> {
    let inner = list.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).expect("a list");
    inner.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// The outcome stands in the repository, so that every change of the lexicon shows what it does.
#[test]
fn every_sentence_is_caught_as_it_should_be() {
    let sentences = corpus();
    assert!(sentences.len() >= 150, "{} sentences", sentences.len());
    let (mut statements, mut numbers, mut wrong) = (Score::default(), Score::default(), String::new());
    for sentence in &sentences {
        let found = find_in_sentence(&sentence.words);
        let said: Vec<String> = found.statements.iter().map(|class| (*class).to_owned()).collect();
        statements.add(&sentence.statements, &said);
        numbers.add(&sentence.numbers, &found.numbers);
        if said != sentence.statements || found.numbers != sentence.numbers {
            let _ = writeln!(wrong, "- {}\n  verwacht {:?} {:?}", sentence.words, sentence.statements, sentence.numbers);
            let _ = writeln!(wrong, "  gevonden {said:?} {:?}", found.numbers);
        }
    }
    let outcome = format!("{} zinnen\n{}\n{}\n", sentences.len(), statements.line("uitspraken"), numbers.line("getallen"));
    let wrong = if wrong.is_empty() { String::new() } else { format!("\nAnders dan verwacht:\n{wrong}") };
    println!("{outcome}{wrong}");
    expect_file![root().join("tests/corpus/uitkomst.txt")].assert_eq(&format!("{outcome}{wrong}"));
}
