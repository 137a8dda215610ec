//! The words as written, and the names that mean the same.

use std::collections::BTreeMap;

use casebook_reader::format::File;
use casebook_reader::format::lexicon::{BACKWARDS, Block, FORWARDS, encode};

use crate::link::Library;
use crate::model::{Kind, Record};

/// The two lexicons.
pub struct Lexicons {
    /// Their files.
    pub files: Vec<File>,
    /// The blocks of the words forwards.
    pub words: Vec<Block>,
    /// The blocks of the words backwards.
    pub backwards: Vec<Block>,
}

/// The lexicons of `words`, each with how many documents have it.
pub fn lexicons(words: BTreeMap<String, u32>) -> Lexicons {
    let forwards: Vec<(String, u32)> = words.into_iter().collect();
    let mut backwards: Vec<(String, u32)> =
        forwards.iter().map(|(word, count)| (word.chars().rev().collect(), *count)).collect();
    backwards.sort();
    let (mut files, words) = encode(FORWARDS, &forwards);
    let (more, backwards) = encode(BACKWARDS, &backwards);
    files.extend(more);
    Lexicons { files, words, backwards }
}

/// Whether somebody might begin to type `word`, or mistype it: numbers are not.
pub fn is_word(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_alphabetic)
}

/// Names that mean the same: terms of the glossary with their abbreviations and synonyms. The other
/// names of a topic do not mean the same as each other; they are among its labels.
pub fn synonyms(library: &Library) -> Vec<Vec<String>> {
    let names = |document: &crate::link::Document| {
        let mut names = vec![document.common.title.0.clone()];
        if let Record::GlossaryTerm(term) = &document.record {
            names.extend(term.abbreviations.iter().map(|name| name.0.clone()));
            names.extend(term.synonyms.iter().map(|name| name.0.clone()));
        }
        names
    };
    library.of_kind(Kind::GlossaryTerm).map(names).filter(|names| names.len() > 1).collect()
}
