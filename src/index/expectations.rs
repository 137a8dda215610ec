//! `content/searches.yaml`: what people ask, and the documents that have to be among the first
//! results. A change of words or weights that pushes one out is found before it is published.

use std::collections::BTreeMap;
use std::sync::Arc;

use casebook_reader::format::{ENTRY, File};
use casebook_reader::search::{self, Hit, Request, Results};

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::link::Library;
use crate::model::decode::Decoder;
use crate::model::values::{Line, SitePath};
use crate::model::vocabulary::Vocabularies;
use crate::parse::node::Node;
use crate::parse::yaml;
use crate::record;
use crate::source::{Source, Span};

/// Where `first` documents have to be.
const FIRST: usize = 3;
/// Where `near` documents have to be.
const NEAR: usize = 10;

record! {
    /// What people search for.
    pub struct SearchesFile, draft SearchesDraft {
        /// The searches.
        list(0..) searches: Search;
    }

    /// A search and what it has to find.
    pub struct Search, draft SearchDraft {
        /// What is typed.
        required query: Line<200>;
        /// The addresses of documents that have to be among the first three results.
        list(0..) first: SitePath;
        /// The addresses of documents that have to be among the first ten.
        list(0..) near: SitePath;
    }
}

/// The searches of a library, as they are written.
#[derive(Debug)]
pub struct Expectations {
    source: Arc<Source>,
    list: Vec<Expectation>,
}

/// One document that one search has to find.
#[derive(Debug)]
struct Expectation {
    query: String,
    path: String,
    /// Among how many of the first results.
    among: usize,
    span: Span,
}

/// Reads the file.
#[must_use]
pub fn read(source: &Arc<Source>) -> (Expectations, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let whole = Span::new(0, source.text().len());
    let tree = yaml::parse(source, whole, &mut findings);
    let none = Vocabularies::default();
    let mut decoder = Decoder::new(source, &none);
    decoder.unknown_fields(&tree, &[SearchesFile::SPEC], &[]);
    SearchesDraft::decode_fields(&tree, &mut decoder);
    findings.append(&mut decoder.diagnostics);
    let searches = tree.get("searches").map_or(&[][..], |entry| entry.value.items());
    // What is wrong in the file is mended before anything is searched for.
    let list =
        if findings.is_empty() { searches.iter().flat_map(expectations).collect() } else { Vec::new() };
    (Expectations { source: Arc::clone(source), list }, findings)
}

fn expectations(search: &Node) -> Vec<Expectation> {
    let query = search.get("query").and_then(|entry| entry.value.text()).unwrap_or_default();
    let mut out = Vec::new();
    for (field, among) in [("first", FIRST), ("near", NEAR)] {
        let paths = search.get(field).map_or(&[][..], |entry| entry.value.items());
        out.extend(paths.iter().filter_map(|path| {
            let path_text = path.text()?.to_owned();
            Some(Expectation { query: query.to_owned(), path: path_text, among, span: path.span })
        }));
    }
    out
}

impl Expectations {
    /// What is not found where it has to be, in the index that `files` make.
    #[must_use]
    pub fn check(&self, library: &Library, files: &[File]) -> Vec<Diagnostic> {
        let files: BTreeMap<&str, &[u8]> =
            files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
        let Some(entry) = files.get(ENTRY) else { return Vec::new() };
        let mut answers: BTreeMap<&str, Option<Results>> = BTreeMap::new();
        let mut findings = Vec::new();
        for expectation in &self.list {
            if let Some(unknown) = self.unknown(expectation, library) {
                findings.push(unknown);
                continue;
            }
            let answer = answers.entry(&expectation.query).or_insert_with(|| {
                let request = Request { text: expectation.query.clone(), size: NEAR, ..Request::default() };
                // Every file is there and was just written.
                search::answer(entry, &request, |name| files.get(name).map(|bytes| bytes.to_vec())).ok()
            });
            findings.extend(answer.as_ref().and_then(|answer| self.missed(expectation, answer)));
        }
        findings
    }

    fn unknown(&self, expectation: &Expectation, library: &Library) -> Option<Diagnostic> {
        let mut paths = library.documents.iter().map(|document| document.path.as_str());
        if paths.any(|path| path == expectation.path) {
            return None;
        }
        let near =
            nearest(&expectation.path, library.documents.iter().map(|document| document.path.as_str()));
        let message = match near {
            Some(near) => format!("no document has the address {}; did you mean {near}?", expectation.path),
            None => format!("no document has the address {}", expectation.path),
        };
        Some(
            Diagnostic::new(Code::UnknownReference, &self.source, expectation.span, message)
                .help("an address starts and ends with /, as in /glossary/national-referral-mechanism/"),
        )
    }

    fn missed(&self, expectation: &Expectation, results: &Results) -> Option<Diagnostic> {
        let Expectation { query, path, among, span } = expectation;
        let at = results.hits.iter().position(|hit| hit.text.path == *path);
        if at.is_some_and(|at| at < *among) {
            return None;
        }
        let place = match at {
            Some(at) => format!("it is number {} of the results", at + 1),
            None => format!("it is not among the first {NEAR} of {} results", results.total),
        };
        let message = format!("“{query}” has to find {path} among the first {among}; {place}");
        let came: Vec<String> = results.hits.iter().take(*among).map(told).collect();
        let help = if came.is_empty() {
            "nothing was found: use the words that people use in its title, summary or synonyms".to_owned()
        } else {
            format!("instead came {}", came.join(", "))
        };
        Some(Diagnostic::new(Code::SearchMissed, &self.source, *span, message).help(help))
    }
}

fn told(hit: &Hit) -> String {
    format!("{} (“{}”)", hit.text.path, hit.text.title)
}
