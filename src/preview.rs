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
mod contents;
mod final_report;
mod guard;
mod layout;
mod messages;
mod pictures;
mod server;
mod shared;
mod snapshot;
mod spot;
mod steps;
mod walker;
mod watch;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::project::Project;

/// Where a preview is looked for first; the ports after it are for the next ones.
const FIRST_PORT: u16 = 4848;
const PORTS: u16 = 20;

/// A preview that answers at its address for as long as it is kept.
pub struct Preview {
    address: SocketAddr,
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
        let shared = Arc::new(shared::Shared::new(edition, address.port(), triggers));
        let walker = walker::Walker::new(project, edition, Arc::clone(&shared));
        std::thread::spawn(move || {
            walker.run(&signals);
            drop(watcher);
        });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| broken(&error))?;
        let server = runtime.block_on(server::begin(listener, shared)).map_err(|error| broken(&error))?;
        Ok(Self { address, runtime, server })
    }

    /// What to type in a browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Whether the port is another than the one that is tried first, because a second preview has that one.
    pub fn is_moved(&self) -> bool {
        (FIRST_PORT + 1..FIRST_PORT + PORTS).contains(&self.address.port())
    }

    /// Serves until the program is ended.
    pub fn wait(self) {
        let _ = self.runtime.block_on(self.server);
    }
}

fn broken(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(Code::PreviewPort, None, format!("het voorbeeld kan niet beginnen ({error})"))
}

/// Opens a port of this machine that no other machine can reach.
fn listen(port: Option<u16>) -> Result<TcpListener, Diagnostic> {
    let open = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let Some(port) = port else {
        let last = FIRST_PORT + PORTS - 1;
        let taken = || Diagnostic::error(Code::PreviewPort, None, format!("de poorten {FIRST_PORT} tot {last} zijn alle in gebruik"));
        return (FIRST_PORT..=last).find_map(|port| open(port).ok()).ok_or_else(taken);
    };
    open(port).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Diagnostic::error(Code::PreviewPort, None, format!("poort {port} is al in gebruik, misschien door een ander voorbeeld"))
        }
        std::io::ErrorKind::PermissionDenied => {
            Diagnostic::error(Code::PreviewPort, None, format!("poort {port} is voorbehouden aan het systeem"))
        }
        _ => broken(&error),
    })
}
