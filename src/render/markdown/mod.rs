//! Markdown's events become HTML: everything escaped, no styles, no script, no form controls.

mod escape;
mod footnotes;
mod outline;
mod table;
mod terms;
mod words;
mod writer;

pub use terms::Terms;
pub use words::Words;

use crate::parse::markdown::{Body, Section, sections};

/// Answers what only the library knows.
pub trait Host {
    /// Where a link leads. Not asked for e-mail addresses.
    fn link(&self, target: &str) -> Href;
    /// The picture that a target names; without one only its alternative text is shown.
    fn picture(&self, target: &str) -> Option<Picture>;
    /// The HTML of the `index`th component of the body. It is trusted and not escaped.
    fn component(&self, index: usize) -> String;
    /// The glossary's words, to be explained at their first use.
    fn terms(&self) -> &Terms;
    /// The term that the page itself explains, which is not linked.
    fn own_term(&self) -> Option<&str> {
        None
    }
    /// The words that the page adds, in the page's language.
    fn words(&self) -> Words {
        Words::default()
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Href {
    /// The address to write.
    pub address: String,
    /// It leads to another site.
    pub external: bool,
}

/// A picture that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The address to write.
    pub src: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A body as HTML.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendered {
    /// The HTML, footnotes at the end.
    pub html: String,
    /// Headings of the second level, with those of the third under them.
    pub contents: Vec<Entry>,
    /// Ids of the terms that were used, in order of first use.
    pub terms: Vec<String>,
    /// The plain text by section, for the search index.
    pub sections: Vec<Section>,
}

/// A line of the table of contents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// The heading's words.
    pub text: String,
    /// Its anchor.
    pub id: String,
    /// The headings under it.
    pub children: Vec<Entry>,
}

/// Turns `body` into HTML.
#[must_use]
pub fn html(body: &Body, host: &dyn Host) -> Rendered {
    let (html, terms) = writer::write(body, host);
    Rendered { html, contents: outline::contents(&body.headings), terms, sections: sections(body) }
}

#[cfg(test)]
mod tests;
