//! The anchors of headings.

use std::collections::{HashMap, HashSet};

/// Ids that the page's own parts have. A theme gives its parts no others without a prefix.
pub const RESERVED: &[&str] = &[
    "contents",
    "exit",
    "facts",
    "figures",
    "footnotes",
    "helpline",
    "main",
    "menu",
    "progress",
    "search",
    "sources",
    "terms",
    "top",
    "values",
];

/// What the ids of footnotes, of their uses and of the glossary's words start with.
pub const RESERVED_PREFIXES: &[&str] = &["fn-", "fnref-", "term-"];

/// Whether the page itself uses `id`, or may.
#[must_use]
pub fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id) || RESERVED_PREFIXES.iter().any(|prefix| id.starts_with(prefix))
}

/// Gives out anchors: the one that was written as it is, others from the heading's words.
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// The number to try next, by what is numbered.
    next: HashMap<String, u32>,
}

impl Anchors {
    /// With the anchors that were written, wherever they stand: no heading's words take them.
    pub(super) fn new(explicit: impl Iterator<Item = String>) -> Self {
        Self { taken: explicit.collect(), next: HashMap::new() }
    }

    /// The anchor of a heading with these words: the same whatever stands around it, but that the
    /// second of two alike ends in `-2`.
    pub(super) fn derive(&mut self, words: &str) -> String {
        // An apostrophe does not part a word.
        let mut base = slug::slugify(words.replace(['\'', '’'], ""));
        if base.is_empty() {
            "section".clone_into(&mut base);
        } else if is_reserved(&base) {
            base.insert_str(0, "section-");
        }
        let mut id = base.clone();
        while !self.taken.insert(id.clone()) {
            let count = self.next.entry(base.clone()).or_insert(2);
            id = format!("{base}-{count}");
            *count += 1;
        }
        id
    }
}
