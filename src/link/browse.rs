//! Links to the lists by facet: which of them there are is known once the library is.

use std::collections::{BTreeMap, BTreeSet};

use super::address::{BROWSE, facet, facet_value};
use super::{Library, Target};
use crate::config::Settings;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::parse::markdown::LinkKind;

/// Whether the path, which starts with `/`, is in the folder of these lists.
pub fn is_inside(path: &str) -> bool {
    path.strip_prefix(BROWSE).is_some_and(|rest| !rest.is_empty())
}

/// Links to lists that are not there, from documents and from the navigation.
pub fn check(library: &Library, settings: &Settings) -> Vec<Diagnostic> {
    let listed = library.documents.iter().filter(|document| document.is_listed());
    let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, own) in listed.flat_map(|document| &document.facets) {
        values.entry(key).or_default().extend(own.iter().map(String::as_str));
    }
    let lists: BTreeSet<String> = values
        .iter()
        .flat_map(|(key, values)| {
            let values = values.iter().map(|value| facet_value(key, value));
            values.chain(std::iter::once(facet(key)))
        })
        .collect();
    let is_missing = |path: &str| is_inside(path) && !lists.contains(path);
    let finding = |source, span, path: &str| {
        let near = nearest(path, lists.iter().map(String::as_str));
        let message = format!("no list has the address {path}");
        Diagnostic::new(Code::BrokenLink, source, span, message).help(near.map_or_else(
            || "a list by facet has an address such as /browse/topic/, and is there once a document has a value".to_owned(),
            |near| format!("did you mean {near}?"),
        ))
    };
    let mut findings = Vec::new();
    for document in &library.documents {
        let texts = document.components.iter().filter_map(|placed| placed.text.as_ref());
        let links = texts.chain([document.body.as_ref()]).flat_map(|body| &body.links);
        for link in links.filter(|link| link.kind == LinkKind::Document) {
            let Some(Target::Page(path)) = document.targets.get(&link.target) else { continue };
            let path = path.split(['#', '?']).next().unwrap_or_default();
            if is_missing(path) {
                findings.push(finding(&document.source, link.span, path));
            }
        }
    }
    for (at, (_, path)) in settings.navigation.iter().enumerate() {
        if is_missing(path) {
            let span = settings.place(&["navigation", &at.to_string(), "path"]);
            findings.push(finding(&settings.source, span, path));
        }
    }
    findings
}
