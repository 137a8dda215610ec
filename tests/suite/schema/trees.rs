//! Trees as front matter gives them: how to make one, to find the way to a node, and to change it.

use casebook::model::shape::{FieldSpec, RecordSpec, Shape};
use casebook::parse::node::{Entry, Node, Scalar, ScalarKind, Value};
use casebook::source::Span;
use serde_json::Value as Json;

/// A tree as a reader of YAML hands it to a validator: by the core schema.
pub(super) fn as_json(node: &Node) -> Json {
    match &node.value {
        Value::Null | Value::Broken => Json::Null,
        Value::Scalar(scalar) => scalar_json(scalar),
        Value::Sequence(items) => items.iter().map(as_json).collect(),
        Value::Mapping(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), as_json(&entry.value))).collect())
        }
    }
}

pub(super) fn scalar_json(scalar: &Scalar) -> Json {
    match scalar.kind() {
        ScalarKind::Null => Json::Null,
        ScalarKind::Boolean => scalar.text.eq_ignore_ascii_case("true").into(),
        ScalarKind::Integer => scalar.integer().map_or_else(|| scalar.number().into(), Json::from),
        // JSON has no infinity, so none of the values tried is one.
        ScalarKind::Float => scalar.number().unwrap().into(),
        ScalarKind::Text => scalar.text.as_str().into(),
    }
}

/// A value that is written without quotation marks.
pub(super) fn plain(text: &str) -> Value {
    let scalar = Scalar { text: text.trim().to_owned(), quoted: false };
    if scalar.kind() == ScalarKind::Null { Value::Null } else { Value::Scalar(scalar) }
}

pub(super) fn quoted(text: &str) -> Value {
    Value::Scalar(Scalar { text: text.to_owned(), quoted: true })
}

pub(super) fn node(value: Value) -> Node {
    Node { span: Span::new(4, 5), value }
}

pub(super) fn group(entries: Vec<(&str, Value)>) -> Value {
    let entry = |(key, value): (&str, Value)| Entry {
        key: key.to_owned(),
        key_span: Span::new(4, 5),
        value: node(value),
    };
    Value::Mapping(entries.into_iter().map(entry).collect())
}

/// The way to a node: names of fields and numbers of items.
pub(super) type Steps = Vec<usize>;

/// The ways to all nodes under `tree`, but not to itself.
pub(super) fn ways(tree: &Node) -> Vec<Steps> {
    let inner: Vec<&Node> = match &tree.value {
        Value::Sequence(items) => items.iter().collect(),
        Value::Mapping(entries) => entries.iter().map(|entry| &entry.value).collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (at, node) in inner.into_iter().enumerate() {
        all.push(vec![at]);
        all.extend(ways(node).into_iter().map(|rest| [vec![at], rest].concat()));
    }
    all
}

pub(super) fn at_mut<'t>(tree: &'t mut Node, way: &[usize]) -> Option<&'t mut Node> {
    let Some((first, rest)) = way.split_first() else { return Some(tree) };
    let next = match &mut tree.value {
        Value::Sequence(items) => items.get_mut(*first),
        Value::Mapping(entries) => entries.get_mut(*first).map(|entry| &mut entry.value),
        _ => None,
    };
    at_mut(next?, rest)
}

/// `tree` with the node at `way` replaced.
pub(super) fn with(tree: &Node, way: &[usize], value: Value) -> Node {
    let mut changed = tree.clone();
    at_mut(&mut changed, way).unwrap().value = value;
    changed
}

/// Names of fields on a way, to be read in a failure.
pub(super) fn named(tree: &Node, way: &[usize]) -> String {
    let Some((first, rest)) = way.split_first() else { return String::new() };
    let (name, next) = match &tree.value {
        Value::Mapping(entries) => (entries[*first].key.clone(), &entries[*first].value),
        _ => (first.to_string(), &tree.items()[*first]),
    };
    format!("{name}.{}", named(next, rest))
}

/// `tree` without the fields that may be left out, but for the one that `way` leads into; and `way`
/// in it. The less there is beside a field, the faster are both judges.
pub(super) fn pruned(tree: &Node, specs: &[&RecordSpec], way: &[usize]) -> (Node, Steps) {
    let mut small = tree.clone();
    let (first, rest) = way.split_first().unwrap();
    let kept = tree.entries()[*first].key.clone();
    if let Value::Mapping(entries) = &mut small.value {
        let is_required = |key: &str| specs.iter().filter_map(|spec| spec.field(key)).any(|f| f.required);
        entries.retain(|entry| entry.key == kept || is_required(&entry.key));
    }
    let first = small.entries().iter().position(|entry| entry.key == kept).unwrap();
    (small, [&[first], rest].concat())
}

/// The field whose value stands at the end of `way`, if a field does.
pub(super) fn field_at(
    specs: &[&'static RecordSpec],
    tree: &Node,
    way: &[usize],
) -> Option<&'static FieldSpec> {
    let (first, rest) = way.split_first()?;
    let entry = tree.entries().get(*first)?;
    let field = specs.iter().find_map(|spec| spec.field(&entry.key))?;
    if rest.is_empty() {
        return Some(field);
    }
    let (inner, value, rest) = match (field.shape)() {
        Shape::Record(spec) => (spec, &entry.value, rest),
        Shape::List { of, .. } | Shape::Numbered { of, .. } | Shape::Named { of } => {
            let Shape::Record(spec) = *of else { return None };
            let (item, rest) = rest.split_first()?;
            let value = match &entry.value.value {
                Value::Sequence(items) => &items[*item],
                _ => &entry.value.entries()[*item].value,
            };
            (spec, value, rest)
        }
        _ => return None,
    };
    field_at(&[inner], value, rest)
}
