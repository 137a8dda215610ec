//! From changes to builds, one after the other.

use std::io;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};
use tokio::sync::watch::Sender;

use super::state::{Site, State, errors};
use super::watch::Watch;
use super::{Options, Report};
use crate::cache::Key;
use crate::config;
use crate::diagnostics::{Code, Diagnostic, Level};
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
    /// The last one that was made as a whole, without errors.
    whole: Option<Good>,
    /// A newer one that no error is known of; another change came before all of it was made.
    newer: Option<Good>,
    cache: Cache,
}

/// A site without errors.
#[derive(Clone)]
struct Good {
    name: String,
    /// Of all that it was made from.
    key: Key,
    site: Arc<Site>,
}

impl Builder {
    pub fn new(options: Options, root: Utf8PathBuf, base_url: String, states: States) -> Self {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
        Self {
            options,
            root,
            base_url,
            states,
            started,
            number: 0,
            whole: None,
            newer: None,
            cache: Cache::on(),
        }
    }

    /// Builds at once, and again after each change, until the watch is stopped. A change while the
    /// pages are made ends that: the next build has it, and what was made until then.
    pub fn run(mut self, mut watch: Watch) {
        let news = watch.news();
        loop {
            self.build(&|| !news());
            if !watch.changed() {
                return;
            }
        }
    }

    fn build(&mut self, go_on: &(dyn Fn() -> bool + Sync)) {
        let start = Instant::now();
        let options = pipeline::Options {
            today: (self.options.today)(),
            drafts: self.options.drafts,
            base_url: Some(self.base_url.clone()),
        };
        let files = Disk::new(&self.root);
        let prepared = match pipeline::prepare(&files, &options, &self.cache, &|_| {}) {
            Ok(prepared) => prepared,
            Err(error) => return self.report(&without_settings(&error), start),
        };
        let errors = errors(prepared.errors());
        let new = prepared.site.as_ref().filter(|_| errors.is_empty());
        let new = new.map(|site| self.name(prepared.key, Site::being_made(site, &prepared.search)));
        // Shown before the rest is made: the page that somebody looks at is made when it is asked for.
        match &new {
            Some(new) => self.show(Some(new), true, &errors),
            None => self.show(self.good(), false, &errors),
        }
        let Some(mut built) = prepared.pages(&self.cache, &|_| {}, go_on) else {
            self.newer = new.or(self.newer.take());
            return;
        };
        if let Some(new) = new {
            self.newer = None;
            if built.count(Level::Error) == 0 {
                let site = Arc::new(new.site.made(std::mem::take(&mut built.artifacts)));
                self.whole = Some(Good { site, ..new });
            }
        }
        self.report(&built, start);
    }

    /// The newest site that no error is known of.
    fn good(&self) -> Option<&Good> {
        self.newer.as_ref().or(self.whole.as_ref())
    }

    /// Gives a site its name: that of the last good one where it is the same, so that a save that
    /// changes nothing leaves the pages that are open in peace.
    fn name(&mut self, key: Key, site: Site) -> Good {
        let same = self.good().filter(|good| good.key == key).map(|good| good.name.clone());
        let name = same.unwrap_or_else(|| {
            self.number += 1;
            format!("{}-{}", self.started, self.number)
        });
        Good { name, key, site: Arc::new(site) }
    }

    fn report(&mut self, built: &Built, start: Instant) {
        let errors = errors(built.diagnostics.clone());
        self.show(self.good(), false, &errors);
        (self.options.report)(&Report { built, time: start.elapsed(), served: errors.is_empty() });
    }

    fn show(&self, site: Option<&Good>, is_being_made: bool, errors: &[Diagnostic]) {
        // Only an editor on this computer can open a file of this computer.
        let root = self.options.host.is_loopback().then_some(self.root.as_path());
        let name = site.map_or_else(|| format!("{}-0", self.started), |good| good.name.clone());
        let site = site.map(|good| Arc::clone(&good.site));
        let state = State::new(name, site, is_being_made, errors, root);
        self.states.send_replace(Some(Arc::new(state)));
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
    }
}
