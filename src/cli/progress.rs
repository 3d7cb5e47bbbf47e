//! How far a long command is: a bar on a terminal, nothing in a pipe; and Ctrl-C, which stops it before anything is written.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::counting::Watch;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// Whether anyone looks at [`INTERRUPTED`] now.
static WATCHED: AtomicBool = AtomicBool::new(false);

/// What a shell gives a program that Ctrl-C ended.
const ENDED: i32 = 130;

fn interrupt() {
    // A second time, or where nobody looks, the program ends at once.
    if INTERRUPTED.swap(true, Ordering::Relaxed) || !WATCHED.load(Ordering::Relaxed) {
        std::process::exit(ENDED);
    }
}

/// Shows progress on standard error.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar with what is being done before it, where somebody looks on.
    pub fn new(what: &'static str, quiet: bool) -> Self {
        // Without a handler Ctrl-C ends the program at once, which leaves no output either.
        let _ = ctrlc::set_handler(interrupt);
        WATCHED.store(true, Ordering::Relaxed);
        let shown = !quiet && std::io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target).with_style(style()).with_prefix(what);
        Self { bar }
    }

    pub fn finish(&self) {
        WATCHED.store(false, Ordering::Relaxed);
        self.bar.finish_and_clear();
    }
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template("{prefix} {bar:30} {rows} van {all} rijen, {speed} rijen per seconde");
    let number = |count: u64| HumanCount(count).to_string().replace(',', ".");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    style
        .with_key("rows", move |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            let _ = text.write_str(&number(state.pos()));
        })
        .with_key("all", move |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            let _ = text.write_str(&number(state.len().unwrap_or_default()));
        })
        .with_key("speed", move |state: &ProgressState, text: &mut dyn std::fmt::Write| {
            let _ = text.write_str(&number(state.per_sec() as u64));
        })
}

/// A bar that counts editions, with what came of the last one.
pub(super) fn of_editions(count: usize) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("Edities {bar:30} {pos} van {len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(count as u64), target).with_style(style)
}

impl Watch for Progress {
    fn begin(&self, rows: u64) {
        self.bar.reset();
        self.bar.set_length(rows);
    }

    fn goes_on(&self, rows: u64) -> bool {
        self.bar.inc(rows);
        !INTERRUPTED.load(Ordering::Relaxed)
    }
}
