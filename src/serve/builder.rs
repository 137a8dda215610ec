//! From changes to builds, one after the other.

use std::io;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};
use tokio::sync::watch::Sender;

use super::state::{Site, State, errors};
use super::watch::Watch;
use super::{Options, Report};
use crate::config;
use crate::diagnostics::{Code, Diagnostic};
use crate::disk::Disk;
use crate::pipeline::{self, Built, Cache};
use crate::source::{Source, Span};
use crate::write::Artifacts;

/// The latest state, once there is one.
pub type States = Sender<Option<Arc<State>>>;

/// Builds, and leaves the outcome for those who answer.
pub struct Builder {
    options: Options,
    root: Utf8PathBuf,
    base_url: String,
    states: States,
    /// Tells the sites of this workshop from those of one that ran on the same port before.
    started: u128,
    /// How many sites there were.
    number: u64,
    site: Option<Arc<Site>>,
    cache: Cache,
}

impl Builder {
    pub fn new(options: Options, root: Utf8PathBuf, base_url: String, states: States) -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
        Self { options, root, base_url, states, started, number: 0, site: None, cache: Cache::on() }
    }

    /// Builds at once, and again after each change, until the watch is stopped. What changes while
    /// a build runs waits for the next, so a build never replaces a newer one.
    pub fn run(mut self, mut watch: Watch) {
        loop {
            self.build();
            if !watch.changed() {
                return;
            }
        }
    }

    fn build(&mut self) {
        let start = Instant::now();
        let options = pipeline::Options {
            today: (self.options.today)(),
            drafts: self.options.drafts,
            base_url: Some(self.base_url.clone()),
        };
        let files = Disk::new(&self.root);
        let mut built = pipeline::rebuild(&files, &options, &mut self.cache, &|_| {})
            .unwrap_or_else(|error| without_settings(&error));
        let errors = errors(&built.diagnostics);
        let served = errors.is_empty();
        if served {
            let site = Site::new(std::mem::take(&mut built.artifacts), built.search.take());
            // A save that changes nothing on the pages leaves them in peace.
            if !self.site.as_ref().is_some_and(|last| last.has_pages_of(&site)) {
                self.number += 1;
            }
            self.site = Some(Arc::new(site));
        }
        let name = format!("{}-{}", self.started, self.number);
        // Only an editor on this computer can open a file of this computer.
        let root = self.options.host.is_loopback().then_some(self.root.as_path());
        let state = State::new(name, self.site.clone(), &errors, root);
        self.states.send_replace(Some(Arc::new(state)));
        (self.options.report)(&Report { built: &built, time: start.elapsed(), served });
    }
}

/// A site whose settings cannot be read at all.
fn without_settings(error: &io::Error) -> Built {
    let message = if error.kind() == io::ErrorKind::NotFound {
        format!("there is no {} in the site's folder", config::FILE)
    } else {
        format!("{} cannot be read: {error}", config::FILE)
    };
    let source = Source::new(Utf8Path::new(config::FILE), "");
    let finding = Diagnostic::new(Code::Unreadable, &source, Span::default(), message)
        .help("put it back; `casebook new site DIR` writes one to start from");
    Built {
        artifacts: Artifacts::new(),
        diagnostics: vec![finding],
        overrides: Vec::new(),
        counts: Vec::new(),
        timings: Vec::new(),
        search: None,
    }
}
