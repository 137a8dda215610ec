//! What the source documents name stands on a page of the shipped library, with its source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casebook::disk::Disk;
use casebook::pipeline::{self, Built};

use crate::support::options;

fn shipped() -> Built {
    let root = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    pipeline::build(&Disk::new(root), &options(), &|_| {}).unwrap()
}

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
        .filter(|artifact| artifact.path.as_str().ends_with(".html"))
        .map(|artifact| (artifact.path.as_str(), words(&String::from_utf8_lossy(&artifact.bytes))))
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

#[test]
fn every_page_with_a_row_names_its_sources() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let files: BTreeSet<String> = rows().into_iter().map(|(_, file, _)| file).collect();
    for file in files {
        let text = std::fs::read_to_string(root.join(&file)).unwrap();
        let sources = text.contains("\nsources:");
        assert!(sources, "content/{file} has no sources");
    }
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
