//! What is written comes back.

use std::collections::BTreeMap;

use casebook_reader::format::terms::{Encoder, FieldPostings, Occurrence};
use casebook_reader::format::{entry, facets, lengths, lexicon, positions, terms, texts};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// The lengths of a field come back, for as many documents as there are.
    #[test]
    fn lengths_come_back(all in vec(any::<u8>(), 0..300)) {
        let (file, _) = lengths::encode(&all);
        let documents = all.len() as u32;
        prop_assert!(lengths::decode(&file.bytes, documents + 1).is_err());
        prop_assert_eq!(lengths::decode(&file.bytes, documents), Ok(all));
    }

    /// What goes into blocks of terms comes out.
    #[test]
    fn terms_come_back(
        terms in btree_map("[a-zé]{1,12}", vec(btree_map(0_u32..5_000, (any::<u8>(), btree_set(0_u32..100_000, 1..6)), 1..40), 1..4), 1..60),
        apart in 0_u32..8,
    ) {
        // Where a field has its lengths apart, a document has one, whatever the term.
        let length_of = |field: usize, document: u32, own: u8| {
            if apart >> field & 1 == 1 { (document % 251) as u8 } else { own }
        };
        let lengths: Vec<Option<Vec<u8>>> = (0..3)
            .map(|field| (apart >> field & 1 == 1).then(|| (0..5_000).map(|number| length_of(field, number, 0)).collect()))
            .collect();
        let mut encoder = Encoder::new(apart, 10_000);
        let mut wanted = BTreeMap::new();
        for (term, fields) in &terms {
            let postings: Vec<FieldPostings> = fields.iter().enumerate().map(|(field, documents)| FieldPostings {
                field: field as u8,
                documents: documents.iter().map(|(document, (length, positions))| Occurrence {
                    document: *document, length: length_of(field, *document, *length), positions: positions.iter().copied().collect(),
                }).collect(),
            }).collect();
            encoder.term(term, &postings);
            wanted.insert(term.clone(), postings);
        }
        let (files, blocks) = encoder.finish();
        let files: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
        let entry = entry::Entry { terms: blocks, ..entry::Entry::default() };
        for (term, postings) in wanted {
            let block = &files[&entry.terms_file(&term).unwrap()];
            let found = terms::find(block, &term, 5_000, &lengths).unwrap().unwrap();
            let places = positions::find(&files[&entry.positions_file(&term).unwrap()], &term, &found).unwrap();
            let back: Vec<FieldPostings> = found.iter().zip(places).map(|((field, documents), places)| FieldPostings {
                field: *field,
                documents: documents.iter().zip(places).map(|(posting, positions)| Occurrence {
                    document: posting.document, length: posting.length, positions,
                }).collect(),
            }).collect();
            prop_assert_eq!(back, postings);
        }
    }

    /// What goes into a lexicon comes out, and a prefix finds all of its words.
    #[test]
    fn words_come_back(words in btree_map("[a-c]{1,8}", 1_u32..50, 0..200), prefix in "[a-c]{0,3}") {
        let words: Vec<(String, u32)> = words.into_iter().collect();
        let (files, blocks) = lexicon::encode(lexicon::FORWARDS, &words);
        let files: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
        let mut found = Vec::new();
        for block in lexicon::covering(&blocks, &prefix) {
            let file = format!("w/{:012x}.bin", block.name);
            lexicon::decode(lexicon::FORWARDS, &files[&file], &mut |word, count| found.push((word.to_owned(), count))).unwrap();
        }
        found.retain(|(word, _)| word.starts_with(&prefix));
        let right: Vec<_> = words.into_iter().filter(|(word, _)| word.starts_with(&prefix)).collect();
        prop_assert_eq!(found, right);
    }

    /// What goes into the entry file comes out.
    #[test]
    fn the_entry_comes_back(documents in 0_u32..20_000, tokens in any::<u64>(), names in vec(0_u64..1 << 48, 1..5), words in vec("\\PC{0,20}", 0..5)) {
        let column = |name: &str| entry::Column { name: name.into(), label: "Label".into(), file: names[0] };
        let entry = entry::Entry {
            documents,
            fields: vec![entry::Field { name: "title".into(), weight: 2.5, tokens, lengths: (tokens % 2 == 0).then_some(names[0]) }],
            terms: vec![terms::Block { first: "a".into(), name: names[0], buckets: 3 }, terms::Block { first: "ab".into(), name: 1, buckets: 1 }],
            words: vec![lexicon::Block { first: "a".into(), name: 7 }],
            backwards: Vec::new(),
            common: names[0],
            texts: (0..texts::groups(documents)).map(|at| names[at % names.len()]).collect(),
            facets: vec![column("type"), column("topic")],
            sortings: vec![column("newest")],
            synonyms: vec![words],
        };
        prop_assert_eq!(entry::Entry::decode(&entry.encode().bytes).unwrap(), entry);
    }

    /// What goes into a facet comes out; what has a value is found by it, and counted.
    #[test]
    fn facets_come_back(documents in vec(btree_set(0_u32..6, 0..4), 0..80), wanted in btree_set(0_u32..6, 0..3)) {
        let values: Vec<facets::Value> =
            (0..6).map(|number| facets::Value { name: format!("v{number}"), label: format!("V {number}") }).collect();
        let written: Vec<Vec<u32>> = documents.iter().map(|set| set.iter().copied().collect()).collect();
        let (file, _) = facets::encode(&values, &written);
        let facet = facets::Facet::decode(&file.bytes, written.len() as u32).unwrap();
        prop_assert_eq!(&facet.values, &values);
        for (document, set) in (0..).zip(&written) {
            prop_assert_eq!(facet.of(document), set.as_slice());
        }
        let wanted: Vec<u32> = wanted.into_iter().collect();
        let having: Vec<u32> =
            (0..).zip(&documents).filter(|(_, set)| wanted.iter().any(|value| set.contains(value))).map(|(at, _)| at).collect();
        prop_assert_eq!(facet.having(&wanted), having);
        let counts: Vec<u32> =
            (0..6).map(|value| documents.iter().filter(|set| set.contains(&value)).count() as u32).collect();
        prop_assert_eq!(facet.count(0..written.len() as u32), counts);
        prop_assert!(facets::Facet::decode(&file.bytes, written.len() as u32 + 1).is_err());
    }

    /// What goes into texts and sortings comes out.
    #[test]
    fn texts_and_sortings_come_back(parts in vec("\\PC{0,30}", 9), few in 1_u32..70, many in any::<bool>(), numbers in vec(any::<u32>(), 0..50)) {
        let section = texts::Section { heading: parts[6].clone(), anchor: parts[7].clone(), text: parts[8].clone() };
        let text = texts::Text {
            path: parts[0].clone(), title: parts[1].clone(), kind: parts[2].clone(), lang: parts[3].clone(),
            updated: parts[4].clone(), councils: parts[5].clone(), summary: String::new(), sections: vec![section; 2],
        };
        // A large library has two documents in a file.
        let count = if many { few + 8_192 } else { few };
        let all: Vec<texts::Text> =
            (0..count).map(|number| texts::Text { summary: number.to_string(), ..if number < few { text.clone() } else { texts::Text::default() } }).collect();
        let texts::Encoded { files, common, names } = texts::encode(&all.iter().collect::<Vec<_>>(), parts[0].as_bytes());
        prop_assert_eq!(names.len(), texts::groups(count));
        let files: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
        prop_assert_eq!(files.len(), (count as usize).div_ceil(texts::per_file(count)) + 1);
        let file = entry::Entry { common, ..entry::Entry::default() }.common_file();
        prop_assert!(texts::check_common(&files[&file]).is_ok());
        for document in 0..count.min(200) {
            let file = &files[&texts::file(&names, document, count).unwrap()];
            prop_assert_eq!(&texts::Text::decode(file, document, count).unwrap(), &all[document as usize]);
        }
        let (file, _) = facets::encode_sorting(&numbers);
        prop_assert_eq!(facets::decode_sorting(&file.bytes, numbers.len() as u32).unwrap(), numbers);
    }
}
