//! tantivy's index of the library: one segment, in memory, its documents in the order given.

use casebook_reader::analyse::{self, Token as Word};
use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, SingleSegmentIndexWriter, TantivyDocument};

use super::documents::{FIELDS, Searchable};
use crate::config::SearchWeights;

/// The name under which tantivy knows the analyser.
const ANALYSER: &str = "casebook";

/// What tantivy sets aside at the start, in bytes; it grows as it has to.
const MEMORY: usize = 15_000_000;

/// tantivy's index.
pub struct Engine {
    /// The index.
    pub index: Index,
    /// The fields that are searched, in the order of [`FIELDS`], each with its weight.
    pub fields: Vec<(Field, f32)>,
    /// The field that has the values of facets as [`facet_term`] writes them.
    pub facets: Field,
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
        analysers.register(ANALYSER, TextAnalyzer::from(Analyser));
        let builder = Index::builder().schema(schema.build()).tokenizers(analysers);
        let writer = builder.single_segment_index_writer(RamDirectory::create(), MEMORY)?;
        let index = fill(writer, documents, &fields, facets)?;
        Ok(Self { index, fields, facets })
    }
}

fn fill(
    mut writer: SingleSegmentIndexWriter,
    documents: &[Searchable],
    fields: &[(Field, f32)],
    facets: Field,
) -> tantivy::Result<Index> {
    for document in documents {
        let mut out = TantivyDocument::default();
        for ((field, _), texts) in fields.iter().zip(&document.fields) {
            texts.iter().for_each(|text| out.add_text(*field, text));
        }
        for (facet, values) in &document.facets {
            values.iter().for_each(|value| out.add_text(facets, facet_term(facet, value)));
        }
        writer.add_document(out)?;
    }
    writer.finalize()
}

/// A value of a facet as a term.
#[must_use]
pub fn facet_term(facet: &str, value: &str) -> String {
    format!("{facet}={value}")
}

/// The reader's analysis as tantivy's.
#[derive(Clone)]
struct Analyser;

impl Tokenizer for Analyser {
    type TokenStream<'a> = Words;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words {
        Words { rest: analyse::tokens(text).into_iter(), token: Token::default() }
    }
}

struct Words {
    rest: std::vec::IntoIter<Word>,
    token: Token,
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        let Some(word) = self.rest.next() else { return false };
        self.token = Token {
            offset_from: word.from,
            offset_to: word.to,
            position: word.position as usize,
            text: word.term,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
