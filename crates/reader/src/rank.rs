//! Which documents match a query, and how well: BM25 in 32-bit floats, as tantivy computes it.

use crate::bytes::{Damaged, Read};
use crate::format::entry::Field;
use crate::format::facets::Facet;
use crate::format::positions::Positions;
use crate::format::terms::{Posting, Postings};
use crate::map::Map;
use crate::query::Query;

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Documents that match, ascending, each with its score.
pub type Hits = Vec<(u32, f32)>;

/// The documents of a term or phrase in a field, and what turns each into what it adds to the score.
type Scored = (Formula, Vec<Posting>);

/// Everything that a query is evaluated over.
#[derive(Debug, Default)]
pub struct Index<'a> {
    /// How many documents there are.
    pub documents: u32,
    /// The fields.
    pub fields: &'a [Field],
    /// The postings of each term of the query that the index has.
    pub postings: Map<String, Postings>,
    /// The positions of each term of a phrase.
    pub positions: Map<String, Vec<Positions>>,
    /// The facets that filter.
    pub facets: Map<String, Facet>,
}

/// What a term or phrase adds to the score of a document through one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The term, or the terms of a phrase with spaces between.
    pub term: String,
    /// The field's name.
    pub field: String,
    /// How often it stands there.
    pub frequency: u32,
    /// The length of the field, as the index remembers it.
    pub length: u32,
    /// How rare it is.
    pub idf: f32,
    /// How much the field counts, and the part of the query: a name that means the same counts less.
    pub weight: f32,
    /// What it adds.
    pub score: f32,
}

/// The length that stands for step `id` on tantivy's scale: exact up to 40, then with three bits
/// after the first.
#[must_use]
pub fn length(id: u8) -> u32 {
    const EXACT: u8 = 24;
    let Some(id) = id.checked_sub(EXACT) else { return u32::from(id) };
    let (bits, shift) = (u32::from(id & 7), u32::from(id >> 3));
    let scaled = if shift == 0 { bits } else { (bits | 8) << (shift - 1) };
    scaled + u32::from(EXACT)
}

impl Index<'_> {
    /// The documents that match `query`.
    ///
    /// # Errors
    /// When files do not belong together.
    pub fn evaluate(&self, query: &Query) -> Read<Hits> {
        self.weighed(query, 1.0)
    }

    fn weighed(&self, query: &Query, boost: f32) -> Read<Hits> {
        let each = |queries: &[Query]| -> Read<Vec<Hits>> {
            queries.iter().map(|query| self.weighed(query, boost)).collect()
        };
        Ok(match query {
            Query::Everything => (0..self.documents).map(|document| (document, 0.0)).collect(),
            Query::Nothing => Hits::new(),
            Query::Term(_) | Query::Phrase(_) => {
                let mut lists = Vec::new();
                for (formula, postings) in self.leaf(query, boost)? {
                    lists.push(postings.iter().map(|own| (own.document, formula.score(own))).collect());
                }
                union(lists, add)
            }
            Query::Best(queries) => union(each(queries)?, f32::max),
            Query::Sum(queries) => union(each(queries)?, add),
            Query::AtLeast(least, queries) => at_least(*least, each(queries)?),
            Query::All(must, not) => {
                let mut lists = each(must)?.into_iter();
                let mut hits = lists.next().unwrap_or_default();
                for list in lists {
                    hits = both(&hits, &list);
                }
                for query in not {
                    let excluded = self.weighed(query, boost)?;
                    hits.retain(|(document, _)| {
                        excluded.binary_search_by_key(document, |hit| hit.0).is_err()
                    });
                }
                hits
            }
            Query::Boost(factor, query) => self.weighed(query, boost * factor)?,
            Query::Filter(name, values) => self.filter(name, values),
        })
    }

    fn filter(&self, name: &str, values: &[String]) -> Hits {
        let Some(facet) = self.facets.get(name) else { return Hits::new() };
        let numbered = (0_u32..).zip(&facet.values);
        let chosen: Vec<u32> =
            numbered.filter(|(_, value)| values.contains(&value.name)).map(|(number, _)| number).collect();
        facet.having(&chosen).into_iter().map(|document| (document, 0.0)).collect()
    }

    /// The documents of a term or phrase, field by field.
    fn leaf(&self, query: &Query, boost: f32) -> Read<Vec<Scored>> {
        let found = match query {
            Query::Term(term) => self.term(term),
            Query::Phrase(terms) => self.phrase(terms)?,
            _ => Vec::new(),
        };
        let mut scored = Vec::new();
        for (field, idf, postings) in found {
            let description =
                self.fields.get(usize::from(field)).ok_or_else(|| Damaged::new("there is no such field"))?;
            let formula = Formula {
                field,
                idf,
                // In the order in which tantivy multiplies.
                weight: idf * (1.0 + K1) * (description.weight * boost),
                average: description.tokens as f32 / self.documents as f32,
            };
            scored.push((formula, postings));
        }
        Ok(scored)
    }

    fn term(&self, term: &str) -> Vec<(u8, f32, Vec<Posting>)> {
        let fields = self.postings.get(term).into_iter().flatten();
        fields.map(|(field, postings)| (*field, self.idf(postings.len()), postings.clone())).collect()
    }

    /// Documents that have the terms of a phrase at their distances in one field, as often as they do.
    fn phrase(&self, terms: &[(u32, String)]) -> Read<Vec<(u8, f32, Vec<Posting>)>> {
        let mut found = Vec::new();
        'fields: for field in 0..self.fields.len() as u8 {
            let mut idf = 0.0;
            // Documents with the places at which a phrase would begin.
            let mut begins: Option<Vec<(Posting, Vec<u32>)>> = None;
            for (distance, term) in terms {
                let Some(at) = self.place_of_field(term, field) else { continue 'fields };
                let Some((_, postings)) = self.postings.get(term).and_then(|fields| fields.get(at)) else {
                    continue 'fields;
                };
                let positions = self.positions.get(term).and_then(|fields| fields.get(at));
                let positions = positions.ok_or_else(|| Damaged::new("a term has no positions"))?;
                idf += self.idf(postings.len());
                let here = postings.iter().zip(positions).map(|(posting, positions)| {
                    let begins = positions.iter().filter_map(|position| position.checked_sub(*distance));
                    (*posting, begins.collect::<Vec<u32>>())
                });
                begins = Some(match begins {
                    None => here.collect(),
                    Some(before) => meet(before, here),
                });
            }
            let begins = begins.into_iter().flatten().filter(|(_, begins)| !begins.is_empty());
            let postings: Vec<Posting> = begins
                .map(|(posting, begins)| Posting { frequency: begins.len() as u32, ..posting })
                .collect();
            if !postings.is_empty() {
                found.push((field, idf, postings));
            }
        }
        Ok(found)
    }

    fn place_of_field(&self, term: &str, field: u8) -> Option<usize> {
        self.postings.get(term)?.iter().position(|(other, _)| *other == field)
    }

    /// How rare what stands in `count` documents is.
    fn idf(&self, count: usize) -> f32 {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let others = self.documents.saturating_sub(count) as f32;
        (1.0 + (others + 0.5) / (count as f32 + 0.5)).ln()
    }

    /// How much a term tells documents apart: by the field that has it most often.
    #[must_use]
    pub fn rarity(&self, term: &str) -> f32 {
        let most = self.postings.get(term).into_iter().flatten().map(|(_, postings)| postings.len()).max();
        most.map_or(0.0, |count| self.idf(count))
    }

    /// What the terms and phrases of `query` add to the score of `document`: of those of which the best
    /// counts, that one.
    ///
    /// # Errors
    /// When files do not belong together.
    pub fn explain(&self, query: &Query, document: u32) -> Read<Vec<Share>> {
        Ok(self.shares(query, 1.0, document)?.unwrap_or_default())
    }

    /// What makes up what `query` adds, where the document matches it.
    fn shares(&self, query: &Query, boost: f32, document: u32) -> Read<Option<Vec<Share>>> {
        let each = |queries: &[Query]| -> Read<Vec<Vec<Share>>> {
            let found: Read<Vec<_>> =
                queries.iter().map(|query| self.shares(query, boost, document)).collect();
            Ok(found?.into_iter().flatten().collect())
        };
        Ok(match query {
            Query::Boost(factor, query) => self.shares(query, boost * factor, document)?,
            Query::Best(queries) => {
                let total = |shares: &Vec<Share>| shares.iter().map(|share| share.score).sum::<f32>();
                each(queries)?.into_iter().max_by(|a, b| total(a).total_cmp(&total(b)))
            }
            Query::Sum(queries) | Query::AtLeast(_, queries) | Query::All(queries, _) => {
                let found = each(queries)?;
                (!found.is_empty()).then(|| found.concat())
            }
            Query::Term(_) | Query::Phrase(_) => {
                let found = self.leaf_shares(query, boost, document)?;
                (!found.is_empty()).then_some(found)
            }
            Query::Everything | Query::Nothing | Query::Filter(..) => None,
        })
    }

    fn leaf_shares(&self, leaf: &Query, boost: f32, document: u32) -> Read<Vec<Share>> {
        let term = match leaf {
            Query::Term(term) => term.clone(),
            Query::Phrase(terms) => terms.iter().map(|(_, term)| term.as_str()).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        let mut shares = Vec::new();
        for (formula, postings) in self.leaf(leaf, boost)? {
            let Some(posting) = postings.iter().find(|own| own.document == document) else { continue };
            let field = self.fields.get(usize::from(formula.field));
            shares.push(Share {
                term: term.clone(),
                field: field.map(|field| field.name.clone()).unwrap_or_default(),
                frequency: posting.frequency,
                length: length(posting.length),
                idf: formula.idf,
                weight: field.map_or(1.0, |field| field.weight) * boost,
                score: formula.score(posting),
            });
        }
        Ok(shares)
    }
}

/// What turns a posting into a score.
struct Formula {
    field: u8,
    idf: f32,
    weight: f32,
    average: f32,
}

impl Formula {
    fn score(&self, posting: &Posting) -> f32 {
        let norm = K1 * (1.0 - B + B * length(posting.length) as f32 / self.average);
        let frequency = posting.frequency as f32;
        self.weight * (frequency / (frequency + norm))
    }
}

fn add(a: f32, b: f32) -> f32 {
    a + b
}

fn union(lists: Vec<Hits>, combine: fn(f32, f32) -> f32) -> Hits {
    lists.into_iter().fold(Hits::new(), |total, list| merge(total, list, combine))
}

/// Documents of either, both ascending.
fn merge(a: Hits, b: Hits, combine: fn(f32, f32) -> f32) -> Hits {
    if a.is_empty() {
        return b;
    }
    let mut out = Hits::new();
    let mut a = a.into_iter().peekable();
    for (document, score) in b {
        while let Some(hit) = a.next_if(|hit| hit.0 < document) {
            out.push(hit);
        }
        let same = a.next_if(|hit| hit.0 == document);
        out.push((document, same.map_or(score, |hit| combine(hit.1, score))));
    }
    out.extend(a);
    out
}

/// Documents of both.
fn both(a: &Hits, b: &Hits) -> Hits {
    let mut b = b.iter().peekable();
    let mut out = Hits::new();
    for (document, score) in a {
        while b.next_if(|hit| hit.0 < *document).is_some() {}
        if let Some(hit) = b.next_if(|hit| hit.0 == *document) {
            out.push((*document, score + hit.1));
        }
    }
    out
}

fn at_least(least: usize, lists: Vec<Hits>) -> Hits {
    let mut hits = union(lists.clone(), add);
    let has = |list: &Hits, document: u32| list.binary_search_by_key(&document, |hit| hit.0).is_ok();
    hits.retain(|(document, _)| lists.iter().filter(|list| has(list, *document)).count() >= least);
    hits
}

/// Documents of both, with the places that both have.
fn meet(
    a: Vec<(Posting, Vec<u32>)>,
    b: impl Iterator<Item = (Posting, Vec<u32>)>,
) -> Vec<(Posting, Vec<u32>)> {
    let mut b = b.peekable();
    let mut out = Vec::new();
    for (posting, mut begins) in a {
        while b.next_if(|(other, _)| other.document < posting.document).is_some() {}
        if let Some((_, others)) = b.next_if(|(other, _)| other.document == posting.document) {
            begins.retain(|begin| others.binary_search(begin).is_ok());
            out.push((posting, begins));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_in_order() {
        let (a, b) = (vec![(1, 1.0), (3, 2.0)], vec![(0, 5.0), (3, 1.0), (9, 1.0)]);
        assert_eq!(union(vec![a.clone(), b.clone()], add), [(0, 5.0), (1, 1.0), (3, 3.0), (9, 1.0)]);
        assert_eq!(union(vec![a.clone(), b.clone()], f32::max), [(0, 5.0), (1, 1.0), (3, 2.0), (9, 1.0)]);
        assert_eq!(both(&a, &b), [(3, 3.0)]);
        assert_eq!(at_least(2, vec![a, b]), [(3, 3.0)]);
    }

    #[test]
    fn lengths_grow() {
        let all: Vec<u32> = (0..=255).map(length).collect();
        assert!(all.is_sorted_by(|a, b| a < b));
        assert_eq!(all.get(40..44), Some([40, 42, 44, 46].as_slice()));
        assert_eq!(all.last(), Some(&2_013_265_944));
    }
}
