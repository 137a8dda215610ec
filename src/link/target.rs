//! `broken-link`, `broken-anchor`, `outside-content` and `broken-picture`: where the links and
//! pictures in a document's markdown lead.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Known, references};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::discover::{CONTENT, PICTURES};
use crate::model::Kind;
use crate::model::components::Component;
use crate::parse::address::is_whole;
use crate::parse::markdown::{Body, LinkKind};
use crate::rules::Checked;
use crate::source::Span;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another document of the library, or a heading of the same.
    Document {
        /// Its place among the checked documents.
        place: usize,
        /// Its address on the site, with the anchor.
        path: String,
    },
    /// Another page of the site.
    Page(String),
    /// A file beside a document, by its address.
    File(String),
    /// A picture beside the document.
    Picture(Image),
}

/// A picture and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its address on the site.
    pub path: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Resolves every link and picture of the `at`th document.
pub(super) fn resolve(
    known: &Known<'_>,
    at: usize,
    findings: &mut Vec<Diagnostic>,
) -> HashMap<String, Target> {
    let mut targets = HashMap::new();
    let Some(document) = known.documents.get(at) else { return targets };
    let resolver = Resolver { known, document, at };
    for body in std::iter::once(document.body.as_ref()).chain(document.texts()) {
        resolver.body(body, &mut targets, findings);
    }
    for placed in document.components.iter().flatten() {
        if let Component::Figure(figure) = &placed.component {
            let span = placed.front.get("file").map_or(placed.front.span, |entry| entry.value.span);
            match resolver.picture(&figure.file.0, span) {
                Ok(target) => {
                    targets.insert(figure.file.0.clone(), target);
                }
                Err(finding) => findings.push(finding),
            }
        }
    }
    targets
}

struct Resolver<'a> {
    known: &'a Known<'a>,
    document: &'a Checked,
    at: usize,
}

impl Resolver<'_> {
    fn body(&self, body: &Body, targets: &mut HashMap<String, Target>, findings: &mut Vec<Diagnostic>) {
        for link in &body.links {
            let resolved = match link.kind {
                LinkKind::Document => self.link(&link.target, link.span),
                LinkKind::Picture if !is_whole(&link.target) => self.picture(&link.target, link.span),
                _ => continue,
            };
            match resolved {
                // A picture that is linked to as a file as well is still shown as a picture.
                Ok(Target::File(path)) => {
                    targets.entry(link.target.clone()).or_insert(Target::File(path));
                }
                Ok(target) => {
                    targets.insert(link.target.clone(), target);
                }
                Err(finding) => findings.push(finding),
            }
        }
    }

    fn finding(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.document.source, span, message)
    }

    fn link(&self, target: &str, span: Span) -> Result<Target, Diagnostic> {
        let (path, anchor) = target.split_once('#').map_or((target, None), |(p, a)| (p, Some(a)));
        if path.is_empty() {
            return self.to_document(self.at, anchor, span);
        }
        if path.starts_with('/') && !is_markdown(path) {
            return self.page(path, target, span);
        }
        let file = self.file(path, span)?;
        if is_markdown(path) {
            return match self.known.by_file.get(file.as_path()).copied() {
                Some(at) => self.to_document(at, anchor, span),
                None => Err(self.no_document(&file, span)),
            };
        }
        match self.attachment(&file) {
            Some(path) => {
                let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
                Ok(Target::File(format!("{path}{anchor}")))
            }
            None => Err(self.no_file(&file, span)),
        }
    }

    /// A link to an address of the site itself.
    fn page(&self, path: &str, target: &str, span: Span) -> Result<Target, Diagnostic> {
        let place = self.known.by_path.get(path).copied();
        if let Some(document) = place.and_then(|at| self.known.documents.get(at)) {
            let message = "a link to a document names its file, so that it can be checked and moved";
            let from = self.document.source.path().parent().unwrap_or(Utf8Path::new(CONTENT));
            let better = relative(from, document.source.path());
            return Err(self.finding(Code::BrokenLink, span, message).fix(better));
        }
        if references::exists(self.known, path) {
            return Ok(Target::Page(target.to_owned()));
        }
        let lists: Vec<String> = Kind::ALL.iter().filter_map(|kind| super::collection(*kind)).collect();
        let near = nearest(path, lists.iter().map(String::as_str));
        let diagnostic = self.finding(Code::BrokenLink, span, format!("no page has the address {path}"));
        let help = "link to a document by its file, such as ../councils/islington.md";
        Err(diagnostic.help(near.map_or_else(|| help.to_owned(), |near| format!("did you mean {near}?"))))
    }

    /// The file that `path` names, from the site's root.
    fn file(&self, path: &str, span: Span) -> Result<Utf8PathBuf, Diagnostic> {
        let base = self.document.source.path().parent().unwrap_or(Utf8Path::new(CONTENT));
        let start = if path.starts_with('/') { Utf8Path::new(CONTENT) } else { base };
        let mut parts: Vec<&str> = start.as_str().split('/').collect();
        let decoded = percent_decoded(path);
        for part in decoded.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                    if parts.is_empty() {
                        let message = "this link leads out of the content folder";
                        return Err(self
                            .finding(Code::OutsideContent, span, message)
                            .help("link to a document of the library, or to a file beside this one"));
                    }
                }
                part => parts.push(part),
            }
        }
        Ok(parts.join("/").into())
    }

    fn to_document(&self, at: usize, anchor: Option<&str>, span: Span) -> Result<Target, Diagnostic> {
        let (Some(target), Some(path)) = (self.known.documents.get(at), self.known.paths.get(at)) else {
            return Err(self.finding(Code::BrokenLink, span, "there is no such document"));
        };
        if self.known.is_published(self.document) && !self.known.is_published(target) {
            return Err(references::draft(self.document, target, span));
        }
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
            return Ok(Target::Document { place: at, path: path.clone() });
        };
        // Of a document that could not be read nobody knows the headings.
        if target.source.text().is_empty() {
            return Ok(Target::Document { place: at, path: path.clone() });
        }
        let ids = || target.body.headings.iter().map(|heading| heading.id.as_str());
        let written = percent_decoded(anchor);
        if ids().any(|id| id == written) {
            return Ok(Target::Document { place: at, path: format!("{path}#{written}") });
        }
        let near = nearest(&written, ids());
        let message = match near {
            Some(near) => format!("`{}` has no heading #{written}; did you mean #{near}?", target.id),
            None => format!("`{}` has no heading #{written}", target.id),
        };
        let listed = ids().map(|id| format!("#{id}")).collect::<Vec<_>>().join(", ");
        let help =
            if listed.is_empty() { "it has no headings".to_owned() } else { format!("it has: {listed}") };
        Err(self.finding(Code::BrokenAnchor, span, message).help(help))
    }

    fn no_document(&self, file: &Utf8Path, span: Span) -> Diagnostic {
        let from = self.document.source.path().parent().unwrap_or(Utf8Path::new(CONTENT));
        // Likeness of the folders alone says little of what was meant.
        let is_like = |path: &Utf8Path| nearest(file_name(file), [file_name(path)]).is_some();
        let paths = self.known.documents.iter().map(|d| d.source.path()).filter(|path| is_like(path));
        match nearest(file.as_str(), paths.map(Utf8Path::as_str)) {
            Some(near) => {
                let better = relative(from, Utf8Path::new(near));
                let message = format!("there is no document {file}; did you mean {better}?");
                self.finding(Code::BrokenLink, span, message)
            }
            None => self
                .finding(Code::BrokenLink, span, format!("there is no document {file}"))
                .help("a link names the document's file, seen from the folder of this one"),
        }
    }

    fn no_file(&self, file: &Utf8Path, span: Span) -> Diagnostic {
        let with_md = format!("{}.md", file.as_str().trim_end_matches('/'));
        if let Some((document, _)) = self.known.by_file.get_key_value(Utf8Path::new(&with_md)) {
            let from = self.document.source.path().parent().unwrap_or(Utf8Path::new(CONTENT));
            let better = relative(from, document);
            return self.finding(Code::BrokenLink, span, "a link to a document ends in .md").fix(better);
        }
        let files = self.known.attachments.iter().map(|attachment| attachment.path.as_str());
        let from = self.document.source.path().parent().unwrap_or(Utf8Path::new(CONTENT));
        let near = nearest(file.as_str(), files)
            .map(|near| format!("did you mean {}?", relative(from, Utf8Path::new(near))));
        self.finding(Code::BrokenLink, span, format!("there is no file {file}"))
            .help(near.unwrap_or_else(|| "put the file in the folder of its document".to_owned()))
    }

    /// The address of an attachment, where it is published.
    fn attachment(&self, file: &Utf8Path) -> Option<String> {
        let at = self.known.by_attachment.get(file)?;
        self.known.attachment_paths.get(*at).filter(|path| !path.is_empty()).cloned()
    }

    fn picture(&self, target: &str, span: Span) -> Result<Target, Diagnostic> {
        let file = self.file(target, span)?;
        let Some(path) = self.attachment(&file) else { return Err(self.no_file(&file, span)) };
        if !PICTURES.contains(&file.extension().unwrap_or_default()) {
            let message = format!("{file} is not a picture");
            let help = format!("the kinds of picture are: {}", PICTURES.join(", "));
            return Err(self.finding(Code::BrokenPicture, span, message).help(help));
        }
        let at = self.known.by_attachment.get(file.as_path());
        let picture = at.and_then(|at| self.known.pictures.get(*at)).and_then(Option::as_ref);
        // What is wrong with a picture is reported of its file.
        let size = |picture: &super::picture::Clean| (picture.width, picture.height);
        let (width, height) = picture.and_then(|picture| picture.as_ref().ok()).map_or((0, 0), size);
        Ok(Target::Picture(Image { path, width, height }))
    }
}

/// The name by which people know a document: its file's, or that of its folder.
fn file_name(path: &Utf8Path) -> &str {
    match path.file_stem() {
        Some("index") => path.parent().and_then(Utf8Path::file_name).unwrap_or_default(),
        stem => stem.unwrap_or_default(),
    }
}

fn is_markdown(path: &str) -> bool {
    Utf8Path::new(path).extension() == Some("md")
}

/// `%20` and the like as the characters that they stand for.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let hex = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The path to the file `to` as a link in a file of the folder `from` writes it.
fn relative(from: &Utf8Path, to: &Utf8Path) -> String {
    let from: Vec<&str> = from.as_str().split('/').collect();
    let to: Vec<&str> = to.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
}
