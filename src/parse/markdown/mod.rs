//! Markdown becomes events, each with its place in the file, and lists of what the rules and the
//! later stages ask for. Parsing cannot fail: what is wrong is for the rules to say.
//!
//! Tables, footnotes, strikethrough, alerts, definition lists, task lists, heading anchors
//! (`{#id}`) and smart punctuation are understood. Addresses written bare are links.

mod anchors;
mod bare;
mod collect;
mod places;
mod sections;
mod tidy;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, RefDefs};

pub use anchors::{RESERVED, RESERVED_PREFIXES, is_reserved};
pub(crate) use collect::{component_name, plain};
pub use sections::{Section, sections};

use self::places::Places;
use crate::source::{Location, Source, Span};

/// Markdown that was read.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Whether it is a document's body or the text of a field.
    pub kind: Kind,
    /// What was read, in order, with places in the whole file. Starts and ends are balanced.
    pub events: Vec<(Event<'static>, Span)>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Links, pictures and the reference definitions that nothing uses, in order of place.
    pub links: Vec<Link>,
    /// Fenced blocks whose info string is `{name}`, in order.
    pub components: Vec<Component>,
    /// Where footnotes are used and written.
    pub footnotes: Footnotes,
    /// Fences that are never closed: the place of the opening line.
    pub unclosed: Vec<Span>,
}

/// Where markdown stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// The body of a document.
    #[default]
    Document,
    /// The text of a field or of a component, which has no headings or footnotes of its own.
    Field,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The words, without marks.
    pub text: String,
    /// The anchor, unique in the body unless it is `explicit`.
    pub id: String,
    /// The anchor was written as `{#id}`.
    pub explicit: bool,
    /// The whole heading.
    pub span: Span,
}

/// Something that points elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where it points, as written, entities and escapes resolved.
    pub target: String,
    /// What it points to.
    pub kind: LinkKind,
    /// The place of the target; of the whole link where the target cannot be told apart.
    pub span: Span,
}

/// What a [`Link`] points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A path or a fragment: another document, a file, a heading.
    Document,
    /// An address with a scheme, or of another host.
    Address,
    /// An e-mail address, without `mailto:`.
    Email,
    /// A picture, wherever it stands.
    Picture,
}

/// A fenced block that stands for a component of the theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// The name, as written between the braces.
    pub name: String,
    /// The name's place.
    pub name_span: Span,
    /// The whole block, fences included.
    pub span: Span,
    /// The lines between the fences.
    pub content: Span,
    /// It stands in a list or a quotation, so that `content` holds marks and indentation which
    /// are not its own.
    pub inside: bool,
}

/// Where footnotes are used and written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Footnotes {
    /// `[^label]` in the text, in order, with or without a definition.
    pub uses: Vec<Footnote>,
    /// `[^label]: …`, in order.
    pub definitions: Vec<Footnote>,
}

/// One use or definition of a footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// The label, as written.
    pub label: String,
    /// `[^label]`.
    pub span: Span,
}

/// Reads the markdown under `range`.
#[must_use]
pub fn parse(source: &Arc<Source>, range: Span) -> Body {
    let text = source.slice(range);
    let bom = if range.start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let text = text.get(bom..).unwrap_or_default();
    read(text, Kind::Document, &Places::Shifted(range.start + bom))
}

/// Reads `text`, the decoded value of a field that stands at `at`. Places are exact where the
/// value stands in the file as it is, line by line; otherwise they are `at`.
#[must_use]
pub fn parse_text(text: &str, at: &Location) -> Body {
    read(text, Kind::Field, &Places::of(text, at))
}

fn read(text: &str, kind: Kind, places: &Places) -> Body {
    let Read { events, definitions } = bare::read(text);
    let mut body = collect::collect(text, tidy::tidy(events), &definitions);
    body.kind = kind;
    body.place(places);
    body
}

impl Body {
    /// Moves every place from the text to the file.
    fn place(&mut self, places: &Places) {
        let events = self.events.iter_mut().map(|(_, span)| span);
        let headings = self.headings.iter_mut().map(|heading| &mut heading.span);
        let links = self.links.iter_mut().map(|link| &mut link.span);
        let components = self
            .components
            .iter_mut()
            .flat_map(|component| [&mut component.name_span, &mut component.span, &mut component.content]);
        let uses = self.footnotes.uses.iter_mut().map(|footnote| &mut footnote.span);
        let definitions = self.footnotes.definitions.iter_mut().map(|footnote| &mut footnote.span);
        let unclosed = self.unclosed.iter_mut();
        let all = events.chain(headings).chain(links).chain(components).chain(uses).chain(definitions);
        for span in all.chain(unclosed) {
            *span = places.map(*span);
        }
    }
}

/// What of markdown is understood.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// An event and its place in the text that was read.
type Spanned = (Event<'static>, Range<usize>);

/// What one reading of a text gives.
struct Read {
    events: Vec<Spanned>,
    /// In order of place; of two with the same label, the first.
    definitions: Vec<Definition>,
}

/// `[label]: target`
struct Definition {
    label: String,
    target: String,
    range: Range<usize>,
}

impl Read {
    fn new(text: &str) -> Self {
        let parser = Parser::new_ext(text, OPTIONS);
        let definitions = definitions(parser.reference_definitions());
        let events = parser.into_offset_iter().map(|(event, range)| (event.into_static(), range)).collect();
        Self { events, definitions }
    }
}

fn definitions(found: &RefDefs<'_>) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = found
        .iter()
        .map(|(label, definition)| Definition {
            label: label.to_owned(),
            target: definition.dest.to_string(),
            range: definition.span.clone(),
        })
        .collect();
    // They come in any order.
    definitions.sort_by_key(|definition| definition.range.start);
    definitions
}

#[cfg(test)]
pub(crate) mod tests;
