//! Registrations in CSV, Excel's too: read from the front in batches, with the line of every row.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};

use super::batch::{Batch, Mixed, NO_DAY, Pupils, SHORTENED, Words, is_number, number_or_text_key, text_key};
use super::dates;
use super::fields::{CLIENT, REQUIRED, ROW_KEY};

/// Rows in a batch.
const BATCH: usize = 100_000;

/// What one CSV file holds, without its rows.
#[derive(Debug, Default)]
pub struct Delimited {
    separator: u8,
    /// Bytes before the header: a mark of the encoding, a line `sep=;`.
    skipped: u64,
    /// Lines that the reader does not count: that of `sep=;`, and one where lines end as on Windows, for it looks at the
    /// second half of a line end only when it goes on.
    uncounted: u64,
    columns: Columns,
    width: usize,
}

/// Where each field stands in a row.
#[derive(Debug, Default, Clone)]
struct Columns {
    pupil: usize,
    day: usize,
    /// Centre, net, segment, topic and function.
    words: [usize; 5],
    key: Option<usize>,
    client: Option<usize>,
}

/// What the pseudonyms of CSV files look like, all rows of all files together.
#[derive(Debug, Default, Clone)]
pub struct Looks {
    /// Rows with a number, by its number of digits.
    numbers: BTreeMap<usize, u64>,
    /// Rows with another text, by its length.
    texts: BTreeMap<usize, u64>,
}

/// A pseudonym of only digits may by chance be one of hexadecimals, when it is this long and as long as the others.
const SHORTEST_HASH: usize = 8;

impl Looks {
    fn add(&mut self, pseudonym: &[u8]) {
        if !pseudonym.is_empty() {
            let kind = if is_number(pseudonym) { &mut self.numbers } else { &mut self.texts };
            *kind.entry(pseudonym.len()).or_default() += 1;
        }
    }

    pub fn merge(&mut self, other: &Looks) {
        for (mine, others) in [(&mut self.numbers, &other.numbers), (&mut self.texts, &other.texts)] {
            others.iter().for_each(|(length, rows)| *mine.entry(*length).or_default() += rows);
        }
    }

    /// Whether a pseudonym counts as a number among all these.
    fn takes_for_number(&self, pseudonym: &[u8]) -> bool {
        is_number(pseudonym) && !self.is_hash_length(pseudonym.len())
    }

    fn is_hash_length(&self, length: usize) -> bool {
        length >= SHORTEST_HASH && self.texts.contains_key(&length)
    }

    /// Rows with a number, and rows with another text.
    pub fn counts(&self) -> (u64, u64) {
        let (hashes, numbers): (Vec<_>, Vec<_>) = self.numbers.iter().partition(|(length, _)| self.is_hash_length(**length));
        let sum = |rows: Vec<(&usize, &u64)>| rows.iter().map(|(_, count)| **count).sum::<u64>();
        (sum(numbers), sum(hashes) + self.texts.values().sum::<u64>())
    }
}

/// A fault of a file as a whole, in Dutch, with the line where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFault {
    pub line: Option<u64>,
    pub message: String,
}

fn fault(line: impl Into<Option<u64>>, message: impl Into<String>) -> FileFault {
    FileFault { line: line.into(), message: message.into() }
}

impl Delimited {
    /// Reads the header.
    ///
    /// # Errors
    /// When columns are missing or doubled, or the file is no CSV.
    pub fn open(path: &Path) -> Result<Self, Vec<FileFault>> {
        let mut start = [0; 4096];
        let mut file = File::open(path).map_err(|error| vec![fault(None, format!("het bestand kan niet gelezen worden ({error})"))])?;
        let length = file.read(&mut start).map_err(|error| vec![fault(None, error.to_string())])?;
        let text = &start[..length];
        if text.is_empty() {
            return Err(vec![fault(None, "het bestand is leeg")]);
        }
        if text.starts_with(&[0xFF, 0xFE]) || text.starts_with(&[0xFE, 0xFF]) || text.contains(&0) {
            let message = "het bestand is in UTF-16 bewaard, of het is geen CSV; bewaar het als «CSV UTF-8»";
            return Err(vec![fault(None, message)]);
        }
        let mut skipped = if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let line_end = |from: usize| text[from..].iter().position(|byte| *byte == b'\n').map(|at| from + at + 1);
        if text[skipped..].len() >= 4 && text[skipped..skipped + 4].eq_ignore_ascii_case(b"sep=") {
            skipped = line_end(skipped).unwrap_or(length);
        }
        let header = &text[skipped..line_end(skipped).unwrap_or(length)];
        let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
        let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',');
        let names: Vec<String> = header.split(|byte| *byte == separator).map(name_of).collect();
        let columns = columns_of(&names)?;
        let uncounted = u64::from(skipped > 3) + u64::from(header.ends_with(b"\r\n"));
        Ok(Self { separator, skipped: skipped as u64, uncounted, columns, width: names.len() })
    }

    fn reader(&self, path: &Path) -> Result<csv::Reader<BufReader<File>>, FileFault> {
        let mut file = File::open(path).map_err(|error| fault(None, error.to_string()))?;
        file.seek(SeekFrom::Start(self.skipped)).map_err(|error| fault(None, error.to_string()))?;
        let buffered = BufReader::with_capacity(1 << 20, file);
        Ok(ReaderBuilder::new().delimiter(self.separator).flexible(true).has_headers(true).from_reader(buffered))
    }

    /// Reads all pseudonyms, and on the way whether every row is whole; gives up where `goes_on` says no.
    ///
    /// # Errors
    /// When a row has too few or too many fields.
    pub fn scan(&self, path: &Path, goes_on: &dyn Fn() -> bool) -> Result<(Looks, u64), FileFault> {
        let mut rows = Rows::new(self, path)?;
        let (mut looks, mut count) = (Looks::default(), 0);
        while rows.next()? {
            looks.add(rows.field(self.columns.pupil));
            count += 1;
            if count % BATCH as u64 == 0 && !goes_on() {
                return Ok((looks, count));
            }
        }
        if count > 0 && self.may_be_cut_off(path) {
            let message = "het bestand eindigt midden in een regel, die misschien afgebroken is; is ze volledig, sluit ze dan af met Enter";
            return Err(fault(rows.line(), message));
        }
        Ok((looks, count))
    }

    /// Whether the file ends without a line end, in a column where half a value is as good as a whole one; half a code of
    /// a closed list is no code.
    fn may_be_cut_off(&self, path: &Path) -> bool {
        let Columns { pupil, day, words: [centre, ..], key, client } = self.columns;
        let last = [Some(pupil), Some(day), Some(centre), key, client].contains(&Some(self.width - 1));
        let mut end = [0];
        let read = File::open(path).and_then(|mut file| {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut end)
        });
        last && read.is_ok() && !matches!(end[0], b'\n' | b'\r')
    }

    /// The rows from the front.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn rows<'a>(&'a self, path: &Path) -> Result<Rows<'a>, FileFault> {
        Rows::new(self, path)
    }
}

fn name_of(bytes: &[u8]) -> String {
    decoded(bytes).trim().trim_matches('"').trim().to_lowercase()
}

/// Where the fields are, or what is wrong with the header.
fn columns_of(names: &[String]) -> Result<Columns, Vec<FileFault>> {
    let place = |field: &str| names.iter().position(|name| name == field);
    if ["indicator", "maat", "waarde"].iter().all(|name| place(name).is_some()) {
        return Err(vec![fault(None, "dit is een tabel met waarnemingen, zoals een telling ze schrijft; het zijn geen registraties")]);
    }
    let missing = REQUIRED.iter().filter(|field| place(field).is_none());
    let mut faults: Vec<FileFault> = missing.map(|name| fault(1, format!("de kolom «{name}» ontbreekt"))).collect();
    let doubled = REQUIRED.iter().chain(&[ROW_KEY, CLIENT]).filter(|field| names.iter().filter(|name| name == *field).count() > 1);
    faults.extend(doubled.map(|name| fault(1, format!("de kolom «{name}» staat er twee keer"))));
    if !faults.is_empty() {
        return Err(faults);
    }
    let [pupil, day, words @ ..] = REQUIRED.map(|field| place(field).unwrap_or_default());
    Ok(Columns { pupil, day, words, key: place(ROW_KEY), client: place(CLIENT) })
}

/// Bytes as text: UTF-8, else Latin-1. Only codes are compared, and these are plain in both.
fn decoded(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}

/// The rows of a CSV file, one after another.
pub struct Rows<'a> {
    layout: &'a Delimited,
    reader: csv::Reader<BufReader<File>>,
    record: ByteRecord,
}

impl<'a> Rows<'a> {
    fn new(layout: &'a Delimited, path: &Path) -> Result<Self, FileFault> {
        let reader = layout.reader(path)?;
        Ok(Self { layout, reader, record: ByteRecord::new() })
    }

    /// Goes to the next row that is not blank; false at the end.
    ///
    /// # Errors
    /// When the row is not whole.
    fn next(&mut self) -> Result<bool, FileFault> {
        loop {
            let read = self.reader.read_byte_record(&mut self.record);
            match read {
                Ok(true) if self.record.iter().all(<[u8]>::is_empty) => {}
                Ok(true) if self.record.iter().any(|field| field.contains(&b'\n') || field.contains(&b'\r')) => {
                    return Err(fault(self.line(), "hier opent een aanhalingsteken dat niet op dezelfde regel sluit"));
                }
                Ok(true) if self.record.len() == self.layout.width => return Ok(true),
                Ok(true) => {
                    let message = format!(
                        "deze rij telt {} velden in plaats van {}; misschien is het bestand afgebroken",
                        self.record.len(),
                        self.layout.width
                    );
                    return Err(fault(self.line(), message));
                }
                Ok(false) => return Ok(false),
                Err(error) => return Err(fault(self.line(), format!("de rij is niet te lezen ({error})"))),
            }
        }
    }

    fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line) + self.layout.uncounted
    }

    fn field(&self, column: usize) -> &[u8] {
        self.record.get(column).unwrap_or_default().trim_ascii()
    }

    /// The next rows, at most a hundred thousand; `None` at the end. `numbers` says whether most pseudonyms are numbers.
    ///
    /// # Errors
    /// When a row is not whole.
    pub fn batch(&mut self, file: u32, looks: &Looks, numbers: bool) -> Result<Option<Batch>, FileFault> {
        let columns = &self.layout.columns;
        let mut building = Building::new(columns);
        while building.lines.len() < BATCH && self.next()? {
            building.add(self, columns, looks, numbers);
        }
        Ok((!building.lines.is_empty()).then(|| building.finish(file)))
    }
}

/// A batch that is being filled.
struct Building {
    lines: Vec<u64>,
    pupils: Vec<u128>,
    mixed: Vec<bool>,
    days: Vec<i32>,
    keys: Option<Vec<u128>>,
    /// Centre, net, segment, topic and function.
    words: [Dictionary; 5],
    client: Option<Dictionary>,
}

impl Building {
    fn new(columns: &Columns) -> Self {
        Self {
            lines: Vec::new(),
            pupils: Vec::new(),
            mixed: Vec::new(),
            days: Vec::new(),
            keys: columns.key.map(|_| Vec::new()),
            words: Default::default(),
            client: columns.client.map(|_| Dictionary::default()),
        }
    }

    fn add(&mut self, row: &Rows<'_>, columns: &Columns, looks: &Looks, numbers: bool) {
        let pupil = row.field(columns.pupil);
        let is_number = looks.takes_for_number(pupil);
        self.mixed.push(!pupil.is_empty() && is_number != numbers);
        self.pupils.push(if is_shortened(pupil) {
            SHORTENED
        } else if numbers {
            number_or_text_key(pupil)
        } else {
            text_key(pupil)
        });
        self.lines.push(row.line());
        let day = std::str::from_utf8(row.field(columns.day)).ok().and_then(dates::parse);
        self.days.push(day.unwrap_or(NO_DAY));
        if let (Some(keys), Some(column)) = (&mut self.keys, columns.key) {
            keys.push(number_or_text_key(row.field(column)));
        }
        for (dictionary, column) in self.words.iter_mut().zip(columns.words) {
            dictionary.add(row.field(column));
        }
        if let (Some(dictionary), Some(column)) = (&mut self.client, columns.client) {
            dictionary.add(row.field(column));
        }
    }

    fn finish(self, file: u32) -> Batch {
        let [centre, net, segment, topic, function] = self.words.map(|dictionary| dictionary.words);
        let mixed = if self.mixed.contains(&true) { Mixed::Some(self.mixed) } else { Mixed::None };
        Batch {
            file,
            first_row: 1,
            lines: Some(self.lines),
            pupils: Pupils { keys: self.pupils, mixed },
            days: self.days,
            centre,
            net,
            segment,
            topic,
            function,
            keys: self.keys,
            client: self.client.map(|dictionary| dictionary.words),
        }
    }
}

/// Whether Excel cut a long number short: `1,23457E+11` is many pupils.
fn is_shortened(text: &[u8]) -> bool {
    let Some(at) = text.iter().position(|byte| matches!(byte, b'E' | b'e')) else { return false };
    let (head, tail) = (&text[..at], &text[at + 1..]);
    let number = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    number(head) && matches!(tail.first(), Some(b'+')) && number(&tail[1..])
}

/// The different words of a column, each with its code.
#[derive(Default)]
struct Dictionary {
    words: Words,
    codes: BTreeMap<Vec<u8>, u32>,
}

impl Dictionary {
    fn add(&mut self, bytes: &[u8]) {
        let code = self.codes.get(bytes).copied().unwrap_or_else(|| {
            let code = self.words.words.len() as u32;
            self.words.words.push(decoded(bytes));
            self.codes.insert(bytes.to_owned(), code);
            code
        });
        self.words.codes.push(code);
    }
}
