//! The facets by which documents are found: most are fields, some follow from others.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Document, Library};
use crate::model::date::Date;
use crate::model::{Kind, Record};

/// Values in use, by facet, each list in the order written.
pub type Facets = BTreeMap<String, Vec<String>>;

/// The facets of `document`.
pub fn of(document: &Document, library: &Library) -> Facets {
    let mut facets = Facets::new();
    let mut add = |facet: &str, value: String| {
        let values = facets.entry(facet.to_owned()).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    };
    add("type", document.kind.name().to_owned());
    let data = document.record.data();
    for field in document.kind.spec().fields {
        let (Some(facet), Some(value)) = (field.facet, data.get(field.name)) else { continue };
        for text in texts(value) {
            // A date counts by its year.
            add(facet, if facet == "year" { text.chars().take(4).collect() } else { text });
        }
    }
    for (field, values) in &document.extra {
        for value in values {
            add(field, value.clone());
        }
    }
    for year in years(&document.record) {
        add("year", year.to_string());
    }
    if document.kind == Kind::Council {
        add("council", document.id.clone());
    }
    let councils = facets.get("council").cloned().unwrap_or_default();
    for council in &councils {
        if let Some(Record::Council(council)) = library.find(Kind::Council, council).map(|d| &d.record) {
            let values = facets.entry("region".to_owned()).or_default();
            if !values.contains(&council.region.value) {
                values.push(council.region.value.clone());
            }
        }
    }
    facets
}

fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) => vec![text.clone()],
        Json::Number(number) => vec![number.to_string()],
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The years that a report is about, beside the one in which it was published.
fn years(record: &Record) -> Vec<i16> {
    match record {
        Record::AnnualReport(report) => {
            [report.period_start, report.period_end].into_iter().flatten().map(Date::year).collect()
        }
        Record::Statistic(statistic) => statistic
            .values
            .iter()
            .filter_map(|observation| observation.period.0.get(..4).and_then(|year| year.parse().ok()))
            .collect(),
        _ => Vec::new(),
    }
}
