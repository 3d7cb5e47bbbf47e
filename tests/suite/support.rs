//! Copies of projects, and the program run as a user runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{fs, io};

/// The root of this repository, which is a project itself.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names of the house styles in this repository.
pub fn house_styles() -> Vec<String> {
    let folders = fs::read_dir(root().join("templates")).expect("templates").filter_map(Result::ok);
    let styles = folders.filter(|entry| entry.path().join("tokens.json").is_file());
    styles.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// A project in a folder of its own, gone when it is dropped.
pub struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The edition of this repository, with nothing but what a project needs.
    pub fn of_repository() -> Self {
        let copy = Self::empty();
        for folder in ["content", "data"] {
            lay_over(&root().join(folder), &copy.path().join(folder)).expect("the repository can be copied");
        }
        copy
    }

    /// The small project that every case starts from.
    pub fn of_basis() -> Self {
        let copy = Self::empty();
        lay_over(&root().join("tests/cases/basis"), copy.path()).expect("the basis can be copied");
        copy
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.file(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let full = self.file(path);
        fs::create_dir_all(full.parent().expect("a folder")).expect("the folder can be made");
        fs::write(full, bytes).expect("the file can be written");
    }

    /// Replaces words in a file, which must hold them.
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = String::from_utf8(self.read(path)).expect("UTF-8");
        assert!(text.contains(old), "{path} does not hold «{old}»");
        self.write(path, text.replace(old, new));
    }

    pub fn run(&self, arguments: &str) -> Run {
        Run::of(self.command(arguments))
    }

    /// The program in this folder with these arguments, split at spaces.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jaarverslag"));
        command.current_dir(self.path()).args(arguments.split_whitespace());
        command
    }
}

/// What a run said and how it ended.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

impl Run {
    pub fn of(mut command: Command) -> Self {
        let Output { status, stdout, stderr } = command.output().expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { stdout: text(stdout), stderr: text(stderr), status: status.code().unwrap_or(-1) }
    }

    /// # Panics
    /// When the run did not end well.
    pub fn good(self) -> Self {
        assert_eq!(self.status, 0, "{}{}", self.stderr, self.stdout);
        self
    }
}

/// Copies a folder over another.
pub fn lay_over(from: &Path, to: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).map_err(io::Error::other)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
