//! Sources of a document have names of their own, and fields that name one name one that is there.

use super::Checked;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::common::Common;
use crate::model::components::COMPONENTS;
use crate::model::shape::{FieldSpec, RecordSpec, Shape};
use crate::parse::node::{Node, Value};
use crate::source::Span;

/// The fields that name a source of the same document. The sources themselves give the names.
const NAMING: &[&str] = &["source", "evidence"];

pub fn check(document: &mut Checked) {
    let mut ids: Vec<(&str, Span)> = Vec::new();
    let mut found = Vec::new();
    for source in document.front.get("sources").map(|entry| entry.value.items()).unwrap_or_default() {
        let Some(id) = source.get("id") else { continue };
        let Some(text) = id.value.text() else { continue };
        match ids.iter().find(|(known, _)| *known == text) {
            Some((_, first)) => found.push(
                Diagnostic::new(
                    Code::DuplicateField,
                    &document.source,
                    id.value.span,
                    format!("two sources have the id `{text}`"),
                )
                .related(crate::source::Location::new(&document.source, *first), "the first"),
            ),
            None => ids.push((text, id.value.span)),
        }
    }
    let mut uses = Vec::new();
    named(&document.front, document.kind.spec(), &mut uses);
    named(&document.front, Common::SPEC, &mut uses);
    for placed in document.components.iter().flatten() {
        let spec =
            COMPONENTS.iter().find(|(name, _)| *name == placed.component.name()).map(|(_, spec)| *spec);
        if let Some(spec) = spec {
            named(&placed.front, spec, &mut uses);
        }
    }
    for component in &document.unplaced {
        named(&component.front, component.spec, &mut uses);
    }
    for (text, span) in uses {
        if ids.iter().any(|(id, _)| *id == text) {
            continue;
        }
        let near = nearest(text, ids.iter().map(|(id, _)| *id));
        let message = match near {
            Some(near) => format!("no source of this document has the id `{text}`; did you mean `{near}`?"),
            None => format!("no source of this document has the id `{text}`"),
        };
        let diagnostic = Diagnostic::new(Code::UnknownReference, &document.source, span, message)
            .help(format!("give one of the `sources` the field `id: {text}`"));
        found.push(match near {
            Some(near) => diagnostic.fix(near),
            None => diagnostic,
        });
    }
    document.diagnostics.append(&mut found);
}

/// Gathers the values of the fields of `node`, and of the groups in it, that name a source.
fn named<'n>(node: &'n Node, spec: &RecordSpec, uses: &mut Vec<(&'n str, Span)>) {
    for entry in node.entries() {
        let Some(field) = spec.field(&entry.key) else { continue };
        if names_source(field) {
            uses.extend(entry.value.text().map(|text| (text, entry.value.span)));
            continue;
        }
        let (inner, values): (Shape, Vec<&Node>) = match (field.shape)() {
            Shape::List { of, .. } => (*of, entry.value.items().iter().collect()),
            Shape::Numbered { of, .. } => (*of, entry.value.entries().iter().map(|e| &e.value).collect()),
            shape => (shape, vec![&entry.value]),
        };
        if let Shape::Record(inner) = inner {
            for value in values.into_iter().filter(|value| matches!(value.value, Value::Mapping(_))) {
                named(value, inner, uses);
            }
        }
    }
}

fn names_source(field: &FieldSpec) -> bool {
    NAMING.contains(&field.name) && matches!((field.shape)(), Shape::Pattern { .. })
}
