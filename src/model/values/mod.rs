//! The types that a single value of a field can have, and what they share: how text is read, and how
//! a value that is not allowed is reported.

mod forms;
mod names;
mod numbers;
mod prose;

use serde_json::{Value as Json, json};

pub use forms::{EMAIL, Email, GssCode, Language, SameKind, SitePath, Slug, WebAddress};
pub use names::{Ref, Term, term};
pub use numbers::{Amount, CommitmentNumber, Integer, Percent, grouped};
pub use prose::{Line, Words};

use super::decode::Decoder;
use super::shape::{Choice, Shape};
use crate::diagnostics::{Code, nearest};
use crate::parse::node::{Node, ScalarKind, Value};
use crate::source::Span;

/// Numbers that may stand for text without quotation marks, such as a year: those below this one
/// have the same digits in every reader of YAML, and fit into every field.
pub const PLAIN_NUMBERS: i64 = 1_000_000_000;

/// White space to any reader: what Unicode calls so, and the byte order mark, which JSON Schema does.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The text in `node`. Prose may be a number, as a year is, and spaces around it do not count. All
/// other text has to be exactly what it stands for, to every reader of YAML.
pub fn text<'n>(node: &'n Node, decoder: &mut Decoder<'_>, shape: &Shape) -> Option<&'n str> {
    let scalar = decoder.scalar(node, shape)?;
    let is_prose = matches!(shape, Shape::Text { .. });
    match scalar.kind() {
        ScalarKind::Text => {}
        ScalarKind::Integer | ScalarKind::Float
            if is_prose && scalar.integer().is_some_and(|n| n.abs() < PLAIN_NUMBERS) => {}
        ScalarKind::Integer | ScalarKind::Float
            if is_prose || matches!(shape, Shape::Pattern { .. } | Shape::Reference(_)) =>
        {
            let message = format!("`{}` is a number; {} is wanted", scalar.text, shape.describe());
            let diagnostic = decoder.report(Code::WrongType, node.span, message);
            let quoted = format!("\"{}\"", scalar.text);
            *diagnostic = diagnostic.clone().help(format!("put it in quotation marks: {quoted}")).fix(quoted);
            return None;
        }
        _ => {
            decoder.wrong_type(node, shape);
            return None;
        }
    }
    let text = scalar.text.trim_matches(is_space);
    if text.is_empty() {
        decoder.report(Code::InvalidValue, node.span, "the text is empty").help =
            Some(format!("write {}, or leave the field out", shape.describe()));
        return None;
    }
    if !is_prose && text != scalar.text {
        let diagnostic =
            decoder.report(Code::InvalidValue, node.span, "there are spaces before or after the value");
        *diagnostic = diagnostic.clone().help(format!("write it without them: {text}")).fix(text);
        return None;
    }
    Some(text)
}

/// Reports a value that is not among `choices`.
pub fn not_a_choice(span: Span, written: &str, choices: &[Choice], decoder: &mut Decoder<'_>) {
    let values = choices.iter().map(|choice| choice.value);
    not_allowed(Code::InvalidValue, span, written, values, "the values are", decoder);
}

/// Reports a value that is not among `values`, and the nearest that is.
fn not_allowed<'v>(
    code: Code,
    span: Span,
    written: &str,
    values: impl Iterator<Item = &'v str> + Clone,
    lead: &str,
    decoder: &mut Decoder<'_>,
) {
    let near = nearest(written, values.clone()).map(str::to_owned);
    let message = match &near {
        Some(near) => format!("`{written}` is not allowed here; did you mean `{near}`?"),
        None => format!("`{written}` is not allowed here"),
    };
    let listed = values.collect::<Vec<_>>().join(", ");
    let diagnostic = decoder.report(code, span, message);
    diagnostic.help = Some(format!("{lead}: {listed}"));
    if let Some(near) = near {
        *diagnostic = diagnostic.clone().fix(near);
    }
}

/// A choice as templates receive it.
#[must_use]
pub fn choice_view(value: &str, choices: &[Choice]) -> Json {
    let found = choices.iter().find(|choice| choice.value == value);
    json!({
        "value": value,
        "label": found.map_or(value, |choice| choice.label),
        "description": found.map_or("", |choice| choice.description).trim(),
    })
}

/// Whether `node` holds nothing that a decoder could use.
#[must_use]
pub fn is_blank(node: &Node) -> bool {
    matches!(node.value, Value::Null | Value::Broken)
}
