//! The text of documents, for their titles and excerpts among the results.
//!
//! A file has one document, or a few in a large library, so that there is no end of files; what a
//! file has beside the document that is shown is fetched for nothing. Files are named by group, so
//! that the entry file does not grow with their names. A file: for each document the size of its
//! text, and the text: path, title, kind, language, day of the last change, councils and summary; how many
//! sections; for each its heading, its anchor and its words.
//!
//! Beside them stands a file of what many texts have in common. It is read first: where files are
//! compressed, those of texts are compressed as if all of that file, with its head, stood before them.

use super::{name_of, open, path, seal};
use crate::bytes::{Cursor, Damaged, Put, Read};

/// The letter of the files.
pub const LETTER: u8 = b'x';
/// The letter of the file of what they have in common.
pub const COMMON: u8 = b'd';

/// How many files share a name.
pub const GROUP: usize = 32;

/// A library gets another document into each file whenever it would have so many files.
const FILES: u32 = 8_192;

/// How many documents a file has, where there are `documents` in all.
#[must_use]
pub fn per_file(documents: u32) -> usize {
    1 + (documents / FILES) as usize
}

/// How many names there are, where there are `documents` in all.
#[must_use]
pub fn groups(documents: u32) -> usize {
    (documents as usize).div_ceil(GROUP * per_file(documents))
}

/// What a result shows of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Its address on the site, from `/` to `/`.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What it is, as readers see it.
    pub kind: String,
    /// The code of its language.
    pub lang: String,
    /// The day of its last change, `YYYY-MM-DD`.
    pub updated: String,
    /// The names of its councils, as shown; empty where it has none.
    pub councils: String,
    /// Its summary.
    pub summary: String,
    /// Its text, section by section.
    pub sections: Vec<Section>,
}

/// The text from one heading to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's words; empty before the first.
    pub heading: String,
    /// The heading's anchor; empty before the first.
    pub anchor: String,
    /// The words.
    pub text: String,
}

/// The texts of a library as files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Encoded {
    /// All files.
    pub files: Vec<super::File>,
    /// The name of what the texts have in common.
    pub common: u64,
    /// The names of the groups.
    pub names: Vec<u64>,
}

/// Makes the files of all documents, which have `common` in common.
#[must_use]
pub fn encode(texts: &[&Text], common: &[u8]) -> Encoded {
    let per_file = per_file(u32::try_from(texts.len()).unwrap_or(u32::MAX));
    let shared = name_of(&[common]);
    let mut files = vec![super::File { name: path(COMMON, shared, None), bytes: seal(COMMON, common) }];
    let mut names = Vec::new();
    for group in texts.chunks(GROUP * per_file) {
        let payloads: Vec<Vec<u8>> = group.chunks(per_file).map(together).collect();
        // What is compressed after another beginning is another file.
        let before = shared.to_le_bytes();
        let all = std::iter::once(before.as_slice()).chain(payloads.iter().map(Vec::as_slice));
        let name = name_of(&all.collect::<Vec<_>>());
        names.push(name);
        files.extend(payloads.iter().enumerate().map(|(number, payload)| super::File {
            name: path(LETTER, name, Some(number as u64)),
            bytes: seal(LETTER, payload),
        }));
    }
    Encoded { files, common: shared, names }
}

/// Reads what texts have in common, which is of use only where they are inflated.
///
/// # Errors
/// When it is damaged.
pub fn check_common(bytes: &[u8]) -> Read<()> {
    open(COMMON, bytes).map(|_| ())
}

/// The file of the text of `document` of `documents`, where there is one.
#[must_use]
pub fn file(names: &[u64], document: u32, documents: u32) -> Option<String> {
    let file = document as usize / per_file(documents);
    let name = names.get(file / GROUP)?;
    Some(path(LETTER, *name, Some((file % GROUP) as u64)))
}

fn together(texts: &[&Text]) -> Vec<u8> {
    let mut out = Vec::new();
    for text in texts {
        let payload = payload(text);
        out.number(payload.len() as u64);
        out.extend_from_slice(&payload);
    }
    out
}

/// A text as it stands in its file.
#[must_use]
pub fn payload(text: &Text) -> Vec<u8> {
    let mut out = Vec::new();
    let Text { path, title, kind, lang, updated, councils, summary, .. } = text;
    for part in [path, title, kind, lang, updated, councils, summary] {
        out.text(part);
    }
    out.number(text.sections.len() as u64);
    for section in &text.sections {
        out.text(&section.heading);
        out.text(&section.anchor);
        out.text(&section.text);
    }
    out
}

impl Text {
    /// Reads the text of `document` of `documents` from its file.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn decode(bytes: &[u8], document: u32, documents: u32) -> Read<Self> {
        let mut cursor = open(LETTER, bytes)?;
        let mut own: &[u8] = &[];
        for _ in 0..=document as usize % per_file(documents) {
            let size = cursor.count()?;
            own = cursor.bytes(size)?;
        }
        let mut cursor = Cursor::new(own);
        let mut text = Self::default();
        let Self { path, title, kind, lang, updated, councils, summary, .. } = &mut text;
        for part in [path, title, kind, lang, updated, councils, summary] {
            cursor.text()?.clone_into(part);
        }
        for _ in 0..cursor.count()? {
            let heading = cursor.text()?.to_owned();
            let anchor = cursor.text()?.to_owned();
            text.sections.push(Section { heading, anchor, text: cursor.text()?.to_owned() });
        }
        if cursor.is_empty() { Ok(text) } else { Err(Damaged::new("a text is too long")) }
    }
}
