//! What the source documents name stands on a page of the shipped library, with its source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::shipped;

/// The words of a page, without its tags, with white space folded.
fn words(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let mut text = String::new();
    let mut inside = false;
    for character in main.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text =
        text.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    let plain = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Row, file in `content/`, words that stand on its page.
fn rows() -> Vec<(String, String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rows.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [row, file, words] => ((*row).to_owned(), (*file).to_owned(), (*words).to_owned()),
            other => panic!("three columns, not {other:?}"),
        })
        .collect()
}

fn address(file: &str) -> String {
    let path = file.trim_end_matches(".md").trim_end_matches("/index");
    match path.strip_prefix("pages/") {
        Some(page) => format!("{page}/index.html"),
        None if path == "index" => "index.html".to_owned(),
        None => format!("{path}/index.html"),
    }
}

#[test]
fn every_row_stands_on_its_page() {
    let built = shipped();
    let pages: BTreeMap<&str, String> = built
        .artifacts
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), words(&String::from_utf8_lossy(bytes))))
        .collect();
    let mut missing = Vec::new();
    for (row, file, phrase) in rows() {
        let wanted = words(&phrase);
        match pages.get(address(&file).as_str()) {
            None => missing.push(format!("{row}: there is no page for {file}")),
            Some(page) if !page.contains(&wanted) => {
                missing.push(format!("{row}: {file} does not say {phrase:?}"))
            }
            Some(_) => {}
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// The addresses of the five source documents, by the first number of their rows.
const DOCUMENTS: [&str; 5] = [
    "https://party.coop/2019/03/21/child-victims-modern-slavery",
    "https://www.merseysidepcc.info/36/section.aspx/35/government_needs_to_invest_in_services_to_prevent_child_trafficking",
    "https://questions-statements.parliament.uk/written-questions/detail/2020-09-07/86070",
    "http://moderngov.southwarksites.com/mgAi.aspx?ID=52613",
    "https://party.coop/2019/02/26/islington-council-takes-concerted-action-to-combat-modern-slavery/",
];

/// The documents that a row comes from: `3.14, 0.9` from two, `R1–R10` from that of Southwark's
/// session. A row of the project's notes of public facts comes from whatever its page cites.
fn documents(row: &str) -> Vec<&'static str> {
    if row.starts_with("notes: ") {
        return vec!["http"];
    }
    let number =
        |part: &str| if part.starts_with('R') { Some(3) } else { part.split('.').next()?.parse().ok() };
    row.split(", ").map(|part| DOCUMENTS[number(part).unwrap_or_else(|| panic!("{row}"))]).collect()
}

#[test]
fn every_page_with_a_row_links_to_the_document_of_the_row() {
    let built = shipped();
    let mut missing = Vec::new();
    for (row, file, _) in rows() {
        let page = built.artifacts.get(address(&file).as_str().into()).unwrap_or_default();
        let page = String::from_utf8_lossy(page);
        let main = page.split_once("<main").map_or("", |(_, rest)| rest);
        if !documents(&row).iter().any(|address| main.contains(&format!("href=\"{address}"))) {
            missing.push(format!("{row}: {file} does not link to its source"));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn no_page_serves_more_than_six_rows() {
    let mut by_file: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (row, file, _) in rows() {
        by_file.entry(file).or_default().insert(row);
    }
    let crowded: Vec<_> = by_file.iter().filter(|(_, rows)| rows.len() > 6).collect();
    assert_eq!(crowded, Vec::<(&String, &BTreeSet<String>)>::new());
}

#[test]
fn the_shipped_library_has_no_errors() {
    let built = shipped();
    let findings: Vec<String> = built.diagnostics.iter().map(crate::support::line).collect();
    assert_eq!(built.count(casebook::diagnostics::Level::Error), 0, "{findings:#?}");
    assert!(built.counts.iter().map(|(_, count)| count).sum::<usize>() > 200);
}
