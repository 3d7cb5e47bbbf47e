//! The thread that walks the road again after every change, and publishes what came of it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::atlas::Atlas;
use super::final_report::{self, Made};
use super::server::Shared;
use super::snapshot::{Layout, Snapshot};
use super::{changes, messages, steps};
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

/// What the walker is asked.
pub(super) enum Signal {
    Changed,
    /// To make the final report, and tell what came of it.
    Final(oneshot::Sender<Made>),
}

pub(super) struct Walker {
    edition: String,
    project: Project,
    memory: Memory,
    seen: Option<Fingerprint>,
    shared: Arc<Shared>,
    /// Signals that came while something else was waited for.
    pending: Vec<Signal>,
}

impl Walker {
    pub fn new(project: Project, edition: &str, shared: Arc<Shared>) -> Self {
        Self { edition: edition.to_owned(), project, memory: Memory::default(), seen: None, shared, pending: Vec::new() }
    }

    /// Walks until nobody can ask for anything any more.
    pub fn run(mut self, signals: &Receiver<Signal>) {
        self.follow(signals);
        loop {
            let signal = self.pending.pop().map_or_else(|| signals.recv_timeout(LOOK), Ok);
            match signal {
                Ok(Signal::Changed) | Err(RecvTimeoutError::Timeout) => self.follow(signals),
                Ok(Signal::Final(reply)) => {
                    let made = final_report::make(&self.project.renewed(), &self.edition, &mut self.memory);
                    // Who asked may have closed the page.
                    let _ = reply.send(made);
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
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
        self.publish(&Arc::new(project), set, sink.into_sorted(), signals);
        self.memory.tidy();
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

    /// The pages first, as that is what an editor waits for; what the final still asks a moment later.
    fn publish(&mut self, project: &Arc<Project>, set: Option<TypesetEdition>, said: Vec<Diagnostic>, signals: &Receiver<Signal>) {
        let before = self.shared.snapshot();
        let stale = set.is_none();
        let version = before.version + 1;
        let layout = match set {
            Some(set) => Some(Arc::new(Layout::of(Arc::clone(project), set))),
            None => before.layout.clone(),
        };
        let atlas = layout.as_deref().map(|layout| Atlas::of(layout, project));
        let mut next = Snapshot {
            version,
            stale,
            messages: messages::of(project, &said, atlas.as_ref()),
            changes: changes::between(&before, layout.as_ref(), version),
            layout: layout.clone(),
            steps: before.steps.clone(),
            ..before.empty()
        };
        let now = self.shared.publish(next.clone());
        if self.is_disturbed(signals, IDLE) {
            self.pending.push(Signal::Changed);
            return;
        }
        let (faults, obstacles) = self.obstacles(project, now.layout.as_deref().filter(|_| !stale), &said);
        next.steps = steps::of(project, &self.edition, &obstacles, now.layout.as_deref(), atlas.as_ref());
        if !faults.is_empty() {
            next.messages = messages::of(project, &[said, faults].concat(), atlas.as_ref());
        }
        if next.steps != now.steps || next.messages != now.messages {
            next.version += 1;
            self.shared.publish(next);
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
