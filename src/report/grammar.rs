//! What an expression may look like, checked before minijinja sees it: its own language has arithmetic, lists and
//! conditions, and our contract has not.

use crate::content::Expression;
use crate::diagnostic::{Code, Diagnostic};

/// In bytes; the longest honest expression names five dimensions and two periods.
const LONGEST: usize = 300;
const KEYWORDS: [&str; 10] = ["if", "else", "and", "or", "not", "in", "is", "true", "false", "none"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Name(&'a str),
    Text,
    Number,
    Sign(char),
}

/// Names, properties, periods in brackets, breakdowns and periods in parentheses, filters: nothing else.
///
/// # Errors
/// When something else stands there.
pub(super) fn check(expression: &Expression) -> Result<(), Diagnostic> {
    let source = expression.source.trim();
    let syntax = |message: &str| Diagnostic::error(Code::ExpressionSyntax, expression.span, message);
    if source.is_empty() {
        return Err(syntax("tussen {{ en }} staat niets"));
    }
    if source.len() > LONGEST {
        return Err(syntax("deze verwijzing is veel te lang"));
    }
    let tokens = tokens(source).ok_or_else(|| syntax("deze verwijzing is niet te lezen"))?;
    let mut before = None;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        if !fits(before, *token, next) {
            let diagnostic =
                Diagnostic::error(Code::ExpressionKind, expression.span, format!("«{source}» is geen verwijzing naar een cijfer"));
            return Err(diagnostic.help("Verwijs naar één cijfer uit de gegevens; rekenen, vergelijken en samenvoegen kan hier niet."));
        }
        before = Some(*token);
    }
    Ok(())
}

fn fits(before: Option<Token<'_>>, token: Token<'_>, next: Option<&Token<'_>>) -> bool {
    let after_value = matches!(before, Some(Token::Name(_) | Token::Sign(')' | ']')));
    match token {
        Token::Name(name) if KEYWORDS.contains(&name) => false,
        Token::Name(_) => matches!(before, None | Some(Token::Sign('.' | '(' | ',' | '|'))),
        Token::Text | Token::Number => matches!(before, Some(Token::Sign('[' | '(' | ',' | '='))),
        Token::Sign('(') => matches!(before, Some(Token::Name(_) | Token::Sign(']'))),
        Token::Sign('=') => matches!((before, next), (Some(Token::Name(_)), Some(Token::Text | Token::Number))),
        Token::Sign('.' | '[' | '|') => after_value,
        Token::Sign(_) => before.is_some(),
    }
}

/// `None` where a character or an open text has no place in an expression.
fn tokens(source: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => rest[1..].find(first)? + 2,
            '0'..='9' => number_length(rest),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let word = &rest[..length];
        tokens.push(match first {
            '"' | '\'' => Token::Text,
            '0'..='9' => Token::Number,
            _ if is_word(first) => Token::Name(word),
            '.' | '[' | ']' | '(' | ')' | '=' | ',' | '|' => Token::Sign(first),
            // Read, so that the message speaks of arithmetic and not of spelling.
            '+' | '-' | '*' | '/' | '%' | '<' | '>' | '!' | '~' | ':' | '{' | '}' => Token::Name("not"),
            _ => return None,
        });
        rest = rest[length..].trim_start();
    }
    Some(tokens)
}

/// Of digits, with decimals behind a point where there are any.
fn number_length(text: &str) -> usize {
    let whole = text.find(|c| !is_word(c)).unwrap_or(text.len());
    let decimals = text[whole..].strip_prefix('.').map_or(0, |rest| rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    if decimals == 0 { whole } else { whole + 1 + decimals }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
