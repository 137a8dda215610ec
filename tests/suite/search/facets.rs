//! Counts of facets, against every document.

use casebook::link::Facets;
use casebook_reader::search::Request;

use super::library::{Searched, generated, shipped};
use super::oracle;
use super::requests::{Random, chosen, one_word};

fn has(facets: &Facets, facet: &str, value: &str) -> bool {
    facets.get(facet).is_some_and(|values| values.iter().any(|other| other == value))
}

fn compare(searched: &Searched, seed: u64, count: usize) {
    let searcher = searched.engine.index.reader().unwrap().searcher();
    let names: Vec<String> = searched.reader.entry().facets.iter().map(|f| f.name.clone()).collect();
    let mut random = Random::new(seed);
    let mut narrowed = 0;
    for number in 0..count {
        let text = if number % 2 == 0 { String::new() } else { one_word(searched, &mut random) };
        let chosen = chosen(searched, &mut random);
        let plain = Request { text: text.clone(), size: 0, ..Request::default() };
        let matching = oracle::search(&searched.engine, &searcher, &searched.ask(&plain).query);
        let request = Request { chosen: chosen.clone(), counts: names.clone(), ..plain };
        let results = searched.ask(&request);
        let documents: Vec<&Facets> =
            matching.iter().map(|(at, _)| &searched.documents[*at as usize].facets).collect();
        let fits = |facets: &Facets, except: &str| {
            let mut others = chosen.iter().filter(|(facet, _)| facet != except);
            others.all(|(facet, values)| values.iter().any(|value| has(facets, facet, value)))
        };
        let total = documents.iter().filter(|facets| fits(facets, "")).count();
        assert_eq!(results.total, total, "{request:?}");
        assert_eq!(results.facets.len(), names.len());
        narrowed += usize::from(total > 0 && total < documents.len());
        for counts in &results.facets {
            for value in &counts.values {
                let right = documents
                    .iter()
                    .filter(|facets| fits(facets, &counts.name) && has(facets, &counts.name, &value.name));
                assert_eq!(
                    value.count as usize,
                    right.count(),
                    "{} {} of {request:?}",
                    counts.name,
                    value.name
                );
                let is_chosen = chosen.iter().any(|(f, v)| *f == counts.name && v.contains(&value.name));
                assert_eq!(value.chosen, is_chosen);
            }
        }
    }
    assert!(narrowed > count / 10, "{narrowed} selections narrow the results");
}

#[test]
fn counts_of_the_shipped_library_are_those_of_its_documents() {
    compare(shipped(), 3, 600);
}

#[test]
fn counts_of_a_generated_library_are_those_of_its_documents() {
    compare(generated(), 4, 400);
}
