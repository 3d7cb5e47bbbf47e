//! One look at all rows, wave by wave: read and judged on all cores, then taken into the tally.

use rayon::prelude::*;

use super::Watch;
use super::batch::Batch;
use super::cells::{YearPupils, pupils_of_year};
use super::dates::Calendar;
use super::doubles::{self, Claim, KeyRun, Portion};
use super::intake::{Intake, Piece};
use super::judge::{Excluded, Judged, MOST_SITES, Rules, Site, Sites, contents, judge};
use super::reasons::{Refused, Rows};
use super::scheme::Scheme;
use super::tally::{BySite, Interventions, Tally};
use crate::data::Definitions;
use crate::diagnostic::{Code, Diagnostic};
use crate::units::SchoolYear;

/// Rows of a wave: enough for all cores, few enough to hold.
const WAVE: u64 = 1 << 20;

/// Everything a run needs.
pub struct Run<'a> {
    pub intake: &'a Intake,
    pub scheme: &'a Scheme,
    pub definitions: &'a Definitions,
    pub watch: &'a dyn Watch,
}

/// What all rows come to.
pub struct Found {
    /// For each school year of the scheme.
    pub years: Vec<YearPupils>,
    pub interventions: BySite,
    pub sites: Vec<Site>,
    pub refused: Refused,
    pub read: u64,
    pub out_of_scope: u64,
    /// Rows without a key that equal an earlier one.
    pub equal: Rows,
    runs: Vec<KeyRun>,
}

/// Why a run ended early.
pub enum Stopped {
    Fault(Box<Diagnostic>),
    Interrupted,
}

impl From<Diagnostic> for Stopped {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Fault(Box::new(diagnostic))
    }
}

impl Run<'_> {
    /// Looks at all rows, and once more where that look finds rows or sites that do not count.
    ///
    /// # Errors
    /// When a file is broken, or the watch wants to stop.
    pub fn whole<const W: usize>(&self) -> Result<Found, Stopped> {
        let first = self.once::<W>(&Excluded::default())?;
        let mut excluded = Excluded { sites: in_another_net(&first.sites, &first.interventions), rows: Vec::new() };
        if doubles::may_hold_doubles(&first.runs) {
            excluded.rows = self.doubled_rows(&excluded)?;
        }
        if excluded.sites.is_empty() && excluded.rows.is_empty() { Ok(first) } else { self.once::<W>(&excluded) }
    }

    fn rules<'r>(&'r self, sites: &'r Sites, excluded: &'r Excluded, folders: &'r [Option<SchoolYear>]) -> Rules<'r> {
        let calendar = Calendar::new(&self.scheme.years);
        Rules { scheme: self.scheme, nomenclature: &self.definitions.nomenclature, calendar, sites, excluded, folders }
    }

    fn folders(&self) -> Vec<Option<SchoolYear>> {
        self.intake.files.iter().map(|file| file.folder).collect()
    }

    fn once<const W: usize>(&self, excluded: &Excluded) -> Result<Found, Stopped> {
        let (sites, folders) = (Sites::default(), self.folders());
        let rules = self.rules(&sites, excluded, &folders);
        let interventions = Interventions::new(self.scheme);
        let mut tally = Tally::<W>::new(self.scheme);
        let mut sums = Sums::default();
        let pieces = self.intake.pieces();
        let mut years = Vec::new();
        self.watch.begin(self.intake.rows());
        let mut rest = pieces.as_slice();
        while let Some(first) = rest.first() {
            let wave = if self.intake.is_one_batch(*first) { self.wave(rest) } else { 1 };
            let (now, later) = rest.split_at(wave);
            let mut take_in = |judged: Vec<Judged>| {
                check_sites(&sites)?;
                check_years(&judged, years.len())?;
                self.take_in(judged, &mut tally, &mut sums)
            };
            if self.intake.is_one_batch(*first) {
                take_in(self.judged(now, &rules, &interventions)?)?;
            } else {
                self.stream(*first, &rules, &interventions, &mut take_in)?;
            }
            rest = later;
            self.finish_years(&mut tally, &sites, later, &mut years, &mut sums);
        }
        self.finish_years(&mut tally, &sites, &[], &mut years, &mut sums);
        let Sums { refused, read, out_of_scope, equal, runs } = sums;
        Ok(Found { years, interventions: interventions.merged(), sites: sites.all(), refused, read, out_of_scope, equal, runs })
    }

    /// How many pieces go together.
    fn wave(&self, pieces: &[Piece]) -> usize {
        let mut rows = 0;
        let fits = |piece: &&Piece| {
            let room = rows < WAVE && self.intake.is_one_batch(**piece);
            rows += piece.rows;
            room
        };
        pieces.iter().take_while(fits).count()
    }

    /// Reads and judges pieces side by side.
    fn judged(&self, pieces: &[Piece], rules: &Rules<'_>, interventions: &Interventions) -> Result<Vec<Judged>, Diagnostic> {
        let judged = pieces.par_iter().map(|piece| {
            let mut judged = Vec::new();
            self.intake.read(*piece, &mut |batch| {
                judged.push(judged_and_counted(&batch, rules, interventions));
                Ok::<(), Diagnostic>(())
            })?;
            Ok(judged)
        });
        Ok(judged.collect::<Result<Vec<_>, Diagnostic>>()?.into_iter().flatten().collect())
    }

    /// Reads a file from the front, some batches at a time.
    fn stream(
        &self,
        piece: Piece,
        rules: &Rules<'_>,
        interventions: &Interventions,
        take_in: &mut dyn FnMut(Vec<Judged>) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        let mut waiting: Vec<Batch> = Vec::new();
        let mut judge_all = |waiting: &mut Vec<Batch>| {
            let judged = waiting.par_iter().map(|batch| judged_and_counted(batch, rules, interventions)).collect();
            waiting.clear();
            take_in(judged)
        };
        self.intake.read(piece, &mut |batch| {
            waiting.push(batch);
            let is_enough = waiting.len() >= 2 * rayon::current_num_threads();
            if is_enough { judge_all(&mut waiting) } else { Ok(()) }
        })?;
        judge_all(&mut waiting)
    }

    fn take_in<const W: usize>(&self, judged: Vec<Judged>, tally: &mut Tally<W>, sums: &mut Sums) -> Result<(), Stopped> {
        tally.add(&judged);
        let read: u64 = judged.iter().map(|judged| judged.read).sum();
        for judged in judged {
            sums.runs.extend(judged.keys);
            sums.refused.merge(judged.refused);
            sums.read += judged.read;
            sums.out_of_scope += judged.out_of_scope;
        }
        self.go_on(read)
    }

    /// Tells the watch of so many rows more.
    fn go_on(&self, rows: u64) -> Result<(), Stopped> {
        if self.watch.goes_on(rows) { Ok(()) } else { Err(Stopped::Interrupted) }
    }

    /// Finishes the years of which no rows are to come, so that their pupils need no room any more.
    fn finish_years<const W: usize>(
        &self,
        tally: &mut Tally<W>,
        sites: &Sites,
        later: &[Piece],
        years: &mut Vec<YearPupils>,
        sums: &mut Sums,
    ) {
        let unknown = later.iter().any(|piece| piece.years.is_none());
        let next = later.iter().filter_map(|piece| piece.years).map(|(first, _)| first).min();
        let done = |year: &SchoolYear| !unknown && next.is_none_or(|next| *year < next);
        while self.scheme.years.get(years.len()).is_some_and(done) {
            let (pupils, equal) = pupils_of_year(tally, self.scheme, years.len(), &sites.all());
            years.push(pupils);
            sums.equal.merge(equal);
        }
    }

    /// The rows that do not count because their key is doubled.
    fn doubled_rows(&self, excluded: &Excluded) -> Result<Vec<super::reasons::Place>, Stopped> {
        let pieces = self.intake.pieces();
        let doubled = self.doubled_keys(&pieces)?;
        let (sites, folders) = (Sites::default(), self.folders());
        let rules = self.rules(&sites, excluded, &folders);
        let mut claims: std::collections::BTreeMap<u128, Vec<Claim>> = std::collections::BTreeMap::new();
        for piece in pieces.iter().filter(|_| !doubled.is_empty()) {
            self.intake.read(*piece, &mut |batch| {
                let key = |index: usize| batch.keys.as_ref().map_or(0, |keys| keys[index]);
                for (index, pupil, what) in contents(&batch, &rules, &|index| doubled.binary_search(&key(index)).is_ok()) {
                    claims.entry(key(index)).or_default().push(((batch.file, batch.row(index)), pupil, what));
                }
                self.go_on(0)
            })?;
        }
        Ok(doubles::excluded(claims))
    }

    /// The keys that occur more than once, sorted: looked for portion by portion, so that few of them are held at once.
    fn doubled_keys(&self, pieces: &[Piece]) -> Result<Vec<u128>, Stopped> {
        let of_portion = |portion: &Portion| -> Result<Vec<u128>, Stopped> {
            let of_piece = |piece: &Piece| -> Result<Vec<u128>, Stopped> {
                let mut found = Vec::new();
                self.intake.read_keys(*piece, &mut |keys| {
                    found.extend(keys.into_iter().filter(|key| portion.holds(*key)));
                    self.go_on(0)
                })?;
                Ok(found)
            };
            let parts = pieces.par_iter().map(of_piece).collect::<Result<Vec<_>, Stopped>>()?;
            let mut keys = Vec::with_capacity(parts.iter().map(Vec::len).sum());
            parts.into_iter().for_each(|part| keys.extend(part));
            Ok(doubles::doubled(keys))
        };
        let portions = Portion::all(self.intake.rows());
        let found = portions.iter().map(of_portion).collect::<Result<Vec<_>, Stopped>>()?;
        let mut doubled = found.concat();
        doubled.sort_unstable();
        Ok(doubled)
    }
}

fn check_sites(sites: &Sites) -> Result<(), Diagnostic> {
    if !sites.are_too_many() {
        return Ok(());
    }
    let message = format!("de kolom «centrum» noemt meer dan {MOST_SITES} centra");
    Err(Diagnostic::error(Code::CountFile, None, message).help("Kijk na of de kolommen juist heten."))
}

/// A year is finished when no rows of it are to come. Whoever says that is the file, and it may be wrong.
fn check_years(judged: &[Judged], finished: usize) -> Result<(), Diagnostic> {
    let is_late = judged.iter().flat_map(|judged| &judged.rows).any(|row| row.what.year() < finished);
    if !is_late {
        return Ok(());
    }
    Err(Diagnostic::error(Code::CountFile, None, "een bestand geeft andere eerste en laatste dagen op dan erin staan"))
}

/// What is added up over the waves.
#[derive(Default)]
struct Sums {
    refused: Refused,
    read: u64,
    out_of_scope: u64,
    equal: Rows,
    runs: Vec<KeyRun>,
}

fn judged_and_counted(batch: &Batch, rules: &Rules<'_>, interventions: &Interventions) -> Judged {
    let judged = judge(batch, rules);
    interventions.add(&judged);
    judged
}

/// The sites of centres that stand in another net with more rows; with as many, the net that comes first by name counts.
fn in_another_net(sites: &[Site], interventions: &BySite) -> Vec<Site> {
    let rows = |site: &Site| sites.iter().position(|other| other == site).map_or(0, |at| interventions.total(at));
    let net = |site: &Site| crate::data::NETS[usize::from(site.net)];
    let is_better = |other: &Site, site: &Site| (rows(other), std::cmp::Reverse(net(other))) > (rows(site), std::cmp::Reverse(net(site)));
    let beaten = |site: &&Site| sites.iter().any(|other| other.centre == site.centre && other != *site && is_better(other, site));
    let mut found: Vec<Site> = sites.iter().filter(beaten).cloned().collect();
    found.sort();
    found
}
