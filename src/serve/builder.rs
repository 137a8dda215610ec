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
    /// How many builds in a row a change has ended.
    ended: usize,
    cache: Cache,
}

/// Builds in a row that a change ends. Who saves all the time sees pages at once, but the feeds, the
/// data and what is wrong with templates after such a build only.
const ENDED: usize = 3;

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
            ended: 0,
            cache: Cache::on(),
        }
    }

    /// Builds at once, and again after each change, until the watch is stopped. A change while the
    /// pages are made ends that: the next build has it, and what was made until then.
    pub fn run(mut self, mut watch: Watch) {
        let news = watch.news();
        loop {
            let is_patient = self.ended >= ENDED;
            self.build(&|| !news.is_stopped() && (is_patient || !news.is_there()));
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
        self.show(new.as_ref().or(self.good()), true, &errors);
        let Some(mut built) = prepared.pages(&self.cache, &|_| {}, go_on) else {
            self.newer = new.or(self.newer.take());
            self.ended += 1;
            return;
        };
        self.ended = 0;
        let count = built.count(Level::Error);
        // Of templates that are wrong nobody knows since when.
        if count > errors.len() || new.is_some() {
            self.newer = None;
        }
        if let Some(new) = new.filter(|_| count == 0) {
            let site = Arc::new(new.site.made(std::mem::take(&mut built.artifacts)));
            self.whole = Some(Good { site, ..new });
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
        let whole = self.whole.as_ref().map(|good| Arc::clone(&good.site));
        let state = State::new(name, site, whole, is_being_made, errors, root);
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
        asked: None,
        timings: Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use tokio::sync::watch;

    use super::super::state::Answer;
    use super::*;

    const PAGE: &str = "case-studies/flag/index.html";
    const FLAG: &str = "content/case-studies/flag.md";

    /// A site in a folder, its builder, and what the builder shows.
    struct Bench {
        root: Utf8PathBuf,
        builder: Builder,
        shown: watch::Receiver<Option<Arc<State>>>,
        _folder: tempfile::TempDir,
    }

    impl Bench {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = Utf8PathBuf::try_from(folder.path().to_owned()).unwrap();
            let project = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
            copy(&project.join("tests/sites/base"), &root);
            std::fs::copy(project.join(config::FILE), root.join(config::FILE)).unwrap();
            let options = Options {
                root: root.clone(),
                host: IpAddr::V4(Ipv4Addr::LOCALHOST),
                port: 0,
                drafts: false,
                today: Box::new(|| "2026-11-21".parse().unwrap()),
                report: Box::new(|_| {}),
            };
            let (states, shown) = watch::channel(None);
            let builder = Builder::new(options, root.clone(), "http://127.0.0.1:1/".to_owned(), states);
            Self { root, builder, shown, _folder: folder }
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }

        fn edit(&self, path: &str, from: &str, to: &str) {
            let text = std::fs::read_to_string(self.root.join(path)).unwrap();
            assert!(text.contains(from));
            self.write(path, &text.replace(from, to));
        }

        fn get(&self, path: &str) -> Answer {
            self.shown.borrow().as_ref().unwrap().get(path)
        }

        fn page(&self) -> String {
            match self.get(PAGE) {
                Answer::File(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
                _ => String::new(),
            }
        }
    }

    fn copy(from: &Utf8Path, to: &Utf8Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in from.read_dir_utf8().unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                copy(entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }

    #[test]
    fn a_build_that_was_ended_shows_pages_and_leaves_the_rest_for_the_next() {
        let mut bench = Bench::new();
        bench.builder.build(&|| false);
        assert!(bench.page().contains("One flag."));
        assert!(matches!(bench.get("sitemap.xml"), Answer::Later));
        assert!(matches!(bench.get("data/case-studies.csv"), Answer::Later));
        assert!(matches!(bench.get("favicon.ico"), Answer::Nothing), "no build has to tell that");
        assert!(matches!(bench.get("nothing/index.html"), Answer::Nothing));
        bench.builder.build(&|| true);
        assert!(matches!(bench.get("sitemap.xml"), Answer::File(_)));
        assert!(matches!(bench.get("data/nothing.csv"), Answer::Nothing));
    }

    #[test]
    fn a_document_that_breaks_after_a_build_was_ended_leaves_the_pages_of_that_build() {
        let mut bench = Bench::new();
        bench.builder.build(&|| true);
        bench.edit(FLAG, "One flag.", "Two flags.");
        bench.builder.build(&|| false);
        bench.edit(FLAG, "status: running", "status: runing");
        bench.builder.build(&|| true);
        assert!(bench.page().contains("Two flags."));
        assert!(matches!(bench.get("sitemap.xml"), Answer::File(_)), "made when it is asked for");
        assert!(bench.shown.borrow().as_ref().unwrap().findings.contains("runing"));
    }

    #[test]
    fn a_template_that_broke_in_a_build_that_was_ended_does_not_cost_the_last_good_site() {
        let mut bench = Bench::new();
        bench.builder.build(&|| true);
        bench.write("themes/default/templates/case-study.html", "{{ document.titel }}");
        bench.builder.build(&|| false);
        assert!(matches!(bench.get(PAGE), Answer::Later));
        bench.edit(FLAG, "status: running", "status: runing");
        bench.builder.build(&|| false);
        bench.builder.build(&|| true);
        assert!(bench.page().contains("One flag."));
        let shown = bench.shown.borrow().clone().unwrap();
        assert!(shown.findings.contains("runing"), "{}", shown.findings);
    }
}
