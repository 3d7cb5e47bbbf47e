//! The words with which Dutch says that a figure went up or down, stayed, peaked, ranked or was a multiple: data, in
//! `lexicon.yaml`. Finds them in a text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::claims::{Class, Size};
use super::numbers;
use super::token::{Token, tokens};
use crate::diagnostic::Sink;
use crate::source::{FileId, SourceFile};
use crate::yaml;

/// The most words between the parts of a verb: «nam het aantal leerlingen met een verslag vorig jaar toe».
const MOST_BETWEEN: usize = 9;
/// In the lexicon, before what a word ends with.
const ANY_BEGINNING: char = '*';
/// How many words before or behind a word can make it innocent.
const NEAR: usize = 2;

const DENIALS: [&str; 5] = ["niet", "geen", "nooit", "evenmin", "nergens"];
/// Behind «niet» these deny nothing.
const NO_DENIAL: [&str; 5] = ["alleen", "enkel", "zozeer", "toevallig", "zomaar"];

/// Words that say something of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub class: Class,
    pub range: Range<usize>,
    /// Its first and its last word: a figure may stand between them.
    pub ends: [Range<usize>; 2],
    /// How large words beside it say that a change is.
    pub strength: Option<Size>,
    /// Whether the sentence denies it: «steeg niet», «geen daling», «niet de grootste».
    pub is_denied: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    woorden: Vec<WordsShape>,
    frasen: Vec<PhrasesShape>,
    versterkers: StrengthShape,
    onschuldig: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsShape {
    klasse: String,
    vormen: Vec<String>,
    #[serde(default)]
    niet_na: Vec<String>,
    #[serde(default)]
    niet_voor: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhrasesShape {
    klasse: String,
    vormen: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrengthShape {
    licht: Vec<String>,
    aanzienlijk: Vec<String>,
}

/// One word of the lexicon.
struct Entry {
    class: Class,
    not_after: Vec<String>,
    not_before: Vec<String>,
}

/// Words in order; a gap lets some others between.
struct Phrase {
    class: Option<Class>,
    /// `None` is a gap.
    parts: Vec<Option<String>>,
}

/// Each list with the longest first, so that «tweede grootste» is not «grootste».
#[derive(Default)]
struct Phrases {
    by_first_word: BTreeMap<String, Vec<Phrase>>,
    /// Those of which the first word is only known by its ending.
    of_any_first: Vec<Phrase>,
}

struct Lexicon {
    words: BTreeMap<String, Entry>,
    phrases: Phrases,
    innocent: Phrases,
    slight: Phrases,
    considerable: Phrases,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(load);

fn load() -> Lexicon {
    let text: Arc<str> = Arc::from(include_str!("lexicon.yaml"));
    let file = SourceFile::new(FileId(0), "lexicon.yaml".to_owned(), text, None);
    // A test reads it too, and says what is wrong with it.
    let shape: LexiconFile = yaml::read(&file, &mut Sink::default()).expect("the lexicon is a part of the program");
    let mut words = BTreeMap::new();
    for one in shape.woorden {
        let Some(class) = Class::of_name(&one.klasse) else { continue };
        for form in &one.vormen {
            words.insert(form.clone(), Entry { class, not_after: one.niet_na.clone(), not_before: one.niet_voor.clone() });
        }
    }
    let classed = shape.frasen.iter().flat_map(|one| one.vormen.iter().map(|form| (Class::of_name(&one.klasse), form.as_str())));
    let plain = |forms: &[String]| indexed(forms.iter().map(|form| (None, form.as_str())));
    Lexicon {
        words,
        phrases: indexed(classed),
        innocent: plain(&shape.onschuldig),
        slight: plain(&shape.versterkers.licht),
        considerable: plain(&shape.versterkers.aanzienlijk),
    }
}

fn indexed<'a>(forms: impl Iterator<Item = (Option<Class>, &'a str)>) -> Phrases {
    let mut all = Phrases::default();
    for (class, form) in forms.flat_map(|(class, form)| written_out(form).into_iter().map(move |form| (class, form))) {
        let spaced = form.replace('…', " … ");
        let parts: Vec<Option<String>> = spaced.split_whitespace().map(|part| (part != "…").then(|| part.to_owned())).collect();
        let Some(Some(first)) = parts.first().cloned() else { continue };
        let phrase = Phrase { class, parts };
        match first.starts_with(ANY_BEGINNING) {
            true => all.of_any_first.push(phrase),
            false => all.by_first_word.entry(first).or_default().push(phrase),
        }
    }
    let lists = all.by_first_word.values_mut().chain(std::iter::once(&mut all.of_any_first));
    lists.for_each(|phrases| phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.parts.len())));
    all
}

/// Every form that one with alternatives stands for: `{liep|loopt} … op`.
fn written_out(form: &str) -> Vec<String> {
    let Some((before, rest)) = form.split_once('{') else { return vec![form.to_owned()] };
    let Some((choices, after)) = rest.split_once('}') else { return vec![form.to_owned()] };
    choices.split('|').flat_map(|choice| written_out(&format!("{before}{choice}{after}"))).collect()
}

/// Whether a word is the one in a phrase; `*vragen` is every word that ends so.
fn is_part(part: &str, word: &str) -> bool {
    part.strip_prefix(ANY_BEGINNING).map_or(part == word, |ending| word.ends_with(ending))
}

/// Every statement in a sentence, in the order of its words.
pub(super) fn statements(sentence: &str) -> Vec<Hit> {
    let tokens = tokens(sentence);
    let mut taken = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        if let Some((phrase, end)) = found(&LEXICON.innocent, &tokens, at) {
            mark(&phrase.parts, &tokens, at, end, &mut taken);
        }
    }
    let mut hits = Vec::new();
    for at in 0..tokens.len() {
        if taken[at] {
            continue;
        }
        if let Some((phrase, end)) = found(&LEXICON.phrases, &tokens, at)
            && let Some(class) = phrase.class
            && !taken[at..end].iter().any(|taken| *taken)
        {
            mark(&phrase.parts, &tokens, at, end, &mut taken);
            hits.push(hit(class, &tokens, at, end, &phrase.parts));
        }
    }
    for at in 0..tokens.len() {
        if !taken[at]
            && let Some(entry) = LEXICON.words.get(&tokens[at].lower)
            && !is_innocent(entry, &tokens, at)
        {
            hits.push(hit(entry.class, &tokens, at, at + 1, &[]));
        }
    }
    hits.sort_by_key(|hit| hit.range.start);
    // «Meer dan 300» says how near a number is, and compares nothing.
    let compares = hits.iter().any(|hit| matches!(hit.class, Class::More | Class::Less));
    let amounts = if compares { numbers::numbers(sentence) } else { Vec::new() };
    let is_amount = |hit: &Hit| amounts.iter().any(|number| number.range.start <= hit.range.start && hit.range.end <= number.range.end);
    hits.retain(|hit| !(matches!(hit.class, Class::More | Class::Less) && is_amount(hit)));
    hits
}

fn hit(class: Class, tokens: &[Token], at: usize, end: usize, parts: &[Option<String>]) -> Hit {
    let (first, last) = (&tokens[at].range, &tokens[end - 1].range);
    Hit {
        class,
        range: first.start..last.end,
        ends: [first.clone(), last.clone()],
        strength: strength(tokens, at, end),
        is_denied: is_denied(tokens, at, end, parts),
    }
}

/// The first, and so longest, phrase that begins at a word, and where it ends.
fn found<'a>(phrases: &'a Phrases, tokens: &[Token], at: usize) -> Option<(&'a Phrase, usize)> {
    let known = phrases.by_first_word.get(&tokens[at].lower).into_iter().flatten();
    let mut candidates = known.chain(&phrases.of_any_first);
    candidates.find_map(|phrase| Some((phrase, end_of(&phrase.parts, tokens, at)?)))
}

/// Where words in order end that begin at a word; a gap is as short as can be.
fn end_of(parts: &[Option<String>], tokens: &[Token], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    match part {
        Some(word) => is_part(word, &tokens.get(at)?.lower).then(|| end_of(rest, tokens, at + 1))?,
        None => (at..=(at + MOST_BETWEEN).min(tokens.len())).find_map(|at| {
            let crosses = tokens[..at].last().is_some_and(|token| matches!(token.lower.as_str(), "." | ";" | ":"));
            (!crosses).then(|| end_of(rest, tokens, at))?
        }),
    }
}

/// Marks the words of a phrase as spoken for; not those in its gaps.
fn mark(parts: &[Option<String>], tokens: &[Token], at: usize, end: usize, taken: &mut [bool]) {
    let named: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
    for place in at..end {
        taken[place] |= named.iter().any(|part| is_part(part, &tokens[place].lower));
    }
}

fn is_innocent(entry: &Entry, tokens: &[Token], at: usize) -> bool {
    let before = tokens[at.saturating_sub(NEAR)..at].iter().any(|token| entry.not_after.contains(&token.lower));
    let behind = tokens[at + 1..(at + 1 + NEAR).min(tokens.len())].iter().any(|token| entry.not_before.contains(&token.lower));
    before || behind
}

/// A denial between the words, right behind them, or up to two words before. «Niet alleen» denies nothing, nor does «niet» where it
/// is one of the words themselves.
fn is_denied(tokens: &[Token], at: usize, end: usize, parts: &[Option<String>]) -> bool {
    let is_part = |word: &str| parts.iter().flatten().any(|part| is_part(part, word));
    let stops = |token: &Token| token.lower.chars().all(|letter| !letter.is_alphanumeric());
    let before = tokens[..at].iter().rev().take(NEAR).take_while(|token| !stops(token)).count();
    let behind = tokens[end..].iter().take(1).take_while(|token| !stops(token)).count();
    (at - before..end + behind).any(|place| {
        let follows = tokens.get(place + 1).map_or("", |token| token.lower.as_str());
        let word = tokens[place].lower.as_str();
        DENIALS.contains(&word) && !NO_DENIAL.contains(&follows) && !((at..end).contains(&place) && is_part(word))
    })
}

/// A word of size within two words of a statement, or in it.
fn strength(tokens: &[Token], at: usize, end: usize) -> Option<Size> {
    let near = at.saturating_sub(NEAR)..(end + NEAR).min(tokens.len());
    let any = |phrases: &Phrases| near.clone().any(|at| found(phrases, tokens, at).is_some());
    if any(&LEXICON.slight) {
        return Some(Size::Slight);
    }
    any(&LEXICON.considerable).then_some(Size::Considerable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_sound() {
        let file = SourceFile::new(FileId(0), "lexicon.yaml".to_owned(), Arc::from(include_str!("lexicon.yaml")), None);
        let mut sink = Sink::default();
        let shape: LexiconFile = yaml::read(&file, &mut sink).expect("the lexicon can be read");
        assert_eq!(sink.into_sorted(), Vec::new());
        let classes = shape.woorden.iter().map(|one| &one.klasse).chain(shape.frasen.iter().map(|one| &one.klasse));
        let unknown: Vec<&String> = classes.filter(|class| Class::of_name(class).is_none()).collect();
        assert_eq!(unknown, Vec::<&String>::new());
        let mut forms: Vec<&String> = shape.woorden.iter().flat_map(|one| &one.vormen).collect();
        forms.sort();
        let twice: Vec<&&String> = forms.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert_eq!(twice, Vec::<&&String>::new());
    }

    #[test]
    fn a_denial_is_seen_and_a_part_of_the_words_is_none() {
        let denied = |sentence: &str| statements(sentence).iter().map(|hit| hit.is_denied).collect::<Vec<_>>();
        for (sentence, expected) in [
            ("Het aantal steeg niet.", vec![true]),
            ("Er was geen duidelijke daling.", vec![true]),
            ("Het nam vorig jaar niet toe.", vec![true]),
            ("Het daalde niet verder.", vec![false]),
            ("Niet alleen steeg het aantal.", vec![false]),
            ("Pesten is niet het grootste thema.", vec![true]),
            ("Waar het niet telt, steeg het aantal.", vec![false]),
        ] {
            assert_eq!(denied(sentence), expected, "{sentence}");
        }
    }
}
