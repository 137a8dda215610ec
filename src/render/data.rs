//! Open data: one JSON beside each document, and each collection as JSON and CSV with its schema.
//!
//! A list of groups of fields, such as the values of a statistic, is a table of its own, whose rows
//! name their document. The tables are described as [CSV on the Web](https://www.w3.org/TR/tabular-data-primer/).

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::markdown::Rendered;
use super::{Artifact, Input};
use crate::link::{DATA, Document};
use crate::model::Kind;
use crate::model::common::Common;
use crate::model::schema::{self, ExtraField};
use crate::model::shape::{FieldSpec, RecordSpec, Shape};

/// Between the values of a list in one cell. No field's value holds it but by intent.
const SEPARATOR: &str = "|";

/// Fields that matter while a document is written, not to those who use its data.
const INTERNAL: &[&str] = &["aliases", "draft", "overrides"];

/// Said of every collection: who counts its rows counts what there is, not what it is written in.
const ORIGINALS: &str =
    "Translations are not among them; each has a JSON file beside its page, which names its original.";

/// Every file of open data.
pub fn artifacts(input: &Input<'_>, bodies: &[Arc<Rendered>]) -> Vec<Artifact> {
    let documents = input.library.documents.par_iter().zip(bodies);
    let (mut artifacts, rows): (Vec<Artifact>, Vec<Json>) = documents
        .map(|(document, body)| {
            let mut object = object(input, document, body);
            let artifact = Artifact::new(&format!("{}index.json", document.path), pretty(&object));
            // Collections hold everything but the text.
            if let Some(map) = object.as_object_mut() {
                map.shift_remove("text");
            }
            (artifact, object)
        })
        .unzip();
    let collections = Kind::ALL.par_iter().flat_map_iter(|kind| {
        let documents = input.library.documents.iter().zip(&rows);
        let rows: Vec<&Json> =
            documents.filter(|(d, _)| d.kind == *kind && d.is_listed()).map(|(_, row)| row).collect();
        if rows.is_empty() { Vec::new() } else { collection(input, *kind, &rows) }
    });
    artifacts.extend(collections.collect::<Vec<_>>());
    artifacts
}

/// A document as data: the fields of its front matter, and what follows from them.
fn object(input: &Input<'_>, document: &Document, body: &Rendered) -> Json {
    let mut map = Map::new();
    map.insert("id".to_owned(), document.id.as_str().into());
    map.insert("type".to_owned(), document.kind.name().into());
    map.insert("url".to_owned(), input.settings.base.absolute(&document.path).into());
    map.insert("lang".to_owned(), document.lang.as_str().into());
    for (name, value) in document.common.fields_data() {
        if name != "lang" && !INTERNAL.contains(&name.as_str()) {
            map.insert(name, value);
        }
    }
    map.extend(document.record.data());
    for (name, values) in &document.extra {
        map.insert(name.clone(), values.clone().into());
    }
    map.insert("facets".to_owned(), json!(document.facets));
    let sections = body.sections.iter().filter(|section| !section.text.is_empty());
    let text: Vec<Json> =
        sections.map(|s| json!({"heading": s.heading, "anchor": s.anchor, "text": s.text})).collect();
    map.insert("text".to_owned(), text.into());
    Json::Object(map)
}

fn pretty(value: &Json) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// A table of a collection.
struct Table {
    file: String,
    description: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    /// Whether each row is a document, rather than a part of one.
    whole: bool,
}

struct Column {
    name: String,
    description: String,
    datatype: Json,
    separator: bool,
}

fn collection(input: &Input<'_>, kind: Kind, rows: &[&Json]) -> Vec<Artifact> {
    let folder = kind.folder();
    let address = |file: &str| input.settings.base.absolute(&format!("{DATA}{file}"));
    let list = json!({
        "title": kind.plural(),
        "description": format!("{} {ORIGINALS}", kind.doc().trim()),
        "schema": address(&format!("{folder}.schema.json")),
        "items": rows,
    });
    let extra: Vec<&ExtraField> = input.settings.extra_fields(kind).collect();
    let tables = tables(kind, rows, &extra);
    let mut artifacts = vec![
        Artifact::new(&format!("{DATA}{folder}.json"), pretty(&list)),
        Artifact::new(&format!("{DATA}{folder}.schema.json"), pretty(&json_schema(input, kind))),
        Artifact::new(&format!("{DATA}{folder}.csv-metadata.json"), pretty(&csvw(input, kind, &tables))),
    ];
    artifacts.extend(tables.iter().map(|table| Artifact::new(&format!("{DATA}{}", table.file), csv(table))));
    artifacts
}

/// The schema of the collection's JSON: that of front matter, less what is internal, plus what follows.
fn json_schema(input: &Input<'_>, kind: Kind) -> Json {
    let extra: Vec<_> = input.settings.extra_fields(kind).cloned().collect();
    let mut item = schema::document(kind, &input.settings.vocabularies, &extra);
    if let Some(properties) = item.get_mut("properties").and_then(Json::as_object_mut) {
        for name in INTERNAL {
            properties.shift_remove(*name);
        }
        for (name, description) in [
            ("id", "The document's name."),
            ("type", "The kind of document."),
            ("url", "Its address."),
            ("lang", "The code of its language."),
        ] {
            properties.insert(name.to_owned(), json!({"type": "string", "description": description}));
        }
        let values = json!({"type": "array", "items": {"type": "string"}});
        properties.insert(
            "facets".to_owned(),
            json!({"type": "object", "additionalProperties": values, "description": "Its values in each facet."}),
        );
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.plural(),
        "type": "object",
        "required": ["title", "description", "schema", "items"],
        "properties": {
            "title": {"type": "string"},
            "description": {"type": "string"},
            "schema": {"type": "string"},
            "items": {"type": "array", "items": item},
        },
    })
}

fn tables(kind: Kind, rows: &[&Json], extra: &[&ExtraField]) -> Vec<Table> {
    let folder = kind.folder();
    let mut main = Table {
        file: format!("{folder}.csv"),
        description: format!("{} {ORIGINALS}", kind.doc().trim()),
        columns: vec![
            text_column("id", "The document's name."),
            text_column("url", "Its address."),
            text_column("lang", "The code of its language."),
        ],
        rows: rows
            .iter()
            .map(|row| vec![cell(row.get("id")), cell(row.get("url")), cell(row.get("lang"))])
            .collect(),
        whole: true,
    };
    let mut parts = Vec::new();
    let common =
        Common::SPEC.fields.iter().filter(|field| field.name != "lang" && !INTERNAL.contains(&field.name));
    for field in common.chain(kind.spec().fields) {
        match (field.shape)() {
            Shape::List { of, .. } if matches!(*of, Shape::Record(_)) => {
                if let Shape::Record(spec) = *of {
                    parts.push(part(kind, field, spec, rows));
                }
            }
            Shape::Record(spec) => {
                for inner in spec.fields {
                    main.columns.push(column(inner, &format!("{}_", field.name)));
                    add_cells(
                        &mut main,
                        rows.iter().map(|row| cell(row.get(field.name).and_then(|v| v.get(inner.name)))),
                    );
                }
            }
            Shape::Numbered { min, max, of } => {
                let Shape::Record(spec) = *of else { continue };
                for number in min..=max {
                    for inner in spec.fields {
                        main.columns.push(column(inner, &format!("{}_{number}_", field.name)));
                        let value = |row: &&&Json| {
                            let under = row.get(field.name).and_then(|v| v.get(number.to_string()));
                            cell(under.and_then(|v| v.get(inner.name)))
                        };
                        add_cells(&mut main, rows.iter().map(|row| value(&row)));
                    }
                }
            }
            _ => {
                main.columns.push(column(field, ""));
                add_cells(&mut main, rows.iter().map(|row| cell(row.get(field.name))));
            }
        }
    }
    for field in extra {
        let column = text_column(&field.name, field.doc.trim());
        main.columns.push(Column { separator: true, ..column });
        add_cells(&mut main, rows.iter().map(|row| cell(row.get(&field.name))));
    }
    std::iter::once(main).chain(parts).collect()
}

/// The tables of parts of documents of `kind`: what each holds, and its file.
pub fn parts(kind: Kind) -> impl Iterator<Item = (String, String)> {
    let fields = Common::SPEC.fields.iter().chain(kind.spec().fields);
    let is_part = |field: &&FieldSpec| {
        let is_group = |of: &Shape| matches!(of, Shape::Record(_));
        !INTERNAL.contains(&field.name) && matches!((field.shape)(), Shape::List { of, .. } if is_group(&of))
    };
    fields.filter(is_part).map(move |field| (field.name.replace('_', " "), part_file(kind, field)))
}

fn part_file(kind: Kind, field: &FieldSpec) -> String {
    format!("{}-{}.csv", kind.folder(), field.name.replace('_', "-"))
}

fn add_cells(table: &mut Table, cells: impl Iterator<Item = String>) {
    for (row, cell) in table.rows.iter_mut().zip(cells) {
        row.push(cell);
    }
}

/// The table of a list of groups of fields.
fn part(kind: Kind, field: &FieldSpec, spec: &'static RecordSpec, rows: &[&Json]) -> Table {
    let mut columns = vec![text_column("document", "The document's name.")];
    columns.extend(spec.fields.iter().map(|inner| column(inner, "")));
    let mut table = Table {
        file: part_file(kind, field),
        description: field.doc.trim().to_owned(),
        columns,
        rows: Vec::new(),
        whole: false,
    };
    for row in rows {
        for item in row.get(field.name).and_then(Json::as_array).into_iter().flatten() {
            let mut cells = vec![cell(row.get("id"))];
            cells.extend(spec.fields.iter().map(|inner| cell(item.get(inner.name))));
            table.rows.push(cells);
        }
    }
    table
}

fn text_column(name: &str, description: &str) -> Column {
    Column {
        name: name.to_owned(),
        description: description.to_owned(),
        datatype: "string".into(),
        separator: false,
    }
}

fn column(field: &FieldSpec, prefix: &str) -> Column {
    let shape = (field.shape)();
    let (shape, separator) = match shape {
        Shape::List { of, .. } => (*of, true),
        shape => (shape, false),
    };
    let datatype = match shape {
        Shape::Integer { .. } => "integer".into(),
        Shape::Percent => "number".into(),
        Shape::Boolean => "boolean".into(),
        Shape::Day => "date".into(),
        Shape::WebAddress => "anyURI".into(),
        // A number, or c where it is suppressed.
        Shape::Amount => json!({"base": "string", "format": "([0-9]+(\\.[0-9]+)?|c)"}),
        _ => "string".into(),
    };
    Column {
        name: format!("{prefix}{}", field.name),
        description: field.doc.trim().to_owned(),
        datatype,
        separator,
    }
}

fn cell(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(Json::Array(items)) => {
            items.iter().map(|item| cell(Some(item))).collect::<Vec<_>>().join(SEPARATOR)
        }
        Some(other) => other.to_string(),
    }
}

/// A cell that a spreadsheet takes for words: one that starts a formula has an apostrophe before it.
fn as_words(cell: &str) -> Cow<'_, str> {
    let is_number = || cell.parse::<f64>().is_ok();
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number() {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail, and every row is as long as the header.
    let _ = writer.write_record(table.columns.iter().map(|column| column.name.as_str()));
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(|cell| as_words(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

fn csvw(input: &Input<'_>, kind: Kind, tables: &[Table]) -> Json {
    let describe = |table: &Table| {
        let columns: Vec<Json> = table
            .columns
            .iter()
            .map(|column| {
                let mut described = json!({
                    "name": column.name,
                    "titles": column.name,
                    "dc:description": column.description,
                    "datatype": column.datatype,
                });
                if let (true, Some(map)) = (column.separator, described.as_object_mut()) {
                    map.insert("separator".to_owned(), SEPARATOR.into());
                }
                described
            })
            .collect();
        let schema = if table.whole {
            json!({"columns": columns, "primaryKey": "id"})
        } else {
            let reference = json!({"resource": format!("{}.csv", kind.folder()), "columnReference": "id"});
            json!({"columns": columns, "foreignKeys": [{"columnReference": "document", "reference": reference}]})
        };
        json!({"url": table.file, "dc:description": table.description, "tableSchema": schema})
    };
    json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": input.settings.language()}],
        "dc:title": kind.plural(),
        "dc:publisher": input.settings.publisher,
        "tables": tables.iter().map(describe).collect::<Vec<_>>(),
    })
}
