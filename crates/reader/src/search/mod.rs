//! From a request to results, file by file.
//!
//! [`Reader::step`] is asked again and again with the files so far, and says which others it needs,
//! or gives the results. What can be known at once is asked for at once: words cost one round for
//! their terms and one for the texts of the results shown; a word that is unknown or not yet whole
//! costs one or two more.

mod excerpt;
mod found;
mod mistakes;
mod plan;
mod session;

use crate::analyse::stems;
use crate::bytes::{Damaged, Read};
use crate::format;
use crate::format::entry::Entry;
use crate::format::texts::Text;
use crate::query::{Query, syntax};
use crate::rank::{Hits, Share};
pub use excerpt::{Excerpt, Piece};
use found::Found;
use plan::Plan;
use session::Session;

/// The files that were fetched so far.
#[derive(Debug, Clone, Default)]
pub struct Fetched(Vec<(String, Vec<u8>)>);

impl Fetched {
    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Takes the file `name`, as [`Step::Need`] named it, inflated. What it holds is what it is named
    /// by, so of two files of one name the first stays.
    ///
    /// # Errors
    /// When it is damaged; it is still missing then.
    pub fn insert(&mut self, name: String, bytes: Vec<u8>) -> Read<()> {
        format::check(&bytes).map_err(|damaged| damaged.of(&name))?;
        self.0.push((name, bytes));
        Ok(())
    }

    /// Forgets the file `name`.
    pub fn forget(&mut self, name: &str) {
        self.0.retain(|(other, _)| other != name);
    }

    fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, bytes)| bytes.as_slice())
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What was typed.
    pub text: String,
    /// It is still being typed: its last word may be the beginning of one.
    pub typing: bool,
    /// Search for words that mean the same as well.
    pub synonyms: bool,
    /// Values that were chosen, by facet: one of each facet's.
    pub chosen: Vec<(String, Vec<String>)>,
    /// Facets whose counts are wanted.
    pub counts: Vec<String>,
    /// The sorting, by name; by relevance without one.
    pub sort: Option<String>,
    /// The first result to show, from 0.
    pub from: usize,
    /// How many to show.
    pub size: usize,
    /// Say what makes up each score, where the crate has its feature `explain`.
    pub explain: bool,
    /// Give all documents in their order, not only those shown, where it has that feature.
    pub ranking: bool,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            text: String::new(),
            typing: false,
            synonyms: true,
            chosen: Vec::new(),
            counts: Vec::new(),
            sort: None,
            from: 0,
            size: 10,
            explain: false,
            ranking: false,
        }
    }
}

/// What a step gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Fetch these files, and ask again with them.
    Need(Vec<String>),
    /// The results.
    Done(Box<Results>),
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// How many documents match.
    pub total: usize,
    /// Those to show.
    pub hits: Vec<Hit>,
    /// The counts that were asked for.
    pub facets: Vec<Counts>,
    /// What is to be said about the query.
    pub notes: Notes,
    /// What was evaluated, chosen values included.
    pub query: Query,
    /// Documents that match with their scores, in the order of the results: those up to the last that
    /// is shown, or all of them where that was asked for.
    pub ranking: Hits,
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its number.
    pub document: u32,
    /// Its score; 0 where nothing was searched.
    pub score: f32,
    /// What is known of it.
    pub text: Text,
    /// The part of it that matches best.
    pub excerpt: Excerpt,
    /// What makes up its score, where that was asked for.
    pub shares: Vec<Share>,
}

/// The counts of a facet: how many results there would be for each value, whatever else is chosen
/// of the same facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The facet.
    pub name: String,
    /// As shown.
    pub label: String,
    /// Its values in the order in which they are shown.
    pub values: Vec<Count>,
}

/// The count of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// As written in addresses and queries.
    pub name: String,
    /// As shown.
    pub label: String,
    /// How many documents match and have it.
    pub count: u32,
    /// It is chosen.
    pub chosen: bool,
}

/// What is to be said about a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Words and names that were searched for as well.
    pub also: Vec<String>,
    /// Words that stand nowhere, each with what was searched for instead.
    pub corrected: Vec<(String, Vec<String>)>,
    /// Words that stand nowhere, and that nothing is like.
    pub unknown: Vec<String>,
    /// Values that a facet has not, each after its facet.
    pub unknown_values: Vec<(String, String)>,
    /// No document has all that was asked for, or few: all results have at least `.0` of `.1` parts.
    pub fewer: Option<(usize, usize)>,
    /// How many results stand first, since none has more parts, where others follow.
    pub first: usize,
    /// How many of them have all parts: all or none.
    pub complete: usize,
    /// All that was typed was passed over: function words, a field without a value.
    pub passed_over: bool,
}

/// Reads an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Reader {
    entry: Entry,
    names: Vec<Name>,
}

/// A name for which there are others.
#[derive(Debug, Clone, PartialEq)]
struct Name {
    /// The number of the group of names that mean the same.
    group: usize,
    written: String,
    stems: Vec<String>,
}

impl Reader {
    /// Opens the index whose entry file is `entry`.
    ///
    /// # Errors
    /// When it is damaged, or of another version.
    pub fn open(entry: &[u8]) -> Read<Self> {
        let entry = Entry::decode(entry)?;
        // Loops, since each iterator is code that pages load.
        let mut names = Vec::new();
        for (group, all) in entry.synonyms.iter().enumerate() {
            for name in all {
                let stems = stems(name);
                if !stems.is_empty() {
                    names.push(Name { group, written: name.clone(), stems });
                }
            }
        }
        Ok(Self { entry, names })
    }

    /// What the entry file says.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Goes on with `request` as far as `files` allow.
    ///
    /// # Errors
    /// When a file is damaged.
    pub fn step(&self, request: &Request, files: &Fetched) -> Read<Step> {
        let is_facet = |name: &str| self.entry.facets.iter().any(|facet| facet.name == name);
        let parsed = syntax::parse(&request.text, &is_facet);
        let mut session = Session::new(&self.entry, &self.names, files);
        let Some(plan) = Plan::make(&mut session, request, &parsed)? else { return Ok(session.need()) };
        let found = Found::of(plan, &session, request)?;
        // The module that pages load explains nothing, and puts only those in order that are shown.
        let (explain, whole) = match cfg!(feature = "explain") {
            true => (request.explain, request.ranking),
            false => (false, false),
        };
        let ordered = order(&session, &found, request.from.saturating_add(request.size), whole);
        let mut shown = Vec::new();
        for (document, score) in ordered.iter().skip(request.from).take(request.size) {
            if let Some(text) = session.want_text(*document)? {
                shown.push((*document, *score, text));
            }
        }
        if session.is_waiting() {
            return Ok(session.need());
        }
        let marks = excerpt::Marks::new(&session.index, &found.query);
        let mut hits = Vec::new();
        for (document, score, text) in shown {
            let excerpt = excerpt::best(&text, &marks);
            let shares = if explain { session.index.explain(&found.query, document)? } else { Vec::new() };
            hits.push(Hit { document, score, text, excerpt, shares });
        }
        let facets = found.counts(&session, request);
        Ok(Step::Done(Box::new(Results {
            total: found.hits.len(),
            hits,
            facets,
            notes: found.notes,
            query: found.query,
            ranking: ordered,
        })))
    }
}

/// The results in the order that was asked for, those with the most parts first; documents that are
/// equal in it by number. At least the first `most` of them.
fn order(session: &Session<'_>, found: &Found, most: usize, whole: bool) -> Hits {
    let sorting = session.sorting.as_ref();
    // One number for each, since thousands are compared: whether parts are missing, what is sorted
    // by, the greatest first (floats that are not negative are in the order of their bits), and the
    // place among the hits, which are in the order of their documents.
    let mut keys: Vec<u64> = Vec::new();
    for (place, (document, score)) in found.hits.iter().enumerate() {
        let part = found.first.binary_search(document).is_err();
        let value = match sorting {
            Some(all) => all.get(*document as usize).copied().unwrap_or(0),
            None => score.to_bits(),
        };
        let key = u64::from(part) << 63 | u64::from(!value) << 31 | place as u64;
        if whole {
            keys.push(key);
        } else if keys.len() < most || keys.last().is_some_and(|last| key < *last) {
            // Few are shown: to keep those in order is less than to sort all.
            keys.push(key);
            for at in (1..keys.len()).rev() {
                if keys.get(at - 1) < Some(&key) {
                    break;
                }
                keys.swap(at - 1, at);
            }
            keys.truncate(most);
        }
    }
    if whole {
        keys.sort_unstable();
    }
    let place = |key: u64| (key & 0x7fff_ffff) as usize;
    keys.into_iter().filter_map(|key| found.hits.get(place(key)).copied()).collect()
}

/// Answers `request` from files that `fetch` gives one by one.
///
/// # Errors
/// When a file is not there, or damaged.
pub fn answer(
    entry: &[u8],
    request: &Request,
    mut fetch: impl FnMut(&str) -> Option<Vec<u8>>,
) -> Read<Results> {
    let reader = Reader::open(entry)?;
    let mut files = Fetched::default();
    loop {
        match reader.step(request, &files)? {
            Step::Done(results) => return Ok(*results),
            Step::Need(names) => {
                for name in names {
                    let bytes = fetch(&name).ok_or_else(|| Damaged::new("it is not there").of(&name))?;
                    files.insert(name, bytes)?;
                }
            }
        }
    }
}
