//! Waits for changes to the files that a build reads.
//!
//! The system tells of changes; on top of that the files are looked at every now and then, since
//! network drives and containers tell of none, and a folder that comes and goes takes its watch
//! along. The output folder is not watched, so a build never wakes itself.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::{DirEntry, WalkDir};

use crate::config;
use crate::discover::CONTENT;

/// The folders that a build reads.
const FOLDERS: [&str; 2] = [CONTENT, "themes"];

/// How long nothing may happen before a build starts: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// How long a build waits for quiet at the most.
const PATIENCE: Duration = Duration::from_millis(300);

/// Looking at all files takes at most one part in this many of the time.
const LOOKING_SHARE: u32 = 100;

/// What the watch is told.
enum Signal {
    /// A file may have changed.
    Changed,
    /// A watched folder came or went, or changes were lost.
    FoldersChanged,
    Stop,
}

/// Ends a [`Watch`].
pub struct Stop(Teller);

impl Stop {
    /// Ends it.
    pub fn stop(&self) {
        self.0.tell(Signal::Stop);
    }
}

/// Tells the watch something.
#[derive(Clone)]
struct Teller {
    signals: Sender<Signal>,
    news: News,
}

impl Teller {
    fn tell(&self, signal: Signal) {
        if matches!(signal, Signal::Stop) {
            self.news.stopped.store(true, Ordering::Release);
        }
        self.news.told.fetch_add(1, Ordering::AcqRel);
        // Nobody listens any more where this fails.
        let _ = self.signals.send(signal);
    }
}

/// Whether something was told that the watch has not taken yet. Counted, so that news never stands
/// without a signal that the watch will find.
#[derive(Clone, Default)]
pub struct News {
    told: Arc<AtomicU64>,
    taken: Arc<AtomicU64>,
    stopped: Arc<AtomicBool>,
}

impl News {
    /// Whether [`Watch::changed`] would not have to wait.
    pub fn is_there(&self) -> bool {
        self.told.load(Ordering::Acquire) != self.taken.load(Ordering::Acquire)
    }

    /// Whether the watch was stopped.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }
}

/// Waits for changes under a site's root.
pub struct Watch {
    root: Utf8PathBuf,
    /// `None` where the system cannot tell of changes.
    watcher: Option<RecommendedWatcher>,
    signals: Receiver<Signal>,
    news: News,
    /// What the files looked like when last looked at, and how long that took.
    seen: u64,
    cost: Duration,
}

impl Watch {
    /// Watches from now on.
    pub fn new(root: &Utf8Path) -> (Self, Stop) {
        let (sender, signals) = mpsc::channel();
        let stop = Stop(Teller { signals: sender, news: News::default() });
        let (teller, news) = (stop.0.clone(), stop.0.news.clone());
        let inside = root.to_owned();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let signal = event.map_or(Some(Signal::FoldersChanged), |event| signal(&inside, &event));
            if let Some(signal) = signal {
                teller.tell(signal);
            }
        });
        let mut watch = Self {
            root: root.to_owned(),
            watcher: watcher.ok(),
            signals,
            news,
            seen: 0,
            cost: Duration::ZERO,
        };
        watch.arm();
        watch.look();
        (watch, stop)
    }

    /// Tells of changes while nobody waits for them.
    pub fn news(&self) -> News {
        self.news.clone()
    }

    /// The next signal, within `time`.
    fn take(&self, time: Duration) -> Result<Signal, RecvTimeoutError> {
        let signal = self.signals.recv_timeout(time)?;
        self.news.taken.fetch_add(1, Ordering::AcqRel);
        Ok(signal)
    }

    /// Waits until files have changed and are quiet again; false when it was stopped.
    pub fn changed(&mut self) -> bool {
        let mut folders = loop {
            match self.take(self.interval()) {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Ok(Signal::Changed) => break false,
                Ok(Signal::FoldersChanged) => break true,
                // The system did not tell of it, so its watches are no longer to be trusted.
                Err(RecvTimeoutError::Timeout) if self.look() => break true,
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            match self.take(QUIET) {
                Ok(Signal::Stop) => return false,
                Ok(Signal::Changed) => {}
                Ok(Signal::FoldersChanged) => folders = true,
                Err(_) => break,
            }
        }
        if folders {
            self.arm();
        }
        // Before the build reads: what changes from here on is another change.
        self.look();
        true
    }

    /// Watches the folders anew, as they stand now.
    fn arm(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let paths = std::iter::once((self.root.clone(), RecursiveMode::NonRecursive))
            .chain(FOLDERS.iter().map(|folder| (self.root.join(folder), RecursiveMode::Recursive)));
        for (path, mode) in paths {
            // One that is not there has no watch to end, and none to begin: the root tells when it
            // comes. What cannot be watched for another reason is looked at.
            let _ = watcher.unwatch(path.as_std_path());
            let _ = watcher.watch(path.as_std_path(), mode);
        }
    }

    /// Looks at every file; true when something is not as it was.
    fn look(&mut self) -> bool {
        let start = Instant::now();
        let now = fingerprint(&self.root);
        self.cost = start.elapsed();
        let before = std::mem::replace(&mut self.seen, now);
        before != now
    }

    fn interval(&self) -> Duration {
        let least = if self.watcher.is_some() { Duration::from_secs(2) } else { Duration::from_millis(300) };
        (self.cost * LOOKING_SHARE).clamp(least, Duration::from_secs(30))
    }
}

/// What `event` means for a build; `None` where it is about files that no build reads.
fn signal(root: &Utf8Path, event: &Event) -> Option<Signal> {
    if event.need_rescan() {
        return Some(Signal::FoldersChanged);
    }
    match event.kind {
        // Opening and reading, which the build itself does.
        EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write) => return None,
        _ => {}
    }
    let comes_or_goes = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any
    );
    let mut read =
        event.paths.iter().filter_map(|path| path.strip_prefix(root).ok()).filter(|path| is_read(path));
    if comes_or_goes
        && read.clone().any(|path| path.components().count() < 2 && path != Path::new(config::FILE))
    {
        return Some(Signal::FoldersChanged);
    }
    read.next().map(|_| Signal::Changed)
}

/// Whether a build reads the file or folder at `path`, from the root. Hidden files are those that
/// editors write beside the one that is edited.
fn is_read(path: &Path) -> bool {
    let mut parts = path.iter().map(|part| part.to_str().unwrap_or_default());
    match parts.next() {
        // The root itself.
        None => true,
        Some(config::FILE) => true,
        Some(first) => FOLDERS.contains(&first) && !parts.any(|part| part.starts_with('.')),
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| name.starts_with('.'))
}

/// A number that is another when a file was added, removed, renamed or written.
fn fingerprint(root: &Utf8Path) -> u64 {
    let roots = FOLDERS.iter().chain(std::iter::once(&config::FILE)).map(|name| root.join(name));
    let mut all: Vec<(std::path::PathBuf, Option<(u64, std::time::SystemTime)>)> = roots
        .flat_map(|root| {
            WalkDir::new(root).follow_links(true).into_iter().filter_entry(|entry| !is_hidden(entry))
        })
        .map(|entry| match entry {
            Ok(entry) => {
                let metadata = entry.metadata().ok().filter(std::fs::Metadata::is_file);
                let written = metadata.and_then(|m| Some((m.len(), m.modified().ok()?)));
                (entry.into_path(), written)
            }
            Err(error) => (error.path().map(Path::to_owned).unwrap_or_default(), None),
        })
        .collect();
    all.sort();
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use notify::event::{CreateKind, DataChange, RemoveKind, RenameMode};

    use super::*;

    fn told(kind: EventKind, paths: &[&str]) -> Option<bool> {
        let mut event = Event::new(kind);
        for path in paths {
            event = event.add_path(Path::new("/site").join(path));
        }
        signal(Utf8Path::new("/site"), &event).map(|signal| matches!(signal, Signal::FoldersChanged))
    }

    #[test]
    fn only_what_a_build_reads_wakes_it() {
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert_eq!(told(written, &["content/topics/county-lines.md"]), Some(false));
        assert_eq!(told(written, &["themes/default/templates/base.html"]), Some(false));
        assert_eq!(told(written, &["site.toml"]), Some(false));
        assert_eq!(told(written, &["public/index.html"]), None);
        assert_eq!(told(written, &["README.md"]), None);
        assert_eq!(told(written, &["content/topics/.county-lines.md.swp"]), None);
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert_eq!(told(opened, &["content/topics/county-lines.md"]), None, "the build reads files itself");
        let saved = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let names = ["content/topics/.new", "content/topics/county-lines.md"];
        assert_eq!(told(saved, &names), Some(false), "saved by rename");
    }

    #[test]
    fn folders_that_come_and_go_are_watched_anew() {
        assert_eq!(told(EventKind::Remove(RemoveKind::Folder), &["content"]), Some(true));
        assert_eq!(told(EventKind::Create(CreateKind::Folder), &["themes"]), Some(true));
        assert_eq!(told(EventKind::Remove(RemoveKind::Folder), &[""]), Some(true), "the root itself");
        assert_eq!(told(EventKind::Create(CreateKind::File), &["site.toml"]), Some(false));
        assert_eq!(told(EventKind::Create(CreateKind::Folder), &["public"]), None);
    }

    #[test]
    fn news_never_stands_without_a_change_to_be_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let (mut watch, stop) = Watch::new(Utf8Path::from_path(folder.path()).unwrap());
        let news = watch.news();
        assert!(!news.is_there());
        let (done, is_done) = mpsc::channel::<()>();
        let teller = stop.0.clone();
        // Tells without a pause, for longer than the watch is patient.
        let noise = std::thread::spawn(move || {
            while is_done.try_recv() == Err(mpsc::TryRecvError::Empty) {
                teller.tell(Signal::Changed);
                std::thread::yield_now();
            }
        });
        assert!(watch.changed());
        drop(done);
        noise.join().unwrap();
        let (sender, ended) = mpsc::channel();
        let waiting = news.clone();
        std::thread::spawn(move || {
            while waiting.is_there() {
                assert!(watch.changed());
            }
            sender.send(()).unwrap();
        });
        ended.recv_timeout(Duration::from_secs(60)).expect("the watch waits although there is news");
        assert!(!news.is_there() && !news.is_stopped());
        stop.stop();
        assert!(news.is_there() && news.is_stopped());
    }

    #[test]
    fn files_that_changed_without_a_word_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let empty = fingerprint(root);
        std::fs::create_dir_all(root.join("content/topics")).unwrap();
        std::fs::write(root.join("content/topics/a.md"), "a").unwrap();
        let one = fingerprint(root);
        assert_ne!(one, empty);
        std::fs::create_dir_all(root.join("public")).unwrap();
        std::fs::write(root.join("public/index.html"), "a").unwrap();
        assert_eq!(fingerprint(root), one, "the output is not looked at");
        std::fs::write(root.join("content/topics/.a.md.swp"), "a").unwrap();
        assert_eq!(fingerprint(root), one, "nor is what editors hide");
        std::fs::rename(root.join("content/topics/a.md"), root.join("content/topics/b.md")).unwrap();
        assert_ne!(fingerprint(root), one);
    }
}
