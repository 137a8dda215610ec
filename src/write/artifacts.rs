//! What a site consists of: paths and bytes, with no two in each other's way.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use super::manifest::MANIFEST;

/// The files of a site, sorted by their path from the output folder.
///
/// Paths are separated by `/` and hold on every system: files or folders that differ in capitals
/// only are refused, since they are one on the disks of Windows and macOS.
#[derive(Debug, Default, Clone)]
pub struct Artifacts {
    files: BTreeMap<Utf8PathBuf, Vec<u8>>,
    /// Each file by its path in lower case.
    names: HashMap<String, Utf8PathBuf>,
    /// Each folder that holds a file, by its path in lower case.
    folders: HashMap<String, Folder>,
}

#[derive(Debug, Clone)]
struct Folder {
    path: Utf8PathBuf,
    /// One of the files in it.
    file: Utf8PathBuf,
}

/// Why a file cannot be part of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArtifactError {
    /// The path cannot be a file in the output folder.
    Path {
        /// The path as given.
        path: Utf8PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Another file has the same path.
    Same {
        /// The path.
        path: Utf8PathBuf,
    },
    /// The path of another file, or the folders of the two, differ in capitals only.
    Capitals {
        /// The path as given.
        path: Utf8PathBuf,
        /// The file that is there already.
        other: Utf8PathBuf,
    },
    /// One is a file, and the other needs a folder of that name.
    Folder {
        /// The path as given.
        path: Utf8PathBuf,
        /// The file that is there already.
        other: Utf8PathBuf,
    },
}

impl Artifacts {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file at `path`, from the output folder and separated by `/`.
    ///
    /// # Errors
    ///
    /// When the path is not a plain relative one, or is in the way of a file added before. The
    /// file added before stays.
    pub fn insert(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        bytes: impl Into<Vec<u8>>,
    ) -> Result<(), ArtifactError> {
        let path = path.into();
        if let Some(reason) = fault(path.as_str()) {
            return Err(ArtifactError::Path { path, reason });
        }
        if self.files.contains_key(&path) {
            return Err(ArtifactError::Same { path });
        }
        let name = fold(&path);
        if let Some(other) =
            self.names.get(&name).or_else(|| parents(&path).find_map(|f| self.other_capitals(f)))
        {
            return Err(ArtifactError::Capitals { path, other: other.clone() });
        }
        if let Some(other) = self.in_the_way_of_file(&path) {
            return Err(ArtifactError::Folder { other: other.to_owned(), path });
        }
        for folder in parents(&path) {
            let entry = self.folders.entry(fold(folder));
            entry.or_insert_with(|| Folder { path: folder.to_owned(), file: path.clone() });
        }
        self.names.insert(name, path.clone());
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// The bytes of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &Utf8Path) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Paths and bytes, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
    }

    /// The files, sorted by path.
    pub fn into_files(self) -> impl Iterator<Item = (Utf8PathBuf, Vec<u8>)> {
        self.files.into_iter()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file that cannot stand beside another file at `path`.
    pub(super) fn in_the_way_of_file(&self, path: &Utf8Path) -> Option<&Utf8Path> {
        let in_folder = self.folders.get(&fold(path)).map(|folder| folder.file.as_path());
        in_folder.or_else(|| self.in_the_way_of_folder(path))
    }

    /// The file that cannot stand beside a folder at `path`: one in its place, or in that of a
    /// folder above it, or one in a folder that differs from these in capitals only.
    pub(super) fn in_the_way_of_folder(&self, path: &Utf8Path) -> Option<&Utf8Path> {
        std::iter::once(path)
            .chain(parents(path))
            .find_map(|folder| self.names.get(&fold(folder)).or_else(|| self.other_capitals(folder)))
            .map(Utf8PathBuf::as_path)
    }

    /// A file in a folder that differs from `folder` in capitals only.
    fn other_capitals(&self, folder: &Utf8Path) -> Option<&Utf8PathBuf> {
        self.folders.get(&fold(folder)).filter(|known| known.path != folder).map(|known| &known.file)
    }
}

/// The folders above a relative path, nearest first, without the empty one.
fn parents(path: &Utf8Path) -> impl Iterator<Item = &Utf8Path> {
    path.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty())
}

/// The form in which two paths are compared.
fn fold(path: &Utf8Path) -> String {
    path.as_str().to_lowercase()
}

/// What is wrong with a path.
fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') {
        return Some("it starts with `/`; give the path from the output folder");
    }
    if path.contains(|c: char| c == '\\' || c.is_control()) {
        return Some("it holds a backslash or a control character");
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Some("it holds `.` or `..`");
    }
    if path.split('/').any(str::is_empty) {
        return Some("a name between two `/`, or after the last, is missing");
    }
    path.eq_ignore_ascii_case(MANIFEST).then_some("casebook keeps its list of files there")
}

impl fmt::Display for ArtifactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, reason } => write!(f, "`{path}` cannot be a file of the site: {reason}"),
            Self::Same { path } => write!(f, "two files of the site are both called `{path}`"),
            Self::Capitals { path, other } => {
                write!(
                    f,
                    "`{path}` and `{other}`, or their folders, differ in capitals only, and are one on many systems"
                )
            }
            Self::Folder { path, other } => {
                write!(
                    f,
                    "`{path}` and `{other}` cannot both be published: one needs a folder where the other is a file"
                )
            }
        }
    }
}

impl std::error::Error for ArtifactError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn with(paths: &[&str]) -> Artifacts {
        let mut artifacts = Artifacts::new();
        for path in paths {
            artifacts.insert(*path, *b"x").unwrap();
        }
        artifacts
    }

    #[test]
    fn only_plain_relative_paths_are_taken() {
        for path in [
            "",
            "/a",
            "a//b",
            "a/",
            "./a",
            "a/./b",
            "../a",
            "a/..",
            "a\\b",
            "a\0b",
            ".casebook-manifest.json",
        ] {
            let refused = Artifacts::new().insert(path, *b"x");
            assert!(matches!(refused, Err(ArtifactError::Path { .. })), "{path:?}: {refused:?}");
        }
        assert_eq!(with(&["index.html", ".nojekyll", "a b/ü..html"]).len(), 3);
    }

    #[test]
    fn the_same_path_twice_is_refused_and_the_first_stays() {
        let mut artifacts = Artifacts::new();
        artifacts.insert("a/index.html", *b"first").unwrap();
        let refused = artifacts.insert("a/index.html", *b"second").unwrap_err();
        assert_eq!(refused.to_string(), "two files of the site are both called `a/index.html`");
        assert_eq!(artifacts.get("a/index.html".into()), Some(b"first".as_slice()));
    }

    #[test]
    fn files_and_folders_that_differ_in_capitals_only_are_refused() {
        for (first, second) in
            [("Straße/École.html", "Straße/école.HTML"), ("Cases/a", "cases/b"), ("a/B/c", "a/b/d")]
        {
            let refused = with(&[first]).insert(second, *b"x").unwrap_err();
            let expected = ArtifactError::Capitals { path: second.into(), other: first.into() };
            assert_eq!(refused, expected);
        }
    }

    #[test]
    fn a_file_cannot_be_the_folder_of_another_in_either_order() {
        for (first, second) in [("a", "a/b/c"), ("a/b/c", "a"), ("a/b/c", "a/b"), ("A", "a/b")] {
            let refused = with(&[first]).insert(second, *b"x").unwrap_err();
            let expected = ArtifactError::Folder { path: second.into(), other: first.into() };
            assert_eq!(refused, expected);
        }
    }

    #[test]
    fn files_come_in_the_order_of_their_paths() {
        let artifacts = with(&["b", "a/z", "a/b"]);
        let paths: Vec<_> = artifacts.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a/b", "a/z", "b"]);
    }
}
