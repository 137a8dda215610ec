//! The section of a document that matches best, and the part of it to show.

use std::ops::Range;

use crate::analyse::{Token, is_function_word, stem, words};
use crate::format::texts::Text;
use crate::query::Query;
use crate::rank::Index;

/// How much of a section is shown, in bytes.
const WIDTH: usize = 260;
/// How much of it stands before the first word that matches.
const BEFORE: usize = 70;
/// What stands beside the text or in its footnotes counts so much.
const ASIDE: f32 = 0.5;
/// A heading's words count as much as this many of the text.
const HEADING: usize = 3;

/// What is shown of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The anchor of the section; empty where it has none.
    pub anchor: String,
    /// The heading of the section; empty where it has none.
    pub heading: String,
    /// The words, in order.
    pub pieces: Vec<Piece>,
    /// The title, in pieces as well.
    pub title: Vec<Piece>,
}

/// Words that match, or words between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words; a new line where a block of the page ends.
    pub text: String,
    /// They match.
    pub marked: bool,
}

/// The terms that are marked, each with how much it tells documents apart.
pub(super) struct Marks(Vec<(String, f32)>);

impl Marks {
    pub fn new(index: &Index<'_>, query: &Query) -> Self {
        let mut marks = Self(Vec::new());
        query.leaves(&mut |leaf| match leaf {
            Query::Term(term) => marks.add(term, index),
            Query::Phrase(terms) => terms.iter().for_each(|(_, term)| marks.add(term, index)),
            _ => {}
        });
        marks
    }

    fn add(&mut self, term: &str, index: &Index<'_>) {
        if self.weight(term).is_none() {
            self.0.push((term.to_owned(), index.rarity(term)));
        }
    }

    fn weight(&self, term: &str) -> Option<f32> {
        self.0.iter().find(|(other, _)| other == term).map(|(_, weight)| *weight)
    }

    fn of(&self, text: &str) -> Vec<Token> {
        let mut found = Vec::new();
        words(text, &mut |word| {
            // A stem begins as its word does.
            let first = word.folded.as_bytes().first();
            if self.0.iter().any(|(term, _)| term.as_bytes().first() == first) {
                let term = stem(word.folded);
                if self.weight(&term).is_some() && !is_function_word(word.folded) {
                    found.push(word.token(term));
                }
            }
        });
        found
    }

    /// How much stands in the text and the heading of a section, or in a part of one: what stands there more
    /// often counts more, and again what stands one after the other, so that a phrase is shown where it stands.
    fn worth(&self, found: &[Token], heading: &[Token]) -> f32 {
        let mut worth = 0.0;
        for (term, weight) in &self.0 {
            let often = |tokens: &[Token]| tokens.iter().filter(|token| token.term == *term).count();
            let often = (often(found) + HEADING * often(heading)) as f32;
            worth += weight * often / (often + 1.2);
        }
        let (mut run, mut longest) = (0.0_f32, 0.0_f32);
        let mut before: Option<&Token> = None;
        for token in found {
            let follows = before
                .is_some_and(|before| before.position + 1 == token.position && before.term != token.term);
            run = if follows { run } else { 0.0 } + self.weight(&token.term).unwrap_or_default();
            longest = longest.max(run);
            before = Some(token);
        }
        worth + longest
    }
}

/// The excerpt of `text`; its summary where no section has any of the words.
pub(super) fn best(text: &Text, marks: &Marks) -> Excerpt {
    let title = pieces(&text.title, &marks.of(&text.title), 0..text.title.len());
    let mut best: Option<(f32, usize, Vec<Token>)> = None;
    for (number, section) in text.sections.iter().enumerate() {
        let found = marks.of(&section.text);
        let mut score = marks.worth(&found, &marks.of(&section.heading));
        if number > 0 && section.anchor.is_empty() {
            score *= ASIDE;
        }
        if score > best.as_ref().map_or(0.0, |(score, ..)| *score) {
            best = Some((score, number, found));
        }
    }
    let Some((section, found)) =
        best.and_then(|(_, number, found)| Some((text.sections.get(number)?, found)))
    else {
        let whole = 0..text.summary.len();
        return Excerpt {
            pieces: pieces(&text.summary, &marks.of(&text.summary), whole),
            title,
            ..Excerpt::default()
        };
    };
    let shown = window(&section.text, &found, marks);
    Excerpt {
        anchor: section.anchor.clone(),
        heading: section.heading.clone(),
        pieces: pieces(&section.text, &found, shown),
        title,
    }
}

/// The part of `text` that has the most of what was found.
fn window(text: &str, found: &[Token], marks: &Marks) -> Range<usize> {
    let mut best = (f32::NEG_INFINITY, 0);
    for (at, first) in found.iter().enumerate() {
        let rest = found.get(at..).unwrap_or_default();
        let inside = rest.iter().take_while(|token| token.to <= first.from + WIDTH - BEFORE).count();
        let score = marks.worth(rest.get(..inside).unwrap_or_default(), &[]);
        if score > best.0 {
            best = (score, first.from);
        }
    }
    let from = if best.1 <= BEFORE { 0 } else { word_start(text, best.1 - BEFORE, best.1) };
    let to = if text.len() <= from + WIDTH { text.len() } else { word_end(text, best.1, from + WIDTH) };
    from..to
}

/// The start of the first word from `at` on, before `limit`.
fn word_start(text: &str, at: usize, limit: usize) -> usize {
    let at = (at..limit).find(|at| text.is_char_boundary(*at)).unwrap_or(limit);
    let before = text.get(at..limit).unwrap_or_default();
    before.find(char::is_whitespace).map_or(at, |space| {
        let rest = before.get(space..).unwrap_or_default();
        at + space + (rest.len() - rest.trim_start().len())
    })
}

/// The end of the last word that starts at `from` or later and ends by `at`; or `at`, in a word that is longer.
fn word_end(text: &str, from: usize, at: usize) -> usize {
    let at = (from..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(from);
    let shown = text.get(from..at).unwrap_or_default();
    shown.rfind(char::is_whitespace).map_or(at, |space| {
        let kept = shown.get(..space).unwrap_or_default().trim_end().len();
        from + kept
    })
}

/// Cuts the part `shown` of `text` where what was found begins and ends.
fn pieces(text: &str, found: &[Token], shown: Range<usize>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |part: Option<&str>, marked: bool| {
        let text = part.unwrap_or_default().to_owned();
        if !text.is_empty() {
            pieces.push(Piece { text, marked });
        }
    };
    if shown.start > 0 {
        push(Some("…"), false);
    }
    let mut at = shown.start;
    let inside = found.iter().filter(|token| token.from >= shown.start && token.to <= shown.end);
    for token in inside {
        // A word with hyphens and its parts overlap.
        if token.to <= at && token.from < at {
            continue;
        }
        push(text.get(at..token.from.max(at)), false);
        push(text.get(token.from.max(at)..token.to), true);
        at = token.to;
    }
    push(text.get(at..shown.end), false);
    if shown.end < text.len() {
        push(Some("…"), false);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::texts::Section;

    fn marks(terms: &[&str]) -> Marks {
        Marks(terms.iter().map(|term| ((*term).to_owned(), 1.0)).collect())
    }

    fn shown(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() };
        pieces.iter().map(one).collect()
    }

    fn section(heading: &str, text: &str) -> Section {
        Section { heading: heading.into(), anchor: heading.to_lowercase(), text: text.into() }
    }

    #[test]
    fn a_word_at_the_end_of_a_long_document_is_shown() {
        let long = "Nothing to see here. ".repeat(400) + "Then the cannabis farm was found.";
        let text = Text { sections: vec![section("A", "Short."), section("B", &long)], ..Text::default() };
        let excerpt = best(&text, &marks(&["cannabi", "farm"]));
        assert_eq!(excerpt.heading, "B");
        let shown = shown(&excerpt.pieces);
        assert!(shown.starts_with('…') && shown.ends_with("[cannabis] [farm] was found."), "{shown}");
        assert!(shown.len() < WIDTH + 20);
    }

    #[test]
    fn a_word_in_a_long_run_without_spaces_is_shown() {
        let run = format!("See https://example.org/{}/flag/{} now.", "a/".repeat(400), "b/".repeat(400));
        let text = Text { sections: vec![section("A", &run)], ..Text::default() };
        let shown = shown(&best(&text, &marks(&["flag"])).pieces);
        assert!(shown.contains("[flag]") && shown.len() > WIDTH / 2, "{shown}");
        let late = format!("Before it some words, and then https://example.org/flag/{}", "a/".repeat(400));
        let text = Text { sections: vec![section("A", &late.repeat(2))], ..Text::default() };
        let excerpt = best(&text, &marks(&["flag"]));
        assert!(excerpt.pieces.iter().any(|piece| piece.marked), "{excerpt:?}");
    }

    #[test]
    fn the_ends_of_blocks_are_kept() {
        let text = Text { sections: vec![section("A", "one flag\ntwo lines")], ..Text::default() };
        assert_eq!(shown(&best(&text, &marks(&["flag"])).pieces), "one [flag]\ntwo lines");
    }

    #[test]
    fn the_section_with_more_of_the_words_wins() {
        let sections = vec![section("A", "a flag, a flag, a flag"), section("B", "the flag of county lines")];
        let excerpt = best(&Text { sections, ..Text::default() }, &marks(&["flag", "counti", "line"]));
        assert_eq!(excerpt.anchor, "b");
        assert_eq!(shown(&excerpt.pieces), "the [flag] of [county] [lines]");
    }

    #[test]
    fn words_one_after_the_other_are_shown_first() {
        let apart = "lines of a county, or lines of a county, or lines".to_owned();
        let late = apart.clone() + &". Nothing to see here".repeat(40) + ". The county lines were closed.";
        let sections = vec![section("A", &apart), section("B", &late)];
        let excerpt = best(&Text { sections, ..Text::default() }, &marks(&["counti", "line"]));
        assert_eq!(excerpt.anchor, "b");
        assert!(shown(&excerpt.pieces).contains("The [county] [lines] were closed."), "{excerpt:?}");
    }

    #[test]
    fn a_section_with_the_word_comes_before_its_heading_alone() {
        let sections = vec![section("Charter", "Ten of them."), section("B", "It signed the charter.")];
        let excerpt = best(&Text { sections, ..Text::default() }, &marks(&["charter"]));
        assert_eq!(shown(&excerpt.pieces), "It signed the [charter].");
    }

    #[test]
    fn without_a_section_the_summary_is_shown() {
        let text = Text {
            title: "County lines".into(),
            summary: "What councils do.".into(),
            sections: vec![section("A", "Text.")],
            ..Text::default()
        };
        let excerpt = best(&text, &marks(&["counti"]));
        assert_eq!(shown(&excerpt.title), "[County] lines");
        assert_eq!(shown(&excerpt.pieces), "What councils do.");
        assert_eq!(excerpt.anchor, "");
    }

    #[test]
    fn words_with_hyphens_are_marked_once() {
        let text = Text { sections: vec![section("A", "a multi-agency team")], ..Text::default() };
        let excerpt = best(&text, &marks(&["multi", "agenc", "multiag"]));
        assert_eq!(shown(&excerpt.pieces), "a [multi]-[agency] team");
        let excerpt = best(&text, &marks(&["multiag"]));
        assert_eq!(shown(&excerpt.pieces), "a [multi-agency] team");
    }
}
