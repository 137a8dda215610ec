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
    near: [/councils/islington/]
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
    finds_at(
        &searches("searches:\n  - qery: flag\n    first: [case-studies/flag]\n"),
        &["content/searches.yaml:2:5 unknown-field", "content/searches.yaml:3:13 invalid-value"],
    );
    finds_at(&searches("searches: flag\n"), &["content/searches.yaml:1:11 wrong-type"]);
}
