//! The lists of allowed values, which the site's owner keeps in `site.toml`.

/// Every vocabulary of a site, by name.
#[derive(Debug, Clone, Default)]
pub struct Vocabularies(Vec<Vocabulary>);

/// One list of allowed values, in the order in which they are shown.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// As fields name it.
    pub name: String,
    /// As shown to readers.
    pub label: String,
    /// Whether it has every value that it should.
    pub is_whole: bool,
    /// The values, retired ones included.
    pub terms: Vec<TermDefinition>,
}

/// An allowed value.
#[derive(Debug, Clone)]
pub struct TermDefinition {
    /// As written in front matter.
    pub value: String,
    /// As shown to readers.
    pub label: String,
    /// What it means.
    pub description: String,
    /// The value that has taken its place.
    pub replaced_by: Option<String>,
}

impl Vocabularies {
    /// Lets any value pass, since some may be missing by mistake.
    pub fn forgive(&mut self) {
        for vocabulary in &mut self.0 {
            vocabulary.is_whole = false;
        }
    }

    /// Those given, in their order.
    #[must_use]
    pub fn new(vocabularies: Vec<Vocabulary>) -> Self {
        Self(vocabularies)
    }

    /// The vocabulary called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Vocabulary> {
        self.0.iter().find(|vocabulary| vocabulary.name == name)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Vocabulary> {
        self.0.iter()
    }
}

impl Vocabulary {
    /// The definition of `value`.
    #[must_use]
    pub fn find(&self, value: &str) -> Option<&TermDefinition> {
        self.terms.iter().find(|term| term.value == value)
    }

    /// The values in use, with their place in the order, from 1.
    pub fn current(&self) -> impl Iterator<Item = &TermDefinition> {
        self.terms.iter().filter(|term| term.replaced_by.is_none())
    }
}
