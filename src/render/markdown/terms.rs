//! Finds the glossary's words in running text.

/// The glossary's words, ready to be found.
#[derive(Debug, Clone, Default)]
pub struct Terms;

impl Terms {
    /// Terms from pairs of every way a term is written and its id.
    #[must_use]
    pub fn new<L: AsRef<str>>(
        terms: impl IntoIterator<Item = (impl IntoIterator<Item = L>, String)>,
    ) -> Self {
        let _ = terms;
        Self
    }
}
