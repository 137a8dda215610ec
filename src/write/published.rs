//! What stands in the output folder now.

use std::collections::BTreeMap;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use camino::Utf8Path;
use walkdir::WalkDir;

use super::error::PublishError;
use super::manifest::Owned;
use super::mount::is_mount_point;

/// What an entry of a folder is. A symbolic link is never followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
    Link,
    /// A socket, a pipe or a device.
    Other,
}

impl From<FileType> for Kind {
    fn from(kind: FileType) -> Self {
        if kind.is_dir() {
            Self::Folder
        } else if kind.is_file() {
            Self::File
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

/// One entry of the output folder. Two are equal when nothing has been done to it in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// Bytes.
    pub(super) len: u64,
    /// Permission bits.
    pub(super) mode: u32,
    /// User and group.
    pub(super) owner: (u32, u32),
    inode: u64,
    modified: (i64, i64),
}

impl From<&Metadata> for Entry {
    fn from(metadata: &Metadata) -> Self {
        Self {
            kind: metadata.file_type().into(),
            len: metadata.len(),
            mode: metadata.mode() & 0o7777,
            owner: (metadata.uid(), metadata.gid()),
            inode: metadata.ino(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

/// The output folder as it was found.
pub(super) struct Published {
    /// The folder itself.
    pub(super) root: Entry,
    /// Everything in it, by the path from it.
    pub(super) entries: BTreeMap<PathBuf, Entry>,
}

impl Published {
    /// Looks through the output; `None` where there is none.
    pub(super) fn scan(output: &Utf8Path) -> Result<Option<Self>, PublishError> {
        let root = match fs::symlink_metadata(output) {
            Ok(root) => root,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PublishError::io("read", output)(error)),
        };
        if !root.is_dir() {
            return Err(PublishError::NotAFolder { path: output.to_owned() });
        }
        let mounted =
            |path: &Path| PublishError::Mounted { output: output.to_owned(), path: path.to_owned() };
        if let Some(parent) = output.parent() {
            let parent = fs::metadata(parent).map_err(PublishError::io("read", parent))?;
            if is_mount_point(output.as_std_path(), &root, &parent) {
                return Err(mounted(output.as_std_path()));
            }
        }
        let mut entries = BTreeMap::new();
        for found in WalkDir::new(output).min_depth(1) {
            let found = found.map_err(|error| unreadable(output, error))?;
            let metadata = found.metadata().map_err(|error| unreadable(output, error))?;
            // Only folders: on layered disks a file may stand on another device than its folder.
            if metadata.is_dir() && is_mount_point(found.path(), &metadata, &root) {
                return Err(mounted(found.path()));
            }
            let path = found.path().strip_prefix(output).unwrap_or(found.path());
            entries.insert(path.to_owned(), Entry::from(&metadata));
        }
        Ok(Some(Self { root: Entry::from(&root), entries }))
    }

    /// What casebook did not make, sorted by path.
    pub(super) fn foreign<'a>(&'a self, owned: &'a Owned) -> impl Iterator<Item = (&'a Path, &'a Entry)> {
        self.entries
            .iter()
            .filter(|(path, entry)| !owned.has(path, entry.kind))
            .map(|(path, entry)| (path.as_path(), entry))
    }

    /// Paths of what casebook did not make and what came, went or was altered between `self` and `later`.
    pub(super) fn foreign_changes(&self, later: &Self, owned: &Owned) -> Vec<PathBuf> {
        let before: BTreeMap<_, _> = self.foreign(owned).collect();
        let after: BTreeMap<_, _> = later.foreign(owned).collect();
        let mut changed: Vec<PathBuf> = before
            .keys()
            .chain(after.keys())
            .filter(|path| before.get(*path) != after.get(*path))
            .map(|path| path.to_path_buf())
            .collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

fn unreadable(output: &Utf8Path, error: walkdir::Error) -> PublishError {
    let path = error.path().unwrap_or(output.as_std_path()).to_owned();
    let source = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
    PublishError::Io { doing: "read", path, source }
}
