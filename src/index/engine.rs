//! tantivy's index of the library: one segment, in memory, its documents in the order given.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use casebook_reader::analyse;
use rayon::prelude::*;
use tantivy::directory::RamDirectory;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, SingleSegmentIndexWriter, TantivyDocument};

use super::documents::{FIELDS, SORTINGS, Searchable};
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
        let sortings: Vec<Field> =
            SORTINGS.iter().map(|sorting| schema.add_u64_field(sorting.name, FAST)).collect();

        let analysers = TokenizerManager::default();
        analysers.register(ANALYSER, TextAnalyzer::from(Terms));
        let builder = Index::builder().schema(schema.build()).tokenizers(analysers);
        let writer = builder.single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        let (index, words) = fill(writer, documents, &fields, facets, &sortings)?;
        Ok(Self { index, fields, facets, words })
    }
}

fn fill(
    mut writer: SingleSegmentIndexWriter,
    documents: &[Searchable],
    fields: &[(Field, f32)],
    facets: Field,
    sortings: &[Field],
) -> tantivy::Result<(Index, BTreeMap<String, u32>)> {
    let known = Dictionaries::default();
    let mut waiting: Vec<Analysed> = Vec::new();
    let mut taken = documents.iter();
    // tantivy takes one document after the other; those after them are analysed meanwhile.
    for (number, chunk) in documents.chunks(TOGETHER).map(Some).chain([None]).enumerate() {
        let ready = std::mem::take(&mut waiting);
        let take = || -> tantivy::Result<()> {
            for (analysed, document) in ready.into_iter().zip(taken.by_ref()) {
                let mut out = TantivyDocument::default();
                for ((field, _), texts) in fields.iter().zip(&analysed) {
                    texts.iter().for_each(|text| out.add_text(*field, text));
                }
                for (facet, values) in &document.facets {
                    values.iter().for_each(|value| out.add_text(facets, facet_term(facet, value)));
                }
                for (field, sorting) in sortings.iter().zip(SORTINGS) {
                    out.add_u64(*field, u64::from((sorting.number)(document)));
                }
                writer.add_document(out)?;
            }
            Ok(())
        };
        let analyse = || {
            let documents = chunk.unwrap_or_default().par_iter().enumerate();
            documents.map(|(at, document)| analysed(document, number * TOGETHER + at, &known)).collect()
        };
        let (done, next) = rayon::join(take, analyse);
        done?;
        waiting = next;
    }
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    let all = known.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    let met = all.into_iter().flat_map(|dictionary| dictionary.0);
    for (word, known) in met.filter(|(word, known)| known.term.is_some() && words::is_word(word)) {
        *words.entry(word).or_default() += known.documents;
    }
    Ok((writer.finalize()?, words))
}

/// What tantivy takes of each field of a document.
type Analysed = Vec<Vec<String>>;

/// Words that were met: the same ones come again and again.
#[derive(Default)]
struct Dictionary(HashMap<String, Known>);

/// Dictionaries that nobody uses; as many as there were threads at once.
#[derive(Default)]
struct Dictionaries(Mutex<Vec<Dictionary>>);

impl Dictionaries {
    fn take(&self) -> Dictionary {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give_back(&self, dictionary: Dictionary) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(dictionary);
    }
}

/// What is known of a word.
struct Known {
    /// None for a function word.
    term: Option<String>,
    /// How many documents have it, and the last of them.
    documents: u32,
    last: Option<usize>,
}

impl Dictionary {
    /// The term of `word`, which stands in the document with this `number`.
    fn term(&mut self, word: &str, number: usize) -> Option<&str> {
        if !self.0.contains_key(word) {
            let term = (!analyse::is_function_word(word)).then(|| analyse::stem(word));
            self.0.insert(word.to_owned(), Known { term, documents: 0, last: None });
        }
        let known = self.0.get_mut(word)?;
        if known.last != Some(number) {
            known.last = Some(number);
            known.documents += 1;
        }
        known.term.as_deref()
    }
}

/// Analyses the document with this `number`.
fn analysed(document: &Searchable, number: usize, known: &Dictionaries) -> Analysed {
    let mut dictionary = known.take();
    let fields = document.fields().into_iter();
    let terms = fields.map(|texts| texts.iter().map(|text| terms(text, number, &mut dictionary)).collect());
    let analysed = terms.collect();
    known.give_back(dictionary);
    analysed
}

/// The terms of `text`, for [`Terms`] to take apart: before each a space, or a hyphen where it stands
/// at the place of the one before; one space more for each place without a term.
fn terms(text: &str, number: usize, dictionary: &mut Dictionary) -> String {
    let (mut out, mut places) = (String::new(), 0);
    analyse::words(text, &mut |word| {
        let Some(term) = dictionary.term(word.folded, number) else { return };
        let place = word.position + 1;
        if place == places {
            out.push('-');
        }
        (places..place).for_each(|_| out.push(' '));
        places = place;
        out.push_str(term);
    });
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
        let written = terms(text, 0, &mut Dictionary::default());
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
