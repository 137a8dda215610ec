//! The entry file: what is true of the whole library, and where everything else stands.
//!
//! In this order: how many documents; the fields, each with its name, its weight (the bits of a
//! 32-bit float), how many tokens it has in all, and 1 and the name of its file of lengths or 0 for
//! none; the blocks of terms, each with its first term after the one before, its name and its number
//! of buckets; the blocks of the two lexicons; the name of what
//! texts have in common, and the names of their groups; the facets, each with its name, its label and
//! the name of its file; the sortings likewise; the groups of words that mean the same.

use super::facets::{FACET, SORTING};
use super::lexicon;
use super::terms;
use super::texts;
use super::{ENTRY, File, check, name, open, path, put_name, seal};
use crate::bytes::{Cursor, Damaged, FEW, Put, Read};

const LETTER: u8 = b'e';

/// A field that is searched.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// How much it counts.
    pub weight: f32,
    /// How many tokens all documents have in it, exactly.
    pub tokens: u64,
    /// The name of the file with its lengths, where they are not beside the postings.
    pub lengths: Option<u64>,
}

/// A facet or a sorting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// As queries name it.
    pub name: String,
    /// As shown.
    pub label: String,
    /// The name of its file.
    pub file: u64,
}

/// What the entry file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// How many documents there are.
    pub documents: u32,
    /// The fields, by number.
    pub fields: Vec<Field>,
    /// The blocks of terms, in order.
    pub terms: Vec<terms::Block>,
    /// The blocks of words, in order.
    pub words: Vec<lexicon::Block>,
    /// The blocks of words backwards, in order.
    pub backwards: Vec<lexicon::Block>,
    /// The name of the file of what texts have in common.
    pub common: u64,
    /// The names of the groups of texts.
    pub texts: Vec<u64>,
    /// The facets, in the order in which they are shown.
    pub facets: Vec<Column>,
    /// What results can be sorted by.
    pub sortings: Vec<Column>,
    /// Words and names that mean the same.
    pub synonyms: Vec<Vec<String>>,
}

impl Entry {
    /// Makes the file.
    #[must_use]
    pub fn encode(&self) -> File {
        let mut out = Vec::new();
        out.number(u64::from(self.documents));
        out.number(self.fields.len() as u64);
        for field in &self.fields {
            out.text(&field.name);
            out.extend_from_slice(&field.weight.to_bits().to_le_bytes());
            out.number(field.tokens);
            out.number(u64::from(field.lengths.is_some()));
            field.lengths.iter().for_each(|name| put_name(&mut out, *name));
        }
        out.number(self.terms.len() as u64);
        let mut before = "";
        for block in &self.terms {
            out.word_after(before, &block.first);
            put_name(&mut out, block.name);
            out.number(u64::from(block.buckets));
            before = &block.first;
        }
        for blocks in [&self.words, &self.backwards] {
            out.number(blocks.len() as u64);
            let mut before = "";
            for block in blocks {
                out.word_after(before, &block.first);
                put_name(&mut out, block.name);
                before = &block.first;
            }
        }
        put_name(&mut out, self.common);
        out.number(self.texts.len() as u64);
        self.texts.iter().for_each(|name| put_name(&mut out, *name));
        for columns in [&self.facets, &self.sortings] {
            out.number(columns.len() as u64);
            for column in columns {
                out.text(&column.name);
                out.text(&column.label);
                put_name(&mut out, column.file);
            }
        }
        out.number(self.synonyms.len() as u64);
        for group in &self.synonyms {
            out.number(group.len() as u64);
            group.iter().for_each(|name| out.text(name));
        }
        File { name: ENTRY.to_owned(), bytes: seal(LETTER, &out) }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// When it is damaged or has another version.
    pub fn decode(bytes: &[u8]) -> Read<Self> {
        decode(bytes).map_err(|damaged| damaged.of(ENTRY))
    }

    /// The blocks up to the one that would have `term`.
    fn up_to(&self, term: &str) -> &[terms::Block] {
        let after = self.terms.partition_point(|block| block.first.as_str() <= term);
        self.terms.get(..after).unwrap_or_default()
    }

    /// The file of the block that would have `term`.
    #[must_use]
    pub fn terms_file(&self, term: &str) -> Option<String> {
        self.up_to(term).last().map(terms::Block::file)
    }

    /// The file that would have the positions of `term`.
    #[must_use]
    pub fn positions_file(&self, term: &str) -> Option<String> {
        let begins = self.up_to(term).iter().rfind(|block| block.buckets > 0)?;
        Some(begins.positions_file(term))
    }

    /// The file of what texts have in common.
    #[must_use]
    pub fn common_file(&self) -> String {
        path(texts::COMMON, self.common, None)
    }

    /// The file of the text of `document`.
    #[must_use]
    pub fn text_file(&self, document: u32) -> Option<String> {
        texts::file(&self.texts, document, self.documents)
    }

    /// The file of the facet `name`.
    #[must_use]
    pub fn facet_file(&self, name: &str) -> Option<String> {
        let column = self.facets.iter().find(|column| column.name == name)?;
        Some(path(FACET, column.file, None))
    }

    /// The file of the sorting `name`.
    #[must_use]
    pub fn sorting_file(&self, name: &str) -> Option<String> {
        let column = self.sortings.iter().find(|column| column.name == name)?;
        Some(path(SORTING, column.file, None))
    }
}

/// A library has no more documents.
const MOST: u32 = 1 << 20;

fn decode(bytes: &[u8]) -> Read<Entry> {
    // One of another version may have another checksum.
    let mut cursor = open(LETTER, bytes)?;
    check(bytes)?;
    let mut entry = Entry { documents: cursor.small()?, ..Entry::default() };
    for _ in 0..cursor.count()? {
        entry.fields.push(field(&mut cursor)?);
    }
    if entry.fields.len() > 32 {
        return Err(Damaged::new("it has too many fields"));
    }
    let mut first = String::new();
    for _ in 0..cursor.count()? {
        cursor.word_after(&mut first)?;
        let name = name(&mut cursor)?;
        entry.terms.push(terms::Block { first: first.clone(), name, buckets: cursor.small()? });
    }
    entry.words = lexicon_blocks(&mut cursor)?;
    entry.backwards = lexicon_blocks(&mut cursor)?;
    entry.common = name(&mut cursor)?;
    for _ in 0..cursor.count()? {
        entry.texts.push(name(&mut cursor)?);
    }
    // Memory is taken for each document, so a number alone must not be believed.
    if entry.documents > MOST || texts::groups(entry.documents) != entry.texts.len() {
        return Err(Damaged::new("it has another number of documents"));
    }
    entry.facets = columns(&mut cursor)?;
    entry.sortings = columns(&mut cursor)?;
    let mut names = 0;
    for _ in 0..cursor.few()? {
        let mut group = Vec::new();
        for _ in 0..cursor.few()? {
            group.push(cursor.text()?.to_owned());
            names += 1;
        }
        if names > FEW {
            return Err(Damaged::new("there are too many"));
        }
        entry.synonyms.push(group);
    }
    let sorted = entry.terms.is_sorted_by(|a, b| a.first < b.first)
        && entry.words.is_sorted_by(|a, b| a.first < b.first)
        && entry.backwards.is_sorted_by(|a, b| a.first < b.first);
    if sorted { Ok(entry) } else { Err(Damaged::new("its blocks are not in order")) }
}

fn field(cursor: &mut Cursor<'_>) -> Read<Field> {
    let name = cursor.text()?.to_owned();
    let bits: [u8; 4] = cursor.bytes(4)?.try_into().map_err(|_| Damaged::new("it ends too early"))?;
    let weight = f32::from_bits(u32::from_le_bytes(bits));
    if !weight.is_finite() || weight < 0.0 {
        return Err(Damaged::new("a weight is not a number"));
    }
    let tokens = cursor.number()?;
    let lengths = if cursor.number()? == 0 { None } else { Some(super::name(cursor)?) };
    Ok(Field { name, weight, tokens, lengths })
}

fn lexicon_blocks(cursor: &mut Cursor<'_>) -> Read<Vec<lexicon::Block>> {
    let mut blocks = Vec::new();
    let mut first = String::new();
    for _ in 0..cursor.count()? {
        cursor.word_after(&mut first)?;
        blocks.push(lexicon::Block { first: first.clone(), name: name(cursor)? });
    }
    Ok(blocks)
}

fn columns(cursor: &mut Cursor<'_>) -> Read<Vec<Column>> {
    let mut columns = Vec::new();
    for _ in 0..cursor.count()? {
        let name_text = cursor.text()?.to_owned();
        let label = cursor.text()?.to_owned();
        columns.push(Column { name: name_text, label, file: name(cursor)? });
    }
    Ok(columns)
}
