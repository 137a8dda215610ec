//! tantivy's index of the library: one segment, in memory, its documents in the order given.

use std::collections::{BTreeMap, HashMap};

use casebook_reader::analyse;
use rayon::prelude::*;
use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, SingleSegmentIndexWriter, TantivyDocument};

use super::documents::{FIELDS, Searchable};
use super::words;
use crate::config::SearchWeights;

/// The name under which tantivy knows [`Terms`].
const ANALYSER: &str = "casebook";

/// What tantivy sets aside at the start, in bytes; it grows as it has to.
const MEMORY: usize = 15_000_000;

/// How many documents are analysed while tantivy takes as many.
const TOGETHER: usize = 256;

/// tantivy's index.
pub struct Engine {
    /// The index.
    pub index: Index,
    /// The fields that are searched, in the order of [`FIELDS`], each with its weight.
    pub fields: Vec<(Field, f32)>,
    /// The field that has the values of facets as [`facet_term`] writes them.
    pub facets: Field,
    /// The words as written, each with how many documents have it.
    pub words: BTreeMap<String, u32>,
}

impl Engine {
    /// Indexes `documents`.
    ///
    /// # Errors
    /// When tantivy cannot, which would be a mistake of casebook's own.
    pub fn build(documents: &[Searchable], weights: &SearchWeights) -> tantivy::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYSER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing);
        let fields: Vec<(Field, f32)> = FIELDS
            .iter()
            .map(|field| {
                (schema.add_text_field(field.name, options.clone()), f32::from((field.weight)(weights)))
            })
            .collect();
        let whole = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let facets = schema.add_text_field("facets", TextOptions::default().set_indexing_options(whole));

        let analysers = TokenizerManager::default();
        analysers.register(ANALYSER, TextAnalyzer::from(Terms));
        let builder = Index::builder().schema(schema.build()).tokenizers(analysers);
        let writer = builder.single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        let (index, words) = fill(writer, documents, &fields, facets)?;
        Ok(Self { index, fields, facets, words })
    }
}

fn fill(
    mut writer: SingleSegmentIndexWriter,
    documents: &[Searchable],
    fields: &[(Field, f32)],
    facets: Field,
) -> tantivy::Result<(Index, BTreeMap<String, u32>)> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut waiting: Vec<Analysed> = Vec::new();
    let mut taken = documents.iter();
    // tantivy takes one document after the other; those after them are analysed meanwhile.
    for chunk in documents.chunks(TOGETHER).map(Some).chain([None]) {
        let ready = std::mem::take(&mut waiting);
        let take = || -> tantivy::Result<()> {
            for (analysed, document) in ready.into_iter().zip(taken.by_ref()) {
                let mut out = TantivyDocument::default();
                for ((field, _), texts) in fields.iter().zip(&analysed.fields) {
                    texts.iter().for_each(|text| out.add_text(*field, text));
                }
                for (facet, values) in &document.facets {
                    values.iter().for_each(|value| out.add_text(facets, facet_term(facet, value)));
                }
                writer.add_document(out)?;
                analysed.words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
            }
            Ok(())
        };
        let analyse = || chunk.unwrap_or_default().par_iter().map(analysed).collect();
        let (done, next) = rayon::join(take, analyse);
        done?;
        waiting = next;
    }
    Ok((writer.finalize()?, counts.into_iter().collect()))
}

/// What tantivy takes of a document, and its words as written.
struct Analysed {
    fields: Vec<Vec<String>>,
    words: Vec<String>,
}

fn analysed(document: &Searchable) -> Analysed {
    let mut all = Vec::new();
    let fields = document.fields();
    let texts = fields.iter().map(|texts| texts.iter().map(|text| terms(text, &mut all)).collect());
    let fields = texts.collect();
    all.retain(|word| words::is_word(word));
    all.sort_unstable();
    all.dedup();
    Analysed { fields, words: all }
}

/// The terms of `text`, for [`Terms`] to take apart: before each a space, or a hyphen where it stands
/// at the place of the one before; one space more for each place without a term. Its words go to `words`.
fn terms(text: &str, words: &mut Vec<String>) -> String {
    let (mut out, mut places) = (String::new(), 0);
    for token in analyse::tokens(text) {
        let place = token.position + 1;
        if place == places {
            out.push('-');
        }
        (places..place).for_each(|_| out.push(' '));
        places = place;
        out.push_str(&token.term);
        words.push(token.word);
    }
    out
}

/// A value of a facet as a term.
#[must_use]
pub fn facet_term(facet: &str, value: &str) -> String {
    format!("{facet}={value}")
}

/// Takes apart what [`terms`] has written.
#[derive(Clone)]
struct Terms;

impl Tokenizer for Terms {
    type TokenStream<'a> = Split<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Split<'a> {
        Split { rest: text, places: 0, token: Token::default() }
    }
}

struct Split<'a> {
    rest: &'a str,
    places: usize,
    token: Token,
}

impl TokenStream for Split<'_> {
    fn advance(&mut self) -> bool {
        let after = self.rest.trim_start_matches(' ');
        self.places += self.rest.len() - after.len();
        let after = after.strip_prefix('-').unwrap_or(after);
        let end = after.find([' ', '-']).unwrap_or(after.len());
        let (term, rest) = after.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        self.token.position = self.places.saturating_sub(1);
        self.token.text.clear();
        self.token.text.push_str(term);
        !term.is_empty()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_keep_their_places() {
        let text = "Of the multi-agency duty of care: co-operate";
        let written = terms(text, &mut Vec::new());
        let mut tokenizer = Terms;
        let mut stream = tokenizer.token_stream(&written);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position as u32));
        }
        let right: Vec<_> =
            analyse::tokens(text).into_iter().map(|token| (token.term, token.position)).collect();
        assert_eq!(found, right);
        assert!(found.len() > 5);
    }
}
