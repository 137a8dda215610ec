//! The check stage: drafts become typed documents. One rule, one file.

mod alt_text;
mod characters;
mod components;
mod dates;
mod evidence;
mod footnotes;
mod headings;
mod language;
mod markdown_slip;
mod notes;
mod percentages;
mod personal_data;
mod raw_html;
mod register;
mod remote_picture;
mod required_headings;
mod review;
mod scope;
mod sources;
mod unclosed_fence;
mod unsafe_address;
mod wrong_folder;

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil;

use crate::config::{Settings, place};
use crate::diagnostics::{Code, Diagnostic};
use crate::discover::Found;
use crate::model::common::{Common, CommonDraft};
use crate::model::components::Component;
use crate::model::decode::{Decoder, Reference};
use crate::model::shape::RecordSpec;
use crate::model::values::{is_blank, term};
use crate::model::{Kind, RecordDraft};
use crate::parse::Draft;
use crate::parse::markdown::{self, Body};
use crate::parse::node::{Node, Value};
use crate::source::{Location, Source, Span};

/// A document whose own mistakes are known; what it says of others is for the link stage.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub id: String,
    /// Its text.
    pub source: Arc<Source>,
    /// The folder of its bundle.
    pub bundle: Option<Utf8PathBuf>,
    /// The fields that all kinds have.
    pub common: CommonDraft,
    /// The fields of its kind.
    pub record: RecordDraft,
    /// Values of the fields that the site adds, by field.
    pub extra: BTreeMap<String, Vec<String>>,
    /// Every reference to another document.
    pub references: Vec<Reference>,
    /// The front matter as written, for places.
    pub front: Arc<Node>,
    /// Front matter was found, so that fields can be called missing.
    pub has_front_matter: bool,
    /// The markdown.
    pub body: Arc<Body>,
    /// The components in it; `None` for one with mistakes.
    pub components: Vec<Option<PlacedComponent>>,
    /// The fields of components with mistakes, so that what is right in them is checked all the same.
    unplaced: Vec<Unplaced>,
    /// Its own mistakes.
    pub diagnostics: Vec<Diagnostic>,
}

/// A component with what later stages ask of its place.
#[derive(Debug, Clone)]
pub struct PlacedComponent {
    /// The fields.
    pub component: Component,
    /// The fields as written, for places.
    pub front: Node,
    /// The markdown in its text, where it has any.
    pub text: Option<Body>,
}

/// A component with mistakes.
#[derive(Debug, Clone)]
struct Unplaced {
    spec: &'static RecordSpec,
    front: Node,
    text: Option<Body>,
}

impl Checked {
    /// The place of the field under `path` in the front matter.
    #[must_use]
    pub fn place(&self, path: &[&str]) -> Span {
        place(&self.front, path)
    }

    /// The same, with its source.
    #[must_use]
    pub fn location(&self, path: &[&str]) -> Location {
        Location::new(&self.source, self.place(path))
    }

    /// The line after the opening fence, where what is missing in front matter is reported.
    fn first_line(&self) -> Span {
        let text = self.source.slice(self.front.span);
        let length = text.find(['\n', '\r']).unwrap_or(text.len());
        Span::new(self.front.span.start, self.front.span.start + length)
    }

    /// Whether the field is there, perhaps without a value or under a name that is nearly its own.
    fn mentions(&self, field: &str) -> bool {
        let is_misspelt = |finding: &Diagnostic| {
            let meant = finding.fix.as_ref().map(|fix| fix.replacement.as_str());
            finding.code == Code::UnknownField && meant == Some(field)
        };
        let is_broken = matches!(self.front.value, Value::Broken);
        is_broken || self.front.get(field).is_some() || self.diagnostics.iter().any(is_misspelt)
    }

    /// The markdown in its components, in those with mistakes as well.
    pub fn texts(&self) -> impl Iterator<Item = &Body> {
        let placed = self.components.iter().flatten().filter_map(|placed| placed.text.as_ref());
        placed.chain(self.unplaced.iter().filter_map(|unplaced| unplaced.text.as_ref()))
    }

    /// Whether the document says that it is a draft.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.common.draft == Some(true)
    }

    /// Reports a finding at the field under `path`.
    fn report(&mut self, code: Code, path: &[&str], message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = Diagnostic::new(code, &self.source, self.place(path), message);
        let at = self.diagnostics.len();
        self.diagnostics.push(diagnostic);
        // The element was pushed a line ago.
        #[allow(clippy::indexing_slicing)]
        &mut self.diagnostics[at]
    }
}

/// Checks one document on its own.
#[must_use]
pub fn check(found: &Found, draft: Draft, settings: &Settings, today: civil::Date) -> Checked {
    let mut decoder = Decoder::new(&found.source, &settings.vocabularies);
    let (common, record, extra) = if draft.has_front_matter {
        decode(found.kind, &draft.front, settings, &mut decoder)
    } else {
        // One finding says that there is no front matter; ten more that fields are missing would hide it.
        let mut silent = Decoder::new(&found.source, &settings.vocabularies);
        decode(found.kind, &draft.front, settings, &mut silent)
    };
    let mut diagnostics = found.diagnostics.clone();
    diagnostics.extend(draft.diagnostics);
    let (components, unplaced) =
        components::check(&found.source, &draft.body, draft.components, &mut decoder, &mut diagnostics);
    diagnostics.append(&mut decoder.diagnostics);
    let mut checked = Checked {
        kind: found.kind,
        id: found.id.clone(),
        source: Arc::clone(&found.source),
        bundle: found.bundle.clone(),
        common,
        record,
        extra,
        references: decoder.references,
        front: draft.front,
        has_front_matter: draft.has_front_matter,
        body: draft.body,
        components,
        unplaced,
        diagnostics,
    };
    for rule in [
        characters::check,
        sources::check,
        notes::check,
        scope::check,
        evidence::check,
        percentages::check,
        register::check,
        required_headings::check,
        personal_data::check,
    ] {
        rule(&mut checked);
    }
    language::check(&mut checked, settings);
    dates::check(&mut checked, today);
    review::check(&mut checked, settings, today);
    check_body(&checked.source, &checked.body, &mut checked.diagnostics);
    wrong_folder::check(&mut checked);
    checked
}

fn decode(
    kind: Kind,
    front: &Node,
    settings: &Settings,
    decoder: &mut Decoder<'_>,
) -> (CommonDraft, RecordDraft, BTreeMap<String, Vec<String>>) {
    let extra: Vec<_> = settings.extra_fields(kind).collect();
    let names: Vec<&str> = extra.iter().map(|field| field.name.as_str()).collect();
    decoder.unknown_fields(front, &[Common::SPEC, kind.spec()], &names);
    let common = CommonDraft::decode_fields(front, decoder);
    let record = kind.decode(front, decoder);
    let mut values = BTreeMap::new();
    for field in extra {
        let Some(entry) = front.get(&field.name).filter(|entry| !is_blank(&entry.value)) else { continue };
        let shape = crate::model::shape::Shape::List {
            of: Box::new(crate::model::shape::Shape::Text { max: None, max_words: None }),
            min: 0,
            max: None,
        };
        if !matches!(entry.value.value, Value::Sequence(_)) {
            decoder.wrong_type(&entry.value, &shape);
        }
        let items = entry.value.items();
        decoder.repeated(&field.name, items);
        let terms = items.iter().filter_map(|item| term(&field.vocabulary, item, decoder, &shape)).collect();
        values.insert(field.name.clone(), terms);
    }
    (common, record, values)
}

/// Every rule about markdown.
pub fn check_body(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    for check in [
        unclosed_fence::check,
        markdown_slip::check,
        raw_html::check,
        unsafe_address::check,
        alt_text::check,
        remote_picture::check,
        headings::check,
        footnotes::check,
    ] {
        check(source, body, out);
    }
}

/// Reads and checks the markdown of a field that stands at `at`.
fn field_markdown(text: &str, at: &Location, out: &mut Vec<Diagnostic>) -> Body {
    let body = markdown::parse_text(text, at);
    check_body(&at.source, &body, out);
    body
}

#[cfg(test)]
mod tests;
