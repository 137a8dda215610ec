//! What the texts of a library have in common: the words and phrases that many documents have.
//!
//! A text is small, and on its own it has little to be compressed with; after some thousand bytes of
//! what texts say again and again it takes a seventh less. They are chosen from a sample, and by the
//! power of two that their documents come to, so that an edit seldom changes them: the files of all
//! texts change with them.

use std::collections::{HashMap, HashSet};

use casebook_reader::format::texts::{Text, payload};
use rayon::prelude::*;

/// How many documents are looked at.
const SAMPLE: usize = 128;
/// In how many of them a phrase stands at least.
const SEVERAL: u32 = 4;
/// How many words a phrase has at most.
const WORDS: usize = 4;
/// How many bytes a phrase has at least and at most: what is shorter is not worth a reference.
const BYTES: std::ops::Range<usize> = 4..64;
/// How many bytes all have at most; they are fetched before the first result.
const ALL: usize = 4096;

/// The phrases one after the other, the best last: what is near costs least.
#[must_use]
pub fn of(texts: &[&Text]) -> Vec<u8> {
    let mut sample = texts.to_vec();
    sample.sort_by_cached_key(|text| *blake3::hash(text.path.as_bytes()).as_bytes());
    sample.truncate(SAMPLE);
    let payloads: Vec<Vec<u8>> = sample.into_par_iter().map(payload).collect();
    let mut counts: HashMap<&[u8], u32> = HashMap::new();
    for phrases in payloads.par_iter().map(|payload| phrases(payload)).collect::<Vec<_>>() {
        phrases.into_iter().for_each(|phrase| *counts.entry(phrase).or_default() += 1);
    }
    let common = counts.into_iter().filter(|(_, documents)| *documents >= SEVERAL);
    let mut common: Vec<(u64, &[u8])> =
        common.map(|(phrase, documents)| (worth(phrase, documents), phrase)).collect();
    common.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let (mut chosen, mut all) = (Vec::new(), Vec::new());
    for (_, phrase) in common {
        if all.len() + phrase.len() > ALL {
            break;
        }
        if !all.windows(phrase.len()).any(|window| window == phrase) {
            all.extend_from_slice(phrase);
            chosen.push(phrase);
        }
    }
    chosen.reverse();
    chosen.concat()
}

/// What a byte of `phrase` saves in all documents: a reference to it takes some two and a half.
fn worth(phrase: &[u8], documents: u32) -> u64 {
    let size = 2 * phrase.len() as u64;
    (1_u64 << documents.ilog2()) * 1000 * size.saturating_sub(5) / size
}

/// Every run of up to [`WORDS`] words, each with the character before it.
fn phrases(payload: &[u8]) -> HashSet<&[u8]> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || *byte == b'\'';
    let pairs = payload.iter().zip(payload.iter().skip(1)).enumerate();
    let starts = pairs.filter(|(_, (one, next))| !is_letter(one) && is_letter(next)).map(|(at, _)| at);
    let starts: Vec<usize> = starts.chain([payload.len()]).collect();
    let all = starts.iter().enumerate().flat_map(|(number, from)| {
        starts.iter().skip(number + 1).take(WORDS).filter_map(|to| payload.get(*from..*to))
    });
    all.filter(|phrase| BYTES.contains(&phrase.len())).collect()
}
