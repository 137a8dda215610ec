//! Publishing, seen from the outside: folders before and after.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod foreign;
mod interrupted;
mod outputs;
mod site;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;
use walkdir::WalkDir;

use super::*;

/// A folder with an output `site` in it, which need not exist yet.
struct Bench {
    _folder: TempDir,
    root: Utf8PathBuf,
    output: Utf8PathBuf,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
        Self { output: root.join("site"), root, _folder: folder }
    }

    /// One where `files` have been published.
    fn with(files: &[(&str, &str)]) -> Self {
        let bench = Self::new();
        bench.publish(files).unwrap();
        bench
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Outcome, PublishError> {
        publish(&self.output, &artifacts(files), Exchange::Auto)
    }

    fn work(&self) -> Utf8PathBuf {
        self.root.join(".site.casebook")
    }

    /// Writes a file into the output by other hands than casebook's.
    fn put(&self, path: &str, bytes: &str) {
        let path = self.output.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The output without the manifest.
    fn site(&self) -> BTreeMap<String, String> {
        let mut site = tree(&self.output);
        site.remove(MANIFEST);
        site
    }

    fn inode(&self, path: &str) -> u64 {
        fs::symlink_metadata(self.output.join(path)).unwrap().ino()
    }

    /// Nothing of casebook's stands beside the output.
    #[track_caller]
    fn assert_tidy(&self) {
        assert!(!self.work().exists(), "left over: {:?}", tree(&self.work()));
    }
}

fn artifacts(files: &[(&str, &str)]) -> Artifacts {
    let mut artifacts = Artifacts::new();
    for (path, bytes) in files {
        artifacts.insert(*path, *bytes).unwrap();
    }
    artifacts
}

/// What is in a folder: files with their text, links with their target, folders that are empty.
fn tree(folder: &Utf8Path) -> BTreeMap<String, String> {
    WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .map(Result::unwrap)
        .filter_map(|entry| {
            let path = entry.path();
            let text = match entry.file_type() {
                kind if kind.is_symlink() => format!("-> {}", fs::read_link(path).unwrap().display()),
                kind if !kind.is_dir() => fs::read_to_string(path).unwrap(),
                _ if fs::read_dir(path).unwrap().next().is_none() => "(empty folder)".into(),
                _ => return None,
            };
            Some((path.strip_prefix(folder).unwrap().display().to_string(), text))
        })
        .collect()
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect()
}
