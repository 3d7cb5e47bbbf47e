//! The project's root and the only place that opens files of an edition. Every text is read once and remembered.

#![allow(clippy::disallowed_methods, reason = "this is the one place that opens and writes files")]

mod folders;
mod outside;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{FileId, SourceFile, Span};

pub use outside::{begin_folder, check_writable, is_inside_project, read_outside, read_text_outside, real_path, write_whole};

/// In bytes. A project holds texts, small tables and pictures.
const LARGEST: u64 = 64 << 20;

/// A folder that holds `content/` and `data/`.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    /// Paths by the number of their file, one list for all looks at the project: what was read in one look is spoken of in
    /// another.
    numbers: Arc<Mutex<Vec<String>>>,
    files: RwLock<Files>,
}

/// The texts that were read, by number.
#[derive(Debug, Default)]
struct Files {
    all: BTreeMap<FileId, Arc<SourceFile>>,
    /// Those of an earlier look at the project, not read again yet.
    old: BTreeSet<FileId>,
    /// Path → SHA-256 of what is no text and was read in this look, pictures for one.
    others: BTreeMap<String, String>,
}

impl Files {
    /// The text at this path as it was read in this look at the project.
    fn read(&self, path: &str) -> Option<&Arc<SourceFile>> {
        self.all.values().find(|file| file.path == path && !self.old.contains(&file.id))
    }
}

/// What the files of some folders hold: equal if and only if all of their names and bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Project {
    /// # Errors
    /// When the folder does not exist or holds no `content/` and `data/`.
    pub fn open(root: &Path) -> Result<Self, Diagnostic> {
        let missing = |message: String| Diagnostic::error(Code::FileMissing, None, message);
        let root = root.canonicalize().map_err(|_| missing(format!("de map {} bestaat niet", root.display())))?;
        if !(root.join("content").is_dir() && root.join("data").is_dir()) {
            let message = format!("{} is geen project: er is geen map content/ en data/", root.display());
            return Err(missing(message).help("Ga naar de map van het project of wijs haar aan met --project MAP."));
        }
        Ok(Self::at(root))
    }

    fn at(root: PathBuf) -> Self {
        Self { root, numbers: Arc::default(), files: RwLock::default() }
    }

    /// Texts that the program carries, as if they were files of a project; nothing else of it can be read or written.
    pub fn of_texts(texts: &[(&str, &str)]) -> Self {
        let project = Self::at(PathBuf::new());
        for (path, text) in texts {
            project.carry(path, text);
        }
        project
    }

    /// Remembers a text as if it had been read from this path, which it gives back.
    pub fn carry(&self, path: &str, text: &str) -> String {
        self.remember(path, text, Some(hash_of(text.as_bytes())));
        path.to_owned()
    }

    /// The nearest folder at or above `start` that is a project.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(start: &Path) -> Result<Self, Diagnostic> {
        let start = start.canonicalize().unwrap_or_else(|_| start.to_owned());
        start.ancestors().find_map(|folder| Self::open(folder).ok()).ok_or_else(|| {
            Diagnostic::error(Code::FileMissing, None, "hier, of in een map hierboven, is geen project: er is geen map content/ en data/")
                .help("Ga naar de map van het project of wijs haar aan met --project MAP.")
        })
    }

    /// The editions of the project, sorted by name.
    pub fn editions(&self) -> Vec<String> {
        let mut names: Vec<String> = walkdir::WalkDir::new(self.root.join("content"))
            .min_depth(1)
            .max_depth(1)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_dir() && entry.path().join("verslag.yaml").is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The edition of which another takes its text and definitions: what `inhoud_van` in its `verslag.yaml` says.
    pub fn base_of(&self, edition: &str) -> Option<String> {
        self.said_of(edition, "inhoud_van:").filter(|name| name != edition)
    }

    /// The school year that an edition says it is of, as it is written.
    pub fn school_year_of(&self, edition: &str) -> Option<String> {
        self.said_of(edition, "schooljaar:")
    }

    /// A plain value at the outermost level of an edition's `verslag.yaml`, for who may not read the whole of it.
    fn said_of(&self, edition: &str, key: &str) -> Option<String> {
        let file = self.read(&format!("content/{edition}/verslag.yaml")).ok()?;
        let value = file.text.lines().find_map(|line| line.strip_prefix(key))?;
        let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// # Errors
    /// When no such edition exists, and then names the ones that do; or when its folder may not be looked into.
    pub fn check_edition(&self, edition: &str) -> Result<(), Diagnostic> {
        let editions = self.editions();
        if editions.iter().any(|name| name == edition) {
            return Ok(());
        }
        for folder in ["content".to_owned(), format!("content/{edition}")] {
            let shut = fs::read_dir(self.root.join(&folder)).err().filter(|error| error.kind() == std::io::ErrorKind::PermissionDenied);
            if let Some(error) = shut {
                let message = format!("de map {folder}/ kan niet gelezen worden ({})", dutch_reason(&error));
                return Err(Diagnostic::error(Code::FileUnreadable, None, message).help("Vraag wie de map beheert om leesrecht."));
            }
        }
        let help = if editions.is_empty() {
            "Er is nog geen enkele editie in content/.".to_owned()
        } else {
            format!("Bestaande edities: {}.", editions.join(", "))
        };
        let diagnostic = Diagnostic::error(Code::EditionUnknown, None, format!("er is geen editie «{edition}»")).help(help);
        Err(diagnostic.suggest(edition, editions.iter().map(String::as_str)))
    }

    pub fn exists(&self, path: &str) -> bool {
        let carried = self.files.read().is_ok_and(|files| files.read(path).is_some());
        carried || self.root.join(path).exists()
    }

    /// The same project, to be looked at once more: every file is read again. A file keeps its number, and a text that
    /// did not change stays the one it was, so that what was made of it still knows its places.
    pub fn renewed(&self) -> Self {
        let all = self.files.read().map(|files| files.all.clone()).unwrap_or_default();
        let old = all.keys().copied().collect();
        let files = Files { all, old, others: BTreeMap::new() };
        Self { root: self.root.clone(), numbers: Arc::clone(&self.numbers), files: RwLock::new(files) }
    }

    /// The same project for who looks at it beside others, with nothing read yet.
    pub fn renewed_alone(&self) -> Self {
        Self::at(self.root.clone())
    }

    /// What these files hold now. Texts are remembered on the way, so that whoever reads them next sees the bytes that were
    /// looked at here.
    pub fn fingerprint(&self, paths: impl IntoIterator<Item = String>) -> Fingerprint {
        let mut digest = Sha256::new();
        for path in paths {
            for part in [&path, &self.hash_below(&path)] {
                digest.update(part.len().to_le_bytes());
                digest.update(part);
            }
        }
        Fingerprint(digest.finalize().into())
    }

    /// The SHA-256 of some files together, with their names.
    pub fn hash_of_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
        let lines: String = files.into_iter().map(|(name, bytes)| format!("{} {name}\n", hash_of(bytes))).collect();
        hash_of(lines.as_bytes())
    }

    /// The hash of a file, also of one that cannot be read: then of why not.
    fn hash_below(&self, path: &str) -> String {
        let is_text = [".yaml", ".yml", ".csv", ".json", ".typ"].iter().any(|ending| path.ends_with(ending));
        let hash = if is_text { self.sha256(path) } else { self.read_bytes(path).map(|_| self.hash_as_read(path)) };
        hash.unwrap_or_else(|diagnostic| diagnostic.message)
    }

    /// The hashes of files as they were read in this look at the project, and of those that were not, as they stand there.
    pub fn hashes(&self, paths: impl IntoIterator<Item = String>) -> BTreeMap<String, String> {
        let hash = |path: &String| Some(self.hash_as_read(path)).filter(|hash| !hash.is_empty());
        paths
            .into_iter()
            .map(|path| (hash(&path).unwrap_or_else(|| self.hash_below(&path)), path))
            .map(|(hash, path)| (path, hash))
            .collect()
    }

    /// Empty where it was not read.
    fn hash_as_read(&self, path: &str) -> String {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        let text = files.read(path).and_then(|file| file.sha256.clone());
        text.or_else(|| files.others.get(path).cloned()).unwrap_or_default()
    }

    /// Where a file of the project stands on disk.
    pub fn path_of(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Reads a text file of the project; the path is relative to the root, with `/`.
    ///
    /// # Errors
    /// When the path leads outside the project, or the file is absent, unreadable or not UTF-8.
    pub fn read(&self, path: &str) -> Result<Arc<SourceFile>, Diagnostic> {
        let read = self.files.read().ok().and_then(|files| files.read(path).cloned());
        if let Some(file) = read.filter(|file| file.sha256.is_some()) {
            return Ok(file);
        }
        let bytes = self.bytes_of(path)?;
        let hash = hash_of(&bytes);
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        match std::str::from_utf8(text) {
            Ok(text) => Ok(self.remember(path, text, Some(hash))),
            Err(error) => {
                // The readable part is remembered, so that the message can point at the first wrong character.
                let readable = String::from_utf8_lossy(&text[..error.valid_up_to()]).into_owned();
                let file = self.remember(path, &readable, None);
                let span = Span::new(file.id, readable.len(), readable.len());
                let (line, column) = file.position(readable.len());
                let message = format!("{path} is niet in UTF-8 bewaard; het eerste onleesbare teken staat op regel {line}, kolom {column}");
                Err(Diagnostic::error(Code::FileNotUtf8, span, message))
            }
        }
    }

    /// Like [`Project::read`], with the fault going to the sink.
    pub fn read_into(&self, path: &str, sink: &mut Sink) -> Option<Arc<SourceFile>> {
        self.read(path).map_err(|diagnostic| sink.push(diagnostic)).ok()
    }

    /// Reads any file of the project, and remembers its hash.
    ///
    /// # Errors
    /// When the path leads outside the project, or the file is absent or unreadable.
    pub fn read_bytes(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let bytes = self.bytes_of(path)?;
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.others.insert(path.to_owned(), hash_of(&bytes));
        Ok(bytes)
    }

    fn bytes_of(&self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let full = self.inside(path)?;
        let unreadable =
            |why: &str| Diagnostic::error(Code::FileUnreadable, None, format!("het bestand {path} kan niet gelezen worden ({why})"));
        if let Ok(data) = full.metadata() {
            if !data.is_file() {
                return Err(unreadable(if data.is_dir() { "het is een map" } else { "het is geen gewoon bestand" }));
            }
            if data.len() > LARGEST {
                return Err(unreadable("het is groter dan 64 MB"));
            }
        }
        fs::read(&full).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Diagnostic::error(Code::FileMissing, None, format!("het bestand {path} ontbreekt")),
            _ => Diagnostic::error(
                Code::FileUnreadable,
                None,
                format!("het bestand {path} kan niet gelezen worden ({})", dutch_reason(&error)),
            ),
        })
    }

    /// The SHA-256 of a text file in lower-case hexadecimals: of the bytes that were read, not of what stands there now.
    ///
    /// # Errors
    /// As [`Project::read`].
    pub fn sha256(&self, path: &str) -> Result<String, Diagnostic> {
        Ok(self.read(path)?.sha256.clone().unwrap_or_default())
    }

    /// The file with this number.
    pub fn file(&self, id: FileId) -> Option<Arc<SourceFile>> {
        self.files.read().ok()?.all.get(&id).cloned()
    }

    /// Every text file that was read so far.
    pub fn files(&self) -> Vec<Arc<SourceFile>> {
        let read = |files: &Files| files.all.values().filter(|file| !files.old.contains(&file.id)).cloned().collect();
        self.files.read().map(|files| read(&files)).unwrap_or_default()
    }

    /// Writes one file; see [`Project::write_all`].
    ///
    /// # Errors
    /// As [`Project::write_all`].
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.write_all(&[(path.to_owned(), bytes)])
    }

    /// Writes files of the project, each whole or not at all: under a temporary name in its own folder first, and only
    /// when all of them stand there are they renamed. Until then a failure leaves what was there; the renames
    /// themselves need no room.
    ///
    /// # Errors
    /// When a folder cannot be made or written, or the disk is full.
    pub fn write_all(&self, files: &[(String, impl AsRef<[u8]>)]) -> Result<(), Diagnostic> {
        let fault = |path: &str, error: &std::io::Error| not_written(path, &dutch_reason(error));
        let mut waiting = Vec::with_capacity(files.len());
        for (path, bytes) in files {
            let full = self.inside(path)?;
            if full.is_dir() {
                return Err(not_written(path, IS_FOLDER));
            }
            let file = written_beside(&full, bytes.as_ref()).map_err(|error| fault(path, &error))?;
            waiting.push((path, full, file));
        }
        // Some file systems report a full disk only here; after the rename it would be too late. All files are written
        // before the first is synced, so that the disk works once.
        for (path, _, file) in &waiting {
            file.as_file().sync_data().map_err(|error| fault(path, &error))?;
        }
        for (path, full, file) in waiting {
            file.persist(full).map_err(|error| fault(path, &error.error))?;
        }
        Ok(())
    }

    /// Keeps others from writing the outputs of an edition for as long as the guard lives. One who writes at this moment
    /// is waited for, and told of. `None` where a file system knows no locks: there the renames alone must do.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn reserve(&self, folder: &str, sink: &mut Sink) -> Result<Option<fs::File>, Diagnostic> {
        let full = self.inside(folder)?;
        fs::create_dir_all(&full).map_err(|error| not_written(folder, &dutch_reason(&error)))?;
        let Ok(guard) = fs::File::open(full) else { return Ok(None) };
        if matches!(guard.try_lock(), Err(fs::TryLockError::WouldBlock)) && guard.lock().is_ok() {
            let message = format!("een andere opdracht schreef op hetzelfde ogenblik in {folder}/; wat er nu staat, is van deze opdracht");
            sink.push(Diagnostic::warning(Code::FileBusy, None, message));
        }
        Ok(Some(guard))
    }

    /// Removes the files directly in a folder that are not among `kept` and whose name `is_ours` knows as one of ours.
    /// What cannot be removed is only worth a warning: everything new stands already.
    pub fn remove_others(&self, folder: &str, kept: &[&str], is_ours: fn(&str) -> bool, sink: &mut Sink) {
        let stale = self.list(folder, "").into_iter().filter(|name| is_ours(name) && !kept.contains(&name.as_str()));
        for name in stale {
            let path = format!("{folder}{name}");
            let removed = self.inside(&path).is_ok_and(|full| fs::remove_file(full).is_ok());
            if !removed {
                let message = format!("{path} is van een vorig verslag en kon niet weg");
                sink.push(Diagnostic::warning(Code::FileNotWritten, None, message).help("Verwijder het bestand zelf."));
            }
        }
    }

    fn remember(&self, path: &str, text: &str, sha256: Option<String>) -> Arc<SourceFile> {
        let id = self.number_of(path);
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.old.remove(&id);
        if let Some(same) = files.all.get(&id).filter(|file| sha256.is_some() && file.sha256 == sha256) {
            return Arc::clone(same);
        }
        let file = Arc::new(SourceFile::new(id, path.to_owned(), text.into(), sha256));
        files.all.insert(id, Arc::clone(&file));
        file
    }

    fn number_of(&self, path: &str) -> FileId {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = numbers.iter().position(|known| known == path);
        let at = known.unwrap_or_else(|| {
            numbers.push(path.to_owned());
            numbers.len() - 1
        });
        FileId(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The path on disk, refused where `..` or a symbolic link leads out of the project.
    fn inside(&self, path: &str) -> Result<PathBuf, Diagnostic> {
        let outside = || Diagnostic::error(Code::FileOutside, None, format!("het pad {path} leidt buiten het project"));
        let relative = Path::new(path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(outside());
        }
        let full = self.root.join(relative);
        // What does not exist yet is judged by the nearest folder that does.
        let existing = full.ancestors().find_map(|ancestor| ancestor.canonicalize().ok());
        let is_link = full.symlink_metadata().is_ok_and(|data| data.is_symlink()) && full.canonicalize().is_err();
        match existing {
            Some(real) if real.starts_with(&self.root) && !is_link => Ok(full),
            _ => Err(outside()),
        }
    }
}

const IS_FOLDER: &str = "er staat een map met die naam";

fn not_written(path: impl std::fmt::Display, why: &str) -> Diagnostic {
    Diagnostic::error(Code::FileNotWritten, None, format!("{path} kon niet geschreven worden ({why})"))
}

/// The SHA-256 in lower-case hexadecimals.
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a path is of a file that a program keeps for itself, such as an editor's copy while it writes: a part of it
/// begins with a point, or it ends with `~` or, as our own do, with `.lock`.
pub fn is_of_a_program(path: &str) -> bool {
    path.ends_with('~') || path.ends_with(".lock") || path.split('/').any(|part| part.starts_with('.') && ![".", ".."].contains(&part))
}

/// How the names of files begin that are not complete.
const TEMPORARY: &str = ".jaarverslag-";

/// The bytes in a temporary file in the folder of `path`.
fn written_beside(path: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    file.write_all(bytes)?;
    set_usual_permissions(file.as_file())?;
    Ok(file)
}

/// A temporary file is readable by its owner alone; a report is not a secret.
#[cfg(unix)]
fn set_usual_permissions(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}

fn dutch_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "de schijf is vol".to_owned(),
        std::io::ErrorKind::PermissionDenied => "u hebt er het recht niet toe".to_owned(),
        std::io::ErrorKind::IsADirectory => "het is een map".to_owned(),
        std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => "waar een map moet komen, staat een bestand".to_owned(),
        std::io::ErrorKind::ReadOnlyFilesystem => "de schijf is alleen-lezen".to_owned(),
        std::io::ErrorKind::NotFound => "het bestaat niet".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_looks_never_give_two_files_one_number() {
        let project = Project::of_texts(&[("een", "1")]);
        let (one, other) = (project.renewed(), project.renewed());
        let number = |project: &Project, path: &str| project.read(&project.carry(path, "x")).expect("it is carried").id;
        assert_ne!(number(&one, "twee"), number(&other, "drie"));
        assert_eq!(number(&one, "drie"), number(&other, "drie"));
    }
}
