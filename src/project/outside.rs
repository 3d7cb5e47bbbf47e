//! Files that stand outside any project: what users name on the command line.

use std::fs;
use std::path::{Path, PathBuf};

use super::{IS_FOLDER, Project, TEMPORARY, dutch_reason, not_written, written_beside};
use crate::diagnostic::{Code, Diagnostic};

/// Writes a file outside any project, whole or not at all.
///
/// # Errors
/// When its folder cannot be written, or the disk is full.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let fault = |error: &std::io::Error| not_written(path.display(), &dutch_reason(error));
    let file = written_beside(path, bytes).map_err(|error| fault(&error))?;
    file.as_file().sync_data().map_err(|error| fault(&error))?;
    file.persist(path).map_err(|error| fault(&error.error))?;
    Ok(())
}

/// Looks beforehand whether a file can be written here, for who would have to wait long to hear it.
///
/// # Errors
/// As [`write_whole`].
pub fn check_writable(path: &Path) -> Result<(), Diagnostic> {
    if path.is_dir() {
        return Err(not_written(path.display(), IS_FOLDER));
    }
    // In the nearest folder that there is, for a count that fails makes no folders either.
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = full.ancestors().skip(1).find(|ancestor| ancestor.exists()).unwrap_or(Path::new("."));
    let tried = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder);
    tried.map(drop).map_err(|error| not_written(path.display(), &dutch_reason(&error)))
}

/// A new project in a folder that is none and lies in none. The folder is made where it does not exist.
///
/// # Errors
/// When it lies in a project, holds `content` or `data` already, or cannot be made.
pub fn begin_folder(folder: &Path) -> Result<Project, Diagnostic> {
    let fault = |message: String| Diagnostic::error(Code::BeginName, None, message);
    if is_inside_project(folder) {
        return Err(fault(format!("{} ligt al in een project", folder.display())).help("Kies een map buiten elk project."));
    }
    let there = ["content", "data"].into_iter().find(|name| folder.join(name).symlink_metadata().is_ok());
    if let Some(name) = there {
        let message = format!("in {} staat al een {name}; er is niets gewijzigd", folder.display());
        return Err(fault(message).help("Begin in een lege map."));
    }
    fs::create_dir_all(folder).map_err(|error| not_written(folder.display(), &dutch_reason(&error)))?;
    let root = folder.canonicalize().map_err(|error| not_written(folder.display(), &dutch_reason(&error)))?;
    Ok(Project::at(root))
}

/// Whether a path, which need not exist yet, lies in a folder that is a project.
pub fn is_inside_project(path: &Path) -> bool {
    real_path(path).ancestors().any(|folder| folder.is_dir() && Project::open(folder).is_ok())
}

/// Where a path leads once its links are followed, as far as it exists.
pub fn real_path(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = |ancestor: &Path| {
        let behind = full.strip_prefix(ancestor).ok()?;
        let real = ancestor.canonicalize().ok()?;
        // Joining nothing would add a separator.
        Some(if behind.as_os_str().is_empty() { real } else { real.join(behind) })
    };
    full.ancestors().find_map(real).unwrap_or_else(|| full.clone())
}

/// Reads a file outside any project.
///
/// # Errors
/// When it is absent or unreadable.
pub fn read_outside(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    fs::read(path).map_err(|error| unreadable_outside(path, &dutch_reason(&error)))
}

/// Reads a text file outside any project.
///
/// # Errors
/// When it is absent, unreadable or not UTF-8.
pub fn read_text_outside(path: &Path) -> Result<String, Diagnostic> {
    String::from_utf8(read_outside(path)?).map_err(|_| unreadable_outside(path, "het is niet in UTF-8 bewaard"))
}

fn unreadable_outside(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error(Code::FileUnreadable, None, format!("{} kan niet gelezen worden ({why})", path.display()))
}
