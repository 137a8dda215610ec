//! Facets with their values and labels.

use std::collections::{BTreeMap, BTreeSet};

use casebook_reader::format::File;
use casebook_reader::format::entry::Column;
use casebook_reader::format::facets::{Value, encode};

use super::documents::Searchable;
use crate::config::Settings;
use crate::link::Library;
use crate::model::shape::{FieldSpec, Shape};
use crate::model::{Kind, Record};

/// The order in which facets are shown; those of the site come after them.
const ORDER: &[&str] = &[
    "type",
    "topic",
    "commitment",
    "council",
    "region",
    "exploitation",
    "audience",
    "scope",
    "population",
    "evidence",
    "outcome",
    "cost",
    "year",
];

/// What values of facets are called.
pub struct Labels<'a> {
    /// The library.
    pub library: &'a Library,
    /// The settings.
    pub settings: &'a Settings,
}

impl Labels<'_> {
    /// The label of `value` in `facet`.
    #[must_use]
    pub fn of(&self, facet: &str, value: &str) -> String {
        let label = match facet {
            "type" => Kind::from_name(value).map(|kind| kind.label().to_owned()),
            "commitment" => self.commitment(value),
            "council" => self.title(Kind::Council, value),
            _ => match shape(facet) {
                Some(Shape::Choice(choices)) => {
                    choices.iter().find(|choice| choice.value == value).map(|choice| choice.label.to_owned())
                }
                Some(Shape::Reference(kind)) => self.title(kind, value),
                _ => self
                    .vocabulary(facet)
                    .and_then(|vocabulary| vocabulary.find(value).map(|term| term.label.clone())),
            },
        };
        label.unwrap_or_else(|| value.to_owned())
    }

    fn title(&self, kind: Kind, id: &str) -> Option<String> {
        self.library.find(kind, id).map(|document| document.common.title.0.clone())
    }

    fn commitment(&self, value: &str) -> Option<String> {
        let document = self.library.commitment(value.parse().ok()?)?;
        let Record::Commitment(commitment) = &document.record else { return None };
        Some(format!("{value}. {}", commitment.short_title.0))
    }

    fn vocabulary(&self, facet: &str) -> Option<&crate::model::vocabulary::Vocabulary> {
        let own = self.settings.facets.iter().find(|own| own.field.name == facet);
        let name = match (own, shape(facet)) {
            (Some(own), _) => own.field.vocabulary.as_str(),
            (None, Some(Shape::Term(name))) => name,
            (None, _) => facet,
        };
        self.settings.vocabularies.get(name)
    }

    /// What `facet` itself is called.
    fn title_of(&self, facet: &str) -> String {
        if let Some(own) = self.settings.facets.iter().find(|own| own.field.name == facet) {
            return own.label.clone();
        }
        match (facet, self.vocabulary(facet)) {
            ("type", _) => "Kind of page".to_owned(),
            ("population", _) => "Whom it protects".to_owned(),
            (_, Some(vocabulary)) => vocabulary.label.clone(),
            _ => {
                let mut letters = facet.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters).map(|c| if c == '-' { ' ' } else { c }).collect()
            }
        }
    }

    /// Sorts the values of `facet` as they are shown: as their list has them, numbers ascending,
    /// years descending, names by the alphabet.
    fn sort(&self, facet: &str, values: &mut [Value]) {
        let place = |value: &str| -> usize {
            let place = match (facet, shape(facet)) {
                ("type", _) => Kind::ALL.iter().position(|kind| kind.name() == value),
                (_, Some(Shape::Choice(choices))) => choices.iter().position(|choice| choice.value == value),
                _ => match self.vocabulary(facet) {
                    Some(vocabulary) => vocabulary.terms.iter().position(|term| term.value == value),
                    None => value.parse().ok(),
                },
            };
            place.unwrap_or(usize::MAX)
        };
        values
            .sort_by_cached_key(|value| (place(&value.name), value.label.to_lowercase(), value.name.clone()));
        if facet == "year" {
            values.reverse();
        }
    }
}

/// What the values of a facet that fields make are, without the list around them.
fn shape(facet: &str) -> Option<Shape> {
    let is_facet = |field: &&FieldSpec| field.facet == Some(facet);
    let field = Kind::ALL.iter().flat_map(|kind| kind.spec().fields).find(is_facet)?;
    Some(match (field.shape)() {
        Shape::List { of, .. } => *of,
        shape => shape,
    })
}

/// The file of each facet that documents have values in, and where it stands.
#[must_use]
pub fn facets(documents: &[Searchable], library: &Library, settings: &Settings) -> (Vec<File>, Vec<Column>) {
    let labels = Labels { library, settings };
    let mut names: Vec<&String> = documents.iter().flat_map(|document| document.facets.keys()).collect();
    names.sort_by_key(|name| (ORDER.iter().position(|known| known == name).unwrap_or(ORDER.len()), *name));
    names.dedup();
    let one = |name: &String| {
        let own = |document| Searchable::values(document, name);
        let used: BTreeSet<&String> = documents.iter().flat_map(own).collect();
        let mut values: Vec<Value> = used
            .into_iter()
            .map(|value| Value { label: labels.of(name, value), name: value.clone() })
            .collect();
        labels.sort(name, &mut values);
        let numbers: BTreeMap<&String, u32> = values.iter().map(|value| &value.name).zip(0..).collect();
        let numbers: Vec<Vec<u32>> = documents
            .iter()
            .map(|document| own(document).iter().filter_map(|value| numbers.get(value).copied()).collect())
            .collect();
        let (file, hash) = encode(&values, &numbers);
        (file, Column { name: name.clone(), label: labels.title_of(name), file: hash })
    };
    names.into_iter().map(one).unzip()
}
