//! Findings as they are shown: what an officer reads, and what nobody may read.

use casebook::diagnostics::{render_human, render_json};

use crate::support::Site;

const TOPIC: &str = "content/topics/county-lines.md";
const FLAG: &str = "content/case-studies/flag.md";

/// The findings of a site as a terminal shows them, without colours.
fn shown(site: &Site) -> String {
    render_human(&site.build().diagnostics, false)
}

#[test]
fn a_misspelt_reference() {
    let site = Site::new().edited(FLAG, "topics: [county-lines]", "topics: [county-line]");
    insta::assert_snapshot!(shown(&site), @r#"
    error[unknown-reference]: there is no topic `county-line`; did you mean `county-lines`?
     --> content/case-studies/flag.md:9:10
      |
    9 | topics: [county-line]
      |          ^^^^^^^^^^^
      |
      = help: each topic is a file in content/topics
    help: write
      |
    9 | topics: [county-lines]
      |                     +
    "#);
}

#[test]
fn a_colon_in_a_title() {
    let site = Site::new().edited(TOPIC, "title: County lines", "title: County lines: who is at risk");
    insta::assert_snapshot!(shown(&site), @r#"
    error[yaml-syntax]: the text of `title` holds a colon
     --> content/topics/county-lines.md:2:8
      |
    2 | title: County lines: who is at risk
      |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put it in quotation marks: `title: "County lines: who is at risk"`
    help: write
      |
    2 - title: County lines: who is at risk
    2 + title: "County lines: who is at risk"
      |
    "#);
}

#[test]
fn two_places_of_one_mistake() {
    let site =
        Site::new().edited("content/reports/islington-2019.md", "period_end: 2019-03", "period_end: 2017-03");
    insta::assert_snapshot!(shown(&site), @r#"
    error[date-order]: March 2017 is before April 2018
     --> content/reports/islington-2019.md:9:13
      |
    9 | period_end: 2017-03
      |             ^^^^^^^
      |
     ::: content/reports/islington-2019.md:8:15
      |
    8 | period_start: 2018-04
      |               ------- this comes first
      |
      = help: one of the two is wrong; look both up in the source
    "#);
}

#[test]
fn a_file_as_a_whole() {
    let site = Site::new().with("content/topics/Car Washes.docm", "x");
    insta::assert_snapshot!(shown(&site), @r#"
    error[file-kind]: files of the kind `docm` are not published
    --> content/topics/Car Washes.docm
     = help: the kinds are: png, jpg, jpeg, webp, pdf, csv, ods, odt, xlsx, docx
    "#);
}

#[test]
fn a_warning() {
    let site = Site::new().edited(FLAG, "reviewed_on: 2026-11-01", "reviewed_on: 2024-06-30");
    insta::assert_snapshot!(shown(&site), @r#"
    warning[review-due]: the review was due on 30 June 2026; today is 21 November 2026
      --> content/case-studies/flag.md:26:14
       |
    26 | reviewed_on: 2024-06-30
       |              ^^^^^^^^^^
       |
       = help: hold the document against its sources, mend it, and write today's date
    "#);
}

/// The shape on which scripts rely.
#[test]
fn a_finding_for_scripts() {
    let site =
        Site::new().edited("content/reports/islington-2019.md", "period_end: 2019-03", "period_end: 2017-03");
    insta::assert_snapshot!(render_json(&site.build().diagnostics), @r#"
    {
      "version": 1,
      "errors": 1,
      "warnings": 0,
      "diagnostics": [
        {
          "code": "date-order",
          "level": "error",
          "message": "March 2017 is before April 2018",
          "file": "content/reports/islington-2019.md",
          "line": 9,
          "column": 13,
          "end_line": 9,
          "end_column": 20,
          "help": "one of the two is wrong; look both up in the source",
          "related": [
            {
              "file": "content/reports/islington-2019.md",
              "line": 8,
              "column": 15,
              "end_line": 8,
              "end_column": 22,
              "label": "this comes first"
            }
          ]
        }
      ],
      "overrides": []
    }
    "#);
}

#[test]
fn an_edit_for_scripts_is_what_mends_the_file() {
    let site = Site::new().edited(FLAG, "topics: [county-lines]", "topics: [county-line]");
    let findings = site.build().diagnostics;
    let report: serde_json::Value = serde_json::from_str(&render_json(&findings)).unwrap();
    let fix = &report["diagnostics"][0]["fix"];
    let number = |name: &str| usize::try_from(fix[name].as_u64().unwrap()).unwrap();
    assert_eq!((number("line"), number("end_line")), (9, 9));
    let text = site.text(fix["file"].as_str().unwrap()).unwrap();
    let line = text.lines().nth(8).unwrap();
    let (start, end) = (number("column") - 1, number("end_column") - 1);
    let mended = format!("{}{}{}", &line[..start], fix["replacement"].as_str().unwrap(), &line[end..]);
    assert_eq!(mended, "topics: [county-lines]");
    assert_eq!(site.edited(FLAG, line, &mended).findings(), Vec::<String>::new());
}

/// Nobody's: telephone numbers that Ofcom keeps for drama, an NHS number of the range for tests, an
/// example domain, a National Insurance prefix that is not given out, a palace.
const PERSONAL: &[&str] = &[
    "999 123 4560",
    "9991234560",
    "07700 900123",
    "+44 7700 900 123",
    "(020) 7946 0123",
    "jane.doe@example.org",
    "jane.doe@example",
    "QQ 12 34 56 C",
    "SW1A 1AA",
];

/// A site in which `secret` stands in lines that are wrong, each in another way.
fn with(secret: &str) -> (Site, usize) {
    let fronts = [
        format!("title: Call: {secret}"),
        format!("titel: {secret}"),
        format!("title: [\"{secret}\"]"),
        format!("updated: \"{secret}\""),
        format!("parent: \"{secret}\""),
        format!("\"{secret}\": x"),
        secret.to_owned(),
        format!("lang: \"{secret}\""),
        format!("aliases: \"{secret}\""),
        format!("aliases: [\"{secret}\"]"),
    ];
    let bodies = [
        format!("Ask {secret}<br>today."),
        format!("See [it](<{secret}.md>)."),
        format!("See [it](#{secret})."),
        format!("See [^{secret}]."),
        format!("#### {secret}"),
        format!("```{{{secret}}}\n```"),
        format!("```\n{secret}"),
    ];
    let mut site = Site::new()
        .edited(FLAG, "status: running", &format!("status: \"{secret}\""))
        .edited(FLAG, "audience: [safeguarding-children]", &format!("audience: [\"{secret}\"]"))
        .edited(FLAG, "cost: unknown", &format!("cost: unknown\ncontact_email: \"{secret} x\""));
    for (number, front) in fronts.iter().enumerate() {
        let document = format!("---\nsummary: A topic.\n{front}\n---\n\nText.\n");
        site = site.with(&format!("content/topics/front-{number}.md"), document);
    }
    for (number, body) in bodies.iter().enumerate() {
        let document = format!("---\ntitle: A\nsummary: B\nupdated: 2026-11-01\n---\n\n{body}\n");
        site = site.with(&format!("content/topics/body-{number}.md"), document);
    }
    (site, 1 + fronts.len() + bodies.len())
}

#[test]
fn what_is_personal_is_never_printed() {
    for secret in PERSONAL {
        let (site, files) = with(secret);
        let findings = site.build().diagnostics;
        for text in [render_human(&findings, false), render_human(&findings, true), render_json(&findings)] {
            assert!(!text.contains(secret), "{secret}:\n{text}");
        }
        let mut paths: Vec<_> = findings.iter().map(|f| f.primary.location.source.path()).collect();
        paths.dedup();
        assert!(paths.len() + 2 >= files, "{secret}: nearly every file has a finding, {paths:?}");
    }
}
