//! What only the library as a whole can show: references, circles, drafts, reports that do not fit.

use crate::support::{Site, finds, options};

const TOPIC: &str = "content/topics/county-lines.md";
const FLAG: &str = "content/case-studies/flag.md";
const REPORT: &str = "content/reports/islington-2019.md";
const SOUTHWARK: &str = "content/councils/southwark.md";

fn topic(fields: &str) -> String {
    format!("---\ntitle: New\nsummary: A new topic.\nupdated: 2026-11-01\n{fields}\n---\n\nText.\n")
}

fn report(start: &str, end: &str) -> String {
    Site::new()
        .text(REPORT)
        .unwrap()
        .replace("period_start: 2018-04", &format!("period_start: {start}"))
        .replace("period_end: 2019-03", &format!("period_end: {end}"))
}

#[test]
fn references_to_documents_that_are_not_there() {
    let site = Site::new()
        .edited(FLAG, "councils: [islington]", "councils: [islngton, nowhere-at-all]")
        .edited(FLAG, "topics: [county-lines]", "topics: [/topics/county-lines.md]")
        .edited(REPORT, "progress:\n  1: {state: in-progress, note: Under way.}", "progress:\n  1: {state: done, evidence: reprt}")
        .edited(TOPIC, "What the tests say of the topic.", "See [a](../councils/islingtn.md), [b](../councils/islington), [c](/councils/islington/), [d](/nowhere/), [e](../councils/islington.md#no), [f](nowhere.pdf).");
    finds(
        &site,
        &[
            "content/case-studies/flag.md:5:12 unknown-reference there is no council `islngton`; did you mean `islington`?",
            "content/case-studies/flag.md:5:22 unknown-reference there is no council `nowhere-at-all`",
            "content/case-studies/flag.md:9:10 invalid-value a topic is named by its file without folder or .md",
            "content/reports/islington-2019.md:12:30 unknown-reference no source of this document has the id `reprt`; did you mean `report`?",
            "content/topics/county-lines.md:7:9 broken-link there is no document content/councils/islingtn.md; did you mean ../councils/islington.md?",
            "content/topics/county-lines.md:7:39 broken-link a link to a document ends in .md",
            "content/topics/county-lines.md:7:67 broken-link a link to a document names its file, so that it can be checked and moved",
            "content/topics/county-lines.md:7:94 broken-link no page has the address /nowhere/",
            "content/topics/county-lines.md:7:110 broken-anchor `islington` has no heading #no",
            "content/topics/county-lines.md:7:144 broken-link there is no file content/topics/nowhere.pdf",
        ],
    );
}

#[test]
fn a_reference_to_a_document_with_mistakes_is_right() {
    let site = Site::new().edited("content/councils/islington.md", "title: Islington", "title: [Islington]");
    finds(
        &site,
        &[
            "content/councils/islington.md:2:8 wrong-type a list stands where text of at most 150 characters is wanted",
        ],
    );
}

#[test]
fn circles_of_case_studies() {
    let flag = Site::new().text(FLAG).unwrap();
    let copy = |of: &str| flag.replace("status: running", &format!("status: running\nreplicates: {of}"));
    let site = Site::new()
        .with(FLAG, copy("third"))
        .with("content/case-studies/second.md", copy("flag"))
        .with("content/case-studies/third.md", copy("second"))
        .with("content/case-studies/outside.md", copy("second"));
    finds(
        &site,
        &[
            "content/case-studies/flag.md:8:13 reference-circle `replicates` leads in a circle: flag → third → second → flag",
        ],
    );
}

#[test]
fn circles_of_topics() {
    let site = Site::new()
        .edited(TOPIC, "updated: 2026-11-01", "updated: 2026-11-01\nparent: other")
        .with("content/topics/other.md", topic("parent: county-lines"))
        .with("content/topics/self.md", topic("parent: self"));
    finds(
        &site,
        &[
            "content/topics/county-lines.md:5:9 reference-circle `parent` leads in a circle: county-lines → other → county-lines",
            "content/topics/self.md:5:9 reference-circle `parent` leads in a circle: self → self",
        ],
    );
}

#[test]
fn references_to_drafts() {
    let site = Site::new()
        .edited(TOPIC, "updated: 2026-11-01", "updated: 2026-11-01\ndraft: true")
        .with("content/topics/new.md", topic("").replace("Text.", "See [county lines](county-lines.md)."));
    finds(
        &site,
        &[
            "content/case-studies/flag.md:9:10 draft-reference `county-lines` is a draft, so its page will not be there",
            "content/topics/new.md:8:20 draft-reference `county-lines` is a draft, so its page will not be there",
        ],
    );
    let drafts = casebook::pipeline::Options { drafts: true, ..options() };
    assert!(site.build_with(&drafts).diagnostics.is_empty());
}

#[test]
fn a_council_that_adopts_its_own_practice() {
    let adoption = "licence: link-only\nadoptions:\n  - {council: southwark, year: 2020, source: page}\n  - council: islington\n    year: 2020\n    source: page";
    finds(
        &Site::new().edited(FLAG, "licence: link-only", adoption),
        &["content/case-studies/flag.md:28:14 self-adoption `islington` cannot adopt its own practice"],
    );
}

#[test]
fn reports_that_overlap_or_leave_a_gap() {
    let next = "content/reports/islington-2020.md";
    finds(&Site::new().with(next, report("2019-04", "2020-03")), &[]);
    finds(
        &Site::new().with(next, report("2019-02", "2020-03")),
        &[
            "content/reports/islington-2020.md:8:15 overlap this report's period overlaps that of `islington-2019`",
        ],
    );
    finds(
        &Site::new().with(next, report("2020-04", "2021-03")),
        &[
            "content/reports/islington-2020.md:7:12 date-order July 2019 is before April 2020",
            "content/reports/islington-2020.md:8:15 report-gap no report covers the time from 1 April 2019 to 31 March 2020",
        ],
    );
    let statement = report("2018-04", "2019-03")
        .replace("kind: charter-report", "kind: section-54")
        .replace("progress:\n  1: {state: in-progress, note: Under way.}\n", "");
    finds(&Site::new().with(next, statement), &[]);
    let three = Site::new()
        .with(next, report("2018-06", "2018-07"))
        .with("content/reports/islington-2021.md", report("2018-09", "2018-10"));
    finds(
        &three,
        &[
            "content/reports/islington-2020.md:8:15 overlap this report's period overlaps that of `islington-2019`",
            "content/reports/islington-2021.md:8:15 overlap this report's period overlaps that of `islington-2019`",
        ],
    );
}

#[test]
fn a_report_that_is_overdue() {
    let due = |month: u8| {
        Site::new().edited(SOUTHWARK, "gss: E09000028", &format!("gss: E09000028\nreport_due_month: {month}"))
    };
    finds(
        &due(10),
        &[
            "content/councils/southwark.md:6:19 report-overdue a report was due by 31 October 2026; none is in the library",
        ],
    );
    let late = Site::new().edited(
        "content/councils/islington.md",
        "gss: E09000019",
        "gss: E09000019\nreport_due_month: 12",
    );
    finds(
        &late,
        &[
            "content/councils/islington.md:6:19 report-overdue a report was due by 31 December 2025; the last one in the library is from 2019",
        ],
    );
}

#[test]
fn overrides_and_what_they_may_cover() {
    let with = |overrides: &str| {
        Site::new().edited(
            SOUTHWARK,
            "gss: E09000028",
            &format!("gss: E09000028\nreport_due_month: 7\noverrides:\n{overrides}"),
        )
    };
    let right =
        "  - {rule: report-overdue, reason: None was published., source: page, reviewer_role: Editor}";
    let site = with(right);
    finds(&site, &[]);
    let overrides = site.build().overrides;
    assert_eq!(overrides.len(), 1);
    assert_eq!(overrides[0].reason, "None was published.");
    finds(
        &with(&format!("{right}\n{}", right.replace("None was", "Nothing was"))),
        &[
            "content/councils/southwark.md:9:12 invalid-override there is no finding `report-overdue` here to override",
        ],
    );
    finds(
        &with(&right.replace("report-overdue", "report-gap")),
        &[
            "content/councils/southwark.md:6:19 report-overdue a report was due by 31 July 2026; none is in the library",
            "content/councils/southwark.md:8:12 invalid-override there is no finding `report-gap` here to override",
        ],
    );
    finds(
        &with(&right.replace("report-overdue", "missing-field")),
        &[
            "content/councils/southwark.md:6:19 report-overdue a report was due by 31 July 2026; none is in the library",
            "content/councils/southwark.md:8:12 invalid-override `missing-field` is an error, which nothing overrides",
        ],
    );
    finds(
        &with(&right.replace("report-overdue", "report-overdu")),
        &[
            "content/councils/southwark.md:6:19 report-overdue a report was due by 31 July 2026; none is in the library",
            "content/councils/southwark.md:8:12 invalid-override there is no rule `report-overdu`; did you mean `report-overdue`?",
        ],
    );
    finds(
        &with(&right.replace(" reason: None was published.,", "")),
        &[
            "content/councils/southwark.md:6:19 report-overdue a report was due by 31 July 2026; none is in the library",
            "content/councils/southwark.md:8:5 missing-field `reason` is missing",
        ],
    );
    finds(
        &with(&right.replace("source: page", "source: pge")),
        &[
            "content/councils/southwark.md:8:65 unknown-reference no source of this document has the id `pge`; did you mean `page`?",
        ],
    );
}

#[test]
fn numbers_and_codes_that_stand_twice() {
    let one = Site::new().text("content/commitments/one.md").unwrap();
    let islington = Site::new().text("content/councils/islington.md").unwrap();
    finds(
        &Site::new().with("content/commitments/two.md", one).with("content/councils/other.md", islington),
        &[
            "content/commitments/two.md:5:9 overlap another document has the number 1",
            "content/councils/other.md:5:6 overlap another document has the gss E09000019",
        ],
    );
}

#[test]
fn a_council_that_the_register_knows_otherwise() {
    finds(
        &Site::new().edited(SOUTHWARK, "region: london", "region: wales"),
        &[
            "content/councils/southwark.md:8:9 fields-disagree the register has `london` as the region of Southwark",
        ],
    );
    finds(
        &Site::new().edited(SOUTHWARK, "gss: E09000028", "gss: E09999999"),
        &["content/councils/southwark.md:5:6 invalid-value no current council has the code `E09999999`"],
    );
    finds(
        &Site::new().edited(SOUTHWARK, "gss: E09000028", "gss: southwark"),
        &["content/councils/southwark.md:5:6 invalid-value `southwark` is not a GSS code such as E09000019"],
    );
}

#[test]
fn translations_of_nothing_and_in_no_language() {
    let new = "content/topics/new.md";
    finds(&Site::new().with(new, topic("lang: cy\ntranslation_of: county-lines")), &[]);
    finds(
        &Site::new().with(new, topic("lang: cy\ntranslation_of: county-line")),
        &[
            "content/topics/new.md:6:17 unknown-reference there is no topic `county-line`; did you mean `county-lines`?",
        ],
    );
    finds(
        &Site::new().with(new, topic("translation_of: county-lines")),
        &[
            "content/topics/new.md:5:17 fields-disagree a translation is in another language than the site's first",
        ],
    );
    finds(
        &Site::new().with(new, topic("lang: cx\ntranslation_of: county-lines")),
        &["content/topics/new.md:5:7 invalid-value the site has no language `cx`"],
    );
    finds(
        &Site::new().with(new, topic("lang: cy\ntranslation_of: new")),
        &["content/topics/new.md:6:17 reference-circle `translation_of` leads in a circle: new → new"],
    );
    let welsh = Site::new().with(new, topic("lang: cy\ntranslation_of: county-lines"));
    finds(
        &welsh.clone().with("content/topics/again.md", topic("lang: cy\ntranslation_of: county-lines")),
        &["content/topics/new.md:6:17 overlap `county-lines` has another translation into `cy`"],
    );
    finds(
        &welsh.with("content/topics/further.md", topic("lang: cy\ntranslation_of: new")),
        &["content/topics/further.md:6:17 fields-disagree `new` is itself a translation of `county-lines`"],
    );
}

#[test]
fn aliases_that_lead_to_two_pages() {
    let new = "content/topics/new.md";
    let other = "content/topics/other.md";
    finds(
        &Site::new().with(new, topic("aliases: [/old/]")).with(other, topic("aliases: [/Old/, /old]")),
        &[
            "content/topics/other.md:5:11 duplicate-address this alias has the address /Old/, which another has",
            "content/topics/other.md:5:18 duplicate-address this alias has the address /old, which another has",
        ],
    );
    let alias = |path: &str| Site::new().with(new, topic(&format!("aliases: [{path}]")));
    finds(
        &alias("/topics/"),
        &[
            "content/topics/new.md:5:11 duplicate-address this alias has the address /topics/, which the site itself uses",
        ],
    );
    finds(
        &alias("/topics/new/"),
        &[
            "content/topics/new.md:5:11 duplicate-address this alias has the address /topics/new/, which it has already",
        ],
    );
    finds(
        &alias("/case-studies/page/2/"),
        &[
            "content/topics/new.md:5:11 duplicate-address this alias has the address /case-studies/page/2/, which the site itself uses",
        ],
    );
    finds(
        &alias("/a/../../b/"),
        &[
            "content/topics/new.md:5:11 invalid-value `/a/../../b/` is not a path on this site, such as /old-page/",
        ],
    );
    finds(
        &alias("/./b/"),
        &["content/topics/new.md:5:11 invalid-value `/./b/` is not a path on this site, such as /old-page/"],
    );
    finds(
        &alias("/.well-known/b/"),
        &[
            "content/topics/new.md:5:11 invalid-value `/.well-known/b/` is not a path on this site, such as /old-page/",
        ],
    );
    finds(
        &alias("https://www.example.org/"),
        &[
            "content/topics/new.md:5:11 invalid-value `https://www.example.org/` is not a path on this site, such as /old-page/",
        ],
    );
    finds(&alias("/old/page.html"), &[]);
}

#[test]
fn mistakes_in_drafts_are_found() {
    finds(
        &Site::new().with(
            "content/topics/new.md",
            topic("draft: true\nparent: nowhere").replace("Text.", "One<br>two."),
        ),
        &[
            "content/topics/new.md:6:9 unknown-reference there is no topic `nowhere`",
            "content/topics/new.md:9:4 raw-html HTML stands in the text: <br>",
        ],
    );
}

#[test]
fn a_page_with_an_address_of_the_site() {
    finds(
        &Site::new()
            .with("content/pages/data.md", topic(""))
            .with("content/pages/topics.md", topic(""))
            .with("content/pages/feeds/x.md", topic("")),
        &[
            "content/pages/data.md:1:1 duplicate-address this document has the address /data/, which the site itself uses",
            "content/pages/feeds/x.md:1:1 duplicate-address this document has the address /feeds/x/, which the site itself uses",
            "content/pages/topics.md:1:1 duplicate-address this document has the address /topics/, which the site itself uses",
        ],
    );
}
