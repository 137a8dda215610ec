//! The command line as scripts and people meet it.

use std::process::Stdio;

use crate::binary::{Folder, LATER, Ran, casebook, run, shipped};

const FLAG: &str = "content/case-studies/flag.md";

/// A site with an error on line 7 of a document, column 9.
fn with_an_error() -> Folder {
    let site = Folder::base();
    site.edit(FLAG, "status: running", "status: runing");
    site
}

/// A site with a warning and no error.
fn with_a_warning() -> Folder {
    let site = Folder::base();
    site.edit(FLAG, "reviewed_on: 2026-11-01", "reviewed_on: 2026-11-01\nreview_by: 2026-11-02");
    site
}

#[test]
fn what_is_fine_ends_with_0() {
    let site = Folder::base();
    for command in ["check", "build"] {
        let ran = site.run(command, &["--strict"]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert!(ran.err.contains("No findings in 6 documents."), "{}", ran.err);
    }
}

#[test]
fn errors_end_with_1() {
    for command in ["check", "build"] {
        let ran = with_an_error().run(command, &[]);
        assert_eq!(ran.code, 1, "{command}: {}", ran.err);
    }
}

#[test]
fn warnings_fail_only_where_that_is_asked_for() {
    for command in ["check", "build"] {
        let site = with_a_warning();
        let ran = site.run(command, &[]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("warning[review-due]"), "{}", ran.out);
        let published = site.output();
        assert_eq!(site.run(command, &["--strict"]).code, 1);
        assert_eq!(site.output(), published, "a build that fails leaves the site alone");
    }
}

/// What cannot be carried out ends with 2 and says why, and what to do.
#[test]
fn what_could_not_run_ends_with_2() {
    let folder = Folder::with([("site/nothing.txt", "")]);
    let empty = folder.at("site").to_str().unwrap().to_owned();
    let none = folder.at("none").to_str().unwrap().to_owned();
    for (args, words) in [
        (&["build", "--root", &empty][..], &["there is no", "site.toml", "casebook new site DIR"][..]),
        (&["check", "--root", &empty], &["there is no", "site.toml", "--root"]),
        (&["check", "--root", &none], &["there is no", "site.toml", "--root"]),
        (&["check", "--jobs", "0"], &["--jobs"]),
        (&["check", "--today", "yesterday"], &["--today", "yesterday"]),
        (&["check", "--today", "2026-02-30"], &["--today", "2026-02-30"]),
        (&["check", "--format", "xml"], &["xml", "human", "json"]),
        (&["build", "--base-url", "library"], &["--base-url", "https://library.example.org/"]),
        (&["build", "--base-url", "javascript:alert(1)"], &["--base-url", "https://library.example.org/"]),
        (&["bulid"], &["bulid", "build"]),
        (&["check", "--strikt"], &["--strikt", "--strict"]),
        (&["explain", "unknown-feild"], &["unknown-feild", "did you mean `unknown-field`?"]),
        (&["explain", "qqqqqq"], &["qqqqqq", "lists all codes"]),
        (&["schema", "case-studdy"], &["case-studdy", "did you mean `case-study`?"]),
        (&["schema", "qqqqqq"], &["there are: case-study", "statistic-block", "site"]),
        (&["new", "case-studdy", "name"], &["case-studdy", "did you mean `case-study`?"]),
        (&["new", "case-study", "name", "--root", &empty], &["there is no", "site.toml", "--root"]),
        (&["completions", "cobol"], &["cobol", "bash"]),
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {}", ran.err);
        for word in words {
            assert!(ran.err.contains(word), "{args:?} says {word:?}: {}", ran.err);
        }
    }
}

#[test]
fn settings_that_cannot_be_read_end_with_2() {
    let site = Folder::with([("site.toml/file", "")]);
    let ran = site.run("check", &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("site.toml cannot be read"), "{}", ran.err);
}

/// A script that asked for JSON gets it, also where there is nothing to report on.
#[test]
fn what_could_not_run_is_told_to_scripts() {
    let folder = Folder::with([("nothing.txt", "")]);
    let site = Folder::base();
    let none = folder.path().to_str().unwrap();
    let root = site.path().to_str().unwrap();
    for (args, what, help) in [
        (&["build", "--root", none][..], "there is no ", "casebook new site DIR"),
        (&["check", "--root", none], "there is no ", "casebook new site DIR"),
        (&["search", "nrm", "--root", none], "there is no ", "casebook new site DIR"),
        (&["search", "nrm", "--built", none], "cannot be searched", "casebook build"),
        (
            &["build", "--root", root, "--today", "2026-11-21", "--output", root],
            "holds the site itself",
            "--output",
        ),
        (&["check", "--root", root, "--strikt"], "--strikt", "--strict"),
        (&["check", "--root", root, "--jobs", "0"], "--jobs", "--help"),
    ] {
        for format in [&["--format", "json"][..], &["--format=json"]] {
            let ran = run(&[args, format].concat());
            assert_eq!(ran.code, 2, "{args:?}: {ran:#?}");
            let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
            let said = |name: &str| report["error"][name].as_str().unwrap().to_owned();
            assert_eq!(report["version"], 1);
            assert!(said("message").contains(what), "{args:?}: {report}");
            assert!(said("help").contains(help), "{args:?}: {report}");
            assert!(ran.err.contains(what), "{args:?}: people are told too: {}", ran.err);
        }
    }
}

#[test]
fn a_site_without_content_is_a_finding() {
    for entry in [None, Some("content")] {
        let site = Folder::base();
        std::fs::remove_dir_all(site.at("content")).unwrap();
        if let Some(file) = entry {
            site.write(file, "a file where a folder should be");
        }
        let ran = site.run("check", &[]);
        assert_eq!(ran.code, 1, "{entry:?} {ran:#?}");
        assert!(ran.out.contains("content"), "{}", ran.out);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}

#[test]
fn a_folder_that_leads_nowhere_is_a_finding_at_its_place() {
    let site = Folder::base();
    std::os::unix::fs::symlink("nowhere", site.at("content/topics/lost")).unwrap();
    let ran = site.run("check", &[]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.out.contains("content/topics/lost"), "{}", ran.out);
}

#[test]
fn findings_go_to_standard_output_and_the_summary_beside_them() {
    let site = with_an_error();
    site.edit(FLAG, "updated: 2026-11-01", "updated: 2026-13-01");
    let ran = site.run("build", &[]);
    assert!(ran.out.contains("content/case-studies/flag.md:7:9"), "{}", ran.out);
    assert!(ran.out.contains("did you mean `running`?"), "{}", ran.out);
    assert!(!ran.out.contains("explain"), "{}", ran.out);
    assert!(ran.err.contains("2 errors and 0 warnings in 1 file."), "{}", ran.err);
    assert!(ran.err.contains("Nothing was published"), "{}", ran.err);
}

#[test]
fn the_searches_that_were_asked_are_told_of() {
    let site = Folder::base();
    assert!(!site.run("check", &[]).err.contains("search"), "there are none");
    let flag = "searches:\n  - query: flag\n    first: [/case-studies/flag/]\n";
    let other = "  - query: islington type:council\n    first: [/councils/islington/]\n";
    site.write("content/searches.yaml", format!("{flag}{other}"));
    let told = |said: &str| {
        let ran = site.run("check", &[]);
        assert!(ran.err.contains(said), "{said}: {ran:#?}");
    };
    told("2 searches of content/searches.yaml: all find what they have to.");
    site.edit("content/searches.yaml", "[/councils/islington/]", "[/councils/southwark/]");
    told("2 searches of content/searches.yaml: 1 finds what it has to.");
    site.edit(FLAG, "status: running", "status: runing");
    told("2 searches of content/searches.yaml not asked: first mend the other errors.");
}

#[test]
fn no_colour_and_no_progress_line_in_a_pipe() {
    for site in [with_an_error(), with_a_warning()] {
        let ran = site.run("build", &["--timings"]);
        for text in [&ran.out, &ran.err] {
            assert!(!text.contains('\u{1b}') && !text.contains('\r'), "{text:?}");
        }
    }
}

#[test]
fn timings_name_every_stage() {
    let ran = Folder::base().run("build", &["--timings"]);
    for stage in ["discover", "parse", "check", "link", "render", "index", "publish"] {
        assert!(ran.err.contains(stage), "{}", ran.err);
    }
}

#[test]
fn json_findings_have_a_shape_that_stays() {
    let ran = with_an_error().run("check", &["--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let expected = serde_json::json!({
        "version": 1,
        "errors": 1,
        "warnings": 0,
        "diagnostics": [{
            "code": "invalid-value",
            "level": "error",
            "message": "`runing` is not allowed here; did you mean `running`?",
            "file": "content/case-studies/flag.md",
            "line": 7,
            "column": 9,
            "end_line": 7,
            "end_column": 15,
            "help": "the values are: planned, running, ended, superseded, unknown",
            "fix": {
                "file": "content/case-studies/flag.md",
                "line": 7,
                "column": 9,
                "end_line": 7,
                "end_column": 15,
                "replacement": "running",
            },
        }],
        "overrides": [],
    });
    assert_eq!(report, expected);
}

#[test]
fn json_tells_of_what_documents_answer_for() {
    let site = with_a_warning();
    let answer = "overrides:\n  - rule: review-due\n    reason: The team meets in December.\n    \
                  source: page\n    reviewer_role: Editor\n";
    site.edit(FLAG, "review_by: 2026-11-02\n", &format!("review_by: 2026-11-02\n{answer}"));
    let ran = site.run("check", &["--strict", "--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    let [answered] = report["overrides"].as_array().unwrap().as_slice() else { panic!("{report}") };
    let line = site.read(FLAG).lines().position(|line| line.contains("rule: review-due")).unwrap() + 1;
    assert_eq!((&answered["file"], &answered["line"]), (&FLAG.into(), &line.into()));
    assert_eq!(answered["code"], "review-due");
    assert_eq!(answered["reason"], "The team meets in December.");
    assert_eq!(answered["reviewer_role"], "Editor");
}

#[test]
fn json_is_whole_where_nothing_is_wrong() {
    let ran = Folder::base().run("build", &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    assert_eq!(ran.code, 0);
}

#[test]
fn every_help_has_an_example() {
    for command in [
        &[][..],
        &["build"],
        &["check"],
        &["new"],
        &["schema"],
        &["explain"],
        &["completions"],
        &["serve"],
        &["search"],
    ] {
        let args = [command, &["--help"]].concat();
        let ran = run(&args);
        assert_eq!(ran.code, 0, "{args:?}");
        let (_, examples) = ran.out.split_once("Example").unwrap_or_else(|| panic!("{args:?}: {}", ran.out));
        let example = format!("casebook {}", command.first().unwrap_or(&"build"));
        assert!(examples.contains(&example), "{args:?}: {examples}");
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let ran = run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        for command in ["build", "check", "new", "schema", "explain", "completions", "serve", "search"] {
            assert!(ran.out.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn explain_knows_every_code_that_it_lists() {
    let list = run(&["explain"]);
    assert_eq!(list.code, 0);
    let codes: Vec<&str> = list.out.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(codes.len(), casebook::diagnostics::Code::ALL.len());
    for code in ["unknown-field", "review-due", "template-syntax"] {
        assert!(codes.contains(&code));
        let ran = run(&["explain", code]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.starts_with(&format!("# {code}\n")), "{}", ran.out);
    }
}

/// A reader that goes away, as `head` does, is no mistake of anybody's.
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let errors = with_an_error();
    let schema = casebook(&["schema", "case-study"]);
    for (mut command, code) in [(schema, 0), (errors.command("check", &[]), 1)] {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ran: Ran = child.wait_with_output().unwrap().into();
        assert_eq!(ran.code, code, "{ran:#?}");
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}

#[test]
fn drafts_are_published_only_where_that_is_asked_for() {
    let site = Folder::base();
    let draft = "---\ntitle: A draft\nsummary: A draft.\nupdated: 2026-11-01\ndraft: true\n---\n\nText.\n";
    site.write("content/pages/secret.md", draft);
    let holds = |files: std::collections::BTreeMap<String, Vec<u8>>| {
        let named = files.keys().any(|path| path.contains("secret"));
        named || files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("secret"))
    };
    assert!(!holds(site.build(&[])), "no file and no link tells of a draft");
    assert!(holds(site.build(&["--drafts"])));
    assert!(!holds(site.build(&[])), "it goes again");
}

#[test]
fn a_draft_is_checked() {
    let site = with_an_error();
    site.edit(FLAG, "updated: 2026-11-01", "updated: 2026-11-01\ndraft: true");
    // It holds nobody else up, until it is to be published.
    let ran = site.run("check", &[]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("warning["), "{}", ran.out);
    assert_eq!(site.run("check", &["--strict"]).code, 1);
    assert_eq!(site.run("check", &["--drafts"]).code, 1);
}

/// What only the whole library shows to be wrong with a draft holds nobody up, either.
#[test]
fn a_draft_that_refers_to_nothing_holds_nobody_up() {
    let site = Folder::base();
    site.write(
        "content/topics/half.md",
        "---\ntitle: Half\nsummary: A draft.\nupdated: 2026-11-01\ndraft: true\nparent: nobody\n---\n\n[x](../councils/nope.md)\n",
    );
    let ran = site.run("check", &[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    for code in ["warning[unknown-reference]", "warning[broken-link]"] {
        assert!(ran.out.contains(code), "{}", ran.out);
    }
    assert_eq!(site.run("check", &["--drafts"]).code, 1);
}

#[test]
fn an_address_that_is_none_and_too_many_threads_are_refused() {
    let site = Folder::base();
    for arguments in [
        ["--base-url", "https://user:pw@a.org/"],
        ["--base-url", "https://a.org/../x/"],
        ["--base-url", "https://a.org/*"],
        ["--base-url", "https://:80/"],
        ["--base-url", "https://a\"b.org/"],
        ["--jobs", "100000"],
        ["--jobs", "0"],
    ] {
        let ran = site.run("build", &arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
    }
    assert_eq!(site.run("build", &["--base-url", "http://localhost:8000/casebook/", "--jobs", "3"]).code, 0);
}

#[test]
fn the_shipped_library_has_no_errors() {
    let site = Folder::with(shipped());
    let ran = site.run("check", &["--today", LATER]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}
