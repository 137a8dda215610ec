//! The text of one document a file, for its title and excerpt among the results.
//!
//! Documents are named by group, so that the entry file does not grow with their names. A file:
//! path, title, kind, language, day of the last change and summary; how many sections; for each its
//! heading, its anchor and its words.

use super::{hash, open, path, seal};
use crate::bytes::{Put, Read};

/// The letter of the files.
pub const LETTER: u8 = b'x';

/// How many documents share a name.
pub const GROUP: usize = 32;

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

/// Makes the files of all documents, and the name of each group.
#[must_use]
pub fn encode(texts: &[Text]) -> (Vec<super::File>, Vec<u64>) {
    let (mut files, mut names) = (Vec::new(), Vec::new());
    for group in texts.chunks(GROUP) {
        let payloads: Vec<Vec<u8>> = group.iter().map(payload).collect();
        let name = hash(&payloads.iter().map(Vec::as_slice).collect::<Vec<_>>());
        names.push(name);
        files.extend(payloads.iter().enumerate().map(|(number, payload)| super::File {
            name: path(LETTER, name, Some(number as u64)),
            bytes: seal(LETTER, payload),
        }));
    }
    (files, names)
}

/// The file of the text of `document`, where there is one.
#[must_use]
pub fn file(names: &[u64], document: u32) -> Option<String> {
    let document = document as usize;
    let name = names.get(document / GROUP)?;
    Some(path(LETTER, *name, Some((document % GROUP) as u64)))
}

fn payload(text: &Text) -> Vec<u8> {
    let mut out = Vec::new();
    for part in [&text.path, &text.title, &text.kind, &text.lang, &text.updated, &text.summary] {
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
    /// Reads a file.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn decode(bytes: &[u8]) -> Read<Self> {
        let mut cursor = open(LETTER, bytes)?;
        let mut text = Self::default();
        let Self { path, title, kind, lang, updated, summary, .. } = &mut text;
        for part in [path, title, kind, lang, updated, summary] {
            cursor.text()?.clone_into(part);
        }
        for _ in 0..cursor.count()? {
            let heading = cursor.text()?.to_owned();
            let anchor = cursor.text()?.to_owned();
            text.sections.push(Section { heading, anchor, text: cursor.text()?.to_owned() });
        }
        Ok(text)
    }
}
