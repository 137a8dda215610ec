//! The words as written, and the names that mean the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use casebook_reader::analyse::{fold, stems};
use casebook_reader::format::File;
use casebook_reader::format::lexicon::{BACKWARDS, Block, FORWARDS, encode};

use crate::config::Settings;
use crate::link::{Document, Library};
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

/// Names that mean the same: terms of the glossary with their abbreviations and synonyms, councils and
/// organisations with what else they are known as, and the words of the settings. The other names of a
/// topic do not mean the same as each other; they are among its labels. A name of several words stands
/// there as one word as well, as people type `carwash` and `#countylines`.
pub fn synonyms(library: &Library, settings: &Settings) -> Vec<Vec<String>> {
    let names = |document: &Document| {
        let mut names = vec![document.common.title.0.clone()];
        match &document.record {
            Record::GlossaryTerm(term) => {
                names.extend(term.abbreviations.iter().map(|name| name.0.clone()));
                names.extend(term.synonyms.iter().map(|name| name.0.clone()));
            }
            Record::Council(council) => names.extend(council.also_known_as.iter().map(|name| name.0.clone())),
            Record::Organisation(body) => names.extend(body.also_known_as.iter().map(|name| name.0.clone())),
            _ => {}
        }
        // Each name is read by everyone who searches: those of all councils would be many.
        let is_term = document.kind == Kind::GlossaryTerm;
        if is_term || names.len() > 1 { names } else { Vec::new() }
    };
    let kinds = [Kind::GlossaryTerm, Kind::Council, Kind::Organisation];
    let documents = kinds.into_iter().flat_map(|kind| library.of_kind(kind));
    let groups = documents.map(names).chain(settings.synonyms.iter().cloned());
    let mut writings: HashMap<Vec<String>, String> = HashMap::new();
    let once = |mut names: Vec<String>| {
        // Last, since few of the names that mean the same are searched for.
        let together: Vec<String> = names.iter().filter_map(|name| together(name)).collect();
        names.extend(together);
        // `modern day` and `modern-day` are asked for in one, and so is a name of several groups.
        let mut known: HashSet<Vec<String>> = HashSet::new();
        names.retain(|name| !stems(name).is_empty() && known.insert(stems(name)));
        let written = |name: String| writings.entry(stems(&name)).or_insert(name).clone();
        names.into_iter().map(written).collect::<Vec<_>>()
    };
    groups.map(once).filter(|names| names.len() > 1).collect()
}

/// The words of `name` written as one, where it is two or three that are not all numbers.
fn together(name: &str) -> Option<String> {
    let name = fold(name);
    let parts: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let whole = parts.concat();
    ((2..=3).contains(&parts.len()) && whole.chars().any(char::is_alphabetic)).then_some(whole)
}
