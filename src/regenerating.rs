//! Every edition made again, side by side on the processors. One that fails does not stop the others.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::{Diagnostic, Sink};
use crate::editions::Verdict;
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
    /// Everything there was to say.
    pub said: Vec<Diagnostic>,
    /// The look at the project that its places are of.
    pub project: Project,
}

/// Makes these editions again, as many at once as there are processors; gives them back in their order.
///
/// With `verify` each must be what its lock says, and nothing is written that is not. `tell` hears of each that is done.
pub fn regenerate(project: &Project, editions: &[String], verify: bool, tell: impl Fn(&str, Outcome) + Sync) -> Vec<Regenerated> {
    let waiting: Mutex<VecDeque<(usize, &String)>> = Mutex::new(editions.iter().enumerate().collect());
    let done = Mutex::new(Vec::with_capacity(editions.len()));
    let work = || {
        while let Some((at, edition)) = take(&waiting) {
            let one = regenerate_one(project, edition, verify);
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
    for at in by_year {
        let may_be_of_before = matches!(done[at].outcome, Outcome::Made | Outcome::Failed) && !verify;
        if may_be_of_before && !locking::knows_earlier(&project.renewed_alone(), &done[at].edition) {
            done[at] = regenerate_one(project, &done[at].edition, verify);
        }
    }
    done
}

fn take<'a>(waiting: &Mutex<VecDeque<(usize, &'a String)>>) -> Option<(usize, &'a String)> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

fn regenerate_one(project: &Project, edition: &str, verify: bool) -> Regenerated {
    let project = project.renewed_alone();
    let mut sink = Sink::default();
    let outcome = if verify && locking::is_untouched(&project, edition) {
        Outcome::Untouched
    } else {
        let order = Order { locked: verify, ..Order::of(Mode::Final) };
        match build(&project, edition, &order, &mut sink) {
            Some(built) => built.verdict.map_or(Outcome::Made, Outcome::AsLocked),
            None => Outcome::Failed,
        }
    };
    Regenerated { edition: edition.to_owned(), outcome, said: sink.into_sorted(), project }
}
