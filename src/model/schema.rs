//! JSON Schema of front matter and components, made from the registry, for editors and scripts.

use serde_json::{Map, Value as Json, json};

use super::Kind;
use super::common::Common;
use super::components::COMPONENTS;
use super::shape::{FieldSpec, RecordSpec, Shape};
use super::values::{EMAIL, PLAIN_NUMBERS};
use super::vocabulary::Vocabularies;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// What is not white space, and what is. Validators differ in what they call so; these two are
/// white space to some of them.
const NO_SPACE: &str = "[^\\s\\u0085\\ufeff]";
const SPACE: &str = "[\\s\\u0085\\ufeff]";
/// What an address cannot hold, inside brackets.
const NOT_IN_ADDRESS: &str = "\\s\\ufeff\\u0000-\\u001f\\u007f-\\u009f<>\"\\\\^`{|}";
/// The years that a date may have, as [`super::date`] has them: 1800 to 2200.
const YEAR: &str = "(1[89][0-9]{2}|2[01][0-9]{2}|2200)";

/// A field that a site adds: a list of values of one of its vocabularies.
#[derive(Debug, Clone)]
pub struct ExtraField {
    /// As written in front matter.
    pub name: String,
    /// The vocabulary.
    pub vocabulary: String,
    /// What it is.
    pub doc: String,
}

/// The schema of the front matter of `kind`, with the values of the site's vocabularies.
#[must_use]
pub fn document(kind: Kind, vocabularies: &Vocabularies, extra: &[ExtraField]) -> Json {
    let mut schema = record(&[Common::SPEC, kind.spec()], vocabularies);
    if let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) {
        for field in extra {
            let of = Box::new(any_term(&field.vocabulary, vocabularies));
            properties.insert(
                field.name.clone(),
                json!({"description": field.doc.trim(), "type": ["array", "null"], "items": of, "uniqueItems": true}),
            );
        }
    }
    headed(schema, kind.label(), kind.doc())
}

/// The schema of the component `name`; `None` where there is no such component.
#[must_use]
pub fn component(name: &str, vocabularies: &Vocabularies) -> Option<Json> {
    let (name, spec) = COMPONENTS.iter().find(|(known, _)| *known == name)?;
    Some(headed(record(&[spec], vocabularies), name, spec.doc))
}

/// The schema of `site.toml`.
#[must_use]
pub fn settings(spec: &RecordSpec, vocabularies: &Vocabularies) -> Json {
    headed(record(&[spec], vocabularies), "site.toml", spec.doc)
}

fn headed(schema: Json, title: &str, description: &str) -> Json {
    let mut head = Map::new();
    head.insert("$schema".to_owned(), DIALECT.into());
    head.insert("title".to_owned(), title.into());
    head.insert("description".to_owned(), description.trim().into());
    if let Json::Object(rest) = schema {
        head.extend(rest);
    }
    Json::Object(head)
}

fn record(specs: &[&RecordSpec], vocabularies: &Vocabularies) -> Json {
    let fields = || specs.iter().flat_map(|spec| spec.fields);
    let properties: Map<String, Json> =
        fields().map(|field| (field.name.to_owned(), property(field, vocabularies))).collect();
    let required: Vec<&str> = fields().filter(|field| field.required).map(|field| field.name).collect();
    let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if let (Some(map), false) = (schema.as_object_mut(), required.is_empty()) {
        map.insert("required".to_owned(), required.into());
    }
    schema
}

fn property(field: &FieldSpec, vocabularies: &Vocabularies) -> Json {
    let mut schema = value(&(field.shape)(), vocabularies);
    if !field.required {
        // A field with nothing after its colon counts as left out.
        schema = nullable(schema);
    }
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), field.doc.trim().into());
    }
    schema
}

fn nullable(mut schema: Json) -> Json {
    let simple = schema.get("type").and_then(Json::as_str).map(str::to_owned);
    match (simple, schema.as_object_mut()) {
        (Some(kind), Some(map)) if !map.contains_key("enum") => {
            map.insert("type".to_owned(), json!([kind, "null"]));
            schema
        }
        _ => json!({"anyOf": [schema, {"type": "null"}]}),
    }
}

fn any_term(vocabulary: &str, vocabularies: &Vocabularies) -> Json {
    match vocabularies.get(vocabulary) {
        Some(known) => {
            json!({"enum": known.terms.iter().map(|term| term.value.as_str()).collect::<Vec<_>>()})
        }
        None => text(),
    }
}

/// Text as YAML has it: what looks like a number of few digits, such as a year, is text as well.
fn text() -> Json {
    let most = PLAIN_NUMBERS - 1;
    json!({"type": ["string", "integer"], "pattern": NO_SPACE, "minimum": -most, "maximum": most})
}

fn day() -> Json {
    json!({"type": "string", "format": "date", "pattern": format!("^{YEAR}-")})
}

fn value(shape: &Shape, vocabularies: &Vocabularies) -> Json {
    match shape {
        Shape::Text { max, max_words } => {
            let mut schema = text();
            if let Some(map) = schema.as_object_mut() {
                if let Some(max) = max {
                    // White space at either end does not count.
                    map.insert(
                        "pattern".to_owned(),
                        format!(
                            "^{SPACE}*{NO_SPACE}(?:[\\s\\S]{{0,{}}}{NO_SPACE})?{SPACE}*$",
                            max.saturating_sub(2)
                        )
                        .into(),
                    );
                }
                if let Some(max) = max_words {
                    map.insert(
                        "pattern".to_owned(),
                        format!("^{SPACE}*{NO_SPACE}+(?:{SPACE}+{NO_SPACE}+){{0,{}}}{SPACE}*$", max - 1)
                            .into(),
                    );
                }
            }
            schema
        }
        Shape::Pattern { pattern, .. } => json!({"type": "string", "pattern": pattern}),
        Shape::Integer { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
        Shape::Amount => json!({"anyOf": [{"type": "number", "minimum": 0}, {"const": "c"}]}),
        Shape::Percent => json!({"type": "number", "minimum": 0, "maximum": 100}),
        Shape::Boolean => json!({"type": "boolean"}),
        Shape::Day => day(),
        Shape::Date => json!({"anyOf": [
            {"type": "string", "pattern": format!("^{YEAR}(-(0[1-9]|1[0-2]))?$")},
            day(),
            {"type": "integer", "minimum": 1800, "maximum": 2200},
        ]}),
        Shape::WebAddress => {
            let host = format!("[^{NOT_IN_ADDRESS}/?#@]");
            let ends = format!("[^{NOT_IN_ADDRESS}/?#@.]");
            let pattern = format!(
                "^[Hh][Tt][Tt][Pp][Ss]?://{ends}{host}*\\.{host}*{ends}([/?#][^{NOT_IN_ADDRESS}]*)?$"
            );
            json!({"type": "string", "pattern": pattern})
        }
        Shape::Email => json!({"type": "string", "pattern": EMAIL}),
        Shape::Choice(choices) => {
            json!({"enum": choices.iter().map(|choice| choice.value).collect::<Vec<_>>()})
        }
        Shape::Term(vocabulary) => any_term(vocabulary, vocabularies),
        Shape::Reference(_) => {
            let pattern = format!("^(?![./])(?![\\s\\S]*\\.md$){NO_SPACE}([\\s\\S]*{NO_SPACE})?$");
            json!({"type": "string", "pattern": pattern})
        }
        Shape::Record(spec) => record(&[spec], vocabularies),
        Shape::Numbered { min, max, of } => {
            let item = value(of, vocabularies);
            let properties: Map<String, Json> =
                (*min..=*max).map(|n| (n.to_string(), item.clone())).collect();
            json!({"type": "object", "properties": properties, "additionalProperties": false})
        }
        Shape::Named { of } => json!({"type": "object", "additionalProperties": value(of, vocabularies)}),
        Shape::List { of, min, max } => {
            let mut schema = json!({"type": "array", "items": value(of, vocabularies), "uniqueItems": true});
            if let Some(map) = schema.as_object_mut() {
                if *min > 0 {
                    map.insert("minItems".to_owned(), (*min).into());
                }
                if let Some(max) = max {
                    map.insert("maxItems".to_owned(), (*max).into());
                }
            }
            schema
        }
    }
}
