//! A file of the published site.

use camino::Utf8PathBuf;

/// A file of the published site: where it stands and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its path in the output folder.
    pub path: Utf8PathBuf,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Artifact {
    /// The file that a host serves at `address`, which starts with `/`: one that ends with `/` is
    /// the `index.html` of its folder.
    #[must_use]
    pub fn new(address: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: Self::path_of(address), bytes: bytes.into() }
    }

    /// The path in the output folder of the file that a host serves at `address`.
    #[must_use]
    pub fn path_of(address: &str) -> Utf8PathBuf {
        let relative = address.trim_start_matches('/');
        if relative.is_empty() || relative.ends_with('/') {
            format!("{relative}index.html").into()
        } else {
            relative.into()
        }
    }
}
