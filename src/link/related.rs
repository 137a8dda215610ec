//! Practices that have much in common with a document, from what both have in typed fields and from
//! links between them.
//!
//! A document is compared with at most [`CANDIDATES`] practices: those that it is linked with, then,
//! value by value, its neighbours in the list of practices that have the value. Nothing is counted
//! over the whole library, so that a change to one document moves few others.

use std::collections::{BTreeMap, HashSet};

use super::Document;
use crate::model::{Kind, Record};

/// Most practices that a document is compared with.
pub const CANDIDATES: usize = 64;

/// Most practices that are shown.
const SHOWN: usize = 3;

/// Least that two documents have to have in common.
const ENOUGH: u32 = 5;

/// Facets that say what a practice is about, and what it counts to share a value of one. In this
/// order candidates are gathered.
const WEIGHTS: &[(&str, u32)] = &[
    ("topic", 4),
    ("sector", 4),
    ("exploitation", 2),
    ("commitment", 2),
    ("support", 2),
    ("audience", 1),
    ("population", 1),
    ("scope", 1),
];

/// What a link between two documents counts.
const LINK: u32 = 8;

/// Kinds of document beside which practices are shown. Councils, topics and commitments list
/// their own.
const BESIDE: &[Kind] =
    &[Kind::CaseStudy, Kind::Recommendation, Kind::Statistic, Kind::Guidance, Kind::Programme, Kind::Event];

/// Practices by facet and value, each list in the order of the documents.
type Postings<'a> = BTreeMap<(&'a str, &'a str), Vec<usize>>;

/// The practices related to each document, the nearest first.
pub fn all(documents: &[Document]) -> Vec<Vec<usize>> {
    let mut postings = Postings::new();
    for (at, document) in documents.iter().enumerate().filter(|(_, document)| is_practice(document)) {
        for (facet, value) in values(document) {
            postings.entry((facet, value)).or_default().push(at);
        }
    }
    let neighbours = linked(documents);
    documents
        .iter()
        .enumerate()
        .map(|(at, document)| {
            if !BESIDE.contains(&document.kind) || !document.is_listed() {
                return Vec::new();
            }
            let linked = neighbours.get(at).map(Vec::as_slice).unwrap_or_default();
            nearest(documents, at, document, &postings, linked)
        })
        .collect()
}

fn is_practice(document: &Document) -> bool {
    document.kind == Kind::CaseStudy && document.is_listed()
}

fn values(document: &Document) -> impl Iterator<Item = (&'static str, &str)> {
    WEIGHTS.iter().flat_map(|(facet, _)| {
        document.facets.get(*facet).into_iter().flatten().map(|value| (*facet, value.as_str()))
    })
}

/// The practices that each document is linked with, in either direction.
fn linked(documents: &[Document]) -> Vec<Vec<usize>> {
    let mut linked: Vec<Vec<usize>> = vec![Vec::new(); documents.len()];
    for (to, document) in documents.iter().enumerate() {
        for from in &document.referrers {
            for (here, there) in [(to, *from), (*from, to)] {
                if documents.get(there).is_some_and(is_practice)
                    && let Some(list) = linked.get_mut(here)
                {
                    list.push(there);
                }
            }
        }
    }
    for list in &mut linked {
        list.sort_unstable();
        list.dedup();
    }
    linked
}

fn nearest(
    documents: &[Document],
    at: usize,
    document: &Document,
    postings: &Postings<'_>,
    linked: &[usize],
) -> Vec<usize> {
    let mut scored: Vec<(u32, usize)> = candidates(at, document, postings, linked)
        .into_iter()
        .filter_map(|other| {
            let score = score(document, documents.get(other)?);
            let score = score + if linked.contains(&other) { LINK } else { 0 };
            (score >= ENOUGH).then_some((score, other))
        })
        .collect();
    // The most in common first, then in the order of the documents.
    scored.sort_by_key(|(score, other)| (std::cmp::Reverse(*score), *other));
    scored.into_iter().map(|(_, other)| other).take(SHOWN).collect()
}

/// At most [`CANDIDATES`] practices other than `at`: those it is linked with, then for each of its
/// values in turn the practices beside it that have the value, near ones first.
fn candidates(at: usize, document: &Document, postings: &Postings<'_>, linked: &[usize]) -> Vec<usize> {
    let mut seen = HashSet::from([at]);
    let mut found: Vec<usize> =
        linked.iter().copied().filter(|other| seen.insert(*other)).take(CANDIDATES).collect();
    for key in values(document) {
        let Some(list) = postings.get(&key) else { continue };
        let middle = list.partition_point(|other| *other < at);
        let (before, after) = list.split_at_checked(middle).unwrap_or_default();
        let (mut before, mut after) = (before.iter().rev(), after.iter());
        loop {
            let near = [before.next(), after.next()];
            if near == [None, None] {
                break;
            }
            for other in near.into_iter().flatten() {
                if found.len() >= CANDIDATES {
                    return found;
                }
                if seen.insert(*other) {
                    found.push(*other);
                }
            }
        }
    }
    found
}

/// What two documents have in common; the same from either side.
fn score(one: &Document, other: &Document) -> u32 {
    let shared: u32 = WEIGHTS
        .iter()
        .map(|(facet, weight)| {
            let (Some(a), Some(b)) = (one.facets.get(*facet), other.facets.get(*facet)) else { return 0 };
            let both = a.iter().filter(|value| b.contains(value)).count();
            weight * u32::try_from(both).unwrap_or(0)
        })
        .sum();
    shared + if main_topic(one).is_some() && main_topic(one) == main_topic(other) { 3 } else { 0 }
}

fn main_topic(document: &Document) -> Option<&str> {
    match &document.record {
        Record::CaseStudy(study) => study.topics.first().map(|topic| topic.id.as_str()),
        _ => document.facets.get("topic").and_then(|topics| topics.first()).map(String::as_str),
    }
}
