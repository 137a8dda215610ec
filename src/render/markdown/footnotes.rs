//! Footnotes: their numbers in order of first use, and their ids.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::escape::{push_attribute, push_escaped};
use super::words::Words;
use crate::source::Span;

/// The footnotes of a body.
#[derive(Default)]
pub(super) struct Notes {
    /// The events of each definition, by label.
    definitions: HashMap<String, Range<usize>>,
    /// Where each definition starts, and the event after it.
    skips: HashMap<usize, usize>,
    numbers: HashMap<String, usize>,
    used: Vec<Used>,
    ids: HashSet<String>,
}

/// A footnote that is used.
struct Used {
    id: String,
    events: Range<usize>,
    uses: usize,
}

impl Notes {
    /// Finds the definitions. Of two with one label the first counts.
    pub(super) fn new(events: &[(Event<'static>, Span)]) -> Self {
        let mut notes = Self::default();
        let mut open: Vec<(usize, String)> = Vec::new();
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((at, label.to_lowercase())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((start, label)) = open.pop() else { continue };
                    notes.skips.insert(start, at + 1);
                    notes.definitions.entry(label).or_insert(start + 1..at);
                }
                _ => {}
            }
        }
        notes
    }

    /// The event after the definition that starts at `start`.
    pub(super) fn after(&self, start: usize) -> usize {
        self.skips.get(&start).copied().unwrap_or(start + 1)
    }

    /// The events of the footnote numbered `number`, from 1.
    pub(super) fn events(&self, number: usize) -> Option<Range<usize>> {
        self.used.get(number.checked_sub(1)?).map(|used| used.events.clone())
    }

    /// Notes a use and writes the link to the footnote; as text, when nothing defines it.
    pub(super) fn push_use(&mut self, out: &mut String, label: &str, words: &Words) {
        let Some(number) = self.number(&label.to_lowercase()) else {
            push_escaped(out, &format!("[^{label}]"));
            return;
        };
        let Some(used) = self.used.get_mut(number - 1) else { return };
        used.uses += 1;
        out.push_str("<sup><a");
        push_attribute(out, "href", &format!("#fn-{}", used.id));
        push_attribute(out, "id", &use_id(&used.id, used.uses));
        push_attribute(out, "aria-label", &format!("{} {number}", words.footnote));
        out.push_str(&format!(">{number}</a></sup>"));
    }

    fn number(&mut self, label: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(label) {
            return Some(*number);
        }
        let events = self.definitions.get(label)?.clone();
        let number = self.used.len() + 1;
        let mut id = slug::slugify(label);
        if id.is_empty() || !self.ids.insert(id.clone()) {
            // Two hyphens, which no slug has, so that it cannot be another's.
            id = format!("{id}--{number}");
        }
        self.used.push(Used { id, events, uses: 0 });
        self.numbers.insert(label.to_owned(), number);
        Some(number)
    }

    /// Writes the section of footnotes; `texts` are their texts in order.
    pub(super) fn push_section(&self, out: &mut String, texts: &[String], words: &Words) {
        if self.used.is_empty() {
            return;
        }
        out.push_str("<section class=\"footnotes\"");
        push_attribute(out, "aria-label", &words.footnotes);
        out.push_str(">\n<ol>\n");
        for (at, (used, text)) in self.used.iter().zip(texts).enumerate() {
            out.push_str("<li");
            push_attribute(out, "id", &format!("fn-{}", used.id));
            out.push('>');
            // The links back stand in the last paragraph, if that is where the text ends.
            let (text, end) = match text.trim_end().strip_suffix("</p>") {
                Some(text) => (text, "</p>"),
                None => (text.trim_end(), ""),
            };
            out.push_str(text);
            for count in 1..=used.uses {
                push_back(out, used, at + 1, count, words);
            }
            out.push_str(end);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}

fn push_back(out: &mut String, used: &Used, number: usize, count: usize, words: &Words) {
    out.push_str(" <a");
    push_attribute(out, "href", &format!("#{}", use_id(&used.id, count)));
    let mut name = format!("{} {number}", words.back);
    if count > 1 {
        name.push_str(&format!(", {} {count}", words.use_number));
    }
    push_attribute(out, "aria-label", &name);
    // The selector keeps telephones from showing it as a picture.
    out.push_str(">↩\u{fe0e}");
    if count > 1 {
        out.push_str(&format!("<sup>{count}</sup>"));
    }
    out.push_str("</a>");
}

fn use_id(id: &str, count: usize) -> String {
    // Two hyphens, which no slug has, so that it cannot be the first use of another footnote.
    if count == 1 { format!("fnref-{id}") } else { format!("fnref-{id}--use-{count}") }
}
