//! Registrations in Parquet: a footer that says what the file holds, and row groups that are read one by one.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use polars_arrow::array::{Array, PrimitiveArray, Utf8ViewArray};
use polars_arrow::bitmap::Bitmap;
use polars_arrow::datatypes::{ArrowDataType, Field, TimeUnit};
use polars_arrow::types::NativeType;
use polars_parquet::parquet::metadata::{ColumnChunkMetadata, FileMetadata};
use polars_parquet::parquet::statistics::Statistics;
use polars_parquet::read::{BasicDecompressor, PageReader, PhysicalType, PrimitiveLogicalType, column_iter_to_arrays, read_metadata};

use super::batch::{Batch, Mixed, NO_DAY, Pupils, Words, number_key, number_or_text_key, text_key};
use super::dates;
use super::fields::{CLIENT, Kind, REQUIRED, ROW_KEY};

/// What one file holds, without its rows.
pub struct ParquetFile {
    metadata: FileMetadata,
    /// Whether the pseudonyms are numbers.
    pub has_numbers: bool,
    /// Whether the file says that its rows are made up.
    pub fictitious: bool,
}

const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// The entry of a file's own metadata that tells made-up registrations.
pub const FICTITIOUS: &str = "jaarverslag.fictief";

impl ParquetFile {
    /// Reads the footer and looks whether the columns are there and hold what they should.
    ///
    /// # Errors
    /// In Dutch, one sentence for each thing that is wrong.
    pub fn open(path: &Path) -> Result<Self, Vec<String>> {
        unbroken(|| Self::open_sound(path)).unwrap_or_else(|damaged| Err(vec![damaged]))
    }

    fn open_sound(path: &Path) -> Result<Self, Vec<String>> {
        let mut file = File::open(path).map_err(|error| vec![format!("het bestand kan niet gelezen worden ({error})")])?;
        let metadata = read_metadata(&mut file)
            .map_err(|_| vec!["dit is geen volledig Parquet-bestand; waarschijnlijk is het onderweg afgebroken".to_owned()])?;
        let kinds: Vec<Result<Kind, String>> = REQUIRED.iter().map(|name| kind_of(&metadata, name)).collect();
        let optional = [ROW_KEY, CLIENT].into_iter().filter(|name| has(&metadata, name));
        let mut faults: Vec<String> = kinds.iter().filter_map(|kind| kind.clone().err()).collect();
        faults.extend(optional.filter_map(|name| kind_of(&metadata, name).err()));
        if !faults.is_empty() {
            return Err(faults);
        }
        let has_numbers = kinds[0] == Ok(Kind::Number);
        let entries = metadata.key_value_metadata().iter().flatten();
        let fictitious = entries.into_iter().any(|entry| entry.key == FICTITIOUS);
        Ok(Self { metadata, has_numbers, fictitious })
    }

    pub fn rows(&self) -> u64 {
        self.groups().sum()
    }

    /// The number of rows of each row group.
    pub fn groups(&self) -> impl Iterator<Item = u64> {
        self.metadata.row_groups.iter().map(|group| group.num_rows() as u64)
    }

    /// The first and last day of a row group, where the file tells.
    pub fn days(&self, group: usize) -> Option<(i32, i32)> {
        unbroken(|| self.days_of_statistics(group)).ok().flatten()
    }

    fn days_of_statistics(&self, group: usize) -> Option<(i32, i32)> {
        let column = column(&self.metadata, group, "datum").ok()?;
        let statistics = column.statistics(&self.metadata.footer_buf)?.ok()?;
        let null_free = |count: Option<i64>| count == Some(0);
        let Statistics::Int32(days) = statistics else { return None };
        let is_date = Kind::of(column) == Some(Kind::Date);
        Some((days.min_value?, days.max_value?)).filter(|_| is_date && null_free(days.null_count))
    }

    /// Reads a row group; `mixed` says which of its pseudonyms are of the wrong kind.
    ///
    /// # Errors
    /// When the file cannot be read or its bytes are no Parquet, in Dutch.
    pub fn read(&self, path: &Path, number: u32, group: usize, mixed: Mixed) -> Result<Batch, String> {
        let batch = unbroken(|| self.read_sound(path, number, group, mixed))??;
        let rows = self.metadata.row_groups[group].num_rows();
        if batch.has_rows(rows) { Ok(batch) } else { Err(DAMAGED.to_owned()) }
    }

    fn read_sound(&self, path: &Path, number: u32, group: usize, mixed: Mixed) -> Result<Batch, String> {
        let mut source = Source { file: File::open(path).map_err(|error| error.to_string())?, metadata: &self.metadata, group };
        let first_row = 1 + self.groups().take(group).sum::<u64>();
        let optional = |name: &str| has(&self.metadata, name);
        Ok(Batch {
            file: number,
            first_row,
            lines: None,
            pupils: Pupils { keys: source.keys("leerling")?, mixed },
            days: source.days()?,
            centre: source.words("centrum")?,
            net: source.words("net")?,
            segment: source.words("segment")?,
            topic: source.words("onderwerp")?,
            function: source.words("functie")?,
            keys: optional(ROW_KEY).then(|| source.row_keys()).transpose()?,
            client: optional(CLIENT).then(|| source.words(CLIENT)).transpose()?,
        })
    }

    /// The keys of a row group's rows alone.
    ///
    /// # Errors
    /// As [`ParquetFile::read`].
    pub fn read_row_keys(&self, path: &Path, group: usize) -> Result<Option<Vec<u128>>, String> {
        if !has(&self.metadata, ROW_KEY) {
            return Ok(None);
        }
        let mut source = Source { file: File::open(path).map_err(|error| error.to_string())?, metadata: &self.metadata, group };
        unbroken(|| source.row_keys())?.map(Some)
    }
}

const DAMAGED: &str = "het bestand is beschadigd";

/// In bytes, of one column in one row group: no registrations come near it.
const LARGEST_COLUMN: i64 = 8 << 30;

thread_local! {
    /// Whether a panic of this thread is caught, and so need not be told.
    static CAUGHT: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Reads something of a file that may be damaged. Polars' reader trusts its files more than their bytes deserve: what it
/// gives up on is the fault of the file, not of the program.
fn unbroken<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    static QUIET: std::sync::Once = std::sync::Once::new();
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !CAUGHT.get() {
                usual(panic);
            }
        }));
    });
    let before = CAUGHT.replace(true);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    CAUGHT.set(before);
    result.map_err(|_| DAMAGED.to_owned())
}

fn has(metadata: &FileMetadata, name: &str) -> bool {
    metadata.schema().fields().iter().any(|field| field.name() == name)
}

/// A column of a row group.
fn column<'a>(metadata: &'a FileMetadata, group: usize, name: &str) -> Result<&'a ColumnChunkMetadata, String> {
    let row_group = metadata.row_groups.get(group).ok_or("het bestand heeft geen rijen")?;
    let mut columns = row_group.columns_under_root_iter(name).ok_or_else(|| format!("de kolom «{name}» ontbreekt"))?;
    match (columns.next(), columns.next()) {
        (Some(column), None) => Ok(column),
        _ => Err(format!("de kolom «{name}» is geen gewone kolom")),
    }
}

/// What a column holds, where that is what it should.
fn kind_of(metadata: &FileMetadata, name: &str) -> Result<Kind, String> {
    if !has(metadata, name) {
        return Err(format!("de kolom «{name}» ontbreekt"));
    }
    if metadata.row_groups.is_empty() {
        return Ok(Kind::Text);
    }
    let kind = Kind::of(column(metadata, 0, name)?);
    kind.filter(|kind| kind.suits(name)).ok_or_else(|| format!("de kolom «{name}» is van een andere soort dan {}", Kind::wanted(name)))
}

impl Kind {
    fn of(column: &ColumnChunkMetadata) -> Option<Self> {
        let primitive = &column.descriptor().descriptor.primitive_type;
        match (primitive.physical_type, &primitive.logical_type) {
            (PhysicalType::ByteArray, _) => Some(Kind::Text),
            (PhysicalType::Int32, Some(PrimitiveLogicalType::Date)) => Some(Kind::Date),
            (PhysicalType::Int64, Some(PrimitiveLogicalType::Timestamp { .. })) => Some(Kind::Date),
            (PhysicalType::Int32 | PhysicalType::Int64, None | Some(PrimitiveLogicalType::Integer(_))) => Some(Kind::Number),
            _ => None,
        }
    }
}

/// A row group that is being read.
struct Source<'a> {
    file: File,
    metadata: &'a FileMetadata,
    group: usize,
}

impl Source<'_> {
    fn arrays(&mut self, name: &str, dtype: ArrowDataType) -> Result<Vec<Box<dyn Array>>, String> {
        let column = column(self.metadata, self.group, name)?;
        let range = column.byte_range();
        let length = self.file.metadata().map_err(|error| error.to_string())?.len();
        let sound = range.start <= range.end && range.end <= length && (0..=LARGEST_COLUMN).contains(&column.uncompressed_size());
        if !sound {
            return Err(format!("de kolom «{name}» is niet te lezen; het bestand is beschadigd"));
        }
        let mut bytes = vec![0; (range.end - range.start) as usize];
        let cut_off = |_| format!("de kolom «{name}» is afgebroken");
        self.file.seek(SeekFrom::Start(range.start)).map_err(cut_off)?;
        self.file.read_exact(&mut bytes).map_err(cut_off)?;
        let pages = PageReader::new(Cursor::new(bytes.into()), column, vec![], usize::MAX);
        let types = vec![&column.descriptor().descriptor.primitive_type];
        let field = Field::new(name.into(), dtype, true);
        let read = column_iter_to_arrays(vec![BasicDecompressor::new(pages, vec![])], types, field, None);
        read.map(|(arrays, _)| arrays).map_err(|_| format!("de kolom «{name}» is niet te lezen; het bestand is beschadigd"))
    }

    fn words(&mut self, name: &str) -> Result<Words, String> {
        let arrays = self.arrays(name, ArrowDataType::Utf8View)?;
        let mut words = WordReader::default();
        arrays.iter().filter_map(|array| array.as_any().downcast_ref()).for_each(|array| words.read(array));
        Ok(words.found)
    }

    fn keys(&mut self, name: &str) -> Result<Vec<u128>, String> {
        let column = column(self.metadata, self.group, name)?;
        match Kind::of(column) {
            Some(Kind::Number) => self.number_keys(name),
            _ => {
                let arrays = self.arrays(name, ArrowDataType::Utf8View)?;
                let arrays = arrays.iter().filter_map(|array| array.as_any().downcast_ref::<Utf8ViewArray>());
                Ok(arrays.flat_map(text_keys).collect())
            }
        }
    }

    /// The keys of the rows. A number is the same key whether it is kept as one or as a text.
    fn row_keys(&mut self) -> Result<Vec<u128>, String> {
        if Kind::of(column(self.metadata, self.group, ROW_KEY)?) == Some(Kind::Number) {
            return self.number_keys(ROW_KEY);
        }
        let arrays = self.arrays(ROW_KEY, ArrowDataType::Utf8View)?;
        let arrays = arrays.iter().filter_map(|array| array.as_any().downcast_ref::<Utf8ViewArray>());
        let key = |text: Option<&str>| text.map_or(0, |text| number_or_text_key(text.as_bytes()));
        Ok(arrays.flat_map(|array| array.iter()).map(key).collect())
    }

    fn number_keys(&mut self, name: &str) -> Result<Vec<u128>, String> {
        let primitive = &column(self.metadata, self.group, name)?.descriptor().descriptor.primitive_type;
        let unsigned = matches!(primitive.logical_type, Some(PrimitiveLogicalType::Integer(kind)) if !<(usize, bool)>::from(kind).1);
        let dtype = match (primitive.physical_type, unsigned) {
            (PhysicalType::Int32, false) => ArrowDataType::Int32,
            (PhysicalType::Int32, true) => ArrowDataType::UInt32,
            (_, false) => ArrowDataType::Int64,
            (_, true) => ArrowDataType::UInt64,
        };
        let arrays = self.arrays(name, dtype.clone())?;
        let key = |number: Option<i64>| number.map_or(0, number_key);
        Ok(match dtype {
            ArrowDataType::Int32 => each(&arrays, |number: i32| i64::from(number)).map(key).collect(),
            ArrowDataType::UInt32 => each(&arrays, |number: u32| i64::from(number)).map(key).collect(),
            ArrowDataType::UInt64 => each(&arrays, |number: u64| number as i64).map(key).collect(),
            _ => each(&arrays, |number: i64| number).map(key).collect(),
        })
    }

    fn days(&mut self) -> Result<Vec<i32>, String> {
        let column = column(self.metadata, self.group, "datum")?;
        let primitive = &column.descriptor().descriptor.primitive_type;
        match (Kind::of(column), primitive.physical_type) {
            (Some(Kind::Date), PhysicalType::Int32) => {
                let arrays = self.arrays("datum", ArrowDataType::Date32)?;
                Ok(each(&arrays, |day: i32| day).map(|day| day.unwrap_or(NO_DAY)).collect())
            }
            (Some(Kind::Date), _) => self.days_of_moments(),
            _ => {
                let words = self.words("datum")?;
                let days = words.meanings(|word| dates::parse(word).unwrap_or(NO_DAY));
                Ok(words.codes.iter().map(|code| days[*code as usize]).collect())
            }
        }
    }

    /// The days of a column of moments, which many programs write for a date. The reader makes microseconds of any unit.
    fn days_of_moments(&mut self) -> Result<Vec<i32>, String> {
        let arrays = self.arrays("datum", ArrowDataType::Timestamp(TimeUnit::Microsecond, None))?;
        let primitive = &column(self.metadata, self.group, "datum")?.descriptor().descriptor.primitive_type;
        let in_utc = matches!(primitive.logical_type, Some(PrimitiveLogicalType::Timestamp { is_adjusted_to_utc: true, .. }));
        let day = |moment: i64| match moment.rem_euclid(MICROSECONDS_A_DAY) {
            // Late in the evening in Greenwich it is the next day here.
            rest if in_utc && rest != 0 => NO_DAY,
            _ => i32::try_from(moment.div_euclid(MICROSECONDS_A_DAY)).unwrap_or(NO_DAY),
        };
        Ok(each(&arrays, day).map(|day| day.unwrap_or(NO_DAY)).collect())
    }
}

/// The values of arrays, one after another.
fn each<T: NativeType, U>(arrays: &[Box<dyn Array>], of: impl Fn(T) -> U) -> impl Iterator<Item = Option<U>> {
    let arrays = arrays.iter().filter_map(|array| array.as_any().downcast_ref::<PrimitiveArray<T>>());
    arrays.flat_map(|array| array.iter()).map(move |value| value.map(|value| of(*value)))
}

fn is_null(validity: Option<&Bitmap>, index: usize) -> bool {
    validity.is_some_and(|bits| !bits.get_bit(index))
}

/// A short text is its own key in Arrow's layout.
fn text_keys(array: &Utf8ViewArray) -> impl Iterator<Item = u128> {
    array.views().iter().enumerate().map(move |(index, view)| match () {
        () if is_null(array.validity(), index) => 0,
        () if view.is_inline() => view.as_u128(),
        () => text_key(array.value(index).as_bytes()),
    })
}

/// Gathers the different words of a column and gives each row the code of its own. Rows with the same view have the same
/// word, so that hardly any text is looked at.
struct WordReader {
    found: Words,
    /// View → code.
    seen: BTreeMap<u128, u32>,
    /// Word → code, for arrays after the first.
    codes: BTreeMap<String, u32>,
    /// The same for the views met last, each in the one slot it can have.
    recent: Vec<(u128, u32)>,
}

impl Default for WordReader {
    fn default() -> Self {
        Self { found: Words::default(), seen: BTreeMap::new(), codes: BTreeMap::new(), recent: vec![NOWHERE; 1 << SLOT_BITS] }
    }
}

const SLOT_BITS: u32 = 10;

/// No view is all ones: no text is that long.
const NOWHERE: (u128, u32) = (u128::MAX, 0);

impl WordReader {
    fn read(&mut self, array: &Utf8ViewArray) {
        // A view into a buffer means something only within its array.
        self.seen.clear();
        self.recent.fill(NOWHERE);
        self.found.codes.reserve(array.len());
        for (index, view) in array.views().iter().enumerate() {
            let key = if is_null(array.validity(), index) { 0 } else { view.as_u128() };
            let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let slot = (mixed >> (64 - SLOT_BITS)) as usize;
            if self.recent[slot].0 != key {
                self.recent[slot] = (key, self.code(key, || array.value(index)));
            }
            self.found.codes.push(self.recent[slot].1);
        }
    }

    fn code<'a>(&mut self, view: u128, text: impl FnOnce() -> &'a str) -> u32 {
        if let Some(code) = self.seen.get(&view) {
            return *code;
        }
        let text = if view == 0 { "" } else { text().trim_ascii() };
        let code = self.codes.get(text).copied().unwrap_or_else(|| {
            let code = self.found.words.len() as u32;
            self.found.words.push(text.to_owned());
            self.codes.insert(text.to_owned(), code);
            code
        });
        self.seen.insert(view, code);
        code
    }
}
