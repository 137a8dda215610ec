//! Finds the glossary's words in running text.

use aho_corasick::{AhoCorasick, MatchKind};

/// The glossary's words, ready to be found.
///
/// Abbreviations, written in capitals, are found in capitals alone; other words in either case.
/// Only whole words are found, and of two that start at the same place the longer.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Nothing where there are no words, or too many for one automaton.
    automaton: Option<AhoCorasick>,
    patterns: Vec<Pattern>,
    ids: Vec<String>,
}

#[derive(Debug, Clone)]
struct Pattern {
    /// Which of the ids it belongs to.
    term: usize,
    /// As written, for an abbreviation.
    exact: Option<String>,
}

/// A term in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) term: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Terms {
    /// Terms from pairs of every way in which a term is written, and its id.
    #[must_use]
    pub fn new<L: AsRef<str>>(
        terms: impl IntoIterator<Item = (impl IntoIterator<Item = L>, String)>,
    ) -> Self {
        let (mut ids, mut patterns, mut folded) = (Vec::new(), Vec::new(), Vec::new());
        for (labels, id) in terms {
            for label in labels {
                let label = label.as_ref().trim();
                // Smart punctuation turns the straight apostrophe, so both are looked for.
                for written in [label.to_owned(), label.replace('\'', "’")] {
                    if written.is_empty() {
                        continue;
                    }
                    folded.push(fold(&written));
                    let exact = is_abbreviation(&written).then_some(written);
                    patterns.push(Pattern { term: ids.len(), exact });
                }
            }
            ids.push(id);
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(folded).ok();
        Self { automaton: automaton.filter(|_| !patterns.is_empty()), patterns, ids }
    }

    /// The id of a term that was found.
    pub(super) fn id(&self, term: usize) -> &str {
        self.ids.get(term).map_or("", String::as_str)
    }

    /// The terms in `text`, in order, none within another.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let haystack = fold(text);
        let mut found: Vec<Found> = automaton
            .find_overlapping_iter(&haystack)
            .filter_map(|hit| {
                let pattern = self.patterns.get(hit.pattern().as_usize())?;
                let written = text.get(hit.range())?;
                let meant = pattern.exact.as_ref().is_none_or(|exact| exact == written);
                let found = Found { term: pattern.term, start: hit.start(), end: hit.end() };
                (meant && is_whole(text, found)).then_some(found)
            })
            .collect();
        // The first, then the longest; where two terms have the same word, the first in the glossary.
        found.sort_by_key(|found| (found.start, usize::MAX - found.end, found.term));
        let mut end = 0;
        found.retain(|found| {
            let free = found.start >= end;
            if free {
                end = found.end;
            }
            free
        });
        found
    }
}

/// Written in capitals, but for a plural's s.
fn is_abbreviation(label: &str) -> bool {
    let stem = label.strip_suffix('s').unwrap_or(label);
    let capitals = stem.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && !stem.chars().any(char::is_lowercase)
}

/// In small letters and with spaces for line breaks, every character as long as it was.
fn fold(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_whitespace() && c.len_utf8() == 1 {
                return ' ';
            }
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(small), None) if small.len_utf8() == c.len_utf8() => small,
                _ => c,
            }
        })
        .collect()
}

fn is_whole(text: &str, found: Found) -> bool {
    let before = text.get(..found.start).unwrap_or_default();
    let after = text.get(found.end..).unwrap_or_default();
    !joins(before.chars().rev()) && !joins(after.chars())
}

/// Whether the word goes on: with a letter or digit, or with a hyphen and a letter or digit.
fn joins(mut beyond: impl Iterator<Item = char>) -> bool {
    match beyond.next() {
        Some('-' | '\u{2011}') => beyond.next().is_some_and(char::is_alphanumeric),
        next => next.is_some_and(|c| c.is_alphanumeric() || c == '_'),
    }
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::Terms;

    fn find(text: &str) -> Vec<String> {
        let terms = Terms::new([
            (vec!["National Referral Mechanism", "NRM", "NRMs"], "nrm".to_owned()),
            (vec!["county lines"], "county-lines".to_owned()),
            (vec!["county"], "county".to_owned()),
            (vec!["victim's rights", "SPOC"], "rights".to_owned()),
        ]);
        terms
            .find(text)
            .into_iter()
            .map(|f| format!("{}={}", terms.id(f.term), &text[f.start..f.end]))
            .collect()
    }

    #[test]
    fn words_are_found_in_either_case_and_abbreviations_in_capitals() {
        assert_eq!(
            find("The national REFERRAL Mechanism (NRM), nrm, NRMs"),
            ["nrm=national REFERRAL Mechanism", "nrm=NRM", "nrm=NRMs"]
        );
    }

    #[test]
    fn the_longest_whole_word_is_found() {
        assert_eq!(find("County\nlines, county linesman"), ["county-lines=County\nlines", "county=county"]);
        assert_eq!(find("countywide county-wide intercounty éCounty SPOC2"), [""; 0]);
        assert_eq!(
            find("victim's rights, victim’s rights"),
            ["rights=victim's rights", "rights=victim’s rights"]
        );
    }
}
