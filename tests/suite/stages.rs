//! The stages of the pipeline flow one way.

use std::path::Path;

use regex::Regex;

/// The modules of the library, in the order in which they may know of each other: a module may use
/// itself and those before it.
const ORDER: &[&str] = &[
    "source",
    "diagnostics",
    "cache",
    "parse",
    "model",
    "config",
    "discover",
    "rules",
    "link",
    "index",
    "render",
    "write",
    "pipeline",
    "disk",
    "serve",
    "cli",
];

fn rust_files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The modules that `text` names: `crate::a`, and each of `crate::{a, b::c}`.
fn imports(text: &str) -> Vec<String> {
    let single = Regex::new(r"crate::([a-z_]+)").unwrap();
    let group = Regex::new(r"crate::\{([^;]*)\};").unwrap();
    let nested = Regex::new(r"\{[^{}]*\}").unwrap();
    let first = Regex::new(r"(?:^|,)\s*([a-z_]+)").unwrap();
    let mut found: Vec<String> = single.captures_iter(text).map(|m| m[1].to_owned()).collect();
    for inner in group.captures_iter(text) {
        let mut flat = inner[1].to_owned();
        while nested.is_match(&flat) {
            flat = nested.replace_all(&flat, "").into_owned();
        }
        found.extend(first.captures_iter(&flat).map(|m| m[1].to_owned()));
    }
    found
}

#[test]
fn no_stage_imports_a_later_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let mut backwards = Vec::new();
    let mut seen = 0;
    for file in files {
        let relative = file.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let module = relative.split(['/', '.']).next().unwrap().to_owned();
        if relative == "main.rs" || relative == "lib.rs" {
            continue;
        }
        let Some(own) = ORDER.iter().position(|name| *name == module) else {
            panic!("src/{relative} belongs to no module that this test knows; add it to ORDER");
        };
        for import in imports(&std::fs::read_to_string(&file).unwrap()) {
            let Some(other) = ORDER.iter().position(|name| *name == import) else { continue };
            seen += 1;
            if other > own {
                backwards.push(format!("src/{relative} uses crate::{import}"));
            }
        }
    }
    assert!(seen > 50, "the test finds imports");
    assert_eq!(backwards, Vec::<String>::new());
}

#[test]
fn grouped_imports_are_read_as_well() {
    assert_eq!(imports("use crate::{link::{a, b}, render};"), ["link", "render"]);
    assert_eq!(imports("crate::write::publish()"), ["write"]);
}
