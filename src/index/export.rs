//! tantivy's segment in the reader's files.

use casebook_reader::format::File;
use casebook_reader::format::terms::{Block, Encoder, FieldPostings, Occurrence};
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::engine::Engine;

/// The terms of a segment.
pub struct Exported {
    /// Their files.
    pub files: Vec<File>,
    /// Where each block stands.
    pub blocks: Vec<Block>,
    /// How many tokens each field has.
    pub tokens: Vec<u64>,
}

/// Writes every term of `engine` with its postings.
pub fn terms(engine: &Engine) -> tantivy::Result<Exported> {
    let searcher = engine.index.reader()?.searcher();
    let Some(segment) = searcher.segment_readers().first() else {
        return Ok(Exported { files: Vec::new(), blocks: Vec::new(), tokens: vec![0; engine.fields.len()] });
    };
    let mut tokens = Vec::new();
    // Every term of every field, so that the fields of a term come together.
    let mut terms: Vec<(String, u8, TermInfo)> = Vec::new();
    for (number, (field, _)) in (0_u8..).zip(&engine.fields) {
        let inverted = segment.inverted_index(*field)?;
        tokens.push(inverted.total_num_tokens());
        let mut stream = inverted.terms().stream()?;
        while let Some((term, info)) = stream.next() {
            terms.push((String::from_utf8_lossy(term).into_owned(), number, info.clone()));
        }
    }
    terms.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut encoder = Encoder::default();
    for same in terms.chunk_by(|a, b| a.0 == b.0) {
        let Some((term, ..)) = same.first() else { continue };
        let mut fields = Vec::new();
        for (_, number, info) in same {
            fields.push(postings(engine, segment, *number, info)?);
        }
        encoder.term(term, &fields);
    }
    let (files, blocks) = encoder.finish();
    Ok(Exported { files, blocks, tokens })
}

fn postings(
    engine: &Engine,
    segment: &SegmentReader,
    number: u8,
    info: &TermInfo,
) -> tantivy::Result<FieldPostings> {
    let mut out = FieldPostings { field: number, documents: Vec::new() };
    let Some((field, _)) = engine.fields.get(usize::from(number)) else { return Ok(out) };
    let inverted = segment.inverted_index(*field)?;
    let lengths = segment.get_fieldnorms_reader(*field)?;
    let mut postings =
        inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
    while postings.doc() != TERMINATED {
        let document = postings.doc();
        let mut positions = Vec::new();
        postings.positions(&mut positions);
        out.documents.push(Occurrence { document, length: lengths.fieldnorm_id(document), positions });
        postings.advance();
    }
    Ok(out)
}
