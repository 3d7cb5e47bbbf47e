//! Ctrl-C leaves nothing behind.

#![cfg(unix)]

use std::process::{Command, Stdio};

use super::support::Copy;

/// The names of what stands in the folder.
fn names(copy: &Copy) -> Vec<String> {
    let entries = std::fs::read_dir(copy.path()).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Runs a command in an empty folder until something stands there, and interrupts it.
#[test]
fn registrations_that_are_interrupted_leave_an_empty_folder() {
    let copy = Copy::empty();
    let mut child = copy.command("synthesize .").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program runs");
    while names(&copy).is_empty() {
        assert!(child.try_wait().expect("a child").is_none(), "it ended by itself");
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Onderbroken"), "{output:?}");
    assert_eq!(names(&copy), Vec::<String>::new());
}
