//! Finds the documents of a library and the files that belong to them.
//!
//! A document is a markdown file in the folder of its kind. A folder with an `index.md` is a page
//! bundle: what else lies in it travels with the document.

use std::collections::HashSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::diagnostics::{self, Code, Diagnostic, Level, mask, nearest};
use crate::model::Kind;
use crate::personal;
use crate::source::{FileEntry, Files, Source, Span};

/// The folder that holds the documents.
pub const CONTENT: &str = "content";

/// The file that says what people search for, and what they have to find.
pub const SEARCHES: &str = "content/searches.yaml";

/// Most bytes of a document. The longest of the field's reports is a tenth of it.
pub const DOCUMENT_BYTES: u64 = 2 * 1024 * 1024;

/// Most bytes of a file beside a document.
pub const ATTACHMENT_BYTES: u64 = 20 * 1024 * 1024;

/// Kinds of picture that are published.
pub const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp"];

/// Kinds of other file that are published. None of them runs anything in a browser.
pub const ATTACHMENTS: &[&str] = &["pdf", "csv", "ods", "odt", "xlsx", "docx"];

/// Everything that a build reads from the content folder, in a stable order.
#[derive(Debug, Default)]
pub struct SourceSet {
    /// The documents, by path.
    pub documents: Vec<Found>,
    /// The files beside them, by path.
    pub attachments: Vec<Attachment>,
    /// What people search for, and what they have to find.
    pub searches: Option<Arc<Source>>,
    /// What is wrong with folders, and with files that are no documents.
    pub diagnostics: Vec<Diagnostic>,
    /// A folder could not be read, so that nobody knows what is not there.
    pub is_partial: bool,
}

/// A document that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its kind, told by its folder.
    pub kind: Kind,
    /// Its name: the path under the folder of its kind, without `.md` or `/index.md`.
    pub id: String,
    /// Its text.
    pub source: Arc<Source>,
    /// Whether the text could be read. Where it could not, one finding says so, and nothing is said
    /// of what is in it.
    pub is_read: bool,
    /// The folder of its bundle, where it has one.
    pub bundle: Option<Utf8PathBuf>,
    /// What is wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file that travels with a document.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its path from the site's root.
    pub path: Utf8PathBuf,
    /// The bundle that it lies in.
    pub bundle: Utf8PathBuf,
    /// What it holds.
    pub bytes: Arc<Vec<u8>>,
}

/// Finds and reads everything under `content`.
#[must_use]
pub fn discover(files: &dyn Files) -> SourceSet {
    let mut set = SourceSet::default();
    let mut entries = match files.list(Utf8Path::new(CONTENT)) {
        Ok(entries) => entries,
        Err(error) => {
            set.diagnostics.push(about(
                CONTENT,
                Code::Unreadable,
                format!("the folder cannot be read: {error}"),
            ));
            set.is_partial = true;
            return set;
        }
    };
    entries.retain(|entry| !entry.path.components().any(|part| is_left_behind(part.as_str())));
    entries.sort();
    if entries.is_empty() {
        let nothing = about(CONTENT, Code::Unreadable, "this folder is not there, or has no document in it");
        set.diagnostics.push(nothing.help(
            "give the folder of the documents this name; where there is none yet, `casebook new case-study NAME` \
             writes a document to start from",
        ));
    }
    set.diagnostics.extend(personal_names(&entries));
    set.is_partial = entries.iter().any(|entry| entry.is_folder);
    let bundles: HashSet<Utf8PathBuf> = entries
        .iter()
        .filter(|entry| entry.path.file_name() == Some("index.md"))
        .filter_map(|entry| entry.path.parent().map(Utf8Path::to_owned))
        .filter(|folder| folder.components().count() > 2)
        .collect();
    let read: Vec<Read> = entries.par_iter().map(|entry| read(files, entry, &bundles)).collect();
    for item in read {
        match item {
            Read::Document(found) => set.documents.push(found),
            Read::Attachment(attachment, wrong) => {
                set.attachments.push(attachment);
                set.diagnostics.extend(wrong);
            }
            Read::Searches(source, wrong) => {
                set.searches = Some(source);
                set.diagnostics.extend(wrong);
            }
            Read::Wrong(diagnostic) => set.diagnostics.push(*diagnostic),
        }
    }
    set
}

/// Whether a file or folder of this name is what systems and programs leave behind, or hide.
fn is_left_behind(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

enum Read {
    Document(Found),
    Attachment(Attachment, Vec<Diagnostic>),
    Searches(Arc<Source>, Vec<Diagnostic>),
    Wrong(Box<Diagnostic>),
}

fn read(files: &dyn Files, entry: &FileEntry, bundles: &HashSet<Utf8PathBuf>) -> Read {
    if let Some(fault) = &entry.fault {
        let wrong = about(&entry.path, Code::Unreadable, format!("this cannot be read: {fault}"));
        let help = "whether documents refer to what is not there is said once the folder can be read";
        return Read::Wrong(Box::new(if entry.is_folder { wrong.help(help) } else { wrong }));
    }
    if entry.escapes {
        let wrong =
            about(&entry.path, Code::OutsideContent, "this link leads out of the content folder, or nowhere");
        return Read::Wrong(Box::new(wrong.help("put the file itself here")));
    }
    let result = if entry.path.extension() == Some("md") {
        document(files, entry, bundles)
    } else if entry.path == SEARCHES {
        source(files, entry).map(|(source, wrong)| {
            let wrong = wrong.into_iter().chain(diagnostics::personal_data(&source)).collect();
            Read::Searches(source, wrong)
        })
    } else {
        attachment(files, entry, bundles)
    };
    result.unwrap_or_else(|wrong| Read::Wrong(Box::new(wrong)))
}

fn document(
    files: &dyn Files,
    entry: &FileEntry,
    bundles: &HashSet<Utf8PathBuf>,
) -> Result<Read, Diagnostic> {
    let path = &entry.path;
    let (kind, id) = kind_and_id(path)?;
    let mut diagnostics = Vec::new();
    if let Some(wrong) = wrong_name(path, &id) {
        diagnostics.push(wrong);
    }
    // The document takes part in everything else, so that references to it are not called wrong.
    let (source, is_read) = match source(files, entry) {
        Ok((source, wrong)) => {
            diagnostics.extend(wrong);
            (source, true)
        }
        Err(wrong) => {
            diagnostics.push(wrong);
            (Source::new(path.clone(), ""), false)
        }
    };
    let bundle = path.parent().filter(|folder| bundles.contains(*folder)).map(Utf8Path::to_owned);
    let bundle = bundle.filter(|_| path.file_name() == Some("index.md"));
    Ok(Read::Document(Found { kind, id, source, is_read, bundle, diagnostics }))
}

/// The kind and name of the document at `path`; the home page is the page `index`.
fn kind_and_id(path: &Utf8Path) -> Result<(Kind, String), Diagnostic> {
    let parts: Vec<&str> = path.components().skip(1).map(|part| part.as_str()).collect();
    let (folder, rest) = match parts.as_slice() {
        ["index.md"] => return Ok((Kind::Page, "index".to_owned())),
        [folder, rest @ ..] if !rest.is_empty() => (*folder, rest),
        _ => {
            let wrong = about(path, Code::StrayFile, "a document stands in the folder of its kind");
            return Err(wrong.help(format!("move it to one of: {}", folders())));
        }
    };
    let Some(kind) = Kind::ALL.iter().copied().find(|kind| kind.folder() == folder) else {
        let near = nearest(folder, Kind::ALL.iter().map(|kind| kind.folder()));
        let message = match near {
            Some(near) => format!("`{folder}` is not the folder of a kind; did you mean `{near}`?"),
            None => format!("`{folder}` is not the folder of a kind"),
        };
        return Err(about(path, Code::StrayFile, message).help(format!("the folders are: {}", folders())));
    };
    let id = rest.join("/");
    let id = id.strip_suffix(".md").unwrap_or(&id);
    match id.strip_suffix("/index") {
        Some(bundle) => Ok((kind, bundle.to_owned())),
        None if id == "index" => {
            let message = "this address belongs to the list of all documents of the kind";
            Err(about(path, Code::StrayFile, message).help("give the file another name"))
        }
        None => Ok((kind, id.to_owned())),
    }
}

fn folders() -> String {
    Kind::ALL.iter().map(|kind| format!("{CONTENT}/{}", kind.folder())).collect::<Vec<_>>().join(", ")
}

/// Names become addresses, so they hold small letters, digits and hyphens alone.
fn wrong_name(path: &Utf8Path, id: &str) -> Option<Diagnostic> {
    if is_name(id) {
        return None;
    }
    let better = id.split('/').map(slug::slugify).collect::<Vec<_>>().join("/");
    let message = "a file's name becomes its address, so it holds small letters, digits and hyphens alone";
    // A name that looks personal is not repeated.
    let help = if mask(id) == id {
        format!("name it {better}.md")
    } else {
        "name it by what it is about".to_owned()
    };
    Some(about(path, Code::FileName, message).help(help))
}

/// Whether `id` can be the name of a document, and so its address.
#[must_use]
pub fn is_name(id: &str) -> bool {
    let fits = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    id.split('/').all(fits)
}

/// Files and folders whose names look like personal data. The name of a folder is reported once.
fn personal_names(entries: &[FileEntry]) -> Vec<Diagnostic> {
    let mut told = HashSet::new();
    let mut findings = Vec::new();
    for path in entries.iter().flat_map(|entry| entry.path.ancestors()) {
        let Some(found) = path.file_name().and_then(|name| personal::find_in_name(name).into_iter().next())
        else {
            continue;
        };
        if told.insert(path) {
            let message = format!("this name looks like {}, and names are public", found.kind.name());
            let mut finding = about(path, Code::PersonalData, message).help("name it by what it is about");
            finding.level = Level::Error;
            findings.push(finding);
        }
    }
    findings
}

/// The text of a document, with what is wrong with its encoding.
fn source(files: &dyn Files, entry: &FileEntry) -> Result<(Arc<Source>, Option<Diagnostic>), Diagnostic> {
    let path = &entry.path;
    if let Some(wrong) = too_large(path, entry.size, DOCUMENT_BYTES) {
        return Err(wrong);
    }
    let bytes = bytes(files, path)?;
    if bytes.contains(&0) {
        let wrong = about(path, Code::NotUtf8, "the file is not UTF-8 text");
        return Err(
            wrong.help("save it as text with the encoding UTF-8, or, if it is no text, under another name")
        );
    }
    Ok(decode(path, bytes))
}

/// Bytes as text. Where they are not UTF-8 that is reported at the first place, and the rest is read
/// all the same, so that it can be checked.
#[must_use]
pub fn decode(path: &Utf8Path, bytes: Vec<u8>) -> (Arc<Source>, Option<Diagnostic>) {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return (Source::new(path, text), None),
        Err(error) => error,
    };
    let start = error.utf8_error().valid_up_to();
    let source = Source::new(path, String::from_utf8_lossy(error.as_bytes()));
    let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
    let wrong = Diagnostic::new(Code::NotUtf8, &source, span, "the file is not UTF-8 text from here on")
        .help("save it again with the encoding UTF-8");
    (source, Some(wrong))
}

fn attachment(
    files: &dyn Files,
    entry: &FileEntry,
    bundles: &HashSet<Utf8PathBuf>,
) -> Result<Read, Diagnostic> {
    let path = &entry.path;
    let extension = path.extension().unwrap_or_default();
    let known = PICTURES.iter().chain(ATTACHMENTS).copied();
    if !known.clone().any(|kind| kind == extension) {
        let name = path.file_name().unwrap_or_default();
        if known.clone().any(|kind| kind.eq_ignore_ascii_case(extension)) {
            let small = format!("{}.{}", path.file_stem().unwrap_or_default(), extension.to_lowercase());
            let wrong = about(path, Code::FileName, "a file's ending is written in small letters");
            return Err(wrong.help(format!("name it {small}")));
        }
        if let Some(stem) = name.strip_suffix(".md.txt").or_else(|| name.strip_suffix(".MD")) {
            let wrong = about(path, Code::FileKind, "a document's name ends in .md");
            return Err(wrong.help(format!("name it {stem}.md")));
        }
        let kinds = known.collect::<Vec<_>>().join(", ");
        let wrong = about(path, Code::FileKind, format!("files of the kind `{extension}` are not published"));
        return Err(wrong.help(format!("the kinds are: {kinds}")));
    }
    let nearest_bundle = path.ancestors().skip(1).find_map(|folder| bundles.get(folder));
    let Some(bundle) = nearest_bundle else {
        let stem = path.file_stem().unwrap_or("name");
        let wrong = about(path, Code::StrayFile, "this file belongs to no document");
        return Err(wrong.help(format!(
            "put it in the folder of its document, and name that document index.md: {stem}/index.md"
        )));
    };
    let name = path.file_name().unwrap_or_default();
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
        let message =
            "a file's name becomes its address, so it holds letters, digits, dots and hyphens alone";
        return Err(about(path, Code::FileName, message).help("name it without spaces or accents"));
    }
    if let Some(wrong) = too_large(path, entry.size, ATTACHMENT_BYTES) {
        return Err(wrong);
    }
    let bytes = Arc::new(bytes(files, path)?);
    // What is text is read as a document is; nobody looks into the others.
    let wrong = match extension {
        "csv" => diagnostics::personal_data(&Source::new(path.clone(), String::from_utf8_lossy(&bytes))),
        _ => Vec::new(),
    };
    Ok(Read::Attachment(Attachment { path: path.clone(), bundle: bundle.clone(), bytes }, wrong))
}

fn bytes(files: &dyn Files, path: &Utf8Path) -> Result<Vec<u8>, Diagnostic> {
    files
        .read(path)
        .map_err(|error| about(path, Code::Unreadable, format!("the file cannot be read: {error}")))
}

/// That a file is too large to be read, where it is.
#[must_use]
pub fn too_large(path: &Utf8Path, size: u64, most: u64) -> Option<Diagnostic> {
    if size <= most {
        return None;
    }
    let mib = |bytes: u64| bytes.div_ceil(1024 * 1024);
    let message = format!("the file has {} MiB; at most {} are read", mib(size), mib(most));
    let wrong = about(path, Code::FileTooLarge, message);
    Some(wrong.help("is it the right file? A long report is better linked to, or split"))
}

/// A finding about a file as a whole.
fn about(path: impl AsRef<Utf8Path>, code: Code, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, &Source::new(path.as_ref(), ""), Span::default(), message)
}
