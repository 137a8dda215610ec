//! The library becomes a search index: built by tantivy, written in the reader's files.
//!
//! | step | gives |
//! |---|---|
//! | [`documents`] | what of each document is searched, in the order of the index |
//! | [`engine`] | tantivy's index, one segment in memory |
//! | [`export`] | the terms and sortings of that segment, in the reader's files |
//! | [`expectations`] | what searches have to find, held against the files |
//! | [`packed`], [`phrases`] | the files as they are published, and what texts are compressed with |
//! | [`facets`], [`words`] | facets, lexicons, names that mean the same |

pub mod documents;
pub mod engine;
pub mod expectations;
mod export;
pub mod facets;
mod packed;
mod phrases;
mod words;

use casebook_reader::format::entry::{Entry, Field};
use casebook_reader::format::{ENTRY, File, texts};
pub use packed::{Inflater, published};

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

/// The files of the index, before compression.
///
/// # Errors
/// When tantivy cannot build the index, which would be a mistake of casebook's own.
pub fn files(library: &Library, settings: &Settings) -> tantivy::Result<Vec<File>> {
    let documents = documents::of(library, settings);
    let terms = || -> tantivy::Result<_> {
        let engine = engine::Engine::build(&documents, &settings.search)?;
        Ok((export::terms(&engine)?, export::sortings(&engine)?, words::lexicons(engine.words)))
    };
    let beside = || {
        let shown: Vec<&texts::Text> = documents.iter().map(|document| &document.text).collect();
        let texts = texts::encode(&shown, &phrases::of(&shown));
        (texts, facets::facets(&documents, library, settings))
    };
    let (terms, (texts, (facet_files, facets))) = rayon::join(terms, beside);
    let (exported, (sorting_files, sortings), lexicons) = terms?;
    let (mut files, terms) = (exported.files, exported.blocks);
    files.extend(lexicons.files);
    files.extend(texts.files);
    files.extend(facet_files);
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
        common: texts.common,
        texts: texts.names,
        facets,
        sortings,
        synonyms: words::synonyms(library, settings),
    };
    files.push(entry.encode());
    // Files that hold the same have the same name: two facets with the same values, for example.
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);
    Ok(files)
}
