//! The files of the index as they are published: compressed, as browsers'
//! `DecompressionStream("deflate-raw")` reads them.
//!
//! Files of texts are compressed as if the file of what texts have in common stood before them. It
//! is put there again to inflate them, as a block that is stored and not compressed, and what it
//! gives is left out.

use std::io::{self, Read};

use casebook_reader::format::{ENTRY, File, facets, lengths, positions, terms, texts};
use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use rayon::prelude::*;
use zlib_rs::{DeflateConfig, ReturnCode, Strategy};

use super::address;

/// The addresses and bytes of `files` on the site.
#[must_use]
pub fn published(files: Vec<File>) -> Vec<(String, Vec<u8>)> {
    let common = files.iter().find(|file| is(&file.name, texts::COMMON)).map(|file| file.bytes.clone());
    let common = common.unwrap_or_default();
    let compress = |encoder: &mut Compress, file: File| {
        let before = if is(&file.name, texts::LETTER) { common.as_slice() } else { &[] };
        let bytes = match NUMBERS.iter().any(|letter| is(&file.name, *letter)) {
            true => deflated_numbers(&file.bytes),
            false => None,
        };
        (address(&file.name), bytes.unwrap_or_else(|| deflate(encoder, &file.bytes, before)))
    };
    // Measured: 9 is larger than 8 where files are so small.
    let encoder = || Compress::new(Compression::new(8), false);
    files.into_par_iter().map_init(encoder, compress).collect()
}

/// Whether the file called `name` is one of those with `letter`.
fn is(name: &str, letter: u8) -> bool {
    name != ENTRY && name.as_bytes().first() == Some(&letter)
}

/// Files that are numbers, and hardly words.
const NUMBERS: [u8; 4] = [terms::LETTER, positions::LETTER, lengths::LETTER, facets::FACET];

/// Small numbers repeat by chance alone, and change their frequencies as a file goes on: few references,
/// and codes for short stretches, take 2 to 15 in a hundred less. Measured over 10,000 documents.
fn deflated_numbers(bytes: &[u8]) -> Option<Vec<u8>> {
    let raw = -15;
    let config = DeflateConfig {
        level: 8,
        window_bits: raw,
        mem_level: 6,
        strategy: Strategy::Filtered,
        ..DeflateConfig::default()
    };
    let mut out = vec![0; zlib_rs::compress_bound(bytes.len())];
    let (written, code) = zlib_rs::compress_slice(&mut out, bytes, config);
    let size = written.len();
    out.truncate(size);
    (code == ReturnCode::Ok).then_some(out)
}

fn deflate(encoder: &mut Compress, bytes: &[u8], before: &[u8]) -> Vec<u8> {
    encoder.reset();
    // Nothing here fails: the beginning is in time, and memory takes all.
    if !before.is_empty() {
        let _ = encoder.set_dictionary(before);
    }
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    loop {
        let rest = bytes.get(encoder.total_in() as usize..).unwrap_or_default();
        match encoder.compress_vec(rest, &mut out, FlushCompress::Finish) {
            Ok(Status::Ok | Status::BufError) => out.reserve(out.len().max(64)),
            Ok(Status::StreamEnd) | Err(_) => break,
        }
    }
    out.shrink_to_fit();
    out
}

/// No file of the index is larger, so nothing larger is taken for one.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Inflates the files of one index. The reader names what texts have in common before the texts, so
/// that it is here in time.
#[derive(Debug, Clone, Default)]
pub struct Inflater {
    common: Vec<u8>,
}

impl Inflater {
    /// The file called `name` that was compressed to `bytes`.
    ///
    /// # Errors
    /// When `bytes` are damaged, or would grow beyond what any file of an index holds.
    pub fn inflate(&mut self, name: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
        if is(name, texts::LETTER) {
            let mut out = inflate(stored(&self.common).chain(self.common.as_slice()).chain(bytes))?;
            return Ok(out.split_off(self.common.len().min(out.len())));
        }
        let out = inflate(bytes)?;
        if is(name, texts::COMMON) {
            self.common.clone_from(&out);
        }
        Ok(out)
    }
}

/// The head of a block that holds `bytes` as they are.
fn stored(bytes: &[u8]) -> io::Cursor<[u8; 5]> {
    let size = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let ([a, b], [c, d]) = (size.to_le_bytes(), (!size).to_le_bytes());
    io::Cursor::new([0, a, b, c, d])
}

fn inflate(bytes: impl Read) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    DeflateDecoder::new(bytes).take(LARGEST + 1).read_to_end(&mut out)?;
    if out.len() as u64 > LARGEST { Err(io::ErrorKind::InvalidData.into()) } else { Ok(out) }
}
