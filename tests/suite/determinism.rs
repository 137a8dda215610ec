//! The same input gives the same bytes, and the day is part of the input.

use std::collections::BTreeMap;

use crate::binary::{Folder, LATER, Ran, assert_same, differing, shipped, tree};
use crate::library::{File, library};
use crate::support::TODAY;

/// Builds `files` in folders of their own, written in different orders, with one thread and two.
fn same_bytes(name: &str, files: Vec<File>, today: &str) {
    let build = |folder: &Folder, jobs: &str| folder.build(&["--jobs", jobs, "--today", today]);
    let turned: Vec<File> = files.iter().rev().cloned().collect();
    let mut shuffled = files.clone();
    // An order that is neither: every seventh file first.
    shuffled.sort_by_key(|(path, _)| blake3::hash(path.as_bytes()).as_bytes()[0] % 7);
    let first = build(&Folder::with(files), "1");
    assert!(first.contains_key("index.html"));
    for files in [turned, shuffled] {
        let folder = Folder::with(files);
        assert_same(&first, &build(&folder, "2"), name);
        // Published again, over what is there.
        assert_same(&first, &build(&folder, "1"), name);
    }
}

#[test]
fn same_bytes_from_the_site_of_the_tests() {
    let folder = Folder::base();
    let files = tree(folder.path());
    same_bytes(
        "the site of the tests",
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect(),
        TODAY,
    );
}

#[test]
fn same_bytes_from_a_generated_library() {
    same_bytes("a generated library", library(40, 1), TODAY);
}

#[test]
fn same_bytes_from_the_library_that_the_repository_ships() {
    same_bytes("the shipped library", shipped(), LATER);
}

/// The files that differ between two days, with their text on the second.
fn changed_by_the_day(files: Vec<File>, one: &str, other: &str) -> BTreeMap<String, String> {
    let folder = Folder::with(files);
    let before = folder.build(&["--today", one]);
    let after = folder.build(&["--today", other]);
    let changed = differing(&before, &after).into_iter();
    changed.map(|path| (path.clone(), String::from_utf8(after[&path].clone()).unwrap())).collect()
}

#[test]
fn another_day_changes_only_pages_that_print_it() {
    for files in [library(40, 1), shipped()] {
        let changed = changed_by_the_day(files, LATER, "2100-02-03");
        assert!(!changed.is_empty(), "some page depends on the day");
        for (path, text) in changed {
            assert!(text.contains("3 February 2100"), "{path} depends on the day and does not say so");
        }
    }
}

/// The day that a build with `epoch` in its environment takes for today: a page prints it.
fn with_epoch(epoch: &str, more: &[&str]) -> (Ran, Option<String>) {
    let folder = Folder::base();
    folder.edit("content/councils/islington.md", "region: london\n", "region: london\nreport_due_month: 7\n");
    let mut command = crate::binary::casebook(&["build", "--root"]);
    command.arg(folder.path()).args(more).env("SOURCE_DATE_EPOCH", epoch);
    let ran: Ran = command.output().unwrap().into();
    let page = folder.output().remove("councils/islington/index.html");
    (ran, page.map(|bytes| String::from_utf8(bytes).unwrap()))
}

#[test]
fn the_epoch_of_reproducible_builds_is_the_day_of_the_build() {
    // 2026-12-24, a second before midnight.
    let (ran, page) = with_epoch("1798156799", &[]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(page.unwrap().contains("24 December 2026"));
}

#[test]
fn an_argument_wins_over_the_epoch() {
    for epoch in ["1798156799", "soon"] {
        let (ran, page) = with_epoch(epoch, &["--today", "2026-12-03"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert!(page.unwrap().contains("3 December 2026"));
    }
}

#[test]
fn an_epoch_that_is_no_time_is_refused() {
    for epoch in ["soon", "", "1.5", "99999999999999999999"] {
        let (ran, page) = with_epoch(epoch, &[]);
        assert_eq!(ran.code, 2, "{epoch:?}: {ran:#?}");
        assert!(ran.err.contains("SOURCE_DATE_EPOCH"), "{}", ran.err);
        assert!(page.is_none(), "nothing was published");
    }
}
