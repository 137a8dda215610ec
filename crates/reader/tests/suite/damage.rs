//! Damaged and hostile files give errors; nothing panics, hangs or fills the memory.

use casebook_reader::bytes::{FEW, Put};
use casebook_reader::format::{entry, facets, lengths, lexicon, positions, terms, texts};
use casebook_reader::search::{self, Reader, Request};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::small::{Files, answer, files};

fn with(name: &str, bytes: Vec<u8>) -> Files {
    let mut changed = files().clone();
    changed.insert(name.to_owned(), bytes);
    changed
}

fn name_of(which: &prop::sample::Index) -> &'static str {
    let names: Vec<&String> = files().keys().collect();
    names[which.index(names.len())]
}

/// Gives `bytes` the checksum that they ought to have, as somebody hostile would.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() < 6 {
        return bytes;
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in &bytes[6..] {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^= hash >> 32;
    let sum = (hash ^ (hash >> 32)) as u32;
    bytes[2..6].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn decode_all(bytes: &[u8]) {
    let _ = entry::Entry::decode(bytes);
    let _ = facets::Facet::decode(bytes, 1_000);
    let _ = facets::decode_sorting(bytes, 1_000);
    for document in [0, 9_001] {
        let _ = texts::Text::decode(bytes, document, 10_000);
    }
    let _ = texts::check_common(bytes);
    let _ = lengths::decode(bytes, 1_000);
    let _ = lexicon::decode(b'w', bytes, &mut |_, _| {});
    let _ = lexicon::decode(b'r', bytes, &mut |_, _| {});
    for lengths in [vec![], vec![Some(vec![7; 1_000]); 32]] {
        if let Ok(Some(postings)) = terms::find(bytes, "counti", 1_000, &lengths) {
            let _ = positions::find(bytes, "counti", &postings);
        }
    }
    let far = vec![(0, vec![terms::Posting { document: 0, frequency: u32::MAX, length: 0 }])];
    let _ = positions::find(bytes, "counti", &far);
}

/// Whether the request of these tests passes over a file: without it the answer is the same.
fn is_unread(name: &str) -> bool {
    let mut without = files().clone();
    without.remove(name);
    answer(&without).is_some()
}

#[test]
fn a_resealed_file_is_taken_for_whole() {
    let entry = &files()["entry.bin"];
    let mut spoilt = entry.clone();
    spoilt[3] ^= 1;
    assert_eq!(answer(&with("entry.bin", spoilt.clone())), None);
    assert_eq!(&resealed(spoilt), entry);
    assert!(answer(files()).unwrap() > 0);
}

#[test]
fn a_file_that_is_missing_is_named() {
    let request = Request { text: "county".into(), ..Request::default() };
    let error = search::answer(&files()["entry.bin"], &request, |_| None).unwrap_err();
    assert!(error.to_string().starts_with("the search file l/"), "{error}");
}

/// A few bytes that promise 4 thousand million documents do not get memory for them.
#[test]
fn documents_that_are_not_there_are_not_counted() {
    for names in [0, 256] {
        // No fields, no terms, no words, and what texts have in common.
        let mut payload = vec![0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        payload.number(names);
        payload.extend(vec![0; 6 * names as usize + 20]);
        let mut bytes = vec![b'e', casebook_reader::format::VERSION, 0, 0, 0, 0];
        bytes.extend(payload);
        let error = Reader::open(&resealed(bytes)).unwrap_err();
        assert_eq!(error.what, "it has another number of documents", "{names} names");
    }
}

/// Names, values and words are held against each other: a small file that holds hundreds of thousands would
/// keep a page busy for minutes.
#[test]
fn more_than_any_library_has_is_refused() {
    let names = |groups: usize, each: usize| {
        let synonyms = vec![vec!["county".to_owned(); each]; groups];
        entry::Entry { synonyms, ..entry::Entry::default() }.encode().bytes
    };
    let values = |count: usize| {
        let value = |number| facets::Value { name: format!("x-{number}"), label: String::new() };
        facets::encode(&(0..count).map(value).collect::<Vec<_>>(), &[vec![0]]).0.bytes
    };
    // Written by hand: the encoder makes blocks of fewer.
    let words = |count: usize| {
        let mut bytes = vec![b'w', casebook_reader::format::VERSION, 0, 0, 0, 0];
        bytes.number(count as u64);
        for number in 0..count {
            bytes.word_after("", &format!("{number:06}"));
            bytes.number(1);
        }
        let mut found = 0;
        lexicon::decode(b'w', &resealed(bytes), &mut |_, _| found += 1).is_ok() && found == count
    };
    for (groups, each) in [(FEW, 1), (1, FEW), (90, 90)] {
        assert!(Reader::open(&names(groups, each)).is_ok(), "{groups} groups of {each}");
    }
    for (groups, each) in [(FEW + 1, 0), (1, FEW + 1), (100, 100)] {
        assert!(Reader::open(&names(groups, each)).is_err(), "{groups} groups of {each}");
    }
    assert!(facets::Facet::decode(&values(FEW), 1).is_ok());
    assert!(facets::Facet::decode(&values(FEW + 1), 1).is_err());
    assert!(words(FEW) && !words(FEW + 1));
}

/// A name that holds no word, such as one of function words alone, is a name for nothing.
#[test]
fn names_without_words_are_passed_over() {
    let synonyms = vec![vec!["of the".to_owned(), "county".to_owned()]; 3];
    let entry = entry::Entry { synonyms, ..entry::Entry::default() }.encode().bytes;
    let request = Request { text: "lines".into(), ..Request::default() };
    let results = search::answer(&entry, &request, |_| None).unwrap();
    assert_eq!((results.total, results.notes.also.len()), (0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(1807), ..ProptestConfig::default() })]

    /// One damaged byte anywhere is noticed wherever the file is read.
    #[test]
    fn damage_is_noticed(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), change in 1_u8..) {
        let name = name_of(&which);
        let mut bytes = files()[name].clone();
        let place = at.index(bytes.len());
        bytes[place] ^= change;
        decode_all(&bytes);
        prop_assert!(answer(&with(name, bytes)).is_none() || is_unread(name));
    }

    /// Files with the right checksum and wrong contents are read to an error or an answer.
    #[test]
    fn hostile_files_are_survived(
        which in any::<prop::sample::Index>(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let name = name_of(&which);
        let mut bytes = files()[name].clone();
        for (at, value) in &changes {
            let place = at.index(bytes.len());
            if place >= 6 {
                bytes[place] = *value;
            }
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()).max(6));
        }
        let bytes = resealed(bytes);
        decode_all(&bytes);
        answer(&with(name, bytes));
    }

    /// Bytes that nobody wrote.
    #[test]
    fn noise_is_survived(letter in prop::sample::select(b"etplwrcsx".to_vec()), noise in vec(any::<u8>(), 0..400)) {
        let mut bytes = vec![letter, casebook_reader::format::VERSION, 0, 0, 0, 0];
        bytes.extend(noise);
        decode_all(&resealed(bytes));
    }

    /// Any text is a query.
    #[test]
    fn any_text_is_answered(text in "[\"a-z :.()|-]{0,60}|\\PC{0,40}|(county|lines|OR|-|\"|council:|year:20..){0,12}", typing in any::<bool>()) {
        let request = Request { text, typing, size: 2, ..Request::default() };
        let fetch = |name: &str| files().get(name).cloned();
        prop_assert!(search::answer(&files()["entry.bin"], &request, fetch).is_ok());
    }
}
