//! One thing is written in one way, and everything printed is spoken of: spelling, charts, sources, quotations.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Reviewed;
use super::finding::Finding;
use super::numbers::is_school_year;
use super::passage::{Passages, Sort};
use super::token::tokens;
use crate::content::{Block, BlockKind, Content, Quote};
use crate::diagnostic::Code;
use crate::report::ChartRequest;
use crate::units::SchoolYear;

pub(super) fn review(reviewed: &Reviewed<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) {
    spelling(passages, findings);
    charts(reviewed, passages, findings);
    sources(reviewed, passages, findings);
    quotations(reviewed.content, findings);
}

/// A way of writing, with every place where it stands.
type Spellings = BTreeMap<String, Vec<(usize, Range<usize>)>>;

/// A word with its place, and whether it may owe its capital to where it stands.
type Written = (usize, Range<usize>, bool);

/// The same letters and digits with other signs or capitals between them: CLB’s and CLB's, 2024-2025 and 2024/2025.
fn spelling(passages: &Passages<'_>, findings: &mut Vec<Finding>) {
    let mut words: BTreeMap<String, Vec<Written>> = BTreeMap::new();
    for (at, passage) in passages.all.iter().enumerate().filter(|(_, passage)| passage.sort != Sort::Quote) {
        let starts: BTreeSet<usize> = passage.sentences().into_iter().map(|sentence| first_letter(&passage.text, sentence.start)).collect();
        for token in tokens(&passage.text) {
            let written = &passage.text[token.range.clone()];
            if passage.is_typed(&token.range) && has_a_choice(written) {
                let begins = starts.contains(&token.range.start);
                words.entry(key(written)).or_default().push((at, token.range, begins));
            }
        }
    }
    for written in words.into_values() {
        let spellings = spellings(written, passages);
        if spellings.len() > 1 {
            findings.extend(variants(&spellings, passages));
        }
    }
}

/// A capital at the beginning of a sentence is no choice: such a word counts with the way it is written elsewhere.
fn spellings(mut written: Vec<Written>, passages: &Passages<'_>) -> Spellings {
    written.sort_by_key(|(.., begins)| *begins);
    let mut all = Spellings::new();
    for (at, range, begins) in written {
        let word = passages.all[at].text[range.clone()].to_owned();
        let small = uncapitalized(&word);
        let shown = if begins && all.contains_key(&small) { small } else { word };
        all.entry(shown).or_default().push((at, range));
    }
    all
}

fn first_letter(text: &str, start: usize) -> usize {
    start + text[start..].find(char::is_alphanumeric).unwrap_or_default()
}

fn uncapitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether there is more than one way to write it: with an apostrophe, a hyphen, a digit, or a capital behind the first letter.
fn has_a_choice(word: &str) -> bool {
    let letters = word.chars().any(char::is_alphabetic);
    let capital = word.chars().skip(1).any(char::is_uppercase);
    let sign = word.contains(['’', '\'', '-', '/', '–']);
    is_school_year(word) || (letters && (capital || sign))
}

/// What two ways of writing have in common.
fn key(word: &str) -> String {
    if is_school_year(word) {
        return year_of(word);
    }
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A school year by its first year, in two digits.
fn year_of(word: &str) -> String {
    if let Some(year) = SchoolYear::parse(word) {
        return format!("schooljaar {:02}", year.first_year() % 100);
    }
    let digits: String = word.trim_start_matches('’').chars().take_while(char::is_ascii_digit).collect();
    format!("schooljaar {}", &digits[digits.len().saturating_sub(2)..])
}

/// The rarer ways are the findings, each with the way that is usual.
fn variants(spellings: &Spellings, passages: &Passages<'_>) -> Vec<Finding> {
    let usual = spellings.iter().max_by_key(|(word, places)| (places.len(), std::cmp::Reverse(word.len())));
    let Some((usual, most)) = usual else { return Vec::new() };
    let rare = spellings.iter().filter(|(word, _)| *word != usual);
    let finding = |(word, places): (&String, &Vec<(usize, Range<usize>)>)| {
        let (at, range) = places.first().cloned()?;
        let message = format!("hier staat «{word}», elders «{usual}» ({} keer)", most.len());
        Some(Finding::of_words(Code::StyleVariants, passages.all[at].place(&range), at, range, message))
    };
    rare.filter_map(finding).collect()
}

/// What a chart shows is spoken of by the text of its section.
fn charts(reviewed: &Reviewed<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) {
    for request in &reviewed.report.charts {
        let Some(section) = section_of(request, passages) else { continue };
        if !is_spoken_of(request, reviewed, passages, section) {
            let message = format!("niets in de tekst eromheen spreekt van de grafiek «{}»", request.title);
            findings.push(Finding::new(Code::ChartUnmentioned, request.span, message));
        }
    }
}

/// The scope around the block of a chart.
fn section_of(request: &ChartRequest, passages: &Passages<'_>) -> Option<usize> {
    let block = passages.scopes.iter().position(|scope| scope.span == request.span)?;
    passages.scopes[block].parent
}

fn is_spoken_of(request: &ChartRequest, reviewed: &Reviewed<'_>, passages: &Passages<'_>, section: usize) -> bool {
    let ids: BTreeSet<&str> = request.selection.known().into_iter().map(|figure| figure.reference.indicator.as_str()).collect();
    let titles = ids.iter().filter_map(|id| reviewed.figures.indicator(id)).map(|indicator| indicator.title.as_str());
    let stems: BTreeSet<String> = titles.chain([request.title.as_str()]).flat_map(content_words).collect();
    passages.within(section).filter(|(_, passage)| passage.sort == Sort::Running).any(|(_, passage)| {
        let figure =
            passage.figures_in(&(0..passage.text.len())).any(|(_, printed)| ids.contains(printed.figure.reference.indicator.as_str()));
        let lower = passage.text.to_lowercase();
        figure || ["grafiek", "figuur", "kolom"].iter().any(|word| lower.contains(word)) || stems.iter().any(|stem| lower.contains(stem))
    })
}

/// The beginnings of the long words of a title, without those that every title has.
fn content_words(title: &str) -> Vec<String> {
    const EVERYWHERE: [&str; 8] = ["leerl", "schoo", "aanta", "interv", "onderw", "gemidd", "percen", "proce"];
    let stem = |word: &str| word.chars().take(6).collect::<String>().to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() >= 6).map(stem);
    words.filter(|stem| !EVERYWHERE.iter().any(|common| stem.starts_with(common))).collect()
}

/// Every source is used by a value, or cited.
fn sources(reviewed: &Reviewed<'_>, passages: &Passages<'_>, findings: &mut Vec<Finding>) {
    let of_rows = reviewed.data.observations.rows.iter().map(|row| row.source.as_str());
    let of_published = reviewed.data.published.iter().map(|row| row.source.as_str());
    let used: BTreeSet<&str> = of_rows
        .chain(of_published)
        .chain(passages.cited())
        .chain(reviewed.report.cited.iter().map(String::as_str))
        .chain(
            passages
                .scopes
                .iter()
                .flat_map(|scope| &scope.accounts.claims)
                .flat_map(|claim| &claim.words)
                .filter_map(|word| key_of(&word.value)),
        )
        .collect();
    // An example takes the sources of another edition over.
    if crate::figures::is_fictitious(&reviewed.content.edition) {
        return;
    }
    for source in reviewed.data.sources.iter().filter(|source| !used.contains(source.key.as_str())) {
        let message = format!("de bron «{}» wordt nergens gebruikt", source.key);
        findings.push(Finding::new(Code::SourceUnused, source.span, message));
    }
}

/// `[@ovsg_2021]` → `ovsg_2021`
fn key_of(word: &str) -> Option<&str> {
    word.strip_prefix("[@")?.strip_suffix(']')
}

/// Who is quoted, and where it can be read.
fn quotations(content: &Content, findings: &mut Vec<Finding>) {
    let of_blocks = |blocks: &'_ [Block]| -> Vec<Quote> {
        let quote = |block: &Block| match &block.kind {
            BlockKind::Quote(quote) => Some(quote.clone()),
            _ => None,
        };
        blocks.iter().filter_map(quote).collect()
    };
    let chapters = content.chapters.iter().flat_map(|chapter| {
        chapter.quote.iter().cloned().chain(chapter.sections.iter().flat_map(move |section| of_blocks(&section.blocks)))
    });
    for quote in chapters.chain(of_blocks(&content.notes.blocks)) {
        let nameless = super::passage::plain(&quote.by).is_empty();
        if nameless || quote.source.is_none() {
            let lacks = if nameless { "van wie het is" } else { "uit welke bron het komt" };
            findings.push(Finding::new(Code::QuoteNameless, quote.text.span, format!("dit citaat zegt niet {lacks}")));
        }
    }
}
