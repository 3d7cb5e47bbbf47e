//! A Dutch text as words: what number and statement are looked for in.

use std::ops::Range;

/// A word with its place; punctuation is a word of its own.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub range: Range<usize>,
    /// In lower case, with typographic apostrophes.
    pub lower: String,
}

impl Token {
    pub fn starts_with_digit(&self) -> bool {
        self.lower.trim_start_matches('’').starts_with(|first: char| first.is_ascii_digit())
    }
}

/// Splits at white space and punctuation. What stands between letters and digits without a space keeps them together:
/// `2024-2025`, `1.224.118`, `12,2`, `CLB’s`, `BaO/2020/02`, `COVID-19`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let end = at + if first.is_alphanumeric() || opens_year(&text[at..]) { word_length(&text[at..]) } else { first.len_utf8() };
        if !first.is_whitespace() {
            tokens.push(Token { range: at..end, lower: lower(&text[at..end]) });
        }
        at = end;
    }
    tokens
}

/// «Méér» is «meer» with emphasis.
fn lower(word: &str) -> String {
    let lower = word.to_lowercase();
    let lower = if lower.contains('\'') { lower.replace('\'', "’") } else { lower };
    if lower.contains("éé") { lower.replace("méér", "meer") } else { lower }
}

/// `’24-’25`
fn opens_year(text: &str) -> bool {
    let digits = text.strip_prefix(['’', '\'']).map(|rest| rest.chars().take_while(char::is_ascii_digit).count());
    digits == Some(2)
}

fn word_length(text: &str) -> usize {
    let mut length = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let joins =
            matches!(letter, '.' | ',' | '-' | '’' | '\'' | '/' | '–') && next.is_some_and(|next| next.is_alphanumeric() || next == '’');
        // A comma or a stop joins digits alone: «klaar.Een» is a slip, and «a,b» two words.
        let before_digit = text[..at].ends_with(|before: char| before.is_ascii_digit());
        let joins =
            joins && (!matches!(letter, '.' | ',') || (before_digit && next.is_some_and(|next| next.is_ascii_digit())) || is_address(text));
        if !letter.is_alphanumeric() && !joins && at != 0 {
            break;
        }
        length = at + letter.len_utf8();
    }
    length
}

/// An address on the web is one word.
fn is_address(text: &str) -> bool {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    word.contains("www.") || word.contains(".be") || word.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_stay_whole() {
        let words = |text: &str| tokens(text).into_iter().map(|token| text[token.range].to_owned()).collect::<Vec<_>>();
        assert_eq!(words("In 2024-2025: 1.224.118 (2,44%)."), ["In", "2024-2025", ":", "1.224.118", "(", "2,44", "%", ")", "."]);
        assert_eq!(words("CLB’s, COVID-19 en ’24-’25."), ["CLB’s", ",", "COVID-19", "en", "’24-’25", "."]);
        assert_eq!(words("op www.clbchat.be. Klaar"), ["op", "www.clbchat.be", ".", "Klaar"]);
    }
}
