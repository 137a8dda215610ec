//! Source files: where text comes from, and how a byte offset becomes a line and a column.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

/// A half-open range of bytes in a [`Source`]'s text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same span, moved towards the end of the file by `offset` bytes.
    #[must_use]
    pub fn shift(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// As a range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// One text file: its path from the site's root, its text, and where its lines start.
pub struct Source {
    path: Utf8PathBuf,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// A source with `path` relative to the site's root, separated by `/`.
    #[must_use]
    pub fn new(path: impl Into<Utf8PathBuf>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Arc::new(Self { path: path.into(), text, line_starts })
    }

    /// The path relative to the site's root.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The whole text, a byte order mark included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under `span`; empty where the span is not inside the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset, both counted from 1. A column counts characters,
    /// as editors do, and a byte order mark counts as none.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.as_bytes().get(start..offset).unwrap_or_default();
        let before = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
        // Every character has one byte that does not go on with another.
        let column = before.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count() + 1;
        Position { line, column }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Source").field(&self.path).finish()
    }
}

/// A line and a column, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A place in a source.
#[derive(Debug, Clone)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes in it.
    pub span: Span,
}

impl Location {
    /// A place in `source`.
    #[must_use]
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// Where the place starts.
    #[must_use]
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }
}

/// Where files come from: a folder on disk, or memory in tests and in a browser.
///
/// Paths are relative to the site's root and separated by `/`.
pub trait Files: Sync {
    /// Every file under `folder`, in any order, links followed. A folder that does not exist
    /// has none.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    fn list(&self, folder: &Utf8Path) -> io::Result<Vec<FileEntry>>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// When the file is missing ([`io::ErrorKind::NotFound`]) or cannot be read.
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>>;
}

/// A file that [`Files::list`] found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileEntry {
    /// Path relative to the site's root.
    pub path: Utf8PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// A link that leads out of the folder that was listed.
    pub escapes: bool,
    /// Why it cannot be read, where that shows before reading.
    pub fault: Option<String>,
    /// A folder that cannot be read; all others are looked into.
    pub is_folder: bool,
}

/// Files held in memory.
#[derive(Debug, Clone, Default)]
pub struct Memory(BTreeMap<Utf8PathBuf, Vec<u8>>);

impl Memory {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<Utf8PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// Removes a file, if it is there.
    pub fn remove(&mut self, path: &str) {
        self.0.remove(Utf8Path::new(path));
    }
}

impl Files for Memory {
    fn list(&self, folder: &Utf8Path) -> io::Result<Vec<FileEntry>> {
        let inside = self.0.iter().filter(|(path, _)| path.starts_with(folder));
        Ok(inside
            .map(|(path, bytes)| FileEntry {
                path: path.clone(),
                size: bytes.len() as u64,
                escapes: false,
                fault: None,
                is_folder: false,
            })
            .collect())
    }

    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
