//! A small index of made-up documents, built without any engine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use casebook_reader::analyse::tokens;
use casebook_reader::format::entry::{Column, Entry, Field};
use casebook_reader::format::facets::{Value, encode, encode_sorting};
use casebook_reader::format::terms::{Encoder, FieldPostings, Occurrence};
use casebook_reader::format::texts::{self, Section, Text};
use casebook_reader::format::{File, lengths, lexicon};
use casebook_reader::rank;
use casebook_reader::search::{Fetched, Reader, Request, Step};

/// The files of the index.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The index of 70 documents.
pub fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| index(&documents()))
}

/// What `files` answer to a request that reads every kind of file; nothing where they are damaged.
pub fn answer(files: &Files) -> Option<usize> {
    let request = Request {
        text: "county \"modern slavery\" OR islingtn nrm council:two lin".into(),
        typing: true,
        counts: vec!["council".into()],
        chosen: vec![("council".into(), vec!["one".into(), "two".into()])],
        sort: Some("newest".into()),
        ..Request::default()
    };
    let reader = Reader::open(files.get("entry.bin")?).ok()?;
    let mut fetched = Fetched::new();
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "entry.bin") {
        // One that is damaged is missing.
        let _ = fetched.insert(name.clone(), bytes.clone());
    }
    match reader.step(&request, &fetched).ok()? {
        Step::Done(results) => Some(results.total),
        Step::Need(_) => None,
    }
}

fn documents() -> Vec<(String, String)> {
    let words = ["county", "lines", "modern", "slavery", "islington", "flag", "multi-agency", "recording"];
    (0..70_usize)
        .map(|number| {
            let word = |at: usize| words[(number * 7 + at * (number + 3)) % words.len()];
            let title = format!("{} {} {number}", word(0), word(1));
            let body: Vec<&str> = (2..40).map(word).collect();
            (title, format!("National Referral Mechanism (NRM) modern slavery. {}.", body.join(" ")))
        })
        .collect()
}

fn index(documents: &[(String, String)]) -> Files {
    let mut terms: BTreeMap<String, [Vec<Occurrence>; 2]> = BTreeMap::new();
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    let mut totals = [0_u64; 2];
    let mut apart: Vec<u8> = Vec::new();
    for (number, (title, body)) in documents.iter().enumerate() {
        let mut own: BTreeSet<String> = BTreeSet::new();
        for (field, text) in [title, body].into_iter().enumerate() {
            let found = tokens(text);
            totals[field] += found.len() as u64;
            let length = (0..=255).rev().find(|id| rank::length(*id) <= found.len() as u32).unwrap();
            // Those of the body stand apart.
            if field == 1 {
                apart.push(length);
            }
            let mut places: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for token in found {
                places.entry(token.term).or_default().push(token.position);
                own.insert(token.word);
            }
            for (term, positions) in places {
                let occurrence = Occurrence { document: number as u32, length, positions };
                terms.entry(term).or_default()[field].push(occurrence);
            }
        }
        own.into_iter().for_each(|word| *words.entry(word).or_default() += 1);
    }
    let mut encoder = Encoder::new(2, 100);
    for (term, fields) in terms {
        let fields = (0..).zip(fields).filter(|(_, documents)| !documents.is_empty());
        let postings: Vec<_> = fields.map(|(field, documents)| FieldPostings { field, documents }).collect();
        encoder.term(&term, &postings);
    }
    let (mut all, blocks) = encoder.finish();
    let forwards: Vec<(String, u32)> = words.into_iter().collect();
    let mut backwards: Vec<(String, u32)> =
        forwards.iter().map(|(word, count)| (word.chars().rev().collect(), *count)).collect();
    backwards.sort();
    let (files, words) = lexicon::encode(lexicon::FORWARDS, &forwards);
    all.extend(files);
    let (files, backwards) = lexicon::encode(lexicon::BACKWARDS, &backwards);
    all.extend(files);
    let text = |(title, body): &(String, String)| Text {
        path: "/a/".into(),
        title: title.clone(),
        sections: vec![Section { heading: "A".into(), anchor: "a".into(), text: body.clone() }],
        ..Text::default()
    };
    let shown: Vec<Text> = documents.iter().map(text).collect();
    let encoded = texts::encode(&shown.iter().collect::<Vec<_>>(), b"what they have in common");
    all.extend(encoded.files);
    let value = |name: &str| Value { name: name.into(), label: name.to_uppercase() };
    let councils: Vec<Vec<u32>> = (0..documents.len() as u32).map(|number| vec![number % 3]).collect();
    let (file, council) = encode(&[value("one"), value("two"), value("three")], &councils);
    all.push(file);
    let (file, newest) = encode_sorting(&(0..documents.len() as u32).rev().collect::<Vec<_>>());
    all.push(file);
    let column = |name: &str, file: u64| Column { name: name.into(), label: name.to_uppercase(), file };
    let (file, lengths) = lengths::encode(&apart);
    all.push(file);
    let field = |name: &str, weight: f32, tokens: u64, lengths: Option<u64>| Field {
        name: name.into(),
        weight,
        tokens,
        lengths,
    };
    let entry = Entry {
        documents: documents.len() as u32,
        fields: vec![field("title", 4.0, totals[0], None), field("body", 1.0, totals[1], Some(lengths))],
        terms: blocks,
        words,
        backwards,
        common: encoded.common,
        texts: encoded.names,
        facets: vec![column("council", council)],
        sortings: vec![column("newest", newest)],
        synonyms: vec![vec!["NRM".into(), "National Referral Mechanism".into()]],
    };
    all.push(entry.encode());
    all.into_iter().map(|File { name, bytes }| (name, bytes)).collect()
}
