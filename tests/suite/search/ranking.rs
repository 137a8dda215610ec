//! The reader finds what tantivy finds, with the same scores, in the same order.

use std::collections::BTreeMap;

use casebook_reader::query::Query;

use super::library::{Searched, generate, generated, shipped};
use super::oracle;
use super::requests::{Random, request};

/// What scores may differ by, of the score.
const TOLERANCE: f32 = 1e-5;

fn compare(searched: &Searched, seed: u64, count: usize) {
    let searcher = searched.engine.index.reader().unwrap().searcher();
    let mut random = Random::new(seed);
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for number in 0..count {
        let request = request(searched, &mut random, number);
        let results = searched.ask(&request);
        let expected = oracle::search(&searched.engine, &searcher, &results.query);
        let about = || format!("{request:?}\n{:?}", results.query);
        let scores: BTreeMap<u32, f32> = expected.iter().copied().collect();
        let found: BTreeMap<u32, f32> = results.ranking.iter().copied().collect();
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            scores.keys().collect::<Vec<_>>(),
            "other documents: {}",
            about()
        );
        assert_eq!(found.len(), results.ranking.len());
        for (document, score) in &found {
            let right = scores[document];
            let near = (score - right).abs() <= TOLERANCE * right.abs();
            assert!(near, "document {document} has {score}, not {right}: {}", about());
        }
        for pair in results.ranking.windows(2) {
            let [(a, mine_a), (b, mine_b)] = pair else { unreachable!() };
            let (right_a, right_b) = (scores[a], scores[b]);
            let apart = right_b - right_a > 2.0 * TOLERANCE * right_b.abs();
            assert!(!apart, "document {b} stands after {a}: {}", about());
            assert!(mine_a != mine_b || a < b, "equal documents stand by number: {}", about());
        }
        *forms.entry(form(&results.query, results.total)).or_default() += 1;
    }
    // The requests are worth asking: most find something, and every kind of query comes up.
    for wanted in ["found", "nothing", "phrase", "at least", "best", "filter", "excluded"] {
        assert!(forms.contains_key(wanted), "{wanted} is not among {forms:?}");
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
    compare(shipped(), 1, 3_000);
}

#[test]
fn a_generated_library_ranks_as_tantivy_does() {
    compare(generated(), 2, 2_500);
}

#[test]
#[ignore = "takes minutes: cargo test --test suite ten_thousand -- --ignored"]
fn ten_thousand_documents_rank_as_tantivy_ranks_them() {
    compare(&Searched::new(&generate(10_000, 23)), 3, 5_000);
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
