//! Linked data in the terms of schema.org, for search engines.

use serde_json::{Value as Json, json};

use super::Input;
use super::view::Head;
use crate::link::Document;
use crate::model::{Kind, Record};

/// A JSON text that can stand in a script element.
fn script(value: &Json) -> String {
    // An element ends at the first "</", wherever it stands.
    value.to_string().replace('<', "\\u003c")
}

/// What the site is.
#[must_use]
pub fn site(input: &Input<'_>) -> String {
    let settings = input.settings;
    script(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.title,
        "description": settings.description,
        "url": settings.base.absolute("/"),
        "inLanguage": settings.language(),
        "publisher": {"@type": "Organization", "name": settings.publisher},
    }))
}

/// What `document` is, and where it stands.
#[must_use]
pub fn document(input: &Input<'_>, document: &Document, head: &Head) -> String {
    let settings = input.settings;
    let origin = &settings.base.origin;
    let mut steps: Vec<(String, String)> =
        head.breadcrumbs.iter().map(|link| (link.label.clone(), format!("{origin}{}", link.url))).collect();
    steps.push((head.title.clone(), head.canonical.clone()));
    let items: Vec<Json> = steps
        .into_iter()
        .enumerate()
        .map(
            |(at, (name, item))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": item}),
        )
        .collect();
    let mut thing = json!({
        "@type": type_of(document),
        "@id": head.canonical,
        "name": head.title,
        "description": head.description,
        "inLanguage": document.lang,
    });
    if let Some(map) = thing.as_object_mut() {
        match &document.record {
            Record::Council(council) => {
                map.insert("identifier".to_owned(), council.gss.0.as_str().into());
            }
            Record::GlossaryTerm(term) => {
                map.insert("description".to_owned(), term.short.0.as_str().into());
                map.insert("inDefinedTermSet".to_owned(), settings.base.absolute("/glossary/").into());
            }
            Record::Event(event) => {
                map.insert("startDate".to_owned(), event.date.map(|date| date.to_string()).into());
            }
            Record::Organisation(_) | Record::Topic(_) => {}
            _ => {
                map.insert("dateModified".to_owned(), document.common.updated.0.to_string().into());
                map.insert(
                    "publisher".to_owned(),
                    json!({"@type": "Organization", "name": settings.publisher}),
                );
            }
        }
    }
    script(&json!({
        "@context": "https://schema.org",
        "@graph": [thing, {"@type": "BreadcrumbList", "itemListElement": items}],
    }))
}

fn type_of(document: &Document) -> &'static str {
    match document.kind {
        Kind::AnnualReport => "Report",
        Kind::Council => "GovernmentOrganization",
        Kind::Topic | Kind::GlossaryTerm | Kind::Commitment => "DefinedTerm",
        Kind::Statistic => "Dataset",
        Kind::Organisation => "Organization",
        Kind::Event => "Event",
        Kind::Page => "WebPage",
        Kind::CaseStudy | Kind::Recommendation | Kind::Guidance | Kind::Programme => "Article",
    }
}
