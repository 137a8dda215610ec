//! What references, terms and commitments are called, and where they lead.

use serde_json::{Value as Json, json};

use crate::config::Settings;
use crate::link::{Document, Library};
use crate::model::{Kind, Names};

/// Answers from the whole library.
pub struct LibraryNames<'a> {
    /// The library.
    pub library: &'a Library,
    /// The settings.
    pub settings: &'a Settings,
}

impl LibraryNames<'_> {
    /// A document as lists and links show it.
    #[must_use]
    pub fn document(&self, document: &Document) -> Json {
        json!({
            "id": document.id,
            "kind": document.kind.name(),
            "kind_label": document.kind.label(),
            "title": document.common.title.0,
            "summary": document.common.summary.0,
            "lang": document.lang,
            "url": self.settings.base.link(&document.path),
        })
    }
}

/// The text under `name`, where there is some.
#[must_use]
pub fn pick(value: &Json, name: &str) -> Option<String> {
    value.get(name).and_then(Json::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

impl Names for LibraryNames<'_> {
    fn reference(&self, kind: Kind, id: &str) -> Json {
        match self.library.find(kind, id) {
            Some(document) => self.document(document),
            // A document with mistakes of its own: the build is not published.
            None => json!({"id": id, "kind": kind.name(), "kind_label": kind.label(), "title": id,
                "summary": "", "lang": self.settings.language(), "url": null}),
        }
    }

    fn term(&self, vocabulary: &str, value: &str) -> Json {
        let known = self.settings.vocabularies.get(vocabulary);
        let place = known.and_then(|known| known.current().position(|term| term.value == value));
        let term = known.and_then(|known| known.find(value));
        json!({
            "value": value,
            "label": term.map_or(value, |term| term.label.as_str()),
            "description": term.map_or("", |term| term.description.as_str()),
            "rank": place.map(|place| place + 1),
            "of": known.map(|known| known.current().count()),
        })
    }

    fn commitment(&self, number: u8) -> Json {
        let document = self.library.commitment(number);
        let short = document.and_then(|document| match &document.record {
            crate::model::Record::Commitment(commitment) => Some(commitment.short_title.0.clone()),
            _ => None,
        });
        json!({
            "number": number,
            "title": short.unwrap_or_else(|| format!("Commitment {number}")),
            "url": document.map(|document| self.settings.base.link(&document.path)),
        })
    }
}
