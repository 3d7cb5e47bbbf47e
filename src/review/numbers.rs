//! Finds every number in a text, in digits or in words, and tells those that say how much from those that are a name: a
//! school year, a date, an article of law, a type, a class.

mod words;

use std::ops::Range;

use super::token::{Token, tokens};
use crate::content::Date;
use crate::units::{Decimal, Nearness, SchoolYear, Target, cardinal, fraction_of};
use words::{
    BEFORE_A_YEAR, COUNTED, ENDINGS, HALVES, IDIOMS, NAMED_AFTER_ORDINAL, NAMED_BY, ONE_OF_THEM, ORDINALS, RANKED, SCALES, STREETS, VAGUE,
    VULGAR_FRACTIONS,
};

/// A number that says how much, with the words that belong to it: «een kleine 10%», «twee op de honderd».
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub range: Range<usize>,
}

/// Every number of a text that says how much.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    let mut name_goes_on = false;
    while at < tokens.len() {
        let scan = Scan { text, tokens: &tokens };
        match scan.at(at, name_goes_on) {
            Read::Number(end) => {
                found.push(Number { range: scan.with_nearness(at)..tokens[end - 1].range.end });
                name_goes_on = false;
                at = end;
            }
            Read::Name(end) => {
                name_goes_on = true;
                at = end;
            }
            Read::Nothing => {
                // «types 3, 4 en 7»: the name goes on over a comma or «en».
                name_goes_on &= matches!(tokens[at].lower.as_str(), "," | "en" | "of" | "tot" | "met" | "/" | "–" | "-");
                at += 1;
            }
        }
    }
    found
}

/// What begins at a word: a number or a name, each up to its end.
enum Read {
    Number(usize),
    Name(usize),
    Nothing,
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Scan<'_> {
    fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.lower(before))
    }

    fn at(&self, at: usize, name_goes_on: bool) -> Read {
        if let Some(end) = self.fraction(at) {
            return Read::Number(end);
        }
        let word = self.lower(at);
        if self.tokens[at].starts_with_digit() { self.digits(at, name_goes_on) } else { self.words(at, word) }
    }

    fn digits(&self, at: usize, name_goes_on: bool) -> Read {
        let word = self.lower(at);
        let (number, suffix) = split_suffix(word);
        let follows = self.lower(at + 1);
        if let Some(end) = self.contact(at) {
            return Read::Name(end);
        }
        let is_percent = follows == "%" || follows.starts_with("procent") || follows == "pct";
        if is_school_year(word) || (!is_percent && self.is_name(at, name_goes_on)) {
            return Read::Name(at + 1);
        }
        if !suffix.is_empty() && (is_ordinal_suffix(suffix) && NAMED_AFTER_ORDINAL.contains(&follows) || suffix.len() > 3) {
            return Read::Name(at + 1);
        }
        // «klas 4B»
        if self.text[self.tokens[at].range.clone()].ends_with(char::is_uppercase) {
            return Read::Name(at + 1);
        }
        // «31 825»: groups of three behind a space are one number.
        let mut end = at + 1;
        while number.len() <= 3 && self.is_group(end) {
            end += 1;
        }
        Read::Number(self.with_unit(end))
    }

    fn is_group(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let close = token.range.start <= self.tokens[at - 1].range.end + 2;
        close && token.lower.len() == 3 && token.lower.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Where a telephone number or an address ends: «053 12 34 56», «Holstraat 95, 9000 Gent».
    fn contact(&self, at: usize) -> Option<usize> {
        let is_digits = |at: usize| !self.lower(at).is_empty() && self.lower(at).bytes().all(|byte| byte.is_ascii_digit());
        if self.lower(at).starts_with('0') && self.lower(at).len() > 1 && is_digits(at) && is_digits(at + 1) {
            return (at..).find(|at| !is_digits(*at));
        }
        let is_name = |at: usize| self.tokens.get(at).is_some_and(|token| self.text[token.range.clone()].starts_with(char::is_uppercase));
        let street = at.checked_sub(1).filter(|before| is_name(*before) && STREETS.iter().any(|end| self.lower(*before).ends_with(end)));
        let postcode = |at: usize| self.lower(at).len() == 4 && is_digits(at) && is_name(at + 1);
        street?;
        Some(if self.lower(at + 1) == "," && postcode(at + 2) { at + 3 } else { at + 1 })
    }

    /// Whether a number is a year, a day or something's number.
    fn is_name(&self, at: usize, name_goes_on: bool) -> bool {
        let word = self.lower(at);
        let (before, after) = (self.before(at).trim_end_matches('.'), self.lower(at + 1));
        let before = if before.is_empty() && at > 1 { self.lower(at - 2) } else { before };
        let month = |word: &str| Date::MONTHS.contains(&word);
        let number = word.parse::<u32>().ok();
        let is_day = number.is_some_and(|day| (1..=31).contains(&day)) && month(after);
        let is_year = word.len() == 4 && number.is_some_and(|year| (1830..2200).contains(&year));
        let alone = self.tokens.len() == 1;
        let year_fits = BEFORE_A_YEAR.contains(&before) || month(before) || name_goes_on || alone || before == "(" || after == ")";
        let counted = COUNTED.contains(&after) && !month(before);
        let hour = number.is_some_and(|hour| hour < 25);
        let to_hour = matches!(after, "tot" | "en") && self.lower(at + 3) == "uur";
        let is_hour = hour && matches!(before, "om" | "van" | "tot" | "tussen" | "en" | "vanaf") && (after == "uur" || to_hour);
        let is_decade = before == "jaren" && word.trim_start_matches('’').len() == 2;
        let is_time = is_day || is_hour || is_decade || (is_year && year_fits && !counted);
        is_time || NAMED_BY.contains(&before) || (name_goes_on && !is_year && self.is_listed(at))
    }

    /// Whether a number goes on with a list of names: «types 3, 4 en 7».
    fn is_listed(&self, at: usize) -> bool {
        matches!(self.before(at), "," | "en" | "of" | "tot" | "met")
    }

    fn words(&self, at: usize, word: &str) -> Read {
        let follows = self.lower(at + 1);
        if ORDINALS.contains(&word) {
            // «In de eerste plaats» ranks nothing.
            let manner = self.before(at) == "in" || (at > 1 && self.lower(at - 2) == "in" && follows == "plaats" && word == "eerste");
            return if RANKED.contains(&follows) && !manner { Read::Number(at + 2) } else { Read::Nothing };
        }
        if word.starts_with(VULGAR_FRACTIONS) {
            return Read::Number(self.with_unit(at + 1));
        }
        if let Some(idiom) = IDIOMS.iter().find(|idiom| idiom.iter().enumerate().all(|(offset, part)| self.lower(at + offset) == *part)) {
            return Read::Name(at + idiom.len());
        }
        if VAGUE.contains(&word) || is_vague(word) {
            // «Afgerond op duizendtallen», «in ronde duizendtallen» say how, and not how much.
            return if matches!(self.before(at), "op" | "in" | "ronde" | "hele") { Read::Nothing } else { Read::Number(at + 1) };
        }
        // «In de jaren negentig» is a time, and an axis begins «bij nul».
        if matches!((self.before(at), word), ("jaren", _) | ("bij", "nul")) {
            return Read::Nothing;
        }
        if matches!(word, "een" | "één") && self.is_article(at) {
            return Read::Nothing;
        }
        let half_of = HALVES.contains(&word) && SCALES.contains(&follows);
        if !half_of && !is_cardinal(word) && !is_and_a_half(word) {
            return Read::Nothing;
        }
        Read::Number(self.with_unit(at + 1))
    }

    /// Whether «een» or «één» counts nothing: it does in «één op de drie», and before a percentage or a million. Elsewhere it is
    /// an article, with or without emphasis.
    fn is_article(&self, at: usize) -> bool {
        let (follows, next) = (self.lower(at + 1), self.lower(at + 2));
        let amount = |word: &str| is_amount(word) && !matches!(word, "één" | "een");
        let out_of = matches!(follows, "op" | "van" | "leerling")
            && (amount(next) || (matches!(next, "de" | "elke" | "op") && amount(self.lower(at + 3))));
        let scaled = follows == "%" || follows.starts_with("procent") || SCALES[1..].contains(&follows);
        !out_of && !scaled
    }

    /// «een vijfde», «twee derde», «de helft», «driekwart».
    fn fraction(&self, at: usize) -> Option<usize> {
        let start = self.tokens[at].range.start;
        let words = |count: usize| {
            let end = self.tokens.get(at + count - 1)?.range.end;
            Some(self.text[start..end].to_lowercase())
        };
        let longest = [2, 1].into_iter().find(|count| words(*count).is_some_and(|words| fraction_of(&words).is_some()));
        let end = at + longest?;
        // «een derde gesprek» is one more of them, and «de eerste helft» a time.
        let ordinal = ORDINALS.contains(&self.lower(end - 1)) && ONE_OF_THEM.contains(&self.lower(end));
        let time = self.lower(end - 1) == "helft" && matches!(self.before(at), "eerste" | "tweede");
        (!ordinal && !time).then_some(end)
    }

    /// A number goes on over its percent sign, its scale, and what it is out of.
    fn with_unit(&self, mut end: usize) -> usize {
        while SCALES.contains(&self.lower(end)) {
            end += 1;
        }
        let follows = self.lower(end);
        if follows == "%" || follows.starts_with("procent") || matches!(follows, "pct" | "keer" | "maal") {
            return end + 1;
        }
        if matches!(follows, "op" | "van") {
            let article = usize::from(matches!(self.lower(end + 1), "de" | "elke"));
            if is_amount(self.lower(end + 1 + article)) && (follows == "op" || article == 1) {
                return end + 2 + article;
            }
        }
        end
    }

    /// Where the words begin that say how near a number is.
    fn with_nearness(&self, at: usize) -> usize {
        let start = self.tokens[at].range.start;
        let before = &self.text[..start];
        Nearness::at_end_of(before).map_or(start, |(_, length)| before.trim_end().len() - length)
    }
}

/// `1ste` → `1`, `ste`
fn split_suffix(word: &str) -> (&str, &str) {
    let end = word.find(|letter: char| letter.is_alphabetic()).unwrap_or(word.len());
    word.split_at(end)
}

fn is_ordinal_suffix(suffix: &str) -> bool {
    matches!(suffix, "e" | "de" | "ste")
}

/// Any way of writing one: which way is a matter of style.
pub(super) fn is_school_year(word: &str) -> bool {
    if SchoolYear::parse(word).is_some() {
        return true;
    }
    let Some((first, second)) = word.split_once(['-', '/', '–']) else { return false };
    let digits = |part: &str| part.trim_start_matches('’').to_owned();
    let (first, second) = (digits(first), digits(second));
    let whole = |part: &str| matches!(part.len(), 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit());
    let end = |part: &str| part.get(part.len() - 2..).and_then(|end| end.parse::<u32>().ok());
    whole(&first) && whole(&second) && end(&first).zip(end(&second)).is_some_and(|(first, second)| (first + 1) % 100 == second)
}

fn is_amount(word: &str) -> bool {
    is_cardinal(word) || SCALES.contains(&word) || word.starts_with(|first: char| first.is_ascii_digit())
}

/// A whole number in words, or a million.
fn is_cardinal(word: &str) -> bool {
    cardinal(word).is_some() || matches!(word, "miljoen" | "miljard")
}

/// `tienmaal`, `honderdtal`, `tienduizenden`: «eenmaal» and «eenvoudig» are no numbers.
fn is_vague(word: &str) -> bool {
    let thousands = word.strip_suffix("en").filter(|word| word.ends_with("duizend") || word.ends_with("honderd"));
    let before = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).chain(thousands);
    before.filter_map(cardinal).any(|number| number > 1)
}

/// `anderhalf`, `tweeënhalf`, `vierenhalve`
fn is_and_a_half(word: &str) -> bool {
    let before = HALVES.iter().find_map(|half| word.strip_suffix(half));
    let number = |before: &str| before.strip_suffix("ën").or_else(|| before.strip_suffix("en")).and_then(cardinal);
    before.is_some_and(|before| before == "ander" || number(before).is_some())
}

/// The number that words name, as far as one can be computed from them: «2 op de 100» and «een vijfde» are parts of a whole.
pub(super) fn value_of(words: &str) -> Option<(Option<Nearness>, Target, bool)> {
    let lower = words.trim().to_lowercase();
    let (nearness, rest) = match Nearness::at_start_of(&lower) {
        Some((nearness, length)) => (Some(nearness), lower[length..].trim()),
        None => (None, lower.as_str()),
    };
    if let Some(target) = fraction_of(rest) {
        return Some((nearness, target, true));
    }
    let percent = rest.ends_with('%') || rest.ends_with("procent");
    let units = ["%", "procentpunten", "procentpunt", "procent", "keer", "maal"];
    let number = units.iter().find_map(|unit| rest.strip_suffix(unit)).unwrap_or(rest).trim();
    if let Some((above, below)) = number.split_once(" op ") {
        let below = below.trim_start_matches("de ").trim_start_matches("elke ");
        return Some((nearness, Target::Fraction(whole(above)?, whole(below)?), true));
    }
    Some((nearness, Target::Number(decimal(number)?), percent))
}

fn whole(words: &str) -> Option<i64> {
    cardinal(words).or_else(|| decimal(words)?.whole())
}

/// A number in Flemish notation, or in words.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    Decimal::parse_flemish(text).or_else(|| Decimal::parse(&cardinal(text.trim())?.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_how_much_and_a_name_does_not() {
        let found = |text: &str| numbers(text).into_iter().map(|number| text[number.range].to_owned()).collect::<Vec<_>>();
        for (text, expected) in [
            ("In 2018 en 2019 kwamen 4012 leerlingen.", vec!["4012"]),
            ("Op 1 september 2018 begon artikel 24 van het decreet.", vec![]),
            ("De types 3, 4 en 7 horen bij OV4.", vec![]),
            ("Een kleine 10% of twee op de honderd.", vec!["Een kleine 10%", "twee op de honderd"]),
            ("In 1982 klassen en voor 31 825 leerlingen", vec!["1982", "31 825"]),
            ("Ruim de helft, een vijfde van de leerlingen en één op de drie", vec!["Ruim de helft", "een vijfde", "één op de drie"]),
            ("Wie één keer komt, staat in 2024-2025 op de tweede plaats.", vec!["tweede plaats"]),
            ("In het zesde leerjaar en het 1e jaar", vec![]),
            ("Een tiental van de negenentwintigduizend", vec!["tiental", "negenentwintigduizend"]),
            ("Tienduizenden, anderhalf miljoen, tweederde en ½", vec!["Tienduizenden", "anderhalf miljoen", "tweederde", "½"]),
            ("Om 14 uur, in de jaren 90, in de jaren negentig, volgens artikel 24, § 3", vec![]),
            ("Afgerond op duizendtallen, in ronde honderdtallen", vec![]),
            ("Op p. 24, van 17 tot 21 uur, in klas 4B, Holstraat 95, 9000 Gent", vec![]),
            ("Bel het nummer 02 553 17 00", vec![]),
            ("Bel 053 12 34 56, onder vier ogen, in een dubbele rol", vec![]),
            ("Eenmaal is het eenvoudig, en de andere helft", vec!["andere helft"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
