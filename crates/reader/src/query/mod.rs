//! What is typed ([`syntax`]), and what it comes to once words are known ([`Query`]).

pub mod syntax;

/// A query as it is evaluated. The same tree, told in tantivy's query types, is what the ranking is
/// held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Every document, with no score.
    Everything,
    /// No document.
    Nothing,
    /// Documents with the term in any field; the score is the sum over the fields.
    Term(String),
    /// Documents with the terms in any one field, each at its distance from the first.
    Phrase(Vec<(u32, String)>),
    /// Documents that match any; the score is that of the best match.
    Best(Vec<Query>),
    /// Documents that match any; the score is the sum.
    Sum(Vec<Query>),
    /// Documents that match at least so many; the score is the sum.
    AtLeast(usize, Vec<Query>),
    /// Documents that match all of the first and none of the second; the score is the sum.
    All(Vec<Query>, Vec<Query>),
    /// The score counts so much.
    Boost(f32, Box<Query>),
    /// Documents that have one of the values in the facet, with no score.
    Filter(String, Vec<String>),
}

impl Query {
    /// All of `queries`, each counted once; everything where there are none.
    #[must_use]
    pub fn all(queries: Vec<Self>, excluded: Vec<Self>) -> Self {
        let mut must: Vec<Self> = Vec::new();
        for query in queries {
            if !must.contains(&query) {
                must.push(query);
            }
        }
        if excluded.is_empty() && must.len() < 2 {
            return must.pop().unwrap_or(Self::Everything);
        }
        if must.is_empty() {
            must.push(Self::Everything);
        }
        Self::All(must, excluded)
    }

    /// The best of `queries`, each counted once; nothing where there are none.
    #[must_use]
    pub fn best(queries: Vec<Self>) -> Self {
        let mut any: Vec<Self> = Vec::new();
        for query in queries {
            if !any.contains(&query) {
                any.push(query);
            }
        }
        if any.len() < 2 { any.pop().unwrap_or(Self::Nothing) } else { Self::Best(any) }
    }

    /// The terms in order, one after the other or at their distances.
    #[must_use]
    pub fn phrase(terms: Vec<(u32, String)>) -> Self {
        match terms.as_slice() {
            [] => Self::Nothing,
            [(_, term)] => Self::Term(term.clone()),
            _ => Self::Phrase(terms),
        }
    }

    /// Calls `each` with every term and phrase that adds to a score.
    pub fn leaves<'a>(&'a self, each: &mut dyn FnMut(&'a Self)) {
        match self {
            Self::Term(_) | Self::Phrase(_) => each(self),
            Self::Best(queries) | Self::Sum(queries) | Self::AtLeast(_, queries) | Self::All(queries, _) => {
                queries.iter().for_each(|query| query.leaves(each));
            }
            Self::Boost(_, query) => query.leaves(each),
            Self::Everything | Self::Nothing | Self::Filter(..) => {}
        }
    }
}
