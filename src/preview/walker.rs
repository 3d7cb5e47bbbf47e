//! The thread that walks the road again after every change, and publishes what came of it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::atlas::Atlas;
use super::layout::Layout;
use super::shared::{Shared, Signal};
use super::snapshot::Snapshot;
use super::{changes, final_report, messages, steps};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::project::{Fingerprint, Project};
use crate::report::Mode;
use crate::road::{self, Bound, Memory, TypesetEdition};
use crate::{Order, Seal, outputs};

/// An editor that saves writes more than once: after so long without another event the files are whole.
const SETTLED: Duration = Duration::from_millis(2);
const MOST_WAITS: usize = 20;
/// A file that is read half-way looks faulty; a fault is told when it is still there after so long.
const PATIENCE: Duration = Duration::from_millis(80);
/// So long the browsers have the processor for themselves, to fetch the new pages.
const IDLE: Duration = Duration::from_millis(150);
/// Some file systems tell nothing, network drives for one: there the files themselves are looked at.
const LOOK: Duration = Duration::from_secs(2);

pub(super) struct Walker {
    edition: String,
    project: Project,
    memory: Memory,
    seen: Option<Fingerprint>,
    shared: Arc<Shared>,
    /// Signals that came while something else was waited for.
    pending: Vec<Signal>,
    owed: Option<Owed>,
}

/// A walk of which the pages were published, and not yet what keeps them from being final.
struct Owed {
    project: Arc<Project>,
    said: Vec<Diagnostic>,
}

impl Walker {
    pub fn new(project: Project, edition: &str, shared: Arc<Shared>) -> Self {
        Self { edition: edition.to_owned(), project, memory: Memory::default(), seen: None, shared, pending: Vec::new(), owed: None }
    }

    /// Walks until nobody can ask for anything any more.
    pub fn run(mut self, signals: &Receiver<Signal>) {
        self.follow(signals);
        loop {
            let wait = if self.owed.is_some() { IDLE } else { LOOK };
            let signal = self.pending.pop().map_or_else(|| signals.recv_timeout(wait), Ok);
            match (signal, self.owed.take()) {
                (Err(RecvTimeoutError::Timeout), Some(owed)) => self.pay(owed),
                (signal, owed) => {
                    self.owed = owed;
                    if !self.answer(signal, signals) {
                        return;
                    }
                }
            }
        }
    }

    /// Does what a signal asks; false when nobody can ask for anything any more.
    fn answer(&mut self, signal: Result<Signal, RecvTimeoutError>, signals: &Receiver<Signal>) -> bool {
        match signal {
            Ok(Signal::Changed) | Err(RecvTimeoutError::Timeout) => self.follow(signals),
            Ok(Signal::Final(reply)) => {
                let made = final_report::make(&self.project.renewed(), &self.edition, &mut self.memory);
                // Who asked may have closed the page.
                let _ = reply.send(made);
            }
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        true
    }

    /// Brings what is published up to date with the files.
    fn follow(&mut self, signals: &Receiver<Signal>) {
        // A program that writes all the time is not waited for.
        for _ in 0..MOST_WAITS {
            if !self.is_disturbed(signals, SETTLED) {
                break;
            }
        }
        let project = self.project.renewed();
        let seen = project.fingerprint(&folders(&project, &self.edition));
        if self.seen == Some(seen) {
            return;
        }
        let mut sink = Sink::default();
        let set = self.draft(&project, &mut sink);
        if set.is_none() && self.seen.is_some() && self.is_disturbed(signals, PATIENCE) {
            self.pending.push(Signal::Changed);
            return;
        }
        self.seen = Some(seen);
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

    /// Whether another change came within this time.
    fn is_disturbed(&mut self, signals: &Receiver<Signal>, time: Duration) -> bool {
        match signals.recv_timeout(time) {
            Ok(Signal::Changed) => true,
            Ok(other) => {
                self.pending.push(other);
                false
            }
            Err(_) => false,
        }
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
        let messages = messages::of(&project, &said, atlas.as_ref());
        self.shared.publish(Snapshot { version, stale, messages, changes, layout: layout.clone(), ..(*before).clone() });
        self.owed = Some(Owed { project, said });
    }

    /// Adds what takes longer to know, and is published only where it differs.
    fn pay(&mut self, Owed { project, said }: Owed) {
        let now = self.shared.snapshot();
        let layout = now.layout.as_deref();
        let (faults, obstacles) = self.obstacles(&project, layout.filter(|_| !now.stale), &said);
        let atlas = layout.map(|layout| Atlas::of(layout, &project));
        let messages = messages::of(&project, &[said, faults].concat(), atlas.as_ref());
        let steps = steps::of(&project, &self.edition, &obstacles, layout, atlas.as_ref());
        if messages != now.messages || steps != now.steps {
            self.shared.publish(Snapshot { version: now.version + 1, messages, steps, ..(*now).clone() });
        }
    }

    /// What only the PDF shows to be wrong, and everything that keeps this draft from being a final.
    fn obstacles(&mut self, project: &Project, layout: Option<&Layout>, said: &[Diagnostic]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let mut of_pdf = Sink::default();
        if let Some(layout) = layout {
            outputs::pdf(&layout.set.document, &layout.set.report, &mut of_pdf);
        }
        let faults = of_pdf.into_sorted();
        let mut of_final = Sink::default();
        self.bind(project, Mode::Final, Seal::Enforce, &mut of_final);
        of_final.push_all(said);
        of_final.push_all(&faults);
        let errors = of_final.into_sorted().into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        (faults, errors.collect())
    }
}

/// Everything of the project that an edition is made of.
fn folders(project: &Project, edition: &str) -> Vec<String> {
    let base = project.base_of(edition);
    let names: Vec<&str> = [Some(edition), base.as_deref()].into_iter().flatten().collect();
    let own = names.iter().flat_map(|name| [format!("content/{name}"), format!("data/{name}")]);
    own.chain(["templates".to_owned()]).collect()
}
