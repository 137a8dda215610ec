//! `site.toml` with something wrong in it.

use crate::support::{Site, finds};

const FILE: &str = "site.toml";

#[test]
fn a_misspelt_name() {
    finds(
        &Site::new().edited(FILE, "publisher = ", "publsher = "),
        &["site.toml:8:1 unknown-field `publsher` is not a field here; did you mean `publisher`?"],
    );
    finds(
        &Site::new().edited(FILE, "[helpline]", "[helplin]"),
        &["site.toml:46:2 unknown-field `helplin` is not a field here; did you mean `helpline`?"],
    );
}

#[test]
fn settings_far_too_large_are_not_taken_apart() {
    let mut text = Site::new().text(FILE).unwrap();
    text.push_str(&"# A line of a file that is no settings.\n".repeat(1_500_000));
    finds(
        &Site::new().with(FILE, text),
        &["site.toml:1:1 file-too-large the file has 58 MiB; at most 2 are read"],
    );
}

#[test]
fn a_value_of_the_wrong_type() {
    finds(
        &Site::new().edited(FILE, "schema = 1", "schema = \"one\""),
        &["site.toml:2:10 wrong-type `\"one\"` is not the number 1"],
    );
    finds(
        &Site::new().edited(FILE, "case_study_months = 24", "case_study_months = \"24\""),
        &["site.toml:54:21 wrong-type `\"24\"` is not a whole number from 1 to 120"],
    );
    finds(
        &Site::new().edited(FILE, "entries = 20", "entries = 5000"),
        &["site.toml:58:11 invalid-value 5000 is not a whole number from 1 to 200"],
    );
    finds(
        &Site::new().edited(FILE, "per_council_and_topic = true", "per_council_and_topic = 1"),
        &["site.toml:59:25 wrong-type `1` is not true or false"],
    );
    finds(
        &Site::new().edited(FILE, "emergency = \"999\"", "emergency = \"call\""),
        &["site.toml:51:13 invalid-value this is not a telephone number of digits and spaces"],
    );
    finds(
        &Site::new().edited(FILE, "https://casebook.example.org/", "casebook.example.org"),
        &["site.toml:7:12 unsafe-address the address does not start with https:// or http://"],
    );
}

#[test]
fn weights_that_leave_results_without_an_order() {
    let fields = ["title", "summary", "headings", "body", "councils", "labels"];
    let weighted = |weight: &dyn Fn(&str) -> u8| {
        let text = Site::new().text(FILE).unwrap();
        let weights: String = fields.iter().map(|field| format!("{field} = {}\n", weight(field))).collect();
        Site::new().with(FILE, format!("{text}\n[search]\n{weights}"))
    };
    let findings = weighted(&|_| 0).findings();
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    let said = "invalid-value every weight under [search] is 0, so that no page is found before another";
    assert!(finding.ends_with(said), "{finding}");
    finds(&weighted(&|field| u8::from(field == "labels")), &[]);
}

#[test]
fn words_that_mean_the_same_to_a_search_already() {
    let with = |words: &str| {
        let text = Site::new().text(FILE).unwrap();
        Site::new().with(FILE, format!("{text}\n[[synonyms]]\nwords = {words}\n"))
    };
    for words in ["[\"nail bar\", \"nail-bars\"]", "[\"the\", \"of\"]"] {
        let findings = with(words).findings();
        let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
        assert!(finding.contains("invalid-value to the search these are one word already"), "{finding}");
    }
    finds(&with("[\"nail bar\", \"nail salon\"]"), &[]);
}

#[test]
fn a_vocabulary_that_is_missing() {
    finds(
        &Site::new().edited(FILE, "[vocabularies.effort]", "[vocabularies.efort]"),
        &["site.toml:185:15 missing-field the vocabulary `effort` is missing; is it this one, `efort`?"],
    );
}

#[test]
fn toml_that_cannot_be_read() {
    finds(
        &Site::new()
            .edited(FILE, "name = \"default\"", "name = default")
            .edited(
                FILE,
                "publisher = \"The casebook contributors\"",
                "publisher = \"The casebook contributors",
            )
            .edited(FILE, "[feeds]", "[feeds"),
        &[
            "site.toml:8:39 toml-syntax the quotation marks are not closed",
            "site.toml:20:8 toml-syntax this is not a value that TOML knows",
            "site.toml:57:7 toml-syntax the bracket is not closed",
        ],
    );
}

#[test]
fn mistakes_in_settings_hide_none_in_documents() {
    finds(
        &Site::new().edited(FILE, "schema = 1", "schema = ").edited(
            "content/case-studies/flag.md",
            "status: running",
            "status: runing",
        ),
        &[
            "site.toml:2:10 toml-syntax the value is missing",
            "content/case-studies/flag.md:7:9 invalid-value `runing` is not allowed here; did you mean `running`?",
        ],
    );
}

#[test]
fn terms_that_do_not_hold() {
    let twice = "{ value = \"weeks\", label = \"Weeks\" },\n  { value = \"weeks\", label = \"Again\", replaced_by = \"month\" },";
    finds(
        &Site::new().edited(FILE, "{ value = \"weeks\", label = \"Weeks\" },", twice),
        &[
            "site.toml:189:13 duplicate-field the value `weeks` stands twice in `effort`",
            "site.toml:189:53 unknown-term `month` is not a value in use of `effort`",
        ],
    );
}

#[test]
fn facets_that_do_not_hold() {
    let text = Site::new().text(FILE).unwrap()
        + "\n[[facets]]\nname = \"status\"\nlabel = \"Speed\"\nvocabulary = \"efort\"\nkinds = [\"case-study\", \"case-studdy\"]\ndescription = \"How fast.\"\n";
    finds(
        &Site::new().with(FILE, text),
        &[
            "site.toml:273:8 duplicate-field documents of the kind case-study have a field `status` already",
            "site.toml:275:14 unknown-term there is no vocabulary `efort`",
            "site.toml:276:24 invalid-value there is no kind of document `case-studdy`",
        ],
    );
}

#[test]
fn a_slip_in_the_language_is_not_buried_under_what_it_swallowed() {
    let text = Site::new().text(FILE).unwrap();
    // The list of a vocabulary is not closed: the vocabularies after it are swallowed.
    let at = text.find("\n]\n").unwrap();
    let found = Site::new().with(FILE, format!("{}{}", &text[..at], &text[at + 2..])).findings();
    assert!(found[0].contains("toml-syntax"), "{found:#?}");
    assert!(found.iter().all(|line| !line.contains("missing-field")), "{found:#?}");
}

#[test]
fn what_is_missing_is_shown_as_toml() {
    let text = Site::new().text(FILE).unwrap() + "\n[[navigation]]\nlabel = \"Reports\"\n";
    let built = Site::new().with(FILE, text).build();
    let help = built.diagnostics[0].help.as_deref().unwrap();
    assert_eq!(help, "add a path on this site, such as /old-page/");
    let built = Site::new().edited(FILE, "schema = 1", "").build();
    let help = built.diagnostics[0].help.as_deref().unwrap();
    assert_eq!(help, "add the number 1, such as `schema = 1`");
}

#[test]
fn links_at_the_top_lead_to_lists_by_facet_that_are_there() {
    let with = |path: &str| Site::new().edited(FILE, "path = \"/glossary/\"", &format!("path = \"{path}\""));
    for path in ["/browse/evidence/", "/browse/evidence/untested/", "/browse/topic/county-lines/"] {
        finds(&with(path), &[]);
    }
    finds(
        &with("/browse/evidence/untestd/"),
        &["site.toml:44:8 broken-link no list has the address /browse/evidence/untestd/"],
    );
}

#[test]
fn links_at_the_top_that_lead_nowhere() {
    finds(
        &Site::new().edited(FILE, "path = \"/glossary/\"", "path = \"/glosary/\""),
        &["site.toml:44:8 broken-link no page has the address /glosary/; did you mean /glossary/?"],
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends() {
    let text = Site::new().text(FILE).unwrap();
    finds(&Site::new().with(FILE, format!("\u{feff}{text}")), &[]);
    finds(&Site::new().with(FILE, text.replace('\n', "\r\n")), &[]);
    let wrong = text.replace("publisher = ", "publsher = ");
    finds(
        &Site::new().with(FILE, format!("\u{feff}{}", wrong.replace('\n', "\r\n"))),
        &["site.toml:8:1 unknown-field `publsher` is not a field here; did you mean `publisher`?"],
    );
}

#[test]
fn settings_that_are_not_utf8() {
    let text = Site::new().text(FILE).unwrap();
    let mut bytes = text.into_bytes();
    let at = bytes.windows(8).position(|part| part == b"casebook").unwrap();
    bytes[at] = 0xe9;
    finds(
        &Site::new().with(FILE, bytes),
        &["site.toml:1:28 not-utf8 the file is not UTF-8 text from here on"],
    );
}

#[test]
fn settings_without_a_word() {
    finds(
        &Site::new().with(FILE, ""),
        &[
            "site.toml:1:1 missing-field `schema` is missing",
            "site.toml:1:1 missing-field `site` is missing",
            "site.toml:1:1 missing-field `vocabularies` is missing",
        ],
    );
}
