//! The files of registrations: found, opened, and cut into pieces that can be read by themselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::batch::{Batch, Mixed};
use super::dates::school_year_of;
use super::delimited::{Delimited, FileFault, Looks};
use super::parquet::ParquetFile;
use super::{NotCounted, Watch};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::SchoolYear;

/// The files of a count, in the order of their paths.
pub struct Intake {
    pub files: Vec<RegistrationFile>,
    /// Whether most pseudonyms are numbers.
    numbers: bool,
    /// What the pseudonyms of all CSV files look like.
    looks: Looks,
    /// Folders of school years that were not asked for.
    pub skipped: Vec<SchoolYear>,
}

/// One file.
pub struct RegistrationFile {
    path: PathBuf,
    /// As it was given, for messages.
    pub name: String,
    /// The school year that a folder `schooljaar=…` names.
    pub folder: Option<SchoolYear>,
    pub rows: u64,
    form: Form,
}

enum Form {
    Parquet(ParquetFile),
    Csv(Delimited),
}

/// A part of a file that is read in one go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub file: u32,
    /// The row group of a Parquet file; a CSV file is one piece.
    group: usize,
    pub rows: u64,
    /// The first and last school year in it, where that is known beforehand.
    pub years: Option<(SchoolYear, SchoolYear)>,
}

impl Intake {
    /// Finds and opens all files, leaving out folders of other school years than `wanted`.
    ///
    /// # Errors
    /// Everything that is wrong with any of the files, or that the watch wants to stop.
    pub fn open(paths: &[PathBuf], wanted: &dyn Fn(SchoolYear) -> bool, watch: &dyn Watch) -> Result<Self, NotCounted> {
        let mut faults = Vec::new();
        let mut found = found(paths, &mut faults);
        let skipped: BTreeSet<SchoolYear> = found.iter().filter_map(|(_, path)| folder_year(path)).filter(|year| !wanted(*year)).collect();
        found.retain(|(_, path)| folder_year(path).is_none_or(wanted));
        if found.is_empty() && faults.is_empty() {
            let message = format!("alle mappen zijn van schooljaren die hier niet geteld worden ({})", years_in_words(&skipped));
            let help = "Geef de map van een ander schooljaar, of kies bij count de schooljaren met --years.";
            faults.push(Diagnostic::error(Code::CountFile, None, message).help(help));
        }
        let mut looks = Looks::default();
        let opened = found.into_iter().filter_map(|(name, path)| RegistrationFile::open(name, path, &mut looks, watch, &mut faults));
        let files: Vec<RegistrationFile> = opened.collect();
        if !watch.goes_on(0) {
            return Err(NotCounted::Interrupted);
        }
        if faults.is_empty() && files.iter().all(|file| file.rows == 0) {
            let empty = Diagnostic::error(Code::CountFile, None, "de bestanden hebben geen enkele rij");
            faults.push(empty.help("Kijk na of u de juiste bestanden koos."));
        }
        check_fictitious(&files, &mut faults);
        if !faults.is_empty() {
            return Err(NotCounted::Faults(faults));
        }
        let numbers = most_are_numbers(&files, &looks);
        Ok(Self { files, numbers, looks, skipped: skipped.into_iter().collect() })
    }

    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// Whether the files say that their rows are made up.
    pub fn is_fictitious(&self) -> bool {
        self.files.iter().any(RegistrationFile::is_fictitious)
    }

    /// The parts of all files, early school years first, so that a year can be finished when it has been read.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = (0_u32..).zip(&self.files).flat_map(|(number, file)| file.pieces(number)).collect();
        pieces.sort_by_key(|piece| (piece.years.map(|(first, _)| first), piece.file, piece.group));
        pieces
    }

    /// Reads a piece and hands its rows on, in batches.
    ///
    /// # Errors
    /// When the file is broken off or changed meanwhile, or whoever takes the batches has enough.
    pub fn read<E: From<Diagnostic>>(&self, piece: Piece, batches: &mut dyn FnMut(Batch) -> Result<(), E>) -> Result<(), E> {
        let file = &self.files[piece.file as usize];
        match &file.form {
            Form::Parquet(parquet) => {
                let mixed = if parquet.has_numbers == self.numbers { Mixed::None } else { Mixed::All };
                let batch = parquet.read(&file.path, piece.file, piece.group, mixed).map_err(|message| file.fault(None, &message))?;
                batches(batch)
            }
            Form::Csv(csv) => {
                let mut rows = csv.rows(&file.path).map_err(|fault| file.csv_fault(&fault))?;
                while let Some(batch) = rows.batch(piece.file, &self.looks, self.numbers).map_err(|fault| file.csv_fault(&fault))? {
                    batches(batch)?;
                }
                Ok(())
            }
        }
    }

    /// Reads a piece and hands the keys of its rows on, where the file has keys.
    ///
    /// # Errors
    /// As [`Intake::read`].
    pub fn read_keys<E: From<Diagnostic>>(&self, piece: Piece, keys: &mut dyn FnMut(Vec<u128>) -> Result<(), E>) -> Result<(), E> {
        let file = &self.files[piece.file as usize];
        match &file.form {
            Form::Parquet(parquet) => {
                let own = parquet.read_row_keys(&file.path, piece.group).map_err(|message| file.fault(None, &message))?;
                own.map_or(Ok(()), keys)
            }
            Form::Csv(_) => self.read(piece, &mut |batch| batch.keys.map_or(Ok(()), &mut *keys)),
        }
    }

    /// Whether a piece can be read beside others; a CSV file hands on batch after batch.
    pub fn is_one_batch(&self, piece: Piece) -> bool {
        matches!(self.files[piece.file as usize].form, Form::Parquet(_))
    }
}

impl RegistrationFile {
    fn open(name: String, path: PathBuf, looks: &mut Looks, watch: &dyn Watch, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let folder = folder_year(&path);
        let mut file = Self { path, name, folder, rows: 0, form: Form::Csv(Delimited::default()) };
        let opened = if ending(&file.path) == "parquet" { file.open_parquet() } else { file.open_csv(looks, watch) };
        opened.map_err(|found| faults.extend(found)).ok()?;
        Some(file)
    }

    fn open_parquet(&mut self) -> Result<(), Vec<Diagnostic>> {
        let faults = |messages: Vec<String>| messages.iter().map(|message| self.fault(None, message)).collect::<Vec<_>>();
        let parquet = ParquetFile::open(&self.path).map_err(faults)?;
        self.rows = parquet.rows();
        self.form = Form::Parquet(parquet);
        Ok(())
    }

    fn open_csv(&mut self, looks: &mut Looks, watch: &dyn Watch) -> Result<(), Vec<Diagnostic>> {
        let csv = Delimited::open(&self.path).map_err(|faults| faults.iter().map(|fault| self.csv_fault(fault)).collect::<Vec<_>>())?;
        let (own, rows) = csv.scan(&self.path, &|| watch.goes_on(0)).map_err(|fault| vec![self.csv_fault(&fault)])?;
        looks.merge(&own);
        self.rows = rows;
        self.form = Form::Csv(csv);
        Ok(())
    }

    fn is_fictitious(&self) -> bool {
        matches!(&self.form, Form::Parquet(parquet) if parquet.fictitious)
    }

    fn pieces(&self, number: u32) -> Vec<Piece> {
        let folder = self.folder.map(|year| (year, year));
        match &self.form {
            Form::Csv(_) => vec![Piece { file: number, group: 0, rows: self.rows, years: folder }],
            Form::Parquet(parquet) => {
                let years = |group: usize| {
                    let (first, last) = parquet.days(group)?;
                    Some((school_year_of(first)?, school_year_of(last)?))
                };
                let groups = parquet.groups().enumerate();
                groups.map(|(group, rows)| Piece { file: number, group, rows, years: folder.or_else(|| years(group)) }).collect()
            }
        }
    }

    fn csv_fault(&self, fault: &FileFault) -> Diagnostic {
        self.fault(fault.line, &fault.message)
    }

    fn fault(&self, line: Option<u64>, message: &str) -> Diagnostic {
        let line = line.map(|line| format!(", regel {line}")).unwrap_or_default();
        Diagnostic::error(Code::CountFile, None, format!("{}{line}: {message}", self.name))
    }
}

/// The files at the paths and below folders, each once, in the order of their paths; a file goes by the path that was given.
fn found(paths: &[PathBuf], faults: &mut Vec<Diagnostic>) -> Vec<(String, PathBuf)> {
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            files.extend(below(path).map(|file| (file.display().to_string(), file)));
            if files.len() == before {
                let help = "Kijk na of alles geleverd is, of laat de map weg.";
                faults.push(unusable(path, "bevat geen bestanden met registraties (.parquet of .csv)", help));
            }
        } else if path.is_file() && is_registrations(path) {
            files.push((path.display().to_string(), path.clone()));
        } else if path.exists() {
            faults.push(unusable(path, "is geen .parquet of .csv", "Bewaar een werkmap in Excel als «CSV UTF-8»."));
        } else {
            faults.push(unusable(path, "bestaat niet", "Kijk de naam en de map na."));
        }
    }
    files.sort();
    let mut seen = BTreeSet::new();
    files.retain(|(_, path)| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    files
}

fn unusable(path: &Path, what: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::CountFile, None, format!("{} {what}", path.display())).help(help)
}

fn below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries =
        walkdir::WalkDir::new(folder).follow_links(true).into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    entries.filter_map(Result::ok).map(walkdir::DirEntry::into_path).filter(|path| path.is_file() && is_registrations(path))
}

/// Programs that write folders of Parquet keep notes beside them, under names that begin so.
fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(['.', '_'])
}

fn is_registrations(path: &Path) -> bool {
    ["parquet", "csv"].contains(&ending(path).as_str())
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The school year that one of the folders of a path names: `schooljaar=2024-2025`.
fn folder_year(path: &Path) -> Option<SchoolYear> {
    path.components().rev().find_map(|part| SchoolYear::parse(part.as_os_str().to_str()?.strip_prefix("schooljaar=")?))
}

pub fn years_in_words<'a>(years: impl IntoIterator<Item = &'a SchoolYear>) -> String {
    years.into_iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Real and made-up pupils are never counted together.
fn check_fictitious(files: &[RegistrationFile], faults: &mut Vec<Diagnostic>) {
    let (made_up, real): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.is_fictitious());
    if let (Some(made_up), Some(real)) = (made_up.first(), real.first()) {
        let message = format!("{} is verzonnen (door synthesize gemaakt) en {} niet", made_up.name, real.name);
        faults.push(Diagnostic::error(Code::CountFile, None, message).help("Tel verzonnen en echte registraties apart."));
    }
}

/// Whether more rows have a number for a pseudonym than another text; where they are as many, text.
fn most_are_numbers(files: &[RegistrationFile], looks: &Looks) -> bool {
    let (mut numbers, mut texts) = looks.counts();
    for file in files {
        if let Form::Parquet(parquet) = &file.form {
            *(if parquet.has_numbers { &mut numbers } else { &mut texts }) += file.rows;
        }
    }
    numbers > texts
}
