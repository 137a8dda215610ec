//! Checked documents become a library: addresses, references both ways, facets, and what only the
//! whole can show, such as circles, overlapping reports and what is overdue.

mod address;
mod browse;
mod circles;
mod facets;
mod overrides;
mod picture;
mod references;
mod related;
mod reports;
mod target;
mod unique;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil;
use rayon::prelude::*;

pub use address::{
    ACCOUNTABILITY, BROWSE, DATA, FEEDS, LISTS_PER_PAGE, SEARCH, collection, document as document_path,
    facet, facet_value, list_page,
};
pub use facets::Facets;
pub use target::{Image, Target};

use crate::config::Settings;
use crate::diagnostics::{Code, Diagnostic, Level, Override};
use crate::discover::{Attachment, PICTURES};
use crate::model::common::Common;
use crate::model::{Kind, Record};
use crate::parse::markdown::Body;
use crate::rules::{Checked, PlacedComponent};
use crate::source::{Source, Span};

/// The library as a whole. Nothing changes it any more.
#[derive(Debug)]
pub struct Library {
    /// The documents that are published, by kind and name.
    pub documents: Vec<Document>,
    /// The files that travel with them.
    pub attachments: Vec<Published>,
    /// Former addresses, each with the document that it leads to.
    pub aliases: Vec<(String, usize)>,
    /// Findings that documents answer for, with their reasons.
    pub overrides: Vec<Override>,
    index: HashMap<(Kind, String), usize>,
    commitments: BTreeMap<u8, usize>,
}

/// A document that is published.
#[derive(Debug)]
pub struct Document {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub id: String,
    /// Its address on the site, from `/` to `/`.
    pub path: String,
    /// The code of its language.
    pub lang: String,
    /// The fields that all kinds have.
    pub common: Common,
    /// The fields of its kind.
    pub record: Record,
    /// Values of the fields that the site adds, by field.
    pub extra: BTreeMap<String, Vec<String>>,
    /// Its values in each facet.
    pub facets: Facets,
    /// The markdown.
    pub body: Arc<Body>,
    /// The components in it.
    pub components: Vec<PlacedComponent>,
    /// Where the links and pictures of its markdown lead, by what is written.
    pub targets: HashMap<String, Target>,
    /// Documents that refer to it in front matter or in their text, in order.
    pub referrers: Vec<usize>,
    /// The same document in other languages.
    pub translations: Vec<usize>,
    /// Practices that have much in common with it, the nearest first.
    pub related: Vec<usize>,
    /// Its file.
    pub source: Arc<Source>,
}

/// A file that is published beside its document.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its address on the site.
    pub path: String,
    /// What it holds.
    pub bytes: Arc<Vec<u8>>,
}

/// Findings that follow from documents that are not there.
pub const FOLLOW_FROM_MISSING: &[Code] =
    &[Code::UnknownReference, Code::BrokenLink, Code::ReportGap, Code::ReportOverdue];

/// What the link stage is told beside the documents.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Publish drafts, too.
    pub drafts: bool,
    /// The day of the build.
    pub today: civil::Date,
}

impl Document {
    /// Whether lists show it. A translation stands beside its original, which has a link to it.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.common.translation_of.is_none()
    }
}

impl Library {
    /// The document of `kind` called `id`.
    #[must_use]
    pub fn find(&self, kind: Kind, id: &str) -> Option<&Document> {
        // A lookup by borrowed name would want a map for each kind; this is not on a hot path.
        self.index.get(&(kind, id.to_owned())).and_then(|at| self.documents.get(*at))
    }

    /// The document that `document` is a translation of, or itself: others refer to that one, and
    /// what they say holds in every language.
    #[must_use]
    pub fn original<'a>(&'a self, document: &'a Document) -> &'a Document {
        let of = document.common.translation_of.as_ref();
        of.and_then(|of| self.find(document.kind, &of.0)).unwrap_or(document)
    }

    /// The document of a commitment.
    #[must_use]
    pub fn commitment(&self, number: u8) -> Option<&Document> {
        self.commitments.get(&number).and_then(|at| self.documents.get(*at))
    }

    /// The documents of `kind`, by name.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(move |document| document.kind == kind)
    }

    /// The documents at `places`.
    pub fn at<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = &'a Document> {
        places.iter().filter_map(|at| self.documents.get(*at))
    }
}

/// Everything that is known before references are resolved: every document, also one with
/// mistakes, so that a reference to it is not called wrong as well.
struct Known<'a> {
    documents: &'a [Arc<Checked>],
    index: HashMap<(Kind, &'a str), usize>,
    /// Places of documents by their file.
    by_file: HashMap<&'a Utf8Path, usize>,
    /// Places of documents by their address.
    by_path: HashMap<String, usize>,
    /// Addresses of documents, by place.
    paths: Vec<String>,
    attachments: &'a [Attachment],
    /// Places of attachments by their file.
    by_attachment: HashMap<&'a Utf8Path, usize>,
    /// Addresses of attachments, by place; empty for one that is not published.
    attachment_paths: Vec<String>,
    /// The pictures among the attachments, by place, without their metadata.
    pictures: Vec<Option<Result<picture::Clean, picture::Flaw>>>,
    options: Options,
}

impl Known<'_> {
    fn is_published(&self, document: &Checked) -> bool {
        self.options.drafts || !document.is_draft()
    }
}

/// Links `documents`, which are sorted by path. All findings are returned, those of the documents
/// themselves included, less those that a document answers for.
#[must_use]
pub fn link(
    mut documents: Vec<Arc<Checked>>,
    attachments: &[Attachment],
    settings: &Settings,
    options: Options,
) -> (Library, Vec<Diagnostic>) {
    documents.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    let mut findings: Vec<Diagnostic> =
        documents.iter().flat_map(|document| document.diagnostics.iter().cloned()).collect();
    let known = known(&documents, attachments, settings, options);

    findings.extend(pictures(&known));
    findings.extend(unique::check(&known));
    findings.extend(references::check(&known));
    findings.extend(circles::check(&known));
    findings.extend(reports::check(&known));
    let targets: Vec<_> = (0..documents.len()).map(|at| target::resolve(&known, at, &mut findings)).collect();
    findings.extend(references::navigation(&known, settings));
    let overrides = overrides::apply(&documents, &mut findings);

    let paths = known.paths.clone();
    let files = published(&known);
    let links = references::graph(&known, &targets);
    // A document with mistakes is not rendered, so that templates are not blamed for them.
    let wrong: HashSet<&Utf8Path> = findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .map(|finding| finding.primary.location.source.path())
        .collect();
    let is_right = |document: &Checked| !wrong.contains(document.source.path());
    let is_published: Vec<bool> =
        documents.iter().map(|document| known.is_published(document) && is_right(document)).collect();
    let is_whole = wrong.is_empty();
    let library = assemble(documents, targets, paths, links, &is_published, settings, overrides);
    // Where documents are left out, their values are as well.
    if is_whole {
        findings.extend(browse::check(&library, settings));
    }
    (Library { attachments: files, ..library }, findings)
}

fn known<'a>(
    documents: &'a [Arc<Checked>],
    attachments: &'a [Attachment],
    settings: &Settings,
    options: Options,
) -> Known<'a> {
    let paths: Vec<String> = documents
        .iter()
        .map(|document| {
            let lang = document.common.lang.as_ref().map(|lang| lang.0.as_str());
            address::document(document.kind, &document.id, lang.filter(|lang| *lang != settings.language()))
        })
        .collect();
    let bundles: HashMap<&Utf8Path, usize> =
        documents.iter().enumerate().filter_map(|(at, d)| Some((d.bundle.as_deref()?, at))).collect();
    let attachment_paths = attachments
        .iter()
        .map(|attachment| {
            let owner = bundles.get(attachment.bundle.as_path()).copied();
            let owner =
                owner.filter(|at| documents.get(*at).is_some_and(|d| options.drafts || !d.is_draft()));
            let folder = owner.and_then(|at| paths.get(at)).cloned();
            let rest: Option<Utf8PathBuf> =
                attachment.path.strip_prefix(&attachment.bundle).ok().map(ToOwned::to_owned);
            folder.zip(rest).map_or_else(String::new, |(folder, rest)| format!("{folder}{rest}"))
        })
        .collect();
    let mut index = HashMap::new();
    let mut by_file = HashMap::new();
    let mut by_path = HashMap::new();
    for (at, (document, path)) in documents.iter().zip(&paths).enumerate() {
        index.entry((document.kind, document.id.as_str())).or_insert(at);
        by_file.entry(document.source.path()).or_insert(at);
        by_path.entry(path.clone()).or_insert(at);
    }
    let by_attachment = attachments.iter().enumerate().map(|(at, a)| (a.path.as_path(), at)).collect();
    let pictures = attachments
        .par_iter()
        .map(|attachment| {
            let extension = attachment.path.extension().unwrap_or_default();
            PICTURES.contains(&extension).then(|| picture::clean(&attachment.bytes, extension))
        })
        .collect();
    Known {
        documents,
        index,
        by_file,
        by_path,
        paths,
        attachments,
        by_attachment,
        attachment_paths,
        pictures,
        options,
    }
}

/// What is wrong with pictures, whether a document shows them or not: all of them are published.
fn pictures(known: &Known<'_>) -> Vec<Diagnostic> {
    let flawed = known.attachments.iter().zip(&known.pictures);
    flawed
        .filter_map(|(attachment, picture)| {
            let flaw = *picture.as_ref()?.as_ref().err()?;
            let code = match flaw {
                picture::Flaw::Unreadable => Code::BrokenPicture,
                picture::Flaw::Position | picture::Flaw::Turned => Code::PictureMetadata,
            };
            let (message, help) = flaw.message();
            let source = Source::new(attachment.path.clone(), "");
            Some(Diagnostic::new(code, &source, Span::default(), message).help(help))
        })
        .collect()
}

/// The attachments as they are published.
fn published(known: &Known<'_>) -> Vec<Published> {
    let attachments = known.attachments.iter().zip(&known.attachment_paths).zip(&known.pictures);
    // Of two at one address the first; there is a finding about the other.
    let mut taken = HashSet::new();
    attachments
        .filter(|((_, path), _)| !path.is_empty() && taken.insert(path.to_lowercase()))
        .filter_map(|((attachment, path), picture)| {
            let bytes = match picture {
                None => Arc::clone(&attachment.bytes),
                Some(Ok(clean)) => Arc::new(clean.bytes.clone()),
                Some(Err(_)) => return None,
            };
            Some(Published { path: path.clone(), bytes })
        })
        .collect()
}

/// Keeps the documents that are whole and published, and turns places among all documents into
/// places among those.
fn assemble(
    documents: Vec<Arc<Checked>>,
    targets: Vec<HashMap<String, Target>>,
    paths: Vec<String>,
    links: Vec<Vec<usize>>,
    is_published: &[bool],
    settings: &Settings,
    overrides: Vec<Override>,
) -> Library {
    let inputs = documents.into_par_iter().zip(targets).zip(paths).zip(is_published);
    let whole: Vec<Option<Document>> = inputs
        .map(|(((document, targets), path), published)| {
            // What no cache keeps is moved, not copied.
            published.then(|| complete(Arc::unwrap_or_clone(document), targets, path, settings)).flatten()
        })
        .collect();
    let mut place: Vec<Option<usize>> = Vec::new();
    let mut kept = Vec::new();
    for document in whole {
        place.push(document.as_ref().map(|_| kept.len()));
        kept.extend(document);
    }
    let place_of = |at: usize| place.get(at).copied().flatten();
    for (from, to) in links.iter().enumerate() {
        let Some(from) = place_of(from) else { continue };
        for to in to.iter().filter_map(|to| place_of(*to)).filter(|to| *to != from) {
            // Each pair comes once.
            if let Some(document) = kept.get_mut(to) {
                document.referrers.push(from);
            }
        }
    }
    let mut index = HashMap::new();
    let mut commitments = BTreeMap::new();
    let mut aliases = Vec::new();
    for (at, document) in kept.iter().enumerate() {
        index.entry((document.kind, document.id.clone())).or_insert(at);
        aliases.extend(document.common.aliases.iter().map(|alias| (alias.0.clone(), at)));
        if let (Record::Commitment(commitment), None) = (&document.record, &document.common.translation_of) {
            commitments.entry(commitment.number.0).or_insert(at);
        }
    }
    aliases.sort();
    let library =
        Library { documents: kept, attachments: Vec::new(), aliases, overrides, index, commitments };
    with_relations(library)
}

fn complete(
    document: Checked,
    targets: HashMap<String, Target>,
    path: String,
    settings: &Settings,
) -> Option<Document> {
    let lang = document.common.lang.as_ref().map_or_else(|| settings.language().to_owned(), |l| l.0.clone());
    let components: Option<Vec<_>> = document.components.into_iter().collect();
    Some(Document {
        kind: document.kind,
        id: document.id,
        path,
        lang,
        common: document.common.complete()?,
        record: document.record.complete()?,
        extra: document.extra,
        facets: Facets::default(),
        body: document.body,
        components: components?,
        targets,
        referrers: Vec::new(),
        translations: Vec::new(),
        related: Vec::new(),
        source: document.source,
    })
}

/// Works out what needs the whole library: facets that councils lend, translations.
fn with_relations(mut library: Library) -> Library {
    let facets: Vec<Facets> = library.documents.par_iter().map(|d| facets::of(d, &library)).collect();
    let mut versions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, document) in library.documents.iter().enumerate() {
        let original = document.common.translation_of.as_ref().map(|of| of.0.clone());
        let original = original.and_then(|id| library.index.get(&(document.kind, id)).copied());
        versions.entry(original.unwrap_or(at)).or_default().push(at);
    }
    let mut translations: Vec<Vec<usize>> = vec![Vec::new(); library.documents.len()];
    for versions in versions.values().filter(|versions| versions.len() > 1) {
        for at in versions {
            if let Some(others) = translations.get_mut(*at) {
                others.extend(versions.iter().copied().filter(|other| other != at));
            }
        }
    }
    for ((document, facets), translations) in library.documents.iter_mut().zip(facets).zip(translations) {
        document.facets = facets;
        document.translations = translations;
        document.referrers.sort_unstable();
    }
    let related = related::all(&library.documents);
    for (document, related) in library.documents.iter_mut().zip(related) {
        document.related = related;
    }
    library
}
