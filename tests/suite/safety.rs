//! What pages must not do, and the way out of those that somebody must not be seen with.

use regex::Regex;

use crate::pages::pages;
use crate::support::{Site, shipped};

#[test]
fn nothing_runs_in_a_page_and_nothing_comes_from_elsewhere() {
    let pages = pages(shipped());
    let script = Regex::new(r"<script([^>]*)>").unwrap();
    let fetched =
        Regex::new(r#"<(?:img|script|source|iframe|use|object|embed)[^>]* (?:src|href|data)="(https?:|//)"#)
            .unwrap();
    let handler = Regex::new(r#"<[a-z][^>]* on[a-z]+="#).unwrap();
    for (address, html) in &pages {
        assert!(!html.contains("<style") && !html.contains(" style=\""), "{address} has no inline style");
        for found in script.captures_iter(html) {
            let is_data = &found[1] == " type=\"application/ld+json\"";
            assert!(is_data || found[1].contains("src=\"/assets/"), "{address}: {}", &found[0]);
        }
        assert!(!fetched.is_match(html), "{address} asks another site for nothing");
        assert!(!handler.is_match(html), "{address} has no handler");
        assert!(html.contains("http-equiv=\"Content-Security-Policy\""), "{address} has a policy");
        assert!(html.contains("<meta name=\"referrer\" content=\"no-referrer\">"), "{address}");
    }
}

#[test]
fn the_site_does_not_pass_for_gov_uk() {
    for (path, bytes) in shipped().artifacts.iter() {
        let path = path.as_str();
        if [".html", ".css", ".js", ".svg"].iter().any(|ending| path.ends_with(ending)) {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            for word in ["gds transport", "gds-transport", "govuk-crest", "govuk-", "crown-", "\"nta\""] {
                assert!(!text.contains(word), "{path} has {word}");
            }
        }
    }
}

#[test]
fn only_warning_signs_and_help_can_be_left_in_a_hurry() {
    let pages = pages(shipped());
    let with_exit: Vec<&str> = pages
        .iter()
        .filter(|(_, html)| html.contains("class=\"exit-link\""))
        .map(|(address, _)| address.as_str())
        .collect();
    assert_eq!(with_exit, ["/get-help/", "/warning-signs/"]);
    let site = Site::new()
        .edited("site.toml", "[review]", "[exit]\nurl = \"https://www.example.org/news\"\nlabel = \"Go\"\n\n[review]")
        .with(
            "content/pages/signs.md",
            "---\ntitle: Signs\nsummary: Signs.\nupdated: 2026-11-01\npurpose: warning-signs\n---\n\nWords.\n",
        );
    assert!(
        site.page("signs/index.html")
            .contains(r#"href="https://www.example.org/news" rel="noreferrer nofollow">Go</a>"#)
    );
}
