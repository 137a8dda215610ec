//! Why a site was not published, and what to do about it.

use std::fmt;
use std::io;
use std::path::PathBuf;

use camino::Utf8PathBuf;

/// Why [`publish`](super::publish) or [`recover`](super::recover) gave up.
///
/// The published site is as it was before, except after [`PublishError::Halfway`].
/// `Display` says what is wrong; [`PublishError::help`] says what to do.
#[derive(Debug)]
pub enum PublishError {
    /// Another build is publishing into the same output.
    Busy {
        /// The output.
        output: Utf8PathBuf,
    },
    /// The output cannot be a published folder: it has no name or no folder above it.
    Unnamed {
        /// The output as it was given.
        output: Utf8PathBuf,
    },
    /// Something that is not a folder stands where casebook needs one.
    NotAFolder {
        /// The place.
        path: Utf8PathBuf,
    },
    /// The output, or something inside it, is a mount point: it cannot be renamed or linked.
    Mounted {
        /// The output.
        output: Utf8PathBuf,
        /// The mount point, or a file inside it.
        path: PathBuf,
    },
    /// The list of casebook's own files cannot be read, so casebook cannot tell them from other files.
    Manifest {
        /// The manifest.
        path: Utf8PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Files that casebook did not write stand where it would publish its own.
    Collisions {
        /// The output.
        output: Utf8PathBuf,
        /// Every one of them, sorted.
        clashes: Vec<ForeignClash>,
    },
    /// Other files came into the output, or left it, while the new site was being made ready.
    Changed {
        /// The output.
        output: Utf8PathBuf,
        /// Paths from the output, sorted.
        paths: Vec<PathBuf>,
    },
    /// An earlier build was interrupted and the output was then made anew by someone else.
    TwoSites {
        /// The output.
        output: Utf8PathBuf,
        /// The folder that holds the earlier site (`old`) and its successor (`staging`).
        work: Utf8PathBuf,
    },
    /// The old site was moved away, and then neither the new one nor the old one could be moved in.
    Halfway {
        /// The output, which is missing now.
        output: Utf8PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system refused something.
    Io {
        /// What was tried, as in "cannot … the file".
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// A file that casebook did not write, and the page or file of the new site that it is in the way of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignClash {
    /// The path of the file that casebook did not write, from the output.
    pub foreign: Utf8PathBuf,
    /// The path of the artifact.
    pub artifact: Utf8PathBuf,
}

impl PublishError {
    /// For `map_err`: `doing` to `path` was refused by the system.
    pub(super) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.into(), source }
    }

    /// What to do about it, in a sentence or two.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Busy { .. } => "wait until the other build is done, or give this one another output folder".into(),
            Self::Unnamed { .. } => "name a folder for the output, for example `public`".into(),
            Self::NotAFolder { path } => {
                format!("move `{path}` away, or give another output folder")
            }
            Self::Mounted { output, path } if path.as_path() == output.as_std_path() => format!(
                "publish into a folder inside it, for example `{output}/site`: a mounted folder cannot be exchanged"
            ),
            Self::Mounted { .. } => {
                "unmount it, or give another output folder: what is mounted cannot move with the site".into()
            }
            Self::Manifest { path, .. } => format!(
                "restore `{path}` from a copy, or delete the output folder if casebook alone wrote into it; \
                 without the list casebook would have to guess which files it may remove"
            ),
            Self::Collisions { .. } => {
                "move or delete these files if casebook is to write them, or change the addresses of the pages".into()
            }
            Self::Changed { .. } => "build again when nothing else is writing into the output folder".into(),
            Self::TwoSites { work, .. } => format!(
                "look into `{work}`: `old` is the site before that build and `staging` the one it made; \
                 keep what you need, delete `{work}`, and build again"
            ),
            Self::Halfway { .. } => "build again: the next build puts the new site in place first".into(),
            Self::Io { source, .. } => refusal_help(source).into(),
        }
    }
}

/// What to do when the system refused something. The published site is untouched in each case.
fn refusal_help(source: &io::Error) -> &'static str {
    use io::ErrorKind as Kind;
    match source.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => {
            "free some space and build again; the published site has not been changed"
        }
        Kind::PermissionDenied => {
            "casebook must be able to read and write the output folder and the folder that holds it; \
             change their permissions, or give another output folder"
        }
        Kind::ReadOnlyFilesystem => "give an output folder on a disk that can be written to",
        Kind::InvalidFilename => "give the page a shorter address",
        Kind::CrossesDevices => {
            "this disk cannot rename the folder (as in the lower layers of a container's image); \
             give another output folder, or delete this one first"
        }
        _ => "the published site has not been changed; build again once the cause is mended",
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy { output } => write!(f, "another build is publishing into `{output}`"),
            Self::Unnamed { output } => write!(f, "`{output}` cannot be the output folder"),
            Self::NotAFolder { path } => write!(f, "`{path}` is not a folder"),
            Self::Mounted { output, path } if path.as_path() == output.as_std_path() => {
                write!(f, "the output folder `{output}` is a mount point")
            }
            Self::Mounted { output, path } => {
                write!(f, "`{}` in the output folder `{output}` is mounted from elsewhere", path.display())
            }
            Self::Manifest { path, reason } => write!(f, "`{path}`, casebook's list of its files, {reason}"),
            Self::Collisions { output, clashes } => {
                write!(
                    f,
                    "casebook did not write these files in `{output}`, and the new site needs their places:"
                )?;
                for ForeignClash { foreign, artifact } in clashes {
                    write!(f, "\n  `{foreign}`")?;
                    if foreign != artifact {
                        write!(f, " (in the way of `{artifact}`)")?;
                    }
                }
                Ok(())
            }
            Self::Changed { output, paths } => {
                write!(f, "other files in `{output}` changed during the build:")?;
                paths.iter().try_for_each(|path| write!(f, "\n  `{}`", path.display()))
            }
            Self::TwoSites { output, work } => write!(
                f,
                "an earlier build was interrupted while it published, its site still stands in `{work}`, \
                 and `{output}` has been made anew since"
            ),
            Self::Halfway { output, source } => {
                write!(f, "the new site could not be moved to `{output}`: {source}")
            }
            Self::Io { doing, path, source } => write!(f, "cannot {doing} `{}`: {source}", path.display()),
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Halfway { source, .. } | Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
