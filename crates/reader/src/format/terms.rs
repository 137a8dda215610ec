//! Blocks of terms with their postings.
//!
//! A block: how many terms; for each its word after the one before, and the size of its postings;
//! then the postings, one after the other. Postings: a set of fields as bits; for each field how
//! many documents have the term, those documents (twice the distance to the one before, and one
//! more where the term stands there once), how often it stands in each of the others, and, unless
//! the field has its [`lengths`](super::lengths) apart, a byte for each document, the length of the
//! field there on tantivy's scale.
//!
//! Blocks are small, since a word costs one. The positions of several blocks, a run, stand together:
//! few words stand in phrases, and a host has to keep every file.

use super::{cuts_before, name_of, open, path, positions, seal, texts};
use crate::bytes::{Cursor, Damaged, Put, Read};

/// The letter of the files.
pub const LETTER: u8 = b't';

/// Some size of a block, in bytes before compression: less where there are not too many files yet.
const TARGET: usize = 6 * 1024;
const SMALL_TARGET: usize = 4 * 1024;

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
    /// How many buckets the positions of the run that it begins have; 0 where it begins none.
    pub buckets: u32,
}

impl Block {
    /// The file of the block.
    #[must_use]
    pub fn file(&self) -> String {
        path(LETTER, self.name, None)
    }

    /// The file of the positions of `term`, in the run that the block begins.
    #[must_use]
    pub fn positions_file(&self, term: &str) -> String {
        path(positions::LETTER, self.name, Some(positions::bucket(term, self.buckets).into()))
    }
}

/// A block that is closed, of a run that is open.
#[derive(Debug)]
struct Closed {
    first: String,
    payload: Vec<u8>,
}

/// Takes terms in order and makes blocks of them.
#[derive(Debug, Default)]
pub struct Encoder {
    apart: u32,
    target: usize,
    files: Vec<super::File>,
    blocks: Vec<Block>,
    /// Terms of the block that is open, with their postings.
    open: Vec<(String, Vec<u8>)>,
    size: usize,
    /// Their positions.
    places: Vec<(String, Vec<u8>)>,
    /// The blocks of the run that is open, and the positions of their terms.
    run: Vec<Closed>,
    run_places: Vec<(String, Vec<u8>)>,
}

impl Encoder {
    /// An encoder for so many `documents`, with fields of which those in the set `apart` have their lengths
    /// in files of their own.
    #[must_use]
    pub fn new(apart: u32, documents: u32) -> Self {
        let target = if texts::per_file(documents) == 1 { SMALL_TARGET } else { TARGET };
        Self { apart, target, ..Self::default() }
    }

    /// Adds `term`, which comes after those before it. `fields` ascend and are fewer than 32.
    pub fn term(&mut self, term: &str, fields: &[FieldPostings]) {
        let postings = encode(fields, self.apart);
        let next = term.len() + postings.len();
        if cuts_before(term, 16, self.size, next, self.target) {
            self.close();
        }
        self.size += next;
        self.open.push((term.to_owned(), postings));
        self.places.push((term.to_owned(), positions::encode(fields)));
    }

    /// The files, and where each block stands.
    #[must_use]
    pub fn finish(mut self) -> (Vec<super::File>, Vec<Block>) {
        self.close();
        self.close_run();
        (self.files, self.blocks)
    }

    fn close(&mut self) {
        let terms = std::mem::take(&mut self.open);
        self.size = 0;
        let Some((first, _)) = terms.first() else { return };
        let size = |places: &[(String, Vec<u8>)]| places.iter().map(|(_, positions)| positions.len()).sum();
        if cuts_before(first, 2, size(&self.run_places), size(&self.places), positions::TARGET) {
            self.close_run();
        }
        let payload = listed(terms.iter().map(|(term, postings)| (term.as_str(), &postings[..])));
        self.run.push(Closed { first: first.clone(), payload });
        self.run_places.append(&mut self.places);
    }

    fn close_run(&mut self) {
        let buckets = positions::buckets(&std::mem::take(&mut self.run_places));
        for (at, Closed { first, payload }) in std::mem::take(&mut self.run).into_iter().enumerate() {
            let with = if at == 0 { buckets.as_slice() } else { &[] };
            let all: Vec<&[u8]> =
                std::iter::once(&payload[..]).chain(with.iter().map(Vec::as_slice)).collect();
            let block = Block { first, name: name_of(&all), buckets: with.len() as u32 };
            self.files.push(super::File { name: block.file(), bytes: seal(LETTER, &payload) });
            for (number, bucket) in with.iter().enumerate() {
                self.files.push(super::File {
                    name: path(positions::LETTER, block.name, Some(number as u64)),
                    bytes: seal(positions::LETTER, bucket),
                });
            }
            self.blocks.push(block);
        }
    }
}

/// Parts by term, as [`locate`] finds them.
pub(super) fn listed<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])> + Clone) -> Vec<u8> {
    let mut out = Vec::new();
    out.number(parts.clone().count() as u64);
    let mut before = "";
    for (term, part) in parts.clone() {
        out.word_after(before, term);
        out.number(part.len() as u64);
        before = term;
    }
    parts.for_each(|(_, part)| out.extend_from_slice(part));
    out
}

fn encode(fields: &[FieldPostings], apart: u32) -> Vec<u8> {
    let mut out = Vec::new();
    out.number(fields.iter().fold(0, |set, postings| set | 1 << (postings.field & 31)));
    for postings in fields {
        out.number(postings.documents.len() as u64);
        let mut before = 0;
        for occurrence in &postings.documents {
            let distance = u64::from(occurrence.document - before);
            out.number(distance << 1 | u64::from(occurrence.positions.len() == 1));
            before = occurrence.document;
        }
        let often = postings.documents.iter().map(|occurrence| occurrence.positions.len());
        often.filter(|often| *often != 1).for_each(|often| out.number(often as u64));
        if apart >> (postings.field & 31) & 1 == 0 {
            out.extend(postings.documents.iter().map(|occurrence| occurrence.length));
        }
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
/// many documents there are, `lengths` has those of each field that has them apart.
///
/// # Errors
/// When the block is damaged.
pub fn find(bytes: &[u8], term: &str, documents: u32, lengths: &[Option<Vec<u8>>]) -> Read<Option<Postings>> {
    let mut cursor = open(LETTER, bytes)?;
    let Some((at, size)) = locate(&mut cursor, term)? else { return Ok(None) };
    cursor.bytes(at)?;
    decode(&mut Cursor::new(cursor.bytes(size)?), documents, lengths).map(Some)
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
        offset = offset.checked_add(size).ok_or_else(|| Damaged::new("a number is too large"))?;
    }
    if offset != cursor.left() { Err(Damaged::new("its parts do not fill it")) } else { Ok(found) }
}

fn decode(cursor: &mut Cursor<'_>, documents: u32, lengths: &[Option<Vec<u8>>]) -> Read<Postings> {
    let set = cursor.small()?;
    let mut fields = Vec::new();
    for field in (0..32_usize).filter(|field| set & (1 << field) != 0) {
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
            postings.push(Posting { document, frequency: (number & 1) as u32, length: 0 });
        }
        for posting in postings.iter_mut().filter(|posting| posting.frequency == 0) {
            posting.frequency = cursor.small()?;
        }
        match lengths.get(field) {
            Some(Some(apart)) => {
                for posting in &mut postings {
                    posting.length = apart.get(posting.document as usize).copied().unwrap_or(0);
                }
            }
            _ => {
                for (posting, length) in postings.iter_mut().zip(cursor.bytes(count)?) {
                    posting.length = *length;
                }
            }
        }
        fields.push((field as u8, postings));
    }
    Ok(fields)
}
