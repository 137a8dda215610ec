//! Pages as readers meet them: what stands on them, and where they lead.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use casebook::pipeline::{Built, Options};
use regex::Regex;

use crate::support::{Site, options, shipped};

/// The pages of a site by address: `/councils/islington/`.
pub fn pages(built: &Built) -> BTreeMap<String, String> {
    built
        .artifacts
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"))
        .map(|(path, bytes)| {
            let path = format!("/{path}");
            let address = path.strip_suffix("index.html").unwrap_or(&path).to_owned();
            (address, String::from_utf8(bytes.to_vec()).unwrap())
        })
        .collect()
}

/// Where the links of a page lead on this site, without anchors.
fn links(html: &str) -> Vec<String> {
    let link = Regex::new(r##"<a [^>]*?href="(/[^"#]*)"##).unwrap();
    link.captures_iter(html).map(|found| found[1].to_owned()).collect()
}

/// The text between the first `from` and the next `to`.
fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let start = html.find(from).unwrap_or_else(|| panic!("{from:?} is on the page")) + from.len();
    let end = html[start..].find(to).unwrap_or_else(|| panic!("{to:?} follows")) + start;
    &html[start..end]
}

fn translated() -> Site {
    let english = Site::new().text("content/case-studies/flag.md").unwrap();
    let welsh = english.replace(
        "title: A flag on the case system",
        "title: Baner ar y system achosion\nlang: cy\ntranslation_of: flag",
    );
    Site::new().with("content/case-studies/baner.md", welsh)
}

#[test]
fn every_page_of_the_shipped_library_is_within_three_links_of_home() {
    let pages = pages(shipped());
    let mut distance = BTreeMap::from([("/".to_owned(), 0)]);
    let mut queue = VecDeque::from(["/".to_owned()]);
    while let Some(at) = queue.pop_front() {
        let far = distance[&at];
        for link in links(&pages[&at]) {
            if pages.contains_key(&link) && !distance.contains_key(&link) {
                distance.insert(link.clone(), far + 1);
                queue.push_back(link);
            }
        }
    }
    let is_page =
        |address: &&String| *address != "/404.html" && !pages[*address].contains("http-equiv=\"refresh\"");
    let far: Vec<_> =
        pages.keys().filter(is_page).filter(|page| distance.get(*page).is_none_or(|far| *far > 3)).collect();
    assert!(pages.len() > 300, "the library has pages: {}", pages.len());
    assert_eq!(far, Vec::<&String>::new());
}

#[test]
fn no_link_of_the_shipped_library_leads_nowhere() {
    let built = shipped();
    let files: BTreeSet<String> = built.artifacts.iter().map(|(path, _)| format!("/{path}")).collect();
    let mut broken = BTreeSet::new();
    for (address, html) in pages(built) {
        for link in links(&html) {
            let file = if link.ends_with('/') { format!("{link}index.html") } else { link.clone() };
            if !files.contains(&file) {
                broken.insert(format!("{address} -> {link}"));
            }
        }
    }
    assert_eq!(broken, BTreeSet::new());
}

#[test]
fn every_anchor_is_there_and_none_stands_twice() {
    let pages = pages(shipped());
    let id = Regex::new(r#" id="([^"]*)""#).unwrap();
    let anchor = Regex::new(r##"href="([^"#]*)#([^"]+)""##).unwrap();
    let ids: BTreeMap<&str, Vec<String>> = pages
        .iter()
        .map(|(at, html)| (at.as_str(), id.captures_iter(html).map(|found| found[1].to_owned()).collect()))
        .collect();
    let mut wrong = Vec::new();
    for (at, html) in &pages {
        let own = &ids[at.as_str()];
        if own.iter().collect::<BTreeSet<_>>().len() < own.len() {
            wrong.push(format!("{at} has an id twice"));
        }
        for found in anchor.captures_iter(html) {
            let page = if found[1].is_empty() { at.as_str() } else { &found[1] };
            if ids.get(page).is_some_and(|ids| !ids.contains(&found[2].to_owned())) {
                wrong.push(format!("{at}: {}#{}", &found[1], &found[2]));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn facet_lists_hold_what_documents_have() {
    let built = shipped();
    // Every document's own data names its facets; lists have to agree with them.
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for (_, bytes) in built.artifacts.iter().filter(|(path, _)| path.file_name() == Some("index.json")) {
        let data: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        for (facet, values) in data["facets"].as_object().unwrap() {
            for value in values.as_array().unwrap() {
                *expected.entry(format!("/browse/{facet}/{}/", value.as_str().unwrap())).or_default() += 1;
            }
        }
    }
    let total = Regex::new(r#"<p class="count-line">([0-9]+) in all"#).unwrap();
    let further = Regex::new("/page/[0-9]+/$").unwrap();
    let lists = pages(built).into_iter().filter(|(address, html)| {
        address.starts_with("/browse/") && html.contains("count-line") && !further.is_match(address)
    });
    let found: BTreeMap<String, usize> =
        lists.map(|(address, html)| (address, total.captures(&html).unwrap()[1].parse().unwrap())).collect();
    assert_eq!(expected, found);
}

fn many(count: usize) -> Site {
    (0..count).fold(Site::new(), |site, number| {
        let text = format!(
            "---\ntitle: Word {number:03}\nsummary: A word.\nupdated: 2026-11-01\nkind: charity\nsources:\n  - title: A page\n    url: https://www.example.org/\n    publisher: Example\n    kind: charity\n---\n\nWords.\n"
        );
        site.with(&format!("content/organisations/o{number:03}.md"), text)
    })
}

#[test]
fn long_lists_go_on_at_fifty() {
    let pages = pages(&many(101).build());
    let cards = |address: &str| pages[address].matches("<li class=\"card\">").count();
    assert_eq!(
        [cards("/organisations/"), cards("/organisations/page/2/"), cards("/organisations/page/3/")],
        [50, 50, 1]
    );
    assert!(!pages.contains_key("/organisations/page/4/"));
    let second = &pages["/organisations/page/2/"];
    assert!(second.contains(r#"<link rel="prev" href="/organisations/">"#));
    assert!(second.contains(r#"<link rel="next" href="/organisations/page/3/">"#));
    assert!(
        second.contains(r#"<a href="/organisations/page/2/" aria-label="Page 2" aria-current="page">2</a>"#)
    );
    assert!(second.contains("<title>Organisations, page 2 of 3 – "));
}

#[test]
fn titles_are_text_wherever_they_stand() {
    let title = r#"<b>"Flags" & 'codes'</b>"#;
    let site = Site::new().edited(
        "content/case-studies/flag.md",
        "title: A flag on the case system",
        &format!("title: {}", serde_json::to_string(title).unwrap()),
    );
    let pages = pages(&site.build());
    for address in
        ["/case-studies/flag/", "/case-studies/", "/", "/councils/islington/", "/topics/county-lines/"]
    {
        let html = &pages[address];
        assert!(html.contains("&lt;b&gt;"), "{address} shows the title");
        assert!(!html.contains("<b>\"Flags"), "{address} shows it as text");
        assert!(!html.contains(r#"="<b>"#) && !html.contains(r#"content="&lt;b&gt;""#), "{address}");
    }
    assert!(pages["/case-studies/flag/"].contains(r"\u003cb>"), "linked data cannot end its script");
}

#[test]
fn a_page_says_where_it_stands() {
    let pages = pages(&Site::new().build());
    let page = &pages["/case-studies/flag/"];
    let crumbs = between(page, r#"<nav class="breadcrumbs""#, "</nav>");
    assert_eq!(links(crumbs), ["/", "/case-studies/"]);
    assert!(
        page.contains(r#"<link rel="canonical" href="https://casebook.example.org/case-studies/flag/">"#)
    );
    let facet = between(&pages["/browse/topic/county-lines/"], r#"<nav class="breadcrumbs""#, "</nav>");
    assert_eq!(links(facet), ["/", "/browse/", "/browse/topic/"]);
}

#[test]
fn a_site_in_a_folder_links_within_it() {
    let options = Options { base_url: Some("https://www.example.org/library/".to_owned()), ..options() };
    let built = Site::new().build_with(&options);
    for (address, html) in pages(&built) {
        let outside = links(&html).into_iter().find(|link| !link.starts_with("/library/"));
        assert_eq!(outside, None, "{address}");
    }
    let headers = built.artifacts.get("_headers".into()).unwrap();
    assert!(String::from_utf8_lossy(headers).contains("/library/assets/*"));
}

#[test]
fn a_translation_and_its_original_know_each_other() {
    let pages = pages(&translated().build());
    let english = &pages["/case-studies/flag/"];
    assert!(english.contains(r#"<a href="/cy/case-studies/baner/" lang="cy" hreflang="cy">Cymraeg</a>"#));
    assert!(english.contains(r#"hreflang="cy" href="https://casebook.example.org/cy/case-studies/baner/""#));
    let welsh = &pages["/cy/case-studies/baner/"];
    assert!(welsh.starts_with("<!doctype html>\n<html lang=\"cy\">"));
    assert!(between(welsh, "<body>", "</a>").contains("prif gynnwys"));
    assert!(welsh.contains(r#"<a href="/case-studies/flag/" lang="en" hreflang="en">English</a>"#));
    assert!(!pages["/case-studies/"].contains("Baner"), "lists show the original, which leads on");
}

/// Who counts rows counts practices, not texts; who follows a council hears of it in any language.
#[test]
fn a_translation_is_no_row_and_has_no_feed_of_its_own() {
    let english = Site::new().text("content/councils/islington.md").unwrap();
    let welsh = english.replacen("---\n", "---\nlang: cy\ntranslation_of: islington\n", 1);
    let built = translated().with("content/councils/islington-cy.md", welsh).build();
    let text = |path: &str| String::from_utf8(built.artifacts.get(path.into()).unwrap().to_vec()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text("data/case-studies.json")).unwrap();
    let ids: Vec<_> = json["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
    assert_eq!(ids, ["flag"]);
    assert!(json["description"].as_str().unwrap().contains("Translations are not among them"));
    assert_eq!(text("data/case-studies.csv").lines().count(), 2, "a heading and a practice");
    assert_eq!(text("data/case-studies-sources.csv").lines().count(), 2);
    let one: serde_json::Value = serde_json::from_str(&text("cy/case-studies/baner/index.json")).unwrap();
    assert_eq!(one["translation_of"], "flag");
    assert!(text("feeds/councils/islington.atom").contains("/case-studies/flag/"));
    assert!(built.artifacts.get("feeds/councils/islington-cy.atom".into()).is_none());
    let welsh = text("cy/councils/islington-cy/index.html");
    assert!(welsh.contains(r#"href="/feeds/councils/islington.atom""#), "{welsh}");
}

#[test]
fn council_shows_practices_reports_and_peers() {
    let pages = pages(&Site::new().build());
    let islington = &pages["/councils/islington/"];
    assert!(between(islington, r#"<ol class="timeline">"#, "</ol>").contains("/reports/islington-2019/"));
    assert!(between(islington, r#"<ol class="cells">"#, "</ol>").contains("In progress"));
    assert!(between(islington, r#"id="practices""#, "</section>").contains("/case-studies/flag/"));
    assert!(!islington.contains(r#"id="peers""#), "Southwark has no practice here");
    let southwark = &pages["/councils/southwark/"];
    let peers = between(southwark, r#"id="peers""#, "</section>");
    assert!(peers.contains("/councils/islington/") && peers.contains("/case-studies/flag/"));
}

#[test]
fn a_practice_taken_up_shows_on_both_councils() {
    let site = Site::new().edited(
        "content/case-studies/flag.md",
        "vignette: none",
        "adoptions:\n  - {council: southwark, year: 2020, adapted: Two flags., source: page}\nvignette: none",
    );
    let pages = pages(&site.build());
    assert!(pages["/case-studies/flag/"].contains("Adopted by 1 other council"));
    let southwark = between(&pages["/councils/southwark/"], r#"id="adopted""#, "</section>");
    assert!(southwark.contains("/case-studies/flag/") && southwark.contains("Two flags."));
    assert!(!pages["/councils/southwark/"].contains(r#"id="peers""#), "it has the practice now");
}

#[test]
fn who_is_due_follows_from_the_month_and_the_newest_report() {
    let due = |month: u8| {
        let site = Site::new().edited(
            "content/councils/islington.md",
            "region: london",
            &format!("region: london\nreport_due_month: {month}"),
        );
        let pages = pages(&site.build());
        let row =
            between(&pages["/accountability/"], r#"<a href="/councils/islington/">"#, "</tr>").to_owned();
        let state = Regex::new(r#"class="state s-([a-z-]+)""#).unwrap();
        (state.captures(&row).unwrap()[1].to_owned(), row)
    };
    assert_eq!(due(7).0, "overdue", "the newest report is from 2019");
    assert!(due(7).1.contains("31 July 2026"));
    let none = pages(&Site::new().build());
    let southwark =
        between(&none["/accountability/"], r#"<a href="/councils/southwark/">"#, "</tr>").to_owned();
    assert!(southwark.contains("No report known") && southwark.contains("Not known"));
}

fn practice(title: &str, topic: &str, sector: &str) -> String {
    let base = Site::new().text("content/case-studies/flag.md").unwrap();
    base.replace("A flag on the case system", title)
        .replace("topics: [county-lines]", &format!("topics: [{topic}]"))
        .replace("population: children", &format!("population: adults\nsector: [{sector}]"))
        .replace("exploitation: [county-lines]", "exploitation: [labour]")
        .replace("audience: [safeguarding-children]", "audience: [licensing-regulatory]")
        .replace("councils: [islington]", "councils: [southwark]")
}

fn related(html: &str) -> Vec<String> {
    if !html.contains(r#"id="related""#) {
        return Vec::new();
    }
    let section = between(html, r#"id="related""#, "</section>");
    let heading = Regex::new(r#"<h3><a href="([^"]*)""#).unwrap();
    heading.captures_iter(section).map(|found| found[1].to_owned()).collect()
}

#[test]
fn related_practices_share_what_they_are_about() {
    let topic =
        Site::new().text("content/topics/county-lines.md").unwrap().replace("County lines", "Businesses");
    let site = Site::new()
        .with("content/topics/businesses.md", topic)
        .with("content/case-studies/wash-one.md", practice("One", "businesses", "car-wash"))
        .with("content/case-studies/wash-two.md", practice("Two", "businesses", "car-wash"))
        .with("content/case-studies/bars.md", practice("Three", "businesses", "nail-bar"));
    let pages = pages(&site.build());
    assert_eq!(
        related(&pages["/case-studies/wash-one/"]),
        ["/case-studies/wash-two/", "/case-studies/bars/"]
    );
    assert_eq!(
        related(&pages["/case-studies/wash-two/"]),
        ["/case-studies/wash-one/", "/case-studies/bars/"]
    );
    assert_eq!(related(&pages["/case-studies/flag/"]), Vec::<String>::new(), "only the scope is shared");
}

#[test]
fn recommendations_stand_under_what_became_of_them() {
    let pages = pages(shipped());
    let html = &pages["/recommendations/"];
    let (open, done) = (html.find("<h2>Open"), html.find("<h2>Done"));
    assert!(open.is_some());
    assert!(done.is_none_or(|done| done > open.unwrap()));
}

#[test]
fn the_map_and_its_table_count_the_same() {
    let pages = pages(shipped());
    let figure = between(&pages["/councils/"], r#"<figure class="map">"#, "</figure>").to_owned();
    let svg = between(&figure, "<svg", "</svg>").to_owned();
    let drawn = svg.matches('M').count();
    let count = Regex::new(r#"<td class="n">([0-9]+)</td>"#).unwrap();
    let told: usize = count.captures_iter(&figure).map(|found| found[1].parse::<usize>().unwrap()).sum();
    assert_eq!(drawn, told);
    let hexes = casebook::model::register::all().iter().filter(|council| council.hex_q.is_some()).count();
    assert_eq!(told, hexes);
    for council in casebook::model::register::all() {
        let name = council.name.replace('&', "&amp;");
        assert!(pages["/councils/"].contains(&name), "{name} is in the table");
    }
}

#[test]
fn former_addresses_lead_on() {
    let site = Site::new().edited(
        "content/case-studies/flag.md",
        "vignette: none",
        "aliases: [/old/flag/]\nvignette: none",
    );
    let built = site.build();
    let page = &pages(&built)["/old/flag/"];
    assert!(page.contains(r#"<meta http-equiv="refresh" content="0; url=/case-studies/flag/">"#));
    let redirects = built.artifacts.get("_redirects".into()).unwrap();
    assert_eq!(String::from_utf8_lossy(redirects), "/old/flag/ /case-studies/flag/ 301\n");
}

#[test]
fn the_median_case_study_adds_little_to_its_own_text() {
    let built = shipped();
    let tags = Regex::new(r"<[^>]*>").unwrap();
    let mut added: Vec<usize> = pages(built)
        .iter()
        .filter(|(address, _)| address.starts_with("/case-studies/") && address.matches('/').count() == 3)
        .map(|(_, html)| html.len() - tags.replace_all(&html[html.find("<body>").unwrap()..], "").len())
        .collect();
    added.sort_unstable();
    let median = added[added.len() / 2];
    assert!(median <= 12_000, "the median page adds {median} bytes");
}

#[test]
fn every_page_has_one_search_box_and_the_search_page_its_own() {
    let built = Site::new().edited(
        "site.toml",
        "https://casebook.example.org/",
        "https://casebook.example.org/library/",
    );
    let built = built.build();
    let form = Regex::new(r#"<form [^>]*role="search" action="([^"]*)""#).unwrap();
    let script = Regex::new(r#"<script[^>]*? src="([^"]*)""#).unwrap();
    for (address, html) in pages(&built) {
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let boxes: Vec<&str> = form.captures_iter(&html).map(|found| found.extract::<1>().1[0]).collect();
        assert_eq!(boxes, ["/library/search/"], "{address}");
        let scripts: Vec<&str> = script.captures_iter(&html).map(|found| found.extract::<1>().1[0]).collect();
        let loads =
            |name: &str| scripts.iter().any(|src| src.starts_with(&format!("/library/assets/{name}.")));
        let on_search = address == "/search/";
        assert_eq!((loads("search-page"), loads("box")), (on_search, !on_search), "{address}");
        assert!(!loads("search") && !loads("suggest"), "{address} loads the search before it is touched");
    }
}

#[test]
fn the_search_page_leads_to_every_list_without_a_script() {
    let pages = pages(shipped());
    let page = &pages["/search/"];
    let without = between(page, "<noscript>", "</noscript>");
    assert!(without.contains("JavaScript"), "{without}");
    let links = links(between(page, "<main", "</main>"));
    for list in ["/case-studies/", "/reports/", "/councils/", "/glossary/", "/browse/"] {
        assert!(links.iter().any(|link| link == list), "{list} is among {links:?}");
    }
}
