//! The one way through: from files to artifacts, with every finding of every stage.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fmt, io};

use camino::{Utf8Path, Utf8PathBuf};
use casebook_reader::format::File;
use jiff::civil;
use rayon::prelude::*;

use crate::cache::{Key, Parts, Store};
use crate::config::{self, BaseUrl, Settings};
use crate::diagnostics::{self, Code, Diagnostic, Level, Override};
use crate::discover::{Found, SEARCHES, SourceSet};
use crate::index::expectations::{self, Asked, Expectations};
use crate::link::{self, Library};
use crate::model::Kind;
use crate::parse::Draft;
use crate::render::{self, Artifact};
use crate::rules::{self, Checked};
use crate::source::{Files, Source, Span};
use crate::write::Artifacts;
use crate::{discover, index, parse};

/// What a build is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day of the build, the only clock there is.
    pub today: civil::Date,
    /// Publish drafts, too.
    pub drafts: bool,
    /// The site's address, where it is not that of the settings.
    pub base_url: Option<String>,
}

/// What a build gives.
#[derive(Debug)]
pub struct Built {
    /// The files of the site. Not to be published where there are errors.
    pub artifacts: Artifacts,
    /// Every finding, in the order in which they are shown.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that documents answer for.
    pub overrides: Vec<Override>,
    /// How many documents there are of each kind.
    pub counts: Vec<(Kind, usize)>,
    /// What came of the searches that have to find something, where any are written down and the index
    /// was made.
    pub asked: Option<Asked>,
    /// How long each stage took; some run side by side.
    pub timings: Vec<(Stage, Duration)>,
}

impl Built {
    /// How many findings have `level`.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|finding| finding.level == level).count()
    }
}

/// Why there is nothing to check or to publish.
#[derive(Debug)]
pub enum Error {
    /// `site.toml` is not there, so that the folder is that of no site.
    NoSettings,
    /// `site.toml` cannot be read.
    Settings(io::Error),
    /// tantivy cannot build the search index, which would be a mistake of casebook's own.
    Index(tantivy::TantivyError),
    /// Somebody ended it before all pages were made.
    Ended,
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSettings => write!(f, "there is no {}", config::FILE),
            Self::Settings(error) => write!(f, "{} cannot be read: {error}", config::FILE),
            Self::Index(error) => write!(f, "the search index cannot be built: {error}"),
            Self::Ended => write!(f, "the build was ended before all pages were made"),
        }
    }
}

impl std::error::Error for Error {}

/// What the search index of a site is made of.
#[derive(Debug, Clone)]
pub struct Search {
    library: Arc<Library>,
    settings: Arc<Settings>,
    expectations: Option<Arc<Expectations>>,
}

impl Search {
    /// The files of the index.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn artifacts(&self) -> Result<Vec<Artifact>, Error> {
        Ok(published(self.files()?))
    }

    fn files(&self) -> Result<Vec<File>, Error> {
        Ok(index::files(&self.library, &self.settings)?)
    }
}

fn published(files: Vec<File>) -> Vec<Artifact> {
    index::published(files).into_iter().map(|(address, bytes)| Artifact::new(&address, bytes)).collect()
}

/// A stage, for timings and progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding and reading files.
    Discover,
    /// Reading front matter and markdown.
    Parse,
    /// Checking each document.
    Check,
    /// Linking all of them.
    Link,
    /// Making pages, feeds and data.
    Render,
    /// Building the search index.
    Index,
}

impl Stage {
    /// As shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Discover => "discover",
            Self::Parse => "parse",
            Self::Check => "check",
            Self::Link => "link",
            Self::Render => "render",
            Self::Index => "index",
        }
    }
}

/// Takes the time of each stage and tells who watches.
struct Clock<'a> {
    watch: &'a (dyn Fn(Stage) + Sync),
    timings: Vec<(Stage, Duration)>,
}

impl Clock<'_> {
    fn run<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        (self.watch)(stage);
        let start = Instant::now();
        let result = work();
        match self.timings.last_mut() {
            Some((last, time)) if *last == stage => *time += start.elapsed(),
            _ => self.timings.push((stage, start.elapsed())),
        }
        result
    }
}

/// What earlier builds of a site made, to be taken where nothing that it depends on has changed.
#[derive(Debug)]
pub struct Cache {
    drafts: Store<Draft>,
    checked: Store<Checked>,
    render: Arc<render::Cache>,
}

impl Cache {
    /// An empty one, which keeps what builds make.
    #[must_use]
    pub fn on() -> Self {
        Self { drafts: Store::new(), checked: Store::new(), render: Arc::new(render::Cache::on()) }
    }

    /// One that keeps nothing, for a build that is the only one.
    #[must_use]
    pub fn off() -> Self {
        Self { drafts: Store::off(), checked: Store::off(), render: Arc::new(render::Cache::off()) }
    }

    /// Ends a build, as [`Store::end_build`] says.
    fn end_build(&self, is_whole: bool) {
        self.drafts.end_build(is_whole);
        self.checked.end_build(is_whole);
        self.render.end_build(is_whole);
    }
}

/// Builds the site whose files `files` gives; `watch` hears which stage begins.
///
/// # Errors
/// [`Error`]: without `site.toml`, or where tantivy fails. All else is among the findings.
pub fn build(files: &dyn Files, options: &Options, watch: &(dyn Fn(Stage) + Sync)) -> Result<Built, Error> {
    let cache = Cache::off();
    let prepared = prepare(files, options, &cache, watch).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::NoSettings,
        _ => Error::Settings(error),
    })?;
    prepared.whole(&cache, watch)
}

/// A build up to where pages can be made.
///
/// The workshop shows a page as soon as that one is made; nobody should wait for a thousand others,
/// or for the index, to see a sentence that was changed.
#[derive(Debug)]
pub struct Prepared {
    /// The site, where the theme can be used.
    pub site: Option<Arc<render::Site>>,
    /// What the index is made of.
    pub search: Search,
    /// A key of all that the site is made from: as long as it is the same, so is the site.
    pub key: Key,
    findings: Vec<Diagnostic>,
    overrides: Vec<Override>,
    timings: Vec<(Stage, Duration)>,
    /// Documents that nobody else has to wait for.
    unfinished: HashSet<Utf8PathBuf>,
}

/// Does all that comes before pages are made, with what earlier builds left in `cache`.
///
/// # Errors
/// When `site.toml` cannot be read. All else is among the findings.
pub fn prepare(
    files: &dyn Files,
    options: &Options,
    cache: &Cache,
    watch: &(dyn Fn(Stage) + Sync),
) -> io::Result<Prepared> {
    let mut clock = Clock { watch, timings: Vec::new() };
    let (mut settings, mut findings) = settings(files)?;
    if let Some(base_url) = &options.base_url {
        settings.base = BaseUrl::new(base_url);
    }

    let set = clock.run(Stage::Discover, || discover::discover(files));
    let keys: Vec<Key> = set.documents.par_iter().map(|found| key(&found.source)).collect();
    let site_key = site_key(options, &settings.source, &set, &keys);
    findings.extend(set.diagnostics);
    let expectations = set.searches.as_ref().map(|source| {
        let (expectations, wrong) = expectations::read(source);
        findings.extend(wrong);
        Arc::new(expectations)
    });
    let drafts: Vec<Arc<Draft>> = clock.run(Stage::Parse, || {
        let draft = |(found, key): (&Found, &Key)| match found.is_read {
            true => cache.drafts.get(|| *key, || parse::parse(&found.source)),
            false => Arc::new(Draft::unread(&found.source)),
        };
        set.documents.par_iter().zip(&keys).map(draft).collect()
    });
    let checked: Vec<Arc<Checked>> = clock.run(Stage::Check, || {
        let told = Parts::new().and(settings.source.text()).and(options.today.to_string()).key();
        let check = |((found, key), draft): ((&Found, &Key), Arc<Draft>)| {
            let check = || rules::check(found, Arc::unwrap_or_clone(draft), &settings, options.today);
            // What is wrong with a file as such does not show in its text.
            match found.diagnostics.is_empty() {
                true => {
                    let key = || Parts::new().and(key.as_bytes()).and(told.as_bytes()).key();
                    cache.checked.get(key, check)
                }
                false => Arc::new(check()),
            }
        };
        set.documents.par_iter().zip(&keys).zip(drafts).map(check).collect()
    });
    let unfinished = checked
        .iter()
        .filter(|document| document.is_draft() && !options.drafts)
        .map(|document| document.source.path().to_owned())
        .collect();
    let link_options = link::Options { drafts: options.drafts, today: options.today };
    let (mut library, mut found) =
        clock.run(Stage::Link, || link::link(checked, &set.attachments, &settings, link_options));
    if set.is_partial {
        // What that folder holds is not known, so nothing is said of what is not there.
        found.retain(|finding| !link::FOLLOW_FROM_MISSING.contains(&finding.code));
    }
    findings.extend(found);
    let overrides = std::mem::take(&mut library.overrides);

    let (library, settings) = (Arc::new(library), Arc::new(settings));
    let search = Search { library: Arc::clone(&library), settings: Arc::clone(&settings), expectations };
    findings.extend(search.expectations.iter().flat_map(|searches| searches.misaddressed(&search.library)));
    let site = clock.run(Stage::Render, || {
        let cache = Arc::clone(&cache.render);
        let (theme, found) = cache.theme(files, &settings);
        findings.extend(found);
        let (site, found) = render::Site::new(library, settings, theme?, options.today, cache);
        findings.extend(found);
        Some(Arc::new(site))
    });
    let shared = site.as_ref().map(|site| *site.shared_key().as_bytes());
    let key = site_key.and(shared.unwrap_or_default()).key();
    Ok(Prepared { site, search, key, findings, overrides, timings: clock.timings, unfinished })
}

/// The key of a text and its place, which tells its kind and its name.
fn key(source: &Source) -> Key {
    Parts::new().and(source.path().as_str()).and(source.text()).key()
}

/// The start of the key of a site: what it is made from, less the theme. `documents` are the keys of those.
fn site_key(options: &Options, settings: &Source, set: &SourceSet, documents: &[Key]) -> Parts {
    let told = (options.today.to_string(), options.drafts, &options.base_url, settings.text());
    let start = Parts::new().and_json(&told);
    let searches = set.searches.iter().map(|source| key(source));
    let texts = documents.iter().copied().chain(searches);
    let parts = texts.fold(start, |parts, key| parts.and(key.as_bytes()));
    let files = set.attachments.iter();
    files.fold(parts, |parts, file| parts.and(file.path.as_str()).and(file.bytes.as_slice()))
}

impl Prepared {
    /// The errors that are known so far.
    #[must_use]
    pub fn errors(&self) -> Vec<Diagnostic> {
        let mut findings = self.findings.clone();
        self.sort(&mut findings);
        findings.retain(|finding| finding.level == Level::Error);
        findings
    }

    /// Nobody else has to wait until a draft is finished: what is found in one is a warning, but for
    /// personal data, which is public with the repository.
    fn sort(&self, findings: &mut Vec<Diagnostic>) {
        for finding in &mut *findings {
            let is_unfinished = self.unfinished.contains(finding.primary.location.source.path());
            if is_unfinished && finding.code != Code::PersonalData {
                finding.level = Level::Warning;
            }
        }
        diagnostics::sort(findings);
    }

    /// Makes every file but those of the search index, as long as `go_on` says so; `None` where it
    /// ended that.
    ///
    /// Pages are made even where there are errors, so that the templates' mistakes show as well.
    #[must_use]
    pub fn pages(
        mut self,
        cache: &Cache,
        watch: &(dyn Fn(Stage) + Sync),
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Option<Built> {
        let mut findings = std::mem::take(&mut self.findings);
        let mut clock = Clock { watch, timings: std::mem::take(&mut self.timings) };
        let mut artifacts = Artifacts::new();
        if let Some(site) = &self.site {
            let Some((files, found)) = clock.run(Stage::Render, || site.all(go_on)) else {
                cache.end_build(false);
                return None;
            };
            findings.extend(found);
            add(&mut artifacts, files, &mut findings);
        }
        self.sort(&mut findings);
        // A mistake in the settings or the theme leaves much unasked for that is wanted once it is mended.
        cache.end_build(findings.iter().all(|finding| finding.level != Level::Error));
        let library = &self.search.library;
        let counts = Kind::ALL.iter().map(|kind| (*kind, library.of_kind(*kind).count())).collect();
        Some(Built {
            artifacts,
            diagnostics: findings,
            overrides: self.overrides,
            counts,
            asked: None,
            timings: clock.timings,
        })
    }

    /// Makes every file, the search index beside the pages, and checks that it finds what it has to.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn whole(self, cache: &Cache, watch: &(dyn Fn(Stage) + Sync)) -> Result<Built, Error> {
        let search = self.search.clone();
        let index = || {
            let start = Instant::now();
            (search.files(), start.elapsed())
        };
        let pages = || {
            let built = self.pages(cache, watch, &|| true);
            watch(Stage::Index);
            built
        };
        let (built, (files, time)) = rayon::join(pages, index);
        let (files, mut built) = (files?, built.ok_or(Error::Ended)?);
        built.timings.push((Stage::Index, time));
        if let Some(expectations) = &search.expectations {
            // Documents with mistakes are not in the library, so they could not be found.
            let is_of_searches = |finding: &Diagnostic| finding.primary.location.source.path() == SEARCHES;
            let is_whole = |finding: &Diagnostic| finding.level != Level::Error || is_of_searches(finding);
            let (asked, found) = match built.diagnostics.iter().all(is_whole) {
                true => expectations.check(&search.library, &files),
                false => (expectations.unasked(), Vec::new()),
            };
            built.asked = Some(asked);
            built.diagnostics.extend(found);
        }
        add(&mut built.artifacts, published(files), &mut built.diagnostics);
        diagnostics::sort(&mut built.diagnostics);
        Ok(built)
    }
}

/// Reads `site.toml`. A file that cannot be one is not taken apart.
fn settings(files: &dyn Files) -> io::Result<(Settings, Vec<Diagnostic>)> {
    let path = Utf8Path::new(config::FILE);
    let bytes = files.read(path)?;
    if let Some(wrong) = discover::too_large(path, bytes.len() as u64, discover::DOCUMENT_BYTES) {
        // That fields are missing from what was not read is no finding.
        return Ok((config::load(&Source::new(path, "")).0, vec![wrong]));
    }
    let (source, wrong) = discover::decode(path, bytes);
    let (settings, mut findings) = config::load(&source);
    findings.extend(wrong);
    Ok((settings, findings))
}

/// Adds files to the site. Two that cannot both be published are found here at the latest: documents
/// and the files beside them earlier, with their place.
fn add(site: &mut Artifacts, files: Vec<Artifact>, findings: &mut Vec<Diagnostic>) {
    for file in files {
        if let Err(clash) = site.insert(file.path.clone(), file.bytes) {
            let source = Source::new(file.path, "");
            findings.push(
                Diagnostic::new(Code::DuplicateAddress, &source, Span::default(), clash.to_string())
                    .help("give the document, the alias or the file that is published there another name"),
            );
        }
    }
}
