//! YAML as a tree with places. A mistake in one field does not hide what is said of the others:
//! reading goes on at the next field.

mod build;
mod fields;
mod mistakes;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use self::build::{Failure, Run};
use self::fields::Field;
use super::node::{Entry, Node, Value};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// Groups and lists inside each other, at the most.
pub const MAX_DEPTH: usize = 32;
/// Names and values in one piece of YAML, at the most.
pub const MAX_NODES: usize = 10_000;
/// Bytes in one piece of YAML, at the most.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Mistakes that are reported for one piece of YAML before reading stops.
pub const MAX_MISTAKES: usize = 100;

/// The YAML that stands in `range` (on character boundaries) of `source`, as a mapping whose places are offsets in the whole
/// file. Never fails: what cannot be read is reported, and its field holds [`Value::Broken`].
///
/// Anchors, aliases, tags, merge keys, directives and further documents are refused, each at its
/// place. Of a name that stands twice the first counts. What is too long to be read is
/// [`Value::Broken`] as a whole.
#[must_use]
pub fn parse(source: &Arc<Source>, range: Span, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let end = range.end.min(source.text().len());
    let range = Span { start: range.start.min(end), end };
    if end - range.start > MAX_BYTES {
        let message = format!("this is longer than {} KB, and was not read", MAX_BYTES / 1024);
        let at = Span::new(range.start, range.start);
        diagnostics.push(
            Diagnostic::new(Code::YamlLimit, source, at, message)
                .help("move the text below the front matter"),
        );
        return Node::broken(at);
    }
    let mut reader = Reader {
        source,
        nodes: MAX_NODES,
        names: HashMap::new(),
        entries: Vec::new(),
        mistakes: 0,
        too_deep: false,
        stopped: false,
        diagnostics,
    };
    reader.read(range);
    let span = match (reader.entries.first(), reader.entries.last()) {
        (Some(first), Some(last)) => Span::new(first.key_span.start, last.value.span.end),
        _ => Span::new(range.start, range.start),
    };
    Node { span, value: Value::Mapping(reader.entries) }
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    /// How many names and values may still come.
    nodes: usize,
    names: HashMap<String, Span>,
    entries: Vec<Entry>,
    mistakes: usize,
    too_deep: bool,
    stopped: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads on until a mistake, then field by field past the place where the parser gave up,
    /// then on as before. Every byte is read twice at the most.
    fn read(&mut self, range: Span) {
        let mut rest = range;
        let mut fields: Option<Vec<Field>> = None;
        while !self.stopped {
            let mut run = build::run(self.source, rest, self.nodes);
            let Some(failure) = run.failure.take() else {
                self.take(run);
                return;
            };
            let fields = fields.get_or_insert_with(|| fields::find(self.source, range));
            let reached = run.reached.max(failure.at());
            // Everything from the last name on is read again, alone.
            let from = run.forget_last().unwrap_or(rest.start);
            self.take(run);
            let mut explained = false;
            for (span, field) in sections(fields, from, reached, range.end) {
                explained |= self.section(span, field);
                if self.stopped {
                    return;
                }
            }
            if !explained {
                self.report(mistakes::explain(self.source, rest, &failure, from), Some(&failure));
            }
            let Some(next) = fields.get(fields.partition_point(|field| field.start() <= reached)) else {
                return;
            };
            rest = Span::new(next.start(), range.end);
        }
    }

    /// Reads one field alone; whether there was a mistake in it.
    fn section(&mut self, span: Span, field: Option<&Field>) -> bool {
        if let Some(field) = field.filter(|field| field.tight) {
            let finding = mistakes::missing_space(self.source, field);
            self.report(finding, None);
            self.insert(Entry {
                key: field.name.clone(),
                key_span: field.span,
                value: Node::broken(field.span),
            });
            return true;
        }
        let mut run = build::run(self.source, span, self.nodes);
        let Some(failure) = run.failure.take() else {
            self.take(run);
            return false;
        };
        let finding = mistakes::explain(self.source, span, &failure, run.reached);
        // `**bold** text` is a reference and then a syntax error: one mistake to the one who wrote it.
        let known = run.findings.last().is_some_and(|found| mistakes::same_line(found, &finding));
        let broken = if mistakes::is_stray_line(self.source, &failure) && run.last_is_complete() {
            None
        } else {
            let last = run.last.as_ref().map(|last| (last.name.clone(), last.span));
            run.drop_last();
            last.or_else(|| field.map(|field| (field.name.clone(), field.span)))
        };
        self.take(run);
        if let Some((key, key_span)) = broken {
            self.insert(Entry { key, key_span, value: Node::broken(key_span) });
        }
        if !known {
            self.report(finding, Some(&failure));
        }
        true
    }

    fn take(&mut self, run: Run) {
        self.nodes = run.nodes;
        self.diagnostics.extend(run.findings);
        for entry in run.entries {
            self.insert(entry);
        }
    }

    fn insert(&mut self, entry: Entry) {
        if let Some(&first) = self.names.get(&entry.key) {
            self.diagnostics.push(duplicate(self.source, &entry.key, entry.key_span, first));
            return;
        }
        self.names.insert(entry.key.clone(), entry.key_span);
        self.entries.push(entry);
    }

    fn report(&mut self, finding: Diagnostic, failure: Option<&Failure>) {
        match failure {
            Some(Failure::TooDeep(_)) if std::mem::replace(&mut self.too_deep, true) => return,
            Some(Failure::TooMany(_)) => self.stopped = true,
            _ => self.mistakes += 1,
        }
        if self.mistakes > MAX_MISTAKES {
            self.stopped = true;
            let message = format!("more than {MAX_MISTAKES} mistakes; the rest was not read");
            let place = finding.primary.location.span;
            self.diagnostics.push(Diagnostic::new(Code::YamlLimit, self.source, place, message));
            return;
        }
        self.diagnostics.push(finding);
    }
}

/// The fields from `from` to the one that holds `reached`, each with its lines.
fn sections(
    fields: &[Field],
    from: usize,
    reached: usize,
    end: usize,
) -> impl Iterator<Item = (Span, Option<&Field>)> {
    let first = fields.partition_point(|field| field.start() < from);
    let last = fields.partition_point(|field| field.start() <= reached);
    let inside = fields.get(first..last.max(first)).unwrap_or_default();
    let start_of = move |at: usize| fields.get(at).map_or(end, Field::start);
    let before = (inside.first().is_none_or(|field| field.start() > from))
        .then(|| (Span::new(from, start_of(first)), None));
    let each = inside
        .iter()
        .enumerate()
        .map(move |(at, field)| (Span::new(field.start(), start_of(first + at + 1)), Some(field)));
    before.into_iter().chain(each)
}

/// That `name` stands at `again`, and stood at `first` already.
pub(super) fn duplicate(source: &Arc<Source>, name: &str, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, source, again, format!("`{name}` stands twice"))
        .related(Location::new(source, first), "first here")
        .help("keep one of the two; the first one counts until then")
}
