//! One step of a search: what was fetched, read once, and what is still missing.

use super::{Fetched, Name, Step};
use crate::bytes::Read;
use crate::format::entry::Entry;
use crate::format::facets::{self, Facet};
use crate::format::texts::{self, Text};
use crate::format::{lengths, lexicon, path, positions, terms};
use crate::rank::Index;

/// What a step has at hand.
pub(super) struct Session<'a> {
    pub entry: &'a Entry,
    pub names: &'a [Name],
    files: &'a Fetched,
    missing: Vec<String>,
    /// Of each field, where they are apart from the postings.
    lengths: Vec<Option<Vec<u8>>>,
    /// What queries are evaluated over.
    pub index: Index<'a>,
    /// The sorting that was read.
    pub sorting: Option<Vec<u32>>,
}

impl<'a> Session<'a> {
    pub fn new(entry: &'a Entry, names: &'a [Name], files: &'a Fetched) -> Self {
        let index = Index { documents: entry.documents, fields: &entry.fields, ..Index::default() };
        Self { entry, names, files, missing: Vec::new(), lengths: Vec::new(), index, sorting: None }
    }

    /// Files are missing, so nothing more can be known for now.
    pub fn is_waiting(&self) -> bool {
        !self.missing.is_empty()
    }

    /// Asks for what is missing.
    pub fn need(self) -> Step {
        Step::Need(self.missing)
    }

    /// The index has `term`. Known once its block was wanted and is there.
    pub fn has(&self, term: &str) -> bool {
        self.index.postings.get(term).is_some()
    }

    fn load(&mut self, file: &str) -> Option<&'a [u8]> {
        let found = self.files.get(file);
        if found.is_none() && !self.missing.iter().any(|missing| missing == file) {
            self.missing.push(file.to_owned());
        }
        found
    }

    /// Reads the postings of `term`, where there are any.
    pub fn want_term(&mut self, term: &str) -> Read<()> {
        if self.has(term) {
            return Ok(());
        }
        self.want_lengths()?;
        let Some(file) = self.entry.terms_file(term) else { return Ok(()) };
        let Some(bytes) = self.load(&file) else { return Ok(()) };
        if self.lengths.len() < self.entry.fields.len() {
            return Ok(());
        }
        let found = terms::find(bytes, term, self.entry.documents, &self.lengths)
            .map_err(|damaged| damaged.of(&file))?;
        if let Some(postings) = found {
            self.index.postings.insert(term.to_owned(), postings);
        }
        Ok(())
    }

    /// Reads the lengths of the fields that have them apart.
    fn want_lengths(&mut self) -> Read<()> {
        let entry = self.entry;
        if self.lengths.len() == entry.fields.len() {
            return Ok(());
        }
        let mut lengths = Vec::new();
        for field in &entry.fields {
            let Some(name) = field.lengths else {
                lengths.push(None);
                continue;
            };
            let file = path(lengths::LETTER, name, None);
            let Some(bytes) = self.load(&file) else { continue };
            let read = lengths::decode(bytes, entry.documents).map_err(|damaged| damaged.of(&file))?;
            lengths.push(Some(read));
        }
        // Those of all fields, or none.
        if lengths.len() == entry.fields.len() {
            self.lengths = lengths;
        }
        Ok(())
    }

    /// Reads the postings of the terms of a phrase and, where it has several, their positions.
    pub fn want_phrase(&mut self, terms: &[(u32, String)]) -> Read<()> {
        for (_, term) in terms {
            self.want_term(term)?;
            if terms.len() < 2 || self.index.positions.get(term).is_some() {
                continue;
            }
            let Some(file) = self.entry.positions_file(term) else { continue };
            let Some(bytes) = self.load(&file) else { continue };
            let Some(postings) = self.index.postings.get(term) else { continue };
            let found = positions::find(bytes, term, postings).map_err(|damaged| damaged.of(&file))?;
            self.index.positions.insert(term.clone(), found);
        }
        Ok(())
    }

    /// Reads a facet.
    pub fn want_facet(&mut self, name: &str) -> Read<()> {
        if self.index.facets.get(name).is_some() {
            return Ok(());
        }
        let Some(file) = self.entry.facet_file(name) else { return Ok(()) };
        let Some(bytes) = self.load(&file) else { return Ok(()) };
        let facet = Facet::decode(bytes, self.entry.documents).map_err(|damaged| damaged.of(&file))?;
        self.index.facets.insert(name.to_owned(), facet);
        Ok(())
    }

    /// Reads a sorting.
    pub fn want_sorting(&mut self, name: &str) -> Read<()> {
        let Some(file) = self.entry.sorting_file(name) else { return Ok(()) };
        let Some(bytes) = self.load(&file) else { return Ok(()) };
        let numbers =
            facets::decode_sorting(bytes, self.entry.documents).map_err(|damaged| damaged.of(&file))?;
        self.sorting = Some(numbers);
        Ok(())
    }

    /// Reads the text of a document, where it is at hand.
    pub fn want_text(&mut self, document: u32) -> Read<Option<Text>> {
        // Asked for before the texts: they are inflated with it.
        let common = self.entry.common_file();
        if let Some(bytes) = self.load(&common) {
            texts::check_common(bytes).map_err(|damaged| damaged.of(&common))?;
        }
        let Some(file) = self.entry.text_file(document) else { return Ok(None) };
        let Some(bytes) = self.load(&file) else { return Ok(None) };
        let text = Text::decode(bytes, document, self.entry.documents);
        text.map(Some).map_err(|damaged| damaged.of(&file))
    }

    /// Calls `each` with the words that start with `prefix`, forwards or backwards, and how many
    /// documents have them, as far as they are at hand. Of a prefix that has more than `most`
    /// blocks only the first are read.
    pub fn want_words(
        &mut self,
        letter: u8,
        prefix: &str,
        most: usize,
        each: &mut dyn FnMut(&str, u32),
    ) -> Read<()> {
        let entry = self.entry;
        let blocks = if letter == lexicon::BACKWARDS { &entry.backwards } else { &entry.words };
        for block in lexicon::covering(blocks, prefix).take(most) {
            let file = path(letter, block.name, None);
            let Some(bytes) = self.load(&file) else { continue };
            let mut inside = |word: &str, documents: u32| {
                if word.starts_with(prefix) {
                    each(word, documents);
                }
            };
            lexicon::decode(letter, bytes, &mut inside).map_err(|damaged| damaged.of(&file))?;
        }
        Ok(())
    }
}
