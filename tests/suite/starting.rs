//! `casebook new`: what it writes, and that its findings lead to a document that is right.

use std::process::{Child, Stdio};

use casebook::model::Kind;

use crate::binary::{Folder, Ran, casebook, run};

/// `casebook new`, on the day of the tests, without anything of the repository at hand.
fn new(site: &Folder, args: &[&str]) -> Ran {
    let mut command = casebook(args);
    // 2026-11-21.
    command.current_dir(site.path()).env("SOURCE_DATE_EPOCH", "1795219200");
    command.output().unwrap().into()
}

fn new_site() -> Folder {
    let folder = Folder::with([("unrelated.txt", "")]);
    let ran = new(&folder, &["new", "site", "."]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    folder
}

#[test]
fn a_new_document_stays_in_its_folder_and_can_be_found() {
    let site = Folder::base();
    let outside = tempfile::TempDir::new().unwrap();
    let escaped = outside.path().join("escaped");
    let root = site.path().to_str().unwrap().to_owned();
    for name in [escaped.to_str().unwrap(), "../x", "", "a/", "a//b", "_", "a/index"] {
        let ran = run(&["new", "topic", name, "--root", &root]);
        assert_eq!(ran.code, 2, "{name:?}: {}", ran.err);
        assert!(!ran.err.contains("name it \n"), "{name:?}: {}", ran.err);
    }
    assert!(!escaped.with_extension("md").exists());
    site.write("content/topics/cuckooing/index.md", "");
    assert_eq!(run(&["new", "topic", "cuckooing", "--root", &root]).code, 2);
    let ran = run(&["new", "topic", "two-lines", "--title", "One\nTwo", "--root", &root]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(site.read("content/topics/two-lines.md").contains("title: \"One Two\""));
}

#[test]
fn of_many_who_start_a_document_under_one_name_one_does() {
    let site = Folder::base();
    let start = |title: &str| {
        let mut command = casebook(&["new", "topic", "cuckooing", "--title", title]);
        command.current_dir(site.path()).stderr(Stdio::null()).spawn().unwrap()
    };
    let started: Vec<Child> = ["A", "B", "C", "D", "E", "F", "G", "H"].map(start).into();
    let codes: Vec<_> = started.into_iter().map(|mut child| child.wait().unwrap().code()).collect();
    assert_eq!(codes.iter().filter(|code| **code == Some(0)).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == Some(2)).count(), 7, "{codes:?}");
    let names = std::fs::read_dir(site.path().join("content/topics")).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["county-lines.md", "cuckooing.md"], "nothing is left beside them");
}

/// A name is in the address of a page, and what is typed may stand in a log.
#[test]
fn no_document_is_started_with_a_name_that_looks_personal() {
    let site = Folder::base();
    let root = site.path().to_str().unwrap().to_owned();
    for name in ["07700900123", "referral-07700900123", "jane.doe@example.org"] {
        let ran = run(&["new", "topic", name, "--root", &root]);
        assert_eq!(ran.code, 2, "{ran:#?}");
        assert!(ran.err.contains("this name looks like a person's"), "{}", ran.err);
        assert!(!ran.err.contains("0770") && !ran.err.contains("jane"), "{}", ran.err);
    }
    for args in [["check", "07700900123"], ["check", "--root=no-07700900123"], ["explain", "07700900123"]] {
        let ran = run(&[args[0], args[1], "--format=json"]);
        assert_eq!(ran.code, 2, "{ran:#?}");
        assert!(!format!("{}{}", ran.out, ran.err).contains("07700900123"), "{ran:#?}");
    }
}

#[test]
fn a_new_site_is_clean_and_can_be_built() {
    let folder = Folder::with([("unrelated.txt", "")]);
    let ran = new(&folder, &["new", "site", "my/library"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains("casebook build --root my/library"), "{}", ran.out);
    let ran = new(&folder, &["check", "--strict", "--root", "my/library"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(new(&folder, &["build", "--strict", "--root", "my/library"]).code, 0);
    assert!(folder.read("my/library/public/index.html").contains("Welcome"));
}

#[test]
fn a_new_site_overwrites_nothing() {
    let folder = Folder::with([(".gitignore", "mine\n")]);
    assert_eq!(new(&folder, &["new", "site", "."]).code, 0);
    assert_eq!(folder.read(".gitignore"), "mine\n");
    folder.write("site.toml", "mine");
    let ran = new(&folder, &["new", "site", "."]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("already"), "{}", ran.err);
    assert_eq!(folder.read("site.toml"), "mine");
}

/// A start that stopped half-way, also in the middle of a file, is finished by the next.
#[test]
fn a_new_site_that_was_not_finished_is_tried_again() {
    let folder = Folder::with([
        ("content/index.md", "---\ntitle: Mine\nsummary: Ours.\nupdated: 2026-11-01\n---\n\nText.\n"),
        (".site.toml.casebook-new", "[site]\ntit"),
    ]);
    let ran = new(&folder, &["new", "site", "."]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(folder.read("content/index.md").contains("title: Mine"), "what is there stays");
    let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, [".gitignore", "content", "site.toml"]);
    let ran = new(&folder, &["check", "--strict"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
}

#[test]
fn every_kind_starts_as_a_draft_whose_findings_say_what_to_fill_in() {
    let site = new_site();
    for kind in Kind::ALL {
        assert_eq!(new(&site, &["new", kind.name(), "name"]).code, 0);
        let path = format!("content/{}/name.md", kind.folder());
        assert!(site.read(&path).contains("\ndraft: true\n"), "{path}");
        let report = site.run("check", &["--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
        let findings = report["diagnostics"].as_array().unwrap();
        assert!(!findings.is_empty());
        for finding in findings {
            let wanted = ["missing-field", "missing-heading"];
            assert!(wanted.contains(&finding["code"].as_str().unwrap()), "{finding:#}");
            let help = finding["help"].as_str().unwrap();
            assert!(help.starts_with("add ") || help.starts_with("write "), "{finding:#}");
        }
        std::fs::remove_file(site.at(&path)).unwrap();
    }
}

#[test]
fn a_document_that_is_there_is_not_overwritten() {
    let site = new_site();
    assert_eq!(new(&site, &["new", "topic", "training"]).code, 0);
    site.write("content/topics/training.md", "mine");
    let ran = new(&site, &["new", "topic", "training"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("content/topics/training.md is there already"), "{}", ran.err);
    assert_eq!(site.read("content/topics/training.md"), "mine");
}

#[test]
fn a_name_that_is_no_address_is_refused_with_one_that_is() {
    let site = new_site();
    for (name, better) in [("Car Washes", "car-washes"), ("../car", "car"), ("car_washes", "car-washes")] {
        let ran = new(&site, &["new", "topic", name]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.err.contains(better), "{name}: {}", ran.err);
    }
    assert!(!site.at("content/topics").exists());
}

/// Replaces lines that end with a colon, as one who fills in a form.
fn fill(site: &Folder, path: &str, values: &[(&str, &str)]) {
    for (field, value) in values {
        site.edit(path, &format!("\n{field}:\n"), &format!("\n{field}: {value}\n"));
    }
    site.edit(path, "\ndraft: true\n", "\n");
    let text = site.read(path).replace("\n…\n", "\nNobody has said.\n");
    std::fs::write(site.at(path), text).unwrap();
}

const SOURCES: [(&str, &str); 4] =
    [("  - id", "page"), ("    title", "A page"), ("    publisher", "Example"), ("    kind", "council-page")];

#[test]
fn what_was_started_and_filled_in_is_clean() {
    let site = new_site();
    let title = "A \"flag\" on the case system: what it is";
    for args in [
        &["council", "islington", "--title", "Islington"][..],
        &["topic", "county-lines", "--title", "County lines"],
        &["case-study", "flag", "--title", title],
        &["annual-report", "islington-2019", "--title", "Islington's report"],
    ] {
        assert_eq!(new(&site, &[&["new"], args].concat()).code, 0);
    }
    let council = [
        ("summary", "A council."),
        ("gss", "E09000019"),
        ("kind", "london-borough"),
        ("nation", "england"),
        ("region", "london"),
        ("  status", "none"),
    ];
    fill(&site, "content/councils/islington.md", &council);
    fill(&site, "content/topics/county-lines.md", &[("summary", "A topic.")]);
    let study = [
        ("summary", "A practice."),
        ("councils", "[islington]"),
        ("status", "running"),
        ("scope", "community"),
        ("topics", "[county-lines]"),
        ("exploitation", "[county-lines]"),
        ("population", "children"),
        ("audience", "[safeguarding-children]"),
        ("evidence", "untested"),
        ("outcome", "too-early"),
        ("cost", "unknown"),
        ("vignette", "none"),
        ("contact_role", "Modern slavery lead"),
        ("licence", "link-only"),
    ];
    fill(&site, "content/case-studies/flag.md", &[&study[..], &SOURCES].concat());
    site.edit("content/case-studies/flag.md", "\n# started: 2018-07\n", "\nstarted: 2018-07\n");
    let report = [
        ("summary", "A report."),
        ("council", "islington"),
        ("kind", "section-54"),
        ("source_url", "https://www.example.org/"),
    ];
    let path = "content/reports/islington-2019.md";
    fill(&site, path, &[&report[..], &SOURCES].concat());
    site.edit(path, "\n# period_start: 2018-04\n", "\nperiod_start: 2018-04\n");
    site.edit(path, "\n# period_end: 2019-03\n", "\nperiod_end: 2019-03\n");
    let ran = site.run("check", &["--strict"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let files = site.build(&["--strict"]);
    let page = String::from_utf8_lossy(&files["case-studies/flag/index.html"]).into_owned();
    assert!(page.contains("on the case system: what it is"), "{page}");
}
