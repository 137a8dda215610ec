//! One step of a search: what was fetched, read once, and what is still missing.

use super::{Files, Step};
use crate::bytes::Read;
use crate::format::entry::Entry;
use crate::format::facets::{self, Facet};
use crate::format::texts::Text;
use crate::format::{lexicon, path, positions, terms};
use crate::map::Map;
use crate::rank::Index;

/// What a step has at hand.
pub(super) struct Session<'a> {
    pub entry: &'a Entry,
    files: &'a dyn Files,
    missing: Vec<String>,
    /// What queries are evaluated over.
    pub index: Index<'a>,
    /// The sortings that were read.
    pub sortings: Map<String, Vec<u32>>,
    /// The texts that were read.
    pub texts: Map<u32, Text>,
}

impl<'a> Session<'a> {
    pub fn new(entry: &'a Entry, files: &'a dyn Files) -> Self {
        let index = Index { documents: entry.documents, fields: &entry.fields, ..Index::default() };
        Self { entry, files, missing: Vec::new(), index, sortings: Map::default(), texts: Map::default() }
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
        let Some(block) = self.entry.block_of(term) else { return Ok(()) };
        let file = block.file();
        let Some(bytes) = self.load(&file) else { return Ok(()) };
        let found = terms::find(bytes, term, self.entry.documents).map_err(|damaged| damaged.of(&file))?;
        if let Some(postings) = found {
            self.index.postings.insert(term.to_owned(), postings);
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
            let Some(block) = self.entry.block_of(term) else { continue };
            let file = block.positions_file(term);
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
        self.sortings.insert(name.to_owned(), numbers);
        Ok(())
    }

    /// Reads the text of a document.
    pub fn want_text(&mut self, document: u32) -> Read<()> {
        let Some(file) = self.entry.text_file(document) else { return Ok(()) };
        let Some(bytes) = self.load(&file) else { return Ok(()) };
        let text = Text::decode(bytes).map_err(|damaged| damaged.of(&file))?;
        self.texts.insert(document, text);
        Ok(())
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
