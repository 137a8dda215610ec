//! `casebook search` as scripts and people meet it.

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
    for words in ["there is no ", "site.toml", "--root", "casebook new site DIR"] {
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    assert!(!ran.err.contains("os error"), "{}", ran.err);
}
