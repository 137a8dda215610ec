//! The files of the index. The encoder and the decoder of each stand in one file.
//!
//! A library is documents with numbers from 0, and fields with numbers from 0. A term is what
//! [`crate::analyse`] makes of a word; its postings say for each field which documents have it, how
//! often, and how long the field is there.
//!
//! | file | holds | read when |
//! |---|---|---|
//! | `entry.bin` ([`entry`]) | what is true of the whole; where everything else stands | first |
//! | `t/NAME.bin` ([`terms`]) | terms, sorted, each with its postings; some 4 kB | a word is searched |
//! | `l/NAME.bin` ([`lengths`]) | how long a field is in each document | a word is searched |
//! | `p/NAME-B.bin` ([`positions`]) | the positions of those terms of a run of blocks, the first called `NAME`, whose hash gives bucket `B` | a phrase is searched |
//! | `w/NAME.bin` ([`lexicon`]) | words as written, sorted, each with how many documents have it | a word is completed or unknown |
//! | `r/NAME.bin` ([`lexicon`]) | the same words read backwards | a word is unknown |
//! | `c/NAME.bin` ([`facets`]) | a facet: its values, and each document's | it filters, or its counts are shown |
//! | `s/NAME.bin` ([`facets`]) | a number for each document, to sort by | it sorts |
//! | `d/NAME.bin` ([`texts`]) | what many texts have in common | before any text |
//! | `x/NAME-I.bin` ([`texts`]) | the text of a document, or of a few in a large library: the `I`th file of a group of [`texts::GROUP`] | it is among the results shown |
//!
//! `NAME` is a hash of what the file holds (with all positions of the run for its first block and
//! for `p`, of the whole group and of `d` for `x`), so a file never changes under its name, and only `entry.bin` has to
//! be asked for again. Files are compressed where they are published; here they are not.
//!
//! Every file starts with its letter, [`VERSION`] and four bytes of a checksum of the rest, the
//! lowest first. Numbers are written as [`crate::bytes`] says, seven bits a byte; texts are UTF-8
//! after their length; sorted words are written as what they add to the one before. Everything is a
//! function of the library alone.

pub mod entry;
pub mod facets;
pub mod lengths;
pub mod lexicon;
pub mod positions;
pub mod terms;
pub mod texts;

use crate::bytes::{Cursor, Damaged, Read};

/// The version of the format, and of what [`crate::analyse`] makes of a word: the terms of an index are
/// those of its reader. A reader refuses any other.
pub const VERSION: u8 = 6;

/// The name of the entry file.
pub const ENTRY: &str = "entry.bin";

/// A file of the index, before it is compressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the folder of the index.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// How many bytes the head of a file has.
const HEAD: usize = 6;

/// Puts the head before `payload`.
pub(crate) fn seal(letter: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![letter, VERSION];
    bytes.extend_from_slice(&checksum(payload).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// Whether a file is whole.
///
/// # Errors
/// When its checksum is wrong, or it has none.
pub fn check(bytes: &[u8]) -> Read<()> {
    let sum = bytes.get(2..HEAD).unwrap_or_default();
    let is_whole = sum == checksum(bytes.get(HEAD..).unwrap_or_default()).to_le_bytes();
    if is_whole { Ok(()) } else { Err(Damaged::new("its checksum is wrong")) }
}

/// What stands after the head of a file that starts with `letter`. That it is whole was [`check`]ed
/// when it came.
pub(crate) fn open(letter: u8, bytes: &[u8]) -> Read<Cursor<'_>> {
    let mut cursor = Cursor::new(bytes);
    if cursor.byte()? != letter {
        return Err(Damaged::new("it is of another kind"));
    }
    if cursor.byte()? != VERSION {
        return Err(Damaged::version());
    }
    cursor.bytes(HEAD - 2)?;
    Ok(cursor)
}

fn checksum(bytes: &[u8]) -> u32 {
    let hash = hash(&[bytes]);
    (hash ^ (hash >> 32)) as u32
}

/// FNV-1a of `parts`, one after the other, mixed once more at the end.
pub(crate) fn hash(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.iter() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// How many bytes a name has.
const NAME: usize = 6;

/// The name of a file that holds `parts`. It is another one in another version: the head differs.
pub(crate) fn name_of(parts: &[&[u8]]) -> u64 {
    let version: &[u8] = &[VERSION];
    hash(&[&[version], parts].concat()) >> (64 - 8 * NAME)
}

/// The path of the file with a letter and a name.
pub(crate) fn path(letter: u8, name: u64, part: Option<u64>) -> String {
    let mut out = String::new();
    out.push(char::from(letter));
    out.push('/');
    push_hex(&mut out, name, 2 * NAME as u32);
    if let Some(part) = part {
        out.push('-');
        push_hex(&mut out, part, 1);
    }
    out.push_str(".bin");
    out
}

fn push_hex(out: &mut String, number: u64, digits: u32) {
    let mut width = digits.max(1);
    while width < 16 && number >> (4 * width) != 0 {
        width += 1;
    }
    for digit in (0..width).rev() {
        let nibble = (number >> (4 * digit)) & 15;
        out.push(char::from_digit(nibble as u32, 16).unwrap_or('0'));
    }
}

pub(crate) fn put_name(out: &mut Vec<u8>, name: u64) {
    out.extend(name.to_le_bytes().iter().take(NAME));
}

pub(crate) fn name(cursor: &mut Cursor<'_>) -> Read<u64> {
    let bytes = cursor.bytes(NAME)?.iter();
    Ok(bytes.rev().fold(0, |name, byte| name << 8 | u64::from(*byte)))
}

/// Cuts a sorted run of entries into blocks of some `target` bytes at places that depend on the
/// entries alone, so that a change moves few of them. About one in `of` keys is such a place.
pub(crate) fn cuts_before(key: &str, of: u64, size: usize, next: usize, target: usize) -> bool {
    if size == 0 {
        return false;
    }
    let likely = size >= target / 2 && hash(&[key.as_bytes()]).is_multiple_of(of);
    likely || size + next > target + target / 2
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_bit_is_noticed() {
        let sealed = seal(b't', b"terms and postings");
        assert_eq!(open(b't', &sealed).unwrap().left(), 18);
        for at in 0..sealed.len() * 8 {
            let mut damaged = sealed.clone();
            *damaged.get_mut(at / 8).unwrap() ^= 1 << (at % 8);
            assert!(check(&damaged).is_err() || open(b't', &damaged).is_err());
        }
    }

    #[test]
    fn names_are_paths() {
        assert_eq!(path(b'x', 0xab, Some(31)), "x/0000000000ab-1f.bin");
        assert_eq!(path(b't', name_of(&[b"terms"]), None).len(), "t/0123456789ab.bin".len());
    }
}
