//! Text in cells: its edges, its damage, and names without their looks.

/// Text without the spaces around it, visible or not; what comes from a web page brings non-breaking and zero-width ones.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}'))
}

/// A name without case, spaces and diacritics.
pub(super) fn folded(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase).map(plain);
    letters.filter(|c| !c.is_whitespace() && !matches!(c, '\u{0300}'..='\u{036F}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')).collect()
}

fn plain(letter: char) -> char {
    match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        _ => letter,
    }
}

/// Every error that a formula shows, in Dutch and in English.
const FORMULA_ERRORS: &[&str] = &[
    "#DEEL/0!",
    "#DIV/0!",
    "#N/B",
    "#N/A",
    "#NAAM?",
    "#NAME?",
    "#LEEG!",
    "#NULL!",
    "#GETAL!",
    "#NUM!",
    "#VERW!",
    "#REF!",
    "#WAARDE!",
    "#VALUE!",
    "#OVERLOOP!",
    "#SPILL!",
];

/// What makes a text unfit for any field, in Dutch: its damage, then what to do.
pub(super) fn damage(text: &str) -> Option<(&'static str, &'static str)> {
    if FORMULA_ERRORS.contains(&text) || (text.len() > 2 && text.bytes().all(|byte| byte == b'#')) {
        return Some(("hier staat een fout van Excel", "Herstel de formule of maak de kolom breder, en bewaar opnieuw."));
    }
    if text.contains(['\n', '\r']) {
        return Some(("dit vakje loopt over meer dan één regel", "Zet alles op één regel; een regeleinde in een vakje is Alt+Enter."));
    }
    // What ’ and é become when UTF-8 was opened as Windows-1252 and saved again; no Dutch word has these letters in a row.
    let broken = ["\u{FFFD}", "â€", "Ã©", "Ã«", "Ã¨", "Ã¯", "Ã¶", "Ã¼"];
    let found = broken.iter().any(|sign| text.contains(sign));
    found.then_some((
        "in dit vakje zijn letters stuk (’ of é werd iets anders)",
        "Typ het vakje opnieuw, of begin van het oorspronkelijke bestand.",
    ))
}
