//! Numbers that are written out in Dutch, as one word: `drie`, `vijfentwintig`, `honderdtwintig`, `negenentwintigduizend`.

use super::notation::number_in_words;

const TENS: [&str; 8] = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];

/// The whole number that a word names, in lower case; `None` for every other word.
pub fn cardinal(word: &str) -> Option<i64> {
    let (thousands, rest) = match word.split_once("duizend") {
        Some(("", rest)) => (1, rest),
        Some((before, rest)) => (below_thousand(before)?, rest),
        None => return with_hundreds(word),
    };
    Some(thousands * 1000 + and_more(rest, with_hundreds)?)
}

/// `honderdtwintig`, and `vijfentwintighonderd` too.
fn with_hundreds(word: &str) -> Option<i64> {
    let (hundreds, rest) = match word.split_once("honderd") {
        Some(("", rest)) => (1, rest),
        Some((before, rest)) => (below_hundred(before)?, rest),
        None => return below_hundred(word),
    };
    Some(hundreds * 100 + and_more(rest, below_hundred)?)
}

fn below_thousand(word: &str) -> Option<i64> {
    with_hundreds(word).filter(|number| *number < 1000)
}

/// What follows on a hundred or a thousand: nothing, or a smaller number, with or without «en».
fn and_more(rest: &str, read: fn(&str) -> Option<i64>) -> Option<i64> {
    if rest.is_empty() { Some(0) } else { read(rest).or_else(|| read(rest.strip_prefix("en")?)) }
}

fn below_hundred(word: &str) -> Option<i64> {
    if matches!(word, "één" | "eén") {
        return Some(1);
    }
    let up_to_twenty = (0..=20).find(|number| number_in_words(*number) == Some(word));
    let tens = |word: &str| (2..).zip(TENS).find(|(_, tens)| *tens == word).map(|(count, _)| count * 10);
    up_to_twenty.or_else(|| tens(word)).or_else(|| {
        (1..=9).find_map(|unit| {
            let rest = word.strip_prefix(number_in_words(unit)?)?;
            Some(unit + tens(rest.strip_prefix("en").or_else(|| rest.strip_prefix("ën"))?)?)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_number_that_it_names() {
        for (word, expected) in [
            ("nul", Some(0)),
            ("één", Some(1)),
            ("twaalf", Some(12)),
            ("vijfentwintig", Some(25)),
            ("tweeëndertig", Some(32)),
            ("honderd", Some(100)),
            ("honderdtwintig", Some(120)),
            ("tweehonderdendrie", Some(203)),
            ("vijfentwintighonderd", Some(2500)),
            ("tienduizend", Some(10_000)),
            ("negenentwintigduizend", Some(29_000)),
            ("driehonderdduizendvierhonderdeen", Some(300_401)),
            ("achten", None),
            ("honderdste", None),
            ("eenheid", None),
            ("duizendpoot", None),
            ("", None),
        ] {
            assert_eq!(cardinal(word), expected, "{word}");
        }
    }
}
