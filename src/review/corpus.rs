//! Holds the lexicon and the search for numbers against sentences that they must and must not catch: `tests/corpus/`.

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::expect_file;
use serde::Deserialize;

use super::claims::Class;
use super::{lexicon, numbers};
use crate::diagnostic::Sink;
use crate::source::{FileId, SourceFile};
use crate::yaml;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    zin: String,
    /// Classes of what it states, in order.
    #[serde(default)]
    verwacht: Vec<String>,
    /// The numbers that say how much, as they stand there.
    #[serde(default)]
    getallen: Vec<String>,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Corpus(Vec<Sentence>);

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
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        format!(
            "{what}: {} verwacht, {} gevonden, {} juist; precisie {:.1}%, vangst {:.1}%",
            self.expected,
            self.found,
            self.right,
            percent(self.right, self.found),
            percent(self.right, self.expected)
        )
    }
}

/// The outcome stands in the repository, so that every change of the lexicon shows what it does.
#[test]
fn every_sentence_is_caught_as_it_should_be() {
    let text: Arc<str> = Arc::from(include_str!("../../tests/corpus/zinnen.yaml"));
    let file = SourceFile::new(FileId(0), "zinnen.yaml".to_owned(), text, None);
    let Corpus(sentences) = yaml::read(&file, &mut Sink::default()).expect("the corpus");
    let (mut statements, mut amounts, mut wrong) = (Score::default(), Score::default(), String::new());
    for sentence in &sentences {
        let said: Vec<String> = lexicon::statements(&sentence.zin).iter().map(|hit| hit.class.name().to_owned()).collect();
        let counted: Vec<String> =
            numbers::numbers(&sentence.zin).into_iter().map(|number| sentence.zin[number.range].to_owned()).collect();
        assert!(sentence.verwacht.iter().all(|class| Class::of_name(class).is_some()), "{}: an unknown class", sentence.zin);
        statements.add(&sentence.verwacht, &said);
        amounts.add(&sentence.getallen, &counted);
        if said != sentence.verwacht || counted != sentence.getallen {
            let _ = writeln!(
                wrong,
                "- {}\n  verwacht {:?} {:?}\n  gevonden {said:?} {counted:?}",
                sentence.zin, sentence.verwacht, sentence.getallen
            );
        }
    }
    let count = sentences.len();
    assert!(count >= 150, "{count} sentences");
    let outcome =
        format!("{count} zinnen\n{}\n{}\n\nAnders dan verwacht:\n{wrong}", statements.line("uitspraken"), amounts.line("getallen"));
    println!("{outcome}");
    expect_file!["../../tests/corpus/uitkomst.txt"].assert_eq(&outcome);
}
