//! Files on disk.

use std::io;
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use crate::source::{FileEntry, Files};

/// The files under a site's root.
#[derive(Debug, Clone)]
pub struct Disk {
    root: Utf8PathBuf,
}

impl Disk {
    /// The files under `root`.
    #[must_use]
    pub fn new(root: impl Into<Utf8PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Files for Disk {
    fn list(&self, folder: &Utf8Path) -> io::Result<Vec<FileEntry>> {
        let start = self.root.join(folder);
        if !start.exists() {
            return Ok(Vec::new());
        }
        // What stands here is the site's own: the folder itself is no link to another place, either.
        let real = self.root.canonicalize_utf8()?.join(folder);
        if start.canonicalize_utf8()? != real {
            return Ok(vec![self.entry(&start, 0, true)]);
        }
        let mut entries = Vec::new();
        // Folders that are links: what stands under them may lead out as well.
        let mut linked: Vec<PathBuf> = Vec::new();
        let mut walk = WalkDir::new(&start).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // A link that leads nowhere or round in a circle has no file to give.
                Err(error) => match error.path().and_then(Utf8Path::from_path) {
                    Some(path) if path.is_symlink() => {
                        entries.push(self.entry(path, 0, true));
                        continue;
                    }
                    Some(path) => {
                        let fault = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                        let is_folder = path.is_dir();
                        entries.push(FileEntry {
                            fault: Some(fault),
                            is_folder,
                            ..self.entry(path, 0, false)
                        });
                        continue;
                    }
                    None => return Err(error.into()),
                },
            };
            let is_inside =
                |path: &Utf8Path| path.canonicalize_utf8().is_ok_and(|target| target.starts_with(&real));
            if entry.file_type().is_dir() {
                // One finding says it of the folder: who knows how much stands in it.
                if let Some(path) = Utf8Path::from_path(entry.path())
                    && entry.path_is_symlink()
                    && entry.depth() > 0
                {
                    if is_inside(path) {
                        linked.push(entry.into_path());
                    } else {
                        entries.push(self.entry(path, 0, true));
                        walk.skip_current_dir();
                    }
                }
                continue;
            }
            if !entry.file_type().is_file() {
                continue;
            }
            let Some(path) = Utf8Path::from_path(entry.path()) else {
                let shown = Utf8PathBuf::from(entry.path().to_string_lossy().into_owned());
                let fault = Some("its name is not UTF-8 text".to_owned());
                entries.push(FileEntry { fault, ..self.entry(&shown, 0, false) });
                continue;
            };
            let size = entry.metadata().map_or(0, |metadata| metadata.len());
            let may_escape = entry.path_is_symlink() || linked.iter().any(|folder| path.starts_with(folder));
            entries.push(self.entry(path, size, may_escape && !is_inside(path)));
        }
        Ok(entries)
    }

    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        let file = self.root.join(path);
        let mut kind = file.symlink_metadata()?.file_type();
        if kind.is_symlink() {
            if !file.canonicalize_utf8()?.starts_with(self.root.canonicalize_utf8()?) {
                return Err(io::Error::new(
                    io::ErrorKind::PermissionDenied,
                    "it is a link out of the site's folder",
                ));
            }
            kind = file.metadata()?.file_type();
        }
        // A pipe would be waited for.
        if !kind.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
        }
        std::fs::read(file)
    }
}

impl Disk {
    fn entry(&self, path: &Utf8Path, size: u64, escapes: bool) -> FileEntry {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        FileEntry { path: relative.to_owned(), size, escapes, fault: None, is_folder: false }
    }
}
