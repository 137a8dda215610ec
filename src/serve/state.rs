//! What the last builds left: the site that is served, and what is wrong with the newest.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use camino::Utf8Path;
use serde_json::{Value as Json, json};

use crate::config;
use crate::diagnostics::{Diagnostic, Level, render_human, render_json};
use crate::index;
use crate::pipeline::Search;
use crate::write::Artifacts;

/// Files by their path in the output folder.
type Files = HashMap<String, Bytes>;

/// A site in memory.
#[derive(Debug)]
pub struct Site {
    pages: Files,
    /// The search index, made when it is first asked for: most edits are looked at, not searched.
    index: OnceLock<Files>,
    search: Option<Box<Search>>,
}

impl Site {
    /// The site that `artifacts` make, with the index that `search` would.
    pub fn new(artifacts: Artifacts, search: Option<Box<Search>>) -> Self {
        let pages = artifacts.into_files().map(|(path, bytes)| (path.into_string(), bytes.into()));
        Self { pages: pages.collect(), index: OnceLock::new(), search }
    }

    /// What the file at `path` holds. One of the index may take a while, the first time.
    pub fn get(&self, path: &str) -> Option<&Bytes> {
        let in_index = || index::is_of_index(&format!("/{path}")).then(|| self.index().get(path)).flatten();
        self.pages.get(path).or_else(in_index)
    }

    fn index(&self) -> &Files {
        self.index.get_or_init(|| {
            let made = self.search.as_ref().map(|search| search.artifacts());
            // Where tantivy fails, nothing is found; `casebook build` says why.
            let files = made.and_then(Result::ok).unwrap_or_default();
            files.into_iter().map(|file| (file.path.into_string(), file.bytes.into())).collect()
        })
    }

    /// Whether everything but the index is the same in `other`.
    pub fn has_pages_of(&self, other: &Self) -> bool {
        self.pages == other.pages
    }
}

/// What there is to serve, and to say.
#[derive(Debug)]
pub struct State {
    /// The name of the site as it is served: another name, another site.
    pub name: String,
    /// The last site without errors, if there was one.
    pub site: Option<Arc<Site>>,
    /// For pages that are open, as one line of JSON: `site` (the name), `findings` (those that
    /// keep the newest build from being served, as `--format json` prints them) and `root` (the
    /// site's folder, where pages may open files in an editor).
    pub message: String,
    /// The same findings for people, for a page without scripts.
    pub findings: String,
}

impl State {
    /// The state after a build: what is served is called `name`, and `errors` stand in the way of
    /// something newer.
    pub fn new(
        name: String,
        site: Option<Arc<Site>>,
        errors: &[Diagnostic],
        root: Option<&Utf8Path>,
    ) -> Self {
        let report: Json = serde_json::from_str(&render_json(errors)).unwrap_or_default();
        let message = json!({"site": name, "findings": report.get("diagnostics"), "root": root}).to_string();
        Self { name, site, message, findings: render_human(errors, false) }
    }
}

/// The findings that keep a build from being served. Those about the settings come first: where
/// they are broken, the documents' follow from that.
pub fn errors(findings: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut errors: Vec<_> =
        findings.iter().filter(|finding| finding.level == Level::Error).cloned().collect();
    errors.sort_by_key(|finding| finding.primary.location.source.path() != config::FILE);
    errors
}
