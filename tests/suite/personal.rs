//! What looks like personal data is found, and never shown. The numbers are nobody's: those kept for
//! drama and for tests, and the safe samples of those who give them out.

use casebook::diagnostics::{Diagnostic, render_human, render_json};

use crate::support::{Site, finds, line, shipped};

const FLAG: &str = "content/case-studies/flag.md";
const TOPIC: &str = "content/topics/county-lines.md";

fn said(text: &str) -> Site {
    Site::new().edited(TOPIC, "What the tests say of the topic.", text)
}

fn shown(findings: &[Diagnostic]) -> String {
    format!("{}{}", render_human(findings, false), render_json(findings))
}

#[test]
fn what_leads_to_one_person_is_found_and_not_shown() {
    for (text, secret, what) in [
        ("Ring 07700 900123 today.", "07700 900123", "telephone"),
        ("Ring +44 7700 900 123.", "7700 900 123", "telephone"),
        ("Ring +44 (0)7700-900123.", "7700-900123", "telephone"),
        ("Her number is 943 476 5919.", "943 476 5919", "an NHS number"),
        ("Her NHS number is 9434765919.", "9434765919", "an NHS number"),
        ("Number AB 12 34 56 C.", "AB 12 34 56 C", "National Insurance"),
        ("Pupil B801200005001 left.", "B801200005001", "pupil"),
        ("Write to jane.doe@council.example.org.", "jane.doe@council.example.org", "e-mail"),
        ("Write to jd77@gmail.com.", "jd77@gmail.com", "e-mail"),
        ("A girl, born 5 July 2009, was found.", "5 July 2009", "a date of birth"),
        ("D.O.B. 05/07/2009 was given.", "05/07/2009", "a date of birth"),
        ("Date of birth: 2009-07-05 was given.", "2009-07-05", "a date of birth"),
        ("He lives at 10 Downing Street, SW1A 2AA.", "SW1A 2AA", "where somebody lives"),
    ] {
        let findings = said(text).build().diagnostics;
        let [finding] = findings.as_slice() else { panic!("{text}: {findings:#?}") };
        assert!(finding.message.contains(what), "{text}: {}", finding.message);
        let place = &finding.primary.location;
        assert!(place.source.slice(place.span).contains(secret), "{text}: the place is the value");
        assert!(!shown(&findings).contains(secret), "{text}: {}", shown(&findings));
    }
}

#[test]
fn what_is_everybodys_is_not_found() {
    for text in [
        "Ring 08000 121 700, 0300 123 1234, 020 7946 0123, 999 or 101.",
        "Write to modern.slavery@council.example.org, info@example.org, adult.safeguarding@example.org.",
        "Tender CCS0520602790 for £1 234 567 890 in SE15, as of 2019-07-05 and 05/07/2009.",
        "Our number 943 476 5918 has no right check digit, and 9434765919 may be anything.",
        "[A page](https://www.example.org/case/07700900123/943-476-5919).",
        "The town hall is at Upper Street, N1 2UD.",
        "The company was born in 2009. 1,234 of 5,678 in 2018-2019; ISBN 978-0-306-40615-7.",
        "GB 12 34 56 A is a VAT number, and 0000 000 000 nothing.",
    ] {
        finds(&said(text), &[]);
    }
}

#[test]
fn it_is_found_in_front_matter_as_well() {
    let site =
        Site::new().edited(FLAG, "cost: unknown", "cost: unknown\ncontact_email: jane.doe@example.org");
    let found = site.findings();
    assert!(found.iter().any(|line| line.contains(" personal-data this looks like")), "{found:#?}");
}

#[test]
fn what_is_public_with_reason_has_an_override() {
    let site = Site::new().edited(FLAG, "One flag.", "Ring 07700 900123.").edited(
        FLAG,
        "updated:",
        "overrides:\n  - rule: personal-data\n    reason: The team's own mobile, on the council's page.\n    \
         source: page\n    reviewer_role: Editor\nupdated:",
    );
    let built = site.build();
    assert_eq!(built.diagnostics.iter().map(line).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(built.overrides.len(), 1);
}

/// A name is in the address of the page, so it is an error, and no message repeats it.
#[test]
fn a_name_of_a_file_that_looks_personal_is_masked_everywhere() {
    let topic = Site::new().text(TOPIC).unwrap();
    for (name, secret) in [
        ("07700900123", "07700900123"),
        ("020-7946-0123", "020-7946-0123"),
        ("943-476-5919", "943-476-5919"),
        ("jane.doe@example.org", "jane.doe"),
        ("07700900123/index", "07700900123"),
    ] {
        let path = format!("content/topics/{name}.md");
        // With a mistake of another kind in it, and a reference to it that is wrong.
        let site = Site::new().with(&path, topic.replace("title: County lines", "titel: x")).edited(
            FLAG,
            "topics: [county-lines]",
            "topics: [county-lines, 07700900124]",
        );
        let findings = site.build().diagnostics;
        let is_name = |finding: &&Diagnostic| finding.message.starts_with("this name looks like");
        let named: Vec<_> = findings.iter().filter(is_name).collect();
        let [finding] = named.as_slice() else { panic!("{name}: {findings:#?}") };
        assert_eq!((finding.code.name(), finding.level.name()), ("personal-data", "error"));
        let text = shown(&findings);
        assert!(text.contains("content/topics/****"), "{text}");
        assert!(!text.contains(secret) && !text.contains("0770090012"), "{text}");
    }
}

#[test]
fn names_of_the_shipped_library_are_shown_as_they_are() {
    let mut seen = 0;
    for (path, _) in shipped().artifacts.iter() {
        assert_eq!(casebook::diagnostics::mask_path(path), path.as_str());
        seen += 1;
    }
    assert!(seen > 500);
}
