//! From YAML events to the tree, without recursion.

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle, options};

use super::{MAX_DEPTH, duplicate};
use crate::diagnostics::{Code, Diagnostic};
use crate::parse::node::{Entry, Node, Scalar, Value};
use crate::source::{Source, Span};

/// Why reading stopped before the end; places are offsets in the file.
pub(super) enum Failure {
    /// The parser cannot go on.
    Syntax(ErrorKind, usize),
    /// What stands at the top is not a mapping.
    NotMapping(Span, &'static str),
    /// Groups in groups in groups.
    TooDeep(usize),
    /// More names and values than may be.
    TooMany(usize),
}

impl Failure {
    /// The place at which reading stopped.
    pub fn at(&self) -> usize {
        match self {
            Self::Syntax(_, at) | Self::TooDeep(at) | Self::TooMany(at) => *at,
            Self::NotMapping(span, _) => span.end,
        }
    }
}

/// What one pass over a piece of YAML gave.
pub(super) struct Run {
    /// The entries of the top mapping that are complete, names that stand twice included.
    pub entries: Vec<Entry>,
    /// Findings that did not stop the reading.
    pub findings: Vec<Diagnostic>,
    /// The last name in the top mapping.
    pub last: Option<Last>,
    /// Names and values that may still come.
    pub nodes: usize,
    /// End of the last piece that was understood.
    pub reached: usize,
    /// What stopped it.
    pub failure: Option<Failure>,
}

/// A name in the top mapping, and how much there was before it.
pub(super) struct Last {
    pub name: String,
    pub span: Span,
    entries: usize,
    findings: usize,
    nodes: usize,
}

impl Run {
    /// Drops the last name, and all that was said of it; where it stands.
    pub fn forget_last(&mut self) -> Option<usize> {
        let last = self.last.take()?;
        self.entries.truncate(last.entries);
        self.findings.truncate(last.findings);
        self.nodes = last.nodes;
        Some(last.span.start)
    }

    /// Drops the value of the last name, if it was read.
    pub fn drop_last(&mut self) {
        if let Some(last) = self.last.take() {
            self.entries.truncate(last.entries);
        }
    }

    /// Whether the last name has its value.
    pub fn last_is_complete(&self) -> bool {
        self.last.as_ref().is_some_and(|last| self.entries.len() > last.entries)
    }
}

/// Reads `range` of `source`, of which at most `nodes` names and values.
pub(super) fn run(source: &Arc<Source>, range: Span, nodes: usize) -> Run {
    let options = options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let run = Run {
        entries: Vec::new(),
        findings: Vec::new(),
        last: None,
        nodes,
        reached: range.start,
        failure: None,
    };
    let mut builder = Builder { source, range, run, stack: Vec::new(), documents: 0, document_end: range };
    for step in Parser::new_from_str_with_options(source.slice(range), options) {
        let outcome = match step {
            Ok((event, span)) => builder.event(event, &span),
            Err(error) => {
                let at = builder.place(error.marker().byte_offset().unwrap_or(0));
                Err(match error.kind() {
                    ErrorKind::RecursionLimitExceeded => Failure::TooDeep(at),
                    kind => Failure::Syntax(kind.clone(), at),
                })
            }
        };
        if let Err(failure) = outcome {
            builder.run.failure = Some(failure);
            break;
        }
    }
    builder.finish()
}

/// A list or mapping that is still open.
struct Frame {
    /// From the first child on, or from the bracket on.
    start: Option<usize>,
    end: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, names: HashMap<String, Span>, key: Option<Key> },
}

enum Key {
    Named(String, Span),
    /// Refused, and reported; the value goes with it.
    Dropped,
    /// `<<`: refused too, and an alias after it is part of the same mistake.
    Merge,
}

struct Builder<'a> {
    source: &'a Arc<Source>,
    range: Span,
    run: Run,
    stack: Vec<Frame>,
    documents: usize,
    document_end: Span,
}

impl Builder<'_> {
    fn place(&self, offset: usize) -> usize {
        (self.range.start + offset).min(self.range.end)
    }

    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Result<(), Failure> {
        let bytes = span.byte_range().unwrap_or_default();
        let place = Span::new(self.place(bytes.start), self.place(bytes.end));
        if event.is_node() {
            self.count(place.start)?;
        }
        if event.tag().is_some() {
            let tag = span.tag_span().and_then(|tag| tag.byte_range()).unwrap_or(bytes);
            let tag = Span::new(self.place(tag.start), self.place(tag.end));
            self.refuse(
                tag,
                "a tag",
                "delete the word that starts with `!`, or put the text in quotation marks",
            );
        }
        // Names of anchors stand before what was read last; they do not tell how far reading got.
        if !matches!(event, Event::Anchor(..)) {
            self.run.reached = self.run.reached.max(place.end);
        }
        match event {
            Event::Scalar(text, style, ..) => self.scalar(&text, style, place),
            Event::SequenceStart(style, ..) => self.open(style, place, Content::Sequence(Vec::new()))?,
            Event::MappingStart(style, ..) => {
                let names = HashMap::new();
                self.open(style, place, Content::Mapping { entries: Vec::new(), names, key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(place),
            Event::Anchor(..) => self.refuse(
                place,
                "an anchor",
                "delete the word that starts with `&`, or put the text in quotation marks",
            ),
            Event::DocumentStart(..) => self.document(place),
            Event::DocumentEnd => self.document_end = place,
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, at: usize) -> Result<(), Failure> {
        self.run.nodes = self.run.nodes.checked_sub(1).ok_or(Failure::TooMany(at))?;
        Ok(())
    }

    fn refuse(&mut self, place: Span, what: &str, help: &str) {
        let written = self.source.slice(place).trim();
        let message = if written.is_empty() {
            format!("{what} is not allowed here")
        } else {
            format!("`{written}` is {what}, which is not allowed here")
        };
        self.run.findings.push(Diagnostic::new(Code::YamlFeature, self.source, place, message).help(help));
    }

    fn document(&mut self, place: Span) {
        self.documents += 1;
        if self.documents > 1 {
            // A second document need not be announced; then it is the end of the first that says it.
            let place = if place.start == place.end { self.document_end } else { place };
            self.refuse(
                place,
                "the start of a second document",
                "delete this line; all fields stand in one block",
            );
        }
    }

    fn alias(&mut self, place: Span) {
        let merge = matches!(
            self.stack.last(),
            Some(Frame { content: Content::Mapping { key: Some(Key::Merge), .. }, .. })
        );
        if !merge {
            let help = "write the value itself; if the text starts with a star, put it in quotation marks";
            self.refuse(place, "a reference to another part of the file", help);
        }
        self.attach(Node::broken(place));
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, place: Span) {
        let quoted = style != ScalarStyle::Plain;
        // The parser gives `~` for nothing at all.
        let nothing = !quoted && place.start == place.end;
        let trimmed = self.source.slice(place).trim_end().len();
        let span = Span::new(place.start, place.start + trimmed);
        if self.wants_name() {
            let text = if nothing { "" } else { text };
            return self.name(text, quoted, span);
        }
        if nothing {
            return self.attach(Node { span: self.after_colon(span), value: Value::Null });
        }
        let value = match text {
            "" | "~" | "null" if !quoted => Value::Null,
            _ => Value::Scalar(Scalar { text: text.to_owned(), quoted }),
        };
        self.attach(Node { span, value });
    }

    /// Where a value that is not there would stand.
    fn after_colon(&self, span: Span) -> Span {
        let rest = self.source.slice(Span::new(span.start, self.range.end));
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let colon = rest.get(spaces..).is_some_and(|rest| rest.starts_with(':'));
        let at = if colon { span.start + spaces + 1 } else { span.start };
        Span::new(at, at)
    }

    fn wants_name(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { content: Content::Mapping { key: None, .. }, .. }))
    }

    fn name(&mut self, text: &str, quoted: bool, span: Span) {
        let top = self.stack.len() == 1;
        let key = if text.is_empty() {
            let finding =
                Diagnostic::new(Code::YamlSyntax, self.source, span, "a name is missing before the colon");
            self.run.findings.push(finding.help("write the field as `name: value`"));
            Key::Dropped
        } else if text == "<<" && !quoted {
            self.refuse(span, "a merge key", "write the fields themselves, each on its own line");
            Key::Merge
        } else {
            Key::Named(text.to_owned(), span)
        };
        let before = self.run.entries.len();
        let Some(Frame { start, end, content: Content::Mapping { entries, names, key: slot } }) =
            self.stack.last_mut()
        else {
            return;
        };
        start.get_or_insert(span.start);
        *end = (*end).max(span.end);
        *slot = Some(match key {
            Key::Named(name, span) if top => {
                // Across sections it is the reader who knows which names stood before.
                self.run.last = Some(Last {
                    name: name.clone(),
                    span,
                    entries: before + entries.len(),
                    findings: self.run.findings.len(),
                    nodes: self.run.nodes + 1,
                });
                Key::Named(name, span)
            }
            Key::Named(name, span) => match names.get(&name) {
                Some(&first) => {
                    self.run.findings.push(duplicate(self.source, &name, span, first));
                    Key::Dropped
                }
                None => {
                    names.insert(name.clone(), span);
                    Key::Named(name, span)
                }
            },
            other => other,
        });
    }

    fn open(&mut self, style: StructureStyle, place: Span, content: Content) -> Result<(), Failure> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Failure::TooDeep(place.start));
        }
        let start = (style == StructureStyle::Flow && place.start < place.end).then_some(place.start);
        self.stack.push(Frame { start, end: place.end, content });
        Ok(())
    }

    fn close(&mut self, place: Span) {
        let Some(frame) = self.stack.pop() else { return };
        let bracket = matches!(self.source.slice(place), "]" | "}");
        let end = if bracket { place.end } else { frame.end };
        let span = Span::new(frame.start.unwrap_or(end), end);
        let value = match frame.content {
            Content::Sequence(items) => Value::Sequence(items),
            Content::Mapping { entries, .. } => Value::Mapping(entries),
        };
        match value {
            Value::Mapping(entries) if self.stack.is_empty() => self.run.entries.extend(entries),
            value => self.attach(Node { span, value }),
        }
    }

    /// What stands at the top and is not a mapping. A second document is refused already.
    fn root(&mut self, node: &Node) {
        if self.documents == 1 && !matches!(node.value, Value::Null | Value::Broken) {
            self.run.failure.get_or_insert(Failure::NotMapping(node.span, node.describe()));
        }
    }

    fn attach(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            return self.root(&node);
        };
        frame.start.get_or_insert(node.span.start);
        frame.end = frame.end.max(node.span.end);
        match &mut frame.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key, .. } => match key.take() {
                Some(Key::Named(name, key_span)) => entries.push(Entry { key: name, key_span, value: node }),
                Some(Key::Dropped | Key::Merge) => {}
                None => {
                    *key = Some(Key::Dropped);
                    if node.value != Value::Broken {
                        let message = format!("a name must be a word, and this is {}", node.describe());
                        let finding = Diagnostic::new(Code::WrongType, self.source, node.span, message);
                        self.run.findings.push(
                            finding.help("write `name: value`; if the brackets belong to the name, put it in quotation marks"),
                        );
                    }
                }
            },
        }
    }

    /// The entries of a top mapping that was not closed count as well.
    fn finish(mut self) -> Run {
        if let Some(Frame { content: Content::Mapping { entries, .. }, .. }) = self.stack.into_iter().next() {
            self.run.entries.extend(entries);
        }
        self.run
    }
}
