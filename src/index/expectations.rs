//! `content/searches.yaml`: what people ask, and the documents that have to be among the first
//! results. A change of words or weights that pushes one out is found before it is published.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use casebook_reader::bytes::Read;
use casebook_reader::format::{ENTRY, File};
use casebook_reader::search::{self, Hit, Notes, Request, Results};

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::link::Library;
use crate::model::decode::Decoder;
use crate::model::shape::RecordSpec;
use crate::model::values::Line;
use crate::model::vocabulary::Vocabularies;
use crate::parse::node::{Entry, Node, Value};
use crate::parse::yaml;
use crate::record;
use crate::source::{Location, Source, Span};

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
        list(0..) first: Line<200>;
        /// The addresses of documents that have to be among the first ten.
        list(0..) near: Line<200>;
    }
}

/// The searches of a library, as they are written.
#[derive(Debug)]
pub struct Expectations {
    source: Arc<Source>,
    /// How many searches are written down, whether or not they can be asked.
    searches: usize,
    list: Vec<Expectation>,
}

/// One document that one search has to find.
#[derive(Debug)]
struct Expectation {
    /// What is typed, where that can be read.
    query: Option<String>,
    path: String,
    /// Among how many of the first results.
    among: usize,
    span: Span,
}

/// How many searches there are, and how many of them found what they have to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The searches that are written down.
    pub all: usize,
    /// Those that found all of it; nothing where none were asked, since documents are missing.
    pub met: Option<usize>,
}

/// Reads the file. Whatever is wrong in it, the searches that can be asked are.
#[must_use]
pub fn read(source: &Arc<Source>) -> (Expectations, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let whole = Span::new(0, source.text().len());
    let tree = yaml::parse(source, whole, &mut findings);
    let none = Vocabularies::default();
    let mut decoder = Decoder::new(source, &none);
    let tree = meant(tree, &mut decoder);
    SearchesDraft::decode_fields(&tree, &mut decoder);
    let searches = tree.get("searches").map_or(&[][..], |entry| entry.value.items());
    for (at, search) in searches.iter().enumerate() {
        check_lists(search, &mut decoder);
        check_query(search, searches.get(..at).unwrap_or_default(), source, &mut decoder);
    }
    findings.append(&mut decoder.diagnostics);
    let list = searches.iter().flat_map(|search| expectations(search, source)).collect();
    (Expectations { source: Arc::clone(source), searches: searches.len(), list }, findings)
}

/// The file with misspelt fields under the names that were meant, each of them reported: what stands
/// under them is looked at in the same run.
fn meant(tree: Node, decoder: &mut Decoder<'_>) -> Node {
    let mut tree = with_known_fields(tree, SearchesFile::SPEC, decoder);
    if let Value::Mapping(entries) = &mut tree.value {
        for entry in entries {
            if let Value::Sequence(searches) = &mut entry.value.value {
                let written = std::mem::take(searches);
                let known = |search| with_known_fields(search, Search::SPEC, decoder);
                *searches = written.into_iter().map(known).collect();
            }
        }
    }
    tree
}

fn with_known_fields(node: Node, record: &'static RecordSpec, decoder: &mut Decoder<'_>) -> Node {
    decoder.unknown_fields(&node, &[record], &[]);
    let Value::Mapping(entries) = node.value else { return node };
    let is_known = |entry: &Entry| record.field(&entry.key).is_some();
    let (mut known, unknown): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_known);
    for entry in unknown {
        let names = record.fields.iter().map(|field| field.name);
        let free = names.filter(|name| known.iter().all(|entry| entry.key != *name));
        if let Some(near) = nearest(&entry.key, free) {
            known.push(Entry { key: near.to_owned(), ..entry });
        }
    }
    Node { span: node.span, value: Value::Mapping(known) }
}

/// The addresses in a list of a search.
fn addresses<'a>(search: &'a Node, field: &str) -> &'a [Node] {
    search.get(field).map_or(&[], |entry| entry.value.items())
}

/// A search has something to find, and no more than there are places for.
fn check_lists(search: &Node, decoder: &mut Decoder<'_>) {
    let (first, near) = (addresses(search, "first"), addresses(search, "near"));
    let is_empty = |field: &str| {
        let value = search.get(field).map(|entry| &entry.value.value);
        match value {
            Some(Value::Sequence(items)) => items.is_empty(),
            None | Some(Value::Null) => true,
            Some(_) => false,
        }
    };
    if let (true, true, Some(start)) = (is_empty("first"), is_empty("near"), search.entries().first()) {
        let message = "this search has nothing to find: `first` and `near` are missing";
        decoder.report(Code::MissingField, start.key_span, message).help = Some(format!(
            "add `first: [/address/]` for what has to be among the first {FIRST} results, or \
             `near: [/address/]` for what has to be among the first {NEAR}"
        ));
    }
    let place = |field: &str| search.get(field).map_or(search.span, |entry| entry.value.span);
    if first.len() > FIRST {
        let message = format!(
            "`first` has {} addresses, and {FIRST} at most can be among the first {FIRST} results",
            first.len()
        );
        decoder.report(Code::InvalidValue, place("first"), message).help =
            Some("move those that matter less to `near`".to_owned());
    }
    let both = near.iter().filter(|address| first.iter().any(|other| other.is_same(address)));
    let all = first.len().min(FIRST) + near.len() - both.clone().count();
    if all > NEAR {
        let message = format!(
            "`first` and `near` have {all} addresses, and {NEAR} at most can be among the first {NEAR} results"
        );
        decoder.report(Code::InvalidValue, place("near"), message).help =
            Some("leave out those that matter less".to_owned());
    }
    for address in both {
        let message = format!("`{}` stands under `first` already", address.text().unwrap_or_default());
        decoder.report(Code::InvalidValue, address.span, message).help =
            Some("leave it out here: what is among the first results is near, too".to_owned());
    }
}

/// A query is asked once.
fn check_query(search: &Node, before: &[Node], source: &Arc<Source>, decoder: &mut Decoder<'_>) {
    let words = |search: &Node| -> Vec<String> {
        let query = search.get("query").and_then(|entry| entry.value.text()).unwrap_or_default();
        query.split_whitespace().map(str::to_owned).collect()
    };
    let own = words(search);
    let same = before.iter().find(|other| !own.is_empty() && words(other) == own);
    // One that is the same in all has its finding.
    let (Some(same), Some(query)) = (same.filter(|same| !same.is_same(search)), search.get("query")) else {
        return;
    };
    let place = same.get("query").map_or(same.span, |entry| entry.value.span);
    let message = format!("“{}” is asked twice", own.join(" "));
    let finding = decoder.report(Code::InvalidValue, query.value.span, message);
    *finding = finding
        .clone()
        .related(Location::new(source, place), "it is asked here already")
        .help("put the addresses of both under one of them");
}

/// What a search has to find.
fn expectations(search: &Node, source: &Arc<Source>) -> Vec<Expectation> {
    let none = Vocabularies::default();
    let draft = SearchDraft::decode_fields(search, &mut Decoder::new(source, &none));
    let query = draft.query.map(|Line(query)| query);
    let mut out = Vec::new();
    for (field, among) in [("first", FIRST), ("near", NEAR)] {
        out.extend(addresses(search, field).iter().filter_map(|path| {
            let path_text = path.text()?.to_owned();
            Some(Expectation { query: query.clone(), path: path_text, among, span: path.span })
        }));
    }
    out
}

impl Expectation {
    /// Whether its address is written as one.
    fn is_address(&self) -> bool {
        let is_file = self.path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        self.path.starts_with('/') && (self.path.ends_with('/') || is_file)
    }
}

impl Expectations {
    /// What is not written as an address, with the address that is meant.
    #[must_use]
    pub fn misaddressed(&self, library: &Library) -> Vec<Diagnostic> {
        let wrong = self.list.iter().filter(|expectation| !expectation.is_address());
        wrong
            .map(|Expectation { path, span, .. }| {
                let near = likely(path, library);
                let message = match near {
                    Some(near) => format!("`{path}` is not an address; did you mean {near}?"),
                    None => format!("`{path}` is not an address"),
                };
                let finding = Diagnostic::new(Code::InvalidValue, &self.source, *span, message).help(
                    "write the page's address from the first / to the last, as in /councils/islington/",
                );
                match near {
                    Some(near) => finding.fix(near),
                    None => finding,
                }
            })
            .collect()
    }

    /// Asks nothing, since documents are missing.
    #[must_use]
    pub fn unasked(&self) -> Asked {
        Asked { all: self.searches, met: None }
    }

    /// What is not found where it has to be, in the index that `files` make.
    #[must_use]
    pub fn check(&self, library: &Library, files: &[File]) -> (Asked, Vec<Diagnostic>) {
        let files: BTreeMap<&str, &[u8]> =
            files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
        let Some(entry) = files.get(ENTRY) else { return (self.unasked(), Vec::new()) };
        let mut answers: BTreeMap<&str, Read<Results>> = BTreeMap::new();
        let (mut asked, mut missed): (BTreeSet<&str>, BTreeSet<&str>) = (BTreeSet::new(), BTreeSet::new());
        let mut findings = Vec::new();
        for expectation in &self.list {
            let is_there = library.documents.iter().any(|document| document.path == expectation.path);
            // What is not an address has its finding.
            if !is_there && expectation.is_address() {
                findings.push(self.unknown(expectation, library));
            }
            let Some(query) = &expectation.query else { continue };
            asked.insert(query);
            if !is_there {
                missed.insert(query);
                continue;
            }
            let answer = answers.entry(query).or_insert_with(|| {
                let request = Request { text: query.clone(), size: NEAR, ..Request::default() };
                search::answer(entry, &request, |name| files.get(name).map(|bytes| bytes.to_vec()))
            });
            let found = match answer {
                Ok(answer) => self.missed(query, expectation, answer, library),
                Err(damaged) => {
                    let message = format!("“{query}” has no answer: {damaged}");
                    Some(Diagnostic::new(Code::SearchMissed, &self.source, expectation.span, message))
                }
            };
            missed.extend(found.is_some().then_some(query.as_str()));
            findings.extend(found);
        }
        (Asked { all: self.searches, met: Some(asked.len() - missed.len()) }, findings)
    }

    fn unknown(&self, expectation: &Expectation, library: &Library) -> Diagnostic {
        let message = match likely(&expectation.path, library) {
            Some(near) => format!("no document has the address {}; did you mean {near}?", expectation.path),
            None => format!("no document has the address {}", expectation.path),
        };
        Diagnostic::new(Code::UnknownReference, &self.source, expectation.span, message)
            .help("`casebook search` shows under each title the address to write")
    }

    fn missed(
        &self,
        query: &str,
        expectation: &Expectation,
        results: &Results,
        library: &Library,
    ) -> Option<Diagnostic> {
        let Expectation { path, among, span, .. } = expectation;
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
        let mut help = unknown_values(&results.notes, library);
        if !came.is_empty() {
            help.push(format!("instead came {}", came.join(", ")));
        } else if help.is_empty() {
            help.push(
                "nothing was found: use the words that people use in its title, summary or synonyms"
                    .to_owned(),
            );
        }
        Some(Diagnostic::new(Code::SearchMissed, &self.source, *span, message).help(help.join("; ")))
    }
}

/// What of a query no document can have.
fn unknown_values(notes: &Notes, library: &Library) -> Vec<String> {
    let told = |(facet, value): &(String, String)| {
        let all = library.documents.iter().filter_map(|document| document.facets.get(facet)).flatten();
        match nearest(value, all.map(String::as_str)) {
            Some(near) => format!("no document has {facet}:{value}; did you mean {facet}:{near}?"),
            None => format!(
                "no document has {facet}:{value}; `casebook search --count {facet}` lists what there is"
            ),
        }
    };
    notes.unknown_values.iter().map(told).collect()
}

/// The address of a document that `written` most likely stands for: without its slashes, its file, its
/// name alone, with a slip of the pen.
fn likely<'a>(written: &str, library: &'a Library) -> Option<&'a str> {
    let paths = || library.documents.iter().map(|document| document.path.as_str());
    let file = written.trim_start_matches('/');
    let file = file.strip_prefix("content/").unwrap_or(file);
    let file = file.strip_suffix(".md").unwrap_or(file);
    let name = file.strip_suffix("/index").unwrap_or(file).trim_matches('/');
    let whole = format!("/{name}/");
    let last = format!("/{}/", name.rsplit('/').next().unwrap_or(name));
    let ends_so = |path: &&str| name.len() > 1 && path.ends_with(&last);
    paths().find(|path| *path == whole).or_else(|| paths().find(ends_so)).or_else(|| nearest(&whole, paths()))
}

fn told(hit: &Hit) -> String {
    format!("{} (“{}”)", hit.text.path, hit.text.title)
}
