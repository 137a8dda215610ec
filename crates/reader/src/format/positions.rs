//! Where terms stand in their fields: apart from the postings, so that only phrases pay.
//!
//! The positions of a run of blocks of terms are divided into buckets by a hash of the term: which
//! one holds a term's is known before its block is read, so that both are asked for at once. A
//! bucket starts as a block of terms does. For each field and document of the postings, in their
//! order, and each time that the term stands there: the distance to the position before.

use super::terms::{self, FieldPostings, Postings, locate};
use super::{hash, open};
use crate::bytes::{Cursor, Damaged, Put, Read};

/// The letter of the files.
pub const LETTER: u8 = b'p';

/// Some size of a bucket, in bytes before compression.
pub(super) const TARGET: usize = 20 * 1024;

pub(super) fn encode(fields: &[FieldPostings]) -> Vec<u8> {
    let mut out = Vec::new();
    for occurrence in fields.iter().flat_map(|postings| &postings.documents) {
        let mut before = 0;
        for position in &occurrence.positions {
            out.number(u64::from(position - before));
            before = *position;
        }
    }
    out
}

/// The bucket of `term`, where there are `buckets`.
pub(super) fn bucket(term: &str, buckets: u32) -> u32 {
    (hash(&[term.as_bytes()]) >> 32) as u32 % buckets.max(1)
}

/// Divides the positions of a run's terms.
pub(super) fn buckets(all: &[(String, Vec<u8>)]) -> Vec<Vec<u8>> {
    let size: usize = all.iter().map(|(_, positions)| positions.len()).sum();
    let count = (size / TARGET).clamp(1, 256) as u32;
    let inside = |number| all.iter().filter(move |(term, _)| bucket(term, count) == number);
    (0..count)
        .map(|number| terms::listed(inside(number).map(|(term, positions)| (term.as_str(), &positions[..]))))
        .collect()
}

/// The positions of a term in a field: for each of its postings, where it stands.
pub type Positions = Vec<Vec<u32>>;

/// The positions of `term` in the bucket `bytes`, by field, in the order of its `postings`.
///
/// # Errors
/// When the bucket is damaged, or belongs to other postings.
pub fn find(bytes: &[u8], term: &str, postings: &Postings) -> Read<Vec<Positions>> {
    let mut cursor = open(LETTER, bytes)?;
    let Some((at, size)) = locate(&mut cursor, term)? else {
        return Err(Damaged::new("a term has no positions"));
    };
    cursor.bytes(at)?;
    let mut cursor = Cursor::new(cursor.bytes(size)?);
    let mut fields = Vec::new();
    for (_, documents) in postings {
        let mut field = Vec::new();
        for posting in documents {
            if posting.frequency as usize > cursor.left() {
                return Err(Damaged::new("it ends too early"));
            }
            let mut position = 0_u32;
            let mut found = Vec::new();
            for _ in 0..posting.frequency {
                position = position.saturating_add(cursor.small()?);
                found.push(position);
            }
            field.push(found);
        }
        fields.push(field);
    }
    if cursor.is_empty() { Ok(fields) } else { Err(Damaged::new("it has too many positions")) }
}
