//! The facets by which the library can be browsed: their names, their values in order, and the
//! documents that have each.

use std::collections::BTreeMap;

use super::Input;
use super::names::{LibraryNames, pick};
use super::view::{FacetGroup, FacetValue};
use crate::link::{facet, facet_value};
use crate::model::practice::{Population, Scope};
use crate::model::shape::Choice;
use crate::model::{Kind, Names};

/// Where the words for a facet's values come from.
#[derive(Debug, Clone, Copy)]
enum Words<'a> {
    Vocabulary(&'a str),
    Choices(&'static [Choice]),
    Titles(Kind),
    Commitments,
    Years,
    Kinds,
}

/// The facets of casebook, in the order in which they are shown. The site's own follow.
const FACETS: &[(&str, &str, Words<'static>)] = &[
    ("topic", "Topic", Words::Titles(Kind::Topic)),
    ("exploitation", "Exploitation", Words::Vocabulary("exploitation")),
    ("audience", "Who it is for", Words::Vocabulary("audience")),
    ("evidence", "Evidence", Words::Vocabulary("evidence")),
    ("outcome", "Outcome", Words::Vocabulary("outcome")),
    ("cost", "Cost", Words::Vocabulary("cost")),
    ("scope", "Scope", Words::Choices(Scope::CHOICES)),
    ("population", "Whom it protects", Words::Choices(Population::CHOICES)),
    ("commitment", "Charter commitment", Words::Commitments),
    ("council", "Council", Words::Titles(Kind::Council)),
    ("region", "Region", Words::Vocabulary("region")),
    ("sector", "Business or place", Words::Vocabulary("sector")),
    ("area-type", "Kind of place", Words::Vocabulary("area-type")),
    ("support", "Support", Words::Vocabulary("support")),
    ("barrier", "What stood in the way", Words::Vocabulary("barrier")),
    ("year", "Year", Words::Years),
    ("type", "Type of page", Words::Kinds),
];

/// A facet in use.
pub struct Facet {
    /// As addresses have it.
    pub key: String,
    /// As readers see it.
    pub label: String,
    /// Its values in use, in order.
    pub values: Vec<Value>,
}

/// A value in use.
pub struct Value {
    /// As addresses have it.
    pub key: String,
    /// As readers see it.
    pub label: String,
    /// What it means.
    pub note: String,
    /// The documents that have it, by their place in the library.
    pub documents: Vec<usize>,
}

/// Every facet that some listed document has a value in.
#[must_use]
pub fn facets(input: &Input<'_>) -> Vec<Facet> {
    let mut found: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (at, document) in input.library.documents.iter().enumerate().filter(|(_, d)| d.is_listed()) {
        for (facet, values) in &document.facets {
            let places = found.entry(facet).or_default();
            for value in values {
                places.entry(value).or_default().push(at);
            }
        }
    }
    let own = input.settings.facets.iter();
    let own = own.map(|f| (f.field.name.as_str(), f.label.as_str(), Words::Vocabulary(&f.field.vocabulary)));
    FACETS
        .iter()
        .copied()
        .chain(own)
        .filter_map(|(key, label, words)| {
            let values = found.remove(key)?;
            let mut values: Vec<(Order, Value)> = values
                .into_iter()
                .map(|(value, documents)| describe(input, words, value, documents))
                .collect();
            values.sort_by(|a, b| a.0.cmp(&b.0));
            let values = values.into_iter().map(|(_, value)| value).collect();
            Some(Facet { key: key.to_owned(), label: label.to_owned(), values })
        })
        .collect()
}

/// By place in a vocabulary, then by name.
type Order = (i64, String);

fn describe(input: &Input<'_>, words: Words<'_>, value: &str, documents: Vec<usize>) -> (Order, Value) {
    let names = LibraryNames { library: input.library, settings: input.settings };
    let (place, label, note) = match words {
        Words::Vocabulary(name) => {
            let term = names.term(name, value);
            let rank = term.get("rank").and_then(serde_json::Value::as_i64).unwrap_or(i64::MAX);
            (rank, pick(&term, "label"), pick(&term, "description"))
        }
        Words::Choices(choices) => {
            let place = choices.iter().position(|choice| choice.value == value);
            let choice = place.and_then(|at| choices.get(at));
            let rank = place.and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX);
            (rank, choice.map(|c| c.label.to_owned()), choice.map(|c| c.description.trim().to_owned()))
        }
        Words::Titles(kind) => {
            let title = input.library.find(kind, value).map(|document| document.common.title.0.clone());
            (0, title, None)
        }
        Words::Commitments => {
            let number: u8 = value.parse().unwrap_or(0);
            let title = pick(&names.commitment(number), "title");
            (number.into(), title.map(|title| format!("{number}. {title}")), None)
        }
        Words::Years => (-value.parse::<i64>().unwrap_or(0), None, None),
        Words::Kinds => {
            let place = Kind::ALL.iter().position(|kind| kind.name() == value);
            let kind = place.and_then(|at| Kind::ALL.get(at));
            (
                place.and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX),
                kind.map(|kind| kind.plural().to_owned()),
                kind.map(|kind| kind.doc().trim().to_owned()),
            )
        }
    };
    let label = label.unwrap_or_else(|| value.to_owned());
    let order = (place, label.to_lowercase());
    (order, Value { key: value.to_owned(), label, note: note.unwrap_or_default(), documents })
}

impl Facet {
    /// The first `shown` values as links, and `current` beside them.
    #[must_use]
    pub fn group(&self, input: &Input<'_>, shown: usize, current: Option<&str>) -> FacetGroup {
        let base = &input.settings.base;
        let values = self.values.iter().enumerate();
        let values = values.filter(|(at, value)| *at < shown || current == Some(value.key.as_str()));
        FacetGroup {
            label: self.label.clone(),
            url: base.link(&facet(&self.key)),
            total: self.values.len(),
            values: values
                .map(|(_, value)| FacetValue {
                    label: value.label.clone(),
                    note: value.note.clone(),
                    url: base.link(&facet_value(&self.key, &value.key)),
                    count: value.documents.len(),
                    current: current == Some(value.key.as_str()),
                })
                .collect(),
        }
    }
}
