//! The live preview: a page in the editor's browser that follows every save.
//!
//! One thread walks the road again whenever a file changes ([`walker`]), keeps what did not change, and publishes what came
//! of it as a [`snapshot::Snapshot`]. The server ([`server`]) hands that out: the state of the edition to every browser that
//! listens, and the pictures of the pages to who asks for them. It listens to this machine alone, and serves nothing but the
//! edition it was started for.

mod atlas;
mod cards;
mod changes;
mod client;
mod comparison;
mod contents;
mod final_report;
mod guard;
mod layout;
mod messages;
mod moves;
mod pictures;
mod server;
mod shared;
mod snapshot;
mod spot;
mod steps;
mod walker;
mod watch;

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::project::Project;
use shared::{Shared, Signal};

/// Where a preview is looked for first; the ports after it are for the next ones.
const FIRST_PORT: u16 = 4848;
const LAST_PORT: u16 = FIRST_PORT + 19;

/// A preview that answers at its address for as long as it is kept.
pub struct Preview {
    address: SocketAddr,
    shared: Arc<Shared>,
    runtime: tokio::runtime::Runtime,
    server: tokio::task::JoinHandle<()>,
}

impl Preview {
    /// Begins to watch the edition and to serve it on this machine, at this port or at the first that is free.
    ///
    /// # Errors
    /// When the edition does not exist, the port is in use, or the folders cannot be watched.
    pub fn start(project: Project, edition: &str, port: Option<u16>) -> Result<Self, Diagnostic> {
        project.check_edition(edition)?;
        let listener = listen(port)?;
        let address = listener.local_addr().map_err(|error| broken(&error))?;
        let (triggers, signals) = std::sync::mpsc::channel();
        let watcher = watch::begin(&project, triggers.clone())?;
        let shared = Arc::new(Shared::new(edition, address.port(), triggers));
        let walker = walker::Walker::new(project, edition, Arc::clone(&shared));
        std::thread::spawn(move || {
            walker.run(&signals);
            drop(watcher);
        });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| broken(&error))?;
        let server = runtime.block_on(server::begin(listener, Arc::clone(&shared))).map_err(|error| broken(&error))?;
        Ok(Self { address, shared, runtime, server })
    }

    /// What to type in a browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The port that is tried first, when it was taken and another had to do.
    pub fn moved_from(&self) -> Option<u16> {
        (FIRST_PORT + 1..=LAST_PORT).contains(&self.address.port()).then_some(FIRST_PORT)
    }

    /// Serves until the program is ended.
    pub fn wait(mut self) {
        let _ = self.runtime.block_on(&mut self.server);
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.shared.ask(Signal::Stop);
    }
}

/// Opens this port of this machine, or the first that is free; no other machine can reach it.
fn listen(chosen: Option<u16>) -> Result<TcpListener, Diagnostic> {
    let open = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let (first, last) = chosen.map_or((FIRST_PORT, LAST_PORT), |port| (port, port));
    let free = (first..last).find_map(|port| open(port).ok());
    free.map_or_else(|| open(last), Ok).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse if first < last => refused(format!("de poorten {first} tot {last} zijn alle in gebruik")),
        ErrorKind::AddrInUse => refused(format!("poort {last} is al in gebruik, misschien door een ander voorbeeld")),
        ErrorKind::PermissionDenied => refused(format!("poort {last} is voorbehouden aan het systeem")),
        _ => broken(&error),
    })
}

fn broken(error: &std::io::Error) -> Diagnostic {
    refused(format!("het voorbeeld kan niet beginnen ({error})"))
}

fn refused(why: String) -> Diagnostic {
    Diagnostic::error(Code::PreviewPort, None, why)
}
