//! Numbers as people and Excel write them, read only where there is one way to read them.

/// What the numbers of a file prove about its point and comma.
///
/// A sign is certainly decimal when it stands once and not before exactly three digits, or behind `0` or more than three digits
/// (`14,75`, `0.125`, `1234,567`), and certainly between thousands when it stands more than once or before the other sign
/// (`1.234.567`, `1.234,5`). `1.234` alone proves nothing. Where all proofs agree, they decide such numbers too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Convention {
    /// A decimal comma or a point between thousands was seen.
    belgian: bool,
    /// A decimal point or a comma between thousands was seen.
    english: bool,
}

/// What a text says when it is read as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the strict table writes it.
    Number(String),
    /// Both ways to read it, as the strict table would write them.
    Ambiguous {
        thousands: String,
        decimal: String,
    },
    Percentage,
    /// Excel's `1,2E+05`, which has lost its digits.
    Scientific,
    TooFine,
    NoNumber,
}

/// The parts of a number, its signs understood.
#[derive(Debug)]
struct Parts {
    minus: &'static str,
    whole: String,
    fraction: String,
    /// The last sign of the number and what it is.
    sign: Option<(char, Role)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Decimal,
    Thousands,
    Either,
}

impl Convention {
    /// Of all texts in the columns of numbers; what is no number proves nothing.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut convention = Self::default();
        for (sign, role) in texts.filter_map(parts).filter_map(|parts| parts.sign) {
            convention.belgian |= matches!((sign, role), (',', Role::Decimal) | ('.', Role::Thousands));
            convention.english |= matches!((sign, role), ('.', Role::Decimal) | (',', Role::Thousands));
        }
        convention
    }

    /// What a sign is that could be either; `None` where nothing or the contrary is proven as well.
    fn role(self, sign: char) -> Option<Role> {
        let point = match (self.belgian, self.english) {
            (true, false) => Role::Thousands,
            (false, true) => Role::Decimal,
            _ => return None,
        };
        let comma = if point == Role::Decimal { Role::Thousands } else { Role::Decimal };
        Some(if sign == '.' { point } else { comma })
    }
}

/// Reads a trimmed text.
pub(super) fn read(text: &str, convention: Convention) -> Reading {
    let Some(parts) = parts(text) else { return no_number(text) };
    let thousands = || strict(format!("{}{}{}", parts.minus, parts.whole, parts.fraction));
    let decimal = || strict(format!("{}{}.{}", parts.minus, parts.whole, parts.fraction));
    match parts.sign {
        Some((sign, Role::Either)) => match (convention.role(sign), thousands(), decimal()) {
            (Some(Role::Thousands), thousands, _) => thousands,
            (Some(_), _, decimal) => decimal,
            (None, Reading::Number(thousands), Reading::Number(decimal)) => Reading::Ambiguous { thousands, decimal },
            (None, ..) => Reading::TooFine,
        },
        _ if parts.fraction.is_empty() => thousands(),
        _ => decimal(),
    }
}

/// A number of Excel as Excel shows it, to fifteen digits: 0.1 + 0.2 is 0.3.
pub(super) fn shown(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Adding zero takes the sign off a negative zero.
    (rounded + 0.0).to_string()
}

/// A number of Excel for the strict table.
pub(super) fn of_excel(number: f64) -> Reading {
    if number.is_finite() { strict(shown(number)) } else { Reading::NoNumber }
}

/// What the strict table holds: fifteen digits, six of them behind the point.
fn strict(number: String) -> Reading {
    let digits = number.trim_start_matches('-');
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fits = fraction.len() <= 6 && whole.trim_start_matches('0').len() + fraction.len() <= 15;
    if fits { Reading::Number(number) } else { Reading::TooFine }
}

fn no_number(text: &str) -> Reading {
    let is_power = |(digits, power): (&str, &str)| {
        let power = power.trim_start_matches(['+', '-']);
        parts(digits).is_some() && !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
    };
    match text {
        _ if text.contains(['%', '‰']) => Reading::Percentage,
        _ if text.split_once(['E', 'e']).is_some_and(is_power) => Reading::Scientific,
        _ => Reading::NoNumber,
    }
}

/// `None` where a text is no number in any notation.
fn parts(text: &str) -> Option<Parts> {
    let unsigned = text.strip_prefix(['-', '−']);
    let (minus, digits) = unsigned.map_or(("", text), |rest| ("-", rest));
    let signs: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let Some((at, sign)) = signs.last().copied() else {
        return Some(Parts { minus, whole: grouped(digits, is_space)?, fraction: String::new(), sign: None });
    };
    let (before, behind) = (&digits[..at], &digits[at + 1..]);
    if before.contains(sign) {
        let whole = grouped(digits, |c| c == sign)?;
        return Some(Parts { minus, whole, fraction: String::new(), sign: Some((sign, Role::Thousands)) });
    }
    let fraction = Some(behind).filter(|digits| is_digits(digits))?.to_owned();
    let whole = match signs.first() {
        Some((_, other)) if *other != sign => grouped(before, |c| c == *other)?,
        _ => grouped(before, is_space)?,
    };
    // Before 0 or more than three digits, and beside another sign between thousands, a sign is no longer one between thousands.
    let open = fraction.len() == 3 && before.len() <= 3 && !before.starts_with('0');
    Some(Parts { minus, whole, fraction, sign: Some((sign, if open { Role::Either } else { Role::Decimal })) })
}

/// Whole digits without the sign between their thousands; `None` where the groups are no groups of three.
fn grouped(text: &str, is_sign: impl Fn(char) -> bool) -> Option<String> {
    let groups: Vec<&str> = text.split(is_sign).collect();
    let (first, rest) = groups.split_first()?;
    let sound = is_digits(first) && rest.iter().all(|group| is_digits(group) && group.len() == 3);
    (sound && (rest.is_empty() || first.len() <= 3)).then(|| groups.concat())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A space that people and web pages put between thousands.
fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}')
}
