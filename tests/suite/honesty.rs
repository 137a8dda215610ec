//! Pages say no more than the documents do.

use crate::support::{Site, finds};

const REPORT: &str = "content/reports/islington-2019.md";

const STATISTIC: &str = "---\ntitle: Signatories\nsummary: Councils that signed.\nupdated: 2026-11-01\nmeasure: Councils that signed\ngeography: United Kingdom\nunit: councils\nvalues:\n  - {period: \"2018\", value: 80, published_on: 2018-12, source: list}\n  - {period: \"2018\", value: 85, published_on: 2019-03-21, source: list}\n  - {period: \"2022\", value: 100, bound: at-least, source: list}\n  - {period: \"2022\", value: 12, category: Wales, source: list}\ncaveat: Sources count in different ways.\nsources:\n  - {id: list, title: A list, url: \"https://www.example.org/list\", publisher: Example, date: 2022, kind: news}\n---\n\nWords.\n";

fn with_statistic() -> Site {
    let site = Site::new().with("content/statistics/signatories.md", STATISTIC);
    finds(&site, &[]);
    site
}

#[test]
fn a_commitment_that_nobody_read_about_is_not_known_rather_than_not_reported() {
    let page = Site::new().page("reports/islington-2019/index.html");
    assert!(page.contains("1 in progress, 9 not known"), "{page}");
    assert!(!page.contains("Not reported"));
}

#[test]
fn a_number_keeps_its_at_least_on_cards_and_charts() {
    let site = with_statistic();
    assert!(
        site.page("statistics/index.html")
            .contains("<p class=\"big\">at least 100 <span>councils, 2022</span>")
    );
    let page = site.page("statistics/signatories/index.html");
    // The drawing, the table beside it, and the table of values.
    assert_eq!(page.matches(">at least 100<").count(), 3, "{page}");
}

#[test]
fn values_that_disagree_are_told_apart_by_their_day_of_publication() {
    let page = with_statistic().page("statistics/signatories/index.html");
    assert!(page.contains("<th scope=\"row\">2018 (published December 2018)</th>"), "{page}");
    assert!(page.contains("<th scope=\"row\">2018 (published 21 March 2019)</th>"), "{page}");
}

#[test]
fn a_report_without_dates_stands_by_the_year_in_its_title() {
    let undated = |year: &str| {
        Site::new()
            .edited(REPORT, "published: 2019-07\nperiod_start: 2018-04\nperiod_end: 2019-03\n", "period_note: Not read.\n")
            .edited(REPORT, "period_note: Not read.\n", &format!("period_note: Not read.\n{year}"))
            .with("content/reports/islington-2021.md", "---\ntitle: The report of 2021\nsummary: A report of the tests.\nupdated: 2026-11-01\ncouncil: islington\nkind: section-54\npublished: 2021-07\nperiod_note: Not read.\nsource_url: https://www.example.org/report\nsources:\n  - {id: report, title: A report, url: \"https://www.example.org/report\", publisher: Example, date: 2021-07, kind: council-report}\n---\n\nWords.\n")
    };
    let earlier = "The report before";
    assert!(undated("").page("reports/islington-2021/index.html").contains(earlier));
    let page = undated("titled_year: 2025\n").page("reports/islington-2021/index.html");
    assert!(!page.contains(earlier) && page.contains("The report after"), "{page}");
}

#[test]
fn recommendations_of_one_session_stand_by_their_numbers() {
    let document = |number: u8| {
        format!(
            "---\ntitle: Advice {}\nsummary: What was asked.\nupdated: 2026-11-01\nnumber: R{number}\nmade_by: A session\nmade_to: A council\nmade_on: 2018\nstatus: open\nsource: s\nsources:\n  - {{id: s, title: A session, url: \"https://www.example.org/s\", publisher: Example, date: 2018, kind: council-minutes}}\n---\n\nWords.\n",
            10 - number
        )
    };
    let file = |number: u8| format!("content/recommendations/session-r{number}.md");
    let site =
        [10, 2, 1].iter().fold(Site::new(), |site, number| site.with(&file(*number), document(*number)));
    finds(&site, &[]);
    let page = site.page("recommendations/index.html");
    let at =
        |name: &str| page.find(&format!("/recommendations/{name}/\">")).unwrap_or_else(|| panic!("{page}"));
    assert!(at("session-r1") < at("session-r2") && at("session-r2") < at("session-r10"));
}

#[test]
fn a_council_s_page_in_welsh_says_what_the_english_one_says() {
    let english = Site::new().text("content/councils/islington.md").unwrap();
    let welsh = english.replacen("---\n", "---\nlang: cy\ntranslation_of: islington\n", 1);
    let settings = Site::new().text("site.toml").unwrap();
    assert!(settings.contains("code = \"cy\""), "the site of the tests has Welsh");
    let site = Site::new().with("content/councils/islington-cy.md", welsh);
    finds(&site, &[]);
    let page = site.page("cy/councils/islington-cy/index.html");
    assert!(page.contains("/reports/islington-2019/") && !page.contains("No report known"), "{page}");
    // Its own practice is not one of its peers'.
    assert_eq!(page.matches("/case-studies/flag/").count(), {
        let english = site.page("councils/islington/index.html");
        english.matches("/case-studies/flag/").count()
    });
}

#[test]
fn pages_that_every_site_has_can_be_linked_to() {
    let words =
        "[Who has reported](/accountability/), [browse](/browse/), [feed](/feeds/all.atom), [data](/data/)";
    let site = Site::new().with(
        "content/pages/links.md",
        format!("---\ntitle: Links\nsummary: Links.\nupdated: 2026-11-01\npurpose: about\n---\n\n{words}\n"),
    );
    finds(&site, &[]);
    let built = site.build();
    for path in
        ["accountability/index.html", "browse/index.html", "feeds/all.atom", "data/index.html", "sitemap.xml"]
    {
        assert!(built.artifacts.get(path.into()).is_some(), "{path} is there");
    }
}
