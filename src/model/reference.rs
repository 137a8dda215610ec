//! The contributor's reference, made from the registry: what to write in each field.

use std::fmt::Write as _;

use super::Kind;
use super::common::Common;
use super::schema::ExtraField;
use super::shape::{FieldSpec, RecordSpec, Shape};
use super::vocabulary::Vocabularies;

/// The reference of a kind of document, as markdown. `extra` are the fields that the site adds.
#[must_use]
pub fn document(kind: Kind, vocabularies: &Vocabularies, extra: &[ExtraField]) -> String {
    let mut text = format!(
        "# {}\n\n{}\n\nFiles: `content/{}/NAME.md`\n",
        kind.label(),
        kind.doc().trim(),
        kind.folder()
    );
    fields(&mut text, &[Common::SPEC, kind.spec()], vocabularies);
    if !extra.is_empty() {
        text.push_str("\n## Fields of this site\n\n");
    }
    for field in extra {
        let _ = writeln!(text, "- `{}` (optional; a list of values). {}", field.name, field.doc.trim());
        terms(&mut text, &field.vocabulary, vocabularies);
    }
    text
}

/// The reference of a component, as markdown.
#[must_use]
pub fn component(name: &str, spec: &'static RecordSpec, vocabularies: &Vocabularies) -> String {
    let mut text = format!("# The component `{name}`\n\n{}\n\n", spec.doc.trim());
    let _ = writeln!(text, "Written as a fenced block:\n\n````markdown\n```{{{name}}}");
    for field in spec.fields.iter().filter(|field| field.required) {
        let _ = writeln!(text, "{}: {}", field.name, field.example.unwrap_or("…"));
    }
    text.push_str("```\n````\n");
    fields(&mut text, &[spec], vocabularies);
    text
}

/// The reference of `site.toml`, as markdown.
#[must_use]
pub fn settings(spec: &'static RecordSpec, vocabularies: &Vocabularies) -> String {
    let mut text = format!("# site.toml\n\n{}\n\n", spec.doc.trim());
    section(&mut text, spec, "", vocabularies);
    text
}

/// The settings under `[path]`, and then those in the sections of that one.
fn section(text: &mut String, spec: &'static RecordSpec, path: &str, vocabularies: &Vocabularies) {
    for field in spec.fields {
        let shape = (field.shape)();
        describe(text, field, " =", vocabularies, &mut Vec::new());
        if let Shape::Named { .. } = shape {
            let _ = writeln!(text, "  Each stands under a name of yours, as `[{path}{}.NAME]`.", field.name);
        }
    }
    for field in spec.fields {
        let (inner, is_list) = match (field.shape)() {
            Shape::Record(spec) => (Some((spec, field.name.to_owned())), false),
            Shape::List { of, .. } => (group(&of).map(|spec| (spec, field.name.to_owned())), true),
            Shape::Named { of } => (group(&of).map(|spec| (spec, format!("{}.NAME", field.name))), false),
            _ => (None, false),
        };
        let Some((spec, name)) = inner else { continue };
        let path = format!("{path}{name}");
        let heading = if is_list { format!("[[{path}]]") } else { format!("[{path}]") };
        let _ = write!(text, "\n## `{heading}`\n\n{}\n\n", spec.doc.trim());
        section(text, spec, &format!("{path}."), vocabularies);
    }
}

fn group(shape: &Shape) -> Option<&'static RecordSpec> {
    match shape {
        Shape::Record(spec) => Some(spec),
        _ => None,
    }
}

fn fields(text: &mut String, specs: &[&'static RecordSpec], vocabularies: &Vocabularies) {
    let mut groups: Vec<&'static RecordSpec> = Vec::new();
    text.push_str("\n## Fields\n\n");
    for field in specs.iter().flat_map(|spec| spec.fields) {
        describe(text, field, ":", vocabularies, &mut groups);
    }
    let mut at = 0;
    while let Some(group) = groups.get(at).copied() {
        let _ = write!(text, "\n## {}\n\n{}\n\n", group.name, group.doc.trim());
        for field in group.fields {
            describe(text, field, ":", vocabularies, &mut groups);
        }
        at += 1;
    }
}

/// Describes a field; `sign` stands between its name and its value.
fn describe(
    text: &mut String,
    field: &FieldSpec,
    sign: &str,
    vocabularies: &Vocabularies,
    groups: &mut Vec<&'static RecordSpec>,
) {
    let shape = (field.shape)();
    let need = if field.required { "required" } else { "optional" };
    let _ = write!(text, "- `{}` ({need}; {}). {}", field.name, shape.describe(), field.doc.trim());
    if let Some(example) = field.example {
        let _ = write!(text, " Example: `{}{sign} {example}`", field.name);
    }
    text.push('\n');
    values(text, &shape, vocabularies, groups);
}

/// The allowed values of a field, and the groups that it is made of.
fn values(
    text: &mut String,
    shape: &Shape,
    vocabularies: &Vocabularies,
    groups: &mut Vec<&'static RecordSpec>,
) {
    match shape {
        Shape::List { of, .. } | Shape::Numbered { of, .. } | Shape::Named { of } => {
            values(text, of, vocabularies, groups);
        }
        Shape::Record(spec) if groups.iter().all(|known| known.name != spec.name) => groups.push(spec),
        Shape::Choice(choices) => {
            for choice in *choices {
                let _ = writeln!(text, "  - `{}`: {}", choice.value, choice.description.trim());
            }
        }
        Shape::Term(name) => terms(text, name, vocabularies),
        _ => {}
    }
}

/// The values of a vocabulary that are in use.
fn terms(text: &mut String, vocabulary: &str, vocabularies: &Vocabularies) {
    for term in vocabularies.get(vocabulary).into_iter().flat_map(|vocabulary| vocabulary.current()) {
        let meaning = if term.description.is_empty() { &term.label } else { &term.description };
        let _ = writeln!(text, "  - `{}`: {meaning}", term.value);
    }
}
