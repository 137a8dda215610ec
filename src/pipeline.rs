//! The one way through: from files to artifacts, with every finding of every stage.

use std::io;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use jiff::civil;
use rayon::prelude::*;

use crate::config::{self, BaseUrl};
use crate::diagnostics::{self, Diagnostic, Level};
use crate::link::{self, Library, Override};
use crate::model::Kind;
use crate::render::theme::Theme;
use crate::render::{self, Artifact, Input};
use crate::rules::{self, Checked};
use crate::source::{Files, Source};
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
    pub artifacts: Vec<Artifact>,
    /// Every finding, in the order in which they are shown.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that documents answer for.
    pub overrides: Vec<Override>,
    /// How many documents there are of each kind.
    pub counts: Vec<(Kind, usize)>,
    /// How long each stage took.
    pub timings: Vec<(Stage, Duration)>,
}

impl Built {
    /// How many findings have `level`.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|finding| finding.level == level).count()
    }
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
    /// Building the search index.
    Index,
    /// Making pages, feeds and data.
    Render,
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
            Self::Index => "index",
            Self::Render => "render",
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
        self.timings.push((stage, start.elapsed()));
        result
    }
}

/// Builds the site whose files `files` gives; `watch` hears which stage begins.
///
/// # Errors
/// When `site.toml` cannot be read, or tantivy fails. All else is among the findings.
pub fn build(files: &dyn Files, options: &Options, watch: &(dyn Fn(Stage) + Sync)) -> io::Result<Built> {
    let mut clock = Clock { watch, timings: Vec::new() };
    let text = files.read(Utf8Path::new(config::FILE))?;
    let source = Source::new(config::FILE, String::from_utf8_lossy(&text).into_owned());
    let (mut settings, mut findings) = config::load(&source);
    if let Some(base_url) = &options.base_url {
        settings.base = BaseUrl::new(base_url);
    }

    let set = clock.run(Stage::Discover, || discover::discover(files));
    findings.extend(set.diagnostics);
    let drafts: Vec<_> = clock
        .run(Stage::Parse, || set.documents.par_iter().map(|found| parse::parse(&found.source)).collect());
    let checked: Vec<Checked> = clock.run(Stage::Check, || {
        let pairs = set.documents.par_iter().zip(drafts);
        pairs.map(|(found, draft)| rules::check(found, draft, &settings, options.today)).collect()
    });
    let link_options = link::Options { drafts: options.drafts, today: options.today };
    let (library, found) =
        clock.run(Stage::Link, || link::link(checked, &set.attachments, &settings, link_options));
    findings.extend(found);

    let searched = clock.run(Stage::Index, || index::index(&library, &settings)).map_err(io::Error::other)?;

    // Rendered even where there are errors, so that the templates' mistakes show in the same run.
    let mut artifacts = clock.run(Stage::Render, || match Theme::load(files, &settings.theme) {
        Ok(theme) => {
            let input = Input { library: &library, settings: &settings, theme: &theme, today: options.today };
            let (artifacts, found) = render::render(&input);
            findings.extend(found);
            artifacts
        }
        Err(found) => {
            findings.extend(found);
            Vec::new()
        }
    });
    artifacts.extend(searched.into_iter().map(|(address, bytes)| Artifact::new(&address, bytes)));
    diagnostics::sort(&mut findings);
    let counts = Kind::ALL.iter().map(|kind| (*kind, library.of_kind(*kind).count())).collect();
    let Library { overrides, .. } = library;
    Ok(Built { artifacts, diagnostics: findings, overrides, counts, timings: clock.timings })
}
