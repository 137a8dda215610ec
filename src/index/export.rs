//! tantivy's segment in the reader's files.

use std::sync::Arc;

use casebook_reader::format::entry::Column;
use casebook_reader::format::facets::encode_sorting;
use casebook_reader::format::terms::{Block, Encoder, FieldPostings, Occurrence};
use casebook_reader::format::{File, lengths};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, TERMINATED};

use super::documents::SORTINGS;
use super::engine::Engine;

/// The terms of a segment.
pub struct Exported {
    /// Their files.
    pub files: Vec<File>,
    /// Where each block stands.
    pub blocks: Vec<Block>,
    /// How many tokens each field has.
    pub tokens: Vec<u64>,
    /// The file of the lengths of each field that has them apart.
    pub lengths: Vec<Option<u64>>,
}

/// A field with more postings for each document has its lengths apart.
const FEW: u64 = 64;

/// Writes every term of `engine` with its postings.
pub fn terms(engine: &Engine) -> tantivy::Result<Exported> {
    let searcher = engine.index.reader()?.searcher();
    let Some(segment) = searcher.segment_readers().first() else {
        let none = engine.fields.len();
        let (files, blocks) = (Vec::new(), Vec::new());
        return Ok(Exported { files, blocks, tokens: vec![0; none], lengths: vec![None; none] });
    };
    let (mut tokens, mut apart_names, mut more, mut apart) = (Vec::new(), Vec::new(), Vec::new(), 0);
    // Every term of every field, so that the fields of a term come together.
    let mut terms: Vec<(String, u8, TermInfo)> = Vec::new();
    for (number, (field, _)) in (0_u8..).zip(&engine.fields) {
        let inverted = segment.inverted_index(*field)?;
        tokens.push(inverted.total_num_tokens());
        let mut stream = inverted.terms().stream()?;
        let mut postings = 0;
        while let Some((term, info)) = stream.next() {
            postings += u64::from(info.doc_freq);
            terms.push((String::from_utf8_lossy(term).into_owned(), number, info.clone()));
        }
        let is_apart = postings > FEW * u64::from(segment.max_doc());
        apart_names.push(if is_apart {
            apart |= 1 << number;
            let ids = segment.get_fieldnorms_reader(*field)?;
            let column: Vec<u8> = (0..segment.max_doc()).map(|document| ids.fieldnorm_id(document)).collect();
            let (file, name) = lengths::encode(&column);
            more.push(file);
            Some(name)
        } else {
            None
        });
    }
    terms.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut fields = Vec::new();
    for (number, (field, _)) in (0_u8..).zip(&engine.fields) {
        let (inverted, lengths) = (segment.inverted_index(*field)?, segment.get_fieldnorms_reader(*field)?);
        fields.push(Indexed { number, inverted, lengths });
    }
    let mut encoder = Encoder::new(apart, segment.max_doc());
    for same in terms.chunk_by(|a, b| a.0 == b.0) {
        let Some((term, ..)) = same.first() else { continue };
        let mut found = Vec::new();
        for (_, number, info) in same {
            if let Some(field) = fields.get(usize::from(*number)) {
                found.push(field.postings(info)?);
            }
        }
        encoder.term(term, &found);
    }
    let (mut files, blocks) = encoder.finish();
    files.append(&mut more);
    Ok(Exported { files, blocks, tokens, lengths: apart_names })
}

/// A field of the segment.
struct Indexed {
    number: u8,
    inverted: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
}

impl Indexed {
    fn postings(&self, info: &TermInfo) -> tantivy::Result<FieldPostings> {
        let mut documents = Vec::with_capacity(info.doc_freq as usize);
        let with = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = self.inverted.read_postings_from_terminfo(info, with)?;
        while postings.doc() != TERMINATED {
            let document = postings.doc();
            let mut positions = Vec::new();
            postings.positions(&mut positions);
            documents.push(Occurrence { document, length: self.lengths.fieldnorm_id(document), positions });
            postings.advance();
        }
        Ok(FieldPostings { field: self.number, documents })
    }
}

/// The file of each sorting, and where it stands.
pub fn sortings(engine: &Engine) -> tantivy::Result<(Vec<File>, Vec<Column>)> {
    let searcher = engine.index.reader()?.searcher();
    let (mut files, mut columns) = (Vec::new(), Vec::new());
    for sorting in SORTINGS {
        let mut numbers = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().u64(sorting.name)?;
            let number = |document| column.first(document).and_then(|number| u32::try_from(number).ok());
            numbers.extend((0..segment.max_doc()).map(|document| number(document).unwrap_or_default()));
        }
        let (file, name) = encode_sorting(&numbers);
        files.push(file);
        columns.push(Column { name: sorting.name.to_owned(), label: sorting.label.to_owned(), file: name });
    }
    Ok((files, columns))
}
