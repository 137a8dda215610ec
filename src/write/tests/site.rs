//! casebook's own files: written, kept, removed, put right.

use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

#[test]
fn a_site_is_published_where_there_was_none() {
    let bench = Bench::new();
    let files = [("index.html", "home"), ("cases/audit/index.html", "audit"), (".nojekyll", "")];

    let outcome = bench.publish(&files).unwrap();

    assert_eq!(outcome, Outcome { written: 3, ..Outcome::default() });
    assert_eq!(bench.site(), expected(&files));
    bench.assert_tidy();
}

#[test]
fn both_ways_of_exchanging_publish_the_same_site() {
    for how in [Exchange::Auto, Exchange::Journal] {
        let bench = Bench::with(&[("a", "1"), ("b", "1"), ("old/gone", "1")]);
        bench.put("CNAME", "example.org");

        let outcome =
            publish(&bench.output, &artifacts(&[("a", "1"), ("b", "2"), ("new/c", "2")]), how).unwrap();

        let expected_outcome =
            Outcome { written: 2, unchanged: 1, removed: 1, carried_over: 1, leftover: None };
        assert_eq!(outcome, expected_outcome, "{how:?}");
        let files = [("a", "1"), ("b", "2"), ("new/c", "2"), ("CNAME", "example.org")];
        assert_eq!(bench.site(), expected(&files), "{how:?}");
        bench.assert_tidy();
    }
}

#[test]
fn files_with_the_same_bytes_are_not_touched() {
    let bench = Bench::with(&[("same", "same"), ("changed", "one")]);
    let before = fs::metadata(bench.output.join("same")).unwrap();
    let changed = bench.inode("changed");

    bench.publish(&[("same", "same"), ("changed", "two")]).unwrap();

    let after = fs::metadata(bench.output.join("same")).unwrap();
    assert_eq!(after.ino(), before.ino());
    assert_eq!(after.modified().unwrap(), before.modified().unwrap());
    assert_eq!(after.nlink(), 1, "the old site's link to the file is gone");
    assert_ne!(bench.inode("changed"), changed);
}

#[test]
fn a_build_that_changes_nothing_leaves_the_output_folder_itself_alone() {
    let bench = Bench::with(&[("a", "1")]);
    let before = bench.inode("");

    let outcome = bench.publish(&[("a", "1")]).unwrap();

    assert_eq!(outcome, Outcome { unchanged: 1, ..Outcome::default() });
    assert_eq!(bench.inode(""), before);
    bench.assert_tidy();
}

#[test]
fn a_file_edited_by_hand_is_put_right_even_at_the_same_length() {
    let bench = Bench::with(&[("a", "as built"), ("b", "as built"), ("c", "as built")]);
    bench.put("a", "as BUILT");
    fs::remove_file(bench.output.join("b")).unwrap();
    fs::remove_file(bench.output.join("c")).unwrap();
    fs::write(bench.root.join("other"), "as built").unwrap();
    std::os::unix::fs::symlink("../other", bench.output.join("c")).unwrap();

    let outcome = bench.publish(&[("a", "as built"), ("b", "as built"), ("c", "as built")]).unwrap();

    assert_eq!(outcome.written, 3);
    assert_eq!(bench.site(), expected(&[("a", "as built"), ("b", "as built"), ("c", "as built")]));
    assert_eq!(fs::read_to_string(bench.root.join("other")).unwrap(), "as built");
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let bench = Bench::with(&[("a", "file"), ("b/c/d", "file")]);
    bench.publish(&[("a/x", "file"), ("b", "file")]).unwrap();
    assert_eq!(bench.site(), expected(&[("a/x", "file"), ("b", "file")]));
}

#[test]
fn a_site_without_files_leaves_no_folders_behind() {
    let bench = Bench::with(&[("a/b/c", "1"), ("d", "1")]);
    let outcome = bench.publish(&[]).unwrap();
    assert_eq!(outcome.removed, 2);
    assert_eq!(bench.site(), BTreeMap::new());
}

#[test]
fn the_manifest_lists_the_files_in_order_and_is_the_same_each_time() {
    let bench = Bench::with(&[("b", "1"), ("a/ü", "1")]);
    let manifest = fs::read_to_string(bench.output.join(MANIFEST)).unwrap();
    assert_eq!(manifest, "{\n  \"version\": 1,\n  \"files\": [\n    \"a/ü\",\n    \"b\"\n  ]\n}\n");
}

#[test]
fn the_output_keeps_its_permissions() {
    let bench = Bench::with(&[("a/b", "1")]);
    for (folder, mode) in [("", 0o2775), ("a", 0o711)] {
        fs::set_permissions(bench.output.join(folder), fs::Permissions::from_mode(mode)).unwrap();
    }
    bench.publish(&[("a/b", "2")]).unwrap();
    let mode = |folder: &str| fs::metadata(bench.output.join(folder)).unwrap().mode() & 0o7777;
    assert_eq!((mode(""), mode("a")), (0o2775, 0o711));
}

#[test]
fn some_site_stands_at_the_output_at_every_instant() {
    let bench = Bench::with(&[("a", "0")]);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut looks = 0_usize;
            while !done.load(Ordering::Relaxed) {
                fs::symlink_metadata(&bench.output).unwrap();
                looks += 1;
            }
            looks
        });
        for text in (1..60).map(|n| n.to_string()) {
            bench.publish(&[("a", &text)]).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(watcher.join().unwrap() > 0);
    });
    assert_eq!(bench.site(), expected(&[("a", "59")]));
}

#[test]
fn builds_at_the_same_time_are_refused_or_whole() {
    let bench = Bench::new();
    std::thread::scope(|scope| {
        for thread in ["one", "two", "three", "four"] {
            let bench = &bench;
            scope.spawn(move || {
                for round in (0..20).map(|n| format!("{thread} {n}")) {
                    match bench.publish(&[("a", &round), ("b/c", &round)]) {
                        Ok(_) | Err(PublishError::Busy { .. }) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
    });
    let site = bench.site();
    assert_eq!(site["a"], site["b/c"]);
    bench.assert_tidy();
}
