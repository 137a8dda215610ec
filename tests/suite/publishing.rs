//! Where a site is published, and what stays as it was.

use std::fs;

use regex::Regex;

use crate::binary::{Folder, tree};

const FLAG: &str = "content/case-studies/flag.md";

#[test]
fn folders_that_hold_the_site_are_refused() {
    let folder = Folder::with([("beside.txt", "mine")]);
    let base = Folder::base();
    for (path, bytes) in tree(base.path()) {
        folder.write(&format!("site/{path}"), bytes);
    }
    let before = tree(folder.path());
    let root = folder.at("site");
    for output in ["site", "site/content", "site/content/pages", "site/themes", ".", "site/../site", "/"] {
        let mut build = crate::binary::casebook(&["build", "--today", "2026-11-21", "--root"]);
        let ran: crate::binary::Ran =
            build.arg(&root).arg("--output").arg(folder.at(output)).output().unwrap().into();
        assert_eq!(ran.code, 2, "{output}: {}", ran.err);
        assert!(ran.err.contains("--output"), "{output}: {}", ran.err);
        assert_eq!(tree(folder.path()), before, "{output}: nothing was touched");
    }
}

#[test]
fn files_of_others_in_the_output_stay() {
    let site = Folder::base();
    site.write("public/CNAME", "library.example.org");
    site.write("public/well/known.txt", "mine");
    let first = site.build(&[]);
    site.edit(FLAG, "One flag.", "Two flags.");
    let second = site.build(&[]);
    for files in [first, second] {
        assert_eq!(files["CNAME"], b"library.example.org");
        assert_eq!(files["well/known.txt"], b"mine");
        assert!(files.contains_key("index.html"));
    }
}

#[test]
fn a_file_of_others_in_the_way_is_not_overwritten() {
    let site = Folder::base();
    site.write("public/index.html", "mine");
    let ran = site.run("build", &[]);
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.err.contains("index.html"), "{}", ran.err);
    assert_eq!(site.output().len(), 1);
    assert_eq!(site.read("public/index.html"), "mine");
}

#[test]
fn a_build_that_fails_leaves_the_last_good_site() {
    let site = Folder::base();
    let good = site.build(&[]);
    site.edit(FLAG, "status: running", "status: runing");
    assert_eq!(site.run("build", &[]).code, 1);
    assert_eq!(site.output(), good);
    site.edit(FLAG, "status: runing", "status: ended");
    site.write("themes/default/templates/list.html", "{% if %}");
    assert_eq!(site.run("build", &[]).code, 1, "a template that cannot be read");
    assert_eq!(site.output(), good);
    assert_eq!(site.run("build", &["--today", "never"]).code, 2);
    assert_eq!(site.output(), good);
    fs::remove_dir_all(site.at("themes")).unwrap();
    assert_ne!(site.build(&[]), good);
}

#[test]
fn what_is_no_longer_in_the_library_leaves_the_site() {
    let site = Folder::base();
    assert!(site.build(&[]).contains_key("case-studies/flag/index.html"));
    fs::remove_file(site.at(FLAG)).unwrap();
    let files = site.build(&[]);
    assert!(!files.keys().any(|path| path.contains("flag")), "{:?}", files.keys());
}

#[test]
fn check_writes_nothing() {
    let site = Folder::base();
    let before = tree(site.path());
    assert_eq!(site.run("check", &[]).code, 0);
    assert_eq!(tree(site.path()), before);
}

/// Every address in pages, feeds and data of a site in a folder stays in that folder.
#[test]
fn a_site_in_a_folder_links_into_that_folder_alone() {
    let site = Folder::generated(40, 1);
    let aliases = "title: County lines\nsummary: Text.\nupdated: 2026-11-01\naliases: [/old/]\n";
    site.write("content/topics/moved.md", format!("---\n{aliases}---\n\n[Home](/index.md)\n"));
    let files = site.build(&["--base-url", "https://council.example.net/good/practice"]);
    let attribute = Regex::new(r#"\b(?:href|src|action|content|data-[a-z-]+)="([^"]*)""#).unwrap();
    let address = Regex::new(r#"https?://council\.example\.net([^\s"'<>)\\]*)"#).unwrap();
    let style = Regex::new(r#"url\(["']?(/[^"')]*)"#).unwrap();
    let (mut links, mut addresses) = (0, 0);
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            for found in attribute.captures_iter(&text).filter(|found| found[1].starts_with('/')) {
                links += 1;
                assert!(found[1].starts_with("/good/practice/"), "{path}: {}", &found[0]);
            }
        }
        for found in address.captures_iter(&text) {
            addresses += 1;
            assert!(found[1].starts_with("/good/practice/"), "{path}: {}", &found[0]);
        }
        for found in style.captures_iter(&text) {
            assert!(found[1].starts_with("/good/practice/"), "{path}: {}", &found[0]);
        }
        assert!(!text.contains("casebook.example.org"), "{path} names the address of site.toml");
    }
    assert!(links > 500 && addresses > 100, "{links} links and {addresses} addresses were looked at");
    let redirect = String::from_utf8_lossy(&files["old/index.html"]);
    assert!(redirect.contains("/good/practice/topics/moved/"), "{redirect}");
}

/// Every link between the pages of a site leads to a file of it.
#[test]
fn links_between_pages_lead_to_files() {
    let site = Folder::generated(40, 1);
    let files = site.build(&[]);
    let attribute = Regex::new(r#"\b(?:href|src|action)="(/[^"]*)""#).unwrap();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for found in attribute.captures_iter(&String::from_utf8_lossy(bytes)) {
            let target = found[1].split(['#', '?']).next().unwrap().trim_start_matches('/');
            let file = if target.is_empty() || target.ends_with('/') {
                format!("{target}index.html")
            } else {
                target.to_owned()
            };
            assert!(files.contains_key(&file), "{path} links to {}", &found[1]);
        }
    }
}
