//! The thread that walks the road again after every change, and publishes what came of it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::atlas::Atlas;
use super::layout::Layout;
use super::shared::{Shared, Signal};
use super::snapshot::Snapshot;
use super::{changes, final_report, messages, steps};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::project::{Fingerprint, Project};
use crate::report::Mode;
use crate::road::{self, Bound, Memory, TypesetEdition};
use crate::{Order, Seal, outputs};

/// An editor that saves writes more than once: after so long without another event the files are whole.
const SETTLED: Duration = Duration::from_millis(2);
/// A file that is read half-way looks faulty; a fault is told when it is still there after so long.
const PATIENCE: Duration = Duration::from_millis(80);
/// So many times in a row; a program that writes all the time is not waited for.
const MOST_WAITS: usize = 20;
/// So long the browsers have the processor for themselves, to fetch the new pages.
const IDLE: Duration = Duration::from_millis(150);
/// Some file systems tell nothing, network drives for one: there the files themselves are looked at.
const LOOK: Duration = Duration::from_secs(2);

pub(super) struct Walker {
    edition: String,
    project: Project,
    memory: Memory,
    /// What the files held that were walked last.
    seen: Option<Fingerprint>,
    shared: Arc<Shared>,
    /// Signals that came while something else was waited for.
    pending: VecDeque<Signal>,
    /// How often in a row a fault was not told, because the files changed again.
    held_back: usize,
    owed: Option<Owed>,
    /// What only the PDF shows to be wrong, as far as is known.
    of_pdf: Vec<Diagnostic>,
}

/// A walk of which the pages were published, and not yet what keeps them from being final.
struct Owed {
    project: Arc<Project>,
    said: Vec<Diagnostic>,
}

impl Walker {
    pub fn new(project: Project, edition: &str, shared: Arc<Shared>) -> Self {
        Self {
            edition: edition.to_owned(),
            project,
            memory: Memory::default(),
            seen: None,
            shared,
            pending: VecDeque::from([Signal::Changed]),
            held_back: 0,
            owed: None,
            of_pdf: Vec::new(),
        }
    }

    /// Walks until it is told to stop.
    pub fn run(mut self, signals: &Receiver<Signal>) {
        while self.survive(|walker| walker.step(signals)) {}
    }

    /// Takes a step; what goes wrong in it that nobody foresaw is told, and is no end of the preview.
    fn survive(&mut self, step: impl FnOnce(&mut Self) -> bool) -> bool {
        catch_unwind(AssertUnwindSafe(|| step(self))).unwrap_or_else(|_| {
            // What was made half is made again, and what was owed is of before.
            self.memory = Memory::default();
            self.owed = None;
            let fault = Diagnostic::error(Code::PreviewWatch, None, "het programma kan deze versie niet verwerken; dat is zijn eigen fout");
            let fault = fault.help("Maak de laatste wijziging ongedaan, of start het voorbeeld opnieuw, en meld de fout aan de makers.");
            let now = self.shared.snapshot();
            let messages = messages::of(&self.project, &[fault], None);
            self.shared.publish(Snapshot { version: now.version + 1, stale: true, messages, ..(*now).clone() });
            true
        })
    }

    /// Waits for a signal and does what it asks; false when that is to stop.
    fn step(&mut self, signals: &Receiver<Signal>) -> bool {
        let wait = if self.owed.is_some() { IDLE } else { LOOK };
        match self.pending.pop_front().map_or_else(|| signals.recv_timeout(wait), Ok) {
            Ok(Signal::Changed) => self.follow(signals),
            Ok(Signal::Final(reply)) => {
                let made = final_report::make(&self.project.renewed(), &self.edition, &mut self.memory);
                // Who asked may have closed the page.
                let _ = reply.send(made);
            }
            Err(RecvTimeoutError::Timeout) => match self.owed.take() {
                Some(owed) => self.pay(owed),
                None => self.follow(signals),
            },
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
        true
    }

    /// Brings what is published up to date with the files.
    fn follow(&mut self, signals: &Receiver<Signal>) {
        for _ in 0..MOST_WAITS {
            if !self.is_disturbed(signals, SETTLED) {
                break;
            }
        }
        let project = self.project.renewed();
        let seen = project.fingerprint(paths(&project, &self.edition));
        if self.seen == Some(seen) {
            return;
        }
        let before = self.seen.replace(seen);
        let mut sink = Sink::default();
        let set = self.draft(&project, &mut sink);
        let may_be_half = set.is_none() && before.is_some() && self.held_back < MOST_WAITS;
        if may_be_half && self.is_disturbed(signals, PATIENCE) {
            self.held_back += 1;
            self.seen = before;
            self.pending.push_back(Signal::Changed);
            return;
        }
        self.held_back = 0;
        self.project = project.renewed();
        // A walk that failed used nothing, and must not make what is good forgotten.
        let is_set = set.is_some();
        self.publish(project, set, sink.into_sorted());
        if is_set {
            self.memory.tidy();
        }
    }

    fn draft(&mut self, project: &Project, sink: &mut Sink) -> Option<TypesetEdition> {
        let bound = self.bind(project, Mode::Draft, Seal::Warn, sink)?;
        road::set(project, bound, &mut self.memory, sink)
    }

    fn bind(&mut self, project: &Project, mode: Mode, seal: Seal, sink: &mut Sink) -> Option<Bound> {
        road::bind(project, &self.edition, &Order::of(mode), seal, &mut self.memory, sink)
    }

    /// Whether another change comes within this time. All that were told by then are one.
    fn is_disturbed(&mut self, signals: &Receiver<Signal>, time: Duration) -> bool {
        while let Ok(signal) = signals.recv_timeout(time) {
            if matches!(signal, Signal::Changed) {
                self.pending.extend(signals.try_iter().filter(|other| !matches!(other, Signal::Changed)));
                return true;
            }
            self.pending.push_back(signal);
        }
        false
    }

    /// The pages first, as that is what an editor waits for; what the final still asks is owed.
    fn publish(&mut self, project: Project, set: Option<TypesetEdition>, said: Vec<Diagnostic>) {
        let before = self.shared.snapshot();
        let project = Arc::new(project);
        let (stale, version) = (set.is_none(), before.version + 1);
        let new = set.map(|set| Arc::new(Layout::of(Arc::clone(&project), set)));
        let changes = match (&before.layout, &new) {
            (Some(old), Some(new)) => changes::with(before.changes.clone(), old, new, version),
            _ => before.changes.clone(),
        };
        let layout = new.or_else(|| before.layout.clone());
        let atlas = layout.as_deref().map(|layout| Atlas::of(layout, &project));
        let messages = messages::of(&project, &[said.as_slice(), &self.of_pdf].concat(), atlas.as_ref());
        let now = Some(Arc::clone(&project));
        self.shared.publish(Snapshot { version, stale, messages, changes, project: now, layout: layout.clone(), ..(*before).clone() });
        self.owed = Some(Owed { project, said });
    }

    /// Adds what takes longer to know, and is published only where it differs.
    fn pay(&mut self, Owed { project, said }: Owed) {
        let now = self.shared.snapshot();
        let layout = now.layout.as_deref();
        self.of_pdf = layout.filter(|_| !now.stale).map(faults_of_pdf).unwrap_or_default();
        let all = [said.as_slice(), &self.of_pdf].concat();
        let obstacles = self.obstacles(&project, &all);
        let atlas = layout.map(|layout| Atlas::of(layout, &project));
        let messages = messages::of(&project, &all, atlas.as_ref());
        let steps = steps::of(&project, &obstacles, layout, atlas.as_ref());
        if messages != now.messages || steps != now.steps {
            self.shared.publish(Snapshot { version: now.version + 1, messages, steps, ..(*now).clone() });
        }
    }

    /// Everything that keeps this draft from being a final.
    fn obstacles(&mut self, project: &Project, said: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut of_final = Sink::default();
        self.bind(project, Mode::Final, Seal::Enforce, &mut of_final);
        of_final.push_all(said);
        of_final.into_sorted().into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect()
    }
}

/// What only the PDF shows to be wrong.
fn faults_of_pdf(layout: &Layout) -> Vec<Diagnostic> {
    let mut sink = Sink::default();
    outputs::pdf(&layout.set.document, &layout.set.report, &mut sink);
    sink.into_sorted()
}

/// Every file of the project that an edition is made of.
fn paths(project: &Project, edition: &str) -> Vec<String> {
    project.paths_of_edition(edition, &["content", "data"]).into_iter().chain(project.paths_below("templates")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_foresaw_is_told_and_does_not_end_the_preview() {
        let (triggers, _signals) = std::sync::mpsc::channel();
        let shared = Arc::new(Shared::new("2024-2025", 0, triggers));
        let mut walker = Walker::new(Project::of_texts(&[]), "2024-2025", Arc::clone(&shared));
        assert!(walker.survive(|_| std::panic::panic_any(())), "it goes on");
        let snapshot = shared.snapshot();
        assert!(snapshot.stale && snapshot.view(0).contains("zijn eigen fout"), "{}", snapshot.view(0));
        assert!(!walker.survive(|_| false), "and ends when it is told to");
    }
}
