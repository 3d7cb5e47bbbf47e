//! Tells the walker that something may have changed. What exactly, it sees for itself: editors save in many ways (over the
//! file, beside it and renamed, with swap files), and events get lost.

use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::shared::Signal;
use crate::diagnostic::{Code, Diagnostic};
use crate::project::Project;

/// Watches the folders of a project for as long as the watcher is kept.
///
/// # Errors
/// When the system cannot watch a folder.
pub(super) fn begin(project: &Project, signals: Sender<Signal>) -> Result<RecommendedWatcher, Diagnostic> {
    let on_event = move |event: notify::Result<Event>| {
        // Nobody listens any more when the program ends.
        if event.map_or(true, |event| is_change(event.kind)) {
            let _ = signals.send(Signal::Changed);
        }
    };
    // A link may lead to the whole disk. Behind links, as where nothing is told, the files themselves are looked at.
    let config = Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(on_event, config).map_err(|error| unwatched("het project", &error))?;
    for folder in ["content", "data", "templates"].into_iter().filter(|folder| project.exists(folder)) {
        let path = project.path_of(folder);
        watcher.watch(&path, RecursiveMode::Recursive).map_err(|error| unwatched(&format!("{folder}/"), &error))?;
    }
    Ok(watcher)
}

/// Reading a file is an event too, and we read them ourselves.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

fn unwatched(what: &str, error: &notify::Error) -> Diagnostic {
    let why = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "het systeem volgt al te veel bestanden".to_owned(),
        notify::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied => "u hebt er het recht niet toe".to_owned(),
        notify::ErrorKind::PathNotFound => "de map is er niet".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::error(Code::PreviewWatch, None, format!("wijzigingen in {what} kunnen niet gevolgd worden ({why})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_watched_is_told_in_dutch() {
        let denied = || std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let cases = [
            (notify::Error::new(notify::ErrorKind::MaxFilesWatch), "het systeem volgt al te veel bestanden"),
            (notify::Error::io(denied()), "u hebt er het recht niet toe"),
            (notify::Error::path_not_found(), "de map is er niet"),
        ];
        for (error, why) in cases {
            let diagnostic = unwatched("content/", &error);
            assert_eq!(diagnostic.message, format!("wijzigingen in content/ kunnen niet gevolgd worden ({why})"));
        }
    }

    #[test]
    fn reading_is_no_change() {
        assert!(!is_change(EventKind::Access(AccessKind::Open(AccessMode::Any))));
        assert!(is_change(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(is_change(EventKind::Any));
    }
}
