//! A run of rows as it comes from a file, whatever the kind of file: a small dictionary and codes for each column of words.

/// So many rows of one file.
#[derive(Debug)]
pub struct Batch {
    /// The number of the file.
    pub file: u32,
    /// The row or line of each row: `first_row + index`, unless `lines` says otherwise.
    pub first_row: u64,
    /// The lines of a CSV, where empty or long rows shift them.
    pub lines: Option<Vec<u64>>,
    pub pupils: Pupils,
    /// Days since 1970-01-01; [`NO_DAY`] where there is none or it cannot be read.
    pub days: Vec<i32>,
    pub centre: Words,
    pub net: Words,
    pub segment: Words,
    pub topic: Words,
    pub function: Words,
    /// Keys of the rows; 0 where there is none.
    pub keys: Option<Vec<u128>>,
    pub client: Option<Words>,
}

/// The key of a pseudonym that Excel cut short. No text is this long.
pub const SHORTENED: u128 = u128::MAX;

/// A day that is not there.
pub const NO_DAY: i32 = i32::MIN;

impl Batch {
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether all columns have so many rows.
    pub fn has_rows(&self, rows: usize) -> bool {
        let words = [&self.centre, &self.net, &self.segment, &self.topic, &self.function].into_iter().chain(&self.client);
        let lengths = words.map(|words| words.codes.len()).chain([self.pupils.keys.len(), self.days.len()]);
        lengths.chain(self.keys.as_ref().map(Vec::len)).all(|length| length == rows)
    }

    pub fn row(&self, index: usize) -> u64 {
        self.lines.as_ref().map_or(self.first_row + index as u64, |lines| lines[index])
    }
}

/// The pseudonyms of the rows as keys that are equal exactly where the pseudonyms are; 0 where there is none.
#[derive(Debug)]
pub struct Pupils {
    pub keys: Vec<u128>,
    /// The rows of which the pseudonym is of another kind than elsewhere.
    pub mixed: Mixed,
}

/// Which rows have a pseudonym of another kind (number or text) than most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mixed {
    None,
    All,
    /// One flag a row.
    Some(Vec<bool>),
}

impl Mixed {
    pub fn is(&self, index: usize) -> bool {
        match self {
            Mixed::None => false,
            Mixed::All => true,
            Mixed::Some(flags) => flags[index],
        }
    }
}

/// A column of words: each row has a code, each code a word.
#[derive(Debug, Default)]
pub struct Words {
    pub codes: Vec<u32>,
    pub words: Vec<String>,
}

impl Words {
    /// The word of a row.
    pub fn of(&self, index: usize) -> &str {
        &self.words[self.codes[index] as usize]
    }

    /// For each code what its word means.
    pub fn meanings<T>(&self, of: impl Fn(&str) -> T) -> Vec<T> {
        self.words.iter().map(|word| of(word)).collect()
    }
}

/// Longest text that a key holds as it is; the layout is that of Arrow's inline views, so that a view is its own key.
const INLINE: usize = 12;

/// The key of a text: the text itself where it is short, else 96 bits of a hash with its length. Among a hundred million
/// pseudonyms the chance that two share a key is under one in 10^13.
pub fn text_key(text: &[u8]) -> u128 {
    if text.len() <= INLINE {
        let mut bytes = [0_u8; 16];
        bytes[..4].copy_from_slice(&(text.len() as u32).to_le_bytes());
        bytes[4..4 + text.len()].copy_from_slice(text);
        return u128::from_le_bytes(bytes);
    }
    let hash = xxhash_rust::xxh3::xxh3_128(text);
    (hash & !0xFFFF_FFFF) | text.len() as u128
}

/// The key of a number. No text has this length.
pub fn number_key(number: i64) -> u128 {
    (u128::from(number as u64) << 64) | 0xFFFF_FFFF
}

/// A whole number as a program writes it: no sign, no leading zeros.
pub fn is_number(text: &[u8]) -> bool {
    (1..=18).contains(&text.len()) && text.iter().all(u8::is_ascii_digit) && (text[0] != b'0' || text.len() == 1)
}

/// The key of what may be a number or a text: the same in all kinds of files.
pub fn number_or_text_key(text: &[u8]) -> u128 {
    let number = if is_number(text) { std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()) } else { None };
    number.map_or_else(|| text_key(text), number_key)
}
