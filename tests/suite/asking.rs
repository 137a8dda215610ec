//! `casebook search` as scripts and people meet it.

use std::collections::BTreeSet;

use crate::binary::{Folder, Ran, run};

const FLAG: &str = "content/case-studies/flag.md";

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:#?}"))
}

#[test]
fn what_is_found_ends_with_0_and_nothing_with_1() {
    let site = Folder::base();
    let found = site.run("search", &["flag"]);
    assert_eq!(found.code, 0, "{found:#?}");
    assert!(found.out.contains("/case-studies/flag/") && found.err.contains("1 result."), "{found:#?}");
    let nothing = site.run("search", &["zebra"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (1, ""), "{nothing:#?}");
    let help = run(&["search", "--help"]).out;
    assert!(help.contains("1 nothing was found"), "{help}");
}

/// A name that is misspelt is no filter that lets everything through, and no order.
#[test]
fn a_facet_value_or_sorting_that_is_not_there_is_refused_with_those_that_are() {
    let site = Folder::base();
    for (args, said) in [
        (["--choose", "councl=islington"], ["no facet `councl`", "did you mean `council`?", "topic"]),
        (["--choose", "council=islingtn"], ["no value `islingtn`", "did you mean `islington`?", "southwark"]),
        (["--count", "topics"], ["no facet `topics`", "did you mean `topic`?", "council"]),
        (["--count", "qqqqqq"], ["no facet `qqqqqq`", "there are: ", "topic"]),
        (["--sort", "newst"], ["no sorting `newst`", "did you mean `newest`?", "reviewed"]),
    ] {
        let ran = site.run("search", &[&["flag"], &args[..]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:#?}");
        for words in said {
            assert!(ran.err.contains(words), "{args:?} says {words:?}: {}", ran.err);
        }
    }
    let ran = site.run("search", &["--choose", "council=islington", "--count", "topic", "--sort", "newest"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
}

/// Whoever knows how to write a value in a query need not learn another way.
#[test]
fn a_value_is_chosen_as_it_is_asked_for_in_a_query() {
    let site = Folder::base();
    let paths = |args: &[&str]| -> BTreeSet<String> {
        let ran = site.run("search", &[args, &["--limit", "100", "--format", "json"]].concat());
        assert_eq!(ran.code, 0, "{args:?}: {ran:#?}");
        let found = json(&ran)["results"].as_array().unwrap().clone();
        found.iter().map(|result| result["path"].as_str().unwrap().to_owned()).collect()
    };
    let all = paths(&[]);
    for (choice, query) in [
        ("council=ISLINGTON", "council:islington"),
        ("Council=Íslington", "council:islington"),
        ("type=Annual report", "type:annual-report"),
        ("type=report", "type:annual-report"),
        ("council=London Borough of Islington", "council:islington"),
        ("type=council, report", "type:council,annual-report"),
        ("year=2019", "year:2019"),
        ("year=2018..2021", "year:2018..2021"),
        ("year=2018-2021", "year:2018..2021"),
        ("year=2019..", "year:2019.."),
        ("year=2019,2018..2018,", "year:2018..2019"),
        ("year=2018 – 2019", "year:2018..2019"),
    ] {
        let chosen = paths(&["--choose", choice]);
        assert_eq!(chosen, paths(&[query]), "{choice}");
        assert!(chosen.len() < all.len(), "{choice}");
    }
    let both = paths(&["--choose", "type=council", "--choose", "Type=report"]);
    assert_eq!(both, paths(&["type:council,report"]), "values of one facet widen");
    for (choice, said) in [
        ("council=islington,southwrk", &["no value `southwrk`", "did you mean `southwark`?"][..]),
        ("type=Annual reprt", &["no value `Annual reprt`", "did you mean `annual-report`?"]),
        ("year=2040..2050", &["no value `2040..2050`", "there are: ", "2019"]),
        ("council=", &["`council=` names no value", "--count council"]),
    ] {
        let ran = site.run("search", &["--choose", choice]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{choice}: {ran:#?}");
        assert!(said.iter().all(|words| ran.err.contains(words)), "{choice}: {}", ran.err);
    }
}

#[test]
fn results_for_scripts_have_a_version() {
    let site = Folder::base();
    for args in [&["flag"][..], &["zebra"]] {
        let ran = site.run("search", &[args, &["--format", "json", "--explain"]].concat());
        assert_eq!(json(&ran)["version"], 1, "{args:?}");
        assert!(ran.out.starts_with("{\n  \"version\": 1,"), "{}", ran.out);
        assert!(!ran.err.contains("Each line below a score"), "nobody reads it: {}", ran.err);
    }
}

#[test]
fn what_makes_up_a_score_is_told_in_plain_words() {
    let site = Folder::base();
    let told = "Each line below a score: what a word adds to it";
    let ran = site.run("search", &["flag", "--explain"]);
    assert!(ran.err.contains(told) && ran.err.contains("[search] in site.toml"), "{}", ran.err);
    assert!(ran.out.contains("flag in title: 1 of"), "{}", ran.out);
    assert!(!site.run("search", &["flag"]).err.contains(told));
    assert!(!site.run("search", &["zebra", "--explain"]).err.contains(told), "there are no scores");
}

#[test]
fn the_help_says_what_each_sorting_sorts_by() {
    let help = run(&["search", "--help"]).out;
    for (name, by) in [("newest", "published"), ("adopted", "how many councils"), ("reviewed", "sources")] {
        let line = help.lines().find(|line| line.trim_start().starts_with(&format!("{name} ")));
        assert!(line.is_some_and(|line| line.contains(by)), "{name}: {help}");
    }
}

#[test]
fn documents_that_cannot_be_found_for_their_errors_are_named() {
    let site = Folder::base();
    assert_eq!(json(&site.run("search", &["flag", "--format", "json"]))["left_out"], serde_json::json!([]));
    site.edit(FLAG, "status: running", "status: runing");
    let ran = site.run("search", &["flag"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.err.contains("Left out: 1 document with errors; `casebook check`"), "{}", ran.err);
    let report = json(&site.run("search", &["flag", "--format", "json"]));
    assert_eq!(report["left_out"], serde_json::json!([FLAG]));
}

#[test]
fn a_folder_that_is_no_site_is_named_with_what_to_do() {
    let folder = Folder::with([("nothing.txt", "")]);
    let ran = folder.run("search", &["flag"]);
    assert_eq!(ran.code, 2);
    for words in ["there is no ", "site.toml", "--root", "--built", "casebook new site DIR"] {
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    assert!(!ran.err.contains("os error"), "{}", ran.err);
}
