//! The library becomes a search index: built by tantivy, written in the reader's files.
//!
//! | step | gives |
//! |---|---|
//! | [`documents`] | what of each document is searched, in the order of the index |
//! | [`engine`] | tantivy's index, one segment in memory |
//! | [`export`] | the terms of that segment, in the reader's files |
//! | [`expectations`] | what searches have to find, held against the files |
//! | [`facets`], [`words`] | facets, sortings, lexicons, names that mean the same |

pub mod documents;
pub mod engine;
pub mod expectations;
mod export;
pub mod facets;
mod words;

use std::io::{self, Read, Write};

use casebook_reader::format::entry::{Entry, Field};
use casebook_reader::format::{ENTRY, File, texts};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rayon::prelude::*;

use crate::config::Settings;
use crate::link::{Library, SEARCH};

/// Where the file of the index called `name` stands on the site. All but the entry are named by what
/// they hold, and stand where hosts let browsers keep files for good.
#[must_use]
pub fn address(name: &str) -> String {
    if name == ENTRY { format!("{SEARCH}{name}") } else { format!("{BLOCKS}{name}") }
}

/// The folder of all files of the index but the entry.
const BLOCKS: &str = "/assets/search/";

/// Whether the file at `address` of a site is one of the index.
#[must_use]
pub fn is_of_index(address: &str) -> bool {
    address.starts_with(BLOCKS) || address == self::address(ENTRY)
}

/// The files of an index as they are published: addresses on the site, and what is compressed.
#[must_use]
pub fn published(files: Vec<File>) -> Vec<(String, Vec<u8>)> {
    files.into_par_iter().map(|file| (address(&file.name), deflate(&file.bytes))).collect()
}

/// The files of the index, before compression.
///
/// # Errors
/// When tantivy cannot build the index, which would be a mistake of casebook's own.
pub fn files(library: &Library, settings: &Settings) -> tantivy::Result<Vec<File>> {
    let documents = documents::of(library, settings);
    let terms = || export::terms(&engine::Engine::build(&documents, &settings.search)?);
    let rest = || {
        let shown: Vec<&texts::Text> = documents.iter().map(|document| &document.text).collect();
        (words::lexicons(&documents), texts::encode(&shown))
    };
    // tantivy takes one document after the other.
    let (exported, (lexicons, (text_files, names))) = rayon::join(terms, rest);
    let exported = exported?;
    let (mut files, terms) = (exported.files, exported.blocks);
    files.extend(lexicons.files);
    files.extend(text_files);
    let (facet_files, facets) = facets::facets(&documents, library, settings);
    files.extend(facet_files);
    let (sorting_files, sortings) = facets::sortings(&documents);
    files.extend(sorting_files);
    let counted = exported.tokens.into_iter().zip(exported.lengths);
    let fields = documents::FIELDS.iter().zip(counted).map(|(field, (tokens, lengths))| Field {
        name: field.name.to_owned(),
        weight: f32::from((field.weight)(&settings.search)),
        tokens,
        lengths,
    });
    let entry = Entry {
        documents: u32::try_from(documents.len()).unwrap_or(u32::MAX),
        fields: fields.collect(),
        terms,
        words: lexicons.words,
        backwards: lexicons.backwards,
        texts: names,
        facets,
        sortings,
        synonyms: words::synonyms(library),
    };
    files.push(entry.encode());
    // Files that hold the same have the same name: two facets with the same values, for example.
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);
    Ok(files)
}

/// Compresses a file as browsers' `DecompressionStream("deflate-raw")` reads it.
fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// No file of the index is larger, so nothing larger is taken for one.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The file of the index that was compressed to `bytes`.
///
/// # Errors
/// When `bytes` are damaged, or would grow beyond what any file of an index holds.
pub fn inflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    DeflateDecoder::new(bytes).take(LARGEST + 1).read_to_end(&mut out)?;
    if out.len() as u64 > LARGEST { Err(io::ErrorKind::InvalidData.into()) } else { Ok(out) }
}
