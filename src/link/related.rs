//! Practices that have much in common with a document, from what both have in typed fields and from
//! links between them.
//!
//! A document is compared with at most [`CANDIDATES`] practices: those that it is linked with, then,
//! value by value, its neighbours in the list of practices that have the value. Nothing is counted
//! over the whole library, so that a change to one document moves few others.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

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

/// A value that documents can share: its place in the list of all values in use, and what it counts.
type Shared = (usize, u32);

/// The values of a document, in the order in which candidates are gathered.
type Values = Vec<Shared>;

/// The practices that have each value in use, each list in the order of the documents.
type Postings = Vec<Vec<usize>>;

/// The practices related to each document, the nearest first.
pub fn all(documents: &[Document]) -> Vec<Vec<usize>> {
    let values = values(documents);
    let mut postings = Postings::new();
    for (at, values) in values.iter().enumerate() {
        let is_practice = documents.get(at).is_some_and(is_practice);
        for (value, _) in values {
            if *value >= postings.len() {
                postings.resize(*value + 1, Vec::new());
            }
            if let (true, Some(list)) = (is_practice, postings.get_mut(*value)) {
                list.push(at);
            }
        }
    }
    let neighbours = linked(documents);
    let of = |(at, document): (usize, &Document)| {
        if !BESIDE.contains(&document.kind) || !document.is_listed() {
            return Vec::new();
        }
        let linked = neighbours.get(at).map(Vec::as_slice).unwrap_or_default();
        nearest(documents, at, &values, &postings, linked)
    };
    documents.par_iter().enumerate().map(of).collect()
}

fn is_practice(document: &Document) -> bool {
    document.kind == Kind::CaseStudy && document.is_listed()
}

/// The values of each document.
fn values(documents: &[Document]) -> Vec<Values> {
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    let mut all = Vec::with_capacity(documents.len());
    for document in documents {
        let mut own = Values::new();
        for (facet, weight) in WEIGHTS {
            for value in document.facets.get(*facet).into_iter().flatten() {
                let next = places.len();
                own.push((*places.entry((*facet, value.as_str())).or_insert(next), *weight));
            }
        }
        all.push(own);
    }
    all
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
    values: &[Values],
    postings: &[Vec<usize>],
    linked: &[usize],
) -> Vec<usize> {
    let (Some(document), Some(own)) = (documents.get(at), values.get(at)) else { return Vec::new() };
    let mut scored: Vec<(u32, usize)> = candidates(at, own, postings, linked)
        .into_iter()
        .filter_map(|other| {
            let score = score(own, values.get(other)?) + same_topic(document, documents.get(other)?);
            let score = score + if linked.contains(&other) { LINK } else { 0 };
            (score >= ENOUGH).then_some((score, other))
        })
        .collect();
    scored.sort_by_key(|(score, other)| (std::cmp::Reverse(*score), *other));
    scored.into_iter().map(|(_, other)| other).take(SHOWN).collect()
}

/// At most [`CANDIDATES`] practices other than `at`: those it is linked with, then for each of its
/// values in turn the practices beside it that have the value, near ones first.
fn candidates(at: usize, values: &[Shared], postings: &[Vec<usize>], linked: &[usize]) -> Vec<usize> {
    let mut seen = HashSet::from([at]);
    let mut found: Vec<usize> =
        linked.iter().copied().filter(|other| seen.insert(*other)).take(CANDIDATES).collect();
    for (value, _) in values {
        let Some(list) = postings.get(*value) else { continue };
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
fn score(one: &[Shared], other: &[Shared]) -> u32 {
    one.iter().filter(|value| other.contains(value)).map(|(_, weight)| weight).sum()
}

/// What it counts that the first topic of both is the same.
fn same_topic(one: &Document, other: &Document) -> u32 {
    if main_topic(one).is_some() && main_topic(one) == main_topic(other) { 3 } else { 0 }
}

fn main_topic(document: &Document) -> Option<&str> {
    match &document.record {
        Record::CaseStudy(study) => study.topics.first().map(|topic| topic.id.as_str()),
        _ => document.facets.get("topic").and_then(|topics| topics.first()).map(String::as_str),
    }
}
