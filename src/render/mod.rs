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

use std::sync::Arc;

use jiff::civil;
use rayon::prelude::*;

pub use artifact::Artifact;
pub use security::POLICY;
use theme::Theme;

use crate::cache::Store;
use crate::config::Settings;
use crate::diagnostics::Diagnostic;
use crate::link::Library;

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
    bodies: Store<markdown::Rendered>,
    pages: Store<String>,
}

impl Cache {
    /// One that keeps nothing.
    #[must_use]
    pub fn off() -> Self {
        Self { bodies: Store::off(), pages: Store::off() }
    }

    /// An empty one.
    #[must_use]
    pub fn on() -> Self {
        Self { bodies: Store::new(), pages: Store::new() }
    }

    /// Ends a build: what it did not ask for is forgotten.
    pub fn forget_unused(&mut self) {
        self.bodies.forget_unused();
        self.pages.forget_unused();
    }
}

/// Renders the whole site, in a stable order. A page that a template's mistake stops is left out,
/// and the mistake is among the findings.
#[must_use]
pub fn render(input: &Input<'_>, cache: &Cache) -> (Vec<Artifact>, Vec<Diagnostic>) {
    let mut artifacts = Vec::new();
    let mut findings = Vec::new();
    let terms = body::terms(input.library);
    let documents = input.library.documents.par_iter();
    let bodies: Vec<body::Outcome> =
        documents.map(|document| body::render(input, document, &terms, &cache.bodies)).collect();
    let (bodies, mistakes): (Vec<_>, Vec<_>) = bodies.into_iter().unzip();
    let bodies: Vec<_> = bodies.into_iter().map(Arc::unwrap_or_clone).collect();
    findings.extend(mistakes.into_iter().flatten());

    let mut listed = Vec::new();
    for page in pages::render(input, &bodies, &cache.pages) {
        match page {
            Ok(page) => {
                artifacts.push(page.artifact);
                listed.extend(page.listed);
            }
            Err(finding) => findings.push(*finding),
        }
    }
    artifacts.extend(data::artifacts(input, &bodies));
    artifacts.extend(feeds::artifacts(input));
    artifacts.extend(site_files::artifacts(input, listed));
    artifacts.extend(security::artifacts(input));
    let (outline, svg) = hexmap::outline();
    artifacts.push(Artifact::new(&outline, svg));
    artifacts.extend(input.theme.assets());
    artifacts.extend(
        input
            .library
            .attachments
            .iter()
            .map(|file| Artifact::new(&file.path, file.bytes.as_slice().to_vec())),
    );
    (artifacts, findings)
}
