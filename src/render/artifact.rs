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
        let relative = address.trim_start_matches('/');
        let path = if relative.is_empty() || relative.ends_with('/') {
            format!("{relative}index.html")
        } else {
            relative.to_owned()
        };
        Self { path: path.into(), bytes: bytes.into() }
    }
}
