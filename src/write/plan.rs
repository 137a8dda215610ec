//! What is to be done: which files are new, which stay, which are not ours and stay too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use camino::Utf8Path;
use rayon::prelude::*;

use super::artifacts::Artifacts;
use super::error::{ForeignClash, PublishError};
use super::manifest::{MANIFEST, Owned};
use super::published::{Entry, Kind, Published};

/// The new site, file by file.
#[derive(Default)]
pub(super) struct Plan<'a> {
    /// Every folder of the new site, each after the one that holds it.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Files that are new, or whose bytes are.
    pub(super) write: Vec<(&'a Utf8Path, &'a [u8])>,
    /// Files that are published with these bytes already.
    pub(super) keep: Vec<&'a Utf8Path>,
    /// What casebook did not make, folders apart.
    pub(super) carry: Vec<(&'a Path, Kind)>,
    /// Files of the last build that are no longer part of the site.
    pub(super) removed: usize,
}

impl<'a> Plan<'a> {
    /// Compares the site with what is published.
    pub(super) fn new(
        output: &Utf8Path,
        before: Option<&'a (Published, Owned)>,
        artifacts: &'a Artifacts,
        manifest: &'a [u8],
    ) -> Result<Self, PublishError> {
        let mut plan = Self::default();
        if let Some((published, owned)) = before {
            refuse_clashes(output, published, owned, artifacts)?;
            plan.carry_over(published, owned);
            plan.removed = removed(published, owned, artifacts);
        }
        plan.compare(output, before.map(|(published, _)| published), artifacts, manifest);
        for (path, _) in artifacts.iter() {
            add_parents(&mut plan.folders, path.as_std_path());
        }
        Ok(plan)
    }

    /// Whether the published site is the new one already.
    pub(super) fn is_done(&self) -> bool {
        self.write.is_empty() && self.removed == 0
    }

    fn carry_over(&mut self, published: &'a Published, owned: &'a Owned) {
        for (path, entry) in published.foreign(owned) {
            add_parents(&mut self.folders, path);
            if entry.kind == Kind::Folder {
                self.folders.insert(path.to_owned());
            } else {
                self.carry.push((path, entry.kind));
            }
        }
    }

    fn compare(
        &mut self,
        output: &Utf8Path,
        published: Option<&Published>,
        artifacts: &'a Artifacts,
        manifest: &'a [u8],
    ) {
        let files: Vec<_> = artifacts.iter().chain([(Utf8Path::new(MANIFEST), manifest)]).collect();
        let same: Vec<bool> = files
            .par_iter()
            .map(|(path, bytes)| {
                let entry = published.and_then(|published| published.entries.get(path.as_std_path()));
                entry.is_some_and(|entry| is_same(entry, &output.join(path), bytes))
            })
            .collect();
        for (file, same) in files.into_iter().zip(same) {
            if same { self.keep.push(file.0) } else { self.write.push(file) }
        }
    }
}

/// Whether the published file holds exactly `bytes`. One that cannot be read does not.
fn is_same(entry: &Entry, path: &Utf8Path, bytes: &[u8]) -> bool {
    entry.kind == Kind::File
        && entry.len == bytes.len() as u64
        && fs::read(path).is_ok_and(|read| read == bytes)
}

/// Adds the folders above `path`.
fn add_parents(folders: &mut BTreeSet<PathBuf>, path: &Path) {
    for folder in path.ancestors().skip(1) {
        if folder.as_os_str().is_empty() || !folders.insert(folder.to_owned()) {
            break;
        }
    }
}

/// Nothing that casebook did not make may stand in the way of the new site.
fn refuse_clashes(
    output: &Utf8Path,
    published: &Published,
    owned: &Owned,
    artifacts: &Artifacts,
) -> Result<(), PublishError> {
    let mut clashes: Vec<ForeignClash> = published
        .foreign(owned)
        // A path that is not UTF-8 cannot be that of an artifact, but may lie below one.
        .filter_map(|(path, entry)| {
            let (path, kind) = match Utf8Path::from_path(path) {
                Some(path) => (path, entry.kind),
                None => (path.ancestors().find_map(Utf8Path::from_path)?, Kind::Folder),
            };
            let artifact = match kind {
                Kind::Folder => artifacts.in_the_way_of_folder(path),
                Kind::File | Kind::Link | Kind::Other => artifacts.in_the_way_of_file(path),
            }?;
            Some(ForeignClash { foreign: path.to_owned(), artifact: artifact.to_owned() })
        })
        .collect();
    clashes.dedup();
    if clashes.is_empty() {
        return Ok(());
    }
    Err(PublishError::Collisions { output: output.to_owned(), clashes })
}

/// How many files of the last build are published and no longer part of the site.
fn removed(published: &Published, owned: &Owned, artifacts: &Artifacts) -> usize {
    published
        .entries
        .iter()
        .filter(|(path, entry)| entry.kind != Kind::Folder && owned.has(path, entry.kind))
        .filter_map(|(path, _)| Utf8Path::from_path(path))
        .filter(|path| path.as_str() != MANIFEST && artifacts.get(path).is_none())
        .count()
}
