//! Puts the templates into the program, names it by its sources, and makes shell completions and the manual page from the
//! same clap definition that the program parses with.

#![allow(clippy::disallowed_methods, reason = "a build script has its own folder to write to")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use clap::CommandFactory;
use clap_complete::Shell;
use sha2::{Digest, Sha256};

#[path = "src/cli/arguments.rs"]
#[allow(dead_code, reason = "only the definition matters here")]
mod arguments;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("templates.rs"), embedded(&root.join("templates"))?)?;
    println!("cargo::rustc-env=JAARVERSLAG_SOURCES={}", sources(&root)?);
    write_completions(&out)?;
    write_manual(&out)
}

/// Rust source of a table of path and bytes. The sample data of a template is for Typst editors and stays out.
fn embedded(folder: &Path) -> io::Result<String> {
    let mut source = String::from("pub(super) static TEMPLATES: &[(&str, &[u8])] = &[\n");
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let relative = entry.path().strip_prefix(folder).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && (relative.ends_with(".typ") || relative.ends_with("/tokens.json")) {
            // From the folder of the compiler's run, not of this one: checkouts may share their target folder.
            let path = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?})", format!("/templates/{relative}"));
            writeln!(source, "    ({relative:?}, include_bytes!({path})),").map_err(io::Error::other)?;
        }
    }
    source.push_str("];\n");
    Ok(source)
}

/// A short hash of all that the program is made of: two builds of the same sources are the same program.
fn sources(root: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    for part in ["src", "templates", "build.rs", "Cargo.lock", "Cargo.toml"] {
        for entry in walkdir::WalkDir::new(root.join(part)).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() {
                let relative = entry.path().strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
                digest.update(relative.as_bytes());
                digest.update(Sha256::digest(fs::read(entry.path())?));
            }
        }
    }
    Ok(digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

fn write_completions(out: &Path) -> io::Result<()> {
    let folder = out.join("completions");
    fs::create_dir_all(&folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        clap_complete::generate_to(shell, &mut arguments::Arguments::command(), "jaarverslag", &folder)?;
    }
    Ok(())
}

fn write_manual(out: &Path) -> io::Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(arguments::Arguments::command()).render(&mut page)?;
    fs::write(out.join("jaarverslag.1"), page)
}
