//! The reader finds what tantivy finds, with the same scores, in the same order.

use std::collections::BTreeSet;

use casebook::index::documents::SORTINGS;
use casebook_reader::query::Query;
use casebook_reader::search::{Request, Results};
use rayon::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::query::AllQuery;
use tantivy::{Order, Searcher};

use super::library::{Searched, generated, large, shipped};
use super::oracle;
use super::requests::{Random, request};

/// What scores may differ by, of the score.
const TOLERANCE: f32 = 1e-5;

fn compare(searched: &Searched, seed: u64, count: usize) {
    let searcher = searched.engine.index.reader().unwrap().searcher();
    let mut random = Random::new(seed);
    let requests: Vec<Request> = (0..count).map(|number| request(searched, &mut random, number)).collect();
    let forms: BTreeSet<&str> =
        requests.par_iter().flat_map_iter(|request| compare_one(searched, &searcher, request)).collect();
    // The requests are worth asking: most find something, and every kind of query comes up.
    for wanted in [
        "found",
        "nothing",
        "phrase",
        "at least",
        "best",
        "filter",
        "excluded",
        "corrected",
        "completed",
        "also",
    ] {
        assert!(forms.contains(wanted), "{wanted} is not among {forms:?}");
    }
}

/// Asks both, and gives the form of the query and what became of its words.
fn compare_one(searched: &Searched, searcher: &Searcher, request: &Request) -> Vec<&'static str> {
    let results = searched.ask(request);
    let about = || format!("{request:?}\n{:?}", results.query);
    let mut expected = oracle::search(&searched.engine, searcher, &results.query);
    expected.sort_unstable_by_key(|(document, _)| *document);
    let mut found: Vec<(u32, f32)> = results.ranking.clone();
    found.sort_unstable_by_key(|(document, _)| *document);
    let documents = |hits: &[(u32, f32)]| hits.iter().map(|hit| hit.0).collect::<Vec<_>>();
    assert!(documents(&found) == documents(&expected), "other documents: {}", about());
    for ((document, score), (_, right)) in found.iter().zip(&expected) {
        let near = (score - right).abs() <= TOLERANCE * right.abs();
        assert!(near, "document {document} has {score}, not {right}: {}", about());
    }
    let right = |document: u32| expected[expected.binary_search_by_key(&document, |hit| hit.0).unwrap()].1;
    // Those with the most parts come first, whatever the scores of those with fewer.
    let (first, others) = results.ranking.split_at(results.notes.first);
    let most = with_the_most_parts(searched, searcher, request, &results);
    assert_eq!(first.iter().map(|hit| hit.0).collect::<BTreeSet<_>>(), most, "{}", about());
    for pair in first.windows(2).chain(others.windows(2)) {
        let [(a, mine_a), (b, mine_b)] = pair else { unreachable!() };
        let (right_a, right_b) = (right(*a), right(*b));
        let apart = right_b - right_a > TOLERANCE * right_b.abs();
        assert!(!apart, "document {b} stands after {a}: {}", about());
        assert!(mine_a != mine_b || a < b, "equal documents stand by number: {}", about());
    }
    // A page of them is what stands there in the order of all.
    let (from, size) = (request.text.len() % 13, request.text.len() % 5);
    let page = searched.ask(&Request { from, size, ranking: false, ..request.clone() });
    let shown: Vec<(u32, f32)> = page.hits.iter().map(|hit| (hit.document, hit.score)).collect();
    let there: Vec<(u32, f32)> = results.ranking.iter().skip(from).take(size).copied().collect();
    assert!(shown == there && page.total == results.total, "another page: {}", about());
    let notes = &results.notes;
    let came = [
        ("corrected", !notes.corrected.is_empty()),
        ("also", !notes.also.is_empty()),
        ("completed", request.typing && format!("{:?}", results.query).contains("Boost(0.8, Term")),
    ];
    let came = came.into_iter().filter(|(_, is)| *is && results.total > 0).map(|(name, _)| name);
    came.chain([form(&results.query, results.total)]).collect()
}

/// The results that tantivy finds with the most parts of the query, where others follow them.
fn with_the_most_parts(
    searched: &Searched,
    searcher: &Searcher,
    request: &Request,
    results: &Results,
) -> BTreeSet<u32> {
    let Some((least, all)) = results.notes.fewer else { return BTreeSet::new() };
    let found = |query: &Query| -> BTreeSet<u32> {
        oracle::search(&searched.engine, searcher, query).into_iter().map(|hit| hit.0).collect()
    };
    // What is chosen narrows them later.
    let text = searched.ask(&Request { chosen: Vec::new(), size: 0, ..request.clone() }).query;
    let levels = (least + 1..=all).rev().map(|parts| found(&with_parts(&text, parts)));
    let most = levels.into_iter().find(|documents| !documents.is_empty()).unwrap_or_default();
    &most & &found(&results.query)
}

/// `query` with so many of its parts.
fn with_parts(query: &Query, least: usize) -> Query {
    match query {
        Query::AtLeast(_, parts) => Query::AtLeast(least, parts.clone()),
        Query::All(must, excluded) => {
            Query::All(must.iter().map(|query| with_parts(query, least)).collect(), excluded.clone())
        }
        other => other.clone(),
    }
}

/// The most telling part of a query.
fn form(query: &Query, total: usize) -> &'static str {
    let text = format!("{query:?}");
    if total == 0 {
        return "nothing";
    }
    let excluded = matches!(query, Query::All(_, excluded) if !excluded.is_empty());
    let parts = [("AtLeast", "at least"), ("Phrase", "phrase"), ("Filter", "filter"), ("Best", "best")];
    if excluded {
        return "excluded";
    }
    parts.iter().find(|(part, _)| text.contains(part)).map_or("found", |(_, name)| name)
}

#[test]
fn the_shipped_library_ranks_as_tantivy_does() {
    compare(shipped(), 1, 5_000);
}

#[test]
fn a_generated_library_ranks_as_tantivy_does() {
    compare(generated(), 2, 2_500);
}

#[test]
fn ten_thousand_documents_rank_as_tantivy_ranks_them() {
    compare(large(), 3, 5_000);
}

#[test]
fn sortings_are_tantivys() {
    for searched in [shipped(), generated()] {
        let searcher = searched.engine.index.reader().unwrap().searcher();
        for sorting in SORTINGS {
            let all = searched.documents.len();
            let best = TopDocs::with_limit(all).order_by_fast_field::<u64>(sorting.name, Order::Desc);
            let right = searcher.search(&AllQuery, &best).unwrap();
            let sort = Some(sorting.name.to_owned());
            let results = searched.ask(&Request { sort, size: 0, ranking: true, ..Request::default() });
            let found: Vec<u32> = results.ranking.iter().map(|hit| hit.0).collect();
            assert_eq!(found, right.iter().map(|(_, at)| at.doc_id).collect::<Vec<_>>(), "{}", sorting.name);
            // The shipped library has no adoptions, and was reviewed on few days.
            let numbers: BTreeSet<u32> = searched.documents.iter().map(sorting.number).collect();
            assert!(numbers.len() > 3 || std::ptr::eq(searched, shipped()), "they tell documents apart");
        }
    }
}

#[test]
fn lengths_are_tantivys() {
    for id in 0..=255 {
        let right = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id);
        assert_eq!(casebook_reader::rank::length(id), right);
    }
}

#[test]
fn one_stemmer_serves_both() {
    let lock = include_str!("../../../Cargo.lock");
    assert_eq!(lock.matches("name = \"frostem\"").count(), 1);
}
