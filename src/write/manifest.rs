//! Which files in the output are casebook's own: a list that the last build left there.

use std::collections::HashSet;
use std::path::Path;

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use super::artifacts::Artifacts;
use super::error::PublishError;
use super::published::{Kind, Published};

/// The list's name in the output folder.
pub(super) const MANIFEST: &str = ".casebook-manifest.json";

/// The one version of the list that there has been.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Manifest<P> {
    version: u32,
    files: Vec<P>,
}

/// The bytes of the list for a site: one path a line, sorted.
pub(super) fn encode(artifacts: &Artifacts) -> Vec<u8> {
    let files: Vec<&Utf8Path> = artifacts.iter().map(|(path, _)| path).collect();
    let mut bytes = serde_json::to_vec_pretty(&Manifest { version: VERSION, files }).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The paths that the last build wrote, and the folders that it needed for them.
#[derive(Default)]
pub(super) struct Owned {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Owned {
    /// Reads the list in the published output. Without one nothing there is casebook's.
    pub(super) fn read(output: &Utf8Path, published: &Published) -> Result<Self, PublishError> {
        let path = output.join(MANIFEST);
        let damaged = |reason: String| PublishError::Manifest { path: path.clone(), reason };
        match published.entries.get(Path::new(MANIFEST)).map(|entry| entry.kind) {
            None => return Ok(Self::default()),
            Some(Kind::File) => {}
            Some(_) => return Err(damaged("is not a plain file".into())),
        }
        let bytes = std::fs::read(&path).map_err(PublishError::io("read", &path))?;
        let manifest: Manifest<String> =
            serde_json::from_slice(&bytes).map_err(|error| damaged(format!("is damaged: {error}")))?;
        if manifest.version != VERSION {
            return Err(damaged(format!(
                "is of version {}, which this casebook does not know",
                manifest.version
            )));
        }
        Ok(Self::of(manifest.files))
    }

    fn of(files: Vec<String>) -> Self {
        let mut folders = HashSet::new();
        for file in &files {
            for folder in Utf8Path::new(file).ancestors().skip(1) {
                if !folders.insert(folder.as_str().to_owned()) {
                    break;
                }
            }
        }
        Self { files: files.into_iter().collect(), folders }
    }

    /// Whether casebook made what stands at `path` in the output. A folder in the place of one of
    /// its files is not casebook's.
    pub(super) fn has(&self, path: &Path, kind: Kind) -> bool {
        let Some(path) = path.to_str() else { return false };
        match kind {
            Kind::Folder => self.folders.contains(path),
            Kind::File | Kind::Link | Kind::Other => path == MANIFEST || self.files.contains(path),
        }
    }
}
