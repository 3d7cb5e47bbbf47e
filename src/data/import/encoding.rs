//! Bytes of a text file to text: UTF-8, the UTF-16 of Excel's «Unicode-tekst», or Windows-1252.

/// A text and, where it was not UTF-8, the name of what it was.
pub(super) fn decoded(bytes: &[u8]) -> Result<(String, Option<&'static str>), String> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, u16::from_le_bytes).map(|text| (text, Some("UTF-16")));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, u16::from_be_bytes).map(|text| (text, Some("UTF-16")));
    }
    if bytes.contains(&0) {
        return Err("dit bestand is geen tekst; bewaar de tabel in Excel als werkmap (.xlsx) of als «CSV UTF-8»".to_owned());
    }
    match std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)) {
        Ok(text) => Ok((text.to_owned(), None)),
        Err(_) => windows_1252(bytes).map(|text| (text, Some("Windows-1252"))),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let pairs = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(pairs).collect();
    text.ok().filter(|_| bytes.len().is_multiple_of(2)).ok_or_else(|| unreadable("UTF-16"))
}

/// What the bytes 0x80 up to 0x9F are in Windows-1252; a zero is none. All others are as in Unicode.
const WINDOWS: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, //
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
];

fn windows_1252(bytes: &[u8]) -> Result<String, String> {
    let letter = |byte: &u8| match byte {
        0x80..=0x9F => char::from_u32(u32::from(WINDOWS[usize::from(byte - 0x80)])).filter(|letter| *letter != '\0'),
        _ => Some(char::from(*byte)),
    };
    bytes.iter().map(letter).collect::<Option<String>>().ok_or_else(|| unreadable("UTF-8 en geen Windows-1252"))
}

fn unreadable(encoding: &str) -> String {
    format!("dit bestand is geen geldig {encoding}; bewaar de tabel in Excel als werkmap (.xlsx) of als «CSV UTF-8»")
}
