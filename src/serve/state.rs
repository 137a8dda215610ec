//! What the last builds left: the site that is served, and what is wrong with the newest.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value as Json, json};

use crate::diagnostics::{Diagnostic, Level, excerpt, render_human, render_json};
use crate::index;
use crate::pipeline::Search;
use crate::render;
use crate::write::Artifacts;

/// Files by their path in the output folder.
type Files = HashMap<String, Bytes>;

/// A site in memory.
#[derive(Debug)]
pub struct Site {
    files: Made,
    index: Arc<Index>,
}

/// How much of a site is made.
#[derive(Debug)]
enum Made {
    /// A page when it is asked for, and the rest when one of that is.
    Asked(Arc<render::Site>, OnceLock<Files>),
    All(Files),
}

/// The search index, made when it is first asked for: most edits are looked at, not searched.
#[derive(Debug)]
struct Index {
    search: Search,
    files: OnceLock<Files>,
}

/// What a site has to give for a path.
pub enum Answer {
    /// The file.
    File(Bytes),
    /// There is none.
    Nothing,
    /// A later state has it, or says why not.
    Later,
    /// A template's mistake is in the way.
    Mistake(Box<Diagnostic>),
}

impl Site {
    /// The site that is being made from `site`, with the index that `search` makes.
    pub fn being_made(site: &Arc<render::Site>, search: &Search) -> Self {
        let index = Index { search: search.clone(), files: OnceLock::new() };
        Self { files: Made::Asked(Arc::clone(site), OnceLock::new()), index: Arc::new(index) }
    }

    /// The same, now that all its files are made.
    pub fn made(&self, artifacts: Artifacts) -> Self {
        Self { files: Made::All(files(artifacts.into_files())), index: Arc::clone(&self.index) }
    }

    /// What the file at `path` holds. One of the index may take a while, the first time. While the
    /// site `is_being_made`, what takes long is left to the builder.
    fn get(&self, path: &str, is_being_made: bool) -> Answer {
        let found =
            |files: &Files| files.get(path).map_or(Answer::Nothing, |bytes| Answer::File(bytes.clone()));
        if index::is_of_index(&format!("/{path}")) {
            return found(self.index.files());
        }
        match &self.files {
            Made::All(files) => found(files),
            Made::Asked(site, rest) => match site.file(Utf8Path::new(path)) {
                Some(Ok(bytes)) => Answer::File(bytes.into()),
                None if !site.may_have(Utf8Path::new(path)) => Answer::Nothing,
                _ if is_being_made => Answer::Later,
                Some(Err(mistake)) => Answer::Mistake(mistake),
                None => found(rest.get_or_init(|| {
                    let made = site.all(&|| true).map_or_else(Vec::new, |(made, _)| made);
                    files(made.into_iter().map(|file| (file.path, file.bytes)))
                })),
            },
        }
    }
}

impl Index {
    fn files(&self) -> &Files {
        self.files.get_or_init(|| {
            // Where tantivy fails, nothing is found; `casebook build` says why.
            let made = self.search.artifacts().unwrap_or_default();
            files(made.into_iter().map(|file| (file.path, file.bytes)))
        })
    }
}

fn files(made: impl Iterator<Item = (Utf8PathBuf, Vec<u8>)>) -> Files {
    made.map(|(path, bytes)| (path.into_string(), bytes.into())).collect()
}

/// What there is to serve, and to say.
#[derive(Debug)]
pub struct State {
    /// The name of the site as it is served: another name, another site.
    pub name: String,
    /// The newest site that is not known to have errors, if there was one.
    pub site: Option<Arc<Site>>,
    /// The last site that was made as a whole without errors, for a page of the newer one that a
    /// template's mistake turns out to stop.
    pub whole: Option<Arc<Site>>,
    /// Whether the builder is at work on that site, and another state follows in any case.
    pub is_being_made: bool,
    /// For pages that are open, as one line of JSON: `site` (the name), `findings` (those that
    /// keep the newest build from being served, as `--format json` prints them, each with its line as
    /// `excerpt`) and `root` (the
    /// site's folder, where pages may open files in an editor).
    pub message: String,
    /// The same findings for people, for a page without scripts.
    pub findings: String,
}

impl State {
    /// What the file at `path` of the site holds, where there is a site.
    pub fn get(&self, path: &str) -> Answer {
        let of = |site: &Option<Arc<Site>>| {
            site.as_ref().map_or(Answer::Nothing, |site| site.get(path, self.is_being_made))
        };
        match of(&self.site) {
            Answer::Mistake(mistake) => match of(&self.whole) {
                Answer::File(bytes) => Answer::File(bytes),
                _ => Answer::Mistake(mistake),
            },
            answer => answer,
        }
    }

    /// The state after a build: what is served is called `name`, and `errors` stand in the way of
    /// something newer.
    pub fn new(
        name: String,
        site: Option<Arc<Site>>,
        whole: Option<Arc<Site>>,
        is_being_made: bool,
        errors: &[Diagnostic],
        root: Option<&Utf8Path>,
    ) -> Self {
        let mut report: Json = serde_json::from_str(&render_json(errors)).unwrap_or_default();
        let told = report.get_mut("diagnostics").and_then(Json::as_array_mut);
        for (told, error) in told.into_iter().flatten().zip(errors) {
            if let (Some(told), Some(line)) = (told.as_object_mut(), excerpt(error)) {
                told.insert("excerpt".to_owned(), line.into());
            }
        }
        let message = json!({"site": name, "findings": report.get("diagnostics"), "root": root}).to_string();
        Self { name, site, whole, is_being_made, message, findings: render_human(errors, false) }
    }
}

/// The findings that keep a build from being served.
pub fn errors(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.retain(|finding| finding.level == Level::Error);
    findings
}
