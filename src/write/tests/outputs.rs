//! Where a site may be published, and how the output may be given.

use std::os::unix::fs::symlink;

use super::*;

#[test]
fn a_link_to_a_folder_is_published_through_and_stays_a_link() {
    let bench = Bench::with(&[("a", "1")]);
    let link = bench.root.join("deep/public");
    fs::create_dir(bench.root.join("deep")).unwrap();
    symlink("../site", &link).unwrap();

    publish(&link, &artifacts(&[("a", "2")]), Exchange::Auto).unwrap();

    assert_eq!(fs::read_link(&link).unwrap().to_str(), Some("../site"));
    assert_eq!(bench.site(), expected(&[("a", "2")]));
    assert_eq!(tree(&bench.root.join("deep")).len(), 1);
    bench.assert_tidy();
}

#[test]
fn a_link_to_a_folder_that_is_not_there_yet_leads_to_it() {
    let bench = Bench::new();
    let link = bench.root.join("public");
    symlink("./site", &link).unwrap();
    publish(&link, &artifacts(&[("a", "1")]), Exchange::Auto).unwrap();
    assert_eq!(bench.site(), expected(&[("a", "1")]));
    assert!(link.is_symlink());
}

#[test]
fn links_in_a_circle_are_refused() {
    let bench = Bench::new();
    symlink("two", bench.root.join("one")).unwrap();
    symlink("one", bench.root.join("two")).unwrap();
    symlink("missing/../circle", bench.root.join("circle")).unwrap();
    for link in ["one", "circle"] {
        let error = publish(&bench.root.join(link), &artifacts(&[("a", "1")]), Exchange::Auto).unwrap_err();
        assert!(error.to_string().starts_with("cannot find `"), "{error}");
    }
}

#[test]
fn folders_above_the_output_are_made() {
    let bench = Bench::new();
    let output = bench.root.join("not/../build/./site");
    publish(&output, &artifacts(&[("a", "1")]), Exchange::Auto).unwrap();
    assert_eq!(tree(&bench.root.join("build/site"))["a"], "1");
}

#[test]
fn an_output_that_is_no_folder_is_refused() {
    let bench = Bench::new();
    fs::write(&bench.output, "a file").unwrap();
    let error = bench.publish(&[("a", "1")]).unwrap_err();
    assert_eq!(error.to_string(), format!("`{}` is not a folder", bench.output));
    let error = publish(&bench.output.join("sub"), &artifacts(&[("a", "1")]), Exchange::Auto).unwrap_err();
    assert!(error.to_string().starts_with("cannot create the folder"), "{error}");
    let error = publish("/".into(), &artifacts(&[("a", "1")]), Exchange::Auto).unwrap_err();
    assert!(matches!(error, PublishError::Unnamed { .. }), "{error}");
    assert_eq!(tree(&bench.root), expected(&[("site", "a file")]));
}

#[test]
fn something_else_in_the_place_of_the_working_folder_is_left_alone() {
    let bench = Bench::new();
    let elsewhere = bench.root.join("elsewhere");
    fs::create_dir_all(elsewhere.join("staging")).unwrap();
    symlink(&elsewhere, bench.work()).unwrap();
    let error = bench.publish(&[("a", "1")]).unwrap_err();
    assert!(matches!(error, PublishError::NotAFolder { .. }), "{error}");
    assert!(elsewhere.join("staging").exists());
}

/// Checks `output` for a site at `root` made from `content` and `themes`.
fn check(bench: &Bench, output: &str) -> Result<Utf8PathBuf, String> {
    let root = bench.root.join("library");
    fs::create_dir_all(root.join("content/cases")).unwrap();
    fs::create_dir_all(root.join(".git")).unwrap();
    let protected = [root.join("content"), root.join("themes")];
    let protected = [protected[0].as_path(), protected[1].as_path()];
    check_output(&root, &root.join(output), &protected)
        .map_err(|refused| refused.to_string().replace(bench.root.as_str(), ""))
}

#[test]
fn folders_beside_what_the_site_is_made_from_are_fine() {
    let bench = Bench::new();
    for (output, resolved) in [
        ("public", "library/public"),
        ("content-public", "library/content-public"),
        ("../site", "site"),
        ("public/../build/site", "library/build/site"),
        ("content/../public", "library/public"),
    ] {
        assert_eq!(check(&bench, output), Ok(bench.root.join(resolved)), "{output}");
    }
}

#[test]
fn the_site_cannot_be_published_over_what_it_is_made_from() {
    let bench = Bench::new();
    symlink("library/content", bench.root.join("link")).unwrap();
    for (output, part) in [
        (".", "the output folder `/library` holds the site itself"),
        ("..", "holds the site itself"),
        ("../..", "holds the site itself"),
        ("content", "the site is made from `/library/content`, so it cannot be the output"),
        ("content/cases", "the output folder `/library/content/cases` may not lie in it or hold it"),
        ("public/../content/new", "may not lie in it"),
        ("themes", "the site is made from `/library/themes`"),
        ("themes/default", "may not lie in it"),
        ("../link", "the site is made from `/library/content`, so it cannot be the output"),
        ("../link/new", "may not lie in it"),
        (".git", "lies where Git keeps its data"),
        (".GIT/pages", "lies where Git keeps its data"),
    ] {
        let refused = check(&bench, output).unwrap_err();
        assert!(refused.contains(part), "{output}: {refused}");
    }
}

#[test]
fn an_output_above_a_protected_folder_is_refused() {
    let bench = Bench::new();
    let (root, shared) = (bench.root.join("library"), bench.root.join("shared/themes/council"));
    let refused = check_output(&root, &bench.root.join("shared"), &[&shared]).unwrap_err();
    assert!(matches!(refused, OutputRefused::Protected { folder, .. } if folder == shared));
}

#[test]
fn a_checkout_of_the_published_branch_may_be_the_output() {
    let bench = Bench::new();
    fs::create_dir_all(bench.root.join("library/public/.git")).unwrap();
    assert!(check(&bench, "public").is_ok());
}
