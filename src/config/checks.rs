//! What has to hold in `site.toml` between one setting and another: vocabularies, weights, synonyms
//! and facets. What each field holds by itself is said in [`raw`](super::raw).

use std::collections::BTreeSet;

use casebook_reader::analyse::stems;

use super::raw::{FacetSection, SiteTomlDraft};
use super::{Facet, SearchWeights, place, search_weights};
use crate::diagnostics::{Code, nearest};
use crate::model::common::Common;
use crate::model::decode::Decoder;
use crate::model::schema::ExtraField;
use crate::model::{Kind, VOCABULARIES};
use crate::parse::node::Node;

/// Facets that casebook has, and names that open data gives to something else.
const FACETS: &[&str] = &[
    "council",
    "region",
    "topic",
    "exploitation",
    "audience",
    "commitment",
    "evidence",
    "outcome",
    "cost",
    "scope",
    "population",
    "area-type",
    "sector",
    "support",
    "barrier",
    "year",
    "type",
    "id",
    "url",
    "lang",
    "facets",
    "text",
];

/// Every vocabulary that fields need is there, no value stands twice, and what replaces a retired
/// value is itself in use.
pub fn vocabularies(tree: &Node, raw: &SiteTomlDraft, decoder: &mut Decoder<'_>) {
    let Some(vocabularies) = &raw.vocabularies else { return };
    let section = tree.get("vocabularies");
    for (needed, doc) in VOCABULARIES {
        // One that is there with a mistake has a finding of its own.
        let is_there = section.is_some_and(|section| section.value.get(needed).is_some());
        if is_there || vocabularies.0.iter().any(|(name, _)| name == needed) {
            continue;
        }
        let own = vocabularies.0.iter().map(|(name, _)| name.as_str());
        let unneeded = own.filter(|name| !VOCABULARIES.iter().any(|(needed, _)| needed == name));
        let near = nearest(needed, unneeded).and_then(|near| section?.value.get(near));
        let (span, message) = match near {
            Some(near) => (
                near.key_span,
                format!("the vocabulary `{needed}` is missing; is it this one, `{}`?", near.key),
            ),
            None => {
                let span = section.map_or(tree.span, |entry| entry.key_span);
                (span, format!("the vocabulary `{needed}` is missing"))
            }
        };
        decoder.report(Code::MissingField, span, message).help =
            Some(format!("add [vocabularies.{needed}]: {}", doc.trim()));
    }
    for (name, vocabulary) in &vocabularies.0 {
        for (at, term) in vocabulary.terms.iter().enumerate() {
            let at_text = at.to_string();
            let span = |field: &str| place(tree, &["vocabularies", name, "terms", &at_text, field]);
            if vocabulary.terms.iter().take(at).any(|other| other.value == term.value) {
                let message = format!("the value `{}` stands twice in `{name}`", term.value.0);
                decoder.report(Code::DuplicateField, span("value"), message);
            }
            let Some(successor) = &term.replaced_by else { continue };
            let in_use = vocabulary.terms.iter().filter(|t| t.replaced_by.is_none());
            if !in_use.clone().any(|t| t.value == *successor) {
                let near = nearest(&successor.0, in_use.map(|t| t.value.0.as_str()));
                let message = format!("`{}` is not a value in use of `{name}`", successor.0);
                let help = near.map(|near| format!("did you mean `{near}`?"));
                decoder.report(Code::UnknownTerm, span("replaced_by"), message).help = help;
            }
        }
    }
}

/// Some part of a document counts: results would have no order.
pub fn weights(tree: &Node, raw: &SiteTomlDraft, decoder: &mut Decoder<'_>) {
    let SearchWeights { title, summary, headings, body, councils, labels } =
        search_weights(raw.search.as_ref());
    if [title, summary, headings, body, councils, labels].iter().any(|weight| *weight > 0) {
        return;
    }
    let span = tree.get("search").map_or(tree.span, |entry| entry.key_span);
    let message = "every weight under [search] is 0, so that no page is found before another";
    decoder.report(Code::InvalidValue, span, message).help = Some(
        "give what matters a number from 1 to 100, or leave [search] out: then the title counts most"
            .to_owned(),
    );
}

/// Words that mean the same are not one word to the search already.
pub fn synonyms(tree: &Node, decoder: &mut Decoder<'_>) {
    for group in tree.get("synonyms").map_or(&[][..], |entry| entry.value.items()) {
        let Some(words) = group.get("words") else { continue };
        let written: Vec<&str> = words.value.items().iter().filter_map(Node::text).collect();
        let asked: BTreeSet<Vec<String>> = written.iter().map(|word| stems(word)).collect();
        if written.len() > 1 && asked.iter().filter(|stems| !stems.is_empty()).count() < 2 {
            let message = "to the search these are one word already, or too common to be searched for";
            decoder.report(Code::InvalidValue, words.value.span, message).help =
                Some("leave the group out, or add a word that means the same".to_owned());
        }
    }
}

/// The facets that the site adds, each with a name of its own, a vocabulary and kinds that are there.
pub fn facets(tree: &Node, raw: &SiteTomlDraft, decoder: &mut Decoder<'_>) -> Vec<Facet> {
    let sections = raw.facets.as_deref().unwrap_or_default();
    sections.iter().enumerate().map(|(at, section)| facet(tree, raw, decoder, at, section)).collect()
}

fn facet(
    tree: &Node,
    raw: &SiteTomlDraft,
    decoder: &mut Decoder<'_>,
    number: usize,
    section: &FacetSection,
) -> Facet {
    let at = number.to_string();
    let span = |path: &[&str]| place(tree, &[&["facets", at.as_str()], path].concat());
    let names = || raw.vocabularies.iter().flat_map(|v| &v.0).map(|(name, _)| name.as_str());
    let earlier = raw.facets.iter().flatten().take(number);
    let is_taken =
        FACETS.contains(&section.name.0.as_str()) || earlier.clone().any(|other| other.name == section.name);
    if is_taken {
        let message = format!("the name `{}` is taken", section.name.0);
        decoder.report(Code::DuplicateField, span(&["name"]), message).help =
            Some(format!("give the facet another name; these are taken: {}", FACETS.join(", ")));
    }
    if !names().any(|name| name == section.vocabulary.0) {
        let help = nearest(&section.vocabulary.0, names()).map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no vocabulary `{}`", section.vocabulary.0);
        decoder.report(Code::UnknownTerm, span(&["vocabulary"]), message).help = help;
    }
    let mut kinds = Vec::new();
    for (number, written) in section.kinds.iter().enumerate() {
        match Kind::ALL.iter().copied().find(|kind| kind.name() == written.0) {
            Some(kind) => {
                let taken =
                    [Common::SPEC, kind.spec()].iter().any(|spec| spec.field(&section.name.0).is_some());
                if taken {
                    let message = format!(
                        "documents of the kind {} have a field `{}` already",
                        kind.name(),
                        section.name.0
                    );
                    decoder.report(Code::DuplicateField, span(&["name"]), message);
                } else {
                    kinds.push(kind);
                }
            }
            None => {
                let all = Kind::ALL.iter().map(|kind| kind.name());
                let near = nearest(&written.0, all.clone());
                let help = near.map_or_else(
                    || format!("the kinds are: {}", all.collect::<Vec<_>>().join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("there is no kind of document `{}`", written.0);
                decoder.report(Code::InvalidValue, span(&["kinds", &number.to_string()]), message).help =
                    Some(help);
            }
        }
    }
    Facet {
        field: ExtraField {
            name: section.name.0.clone(),
            vocabulary: section.vocabulary.0.clone(),
            doc: section.description.0.clone(),
        },
        label: section.label.0.clone(),
        kinds,
    }
}
