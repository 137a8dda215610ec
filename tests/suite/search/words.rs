//! Words completed and mistakes forgiven, against every word there is.

use std::collections::{BTreeMap, BTreeSet};

use casebook_reader::analyse;
use casebook_reader::query::Query;
use casebook_reader::search::Request;

use super::library::{Searched, generate, generated, shipped};
use super::requests::{Random, mistake, one_word};

/// Every word with the number of documents that have it.
fn all_words(searched: &Searched) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for document in &searched.documents {
        let tokens = document.fields().into_iter().flatten().flat_map(analyse::tokens);
        let words: BTreeSet<String> = tokens.map(|token| token.word).collect();
        words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
    }
    counts.retain(|word, _| word.len() > 1 && word.chars().all(char::is_alphabetic));
    counts
}

/// Edits between two words, two letters exchanged counting as one: the whole table, nothing saved.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let changed = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut best = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                }
            };
        }
    }
    table[a.len()][b.len()]
}

#[test]
fn the_nearest_words_are_searched_for_one_that_stands_nowhere() {
    let searched = generated();
    let words = all_words(searched);
    let terms: BTreeSet<String> = words.keys().map(|word| analyse::stem(word)).collect();
    let mut random = Random::new(5);
    let (mut corrected, mut two, mut begun) = (0, 0, 0);
    for number in 0..250 {
        let mut word = analyse::fold(&one_word(searched, &mut random));
        if number % 5 == 0 {
            word = word.chars().take(5).collect();
        } else {
            word = mistake(&word, &mut random);
        }
        if random.below(3) == 0 && word.chars().count() > 3 {
            word = mistake(&word, &mut random);
        }
        let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if word.len() < 2
            || !plain
            || analyse::is_function_word(&word)
            || terms.contains(&analyse::stem(&word))
        {
            continue;
        }
        let length = word.chars().count();
        let allowed = if length < 4 {
            0
        } else if length < 8 {
            1
        } else {
            2
        };
        // A word that goes on where the typed one ends is nearer than two mistakes, not than one.
        let distance = |other: &String| {
            let near = other.chars().count().abs_diff(length) <= allowed;
            let mistakes = near.then(|| edits(&word, other)).filter(|edits| *edits <= allowed);
            let goes_on = (length > 3 && other.starts_with(&word)).then_some(3);
            mistakes.map(|edits| 2 * edits).into_iter().chain(goes_on).min()
        };
        let near =
            words.iter().filter_map(|(other, count)| Some((distance(other)?, u32::MAX - count, other)));
        let mut near: Vec<_> = near.collect();
        near.sort();
        let least = near.first().map(|(distance, ..)| *distance);
        let right: Vec<String> = near
            .into_iter()
            .filter(|(distance, ..)| Some(*distance) == least)
            .take(5)
            .map(|(.., other)| other.clone())
            .collect();
        let notes = searched.find(&word).notes;
        if right.is_empty() {
            assert_eq!(notes.unknown, [word]);
        } else {
            assert_eq!(notes.corrected, [(word, right)]);
            corrected += 1;
            two += usize::from(least == Some(4));
            begun += usize::from(least == Some(3));
        }
    }
    assert!(
        corrected > 60 && two > 5 && begun > 5,
        "{corrected} were wrong, {two} twice, {begun} were begun"
    );
}

#[test]
fn the_most_common_words_complete_one_that_is_begun() {
    let searched = generated();
    let words = all_words(searched);
    let mut random = Random::new(6);
    let mut asked = 0;
    for _ in 0..200 {
        let word = analyse::fold(&one_word(searched, &mut random));
        let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        let common = analyse::is_function_word(&word) || word.get(..3).is_some_and(analyse::is_function_word);
        if !plain || word.len() < 4 || common {
            continue;
        }
        let beginning = &word[..3];
        let mut longer: Vec<_> = words
            .iter()
            .filter(|(other, _)| other.starts_with(beginning) && *other != beginning)
            .map(|(other, count)| (u32::MAX - count, other))
            .collect();
        longer.sort();
        let mut right: BTreeSet<String> =
            longer.iter().take(8).map(|(_, other)| analyse::stem(other)).collect();
        let own = analyse::stem(beginning);
        let known = words.keys().any(|other| analyse::stem(other) == own);
        right.remove(&own);
        if known {
            right.insert(own);
        }
        let request = Request { text: beginning.to_owned(), typing: true, ..Request::default() };
        let request = Request { synonyms: false, ..request };
        let mut found = BTreeSet::new();
        searched.ask(&request).query.leaves(&mut |leaf| {
            if let Query::Term(term) = leaf {
                found.insert(term.clone());
            }
        });
        assert_eq!(found, right, "{beginning}");
        asked += 1;
    }
    assert!(asked > 50, "{asked} beginnings");
}

#[test]
fn an_abbreviation_finds_what_it_stands_for() {
    let results = shipped().find("NRM");
    assert!(
        results.notes.also.iter().any(|name| name == "National referral mechanism"),
        "{:?}",
        results.notes
    );
    let request = Request { text: "NRM".into(), synonyms: false, ..Request::default() };
    let alone = shipped().ask(&request);
    assert!(alone.notes.also.is_empty());
    assert!(results.total >= alone.total);
    assert!(shipped().find("\"NRM\"").notes.also.is_empty(), "what is quoted is meant as it stands");
}

#[test]
fn a_word_with_a_mistake_is_found() {
    let results = shipped().find("safegaurding");
    let corrected = results.notes.corrected.iter().map(|(typed, meant)| (typed.as_str(), meant[0].as_str()));
    assert_eq!(corrected.collect::<Vec<_>>(), [("safegaurding", "safeguarding")]);
    assert!(results.total > 3);
}

#[test]
fn a_name_with_a_hyphen_or_a_mistake_finds_what_means_the_same() {
    let term = "---\ntitle: Multi-agency hub\nsummary: A word.\nupdated: 2026-11-01\nshort: A word.\nsynonyms: [roundhouse]\n---\n";
    let mut site = generate(5, 1);
    site.insert("content/glossary/hub.md", term);
    let searched = Searched::new(&site);
    for typed in ["multi-agency hub", "Multi agency hub", "multi-agency hbub"] {
        assert_eq!(searched.find(typed).notes.also, ["roundhouse"], "{typed}");
    }
    assert_eq!(searched.find("roundhuose").notes.also, ["Multi-agency hub"]);
    assert!(searched.find("multi-agency").notes.also.is_empty());
    let together = searched.find("#multiagencyhub").notes;
    assert_eq!(together.also, ["Multi-agency hub", "roundhouse"]);
    assert!(together.unknown.is_empty() && together.corrected.is_empty(), "{together:?}");
}

/// A small library with a glossary term called `title`, in whose settings `words` mean the same.
fn with_synonyms(title: &str, words: &[&str]) -> Searched {
    let mut site = generate(5, 1);
    let settings = include_str!("../../../site.toml");
    site.insert("site.toml", format!("{settings}\n[[synonyms]]\nwords = {words:?}\n"));
    let page = format!("---\ntitle: {title}\nsummary: A word.\nupdated: 2026-11-01\nshort: A word.\n---\n");
    site.insert("content/glossary/term.md", page);
    Searched::new(&site)
}

#[test]
fn other_names_of_councils_and_everyday_words_find_the_same() {
    let first = |text: &str| shipped().find(text).hits.first().map(|hit| hit.text.title.clone());
    assert_eq!(first("LBBD").as_deref(), Some("Barking and Dagenham"));
    let by_initials = shipped().find("council:bnes");
    assert_eq!(by_initials.total, shipped().find("council:bath-and-north-east-somerset").total);
    assert!(by_initials.total > 0 && by_initials.notes.unknown_values.is_empty());

    let searched = with_synonyms("Round tower", &["roundhouse", "round tower"]);
    for typed in ["roundhouse", "roundtower"] {
        let results = searched.find(typed);
        assert_eq!(results.notes.also, ["Round tower"], "{typed}");
        assert_eq!(results.hits.first().map(|hit| hit.text.title.as_str()), Some("Round tower"));
    }
}

#[test]
fn words_of_a_name_that_means_the_same_are_not_missed() {
    let results =
        with_synonyms("Turret", &["turret", "qqletting qqagent"]).find("qqletting qqagent qqletting qqagent");
    assert_eq!(results.hits.first().map(|hit| hit.text.title.as_str()), Some("Turret"));
    assert!(results.notes.unknown.is_empty() && results.notes.corrected.is_empty(), "{:?}", results.notes);
    assert_eq!(results.notes.also, ["Turret"], "told once");
}

#[test]
fn a_name_that_stands_for_nothing_here_is_a_word_like_others() {
    let searched = with_synonyms("Turret", &["turretx", "signpost"]);
    let notes = searched.find("turretx").notes;
    assert_eq!(notes.corrected, [("turretx".to_owned(), vec!["turret".to_owned()])]);
    assert_eq!(searched.find("signpost").notes.unknown, ["signpost"]);
}

#[test]
fn each_word_beside_or_may_be_a_name() {
    let also = |text: &str| shipped().find(text).notes;
    let (nrm, either) = (also("nrm").also, also("nrm OR glaa"));
    assert!(!nrm.is_empty() && nrm.iter().all(|name| either.also.contains(name)), "{either:?}");
    assert!(shipped().find("nrm OR glaa").total >= shipped().find("nrm").total);
    let written_together = also("nailbars OR qqqzz");
    assert_eq!(written_together.unknown, ["qqqzz"]);
}

#[test]
fn forms_of_address_and_questions_are_passed_over() {
    let titles = |text: &str| -> Vec<String> {
        shipped().find(text).hits.into_iter().map(|hit| hit.text.title).collect()
    };
    let asked = "How do I report modern slavery? I would, she could";
    assert_eq!(titles(asked), titles("report modern slavery"));
}
