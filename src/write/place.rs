//! Where the output is and where it is made ready; which folders may be an output at all.

use std::fmt;
use std::io;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::error::PublishError;

/// An output and the working folder beside it, on the same disk, so that one can be renamed to the other.
pub(super) struct Place {
    /// The output, without symbolic links on the way to it.
    pub(super) output: Utf8PathBuf,
    /// The folder that holds the output.
    pub(super) parent: Utf8PathBuf,
    /// The working folder.
    pub(super) work: Utf8PathBuf,
}

impl Place {
    /// The place of `output`, which need not exist.
    pub(super) fn of(output: &Utf8Path) -> Result<Self, PublishError> {
        let resolved = resolve(output).map_err(PublishError::io("find", output))?;
        let (Some(parent), Some(name)) = (resolved.parent(), resolved.file_name()) else {
            return Err(PublishError::Unnamed { output: output.to_owned() });
        };
        let work = parent.join(format!(".{name}.casebook"));
        Ok(Self { parent: parent.to_owned(), work, output: resolved })
    }

    /// Held by the build that is at work.
    pub(super) fn lock(&self) -> Utf8PathBuf {
        self.work.join("lock")
    }

    /// The new site, until it is published.
    pub(super) fn staging(&self) -> Utf8PathBuf {
        self.work.join("staging")
    }

    /// The old site, when it had to be moved away first.
    pub(super) fn old(&self) -> Utf8PathBuf {
        self.work.join("old")
    }

    /// Stands while the old site is moved away and the new one in.
    pub(super) fn journal(&self) -> Utf8PathBuf {
        self.work.join("journal")
    }

    /// The journal before it is whole.
    pub(super) fn new_journal(&self) -> Utf8PathBuf {
        self.work.join("journal.new")
    }
}

/// How many links to nowhere may follow on each other, as in Linux.
const MAX_LINKS: usize = 40;

/// The absolute path without symbolic links, `.` and `..`. What does not exist is taken as written.
fn resolve(path: &Utf8Path) -> io::Result<Utf8PathBuf> {
    follow(path, MAX_LINKS)
}

fn follow(path: &Utf8Path, links: usize) -> io::Result<Utf8PathBuf> {
    let mut resolved = Utf8PathBuf::new();
    for component in camino::absolute_utf8(path)?.components() {
        if component == Utf8Component::ParentDir {
            resolved.pop();
            continue;
        }
        resolved.push(component);
        match resolved.canonicalize_utf8() {
            Ok(real) => resolved = real,
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(error);
            }
            // A link to nowhere leads to where the output is to be made, or to where an interrupted
            // exchange has moved it away from.
            Err(error) => {
                if let (Ok(target), Some(folder)) = (resolved.read_link_utf8(), resolved.parent()) {
                    let links = links.checked_sub(1).ok_or(error)?;
                    resolved = follow(&folder.join(target), links)?;
                }
            }
        }
    }
    Ok(resolved)
}

/// Why a folder may not be the output. Paths are as resolved.
#[derive(Debug)]
pub enum OutputRefused {
    /// It is the site's root or a folder above it.
    HoldsTheSite {
        /// The output.
        output: Utf8PathBuf,
    },
    /// It is, holds or lies in a folder that the site is made from.
    Protected {
        /// The output.
        output: Utf8PathBuf,
        /// That folder.
        folder: Utf8PathBuf,
    },
    /// It lies in the folder where Git keeps its data.
    InGit {
        /// The output.
        output: Utf8PathBuf,
    },
    /// The system cannot say where a folder is.
    Unresolved {
        /// The folder as it was given.
        path: Utf8PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Makes sure that a site at `root` may be published into `output`, and gives the output's
/// resolved path. `protected` are the folders that the site is made from. None of them need exist;
/// relative paths start at the current folder.
///
/// # Errors
///
/// When the output is the root or above it, is or holds or lies in a protected folder, or lies in
/// a `.git` folder. An output that holds a `.git` folder is fine: a checkout of the branch that is
/// published is one.
pub fn check_output(
    root: &Utf8Path,
    output: &Utf8Path,
    protected: &[&Utf8Path],
) -> Result<Utf8PathBuf, OutputRefused> {
    let find = |path: &Utf8Path| {
        resolve(path).map_err(|source| OutputRefused::Unresolved { path: path.to_owned(), source })
    };
    let output = find(output)?;
    if find(root)?.starts_with(&output) {
        return Err(OutputRefused::HoldsTheSite { output });
    }
    if output.components().any(|component| component.as_str().eq_ignore_ascii_case(".git")) {
        return Err(OutputRefused::InGit { output });
    }
    for folder in protected {
        let folder = find(folder)?;
        if folder.starts_with(&output) || output.starts_with(&folder) {
            return Err(OutputRefused::Protected { output, folder });
        }
    }
    Ok(output)
}

impl fmt::Display for OutputRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HoldsTheSite { output } => {
                write!(
                    f,
                    "the output folder `{output}` holds the site itself; give a folder inside the site, such as `public`"
                )
            }
            Self::Protected { output, folder } if output == folder => {
                write!(
                    f,
                    "the site is made from `{folder}`, so it cannot be the output folder; give another, such as `public`"
                )
            }
            Self::Protected { output, folder } => write!(
                f,
                "the site is made from `{folder}`, and the output folder `{output}` may not lie in it or hold it; \
                 give another, such as `public`"
            ),
            Self::InGit { output } => {
                write!(
                    f,
                    "the output folder `{output}` lies where Git keeps its data; give another, such as `public`"
                )
            }
            Self::Unresolved { path, source } => write!(f, "cannot find out where `{path}` is: {source}"),
        }
    }
}

impl std::error::Error for OutputRefused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unresolved { source, .. } => Some(source),
            _ => None,
        }
    }
}
