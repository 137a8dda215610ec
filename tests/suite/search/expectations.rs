//! `content/searches.yaml`: searches that have to find what they should.

use crate::support::{Site, finds, finds_at};

const FILE: &str = "content/searches.yaml";

fn searches(text: &str) -> Site {
    Site::new().with(FILE, text)
}

#[test]
fn what_is_found_gives_no_finding() {
    let text = "\
searches:
  - query: one flag on every record
    first: [/case-studies/flag/]
  - query: islington type:council
    first: [/councils/islington/]
  - query: islington
    first: [/councils/islington/]
    near: [/case-studies/flag/]
";
    finds(&searches(text), &[]);
}

#[test]
fn what_falls_out_is_named_with_what_came_instead() {
    let text =
        "searches:\n  - query: flag\n    near:\n      - /case-studies/flag/\n      - /councils/southwark/\n";
    let built = searches(text).build();
    let [finding] = built.diagnostics.as_slice() else { panic!("{:?}", built.diagnostics) };
    assert_eq!(
        finding.message,
        "“flag” has to find /councils/southwark/ among the first 10; it is not among the first 10 of 1 results"
    );
    let help = finding.help.as_deref().unwrap();
    assert!(help.starts_with("instead came /case-studies/flag/ (“A flag on"), "{help}");
    assert_eq!(crate::support::place(finding), "content/searches.yaml:5:9 search-missed");
}

#[test]
fn an_address_that_is_not_there_is_named() {
    let text = "searches:\n  - query: flag\n    first: [/case-studies/flags/]\n";
    finds(
        &searches(text),
        &[
            "content/searches.yaml:3:13 unknown-reference no document has the address /case-studies/flags/; did you mean /case-studies/flag/?",
        ],
    );
}

#[test]
fn mistakes_in_the_file_are_found_at_their_place() {
    finds(
        &searches("searches:\n  - qery: flag\n    first: [case-studies/flag]\n"),
        &[
            "content/searches.yaml:2:5 unknown-field `qery` is not a field here; did you mean `query`?",
            "content/searches.yaml:3:13 invalid-value `case-studies/flag` is not an address; did you mean /case-studies/flag/?",
        ],
    );
    finds_at(&searches("searches: flag\n"), &["content/searches.yaml:1:11 wrong-type"]);
}

/// A slip in one name hides nothing: not what is under it, nor what other searches miss.
#[test]
fn every_mistake_is_found_in_one_run() {
    let text = "\
serches:
  - query: flag
    frist: [/case-studies/flags/]
  - query: flag
    near: [/councils/southwark/]
  - query: islington
    first: [flag, /councils/islington/]
  - query: []
    near: [/councils/islingtn/]
";
    finds(
        &searches(text),
        &[
            "content/searches.yaml:1:1 unknown-field `serches` is not a field here; did you mean `searches`?",
            "content/searches.yaml:3:5 unknown-field `frist` is not a field here; did you mean `first`?",
            "content/searches.yaml:3:13 unknown-reference no document has the address /case-studies/flags/; did you mean /case-studies/flag/?",
            "content/searches.yaml:4:12 invalid-value “flag” is asked twice",
            "content/searches.yaml:5:12 search-missed “flag” has to find /councils/southwark/ among the first 10; it is not among the first 10 of 1 results",
            "content/searches.yaml:7:13 invalid-value `flag` is not an address; did you mean /case-studies/flag/?",
            "content/searches.yaml:8:12 wrong-type a list stands where text of at most 200 characters is wanted",
            "content/searches.yaml:9:12 unknown-reference no document has the address /councils/islingtn/; did you mean /councils/islington/?",
        ],
    );
}

#[test]
fn an_address_is_known_by_its_file_or_its_name() {
    for written in ["content/case-studies/flag.md", "/case-studies/flag", "flag", "case-studies/flga"] {
        let built = searches(&format!("searches:\n  - query: flag\n    near: [{written}]\n")).build();
        let [finding] = built.diagnostics.as_slice() else { panic!("{:?}", built.diagnostics) };
        assert_eq!(
            finding.message,
            format!("`{written}` is not an address; did you mean /case-studies/flag/?")
        );
        assert_eq!(finding.fix.as_ref().unwrap().replacement, "/case-studies/flag/");
        assert!(finding.help.as_deref().unwrap().contains("from the first / to the last"));
    }
}

#[test]
fn a_search_has_something_to_find() {
    for lists in ["", "    first: []\n", "    first:\n    near: []\n"] {
        finds(
            &searches(&format!("searches:\n  - query: flag\n{lists}")),
            &[
                "content/searches.yaml:2:5 missing-field this search has nothing to find: `first` and `near` are missing",
            ],
        );
    }
}

#[test]
fn no_more_is_asked_for_than_there_are_places() {
    let list = |count: usize| {
        let of = |number| format!("/topics/t{number}/");
        (1..=count).map(of).collect::<Vec<_>>().join(", ")
    };
    let said = |text: String| -> Vec<String> {
        let findings = searches(&text).findings();
        findings.into_iter().filter(|finding| finding.contains("invalid-value")).collect()
    };
    let first = |count| said(format!("searches:\n  - query: flag\n    first: [{}]\n", list(count)));
    assert_eq!(first(3), Vec::<String>::new());
    assert_eq!(
        first(4),
        [
            "content/searches.yaml:3:12 invalid-value `first` has 4 addresses, and 3 at most can be among the first 3 results"
        ]
    );
    let both = |count| {
        let text = "searches:\n  - query: flag\n    first: [/case-studies/flag/]\n    near: ";
        said(format!("{text}[{}]\n", list(count)))
    };
    assert_eq!(both(9), Vec::<String>::new());
    assert_eq!(
        both(10),
        [
            "content/searches.yaml:4:11 invalid-value `first` and `near` have 11 addresses, and 10 at most can be among the first 10 results"
        ]
    );
}

#[test]
fn an_address_stands_once_in_a_search_and_a_query_once_in_the_file() {
    let text = "\
searches:
  - query: flag
    first: [/case-studies/flag/]
    near: [/case-studies/flag/]
  - query: flag  on every record
    near: [/case-studies/flag/]
  - query: flag on every record
    first: [/case-studies/flag/]
";
    let built = searches(text).build();
    let found: Vec<String> = built.diagnostics.iter().map(crate::support::line).collect();
    assert_eq!(
        found,
        [
            "content/searches.yaml:4:12 invalid-value `/case-studies/flag/` stands under `first` already",
            "content/searches.yaml:7:12 invalid-value “flag on every record” is asked twice",
        ]
    );
    assert_eq!(built.diagnostics[1].related[0].location.position().line, 5);
}

/// No change of words can help a search for a value that no document has.
#[test]
fn a_value_that_no_document_has_is_named() {
    for (query, said) in [
        ("council:islingtn", "no document has council:islingtn; did you mean council:islington?"),
        (
            "council:bnes",
            "no document has council:bnes; `casebook search --count council` lists what there is",
        ),
    ] {
        let built =
            searches(&format!("searches:\n  - query: {query}\n    near: [/councils/islington/]\n")).build();
        let [finding] = built.diagnostics.as_slice() else { panic!("{:?}", built.diagnostics) };
        assert_eq!(crate::support::place(finding), "content/searches.yaml:3:12 search-missed");
        assert_eq!(finding.help.as_deref(), Some(said));
    }
}
