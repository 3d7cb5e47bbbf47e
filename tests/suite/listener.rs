//! A preview as another program sees it: started as a user starts it, listened to as a browser does. The benches use it too.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A preview that ends when it is dropped.
pub struct Running {
    child: Child,
    /// As `127.0.0.1:4848`.
    pub address: String,
}

impl Running {
    /// # Panics
    /// When the preview does not begin.
    pub fn start(folder: &Path, edition: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jaarverslag"));
        // Port 0 lets the system choose a free one.
        command.current_dir(folder).args(["preview", edition, "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let mut line = String::new();
        let stdout = child.stdout.as_mut().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("no address in «{line}»")).trim().trim_matches('/').to_owned();
        Self { child, address }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The status and the body of an answer.
    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let answer = ask(&self.address, "GET", path, &[]);
        (answer.status, answer.body)
    }

    pub fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path).1).expect("JSON")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Answer {
    pub status: u16,
    pub headers: String,
    pub body: Vec<u8>,
}

/// One request with these headers besides `Host`, which they may replace.
pub fn ask(address: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut reader = BufReader::new(send(address, method, path, headers));
    let headers = head(&mut reader);
    let mut body = Vec::new();
    reader.read_to_end(&mut body).expect("a body");
    let status = headers.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or_default();
    Answer { status, headers, body }
}

/// HTTP/1.0, so that the body comes as it is and ends with the connection.
fn send(address: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let host = if headers.iter().any(|(name, _)| *name == "Host") { String::new() } else { format!("Host: {address}\r\n") };
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    write!(stream, "{method} {path} HTTP/1.0\r\n{host}{headers}\r\n").expect("a request");
    stream
}

fn head(reader: &mut impl BufRead) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).expect("a header") > 0, "an answer");
    }
    head
}

/// Listens to the events of a preview.
pub struct Listener {
    reader: BufReader<TcpStream>,
}

/// One event: the whole state.
pub struct State {
    pub id: String,
    pub value: Value,
}

impl Listener {
    /// Listens from now on, or from the event after the one that was last heard.
    pub fn connect(address: &str, last: Option<&str>) -> Self {
        let headers: Vec<(&str, &str)> = last.map(|last| ("Last-Event-ID", last)).into_iter().collect();
        let mut reader = BufReader::new(send(address, "GET", "/events", &headers));
        head(&mut reader);
        Self { reader }
    }

    /// The next state; waits for it.
    ///
    /// # Panics
    /// When nothing comes for half a minute, or the preview ends.
    pub fn next(&mut self) -> State {
        let (mut id, mut value) = (String::new(), None);
        let mut line = String::new();
        let mut silences = 0;
        loop {
            line.clear();
            assert!(self.reader.read_line(&mut line).expect("an event") > 0, "the preview goes on");
            match line.trim_end().split_once(':') {
                Some(("id", rest)) => rest.trim().clone_into(&mut id),
                Some(("data", rest)) => value = Some(serde_json::from_str(rest).expect("JSON")),
                Some(("", _)) => {
                    // A sign of life, every fifteen seconds.
                    silences += 1;
                    assert!(silences < 3, "nothing comes");
                }
                None if value.is_some() => return State { id, value: value.unwrap_or_default() },
                _ => {}
            }
        }
    }

    /// The first state from now on that is as wanted.
    pub fn until(&mut self, is_wanted: impl Fn(&State) -> bool) -> State {
        loop {
            let state = self.next();
            if is_wanted(&state) {
                return state;
            }
        }
    }
}

impl State {
    /// The pages, counted from 1, that look different from those of an earlier state.
    pub fn changed_since(&self, earlier: &State) -> Vec<usize> {
        (1..=self.pages()).filter(|page| self.hash(*page) != earlier.hash(*page)).collect()
    }

    pub fn pages(&self) -> usize {
        self.value["pages"].as_array().map_or(0, Vec::len)
    }

    /// What tells the look of a page from another.
    pub fn hash(&self, page: usize) -> &str {
        self.value["pages"][page - 1]["hash"].as_str().unwrap_or_default()
    }

    /// The codes of the messages.
    pub fn codes(&self) -> Vec<&str> {
        self.value["messages"].as_array().into_iter().flatten().filter_map(|message| message["code"].as_str()).collect()
    }
}
