//! What the tests of this folder share: trees and findings as short texts.

use std::sync::Arc;

use super::node::{Node, Value};
use crate::diagnostics::{Diagnostic, sort};
use crate::source::{Source, Span};

/// `{name: text, other: ["quoted", null, broken]}`.
pub fn outline(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Broken => "broken".to_owned(),
        Value::Scalar(scalar) if scalar.quoted => format!("{:?}", scalar.text),
        Value::Scalar(scalar) => scalar.text.clone(),
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(outline).collect::<Vec<_>>().join(", "))
        }
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|entry| format!("{}: {}", entry.key, outline(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// `text line:column` of every name, and of every value that is not a mapping or sequence.
pub fn places(source: &Source, node: &Node) -> Vec<String> {
    let place = |span: Span| {
        let position = source.position(span.start);
        format!("{} {}:{}", source.slice(span), position.line, position.column)
    };
    match &node.value {
        Value::Mapping(entries) => entries
            .iter()
            .flat_map(|entry| std::iter::once(place(entry.key_span)).chain(places(source, &entry.value)))
            .collect(),
        Value::Sequence(items) => items.iter().flat_map(|item| places(source, item)).collect(),
        _ => vec![place(node.span)],
    }
}

/// `code line:column message (line:column related)`, in the order in which they are shown.
pub fn findings(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut diagnostics = diagnostics.to_vec();
    sort(&mut diagnostics);
    let one = |finding: &Diagnostic| {
        let place = finding.primary.location.position();
        let mut text = format!("{} {}:{} {}", finding.code, place.line, place.column, finding.message);
        for label in &finding.related {
            let place = label.location.position();
            text.push_str(&format!(" ({}:{} {})", place.line, place.column, label.text));
        }
        text
    };
    diagnostics.iter().map(one).collect()
}

/// Asserts that every place lies in the text, and that a plain scalar's place holds its text.
pub fn check(source: &Arc<Source>, node: &Node, diagnostics: &[Diagnostic]) {
    for finding in diagnostics {
        let labels = finding.related.iter().chain([&finding.primary]).map(|label| &label.location);
        for location in labels.chain(finding.fix.as_ref().map(|fix| &fix.location)) {
            inside(source, location.span, &finding.message);
        }
    }
    check_node(source, node);
}

fn check_node(source: &Source, node: &Node) {
    inside(source, node.span, "a value");
    if let Value::Scalar(scalar) = &node.value
        && !scalar.quoted
    {
        let written = source.slice(node.span);
        assert!(
            written.split_whitespace().eq(scalar.text.split_whitespace()),
            "{written:?} {:?}",
            scalar.text
        );
    }
    for entry in node.entries() {
        inside(source, entry.key_span, &entry.key);
        check_node(source, &entry.value);
    }
    for item in node.items() {
        check_node(source, item);
    }
}

fn inside(source: &Source, span: Span, what: &str) {
    assert!(source.text().get(span.range()).is_some(), "{span:?} is not in the text: {what}");
}
