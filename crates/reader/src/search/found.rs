//! What a plan finds: the documents that match, and how many of them have each value of a facet.

use super::plan::Plan;
use super::session::Session;
use super::{Count, Counts, Notes, Request};
use crate::bytes::Read;
use crate::query::Query;
use crate::rank::Hits;

/// So many documents with all parts are enough; after fewer, others follow.
const ENOUGH: usize = 5;

/// What a plan found.
pub(super) struct Found {
    /// What was evaluated, chosen values included.
    pub query: Query,
    /// The documents that match the text.
    text_hits: Hits,
    /// Those of the documents that have the most parts, where others follow them.
    pub first: Vec<u32>,
    /// Those that have the chosen values.
    pub hits: Hits,
    pub notes: Notes,
}

impl Found {
    /// Finds the documents of `plan`: with all parts and, where those are few, with as many as there are.
    pub fn of(plan: Plan, session: &Session<'_>, request: &Request) -> Read<Self> {
        let index = &session.index;
        let Plan { parts, fixed, excluded, mut notes } = plan;
        let whole = |parts: Vec<Query>| Query::all([parts, fixed.clone()].concat(), excluded.clone());
        let mut query = whole(parts.clone());
        let mut text_hits = index.evaluate(&query)?;
        let complete = text_hits.len();
        let mut first = Vec::new();
        for least in (1..parts.len()).rev() {
            if text_hits.len() >= ENOUGH {
                break;
            }
            let wider = whole(vec![Query::AtLeast(least, parts.clone())]);
            let hits = index.evaluate(&wider)?;
            if hits.len() > text_hits.len() {
                if first.is_empty() {
                    first = text_hits.iter().map(|hit| hit.0).collect();
                }
                notes.fewer = Some((least, parts.len()));
                (query, text_hits) = (wider, hits);
            }
        }
        let chosen: Vec<Query> = request
            .chosen
            .iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(facet, values)| Query::Filter(facet.clone(), values.clone()))
            .collect();
        let mut hits = text_hits.clone();
        if !chosen.is_empty() {
            for filter in &chosen {
                hits = narrowed(hits, &index.evaluate(filter)?);
            }
            let text = std::iter::once(query);
            query = Query::all(text.chain(chosen).collect(), Vec::new());
        }
        notes.first = hits.iter().filter(|hit| first.binary_search(&hit.0).is_ok()).count();
        notes.complete = if complete > 0 { notes.first } else { 0 };
        Ok(Self { query, text_hits, first, hits, notes })
    }

    /// The counts that were asked for. Values chosen in a facet do not narrow its own counts.
    pub fn counts(&self, session: &Session<'_>, request: &Request) -> Vec<Counts> {
        let facets = &session.index.facets;
        let columns = session.entry.facets.iter().filter(|column| request.counts.contains(&column.name));
        columns
            .filter_map(|column| {
                let facet = facets.get(&column.name)?;
                let mut hits = self.text_hits.clone();
                for (other, values) in &request.chosen {
                    if *other != column.name && !values.is_empty() {
                        let filter = Query::Filter(other.clone(), values.clone());
                        hits = narrowed(hits, &session.index.evaluate(&filter).ok()?);
                    }
                }
                let counts = facet.count(hits.iter().map(|hit| hit.0));
                let mine = request.chosen.iter().filter(|(name, _)| *name == column.name);
                let mine: Vec<&String> = mine.flat_map(|(_, values)| values).collect();
                let values = facet.values.iter().zip(counts).map(|(value, count)| Count {
                    name: value.name.clone(),
                    label: value.label.clone(),
                    count,
                    chosen: mine.contains(&&value.name),
                });
                Some(Counts {
                    name: column.name.clone(),
                    label: column.label.clone(),
                    values: values.collect(),
                })
            })
            .collect()
    }
}

/// Those of `hits` that are among `allowed`.
fn narrowed(hits: Hits, allowed: &Hits) -> Hits {
    hits.into_iter().filter(|hit| allowed.binary_search_by_key(&hit.0, |other| other.0).is_ok()).collect()
}
