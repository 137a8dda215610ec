//! Files in the output that are not casebook's.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

/// Publishes and asserts that it was refused and that nothing whatever has changed.
#[track_caller]
fn refused(bench: &Bench, files: &[(&str, &str)]) -> PublishError {
    let (before, inode) = (tree(&bench.root), bench.inode(""));
    let error = bench.publish(files).unwrap_err();
    assert_eq!(tree(&bench.root), before);
    assert_eq!(bench.inode(""), inode);
    error
}

#[test]
fn foreign_files_are_carried_over_untouched() {
    let bench = Bench::with(&[("index.html", "1"), ("cases/a.html", "1")]);
    bench.put("CNAME", "example.org");
    bench.put(".git/HEAD", "ref: refs/heads/gh-pages");
    bench.put("cases/notes.txt", "by hand");
    fs::create_dir_all(bench.output.join("empty/inner")).unwrap();
    symlink("../nowhere", bench.output.join("dangling")).unwrap();
    symlink("cases", bench.output.join("folder-link")).unwrap();
    let before = ["CNAME", ".git/HEAD", "cases/notes.txt"].map(|path| bench.inode(path));

    let outcome = bench.publish(&[("index.html", "2")]).unwrap();

    assert_eq!((outcome.carried_over, outcome.removed), (5, 1));
    assert_eq!(["CNAME", ".git/HEAD", "cases/notes.txt"].map(|path| bench.inode(path)), before);
    let files = [
        ("index.html", "2"),
        ("CNAME", "example.org"),
        (".git/HEAD", "ref: refs/heads/gh-pages"),
        ("cases/notes.txt", "by hand"),
        ("empty/inner", "(empty folder)"),
        ("dangling", "-> ../nowhere"),
        ("folder-link", "-> cases"),
    ];
    assert_eq!(bench.site(), expected(&files));
    bench.assert_tidy();
}

#[test]
fn an_output_without_manifest_is_foreign_as_a_whole() {
    let bench = Bench::new();
    bench.put("CNAME", "example.org");
    bench.publish(&[("index.html", "1")]).unwrap();
    bench.publish(&[("index.html", "2")]).unwrap();
    assert_eq!(bench.site(), expected(&[("index.html", "2"), ("CNAME", "example.org")]));
}

#[test]
fn every_foreign_file_in_the_way_is_named_and_nothing_changes() {
    let bench = Bench::with(&[("kept", "1")]);
    bench.put("same.html", "by hand");
    bench.put("Capitals.html", "by hand");
    bench.put("file", "by hand");
    bench.put("Cases/notes.txt", "by hand");
    bench.put("folder/notes.txt", "by hand");
    symlink("kept", bench.output.join("link")).unwrap();
    fs::create_dir(bench.output.join("empty")).unwrap();

    let error = refused(
        &bench,
        &[
            ("kept", "2"),
            ("same.html", "by hand"),
            ("capitals.html", "1"),
            ("cases/a.html", "1"),
            ("file/index.html", "1"),
            ("folder", "1"),
            ("link/index.html", "1"),
            ("empty", "1"),
        ],
    );

    insta::assert_snapshot!(error.to_string().replace(bench.output.as_str(), "site"), @r"
    casebook did not write these files in `site`, and the new site needs their places:
      `Capitals.html` (in the way of `capitals.html`)
      `Cases` (in the way of `cases/a.html`)
      `Cases/notes.txt` (in the way of `cases/a.html`)
      `empty`
      `file` (in the way of `file/index.html`)
      `folder`
      `folder/notes.txt` (in the way of `folder`)
      `link` (in the way of `link/index.html`)
      `same.html`
    ");
}

#[test]
fn a_foreign_folder_in_the_place_of_a_page_is_in_the_way() {
    let bench = Bench::with(&[("page", "1")]);
    fs::remove_file(bench.output.join("page")).unwrap();
    bench.put("page/notes.txt", "by hand");
    let error = refused(&bench, &[("page", "1")]);
    assert!(error.to_string().contains("`page/notes.txt` (in the way of `page`)"), "{error}");
}

#[test]
fn a_link_in_the_place_of_a_folder_is_not_followed() {
    let bench = Bench::with(&[("cases/a.html", "1")]);
    fs::rename(bench.output.join("cases"), bench.root.join("elsewhere")).unwrap();
    symlink("../elsewhere", bench.output.join("cases")).unwrap();
    let error = refused(&bench, &[("cases/a.html", "2")]);
    assert!(matches!(error, PublishError::Collisions { .. }), "{error}");
}

#[test]
fn what_a_removed_link_points_to_stays() {
    let bench = Bench::with(&[("page", "1")]);
    let elsewhere = bench.root.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("kept"), "kept").unwrap();
    fs::remove_file(bench.output.join("page")).unwrap();
    symlink(&elsewhere, bench.output.join("page")).unwrap();
    symlink(&elsewhere, bench.output.join("foreign")).unwrap();

    bench.publish(&[]).unwrap();

    assert_eq!(fs::read_to_string(elsewhere.join("kept")).unwrap(), "kept");
    assert!(!bench.output.join("page").is_symlink());
    assert!(bench.output.join("foreign").is_symlink());
}

#[test]
fn a_manifest_that_cannot_be_read_refuses_the_build() {
    type Damage = fn(&Utf8Path);
    let damage: [(&str, Damage); 4] = [
        ("is damaged", |path| fs::write(path, "<<<<<<< HEAD\n").unwrap()),
        ("is damaged", |path| fs::write(path, "{\"version\": 1}").unwrap()),
        ("is of version 2", |path| fs::write(path, "{\"version\": 2, \"files\": []}").unwrap()),
        ("is not a plain file", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
    ];
    for (reason, damage) in damage {
        let bench = Bench::with(&[("a", "1")]);
        damage(&bench.output.join(MANIFEST));
        let error = refused(&bench, &[("a", "2")]);
        assert!(error.to_string().contains(reason), "{error}");
        assert!(error.help().contains("restore"), "{}", error.help());
    }
}

#[test]
fn a_manifest_cannot_reach_out_of_the_output() {
    let bench = Bench::with(&[("a", "1")]);
    fs::write(bench.root.join("outside"), "kept").unwrap();
    let manifest = format!("{{\"version\": 1, \"files\": [\"../outside\", \"{}/outside\"]}}", bench.root);
    fs::write(bench.output.join(MANIFEST), manifest).unwrap();
    bench.publish(&[("b", "1")]).unwrap();
    assert_eq!(fs::read_to_string(bench.root.join("outside")).unwrap(), "kept");
    assert_eq!(bench.site(), expected(&[("a", "1"), ("b", "1")]));
}

#[test]
fn read_only_folders_and_odd_names_are_carried_over() {
    let bench = Bench::with(&[("a", "1")]);
    let folder = bench.output.join("well/known");
    bench.put("well/known/file", "by hand");
    let odd = folder.as_std_path().join(OsStr::from_bytes(b"not-utf8-\xff"));
    if fs::write(&odd, "by hand").is_err() {
        // Some disks take only names in UTF-8.
        fs::write(folder.join("not-utf8-ÿ"), "by hand").unwrap();
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(folder.join("file"), fs::Permissions::from_mode(0o400)).unwrap();

    for text in ["2", "3"] {
        let outcome = bench.publish(&[("a", text)]).unwrap();
        assert_eq!(outcome.carried_over, 2);
        assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o7777, 0o555);
        assert_eq!(fs::metadata(folder.join("file")).unwrap().mode() & 0o7777, 0o400);
        bench.assert_tidy();
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_build_is_refused_when_foreign_files_change_under_it() {
    let bench = Bench::with(&[("a", "1"), ("b", "1")]);
    bench.put("edited", "one");
    bench.put("gone", "one");
    bench.put("kept", "one");
    let place = Place::of(&bench.output).unwrap();
    let _lock = Lock::take(&place).unwrap();
    let ready = make_ready(&place, &artifacts(&[("a", "2")])).unwrap();

    bench.put("edited", "edited by hand");
    bench.put("late/file", "by hand");
    bench.put("b", "casebook's own may change: they are written anew");
    fs::remove_file(bench.output.join("gone")).unwrap();
    let before = tree(&bench.output);

    let error = put_in_place(&place, ready, Exchange::Auto).unwrap_err();
    insta::assert_snapshot!(error.to_string().replace(bench.output.as_str(), "site"), @r"
    other files in `site` changed during the build:
      `edited`
      `gone`
      `late`
      `late/file`
    ");
    assert_eq!(tree(&bench.output), before);
}

#[test]
fn an_output_that_comes_up_during_a_first_build_is_not_replaced() {
    let bench = Bench::new();
    let place = Place::of(&bench.output).unwrap();
    let _lock = Lock::take(&place).unwrap();
    let ready = make_ready(&place, &artifacts(&[("a", "1")])).unwrap();
    bench.put("README", "by hand");
    put_in_place(&place, ready, Exchange::Auto).unwrap_err();
    assert_eq!(bench.site(), expected(&[("README", "by hand")]));
}
