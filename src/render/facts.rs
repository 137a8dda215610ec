//! A document's fields as a list of labels and values, for any kind of document.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::model::Kind;
use crate::model::shape::{RecordSpec, Shape};

/// Fields that pages show in places of their own.
const ELSEWHERE: &[&str] =
    &["sources", "short", "figures", "values", "progress", "parts", "estimate", "caveat"];

/// Fields that the page of one kind shows in places of its own.
fn is_elsewhere(kind: Kind, field: &str) -> bool {
    let own: &[&str] = match kind {
        Kind::CaseStudy => &[
            "councils",
            "started",
            "started_note",
            "status",
            "evidence",
            "outcome",
            "cost",
            "cost_note",
            "effort",
            "adoptions",
            "vignette",
            "contact_role",
            "contact_email",
            "licence",
            "reviewed_on",
            "review_by",
        ],
        Kind::AnnualReport => &["council", "source_url", "kind"],
        Kind::Guidance | Kind::Organisation | Kind::Programme => &["kind"],
        Kind::Council => &["charter", "region", "report_due_month"],
        Kind::Commitment => &["number", "short_title"],
        Kind::Recommendation => &["status", "status_note", "answered_by", "source"],
        Kind::Statistic => &["measure", "unit"],
        Kind::Page => &["purpose", "order"],
        _ => &[],
    };
    ELSEWHERE.contains(&field) || own.contains(&field)
}

/// A field that is set.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The field.
    pub name: String,
    /// The field's name as words.
    pub label: String,
    /// Its values.
    pub values: Vec<FactValue>,
}

/// A value of a field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FactValue {
    /// The value in words; empty where it has parts.
    pub text: String,
    /// Where it leads.
    pub url: Option<String>,
    /// What it means.
    pub note: Option<String>,
    /// A group of fields has parts.
    pub parts: Vec<Fact>,
}

/// The facts in `fields`, the view of a document of `kind`, in the order of its registry, less
/// those that its page shows elsewhere.
#[must_use]
pub fn facts(spec: &'static RecordSpec, kind: Kind, fields: &Map<String, Json>) -> Vec<Fact> {
    let mut facts = parts(spec, fields);
    facts.retain(|fact| !is_elsewhere(kind, &fact.name));
    facts
}

fn parts(spec: &'static RecordSpec, fields: &Map<String, Json>) -> Vec<Fact> {
    spec.fields
        .iter()
        .filter_map(|field| {
            let values = values(&(field.shape)(), fields.get(field.name)?);
            (!values.is_empty()).then(|| Fact {
                name: field.name.to_owned(),
                label: label(field.name),
                values,
            })
        })
        .collect()
}

/// `started_note` as "Started note".
fn label(name: &str) -> String {
    let own = match name {
        "gss" => "GSS code",
        "url" => "Address",
        "area_type" => "Kind of place",
        "sector" => "Business or place",
        "enablers" => "What helped",
        "barriers" => "What stood in the way",
        "audience" => "Who it is for",
        "population" => "Whom it protects",
        "spoc_role" => "Single point of contact",
        "role_email" => "Mailbox",
        "registry_url" => "In the statement registry",
        "review_by" => "To be reviewed by",
        "titled_year" => "Year in its title",
        "started_note" => "About the start",
        "made_on_note" | "date_note" => "About the date",
        "period_note" => "About the time it covers",
        "period_start" => "Covers from",
        "period_end" => "Covers until",
        _ => "",
    };
    if !own.is_empty() {
        return own.to_owned();
    }
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn values(shape: &Shape, value: &Json) -> Vec<FactValue> {
    match (shape, value) {
        (_, Json::Null) => Vec::new(),
        (Shape::List { of, .. }, Json::Array(items)) => {
            items.iter().flat_map(|item| values(of, item)).collect()
        }
        (Shape::Record(spec), Json::Object(fields)) => {
            vec![FactValue { parts: parts(spec, fields), ..FactValue::default() }]
        }
        (_, Json::Object(fields)) => vec![object(fields)],
        (Shape::Boolean, Json::Bool(yes)) => {
            vec![FactValue { text: if *yes { "Yes" } else { "No" }.to_owned(), ..FactValue::default() }]
        }
        (Shape::WebAddress, Json::String(url)) => {
            vec![FactValue { text: url.clone(), url: Some(url.clone()), ..FactValue::default() }]
        }
        (Shape::Email, Json::String(email)) => {
            vec![FactValue {
                text: email.clone(),
                url: Some(format!("mailto:{email}")),
                ..FactValue::default()
            }]
        }
        (_, Json::String(text)) => vec![FactValue { text: text.clone(), ..FactValue::default() }],
        (_, Json::Number(number)) => vec![FactValue { text: number.to_string(), ..FactValue::default() }],
        _ => Vec::new(),
    }
}

/// A date, term, reference, amount or commitment.
fn object(fields: &Map<String, Json>) -> FactValue {
    let text = |name: &str| fields.get(name).and_then(Json::as_str).map(str::to_owned);
    let number = fields.get("number").and_then(Json::as_i64).filter(|_| fields.contains_key("title"));
    let title =
        text("title").map(|title| number.map_or(title.clone(), |number| format!("{number}. {title}")));
    FactValue {
        text: title.or_else(|| text("label")).or_else(|| text("text")).unwrap_or_default(),
        url: text("url"),
        note: text("description").filter(|note| !note.is_empty()),
        parts: Vec::new(),
    }
}
