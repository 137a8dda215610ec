//! Blocks of terms with their postings.
//!
//! A block: how many terms; for each its word after the one before, and the size of its postings;
//! then the postings, one after the other. Postings: a set of fields as bits; for each field how
//! many documents have the term, those documents (twice the distance to the one before, and one
//! more where the term stands there once; otherwise how often follows), and a byte for each, the
//! length of the field there on tantivy's scale.

use super::{cuts_before, hash, open, path, positions, seal};
use crate::bytes::{Cursor, Damaged, Put, Read};

/// The letter of the files.
pub const LETTER: u8 = b't';

/// Some size of a block, in bytes before compression.
const TARGET: usize = 24 * 1024;

/// The postings of a term in one field, as they are exported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldPostings {
    /// The field.
    pub field: u8,
    /// The documents that have the term there, ascending.
    pub documents: Vec<Occurrence>,
}

/// A term in a field of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occurrence {
    /// The document.
    pub document: u32,
    /// The length of the field there, on tantivy's scale of 256 steps.
    pub length: u8,
    /// Where the term stands, ascending.
    pub positions: Vec<u32>,
}

/// Where a block stands, as the entry file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The first term.
    pub first: String,
    /// Its name.
    pub name: u64,
    /// How many buckets the positions of its terms have.
    pub buckets: u32,
}

impl Block {
    /// The file of the block.
    #[must_use]
    pub fn file(&self) -> String {
        path(LETTER, self.name, None)
    }

    /// The file of the positions of `term`.
    #[must_use]
    pub fn positions_file(&self, term: &str) -> String {
        path(positions::LETTER, self.name, Some(positions::bucket(term, self.buckets).into()))
    }
}

/// Takes terms in order and makes blocks of them.
#[derive(Debug, Default)]
pub struct Encoder {
    files: Vec<super::File>,
    blocks: Vec<Block>,
    /// Terms of the block that is open, with their postings and positions.
    open: Vec<(String, Vec<u8>, Vec<u8>)>,
    size: usize,
}

impl Encoder {
    /// Adds `term`, which comes after those before it. `fields` ascend and are fewer than 32.
    pub fn term(&mut self, term: &str, fields: &[FieldPostings]) {
        let postings = encode(fields);
        let positions = positions::encode(fields);
        let next = term.len() + postings.len();
        if cuts_before(term.as_bytes(), self.size, next, TARGET) {
            self.close();
        }
        self.size += next;
        self.open.push((term.to_owned(), postings, positions));
    }

    /// The files, and where each block stands.
    #[must_use]
    pub fn finish(mut self) -> (Vec<super::File>, Vec<Block>) {
        self.close();
        (self.files, self.blocks)
    }

    fn close(&mut self) {
        let terms = std::mem::take(&mut self.open);
        self.size = 0;
        let Some((first, ..)) = terms.first() else { return };
        let mut payload = Vec::new();
        payload.number(terms.len() as u64);
        let mut before = "";
        for (term, postings, _) in &terms {
            payload.word_after(before, term);
            payload.number(postings.len() as u64);
            before = term;
        }
        for (_, postings, _) in &terms {
            payload.extend_from_slice(postings);
        }
        let buckets = positions::buckets(&terms);
        let all: Vec<&[u8]> =
            std::iter::once(payload.as_slice()).chain(buckets.iter().map(Vec::as_slice)).collect();
        let block = Block { first: first.clone(), name: hash(&all), buckets: buckets.len() as u32 };
        self.files.push(super::File { name: block.file(), bytes: seal(LETTER, &payload) });
        for (number, bucket) in buckets.iter().enumerate() {
            self.files.push(super::File {
                name: path(positions::LETTER, block.name, Some(number as u64)),
                bytes: seal(positions::LETTER, bucket),
            });
        }
        self.blocks.push(block);
    }
}

fn encode(fields: &[FieldPostings]) -> Vec<u8> {
    let mut out = Vec::new();
    out.number(fields.iter().fold(0, |set, postings| set | 1 << (postings.field & 31)));
    for postings in fields {
        out.number(postings.documents.len() as u64);
        let mut before = 0;
        for occurrence in &postings.documents {
            let distance = u64::from(occurrence.document - before);
            let once = occurrence.positions.len() == 1;
            out.number(distance << 1 | u64::from(once));
            if !once {
                out.number(occurrence.positions.len() as u64);
            }
            before = occurrence.document;
        }
        out.extend(postings.documents.iter().map(|occurrence| occurrence.length));
    }
    out
}

/// A term in a field of a document, without its positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The document.
    pub document: u32,
    /// How often the term stands there.
    pub frequency: u32,
    /// The length of the field, on tantivy's scale.
    pub length: u8,
}

/// The postings of a term: each field that has it, with its documents in order.
pub type Postings = Vec<(u8, Vec<Posting>)>;

/// The postings of `term` in the block `bytes`; nothing where it is not there. `documents` is how
/// many documents there are.
///
/// # Errors
/// When the block is damaged.
pub fn find(bytes: &[u8], term: &str, documents: u32) -> Read<Option<Postings>> {
    let mut cursor = open(LETTER, bytes)?;
    let Some((at, size)) = locate(&mut cursor, term)? else { return Ok(None) };
    cursor.bytes(at)?;
    decode(&mut Cursor::new(cursor.bytes(size)?), documents).map(Some)
}

/// Reads the list of words that a block of terms or of positions starts with, and gives where the
/// part of `term` starts after it, and its size.
pub(super) fn locate(cursor: &mut Cursor<'_>, term: &str) -> Read<Option<(usize, usize)>> {
    let count = cursor.count()?;
    let mut word = String::new();
    let (mut offset, mut found) = (0_usize, None);
    for _ in 0..count {
        cursor.word_after(&mut word)?;
        let size = usize::try_from(cursor.number()?).unwrap_or(usize::MAX);
        if word == term {
            found = Some((offset, size));
        }
        offset = offset.checked_add(size).ok_or_else(|| Damaged::new("a size is too large"))?;
    }
    if offset != cursor.left() { Err(Damaged::new("its parts do not fill it")) } else { Ok(found) }
}

fn decode(cursor: &mut Cursor<'_>, documents: u32) -> Read<Postings> {
    let set = cursor.small()?;
    let mut fields = Vec::new();
    for field in (0..32).filter(|field| set & (1 << field) != 0) {
        let count = cursor.count()?;
        let mut postings = Vec::new();
        let mut document = 0_u32;
        for at in 0..count {
            let number = cursor.number()?;
            let distance = u32::try_from(number >> 1).unwrap_or(u32::MAX);
            if at > 0 && distance == 0 {
                return Err(Damaged::new("documents are not in order"));
            }
            document = document.saturating_add(distance);
            if document >= documents {
                return Err(Damaged::new("there is no such document"));
            }
            let frequency = if number & 1 == 1 { 1 } else { cursor.small()? };
            postings.push(Posting { document, frequency, length: 0 });
        }
        for (posting, length) in postings.iter_mut().zip(cursor.bytes(count)?) {
            posting.length = *length;
        }
        fields.push((field as u8, postings));
    }
    Ok(fields)
}
