//! What of each document is searched and shown among results.

use casebook_reader::format::texts::{Section, Text};
use rayon::prelude::*;
use serde_json::{Map, Value as Json};

use super::facets::Labels;
use crate::config::{SearchWeights, Settings};
use crate::link::{Document, Facets, Library};
use crate::model::components::Component;
use crate::model::{Kind, Record};
use crate::parse::markdown;

/// A field that is searched.
pub struct SearchField {
    /// Its name.
    pub name: &'static str,
    /// How much it counts.
    pub weight: fn(&SearchWeights) -> u8,
}

/// The fields, in the order of their numbers.
pub const FIELDS: &[SearchField] = &[
    SearchField { name: "title", weight: |weights| weights.title },
    SearchField { name: "summary", weight: |weights| weights.summary },
    SearchField { name: "headings", weight: |weights| weights.headings },
    SearchField { name: "body", weight: |weights| weights.body },
    SearchField { name: "councils", weight: |weights| weights.councils },
    SearchField { name: "labels", weight: |weights| weights.labels },
];

/// What results can be sorted by: the greatest number first.
pub struct Sorting {
    /// Its name, in tantivy and in addresses.
    pub name: &'static str,
    /// As shown.
    pub label: &'static str,
    /// The number of a document.
    pub number: fn(&Searchable) -> u32,
}

/// The sortings, in the order in which they are shown.
pub const SORTINGS: &[Sorting] = &[
    Sorting { name: "newest", label: "Newest", number: |document| document.newest },
    Sorting { name: "adopted", label: "Most adopted", number: |document| document.adopted },
    Sorting { name: "reviewed", label: "Last reviewed", number: |document| document.reviewed },
];

/// Facets whose labels tell nothing that somebody would search for by words.
const NOT_WORDS: &[&str] = &["year", "council", "evidence", "outcome", "cost", "population"];

/// Fields of front matter that hold prose, wherever they stand.
const PROSE: &[&str] = &[
    "short",
    "caveat",
    "adapted",
    "result",
    "note",
    "cost_note",
    "label",
    "legal_basis",
    "measure",
    "geography",
];

/// Fields with the day of what a document tells, the best first. Many reports do not say when they were
/// published; the others place them as the lists of reports do.
const TOLD: &[&str] =
    &["published", "started", "date", "made_on", "issued", "approved_on", "period_end", "titled_year"];

/// A document as it is indexed.
#[derive(Debug, Clone)]
pub struct Searchable {
    /// Its councils, as they are searched.
    councils: Vec<String>,
    /// The labels of its values, and other names for it.
    labels: Vec<String>,
    /// Its values in each facet.
    pub facets: Facets,
    /// What a result shows of it.
    pub text: Text,
    /// The day of what it tells, for "newest"; days count, years are far apart.
    pub newest: u32,
    /// How many councils have taken it up.
    pub adopted: u32,
    /// The day on which it was last reviewed.
    pub reviewed: u32,
}

impl Searchable {
    /// What is searched, by the number of the field; a text of several parts has each apart, so
    /// that no phrase goes from one to the next.
    #[must_use]
    pub fn fields(&self) -> Vec<Vec<&str>> {
        let Text { title, summary, sections, .. } = &self.text;
        let part = |of: fn(&Section) -> &String| -> Vec<&str> {
            sections.iter().map(|section| of(section).as_str()).filter(|text| !text.is_empty()).collect()
        };
        vec![
            vec![title],
            vec![summary],
            part(|section| &section.heading),
            part(|section| &section.text),
            self.councils.iter().map(String::as_str).collect(),
            self.labels.iter().map(String::as_str).collect(),
        ]
    }

    /// Its values in `facet`.
    #[must_use]
    pub fn values(&self, facet: &str) -> &[String] {
        self.facets.get(facet).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Every document, those alike in their facets beside each other: their columns compress.
#[must_use]
pub fn of(library: &Library, settings: &Settings) -> Vec<Searchable> {
    let labels = Labels { library, settings };
    let mut documents: Vec<&Document> = library.documents.iter().collect();
    documents.sort_by_key(|document| {
        let values = |facet: &str| document.facets.get(facet);
        (document.kind, values("topic"), values("commitment"), values("council"), &document.path)
    });
    documents.into_par_iter().map(|document| searchable(document, library, &labels)).collect()
}

fn searchable(document: &Document, library: &Library, labels: &Labels<'_>) -> Searchable {
    let data = document.record.data();
    let sections = sections(document, &data);
    let common = &document.common;
    let councils = document.facets.get("council").into_iter().flatten();
    let councils: Vec<String> = councils
        .filter_map(|id| library.find(Kind::Council, id))
        .map(|council| council.common.title.0.clone())
        .collect();
    // A council's own page has it as its title.
    let shown = if document.kind == Kind::Council { String::new() } else { councils.join(", ") };
    let day = |name: &str| match data.get(name)? {
        Json::String(date) => Some(day_number(date)),
        Json::Number(year) => Some(day_number(&year.to_string())),
        _ => None,
    };
    let updated = day_number(&common.updated.0.to_string());
    let told = TOLD.iter().find_map(|name| day(name));
    // What was done at an unknown time is not new because its page was changed.
    let has_time = TOLD.iter().any(|name| document.kind.spec().field(name).is_some());
    let undated = if has_time { 0 } else { updated };
    Searchable {
        councils,
        labels: labels_of(document, labels),
        facets: document.facets.clone(),
        newest: told.unwrap_or(undated),
        adopted: data.get("adoptions").and_then(Json::as_array).map_or(0, |list| list.len() as u32),
        reviewed: day("reviewed_on").unwrap_or(updated),
        text: Text {
            path: document.path.clone(),
            title: common.title.0.clone(),
            kind: document.kind.label().to_owned(),
            lang: document.lang.clone(),
            updated: common.updated.0.to_string(),
            councils: shown,
            summary: common.summary.0.clone(),
            sections,
        },
    }
}

/// The text of the body by section; then what components and front matter say beside it.
fn sections(document: &Document, data: &Map<String, Json>) -> Vec<Section> {
    let mut sections: Vec<Section> = markdown::sections(&document.body)
        .into_iter()
        .map(|section| Section { heading: section.heading, anchor: section.anchor, text: section.text })
        .collect();
    let mut beside: Vec<String> = Vec::new();
    for placed in &document.components {
        match &placed.component {
            Component::Callout(callout) => {
                beside.extend(callout.title.as_ref().map(|title| title.0.clone()));
                let text = placed.text.as_ref().map(markdown::sections).unwrap_or_default();
                beside.extend(text.into_iter().map(|section| section.text));
            }
            Component::Quotation(quotation) => beside.push(quotation.text.0.clone()),
            Component::Figure(figure) => beside.push(figure.caption.0.clone()),
            Component::Statistic(statistic) => beside.push(statistic.label.0.clone()),
            Component::Chart(_) | Component::Contact(_) => {}
        }
    }
    for (name, value) in data.iter().filter(|(name, _)| *name != "sources") {
        prose(name, value, &mut beside);
    }
    if !beside.is_empty() {
        sections.push(Section { text: beside.join("\n"), ..Section::default() });
    }
    sections
}

fn prose(name: &str, value: &Json, out: &mut Vec<String>) {
    match value {
        Json::String(text) if PROSE.contains(&name) && !out.contains(text) => out.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| prose(name, item, out)),
        Json::Object(fields) => fields.iter().for_each(|(name, value)| prose(name, value, out)),
        _ => {}
    }
}

fn labels_of(document: &Document, labels: &Labels<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (facet, values) in document.facets.iter().filter(|(facet, _)| !NOT_WORDS.contains(&facet.as_str())) {
        out.extend(values.iter().filter(|value| *value != "not-stated").map(|value| labels.of(facet, value)));
    }
    let names: Vec<&String> = match &document.record {
        Record::GlossaryTerm(term) => {
            term.abbreviations.iter().map(|a| &a.0).chain(term.synonyms.iter().map(|s| &s.0)).collect()
        }
        Record::Topic(topic) => topic.synonyms.iter().map(|synonym| &synonym.0).collect(),
        Record::Council(council) => council.also_known_as.iter().map(|name| &name.0).collect(),
        Record::Organisation(body) => body.also_known_as.iter().map(|name| &name.0).collect(),
        _ => Vec::new(),
    };
    out.extend(names.into_iter().cloned());
    if let Record::CaseStudy(study) = &document.record {
        // No facet, but words that somebody reads on the page.
        out.extend(study.enablers.iter().map(|enabler| labels.of("enabler", &enabler.value)));
    }
    out
}

/// A date such as 2019-07-05, 2019-07 or 2019 as a number that grows with it.
fn day_number(date: &str) -> u32 {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let (year, month, day) = (next(), next(), next());
    year.saturating_sub(1800) * 512 + month * 32 + day
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn dates_are_in_order() {
        let dates = ["1807", "2018", "2018-07", "2018-07-31", "2018-08", "2018-12-31", "2019"];
        assert!(dates.map(day_number).is_sorted_by(|a, b| a < b));
    }
}
