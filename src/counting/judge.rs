//! Looks at every row: does it fit, and of whom and of what is it? What fits is packed and sorted by pupil into buckets.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::batch::{Batch, NO_DAY, SHORTENED};
use super::dates::{Calendar, school_year_of};
use super::doubles::KeyRun;
use super::fields::PUPIL;
use super::reasons::{Place, Reason, Refused};
use super::scheme::{FUNCTION_COUNT, Scheme};
use crate::data::{FUNCTIONS, NETS, Nomenclature, REGISTERED_SEGMENTS};
use crate::units::SchoolYear;

pub const SEGMENT_COUNT: usize = REGISTERED_SEGMENTS.len();

/// Pupils are spread over so many buckets, each small enough for the processor's cache.
pub const BUCKETS: usize = 256;

/// A row that fits.
#[derive(Debug, Clone, Copy)]
pub struct Packed {
    pub pupil: u128,
    pub what: What,
    /// File and row; the highest bit says that the row has no key.
    origin: u64,
}

/// Of what a row is: kind, segment, site, year and day in one word. Two rows of one pupil are equal where these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct What(u64);

impl What {
    fn new(kind: usize, segment: u8, site: u16, year: u8, day: i32) -> Self {
        Self(kind as u64 | u64::from(segment) << 16 | u64::from(site) << 20 | u64::from(year) << 36 | u64::from(day as u16) << 48)
    }

    pub fn kind(self) -> usize {
        (self.0 & 0xFFFF) as usize
    }

    pub fn year(self) -> usize {
        (self.0 >> 36 & 0xFF) as usize
    }

    /// Site and segment together: `site * 7 + segment`.
    pub fn cell(self) -> u32 {
        let segment = (self.0 >> 16 & 0xF) as u32;
        (self.0 >> 20 & 0xFFFF) as u32 * SEGMENT_COUNT as u32 + segment
    }
}

const NO_KEY: u64 = 1 << 63;
const ROW_BITS: u32 = 40;

impl Packed {
    /// A number that tells different pupils apart nearly always, the same everywhere.
    #[inline]
    pub fn hash(&self) -> u64 {
        hash_of(self.pupil)
    }

    pub fn has_key(&self) -> bool {
        self.origin & NO_KEY == 0
    }

    pub fn place(&self) -> Place {
        let origin = self.origin & !NO_KEY;
        ((origin >> ROW_BITS) as u32, origin & ((1 << ROW_BITS) - 1))
    }
}

#[inline]
pub fn hash_of(key: u128) -> u64 {
    let (low, high) = (key as u64, (key >> 64) as u64);
    let product = u128::from(low ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(u128::from(high ^ 0xD6E8_FEB8_6659_FD93) | 1);
    let folded = (product as u64 ^ (product >> 64) as u64).wrapping_mul(0xA24B_AED4_963E_E407);
    folded ^ folded >> 29
}

/// A centre with the net it was named with. Two nets make two sites of one centre.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    pub centre: String,
    /// Index in [`NETS`], of which the first is `alle`.
    pub net: u8,
}

/// The sites met so far. Their numbers depend on who comes first, so nothing may be put in their order.
#[derive(Debug, Default)]
pub struct Sites(Mutex<SiteList>);

#[derive(Debug, Default)]
struct SiteList {
    sites: Vec<Site>,
    numbers: BTreeMap<Site, u16>,
}

/// More centres than this are no centres.
pub const MOST_SITES: usize = 2000;

impl Sites {
    fn number(&self, centre: &str, net: u8) -> u16 {
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let site = Site { centre: centre.to_owned(), net };
        if let Some(number) = list.numbers.get(&site) {
            return *number;
        }
        if list.sites.len() <= MOST_SITES {
            list.sites.push(site.clone());
        }
        let number = (list.sites.len() - 1) as u16;
        list.numbers.insert(site, number);
        number
    }

    pub fn all(&self) -> Vec<Site> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).sites.clone()
    }

    /// Whether these can no longer be centres.
    pub fn are_too_many(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).sites.len() > MOST_SITES
    }
}

/// What an earlier look at all rows found: rows and sites that do not count.
#[derive(Debug, Default)]
pub struct Excluded {
    /// Sites of centres that stand in another net more often, sorted.
    pub sites: Vec<Site>,
    /// Rows of which the key is doubled, sorted.
    pub rows: Vec<Place>,
}

/// Everything a row is held against.
pub struct Rules<'a> {
    pub scheme: &'a Scheme,
    pub nomenclature: &'a Nomenclature,
    pub calendar: Calendar,
    pub sites: &'a Sites,
    pub excluded: &'a Excluded,
    /// For each file the school year that its folder names.
    pub folders: &'a [Option<SchoolYear>],
}

/// What became of the rows of a batch.
#[derive(Debug, Default)]
pub struct Judged {
    /// Sorted by bucket.
    pub rows: Vec<Packed>,
    /// Where each bucket begins in `rows`, and where the last ends.
    pub bounds: Vec<u32>,
    pub refused: Refused,
    pub read: u64,
    /// Rows of others than pupils.
    pub out_of_scope: u64,
    /// The keys of the rows, in short.
    pub keys: Option<KeyRun>,
}

impl Judged {
    pub fn bucket(&self, bucket: usize) -> &[Packed] {
        &self.rows[self.bounds[bucket] as usize..self.bounds[bucket + 1] as usize]
    }
}

/// Judges every row of a batch.
pub fn judge(batch: &Batch, rules: &Rules<'_>) -> Judged {
    let keys = batch.keys.as_deref().and_then(KeyRun::of);
    let mut judged = Judged { read: batch.len() as u64, keys, ..Judged::default() };
    let reading = Reading::new(batch, rules);
    let mut fitting = Vec::with_capacity(batch.len());
    for index in 0..batch.len() {
        match reading.what(index) {
            Ok(Some(what)) => fitting.push(reading.packed(index, what)),
            Ok(None) => judged.out_of_scope += 1,
            Err(reason) => judged.refused.add(reason, (batch.file, batch.row(index)), || reading.value(index, reason)),
        }
    }
    (judged.rows, judged.bounds) = into_buckets(&fitting);
    judged
}

fn into_buckets(rows: &[Packed]) -> (Vec<Packed>, Vec<u32>) {
    let bucket = |row: &Packed| (row.hash() >> 40) as usize % BUCKETS;
    let mut bounds = vec![0_u32; BUCKETS + 1];
    rows.iter().for_each(|row| bounds[bucket(row) + 1] += 1);
    for index in 0..BUCKETS {
        bounds[index + 1] += bounds[index];
    }
    let mut next = bounds.clone();
    let Some(first) = rows.first() else { return (Vec::new(), bounds) };
    let mut sorted = vec![*first; rows.len()];
    for row in rows {
        let at = &mut next[bucket(row)];
        sorted[*at as usize] = *row;
        *at += 1;
    }
    (sorted, bounds)
}

/// Of whom a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Client {
    Pupil,
    Other,
    /// Nothing, or nearly the word for a pupil.
    Unclear,
}

impl Client {
    fn of(word: &str) -> Self {
        match word {
            PUPIL => Client::Pupil,
            _ if word.is_empty() || word.eq_ignore_ascii_case(PUPIL) => Client::Unclear,
            _ => Client::Other,
        }
    }
}

/// A batch with the meaning of each of its words.
struct Reading<'a> {
    batch: &'a Batch,
    rules: &'a Rules<'a>,
    clients: Option<Vec<Client>>,
    topics: Vec<Option<u16>>,
    functions: Vec<Option<u8>>,
    segments: Vec<Option<u8>>,
    nets: Vec<Option<u8>>,
    /// For each centre and net the number of the site once it has been looked up, and whether it counts.
    sites: Vec<std::cell::Cell<Option<(u16, bool)>>>,
    folder: Option<SchoolYear>,
    /// The excluded rows of this batch.
    excluded: &'a [Place],
}

impl<'a> Reading<'a> {
    fn new(batch: &'a Batch, rules: &'a Rules<'a>) -> Self {
        let topics = &rules.nomenclature.topics;
        let at = |found: Option<usize>| found.map(|at| at as u8);
        Self {
            batch,
            rules,
            clients: batch.client.as_ref().map(|client| client.meanings(Client::of)),
            topics: batch.topic.meanings(|word| topics.iter().position(|topic| topic.code == word).map(|at| at as u16)),
            functions: batch.function.meanings(|word| at(FUNCTIONS.iter().position(|(name, _)| *name == word))),
            segments: batch.segment.meanings(|word| at(REGISTERED_SEGMENTS.iter().position(|name| *name == word))),
            nets: batch.net.meanings(|word| at(NETS.iter().position(|name| *name == word).filter(|at| *at > 0))),
            sites: vec![std::cell::Cell::new(None); batch.centre.words.len() * NETS.len()],
            folder: rules.folders.get(batch.file as usize).copied().flatten(),
            excluded: excluded_of(batch, rules.excluded),
        }
    }

    /// Of what a row is; `None` where it is of another client than a pupil.
    ///
    /// # Errors
    /// Why the row does not fit.
    #[inline]
    fn what(&self, index: usize) -> Result<Option<What>, Reason> {
        let batch = self.batch;
        if let (Some(clients), Some(client)) = (&self.clients, &batch.client) {
            match clients[client.codes[index] as usize] {
                Client::Pupil => {}
                Client::Other => return Ok(None),
                Client::Unclear => return Err(Reason::ClientMissing),
            }
        }
        if batch.pupils.keys[index] == 0 {
            return Err(Reason::PupilMissing);
        }
        if batch.pupils.keys[index] == SHORTENED {
            return Err(Reason::PupilShortened);
        }
        if batch.pupils.mixed.is(index) {
            return Err(Reason::PupilMixed);
        }
        let day = batch.days[index];
        let year = self.year(day)?;
        let topic = self.topics[batch.topic.codes[index] as usize].ok_or(Reason::TopicUnknown)?;
        if !self.rules.scheme.is_valid(usize::from(year), usize::from(topic)) {
            return Err(Reason::TopicNotValid);
        }
        let function = self.functions[batch.function.codes[index] as usize].ok_or(Reason::FunctionUnknown)?;
        let segment = self.segments[batch.segment.codes[index] as usize].ok_or(Reason::SegmentUnknown)?;
        let net = self.nets[batch.net.codes[index] as usize].ok_or(Reason::NetUnknown)?;
        let site = self.site(batch.centre.codes[index] as usize, net)?;
        if !self.excluded.is_empty() && self.excluded.binary_search(&(batch.file, batch.row(index))).is_ok() {
            return Err(Reason::DoubleKey);
        }
        let kind = usize::from(topic) * FUNCTION_COUNT + usize::from(function);
        Ok(Some(What::new(kind, segment, site, year, day)))
    }

    #[inline]
    fn year(&self, day: i32) -> Result<u8, Reason> {
        if day == NO_DAY {
            return Err(Reason::DateUnreadable);
        }
        let year = self.rules.calendar.year_of(day).ok_or(Reason::DateOutsideYears)?;
        match self.folder {
            Some(folder) if self.rules.scheme.years[usize::from(year)] != folder => Err(Reason::DateOutsideFolder),
            _ => Ok(year),
        }
    }

    #[inline]
    fn site(&self, centre: usize, net: u8) -> Result<u16, Reason> {
        let slot = &self.sites[centre * NETS.len() + usize::from(net)];
        let (number, counts) = match slot.get() {
            Some(known) => known,
            None => {
                let name = &self.batch.centre.words[centre];
                if name.is_empty() {
                    return Err(Reason::CentreMissing);
                }
                let site = Site { centre: name.clone(), net };
                let counts = self.rules.excluded.sites.binary_search(&site).is_err();
                let found = (if counts { self.rules.sites.number(name, net) } else { 0 }, counts);
                slot.set(Some(found));
                found
            }
        };
        if counts { Ok(number) } else { Err(Reason::CentreInTwoNets) }
    }

    fn packed(&self, index: usize, what: What) -> Packed {
        let no_key = self.batch.keys.as_ref().is_none_or(|keys| keys[index] == 0);
        let origin = u64::from(self.batch.file) << ROW_BITS | self.batch.row(index) | if no_key { NO_KEY } else { 0 };
        Packed { pupil: self.batch.pupils.keys[index], what, origin }
    }

    /// What stood there that does not fit.
    fn value(&self, index: usize, reason: Reason) -> String {
        let batch = self.batch;
        match reason {
            Reason::TopicUnknown | Reason::TopicNotValid => shown(batch.topic.of(index)),
            Reason::FunctionUnknown => shown(batch.function.of(index)),
            Reason::SegmentUnknown => shown(batch.segment.of(index)),
            Reason::NetUnknown => shown(batch.net.of(index)),
            Reason::CentreInTwoNets => format!("{} ({})", shown(batch.centre.of(index)), batch.net.of(index)),
            Reason::DateOutsideYears | Reason::DateOutsideFolder => {
                school_year_of(batch.days[index]).map(|year| year.to_string()).unwrap_or_default()
            }
            // A pseudonym or the key of a row is nobody's business, not even in a message.
            Reason::ClientMissing
            | Reason::PupilMissing
            | Reason::PupilShortened
            | Reason::PupilMixed
            | Reason::DateUnreadable
            | Reason::CentreMissing
            | Reason::DoubleKey => String::new(),
        }
    }
}

/// A word that can be a code; anything else may be a name or a number of a person in the wrong column.
fn shown(word: &str) -> String {
    let plain = word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._!".contains(letter));
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if plain && word.len() <= 60 && digits <= 2 { word.to_owned() } else { String::new() }
}

/// The excluded rows between the first and the last row of a batch.
fn excluded_of<'a>(batch: &Batch, excluded: &'a Excluded) -> &'a [Place] {
    if batch.len() == 0 {
        return &[];
    }
    let (first, last) = ((batch.file, batch.row(0)), (batch.file, batch.row(batch.len() - 1)));
    let from = excluded.rows.partition_point(|place| *place < first);
    let to = excluded.rows.partition_point(|place| *place <= last);
    &excluded.rows[from..to]
}

/// What a row is of, without counting it: for comparing rows of one key.
pub fn contents(batch: &Batch, rules: &Rules<'_>, wanted: &dyn Fn(usize) -> bool) -> Vec<(usize, u128, What)> {
    let reading = Reading::new(batch, rules);
    let fitting = |index: usize| reading.what(index).ok().flatten().map(|what| (index, batch.pupils.keys[index], what));
    (0..batch.len()).filter(|index| wanted(*index)).filter_map(fitting).collect()
}
