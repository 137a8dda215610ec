//! The reader's query in tantivy's own query types, run by tantivy's own searcher.

use casebook::index::engine::{Engine, facet_term};
use casebook_reader::query::Query;
use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as Any, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// Every document that matches with its score, the best first.
pub fn search(engine: &Engine, searcher: &Searcher, query: &Query) -> Vec<(u32, f32)> {
    let query = told(engine, query);
    let limit = usize::try_from(searcher.num_docs()).unwrap().max(1);
    let top = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score()).unwrap();
    top.into_iter().map(|(score, address)| (address.doc_id, score)).collect()
}

fn told(engine: &Engine, query: &Query) -> Box<dyn Any> {
    let each = |queries: &[Query]| queries.iter().map(|query| told(engine, query)).collect::<Vec<_>>();
    let should = |queries: Vec<Box<dyn Any>>| -> Vec<(Occur, Box<dyn Any>)> {
        queries.into_iter().map(|query| (Occur::Should, query)).collect()
    };
    match query {
        Query::Everything => Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
        Query::Nothing => Box::new(EmptyQuery),
        Query::Term(term) => in_fields(engine, |field| {
            let term = Term::from_field_text(field, term);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        }),
        Query::Phrase(terms) => in_fields(engine, |field| {
            let place =
                |(distance, term): &(u32, String)| (*distance as usize, Term::from_field_text(field, term));
            Box::new(PhraseQuery::new_with_offset(terms.iter().map(place).collect()))
        }),
        Query::Best(queries) => Box::new(DisjunctionMaxQuery::new(each(queries))),
        Query::Sum(queries) => Box::new(BooleanQuery::new(should(each(queries)))),
        Query::AtLeast(least, queries) => {
            Box::new(BooleanQuery::with_minimum_required_clauses(should(each(queries)), *least))
        }
        Query::All(must, not) => {
            let must = each(must).into_iter().map(|query| (Occur::Must, query));
            // Told twice over: a phrase that stands alone under `MustNot` fails an assertion of
            // tantivy's, which asks it for documents that it has passed. A union asks it rightly.
            let not = each(not).into_iter().map(|query| -> (Occur, Box<dyn Any>) {
                (Occur::MustNot, Box::new(BooleanQuery::union(vec![query.box_clone(), query])))
            });
            Box::new(BooleanQuery::new(must.chain(not).collect()))
        }
        Query::Boost(factor, query) => Box::new(BoostQuery::new(told(engine, query), *factor)),
        Query::Filter(facet, values) => {
            let term = |value: &String| Term::from_field_text(engine.facets, &facet_term(facet, value));
            let any = values.iter().map(|value| -> Box<dyn Any> {
                Box::new(TermQuery::new(term(value), IndexRecordOption::Basic))
            });
            let any = BooleanQuery::new(should(any.collect()));
            Box::new(ConstScoreQuery::new(Box::new(any), 0.0))
        }
    }
}

fn in_fields(engine: &Engine, query: impl Fn(Field) -> Box<dyn Any>) -> Box<dyn Any> {
    let weighed = engine.fields.iter().map(|(field, weight)| -> (Occur, Box<dyn Any>) {
        (Occur::Should, Box::new(BoostQuery::new(query(*field), *weight)))
    });
    Box::new(BooleanQuery::new(weighed.collect()))
}
