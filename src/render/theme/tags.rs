//! The tags of a template, read just far enough to say what the engine does not: which of them is
//! not closed, and which blocks and originals there are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::files::{DEFAULT, OWN};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::source::Source;

/// Words that begin a tag.
pub(super) const WORDS: [&str; 20] = [
    "block",
    "break",
    "component",
    "continue",
    "elif",
    "else",
    "endblock",
    "endcomponent",
    "endfilter",
    "endfor",
    "endif",
    "endraw",
    "endset",
    "extends",
    "filter",
    "for",
    "if",
    "include",
    "raw",
    "set",
];

/// Templates and what stands in them, by the names that the engine knows.
type Sources = BTreeMap<String, Arc<Source>>;

/// A tag: `{% word rest %}`.
#[derive(Clone, Copy)]
struct Tag<'t> {
    /// Where it begins.
    at: usize,
    word: &'t str,
    rest: &'t str,
    /// Where the rest begins.
    rest_at: usize,
}

impl Tag<'_> {
    /// Whether another tag has to close it.
    fn opens(&self) -> bool {
        match self.word {
            "block" | "if" | "for" | "component" | "filter" => true,
            "set" => !self.rest.contains('='),
            _ => false,
        }
    }
}

fn tags(text: &str) -> Vec<Tag<'_>> {
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let parts = [
            r"\{#.*?#\}",
            r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}",
            r"\{%-?\s*(?<word>\w+)\s*(?<rest>.*?)\s*-?%\}",
        ];
        Regex::new(&format!("(?s){}", parts.join("|"))).ok()
    });
    let found = TAG.iter().flat_map(|tag| tag.captures_iter(text));
    let tag = |found: regex::Captures<'_>| {
        let (word, rest) = (found.name("word")?.range(), found.name("rest")?.range());
        let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let at = found.get(0)?.start();
        Some(Tag { at, word: part(&word), rest: part(&rest), rest_at: rest.start })
    };
    found.filter_map(tag).collect()
}

/// The components that a template holds.
pub(super) fn components(text: &str) -> Vec<&str> {
    let name = |signature: &'_ str| signature.find('(').unwrap_or(signature.len());
    signatures(text).into_iter().filter_map(|one| one.get(..name(one))).map(str::trim).collect()
}

/// The components that a template holds, each with what it receives.
pub(super) fn signatures(text: &str) -> Vec<&str> {
    tags(text).into_iter().filter(|tag| tag.word == "component").map(|tag| tag.rest).collect()
}

/// The blocks that a template has itself.
pub(super) fn blocks(text: &str) -> Vec<&str> {
    tags(text).into_iter().filter(|tag| tag.word == "block").map(|tag| tag.rest).collect()
}

/// A tag that nothing closes.
pub(super) struct Open {
    /// Where it begins.
    pub at: usize,
    /// What it opens, as it stands there: `block main`.
    pub what: String,
    /// What closes it: `endblock`.
    pub closing: String,
}

/// The innermost tag that is still open at the byte `end`.
pub(super) fn open(text: &str, end: usize) -> Option<Open> {
    let mut open: Vec<Tag<'_>> = Vec::new();
    for tag in tags(text).into_iter().take_while(|tag| tag.at + 2 < end) {
        let closed = tag.word.strip_prefix("end");
        if tag.opens() {
            open.push(tag);
        } else if closed.is_some() && open.last().map(|last| last.word) == closed {
            open.pop();
        }
    }
    let last = open.last()?;
    let what = format!("{} {}", last.word, last.rest).trim_end().to_owned();
    Some(Open { at: last.at, what, closing: format!("end{}", last.word) })
}

/// The template that `text` extends, as it is written, quotation marks included.
pub(super) fn original(text: &str) -> Option<(Range<usize>, &str)> {
    let tag = tags(text).into_iter().next().filter(|tag| tag.word == "extends")?;
    let name = tag.rest.get(1..tag.rest.len().checked_sub(1)?)?;
    Some((tag.rest_at..tag.rest_at + tag.rest.len(), name))
}

/// The engine's name of the template that templates call `name`.
fn resolve<'s>(name: &str, sources: &'s Sources) -> Option<(&'s String, &'s Arc<Source>)> {
    ["", OWN, DEFAULT].iter().find_map(|prefix| sources.get_key_value(&format!("{prefix}{name}")))
}

/// What is wrong with the template that the one called `name` extends: it is not there, or is the
/// same.
pub(super) fn wrong_original(name: &str, sources: &Sources) -> Option<Diagnostic> {
    let source = sources.get(name)?;
    let (place, original) = original(source.text())?;
    let wrong = |message: &str| {
        Diagnostic::new(
            Code::TemplateError,
            source,
            place.clone().into(),
            format!("in the template: {message}"),
        )
    };
    let own = name.strip_prefix(OWN).unwrap_or(name);
    match resolve(original, sources) {
        Some((found, _)) if found == name => {
            let meant = format!("{DEFAULT}{own}");
            let finding = wrong("it extends itself");
            Some(if sources.contains_key(&meant) {
                finding
                    .help(format!("write {meant} to extend the one of casebook"))
                    .fix(format!("\"{meant}\""))
            } else {
                finding.help("name another template")
            })
        }
        Some(_) => None,
        None => {
            let finding = wrong(&format!("it extends `{original}`, which is not there"));
            let (prefix, bare) = match original.strip_prefix(DEFAULT) {
                Some(bare) => (DEFAULT, bare),
                None => ("", original),
            };
            Some(match near(bare, sources.keys().filter(|other| *other != name)) {
                Some(near) => {
                    finding.help(format!("did you mean `{prefix}{near}`?")).fix(format!("\"{prefix}{near}\""))
                }
                None => finding,
            })
        }
    }
}

/// The name of a template most like `written`, without where it comes from.
pub(super) fn near<'s>(written: &str, names: impl Iterator<Item = &'s String>) -> Option<&'s str> {
    let bare = |name: &'s String| name.strip_prefix(OWN).or_else(|| name.strip_prefix(DEFAULT));
    nearest(written, names.filter_map(bare))
}

/// The blocks that a template with `text` may fill: those of the templates that it extends.
pub(super) fn blocks_above<'s>(text: &'s str, sources: &'s Sources) -> BTreeSet<&'s str> {
    let mut blocks = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut above = original(text);
    while let Some((found, parent)) = above.and_then(|(_, name)| resolve(name, sources)) {
        if !seen.insert(found.as_str()) {
            break;
        }
        blocks.extend(self::blocks(parent.text()));
        above = original(parent.text());
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::{open, original};

    #[test]
    fn the_innermost_tag_that_is_open() {
        let text = "{% block a %}{% if b %}{# {% if c %} #}{% set d = 1 %}{% set e %}{% endset %}";
        let end = open(text, text.len()).map(|open| (open.at, open.what, open.closing));
        assert_eq!(end, Some((13, "if b".to_owned(), "endif".to_owned())));
        assert!(open("{% raw %}{% if a %}{% endraw %}{% for b in c %}{% endfor %}", 60).is_none());
    }

    #[test]
    fn what_a_template_extends() {
        let text = "{# Ours. #}\n{%- extends 'default/base.html' -%}";
        assert_eq!(original(text), Some((24..43, "default/base.html")));
        assert_eq!(original("<p>{% if a %}{% endif %}"), None);
    }
}
