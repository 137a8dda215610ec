//! Builds that were killed, that failed, and that met another.

use super::*;

const OLD: [(&str, &str); 2] = [("index.html", "old"), ("same.html", "same")];
const NEW: [(&str, &str); 2] = [("index.html", "new"), ("same.html", "same")];

/// An output with `OLD` and a foreign file, as the build of `NEW` would find it.
fn published() -> Bench {
    let bench = Bench::with(&OLD);
    bench.put("CNAME", "example.org");
    bench
}

/// The same, and the build of `NEW` is killed once its site is staged.
fn staged() -> Bench {
    let bench = published();
    fs::create_dir(bench.work()).unwrap();
    fs::write(bench.work().join("lock"), "").unwrap();
    let made = Bench::with(&NEW);
    made.put("CNAME", "example.org");
    fs::rename(&made.output, bench.work().join("staging")).unwrap();
    bench
}

/// The same, and the journal is written.
fn journalled() -> Bench {
    let bench = staged();
    fs::write(bench.work().join("journal"), "").unwrap();
    bench
}

/// The same, and the old site is moved away.
fn moved_away() -> Bench {
    let bench = journalled();
    fs::rename(&bench.output, bench.work().join("old")).unwrap();
    bench
}

/// The same, and the new site is moved in.
fn moved_in() -> Bench {
    let bench = moved_away();
    fs::rename(bench.work().join("staging"), &bench.output).unwrap();
    bench
}

/// The same, and the journal is removed.
fn finished() -> Bench {
    let bench = moved_in();
    fs::remove_file(bench.work().join("journal")).unwrap();
    bench
}

fn site_of(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut site = expected(files);
    site.insert("CNAME".into(), "example.org".into());
    site
}

#[test]
fn a_build_killed_at_any_step_is_finished_or_dropped() {
    type Killed = fn() -> Bench;
    type Site = [(&'static str, &'static str); 2];
    let steps: [(&str, Killed, Recovery, Site); 6] = [
        ("before staging", published, Recovery::Nothing, OLD),
        ("staged", staged, Recovery::Nothing, OLD),
        ("journal written", journalled, Recovery::Nothing, OLD),
        ("old site moved away", moved_away, Recovery::Finished, NEW),
        ("new site moved in", moved_in, Recovery::Nothing, NEW),
        ("journal removed", finished, Recovery::Nothing, NEW),
    ];
    for (step, killed, recovery, site) in steps {
        let bench = killed();
        assert_eq!(recover(&bench.output).unwrap(), recovery, "{step}");
        assert_eq!(bench.site(), site_of(&site), "{step}");
        bench.assert_tidy();
    }
}

#[test]
fn the_build_after_a_killed_one_publishes_as_if_nothing_had_been() {
    for killed in [published, staged, journalled, moved_away, moved_in, finished] {
        let bench = killed();
        let outcome = bench.publish(&[("index.html", "newer"), ("same.html", "same")]).unwrap();
        let expected = Outcome { written: 1, unchanged: 1, carried_over: 1, ..Outcome::default() };
        assert_eq!(outcome, expected);
        assert_eq!(bench.site(), site_of(&[("index.html", "newer"), ("same.html", "same")]));
        bench.assert_tidy();
    }
}

#[test]
fn half_a_staged_site_is_never_published() {
    let bench = published();
    fs::create_dir_all(bench.work().join("staging/half")).unwrap();
    fs::write(bench.work().join("staging/index.html"), "ne").unwrap();
    fs::write(bench.work().join("journal.new"), "casebook was mov").unwrap();

    bench.publish(&NEW).unwrap();

    assert_eq!(bench.site(), site_of(&NEW));
    bench.assert_tidy();
}

#[test]
fn a_first_build_that_was_killed_leaves_nothing_behind() {
    let bench = Bench::new();
    fs::create_dir_all(bench.work().join("staging")).unwrap();
    fs::write(bench.work().join("staging/index.html"), "ne").unwrap();
    assert_eq!(recover(&bench.output).unwrap(), Recovery::Nothing);
    assert_eq!(tree(&bench.root), BTreeMap::new());
}

#[test]
fn the_old_site_is_put_back_when_it_is_all_that_is_left() {
    let bench = moved_away();
    fs::remove_dir_all(bench.work().join("staging")).unwrap();
    assert_eq!(recover(&bench.output).unwrap(), Recovery::PutBack);
    assert_eq!(bench.site(), site_of(&OLD));
    bench.assert_tidy();
}

#[test]
fn an_empty_folder_in_the_place_of_the_output_does_not_stop_the_recovery() {
    let bench = moved_away();
    fs::create_dir(&bench.output).unwrap();
    assert_eq!(recover(&bench.output).unwrap(), Recovery::Finished);
    assert_eq!(bench.site(), site_of(&NEW));
}

#[test]
fn two_sites_in_the_working_folder_are_kept_when_the_output_was_made_anew() {
    let bench = moved_away();
    bench.put("README", "made anew");
    let before = tree(&bench.root);
    for error in [recover(&bench.output).unwrap_err(), bench.publish(&NEW).unwrap_err()] {
        assert!(matches!(error, PublishError::TwoSites { .. }), "{error}");
        assert!(error.help().contains(bench.work().as_str()), "{}", error.help());
    }
    let mut after = tree(&bench.root);
    after.insert(".site.casebook/lock".into(), String::new());
    assert_eq!(after, before);
}

#[test]
fn an_exchange_interrupted_behind_a_link_is_finished() {
    let bench = moved_away();
    let link = bench.root.join("public");
    std::os::unix::fs::symlink("site", &link).unwrap();
    assert_eq!(recover(&link).unwrap(), Recovery::Finished);
    assert_eq!(bench.site(), site_of(&NEW));
    assert!(link.is_symlink());
}

#[test]
fn a_second_build_is_refused_while_the_first_is_at_work() {
    let bench = published();
    let first = Lock::take(&Place::of(&bench.output).unwrap()).unwrap();
    fs::create_dir(bench.work().join("staging")).unwrap();
    for error in [bench.publish(&NEW).unwrap_err(), recover(&bench.output).unwrap_err()] {
        assert_eq!(error.to_string(), format!("another build is publishing into `{}`", bench.output));
    }
    assert!(bench.work().join("staging").exists(), "the first build's work is left alone");
    assert_eq!(bench.site(), site_of(&OLD));

    drop(first);
    bench.publish(&NEW).unwrap();
    assert_eq!(bench.site(), site_of(&NEW));
}

#[test]
fn a_failure_in_the_middle_leaves_the_old_site_as_it_was() {
    let name = "x".repeat(300);
    for how in [Exchange::Auto, Exchange::Journal] {
        let bench = published();
        let before = (tree(&bench.output), bench.inode(""), bench.inode("index.html"));

        let site =
            artifacts(&[("a/b.html", "new"), ("index.html", "new"), ("z.html", "new"), (&name, "new")]);
        let error = publish(&bench.output, &site, how).unwrap_err();

        assert!(error.to_string().starts_with("cannot write `"), "{error}");
        assert_eq!(error.help(), "give the page a shorter address");
        assert_eq!((tree(&bench.output), bench.inode(""), bench.inode("index.html")), before);
        bench.assert_tidy();
    }
}

#[test]
fn a_first_build_that_fails_leaves_no_output() {
    let bench = Bench::new();
    bench.publish(&[("a", "1"), (&"x".repeat(300), "1")]).unwrap_err();
    assert_eq!(tree(&bench.root), BTreeMap::new());
    assert!(!bench.output.exists());
}

#[test]
fn an_exchange_that_fails_puts_the_old_site_back() {
    let bench = published();
    let place = Place::of(&bench.output).unwrap();
    let lock = Lock::take(&place).unwrap();
    let before = (tree(&bench.output), bench.inode(""));
    // Nothing was staged, so the second rename has nothing to move in.
    let error = exchange::exchange(&place, true, Exchange::Journal).unwrap_err();
    assert!(matches!(error, PublishError::Io { .. }), "{error}");
    assert_eq!((tree(&bench.output), bench.inode("")), before);
    drop(lock);
    bench.assert_tidy();
}
