//! What looks like personal data is found, and never shown. The numbers are nobody's: those kept for
//! drama and for tests, and the safe samples of those who give them out.

use casebook::diagnostics::{Diagnostic, Level, render_human, render_json};

use crate::support::{Site, finds, line, shipped, topic};

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
        ("Since 2020 07700 900123 rings.", "07700 900123", "telephone"),
        ("Ring 0800 1111 07700 900123.", "07700 900123", "telephone"),
        ("Room 05 07700 900123.", "07700 900123", "telephone"),
        ("On 03.07.2021 07700 900123 rang.", "07700 900123", "telephone"),
        ("Ring 0044 7700 900123.", "7700 900123", "telephone"),
        ("Ring 447700900123.", "7700900123", "telephone"),
        ("Ring 07700–900–123.", "07700–900–123", "telephone"),
        ("See <https://wa.me/447700900123>.", "7700900123", "telephone"),
        ("Write to j.smith@council.example.org.", "j.smith@", "e-mail"),
        ("Write to jane_smith@council.example.org.", "jane_smith@", "e-mail"),
        ("Write to jane.smith2@council.example.org.", "jane.smith2@", "e-mail"),
        ("Write to jane.home@council.example.org.", "jane.home@", "e-mail"),
        ("The NHS number that the child had been given was 9434765919.", "9434765919", "an NHS number"),
        ("The child, 05/07/2009 (DOB), was found.", "05/07/2009", "a date of birth"),
        ("Date-of-birth 05/07/2009.", "05/07/2009", "a date of birth"),
        ("DOB July 5, 2009.", "July 5, 2009", "a date of birth"),
        ("A boy born on the 5th of July 2009.", "5th of July 2009", "a date of birth"),
        ("DOB: 2009/07/05.", "2009/07/05", "a date of birth"),
        ("He lives at 10 downing street, sw1a 2aa.", "sw1a 2aa", "where somebody lives"),
        ("The pupil b801200005001 left.", "b801200005001", "pupil"),
        ("Licence MORGA657054SM9AJ.", "MORGA657054SM9AJ", "driving licence"),
        ("He lives at 10 Downing Street, SW1A 2AA.", "SW1A 2AA", "where somebody lives"),
    ] {
        let findings = said(text).build().diagnostics;
        let [finding] = findings.as_slice() else { panic!("{text}: {findings:#?}") };
        assert!(finding.message.contains(what), "{text}: {}", finding.message);
        let level = if what == "e-mail" && !text.contains("gmail") { "warning" } else { "error" };
        assert_eq!(finding.level.name(), level, "{text}");
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
        "Living Wage employer at Town Hall, N1 2UD.",
        "Resident Experience, Town Hall, N1 2UD.",
        "For adults aged 18 and over: Town Hall, N1 2UD.",
        "parking.permits@example.org, electoral.registration@example.org, no.reply@example.org.",
        "council.tax@example.org, waste.recycling@example.org, mental.wellbeing@example.org.",
        "enquiries@me.gov.uk and info@outlook.example.org.",
        "Two services were born. On 1 January 2020 both opened.",
        "Follow @jane.doe@mastodon.social.",
        "From 07.03.2021 9.30 and 05.02.2024-06.03.2024.",
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
        ("referral-07700900123", "07700900123"),
        ("07700900123-photo", "07700900123"),
        ("referral_07700900123_photo", "07700900123"),
        ("2024-07700900123", "07700900123"),
        ("nhs-943-476-5919", "943-476-5919"),
        ("ab123456c-notes", "ab123456c"),
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
        assert!(text.contains("****"), "{text}");
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

/// Dates in a name are what tells reports from each other.
#[test]
fn dates_in_a_name_are_no_telephone() {
    for name in ["2023-04-01-2024-03-31", "from-01-04-2023-to-31-03-2024", "2024-01-05-2024-02-06"] {
        assert_eq!(casebook::personal::find_in_name(name), [], "{name}");
    }
}

#[test]
fn a_picture_that_cannot_be_read_is_masked_in_what_is_said_of_it() {
    let site = Site::new()
        .with("content/topics/new/index.md", topic("![A map](tel-07700900123.png)"))
        .with("content/topics/new/tel-07700900123.png", "no picture");
    let findings = site.build().diagnostics;
    assert!(findings.iter().any(|finding| finding.code.name() == "broken-picture"), "{findings:#?}");
    assert!(!shown(&findings).contains("07700900123"), "{}", shown(&findings));
}

/// Each of many on one line is shown with what stands around it, and none of its neighbours is told.
#[test]
fn thousands_on_one_line_are_told_and_hidden() {
    let line: Vec<String> = (0..5_000).map(|n| format!("07700 90{n:04}")).collect();
    let findings = said(&line.join(", ")).build().diagnostics;
    assert_eq!(findings.len(), 100);
    let text = shown(&findings);
    assert!(text.contains("4900 more"), "{text}");
    assert!(!text.contains("07700") && !text.contains("9000"), "{text}");
}

/// Tables beside documents, the searches and the settings are public as well.
#[test]
fn other_files_of_text_are_looked_at() {
    let settings = Site::new().text("site.toml").unwrap();
    let site = Site::new()
        .with("content/topics/new/index.md", topic("[Visits](visits.csv)"))
        .with("content/topics/new/visits.csv", "place,contact\nOne,07700 900123\n")
        .with("site.toml", format!("# Ring 07700 900123.\n{settings}"));
    finds(
        &site,
        &[
            "site.toml:1:8 personal-data this looks like a person's telephone number",
            "content/topics/new/visits.csv:2:5 personal-data this looks like a person's telephone number",
        ],
    );
}

#[test]
fn a_draft_may_be_half_written_and_holds_no_personal_data_either() {
    let draft = said("Ring 07700 900123 today.").edited(TOPIC, "summary: ", "draft: true\nsummary: ");
    let built = draft.build();
    let is_error =
        |finding: &Diagnostic| finding.level == Level::Error && line(finding).contains("personal-data");
    assert!(built.diagnostics.iter().any(is_error), "{:#?}", draft.findings());
}
