//! Puts what was made in its place: all of it, or nothing.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::editions::{self, Lock, lock_path};
use crate::project::Project;
use crate::report::Mode;
use crate::{Edition, FIGURES, Order, Written, data, outputs};

/// Writes an edition to `out/<editie>/`, and its lock where there is a new one. `None` when that cannot be, or when somebody
/// else wrote another lock than the one that was `found`.
pub(crate) fn write(
    project: &Project,
    edition: &str,
    order: &Order,
    found: Option<&Lock>,
    made: Edition,
    lock: Option<Lock>,
    sink: &mut Sink,
) -> Option<Vec<Written>> {
    let folder = format!("out/{edition}");
    let reserved = project.reserve(&folder, sink).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    if lock.is_some() && order.mode == Mode::Final && editions::load(&project.renewed_alone(), edition, sink)?.as_ref() != found {
        let message = format!("een andere opdracht maakte intussen het definitieve verslag {edition}; er is niets geschreven");
        sink.push(Diagnostic::error(Code::FileBusy, None, message).help("Maak het verslag opnieuw."));
        return None;
    }
    let mut files = vec![(format!("{folder}/{}", order.name(edition)), made.pdf)];
    if order.style.is_none() {
        files.push((format!("{folder}/{FIGURES}"), made.figures_json));
    }
    files.extend(order.counted.iter().map(|text| (data::counted_path(edition), text.clone().into_bytes())));
    files.extend(lock.map(|lock| (place_of(edition, order), lock.text().into_bytes())));
    let mut written: Vec<Written> = files.iter().map(|(path, _)| Written { path: path.clone(), files: None }).collect();
    for (name, pictures) in made.pictures {
        let path = format!("{folder}/{name}{}/", order.suffix());
        written.push(Written { path: path.clone(), files: Some(pictures.len()) });
        files.extend(pictures.into_iter().map(|file| (format!("{path}{}", file.name), file.bytes)));
    }
    project.write_all(&files).map_err(|diagnostic| sink.push(diagnostic)).ok()?;
    for folder in written.iter().filter(|written| written.files.is_some()) {
        // Pictures of an earlier, longer report would stand among those of this one.
        let new: Vec<&str> = files.iter().filter_map(|(path, _)| path.strip_prefix(&folder.path)).collect();
        project.remove_others(&folder.path, &new, outputs::is_picture_name, sink);
    }
    if order.counted.is_none() && order.style.is_none() {
        // It goes with figures.json, which was written anew and refers to no count.
        project.remove_others(&format!("{folder}/"), &[], |name| name == data::COUNTED, sink);
    }
    drop(reserved);
    Some(written)
}

/// The lock of a final stands with the data of its edition; a draft has one too, to be compared with another draft.
fn place_of(edition: &str, order: &Order) -> String {
    match order.mode {
        Mode::Final => lock_path(edition),
        Mode::Draft => format!("out/{edition}/jaarverslag-concept.lock"),
    }
}
