//! What a reader of results sees.

use std::collections::BTreeSet;

use casebook::index;
use casebook::source::Files;
use casebook_reader::search::{Piece, Request, Results};

use super::library::{Searched, generate, generated, shipped};
use super::requests::{Random, one_word};
use crate::binary::{PACKAGE, run};
use crate::support::{Site, options};

fn words(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn the_section_that_matches_is_named_with_its_anchor() {
    let results = shipped().find("hazard indicator islington \"how to adopt\" OR recording");
    let hit = results.hits.first().unwrap();
    assert!(hit.text.path.starts_with('/') && hit.text.path.ends_with('/'));
    let marked = results
        .hits
        .iter()
        .all(|hit| hit.excerpt.pieces.iter().chain(&hit.excerpt.title).any(|piece| piece.marked));
    assert!(marked, "{:?}", results.hits);
    let section = results.hits.iter().find(|hit| !hit.excerpt.anchor.is_empty()).unwrap();
    let known = section.text.sections.iter().any(|s| s.anchor == section.excerpt.anchor);
    assert!(known && !words(&section.excerpt.pieces).is_empty());
}

#[test]
fn documents_with_all_the_words_come_alone() {
    let ask =
        |text: &str| shipped().ask(&Request { text: text.to_owned(), synonyms: false, ..Request::default() });
    let all = ask("county lines");
    assert_eq!(all.notes.fewer, None);
    let fewer = ask("county lines zzyzxq");
    assert_eq!(fewer.notes.unknown, ["zzyzxq"]);
    assert_eq!(fewer.notes.fewer, Some((2, 3)));
    assert_eq!(fewer.total, all.total);
}

#[test]
fn where_few_documents_have_all_the_words_others_follow() {
    let searched = generated();
    let mut random = Random::new(11);
    let mut seen = 0;
    for _ in 0..300 {
        let words = [one_word(searched, &mut random), one_word(searched, &mut random)];
        if !words.iter().all(|word| word.chars().all(char::is_alphanumeric)) {
            continue;
        }
        let ask = |text: String| {
            searched.ask(&Request { text, synonyms: false, size: 0, ranking: true, ..Request::default() })
        };
        let all = ask(format!("\"{}\" \"{}\"", words[0], words[1]));
        let results = ask(words.join(" "));
        let Some((least, parts)) = results.notes.fewer else { continue };
        assert_eq!((least, parts), (1, 2));
        assert!(all.total < 5 && results.total > all.total);
        let first =
            |hits: &[(u32, f32)]| hits.iter().take(all.total).map(|hit| hit.0).collect::<BTreeSet<_>>();
        assert_eq!(first(&results.ranking), first(&all.ranking), "{words:?}");
        assert_eq!(results.notes.complete, all.total);
        seen += usize::from(all.total > 0);
    }
    assert!(seen > 20, "{seen} pairs of words have few documents");
}

#[test]
fn one_document_with_most_of_the_words_hides_no_others() {
    let results = shipped().find("how do we stop cheap car washs using slaves");
    assert_eq!(results.notes.complete, 0);
    assert!(results.total >= 5 && results.notes.first < results.total, "{:?}", results.notes);
    let shown: Vec<&str> = results.hits.iter().map(|hit| hit.text.title.as_str()).collect();
    assert!(shown.contains(&"Visiting every hand car wash in the borough"), "{shown:?}");
}

#[test]
fn figures_are_found_with_and_without_their_commas() {
    for typed in ["2118", "2,118", "\"2,118 suspected\""] {
        let results = shipped().find(typed);
        let first = results.hits.first().map(|hit| hit.text.path.as_str());
        assert_eq!(first, Some("/statistics/nrm-children/"), "{typed}");
        let pieces = &results.hits[0].excerpt.pieces;
        assert!(pieces.iter().any(|piece| piece.marked && piece.text == "2,118"), "{pieces:?}");
    }
}

#[test]
fn labels_that_are_no_facet_are_found() {
    let results = shipped().find("\"coordination within the council\" type:case-study");
    let found = results.hits.iter().any(|hit| hit.text.path == "/case-studies/islington-hazard-indicator/");
    assert!(found, "{:?}", results.hits);
}

#[test]
fn words_without_a_space_between_are_asked_for_one_by_one() {
    assert_eq!(shipped().find("CSE/CCE").query, shipped().find("CSE CCE").query);
    assert!(shipped().find("nail bars/hmos").notes.unknown.is_empty());
}

#[test]
fn a_council_is_chosen_by_its_full_name() {
    let short = shipped().find("council:hackney");
    for name in ["London Borough of Hackney", "Hackney Council"] {
        let full = shipped().find(&format!("council:\"{name}\""));
        assert_eq!((full.query, full.total), (short.query.clone(), short.total), "{name}");
    }
    assert!(short.total > 0);
    assert_eq!(shipped().find("council:\"Atlantis of Hackneyshire\"").total, 0);
}

#[test]
fn results_name_their_councils() {
    let results = shipped().find("hazard indicator islington type:case-study");
    let hit = results.hits.iter().find(|hit| hit.text.path == "/case-studies/islington-hazard-indicator/");
    assert_eq!(hit.unwrap().text.councils, "Islington");
    let results = shipped().find("islington type:council");
    assert_eq!(results.hits[0].text.councils, "", "the title says it");
}

#[test]
fn a_part_of_a_value_is_enough_for_a_field() {
    let results = shipped().find("type:report");
    assert!(results.total > 5);
    assert!(results.hits.iter().all(|hit| hit.text.kind == "Annual report"));
    let unknown = shipped().find("council:atlantis county");
    assert_eq!(unknown.total, 0);
    assert_eq!(unknown.notes.unknown_values, [("council".to_owned(), "atlantis".to_owned())]);
}

#[test]
fn an_empty_query_browses() {
    let everything = shipped().find("");
    assert_eq!(everything.total, shipped().documents.len());
    assert_eq!(everything.hits.len(), 10);
    let request = Request { sort: Some("newest".into()), size: 1_000, ..Request::default() };
    let newest = shipped().ask(&request);
    let days = newest.hits.iter().map(|hit| shipped().documents[hit.document as usize].newest);
    assert!(days.is_sorted_by(|a, b| a >= b));
    let next = shipped().ask(&Request { from: 10, ..Request::default() });
    assert_eq!(next.hits.first().map(|hit| hit.document), Some(10));
}

/// All documents of a kind in the shipped library, the newest first.
fn newest(kind: &str) -> Results {
    let (text, sort) = (format!("type:{kind}"), Some("newest".into()));
    shipped().ask(&Request { text, sort, size: 1_000, ..Request::default() })
}

/// What was done at a time that nobody knows is not new because its page was changed.
#[test]
fn what_has_no_date_comes_last_under_newest() {
    let days: Vec<u32> = newest("case-study")
        .hits
        .iter()
        .map(|hit| shipped().documents[hit.document as usize].newest)
        .collect();
    let dated = days.iter().take_while(|day| **day > 0).count();
    assert!(dated > 5 && dated < days.len() && days[dated..].iter().all(|day| *day == 0), "{days:?}");
}

/// Most reports do not say when they were published: they stand where their period or title puts them.
#[test]
fn the_newest_reports_are_those_of_the_newest_years() {
    let reports = newest("report");
    let place = |name: &str| {
        let path = format!("/reports/{name}/");
        reports.hits.iter().position(|hit| hit.text.path == path).unwrap()
    };
    let in_order = [
        "coventry-2025-26",
        "rotherham-2025-26",
        "plymouth-2024",
        "plymouth-2023",
        "stockport-2019-20",
        "newcastle-undated",
    ];
    assert!(in_order.map(place).is_sorted(), "{:?}", in_order.map(place));
}

#[test]
fn words_cost_two_rounds() {
    let request = Request { text: "county lines recording".into(), ..Request::default() };
    let (results, rounds) = shipped().ask_and_count(&request);
    assert!(results.total > 0);
    assert_eq!(rounds.len(), 2, "{rounds:?}");
}

/// The words of a command as a shell takes them apart, as far as examples need one.
fn shell_words(command: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for letter in command.chars() {
        match letter {
            '\'' => quoted = !quoted,
            '#' if !quoted => break,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whoever tries an example sees what it is an example of.
#[test]
fn examples_find_something() {
    let folder = tempfile::TempDir::new().unwrap();
    let built = folder.path().join("public").into_os_string().into_string().unwrap();
    let build = run(&["build", "--root", PACKAGE, "--output", &built]);
    assert_eq!(build.code, 0, "{build:?}");
    let readme = include_str!("../../../README.md");
    let help = run(&["search", "--help"]).out;
    let lines = readme.lines().chain(help.lines());
    let examples = lines.filter_map(|line| line.trim_start().strip_prefix("casebook search "));
    let mut examples: Vec<Vec<String>> = examples.map(shell_words).collect();
    assert!(examples.len() > 9, "{examples:?}");
    assert!(readme.contains("`\"duty to notify\"`"));
    examples.push(vec!["\"duty to notify\"".to_owned()]);
    for mut words in examples {
        match words.iter().position(|word| word == "--built") {
            Some(at) => words[at + 1].clone_from(&built),
            None => words.extend(["--built".to_owned(), built.clone()]),
        }
        let all: Vec<&str> = std::iter::once("search").chain(words.iter().map(String::as_str)).collect();
        let ran = run(&all);
        assert_eq!(ran.code, 0, "{words:?}: {ran:?}");
    }
}

#[test]
fn parts_of_a_score_make_it_up() {
    for text in ["procurement", "nrm", "\"county lines\" nrm", "prcurement OR nrm -car", "multi-agency lines"]
    {
        let results = shipped().ask(&Request { text: text.into(), explain: true, ..Request::default() });
        for hit in &results.hits {
            let sum: f32 = hit.shares.iter().map(|share| share.score).sum();
            assert!((sum - hit.score).abs() < 1e-4 * hit.score, "{text}: {hit:?}");
        }
        assert!(!results.hits.is_empty());
    }
}

#[test]
fn words_with_hyphens_are_completed_and_forgiven_as_others_are() {
    let searched = shipped();
    let whole = searched.find("multi-agency").total;
    assert!(whole > 3);
    let wrong = searched.find("multi-agnecy");
    assert_eq!(wrong.notes.corrected, [("multiagnecy".to_owned(), vec!["multiagency".to_owned()])]);
    assert!(wrong.total > 3);
    let begun = Request { text: "multi-agen".into(), typing: true, ..Request::default() };
    assert!(searched.ask(&begun).total > 3);
    assert_eq!(searched.find("zebra-quokka").notes.unknown, ["zebraquokka"]);
}

#[test]
fn what_asks_nothing_is_passed_over_and_said() {
    let searched = shipped();
    let everything = searched.find("").total;
    for text in ["what to do", "\"of the\"", "council:"] {
        let results = searched.find(text);
        assert!(results.notes.passed_over && results.total == everything, "{text}: {:?}", results.notes);
    }
    assert_eq!(searched.find("council: islington").total, searched.find("islington").total);
    assert!(!searched.find("").notes.passed_over && !searched.find("islington").notes.passed_over);
}

#[test]
fn the_same_library_gives_the_same_bytes_with_any_number_of_threads() {
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let built = pool.install(|| {
            let files = generate(40, 3);
            casebook::pipeline::build(&files, &options(), &|_| {}).unwrap()
        });
        let index = built.artifacts.into_files().filter(|(path, _)| index::is_of_index(&format!("/{path}")));
        index.collect::<Vec<_>>()
    };
    let (one, two) = (build(1), build(2));
    assert!(one.len() > 40);
    assert!(one == two);
}

#[test]
fn the_published_files_answer() {
    let built = Site::new().build();
    let mut inflater = index::Inflater::default();
    let mut fetch = |name: &str| {
        let address = index::address(name);
        inflater.inflate(name, built.artifacts.get(address[1..].into())?).ok()
    };
    let request = Request { text: "flag recording".into(), ..Request::default() };
    let entry = fetch("entry.bin").unwrap();
    let results = casebook_reader::search::answer(&entry, &request, fetch).unwrap();
    assert_eq!(results.hits[0].text.path, "/case-studies/flag/");
    assert_eq!(results.hits[0].excerpt.heading, "The problem");
}

#[test]
fn an_edit_renames_few_files() {
    let names = |files: &dyn Files| -> BTreeSet<String> { Searched::new(files).files.into_keys().collect() };
    let mut site = generate(200, 9);
    let before = names(&site);
    let path = "content/topics/topic-3.md";
    let text = String::from_utf8(site.read(path.into()).unwrap()).unwrap();
    site.insert(path, text.replace("A topic.", "A topic of the edit."));
    let after = names(&site);
    for (folder, at_least) in [("t/", 60), ("p/", 60), ("x/", 80), ("c/", 100)] {
        let before: BTreeSet<&String> = before.iter().filter(|name| name.starts_with(folder)).collect();
        let kept = before.iter().filter(|name| after.contains(**name)).count();
        assert!(kept * 100 >= before.len() * at_least, "{kept} of {} in {folder}", before.len());
    }
    assert!(before != after);
}
