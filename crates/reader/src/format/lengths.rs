//! How long a field is in each document, on tantivy's scale of 256 steps: for fields that most
//! documents have many words in. Beside every posting it would be more than the postings.
//!
//! A byte for each document.

use super::{name_of, open, path, seal};
use crate::bytes::{Damaged, Read};

/// The letter of the files.
pub const LETTER: u8 = b'l';

/// Makes the file of a field.
#[must_use]
pub fn encode(lengths: &[u8]) -> (super::File, u64) {
    let name = name_of(&[lengths]);
    (super::File { name: path(LETTER, name, None), bytes: seal(LETTER, lengths) }, name)
}

/// Reads the file of a field of `documents` documents.
///
/// # Errors
/// When it is damaged.
pub fn decode(bytes: &[u8], documents: u32) -> Read<Vec<u8>> {
    let mut cursor = open(LETTER, bytes)?;
    let lengths = cursor.bytes(cursor.left())?;
    if lengths.len() == documents as usize {
        Ok(lengths.to_vec())
    } else {
        Err(Damaged::new("it has another number of documents"))
    }
}
