//! The words as they are written, folded but not stemmed: to complete a word while it is typed, and
//! to find what is meant by a word that stands nowhere. A second lexicon has the words backwards,
//! so that a mistake in the first half of a word is found by its end.
//!
//! A block: how many words; for each the word after the one before, and how many documents have it.

use super::{cuts_before, name_of, open, path, seal};
use crate::bytes::{Put, Read};

/// The letter of the files with words forwards.
pub const FORWARDS: u8 = b'w';
/// The letter of the files with words backwards.
pub const BACKWARDS: u8 = b'r';

/// Some size of a block, in bytes before compression.
const TARGET: usize = 12 * 1024;

/// Where a block stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its first word.
    pub first: String,
    /// Its name.
    pub name: u64,
}

/// Makes blocks of `words`, which are sorted, each with how many documents have it.
#[must_use]
pub fn encode(letter: u8, words: &[(String, u32)]) -> (Vec<super::File>, Vec<Block>) {
    let (mut files, mut blocks) = (Vec::new(), Vec::new());
    let mut open: Vec<&(String, u32)> = Vec::new();
    let mut size = 0;
    let mut close = |words: &mut Vec<&(String, u32)>| {
        let Some((first, _)) = words.first() else { return };
        let mut payload = Vec::new();
        payload.number(words.len() as u64);
        let mut before = "";
        for (word, documents) in words.iter() {
            payload.word_after(before, word);
            payload.number(u64::from(*documents));
            before = word;
        }
        let name = name_of(&[&payload]);
        blocks.push(Block { first: first.clone(), name });
        files.push(super::File { name: path(letter, name, None), bytes: seal(letter, &payload) });
        words.clear();
    };
    for entry in words {
        // Words share some half of their letters with the one before.
        let next = 4 + entry.0.len() / 2;
        if cuts_before(&entry.0, 16, size, next, TARGET) {
            close(&mut open);
            size = 0;
        }
        size += next;
        open.push(entry);
    }
    close(&mut open);
    (files, blocks)
}

/// The blocks of a lexicon that may have words which start with `prefix`.
pub fn covering<'a>(blocks: &'a [Block], prefix: &'a str) -> impl Iterator<Item = &'a Block> {
    let start = blocks.partition_point(|block| block.first.as_str() < prefix).saturating_sub(1);
    let rest = blocks.iter().skip(start);
    rest.take_while(move |block| block.first.as_str() <= prefix || block.first.starts_with(prefix))
}

/// Calls `each` with every word of a block and how many documents have it.
///
/// # Errors
/// When the block is damaged.
pub fn decode(letter: u8, bytes: &[u8], each: &mut dyn FnMut(&str, u32)) -> Read<()> {
    let mut cursor = open(letter, bytes)?;
    let count = cursor.few()?;
    let mut word = String::new();
    for _ in 0..count {
        cursor.word_after(&mut word)?;
        each(&word, cursor.small()?);
    }
    Ok(())
}
