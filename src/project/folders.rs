//! Which files there are in the folders of a project.

use super::{Project, is_of_a_program};

impl Project {
    /// The file names (no folders) with this ending directly in a folder of the project, sorted.
    pub fn list(&self, folder: &str, ending: &str) -> Vec<String> {
        let entries = walkdir::WalkDir::new(self.root.join(folder)).min_depth(1).max_depth(1).sort_by_file_name();
        let names = entries.into_iter().filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
        names.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|name| name.ends_with(ending)).collect()
    }

    /// The files at any depth below a folder of the project, relative to that folder, with `/`, sorted. Links are left out.
    pub fn files_below(&self, folder: &str) -> Vec<String> {
        self.names_below(folder, false)
    }

    fn names_below(&self, folder: &str, follow_links: bool) -> Vec<String> {
        let top = self.root.join(folder);
        let entries = walkdir::WalkDir::new(&top).follow_links(follow_links).sort_by_file_name().into_iter();
        // A link out of the project may lead to the whole disk; reading it is refused.
        let is_inside = |entry: &walkdir::DirEntry| {
            !entry.path_is_symlink() || entry.path().canonicalize().is_ok_and(|real| real.starts_with(&self.root))
        };
        let entries = entries.filter_entry(is_inside).filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file());
        let relative = |entry: walkdir::DirEntry| {
            let parts = entry.path().strip_prefix(&top).ok()?.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
            Some(parts.collect::<Vec<_>>().join("/"))
        };
        files.filter_map(relative).collect()
    }

    /// The paths of all files below a folder that an edition may be made of: links are followed, and what programs keep for
    /// themselves ([`is_of_a_program`]) is left out.
    pub fn paths_below(&self, folder: &str) -> Vec<String> {
        let paths = self.names_below(folder, true).into_iter().map(|name| format!("{folder}/{name}"));
        paths.filter(|path| !is_of_a_program(path)).collect()
    }

    /// The paths of all files that an edition is made of in these folders: its own, and those of the edition whose content it takes.
    pub fn paths_of_edition(&self, edition: &str, folders: &[&str]) -> Vec<String> {
        let base = self.base_of(edition);
        let names = [Some(edition), base.as_deref()].into_iter().flatten();
        names.flat_map(|name| folders.iter().flat_map(move |folder| self.paths_below(&format!("{folder}/{name}")))).collect()
    }

    /// In bytes, as far as they can be looked at.
    pub fn size_of(&self, paths: &[String]) -> u64 {
        paths.iter().filter_map(|path| self.path_of(path).metadata().ok()).map(|data| data.len()).sum()
    }
}
