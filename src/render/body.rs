//! A document's markdown and components as HTML.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::markdown::{self, Host, Href, Picture, Rendered, Terms};
use super::names::LibraryNames;
use super::{Input, chart};
use crate::cache::{Key, Parts, Store};
use crate::diagnostics::Diagnostic;
use crate::link::{Document, Library, Target};
use crate::model::components::Component;
use crate::model::{Kind, Record};
use crate::rules::PlacedComponent;

/// A body as HTML, and the mistakes of the templates that drew its components.
pub type Outcome = (Arc<Rendered>, Vec<Diagnostic>);

/// Renders the body of `document`.
pub fn render(input: &Input<'_>, document: &Document, terms: &Glossary, cache: &Store<Rendered>) -> Outcome {
    let mut findings = Vec::new();
    let mut components = Vec::new();
    let mut used = Vec::new();
    for placed in &document.components {
        let arguments = arguments(input, document, placed, &terms.terms, &mut used);
        match input.theme.render_block(placed.component.name(), &document.lang, &arguments) {
            Ok(html) => components.push(html),
            Err(finding) => {
                components.push(String::new());
                findings.push(*finding);
            }
        }
    }
    let host = DocumentHost { input, document, components: &components, terms: &terms.terms };
    let key = || host.key(terms.key);
    let mut rendered = cache.get(key, || markdown::html(&document.body, &host));
    if used.iter().any(|term| !rendered.terms.contains(term)) {
        let whole = Arc::make_mut(&mut rendered);
        for term in used {
            if !whole.terms.contains(&term) {
                whole.terms.push(term);
            }
        }
    }
    (rendered, findings)
}

/// What a component's template receives: its fields as `block`, and what belongs to it. Glossary
/// terms in its text are added to `used`, so that the page explains them too.
fn arguments(
    input: &Input<'_>,
    document: &Document,
    placed: &PlacedComponent,
    terms: &Terms,
    used: &mut Vec<String>,
) -> Json {
    let names = LibraryNames { library: input.library, settings: input.settings };
    let mut block = placed.component.view(&names);
    let source = block.get("source").and_then(Json::as_str).and_then(|id| source(document, id, &names));
    if let Some(source) = source {
        block.insert("source".to_owned(), source);
    }
    match &placed.component {
        Component::Chart(chart) => {
            let statistic = input.library.find(Kind::Statistic, &chart.statistic.id);
            if let Some(Record::Statistic(statistic)) = statistic.map(|statistic| &statistic.record) {
                block.insert(
                    "chart".to_owned(),
                    json!(chart::view(statistic, &published(input, &document.lang))),
                );
            }
        }
        Component::Figure(figure) => {
            if let Some(Target::Picture(image)) = document.targets.get(&figure.file.0) {
                let src = input.settings.base.link(&image.path);
                block.insert(
                    "picture".to_owned(),
                    json!({"src": src, "width": image.width, "height": image.height}),
                );
            }
        }
        Component::Callout(_) => {
            if let Some(body) = &placed.text {
                let host = DocumentHost { input, document, components: &[], terms };
                let rendered = markdown::html(body, &host);
                used.extend(rendered.terms);
                block.insert("html".to_owned(), rendered.html.into());
            }
        }
        _ => {}
    }
    json!({ "block": block })
}

/// The word before a day of publication.
pub(super) fn published(input: &Input<'_>, lang: &str) -> String {
    input.theme.strings(lang).get("published").map_or_else(String::new, |word| word.to_lowercase())
}

/// The source of `document` that has the id `id`, as templates receive it.
fn source(document: &Document, id: &str, names: &LibraryNames<'_>) -> Option<Json> {
    let fields = document.record.view(names);
    let sources = fields.get("sources")?.as_array()?;
    sources.iter().find(|source| source.get("id").and_then(Json::as_str) == Some(id)).cloned()
}

/// The glossary's words, and the key that stands for them.
pub struct Glossary {
    terms: Terms,
    key: Key,
}

/// The glossary's words: titles, abbreviations and other words for the same.
#[must_use]
pub fn terms(library: &Library) -> Glossary {
    let words: Vec<(Vec<&str>, String)> = library
        .of_kind(Kind::GlossaryTerm)
        .filter_map(|document| {
            let Record::GlossaryTerm(term) = &document.record else { return None };
            let title = std::iter::once(document.common.title.0.as_str());
            let abbreviations = term.abbreviations.iter().map(|line| line.0.as_str());
            let synonyms = term.synonyms.iter().map(|line| line.0.as_str());
            Some((title.chain(abbreviations).chain(synonyms).collect(), document.id.clone()))
        })
        .collect();
    let key = Parts::new().and_json(&words).key();
    Glossary { terms: Terms::new(words), key }
}

struct DocumentHost<'a> {
    input: &'a Input<'a>,
    document: &'a Document,
    components: &'a [String],
    terms: &'a Terms,
}

impl DocumentHost<'_> {
    /// All that the body's HTML depends on: its text, and every answer that the host gives.
    fn key(&self, terms: Key) -> Key {
        let Document { source, kind, id, lang, targets, .. } = self.document;
        let base = &self.input.settings.base;
        let mut targets: Vec<String> = targets.iter().map(|target| format!("{target:?}")).collect();
        targets.sort();
        Parts::new()
            .and(terms.as_bytes())
            .and_json(&(&base.origin, &base.folder, kind.name(), id, lang, source.path(), source.text()))
            .and_json(&(targets, self.components))
            .key()
    }
}

impl Host for DocumentHost<'_> {
    fn link(&self, target: &str) -> Href {
        let base = &self.input.settings.base;
        match self.document.targets.get(target) {
            Some(Target::Document { path, .. } | Target::Page(path) | Target::File(path)) => {
                Href { address: base.link(path), external: false }
            }
            Some(Target::Picture(image)) => Href { address: base.link(&image.path), external: false },
            None => Href { address: target.to_owned(), external: true },
        }
    }

    fn picture(&self, target: &str) -> Option<Picture> {
        let Some(Target::Picture(image)) = self.document.targets.get(target) else { return None };
        let src = self.input.settings.base.link(&image.path);
        Some(Picture { src, width: image.width, height: image.height })
    }

    fn component(&self, index: usize) -> String {
        self.components.get(index).cloned().unwrap_or_default()
    }

    fn terms(&self) -> &Terms {
        self.terms
    }

    fn own_term(&self) -> Option<&str> {
        (self.document.kind == Kind::GlossaryTerm).then_some(self.document.id.as_str())
    }
}
