//! Words that stand nowhere: what may have been meant.
//!
//! One mistake (a letter too many, too few, wrong, or two exchanged) is forgiven from four letters,
//! two from eight. A single mistake leaves the first part of a word whole, or the last: the first
//! is looked up in the lexicon, the last in the lexicon of words backwards. Only where nothing is
//! found so, and two mistakes are allowed, the whole lexicon is read. A word that goes on where the typed
//! one ends comes after one mistake and before two.

use super::session::Session;
use crate::bytes::Read;
use crate::format::lexicon::{BACKWARDS, FORWARDS};
use crate::map::Map;

/// How many words a mistake may stand for.
const MOST: usize = 5;

/// What so many mistakes cost.
const fn cost(mistakes: usize) -> usize {
    2 * mistakes
}

/// What a word costs that goes on where the typed one ends.
const GOES_ON: usize = cost(1) + 1;

/// The words that `word` may stand for, the most common first. Nothing is certain before the
/// session waits no more.
pub(super) fn meant(session: &mut Session<'_>, word: &str) -> Read<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    let allowed = match letters.len() {
        0..4 => return Ok(Vec::new()),
        4..8 => 1,
        _ => 2,
    };
    let mut found: Map<String, (usize, u32)> = Map::default();
    let mut keep = |candidate: String, documents: u32| {
        let mut cost = distance(&letters, &candidate, allowed).map_or(usize::MAX, cost);
        if candidate.starts_with(word) {
            cost = cost.min(GOES_ON);
        }
        if cost < usize::MAX {
            found.insert(candidate, (cost, documents));
        }
    };
    // The parts overlap by one letter, so that two letters exchanged in the middle leave one whole.
    let middle = letters.len().div_ceil(2);
    let first: String = letters.iter().take(middle - 1).collect();
    let last: String = letters.iter().skip(middle).rev().collect();
    session
        .want_words(FORWARDS, &first, usize::MAX, &mut |word, documents| keep(word.to_owned(), documents))?;
    session.want_words(BACKWARDS, &last, usize::MAX, &mut |word, documents| {
        keep(word.chars().rev().collect(), documents);
    })?;
    if session.is_waiting() {
        return Ok(Vec::new());
    }
    if allowed > 1 && !found.iter().any(|(_, (cost, _))| *cost <= GOES_ON) {
        let mut keep = |candidate: &str, documents: u32| {
            if let Some(mistakes) = distance(&letters, candidate, allowed) {
                found.insert(candidate.to_owned(), (cost(mistakes), documents));
            }
        };
        session.want_words(FORWARDS, "", usize::MAX, &mut keep)?;
    }
    let nearest = found.iter().map(|(_, (cost, _))| *cost).min();
    let words = found
        .iter()
        .filter(|(_, (cost, _))| Some(*cost) == nearest)
        .map(|(word, (_, documents))| (*documents, word.clone()))
        .collect();
    Ok(most_common(words, MOST))
}

/// The first `most` of `words`, those that most documents have before others.
pub(super) fn most_common(mut words: Vec<(u32, String)>, most: usize) -> Vec<String> {
    words.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    words.into_iter().take(most).map(|(_, word)| word).collect()
}

/// How many mistakes make `other` of `letters`, where that is at most `most`: letters added, left
/// out, changed, and two neighbours exchanged.
pub(crate) fn distance(letters: &[char], other: &str, most: usize) -> Option<usize> {
    let length = other.chars().count();
    if length.abs_diff(letters.len()) > most {
        return None;
    }
    let width = letters.len() + 1;
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..width).collect();
    let mut previous = None;
    for (number, character) in other.chars().enumerate() {
        let mut row = vec![number + 1];
        for (column, letter) in letters.iter().enumerate() {
            let changed = at(&last, column) + usize::from(*letter != character);
            let added = at(&last, column + 1) + 1;
            let left_out = at(&row, column) + 1;
            let mut best = changed.min(added).min(left_out);
            let neighbour = column.checked_sub(1);
            let exchanged = previous == Some(*letter)
                && neighbour.and_then(|column| letters.get(column)) == Some(&character);
            if let (true, Some(neighbour)) = (exchanged, neighbour) {
                best = best.min(at(&before_last, neighbour) + 1);
            }
            row.push(best);
        }
        if row.iter().all(|cost| *cost > most) && last.iter().all(|cost| *cost > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
        previous = Some(character);
    }
    Some(at(&last, letters.len())).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> Option<usize> {
        distance(&a.chars().collect::<Vec<_>>(), b, 2)
    }

    #[test]
    fn mistakes_are_counted() {
        assert_eq!(between("slavery", "slavery"), Some(0));
        assert_eq!(between("slavrey", "slavery"), Some(1));
        assert_eq!(between("lavery", "slavery"), Some(1));
        assert_eq!(between("slaverry", "slavery"), Some(1));
        assert_eq!(between("slevery", "slavery"), Some(1));
        assert_eq!(between("explotiaton", "exploitation"), Some(2));
        assert_eq!(between("council", "county"), None);
        assert_eq!(between("abcdef", "fedcba"), None);
    }
}
