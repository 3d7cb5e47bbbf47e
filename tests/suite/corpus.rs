//! Sentences that the search for statements and numbers must and must not catch: `tests/corpus/`.

use std::fmt::Write as _;
use std::fs;
use std::ops::Range;

use expect_test::expect_file;
use jaarverslag::review::find_in_sentence;

use super::support::root;

/// A sentence, what it states, and its numbers that say how much.
#[derive(Default)]
struct Sentence {
    words: String,
    statements: Vec<String>,
    numbers: Vec<String>,
}

/// How many were expected and how many of them found; how many were found and how many of them expected.
#[derive(Default)]
struct Score {
    expected: usize,
    caught: usize,
    found: usize,
    right: usize,
}

impl Score {
    /// One by one, in any order.
    fn add_equal(&mut self, expected: &[String], found: &[String]) {
        let mut left = expected.to_vec();
        for one in found {
            if let Some(at) = left.iter().position(|other| other == one) {
                left.remove(at);
                self.caught += 1;
                self.right += 1;
            }
        }
        self.expected += expected.len();
        self.found += found.len();
    }

    /// By the words that they share; whether everything did.
    fn add_overlapping(&mut self, expected: &[Range<usize>], found: &[Range<usize>]) -> bool {
        let meets = |one: &Range<usize>, others: &[Range<usize>]| others.iter().any(|other| one.start < other.end && other.start < one.end);
        let caught = expected.iter().filter(|one| meets(one, found)).count();
        let right = found.iter().filter(|one| meets(one, expected)).count();
        self.expected += expected.len();
        self.caught += caught;
        self.found += found.len();
        self.right += right;
        caught == expected.len() && right == found.len()
    }

    /// Whether precision and recall reach these percentages.
    fn is_at_least(&self, precision: usize, recall: usize) -> bool {
        self.right * 100 >= precision * self.found && self.caught * 100 >= recall * self.expected
    }

    fn line(&self, what: &str) -> String {
        let Self { expected, caught, found, right } = *self;
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (precision, recall) = (percent(right, found), percent(caught, expected));
        format!("{what}: {expected} verwacht, {found} gevonden, {right} juist; precisie {precision:.1}%, vangst {recall:.1}%")
    }
}

/// Every sentence of a corpus: one key a line, each value in JSON's way of writing or a list of bare words.
fn corpus(name: &str) -> Vec<Sentence> {
    let text = fs::read_to_string(root().join("tests/corpus").join(name)).expect("the corpus");
    let mut sentences: Vec<Sentence> = Vec::new();
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("- zin: ") {
            sentences.push(Sentence { words: serde_json::from_str(words).expect(line), ..Sentence::default() });
        } else if let Some(list) = line.strip_prefix("  verwacht: ") {
            sentences.last_mut().expect("a sentence").statements = bare_words(list);
        } else if let Some(list) = line.strip_prefix("  uitspraken: ") {
            sentences.last_mut().expect("a sentence").statements = serde_json::from_str(list).expect(line);
        } else if let Some(list) = line.strip_prefix("  getallen: ") {
            sentences.last_mut().expect("a sentence").numbers = serde_json::from_str(list).expect(line);
        } else {
            assert!(line.trim().is_empty() || line.starts_with('#'), "{line}");
        }
    }
    assert!(sentences.len() >= 150, "{} sentences", sentences.len());
    sentences
}

fn bare_words(list: &str) -> Vec<String> {
    let inner = list.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).expect("a list");
    inner.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// What a search over a corpus came to, with what went otherwise than expected.
#[derive(Default)]
struct Outcome {
    sentences: usize,
    statements: Score,
    numbers: Score,
    otherwise: String,
}

impl Outcome {
    fn other(&mut self, sentence: &Sentence, statements: &[String], numbers: &[String]) {
        let _ = writeln!(self.otherwise, "- {}\n  verwacht {:?} {:?}", sentence.words, sentence.statements, sentence.numbers);
        let _ = writeln!(self.otherwise, "  gevonden {statements:?} {numbers:?}");
    }

    /// The outcome stands in the repository, so that every change of the lexicon shows what it does.
    fn check(&self, name: &str) {
        let (statements, numbers) = (self.statements.line("uitspraken"), self.numbers.line("getallen"));
        let otherwise = if self.otherwise.is_empty() { String::new() } else { format!("\nAnders dan verwacht:\n{}", self.otherwise) };
        let outcome = format!("{} zinnen\n{statements}\n{numbers}\n{otherwise}", self.sentences);
        println!("{outcome}");
        expect_file![root().join("tests/corpus").join(name)].assert_eq(&outcome);
    }
}

#[test]
fn every_sentence_is_caught_as_it_should_be() {
    let mut outcome = Outcome::default();
    for sentence in corpus("zinnen.yaml") {
        let found = find_in_sentence(&sentence.words);
        let said: Vec<String> = found.statements.iter().map(|(class, _)| (*class).to_owned()).collect();
        let numbers: Vec<String> = found.numbers.into_iter().map(|number| sentence.words[number].to_owned()).collect();
        outcome.sentences += 1;
        outcome.statements.add_equal(&sentence.statements, &said);
        outcome.numbers.add_equal(&sentence.numbers, &numbers);
        if said != sentence.statements || numbers != sentence.numbers {
            outcome.other(&sentence, &said, &numbers);
        }
    }
    outcome.check("uitkomst.txt");
}

/// Whoever wrote these sentences did not know the lexicon.
#[test]
fn sentences_of_strangers_are_caught_as_far_as_can_be() {
    let mut outcome = Outcome::default();
    for sentence in corpus("vreemde-zinnen.yaml") {
        let found = find_in_sentence(&sentence.words);
        let said: Vec<Range<usize>> = found.statements.into_iter().map(|(_, range)| range).collect();
        outcome.sentences += 1;
        let statements = outcome.statements.add_overlapping(&places(&sentence.statements, &sentence.words), &said);
        let numbers = outcome.numbers.add_overlapping(&places(&sentence.numbers, &sentence.words), &found.numbers);
        if !statements || !numbers {
            let words = |ranges: &[Range<usize>]| ranges.iter().map(|range| sentence.words[range.clone()].to_owned()).collect::<Vec<_>>();
            outcome.other(&sentence, &words(&said), &words(&found.numbers));
        }
    }
    outcome.check("uitkomst-vreemd.txt");
    assert!(outcome.statements.is_at_least(95, 80) && outcome.numbers.is_at_least(95, 90), "the lexicon lost words");
}

/// Where words stand in a sentence, each behind the one before.
fn places(words: &[String], sentence: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    words
        .iter()
        .map(|words| {
            let start = from + sentence[from..].find(words.as_str()).unwrap_or_else(|| panic!("«{words}» in «{sentence}»"));
            from = start + words.len();
            start..from
        })
        .collect()
}
