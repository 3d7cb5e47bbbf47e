//! Finds every number in a text, in digits or in words, and tells those that say how much from those that are a name: a
//! school year, a date, an article of law, a type, a class.

use std::ops::Range;

use super::token::{Token, tokens};
use crate::content::Date;
use crate::units::{Decimal, Nearness, SchoolYear, Target, fraction_of, number_in_words};

/// A number that says how much, with the words that belong to it: «een kleine 10%», «twee op de honderd».
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub range: Range<usize>,
}

/// After these a number is a name.
const NAMED_BY: [&str; 36] = [
    "artikel",
    "artikelen",
    "art",
    "type",
    "types",
    "opleidingsvorm",
    "vraag",
    "nr",
    "nummer",
    "nummers",
    "grafiek",
    "grafieken",
    "tabel",
    "tabellen",
    "bladzijde",
    "bladzijden",
    "blz",
    "hoofdstuk",
    "deel",
    "fase",
    "versie",
    "bijlage",
    "stap",
    "kolom",
    "rij",
    "covid",
    "omzendbrief",
    "punt",
    "paragraaf",
    "regel",
    "graad",
    "lid",
    "principe",
    "beginsel",
    "pagina",
    "pagina’s",
];
/// After these four digits are a year.
const BEFORE_A_YEAR: [&str; 33] = [
    "in",
    "sinds",
    "tot",
    "vanaf",
    "van",
    "na",
    "voor",
    "vóór",
    "eind",
    "begin",
    "midden",
    "over",
    "rond",
    "tussen",
    "jaar",
    "kalenderjaar",
    "schooljaar",
    "schooljaren",
    "jaren",
    "anno",
    "naar",
    "dan",
    "uit",
    "zomer",
    "herfst",
    "najaar",
    "voorjaar",
    "lente",
    "winter",
    "met",
    "sedert",
    "editie",
    "t",
];
/// Ordinals before these are a name: a class, a moment, a way of speaking.
const NAMED_AFTER_ORDINAL: [&str; 24] = [
    "kleuterklas",
    "kleuterklassen",
    "leerjaar",
    "leerjaren",
    "jaar",
    "jaren",
    "jaars",
    "graad",
    "secundair",
    "middelbaar",
    "schooldag",
    "klas",
    "klassen",
    "kleuter",
    "lager",
    "lijn",
    "hulp",
    "taal",
    "editie",
    "les",
    "stap",
    "kans",
    "keer",
    "helft",
];
const ORDINALS: [&str; 12] =
    ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde", "twaalfde"];
/// Before these «een derde» is one of a row, and no part of a whole.
const ONE_OF_THEM: [&str; 34] = [
    "leerling",
    "gesprek",
    "keer",
    "plaats",
    "jaar",
    "stap",
    "vraag",
    "kans",
    "school",
    "centrum",
    "editie",
    "les",
    "reden",
    "groep",
    "partij",
    "domein",
    "taal",
    "graad",
    "leerjaar",
    "klas",
    "manier",
    "weg",
    "kind",
    "clb",
    "verslag",
    "oproep",
    "contact",
    "contactmoment",
    "onderzoek",
    "bezoek",
    "interventie",
    "schooljaar",
    "kleuterklas",
    "persoon",
];
/// Ordinals before these say how much.
const RANKED: [&str; 4] = ["plaats", "plaatsen", "rang", "positie"];
/// Before these four digits are no year.
const COUNTED: [&str; 34] = [
    "leerlingen",
    "klassen",
    "groepen",
    "groepjes",
    "centra",
    "clb’s",
    "verslagen",
    "gesprekken",
    "sessies",
    "bezoekers",
    "vragenlijsten",
    "interventies",
    "scholen",
    "dossiers",
    "aanvragen",
    "personeelsleden",
    "euro",
    "documenten",
    "kinderen",
    "jongeren",
    "registraties",
    "meldingen",
    "surfsessies",
    "contacten",
    "ouders",
    "dagen",
    "uren",
    "keer",
    "vragen",
    "kleuters",
    "leraren",
    "medewerkers",
    "gezinnen",
    "bezoeken",
];
const MULTIPLES: [&str; 12] = [
    "tweemaal",
    "driemaal",
    "viermaal",
    "vijfmaal",
    "zesmaal",
    "tienmaal",
    "dubbel",
    "dubbele",
    "tientallen",
    "honderden",
    "duizenden",
    "driedubbel",
];
const SCALES: [&str; 5] = ["honderd", "duizend", "miljoen", "miljard", "dozijn"];

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
        let is_percent = follows == "%" || follows.starts_with("procent") || follows == "pct";
        if is_school_year(word) || (!is_percent && self.is_name(at, name_goes_on)) {
            return Read::Name(at + 1);
        }
        if !suffix.is_empty() && (is_ordinal_suffix(suffix) && NAMED_AFTER_ORDINAL.contains(&follows) || suffix.len() > 3) {
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
        is_day || (is_year && year_fits && !counted) || NAMED_BY.contains(&before) || (name_goes_on && !is_year && self.is_listed(at))
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
        if MULTIPLES.contains(&word) {
            return Read::Number(at + 1);
        }
        if matches!(word, "een" | "één") && self.is_article(at) {
            return Read::Nothing;
        }
        if !is_cardinal(word) {
            return Read::Nothing;
        }
        let mut end = at + 1;
        while SCALES.contains(&self.lower(end)) {
            end += 1;
        }
        Read::Number(self.with_unit(end))
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
        let time = self.lower(end - 1) == "helft" && matches!(self.before(at), "eerste" | "tweede" | "andere");
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

/// A whole number in words: `twee`, `vijfentwintig`, `honderdtwintig`.
fn is_cardinal(word: &str) -> bool {
    const TENS: [&str; 10] = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig", "honderd", "duizend"];
    if word == "een" || word == "één" || word == "eén" {
        return true;
    }
    let plain = |word: &str| (2..=20).any(|number| number_in_words(number) == Some(word)) || TENS.contains(&word);
    if plain(word) || matches!(word, "miljoen" | "miljard") {
        return true;
    }
    let joined = |tens: &&'static str| {
        let rest = word.strip_suffix(*tens)?;
        let unit = rest.strip_suffix("en").or_else(|| rest.strip_suffix("ën")).unwrap_or(rest);
        ((1..=19).any(|number| number_in_words(number) == Some(unit)) || unit == "één").then_some(())
    };
    let behind = |tens: &&'static str| word.strip_prefix(*tens).filter(|rest| plain(rest) || is_cardinal(rest));
    TENS.iter().any(|tens| joined(tens).is_some() || behind(tens).is_some_and(|rest| rest.len() < word.len() && !rest.is_empty()))
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
    let number = rest.trim_end_matches('%').trim_end_matches("procent").trim();
    if let Some((above, below)) = number.split_once(" op ") {
        let below = below.trim_start_matches("de ").trim_start_matches("elke ");
        return Some((nearness, Target::Fraction(whole(above)?, whole(below)?), true));
    }
    Some((nearness, Target::Number(decimal(number)?), percent))
}

fn whole(words: &str) -> Option<i64> {
    let one = matches!(words, "een" | "één").then_some(1);
    let hundred = (words == "honderd").then_some(100);
    one.or(hundred).or_else(|| (0..=20).find(|number| number_in_words(*number) == Some(words))).or_else(|| decimal(words)?.whole())
}

/// A number in Flemish notation: points and spaces group, the comma begins the decimals.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let plain: String =
        text.chars().filter(|letter| !matches!(letter, '.' | ' ')).map(|letter| if letter == ',' { '.' } else { letter }).collect();
    Decimal::parse(&plain).or_else(|| {
        let number = (0..=20).find(|number| number_in_words(*number) == Some(text.trim()))?;
        Decimal::parse(&number.to_string())
    })
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
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
