//! A workshop to edit in, over loopback. Nothing sleeps: a test reads the stream of events that pages
//! read until it says what is awaited.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use casebook::serve::{self, Options, Report, Server};
use serde_json::Value as Json;
use tempfile::TempDir;

use super::support::{Site, TODAY};

/// Longer than any build takes; a test that waits so long has failed.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// A site on disk, and its workshop.
pub struct Workshop {
    pub folder: TempDir,
    pub server: Server,
}

impl Workshop {
    pub fn open() -> Self {
        Self::of(&Site::new())
    }

    pub fn of(site: &Site) -> Self {
        Self::reporting(site, Box::new(|_| {}))
    }

    /// The same, where somebody hears of each build.
    pub fn reporting(site: &Site, report: Box<dyn FnMut(&Report<'_>) + Send>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        site.write(root);
        let server = serve::start(Options { report, ..options(root.to_owned(), 0) }).unwrap();
        let workshop = Self { folder, server };
        // What a test changes is a change to a site that was built.
        workshop.events().next();
        workshop
    }

    pub fn path(&self, path: &str) -> Utf8PathBuf {
        Utf8Path::from_path(self.folder.path()).unwrap().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces `from`, which stands once, by `to`.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {path}");
        self.write(path, &text.replace(from, to));
    }

    pub fn get(&self, path: &str) -> Answer {
        get(self.server.address(), path)
    }

    /// What the file at `path` holds, where there is one.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let address = self.server.address();
        let mut bytes = Vec::new();
        ask(address, &format!("GET {path}"), &address.to_string()).read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        bytes.starts_with(b"HTTP/1.0 200").then(|| bytes.split_off(end + 4))
    }

    pub fn events(&self) -> Events {
        Events::open(self.server.address())
    }
}

pub fn options(root: Utf8PathBuf, port: u16) -> Options {
    Options {
        root,
        host: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port,
        drafts: false,
        today: Box::new(|| TODAY.parse().unwrap()),
        report: Box::new(|_| {}),
    }
}

pub struct Answer {
    pub status: u16,
    headers: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// A connection that has asked. HTTP 1.0, so that the answer ends with the connection.
pub fn ask(address: SocketAddr, line: &str, host: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "{line} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
    stream
}

pub fn request(address: SocketAddr, line: &str, host: &str) -> Answer {
    let mut text = String::new();
    ask(address, line, host).read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let (first, headers) = head.split_once("\r\n").unwrap();
    let status = first.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, headers: headers.to_owned(), body: body.to_owned() }
}

pub fn get(address: SocketAddr, path: &str) -> Answer {
    request(address, &format!("GET {path}"), &address.to_string())
}

/// What a page that is open hears.
pub struct Events(BufReader<TcpStream>);

impl Events {
    pub fn open(address: SocketAddr) -> Self {
        Self(BufReader::new(ask(address, "GET /.casebook/events", &address.to_string())))
    }

    /// The next message.
    pub fn next(&mut self) -> Json {
        let start = Instant::now();
        loop {
            assert!(start.elapsed() < PATIENCE, "nothing more was said");
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream of events goes on");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// Reads until `fits`, or fails once nothing more comes.
    pub fn until(&mut self, fits: impl Fn(&Json) -> bool) -> Json {
        loop {
            let message = self.next();
            if fits(&message) {
                return message;
            }
        }
    }

    /// Reads until `look` is content: with the site as it is now, or after a message.
    pub fn until_seen(&mut self, look: impl Fn() -> bool) {
        while !look() {
            self.next();
        }
    }

    /// The findings of the first message that has some: `path:line:column code`.
    pub fn until_broken(&mut self) -> Vec<String> {
        let message = self.until(|message| message["findings"] != Json::Array(Vec::new()));
        let findings = message["findings"].as_array().unwrap().iter();
        let line = |f: &Json| {
            let file = f["file"].as_str().unwrap();
            format!("{file}:{}:{} {}", f["line"], f["column"], f["code"].as_str().unwrap())
        };
        findings.map(line).collect()
    }

    pub fn until_mended(&mut self) -> Json {
        self.until(|message| message["findings"] == Json::Array(Vec::new()))
    }
}
