//! The library becomes artifacts: pages, feeds, open data.
//!
//! A page is a function of its templates and its view, and of nothing else: [`view`] says what
//! templates receive, [`pages`] which page has which view, [`theme`] turns one into HTML.

mod adopt;
mod artifact;
mod body;
mod cards;
mod chart;
mod data;
mod facets;
mod facts;
mod feeds;
mod hexmap;
mod json_ld;
pub mod markdown;
mod names;
mod pages;
mod reporting;
mod security;
mod site_files;
mod strings;
pub mod theme;
pub mod view;

use std::fmt;
use std::sync::Arc;

use camino::Utf8Path;
use jiff::civil;
use rayon::prelude::*;

pub use artifact::Artifact;
use facets::Facet;
pub use security::POLICY;
use theme::{Shared, Theme};

use crate::cache::{Key, Store};
use crate::config::Settings;
use crate::diagnostics::Diagnostic;
use crate::link::Library;
use crate::source::Files;

/// Everything that rendering looks at.
pub struct Input<'a> {
    /// The library.
    pub library: &'a Library,
    /// The settings.
    pub settings: &'a Settings,
    /// The templates and assets.
    pub theme: &'a Theme,
    /// The day of the build. What depends on it prints it.
    pub today: civil::Date,
}

/// What earlier builds rendered.
#[derive(Debug)]
pub struct Cache {
    themes: Store<theme::Made>,
    bodies: Store<markdown::Rendered>,
    pages: Store<String>,
}

impl Cache {
    /// One that keeps nothing.
    #[must_use]
    pub fn off() -> Self {
        Self { themes: Store::off(), bodies: Store::off(), pages: Store::off() }
    }

    /// An empty one.
    #[must_use]
    pub fn on() -> Self {
        Self { themes: Store::new(), bodies: Store::new(), pages: Store::new() }
    }

    /// The theme of a site, as [`Theme::load`] says.
    #[must_use]
    pub fn theme(&self, files: &dyn Files, settings: &Settings) -> (Option<Arc<Theme>>, Vec<Diagnostic>) {
        Theme::load(files, settings, &self.themes)
    }

    /// Ends a build, as [`Store::end_build`] says.
    pub fn end_build(&self, is_whole: bool) {
        self.themes.end_build(is_whole);
        self.bodies.end_build(is_whole);
        self.pages.end_build(is_whole);
    }
}

/// A site that can be rendered: as a whole, or a page at a time.
pub struct Site {
    library: Arc<Library>,
    settings: Arc<Settings>,
    theme: Arc<Theme>,
    today: civil::Date,
    /// Of the library's documents, one by one.
    bodies: Vec<Arc<markdown::Rendered>>,
    facets: Vec<Facet>,
    shared: Shared,
    cache: Arc<Cache>,
}

impl Site {
    /// Renders the bodies of the documents, and what all pages share. The mistakes of the templates
    /// that drew components are among the findings.
    #[must_use]
    pub fn new(
        library: Arc<Library>,
        settings: Arc<Settings>,
        theme: Arc<Theme>,
        today: civil::Date,
        cache: Arc<Cache>,
    ) -> (Self, Vec<Diagnostic>) {
        let input = Input { library: &library, settings: &settings, theme: &theme, today };
        let terms = body::terms(&library);
        let documents = library.documents.par_iter();
        let outcomes: Vec<body::Outcome> =
            documents.map(|document| body::render(&input, document, &terms, &cache.bodies)).collect();
        let (bodies, mistakes): (Vec<_>, Vec<_>) = outcomes.into_iter().unzip();
        let facets = facets::facets(&input);
        let shared = pages::shared(&input, &facets);
        let site = Self { library, settings, theme, today, bodies, facets, shared, cache };
        (site, mistakes.into_iter().flatten().collect())
    }

    fn input(&self) -> Input<'_> {
        Input { library: &self.library, settings: &self.settings, theme: &self.theme, today: self.today }
    }

    /// A key of what all pages share: the templates, assets and words, and what they all show.
    #[must_use]
    pub fn shared_key(&self) -> Key {
        self.shared.key()
    }

    /// Renders every file, in a stable order, as long as `go_on` says so; `None` where it ended
    /// that. A page that a template's mistake stops is left out, and the mistake is among the
    /// findings.
    #[must_use]
    pub fn all(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Option<(Vec<Artifact>, Vec<Diagnostic>)> {
        let input = self.input();
        let mut artifacts = Vec::new();
        let mut findings = Vec::new();
        let mut listed = Vec::new();
        for page in pages::render(self, go_on)? {
            match page {
                Ok(page) => {
                    artifacts.push(page.artifact);
                    listed.extend(page.listed);
                }
                Err(finding) => findings.push(*finding),
            }
        }
        artifacts.extend(data::artifacts(&input, &self.bodies));
        artifacts.extend(feeds::artifacts(&input));
        artifacts.extend(site_files::artifacts(&input, listed));
        artifacts.extend(security::artifacts(&input));
        let (outline, svg) = hexmap::outline();
        artifacts.push(Artifact::new(&outline, svg));
        artifacts.extend(self.theme.assets());
        let attachments = self.library.attachments.iter();
        artifacts.extend(attachments.map(|file| Artifact::new(&file.path, file.bytes.as_slice())));
        Some((artifacts, findings))
    }

    /// Whether [`all`](Self::all) may have a file at `path` that [`file`](Self::file) has not: feeds,
    /// data, and what robots and hosts ask for. Told by the name alone.
    #[must_use]
    pub fn may_have(&self, path: &Utf8Path) -> bool {
        let is_for_hosts = path.file_name().is_some_and(|name| name.starts_with(['_', '.']));
        is_for_hosts
            || matches!(
                path.extension(),
                Some("json" | "csv" | "atom" | "xml" | "txt" | "svg" | "webmanifest")
            )
    }

    /// The file at `path` in the output folder, made by itself, with the bytes that it has in
    /// [`all`](Self::all). `None` where it is no page, no asset and no file beside a document.
    ///
    /// # Errors
    /// The mistake of a template.
    #[must_use]
    pub fn file(&self, path: &Utf8Path) -> Option<Result<Vec<u8>, Box<Diagnostic>>> {
        if let Some(page) = pages::render_one(self, path) {
            return Some(page.map(|page| page.artifact.bytes));
        }
        let attachments = self.library.attachments.iter();
        let mut attachments = attachments.map(|file| (&file.path, file.bytes.as_slice()));
        let beside = attachments.find(|(address, _)| Artifact::path_of(address) == path);
        let bytes = beside.map(|(_, bytes)| bytes).or_else(|| self.theme.asset(path))?;
        Some(Ok(bytes.to_vec()))
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("documents", &self.library.documents.len()).finish_non_exhaustive()
    }
}
