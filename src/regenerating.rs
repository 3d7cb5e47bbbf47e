//! Every edition made again, side by side on the processors. One that fails does not stop the others.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::{Diagnostic, Sink};
use crate::editions::{Verdict, lock_path};
use crate::project::Project;
use crate::report::Mode;
use crate::road::locking;
use crate::{Order, build};

/// Typst goes deep where text is deep; a thread begins with less than a program does.
const STACK: usize = 16 << 20;

/// How an edition came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Made and written, with a new lock or the one there was.
    Made,
    /// Made, and it is what the lock says.
    AsLocked(Verdict),
    /// Nothing changed since it was written: it was not typeset again.
    Untouched,
    /// There were errors; what stood there still does.
    Failed,
}

/// An edition that was made again.
pub struct Regenerated {
    pub edition: String,
    pub outcome: Outcome,
    /// Whether its lock is another than it was.
    has_new_lock: bool,
    /// Everything there was to say.
    pub said: Vec<Diagnostic>,
    /// The look at the project that its places are of.
    pub project: Project,
}

/// Makes these editions again, as many at once as there are processors; gives them back in their order.
///
/// With `verify` each must be what its lock says, and nothing is written that is not. `tell` hears of each that is done.
pub fn regenerate(project: &Project, editions: &[String], verify: bool, tell: impl Fn(&str, Outcome) + Sync) -> Vec<Regenerated> {
    // The largest first: begun last, it would go on alone when all others are done.
    let mut waiting: Vec<(usize, &String)> = editions.iter().enumerate().collect();
    waiting.sort_by_key(|(_, edition)| std::cmp::Reverse(project.size_of(&project.paths_of_edition(edition, &["content", "data"]))));
    let waiting: Mutex<VecDeque<(usize, &String)>> = Mutex::new(waiting.into());
    let done = Mutex::new(Vec::with_capacity(editions.len()));
    let work = || {
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build();
        while let Some((at, edition, is_last)) = take(&waiting) {
            // While every processor has an edition of its own, none is divided further: handing parts to and fro costs more
            // than it brings. The last has the others' processors too, as they come free.
            let one = match &alone {
                Ok(pool) if !is_last => pool.install(|| regenerate_one(project, edition, verify)),
                _ => regenerate_one(project, edition, verify),
            };
            tell(edition, one.outcome);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, one));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(editions.len());
    std::thread::scope(|scope| {
        // Where no thread can be had, the one that asks does the work.
        let started = (0..threads).filter(|_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).is_ok()).count();
        if started == 0 {
            work();
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    let mut done: Vec<Regenerated> = done.into_iter().map(|(_, one)| one).collect();
    // A report says what it revises of earlier ones. Where one of those became another beside it, it is made once more.
    let mut by_year: Vec<usize> = (0..done.len()).collect();
    by_year.sort_by(|one, other| done[*one].edition.cmp(&done[*other].edition));
    let anew = done.iter().any(|one| one.has_new_lock);
    for at in by_year.into_iter().filter(|_| anew) {
        let may_be_of_before = matches!(done[at].outcome, Outcome::Made | Outcome::Failed) && !verify;
        if may_be_of_before && !locking::knows_earlier(&project.renewed_alone(), &done[at].edition) {
            done[at] = regenerate_one(project, &done[at].edition, verify);
        }
    }
    done
}

/// The next that waits, with its place, and whether it is the last.
fn take<'a>(waiting: &Mutex<VecDeque<(usize, &'a String)>>) -> Option<(usize, &'a String, bool)> {
    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, edition) = waiting.pop_front()?;
    Some((at, edition, waiting.is_empty()))
}

fn regenerate_one(project: &Project, edition: &str, verify: bool) -> Regenerated {
    let project = project.renewed_alone();
    let mut sink = Sink::default();
    if verify && locking::is_untouched(&project, edition) {
        return Regenerated { edition: edition.to_owned(), outcome: Outcome::Untouched, has_new_lock: false, said: Vec::new(), project };
    }
    let order = Order { locked: verify, ..Order::of(Mode::Final) };
    let built = build(&project, edition, &order, &mut sink);
    let has_new_lock = built.iter().flat_map(|built| &built.files).any(|file| file.path == lock_path(edition));
    let outcome = built.map_or(Outcome::Failed, |built| built.verdict.map_or(Outcome::Made, Outcome::AsLocked));
    Regenerated { edition: edition.to_owned(), outcome, has_new_lock, said: sink.into_sorted(), project }
}
