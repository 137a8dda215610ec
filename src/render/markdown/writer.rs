//! Events to HTML, one after the other: nothing here calls itself, however deep a text is nested.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::Host;
use super::escape::{push_attribute, push_escaped};
use super::footnotes::Notes;
use super::table::Table;
use super::words::Words;
use crate::parse::address::unsafe_reason;
use crate::parse::markdown::{Body, component_name, plain};

pub(super) struct Writer<'a> {
    body: &'a Body,
    host: &'a dyn Host,
    words: Words,
    out: String,
    /// Text that is not written yet, since a term may go on in the next piece.
    run: String,
    /// How many headings, links and the like are open, in which no term is explained.
    quiet: usize,
    /// Which heading or component starts at an event.
    ordinals: HashMap<usize, usize>,
    notes: Notes,
    seen: HashSet<usize>,
    terms: Vec<String>,
    tables: usize,
    table: Table,
    section: &'a str,
    in_code: bool,
    link_open: bool,
}

/// The HTML, and the ids of the terms that were used, in order.
pub(super) fn write(body: &Body, host: &dyn Host) -> (String, Vec<String>) {
    let mut writer = Writer {
        body,
        host,
        words: host.words(),
        out: String::new(),
        run: String::new(),
        quiet: 0,
        ordinals: ordinals(body),
        notes: Notes::new(&body.events),
        seen: HashSet::new(),
        terms: Vec::new(),
        tables: 0,
        table: Table::default(),
        section: "",
        in_code: false,
        link_open: false,
    };
    writer.range(0..body.events.len());
    writer.footnotes();
    (writer.out, writer.terms)
}

fn ordinals(body: &Body) -> HashMap<usize, usize> {
    let (mut headings, mut components) = (0, 0);
    let mut ordinals = HashMap::new();
    for (at, (event, _)) in body.events.iter().enumerate() {
        let count = match event {
            Event::Start(Tag::Heading { .. }) => &mut headings,
            Event::Start(Tag::CodeBlock(kind)) if is_component(kind) => &mut components,
            _ => continue,
        };
        ordinals.insert(at, *count);
        *count += 1;
    }
    ordinals
}

fn is_component(kind: &CodeBlockKind<'_>) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if component_name(info).is_some())
}

impl<'a> Writer<'a> {
    fn range(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.event(at);
        }
        self.flush();
    }

    /// Footnotes may use further footnotes, which are numbered after those before them.
    fn footnotes(&mut self) {
        let mut texts = Vec::new();
        while let Some(events) = self.notes.events(texts.len() + 1) {
            let before = std::mem::take(&mut self.out);
            self.range(events);
            texts.push(std::mem::replace(&mut self.out, before));
        }
        self.notes.push_section(&mut self.out, &texts, &self.words);
    }

    /// Writes the event at `at` and gives the next one to write.
    fn event(&mut self, at: usize) -> usize {
        let body = self.body;
        let Some((event, _)) = body.events.get(at) else { return at + 1 };
        match event {
            Event::Text(text) if self.in_code => push_escaped(&mut self.out, text),
            Event::Text(text) => self.run.push_str(text),
            Event::SoftBreak => self.run.push('\n'),
            event => {
                self.flush();
                return self.other(at, event);
            }
        }
        at + 1
    }

    fn other(&mut self, at: usize, event: &'a Event<'static>) -> usize {
        match event {
            Event::Start(tag) => return self.start(at, tag),
            Event::End(end) => self.end(*end),
            Event::Code(code) => {
                self.out.push_str("<code>");
                push_escaped(&mut self.out, code);
                self.out.push_str("</code>");
            }
            // What a rule refuses is shown, should it come this far.
            Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                push_escaped(&mut self.out, text);
            }
            Event::FootnoteReference(label) => self.notes.push_use(&mut self.out, label, &self.words),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                let (class, word) =
                    if *done { ("task task-done", &self.words.done) } else { ("task", &self.words.to_do) };
                self.out.push_str("<span");
                push_attribute(&mut self.out, "class", class);
                self.out.push('>');
                push_escaped(&mut self.out, word);
                self.out.push_str("</span> ");
            }
            Event::Text(_) | Event::SoftBreak => {}
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &'a Tag<'static>) -> usize {
        match tag {
            Tag::Paragraph => {
                if let Some(next) = self.figure(at) {
                    return next;
                }
                self.out.push_str("<p>");
            }
            Tag::Heading { level, .. } => self.heading(at, *level as u8),
            Tag::BlockQuote(kind) => self.quotation(*kind),
            Tag::CodeBlock(kind) if is_component(kind) => {
                let html = self.host.component(self.ordinals.get(&at).copied().unwrap_or_default());
                self.out.push_str(&html);
                return self.after(at);
            }
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::HtmlBlock => self.out.push_str("<p>"),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(_) => return self.notes.after(at),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.table.start_head(&mut self.out),
            Tag::TableRow => self.table.start_row(&mut self.out),
            Tag::TableCell => {
                let empty = matches!(self.body.events.get(at + 1), Some((Event::End(TagEnd::TableCell), _)));
                self.table.start_cell(&mut self.out, empty);
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title),
            Tag::Image { dest_url, title, .. } => {
                let picture = self.picture(at, dest_url, title);
                self.out.push_str(&picture);
                return self.after(at);
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
        at + 1
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => {
                self.quiet = self.quiet.saturating_sub(1);
                self.out.push_str(&format!("</h{}>\n", level as u8));
            }
            TagEnd::BlockQuote(None) => self.out.push_str("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.out.push_str("</div>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::List(ordered) => self.out.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => self.table.end(&mut self.out),
            TagEnd::TableHead => self.table.end_head(&mut self.out),
            TagEnd::TableRow => self.table.end_row(&mut self.out),
            TagEnd::TableCell => self.table.end_cell(&mut self.out),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => {
                self.quiet = self.quiet.saturating_sub(1);
                if std::mem::take(&mut self.link_open) {
                    self.out.push_str("</a>");
                }
            }
            TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn heading(&mut self, at: usize, level: u8) {
        self.quiet += 1;
        let ordinal = self.ordinals.get(&at).copied().unwrap_or_default();
        let heading = self.body.headings.get(ordinal);
        self.section = heading.map_or("", |heading| &heading.text);
        self.out.push_str(&format!("<h{level}"));
        push_attribute(&mut self.out, "id", heading.map_or("", |heading| &heading.id));
        self.out.push('>');
    }

    fn quotation(&mut self, kind: Option<BlockQuoteKind>) {
        let (name, word) = match kind {
            None => return self.out.push_str("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", &self.words.note),
            Some(BlockQuoteKind::Tip) => ("tip", &self.words.tip),
            Some(BlockQuoteKind::Important) => ("important", &self.words.important),
            Some(BlockQuoteKind::Warning) => ("warning", &self.words.warning),
            Some(BlockQuoteKind::Caution) => ("caution", &self.words.caution),
        };
        self.out.push_str(&format!(
            "<div class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-label\">"
        ));
        push_escaped(&mut self.out, word);
        self.out.push_str("</p>\n");
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.out.push_str("<pre tabindex=\"0\"><code");
        let info = if let CodeBlockKind::Fenced(info) = kind { info } else { "" };
        let language = info.split_whitespace().next().unwrap_or_default();
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_' | '#');
        if !language.is_empty() && language.chars().all(known) {
            push_attribute(&mut self.out, "class", &format!("language-{language}"));
        }
        self.out.push('>');
    }

    fn table(&mut self, alignments: &[Alignment]) {
        self.tables += 1;
        let mut name = format!("{} {}", self.words.table, self.tables);
        if !self.section.is_empty() {
            name.push_str(&format!(": {}", self.section));
        }
        self.table = Table::start(&mut self.out, alignments, &name);
    }

    fn link(&mut self, link_type: LinkType, target: &str, title: &str) {
        self.quiet += 1;
        let (address, external) = if link_type == LinkType::Email {
            (format!("mailto:{target}"), false)
        } else {
            let href = self.host.link(target);
            (href.address, href.external)
        };
        // Without a safe address only the words are written.
        self.link_open = unsafe_reason(&address).is_none();
        if !self.link_open {
            return;
        }
        self.out.push_str("<a");
        push_attribute(&mut self.out, "href", &address);
        if !title.is_empty() {
            push_attribute(&mut self.out, "title", title);
        }
        if external {
            push_attribute(&mut self.out, "rel", "external");
        }
        self.out.push('>');
    }

    /// A picture that stands alone in the paragraph at `at` and has a title is a figure, with the
    /// title as its caption. Gives the event after it.
    fn figure(&mut self, at: usize) -> Option<usize> {
        let (Event::Start(Tag::Image { dest_url, title, .. }), _) = self.body.events.get(at + 1)? else {
            return None;
        };
        let end = self.after(at + 1);
        if title.is_empty() || !matches!(self.body.events.get(end)?, (Event::End(TagEnd::Paragraph), _)) {
            return None;
        }
        let picture = self.picture(at + 1, dest_url, &CowStr::from(""));
        self.out.push_str("<figure>");
        self.out.push_str(&picture);
        self.out.push_str("<figcaption>");
        push_escaped(&mut self.out, title);
        self.out.push_str("</figcaption></figure>\n");
        Some(end + 1)
    }

    /// The picture that starts at `at`; its alternative text, when the host has no such picture.
    fn picture(&self, at: usize, target: &str, title: &str) -> String {
        let inside = self.body.events.get(at..self.after(at)).unwrap_or_default();
        let alt: String = inside.iter().map(|(event, _)| plain(event)).collect();
        let mut out = String::new();
        let known = self.host.picture(target).filter(|picture| unsafe_reason(&picture.src).is_none());
        let Some(picture) = known else {
            push_escaped(&mut out, alt.trim());
            return out;
        };
        out.push_str("<img");
        push_attribute(&mut out, "src", &picture.src);
        push_attribute(&mut out, "alt", alt.trim());
        push_attribute(&mut out, "width", &picture.width.to_string());
        push_attribute(&mut out, "height", &picture.height.to_string());
        out.push_str(" loading=\"lazy\" decoding=\"async\"");
        if !title.is_empty() {
            push_attribute(&mut out, "title", title);
        }
        out.push('>');
        out
    }

    /// The event after the element that starts at `at`.
    fn after(&self, at: usize) -> usize {
        let mut open = 0_usize;
        for (offset, (event, _)) in self.body.events.iter().skip(at).enumerate() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 {
                return at + offset + 1;
            }
        }
        self.body.events.len()
    }

    /// Writes the text that was put together, with its terms explained at their first use.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if self.quiet > 0 || run.is_empty() {
            push_escaped(&mut self.out, &run);
            return;
        }
        let host = self.host;
        let terms = host.terms();
        let mut from = 0;
        for found in terms.find(&run) {
            let id = terms.id(found.term);
            if host.own_term() == Some(id) || !self.seen.insert(found.term) {
                continue;
            }
            push_escaped(&mut self.out, run.get(from..found.start).unwrap_or_default());
            self.out.push_str("<a class=\"term\"");
            push_attribute(&mut self.out, "href", &format!("#term-{id}"));
            self.out.push('>');
            push_escaped(&mut self.out, run.get(found.start..found.end).unwrap_or_default());
            self.out.push_str("</a>");
            self.terms.push(id.to_owned());
            from = found.end;
        }
        push_escaped(&mut self.out, run.get(from..).unwrap_or_default());
    }
}
