//! The stages of the pipeline flow one way.

use std::path::Path;

use regex::Regex;

/// The modules of the library, in the order in which they may know of each other: a module may use
/// itself and those before it.
const ORDER: &[&str] = &[
    "source",
    "personal",
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

/// Stages that are a function of what they are given: files come in before them and go out after them.
const PURE: &[&str] =
    &["diagnostics", "personal", "parse", "model", "config", "rules", "link", "index", "render"];

/// What of the standard library reaches outside the program.
const OUTSIDE: &[&str] = &["env", "fs", "net", "process", "time"];

/// The names that stand in `text` right after `path`, alone or in a group: in `use a::{b, c::d};` after
/// `a::` those are `b` and `c`.
fn after(path: &str, text: &str) -> Vec<String> {
    let single = Regex::new(&format!(r"(?:^|[^:\w]){path}([a-z_]+)")).unwrap();
    let group = Regex::new(&format!(r"(?:^|[^:\w]){path}\{{([^;]*)\}};")).unwrap();
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
    found.retain(|name| name != "super");
    found
}

/// The modules of the library that the file at `path` names, as `crate::a` or as `super::super::a`.
fn imports(path: &str, text: &str) -> Vec<String> {
    let parts = path.trim_end_matches(".rs").split('/').filter(|part| *part != "mod").count();
    // A module inside the file is one deeper.
    let roots = [parts, parts + 1].map(|supers| "super::".repeat(supers));
    ["crate::".to_owned()].iter().chain(&roots).flat_map(|root| after(root, text)).collect()
}

/// The text of a file without its tests.
fn shipped(path: &str, text: &str) -> String {
    if path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("/testing.rs") {
        return String::new();
    }
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
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
        for import in imports(&relative, &std::fs::read_to_string(&file).unwrap()) {
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
fn stages_between_reading_and_writing_reach_nothing_outside() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut reach = Vec::new();
    for stage in PURE {
        let mut files = Vec::new();
        match root.join(stage) {
            folder if folder.is_dir() => rust_files(&folder, &mut files),
            file => files.push(file.with_extension("rs")),
        }
        assert!(!files.is_empty(), "there is a stage {stage}");
        for file in files {
            let path = file.strip_prefix(&root).unwrap().to_str().unwrap();
            let text = shipped(path, &std::fs::read_to_string(&file).unwrap());
            let names = after("std::", &text).into_iter().chain(after("core::", &text));
            let outside = names.filter(|name| OUTSIDE.contains(&name.as_str()));
            reach.extend(outside.map(|name| format!("src/{path} uses std::{name}")));
        }
    }
    assert_eq!(reach, Vec::<String>::new());
}

#[test]
fn imports_are_read_however_they_are_written() {
    assert_eq!(imports("a.rs", "use crate::{link::{a, b}, render};"), ["link", "render"]);
    assert_eq!(imports("a.rs", "crate::write::publish()"), ["write"]);
    assert_eq!(imports("a/b.rs", "use super::super::render::x; use super::own;"), ["render"]);
    assert_eq!(
        imports("a/mod.rs", "use super::{link, write::{x}}; use super::super::more;"),
        ["link", "write", "more"]
    );
    assert_eq!(imports("a/b/c.rs", "use super::super::x;"), Vec::<String>::new(), "still within a");
    assert_eq!(after("std::", "use std::{fs, io::{self}}; std::env::var"), ["env", "fs", "io"]);
}
