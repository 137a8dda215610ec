//! What a parsed query comes to: words completed, mistakes forgiven, names that mean the same added.

use super::mistakes;
use super::session::Session;
use super::{Name, Notes, Request};
use crate::analyse::{self, Token, tokens};
use crate::bytes::Read;
use crate::format::facets::Facet;
use crate::format::lexicon::FORWARDS;
use crate::query::Query;
use crate::query::syntax::{Group, Part, range};

/// How much a completed word counts beside the word as it stands.
const COMPLETED: f32 = 0.8;
/// How much a name that means the same counts.
const SYNONYM: f32 = 0.8;
/// How many words a beginning may stand for.
const COMPLETIONS: usize = 8;
/// A shorter beginning is not completed.
const SHORTEST_BEGINNING: usize = 2;
/// How many blocks of the lexicon are read to complete a word.
const BLOCKS: usize = 4;
/// How many names that mean the same are added for one.
const SYNONYMS: usize = 6;

/// How many names of a group a value may be called by.
const NAMES: usize = 16;

/// A query whose words are known.
pub(super) struct Plan {
    /// Parts that a document must match, and of which fewer may do.
    pub parts: Vec<Query>,
    /// Parts that it must match: phrases and fields.
    pub fixed: Vec<Query>,
    pub excluded: Vec<Query>,
    pub notes: Notes,
}

impl Plan {
    /// Works out what the query comes to; nothing while files are missing.
    pub fn make(session: &mut Session<'_>, request: &Request, parsed: &[Group]) -> Read<Option<Self>> {
        for (facet, _) in &request.chosen {
            session.want_facet(facet)?;
        }
        for facet in &request.counts {
            session.want_facet(facet)?;
        }
        if let Some(sorting) = &request.sort {
            session.want_sorting(sorting)?;
        }
        let mut maker = Maker { session, request, notes: Notes::default() };
        let mut groups = groups(parsed);
        maker.notes.passed_over = groups.is_empty() && !parsed.is_empty();
        maker.add_synonyms(&mut groups);
        // Everything that is known to be needed is asked for before anything is looked at.
        for group in &groups {
            maker.want(group)?;
        }
        if maker.session.is_waiting() {
            return Ok(None);
        }
        if maker.correct(&mut groups)? {
            maker.add_synonyms(&mut groups);
            groups.iter().try_for_each(|group| maker.want(group))?;
        }
        if maker.session.is_waiting() {
            return Ok(None);
        }
        let plan = maker.resolve(&groups)?;
        Ok((!session.is_waiting()).then_some(plan))
    }
}

/// A group whose parts were analysed.
struct Analysed {
    excluded: bool,
    /// Fewer than all groups of this kind may do.
    optional: bool,
    parts: Vec<Meaning>,
    /// Names that mean the same as this group and the `more` after it.
    also: Vec<String>,
    more: usize,
}

enum Meaning {
    /// One word; `meant` are those that it stands for where it stands nowhere itself. One with hyphens
    /// is its parts one after the other as well.
    Word { token: Token, parts: Vec<(u32, String)>, open: bool, meant: Vec<String> },
    /// Words one after the other.
    Phrase(Vec<(u32, String)>),
    /// Values of a facet.
    Field { name: String, values: Vec<String> },
}

fn groups(parsed: &[Group]) -> Vec<Analysed> {
    let mut groups = Vec::new();
    for group in parsed {
        let parts: Vec<Meaning> = group.parts.iter().filter_map(meaning).collect();
        if parts.is_empty() {
            continue;
        }
        let optional = !group.parts.iter().any(|part| !matches!(part, Part::Word { .. }));
        groups.push(Analysed { excluded: group.excluded, optional, parts, also: Vec::new(), more: 0 });
    }
    groups
}

struct Maker<'s, 'a> {
    session: &'s mut Session<'a>,
    request: &'s Request,
    notes: Notes,
}

impl Maker<'_, '_> {
    /// Finds runs of words that are a name for which there are others.
    fn add_synonyms(&self, groups: &mut [Analysed]) {
        if !self.request.synonyms {
            return;
        }
        let names = self.session.names;
        let mut at = 0;
        while at < groups.len() {
            let (run, ends) = run(groups.get(at..).unwrap_or_default());
            let mut longest = 0;
            for Name { stems, .. } in names {
                if run.starts_with(stems) && ends.contains(&stems.len()) {
                    longest = longest.max(stems.len());
                }
            }
            let Some(group) = groups.get_mut(at) else { break };
            (group.also, group.more) = (Vec::new(), 0);
            at += 1;
            // Of words beside OR each may be a name.
            let owns: Vec<Vec<String>> = match group.parts.len() {
                1 => vec![run.get(..longest).unwrap_or_default().to_vec()],
                _ if group.excluded || !group.optional => continue,
                _ => group.parts.iter().map(own).collect(),
            };
            let mut same = Vec::new();
            for Name { group, stems, .. } in names {
                if owns.contains(stems) && same.len() < SYNONYMS {
                    same.push(*group);
                }
            }
            for Name { group: number, written, stems } in names {
                if same.contains(number)
                    && !owns.contains(stems)
                    && !group.also.contains(written)
                    && group.also.len() < SYNONYMS
                {
                    group.also.push(written.clone());
                }
            }
            group.more = ends.partition_point(|end| *end < longest);
            at += group.more;
        }
    }

    /// Finds what is meant by words that stand nowhere; whether there are any.
    fn correct(&mut self, groups: &mut [Analysed]) -> Read<bool> {
        let mut found = false;
        let (mut is_same, mut more) = (false, 0);
        for group in groups.iter_mut().filter(|group| !group.excluded) {
            // What is the same as a name of several words stands with its first.
            if more > 0 {
                more -= 1;
            } else {
                is_same = group.also.iter().any(|name| self.same(name).is_some());
                more = group.more;
            }
            for part in &mut group.parts {
                let Meaning::Word { token, parts, open, meant } = part else { continue };
                let begins = self.request.typing && *open && !self.completions(&token.word)?.is_empty();
                let known = |(_, term): &(u32, String)| self.session.has(term);
                let is_name =
                    is_same && self.session.names.iter().any(|name| name.stems.contains(&token.term));
                let whole = self.session.has(&token.term) || (!parts.is_empty() && parts.iter().all(known));
                if whole || begins || is_name {
                    continue;
                }
                *meant = mistakes::meant(self.session, &token.word)?;
                if meant.is_empty() {
                    self.notes.unknown.push(token.word.clone());
                } else {
                    self.notes.corrected.push((token.word.clone(), meant.clone()));
                    found = true;
                }
            }
        }
        Ok(found)
    }

    fn want(&mut self, group: &Analysed) -> Read<()> {
        for part in &group.parts {
            match part {
                Meaning::Word { token, parts, open, meant } => {
                    self.session.want_phrase(parts)?;
                    self.session.want_term(&token.term)?;
                    meant.iter().try_for_each(|word| self.session.want_term(&analyse::stem(word)))?;
                    if self.request.typing && *open && !group.excluded {
                        self.completions(&token.word)?;
                    }
                }
                Meaning::Phrase(terms) => self.session.want_phrase(terms)?,
                Meaning::Field { name, .. } => self.session.want_facet(name)?,
            }
        }
        group.also.iter().try_for_each(|name| self.session.want_phrase(&terms(&tokens(name))))
    }

    /// The most common words that start with `beginning`.
    fn completions(&mut self, beginning: &str) -> Read<Vec<String>> {
        if beginning.chars().count() < SHORTEST_BEGINNING {
            return Ok(Vec::new());
        }
        let mut found: Vec<(u32, String)> = Vec::new();
        let mut keep = |word: &str, documents: u32| {
            if word != beginning {
                found.push((documents, word.to_owned()));
            }
        };
        self.session.want_words(FORWARDS, beginning, BLOCKS, &mut keep)?;
        Ok(mistakes::most_common(found, COMPLETIONS))
    }

    fn resolve(mut self, groups: &[Analysed]) -> Read<Plan> {
        let (mut parts, mut fixed, mut excluded) = (Vec::new(), Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(group) = groups.get(at) {
            let together = groups.get(at..=at + group.more).unwrap_or_default();
            at += together.len().max(1);
            let mut queries = Vec::new();
            for member in together {
                queries.push(self.group(member)?);
            }
            if group.excluded {
                excluded.append(&mut queries);
                continue;
            }
            let mut also = Vec::new();
            for name in &group.also {
                if let Some(query) = self.same(name) {
                    if !self.notes.also.contains(name) {
                        self.notes.also.push(name.clone());
                    }
                    also.push(Query::Boost(SYNONYM, Box::new(query)));
                }
            }
            if also.is_empty() {
                if group.optional { &mut parts } else { &mut fixed }.append(&mut queries);
            } else {
                let own = Query::all(queries, Vec::new());
                also.insert(0, own);
                if group.optional { &mut parts } else { &mut fixed }.push(Query::best(also));
            }
        }
        let mut once: Vec<Query> = Vec::new();
        for part in parts {
            if !once.contains(&part) {
                once.push(part);
            }
        }
        Ok(Plan { parts: once, fixed, excluded, notes: self.notes })
    }

    /// What is searched for where `name` is, if the index has all its words.
    fn same(&self, name: &str) -> Option<Query> {
        let terms = terms(&tokens(name));
        terms.iter().all(|(_, term)| self.session.has(term)).then(|| Query::phrase(terms))
    }

    fn group(&mut self, group: &Analysed) -> Read<Query> {
        let mut queries = Vec::new();
        for part in &group.parts {
            queries.push(match part {
                Meaning::Word { token, parts, open, meant } => {
                    self.word(token, parts, *open && !group.excluded, meant)?
                }
                Meaning::Phrase(terms) => Query::phrase(terms.clone()),
                Meaning::Field { name, values } => self.filter(name, values),
            });
        }
        if queries.len() < 2 { Ok(queries.pop().unwrap_or(Query::Nothing)) } else { Ok(Query::Sum(queries)) }
    }

    /// A word that is excluded is never `open`, and nothing else is meant by it.
    fn word(&mut self, token: &Token, parts: &[(u32, String)], open: bool, meant: &[String]) -> Read<Query> {
        let own = Query::Term(token.term.clone());
        let mut any = Vec::new();
        if !parts.is_empty() {
            any.push(Query::phrase(parts.to_vec()));
        }
        if self.session.has(&token.term) {
            any.push(own.clone());
        }
        if self.request.typing && open {
            for word in self.completions(&token.word)? {
                let term = analyse::stem(&word);
                self.session.want_term(&term)?;
                if term != token.term {
                    any.push(Query::Boost(COMPLETED, Box::new(Query::Term(term))));
                }
            }
        }
        any.extend(meant.iter().map(|word| Query::Term(analyse::stem(word))));
        if any.is_empty() {
            any.push(own);
        }
        Ok(Query::best(any))
    }

    /// The values of `facet` that are `wanted` by another name, as a council by its initials.
    fn known_as(&self, facet: Option<&Facet>, wanted: &str) -> Vec<String> {
        let stems = analyse::stems(wanted);
        let names = self.session.names;
        let Some(Name { group, .. }) = names.iter().find(|name| name.stems == stems) else {
            return Vec::new();
        };
        let same = names.iter().filter(|name| name.group == *group).take(NAMES);
        same.filter_map(|name| Some(matching(facet?, &name.written)))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn filter(&mut self, name: &str, wanted: &[String]) -> Query {
        let facet = self.session.index.facets.get(name);
        let mut values = Vec::new();
        for wanted in wanted {
            let mut found = facet.map(|facet| matching(facet, wanted)).unwrap_or_default();
            if found.is_empty() {
                found = self.known_as(facet, wanted);
            }
            if found.is_empty() {
                self.notes.unknown_values.push((name.to_owned(), wanted.clone()));
            }
            for value in found {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        Query::Filter(name.to_owned(), values)
    }
}

fn meaning(part: &Part) -> Option<Meaning> {
    Some(match part {
        Part::Phrase(text) => {
            let terms = terms(&tokens(text));
            if terms.is_empty() {
                return None;
            }
            Meaning::Phrase(terms)
        }
        // A field that is still to be filled in asks nothing yet.
        Part::Field { values, .. } if values.is_empty() => return None,
        Part::Field { name, values } => Meaning::Field { name: name.clone(), values: values.clone() },
        Part::Word { text, open } => {
            let mut found = tokens(text);
            let parts = terms(&found);
            // The whole stands after its parts.
            let token = found.pop()?;
            match (token.joined, parts.len()) {
                (true, _) => Meaning::Word { token, parts, open: *open, meant: Vec::new() },
                (_, 1) => Meaning::Word { token, parts: Vec::new(), open: *open, meant: Vec::new() },
                _ => Meaning::Phrase(parts),
            }
        }
    })
}

/// The terms of a phrase, each with its distance from the first.
fn terms(tokens: &[Token]) -> Vec<(u32, String)> {
    let parts = tokens.iter().filter(|token| !token.joined);
    let first = parts.clone().next().map_or(0, |token| token.position);
    parts.map(|token| (token.position - first, token.term.clone())).collect()
}

/// The stems of the words that stand one after the other at the start of `groups`, and after how many
/// stems each group ends. What is quoted is meant as it stands.
fn run(groups: &[Analysed]) -> (Vec<String>, Vec<usize>) {
    let (mut run, mut ends) = (Vec::new(), Vec::new());
    for group in groups.iter().take_while(|group| group.optional && !group.excluded) {
        let [part] = group.parts.as_slice() else { break };
        run.extend(own(part));
        ends.push(run.len());
    }
    (run, ends)
}

/// The stems of a word, or of words that stand together.
fn own(part: &Meaning) -> Vec<String> {
    match part {
        Meaning::Word { token, parts, meant, .. } if parts.is_empty() => {
            vec![meant.first().map_or_else(|| token.term.clone(), |word| analyse::stem(word))]
        }
        Meaning::Phrase(terms) | Meaning::Word { parts: terms, .. } => {
            terms.iter().map(|(_, term)| term.clone()).collect()
        }
        Meaning::Field { .. } => Vec::new(),
    }
}

/// The values of `facet` that are `wanted`: those called so; else those from here to there, or those
/// with a part called so, as `report` is a part of `annual-report`, or whose label begins or ends what is
/// wanted, as `Hackney` does `London Borough of Hackney`.
fn matching(facet: &Facet, wanted: &str) -> Vec<String> {
    let named = |is: &dyn Fn(&str, &str) -> bool| -> Vec<String> {
        let values = facet.values.iter().filter(|value| is(&value.name, &value.label));
        values.map(|value| value.name.clone()).collect()
    };
    let text = analyse::fold(wanted);
    let whole = named(&|name, label| name == text || analyse::fold(label) == text);
    if !whole.is_empty() {
        return whole;
    }
    let range = range(&text);
    let words = analyse::stems(wanted);
    named(&|name, label| match range {
        Some((from, to)) => name.parse().is_ok_and(|number: u32| from <= number && number <= to),
        None => {
            let label = analyse::stems(label);
            name.split('-').any(|part| part == text)
                || (!label.is_empty() && (words.starts_with(&label) || words.ends_with(&label)))
        }
    })
}
