//! `hidden-character`: a character that nobody sees can change what a reader sees, or break a feed.

use super::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::parse::address::is_invisible;
use crate::parse::node::{Node, Value};
use crate::source::Span;

pub fn check(document: &mut Checked) {
    let mut found = Vec::new();
    walk(&document.front, &mut found);
    for placed in document.components.iter().flatten() {
        walk(&placed.front, &mut found);
    }
    for (span, character) in found {
        let message =
            format!("the text holds a character that cannot be seen (U+{:04X})", u32::from(character));
        let finding = Diagnostic::new(Code::HiddenCharacter, &document.source, span, message)
            .help("delete the text and type it anew, or paste it without formatting");
        document.diagnostics.push(finding);
    }
}

/// The first such character of each value.
fn walk(node: &Node, found: &mut Vec<(Span, char)>) {
    match &node.value {
        Value::Scalar(scalar) => {
            found.extend(scalar.text.chars().find(|c| is_hidden(*c)).map(|character| (node.span, character)));
        }
        Value::Sequence(items) => items.iter().for_each(|item| walk(item, found)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| walk(&entry.value, found)),
        Value::Null | Value::Broken => {}
    }
}

fn is_hidden(character: char) -> bool {
    // Line breaks and tabs stand in longer texts; a soft hyphen only says where a word may break.
    let is_layout = matches!(character, '\n' | '\r' | '\t' | '\u{ad}');
    !is_layout && (character.is_control() || is_invisible(character))
}
