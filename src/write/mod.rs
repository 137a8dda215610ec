//! The last stage: artifacts become the output folder, as a whole or not at all.
//!
//! 1. **Lock.** A working folder `.<name>.casebook` beside the output holds a lock, so that two
//!    builds do not meet. What a killed build left there is finished or removed first.
//! 2. **Compare.** `.casebook-manifest.json` in the output lists the files of the last build.
//!    Everything else there is *foreign*, whoever made it: it is carried over and never removed,
//!    and where it is in the way of the new site, the build is refused. Without a manifest
//!    everything is foreign. With one that cannot be read the build is refused: to guess would
//!    mean to remove or overwrite what may be somebody's work. The manifest says whose a file is,
//!    never what it holds: files are compared byte by byte, so one that was edited by hand is
//!    put right.
//! 3. **Stage.** The new site is built up in the working folder. Files that stay are hard links to
//!    the published ones, so they keep their times; only new bytes are written.
//! 4. **Exchange.** The staged folder and the output are exchanged in one step, and the old one is
//!    removed.
//!
//! A build that is killed, or meets a full disk, leaves the published site as it was. Nothing is
//! forced to the disk, though: after a power cut, build again.
//!
//! The output folder is a new one after each change, with the permissions, and where possible the
//! owner, of the one before. Extended attributes of folders are not carried over.

mod artifacts;
mod error;
mod exchange;
mod lock;
mod manifest;
mod mount;
mod place;
mod plan;
mod published;
mod remove;
mod stage;
#[cfg(test)]
mod tests;

use camino::{Utf8Path, Utf8PathBuf};

pub use artifacts::{ArtifactError, Artifacts};
pub use error::{ForeignClash, PublishError};
pub use exchange::{Exchange, Recovery};
pub use place::{OutputRefused, check_output};

use lock::Lock;
use manifest::{MANIFEST, Owned};
use place::Place;
use plan::Plan;
use published::Published;

/// What publishing did, in files; the manifest does not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Files of the site that are new or have new bytes.
    pub written: usize,
    /// Files of the site that were published already, and have not been touched.
    pub unchanged: usize,
    /// Files of the last build that are gone.
    pub removed: usize,
    /// Files and links in the output that are not casebook's, and have not been touched.
    pub carried_over: usize,
    /// The working folder, when the old site in it could not be removed. The next run tries again.
    pub leftover: Option<Utf8PathBuf>,
}

/// Publishes `artifacts` as the folder `output`, as a whole or not at all. The output, and the
/// folders above it, need not exist; it may be a symbolic link to a folder.
///
/// # Errors
///
/// When another build holds the output, when files that are not casebook's are in the way, or when
/// the system refuses something. The published site is then as it was before.
pub fn publish(output: &Utf8Path, artifacts: &Artifacts, how: Exchange) -> Result<Outcome, PublishError> {
    let place = Place::of(output)?;
    let _lock = Lock::take(&place)?;
    exchange::recover(&place)?;
    let outcome = make_ready(&place, artifacts).and_then(|ready| put_in_place(&place, ready, how));
    let is_clean = !exchange::is_under_way(&place) && exchange::clean(&place).is_ok();
    outcome.map(|outcome| Outcome { leftover: (!is_clean).then(|| place.work.clone()), ..outcome })
}

/// Finishes an exchange that was interrupted, and removes what killed builds left beside `output`.
/// [`publish`] does this first; by itself it is for those who only read the output.
///
/// # Errors
///
/// As for [`publish`].
pub fn recover(output: &Utf8Path) -> Result<Recovery, PublishError> {
    let place = Place::of(output)?;
    if !place.work.exists() {
        return Ok(Recovery::Nothing);
    }
    let _lock = Lock::take(&place)?;
    exchange::recover(&place)
}

/// A new site that is staged, and what it was made from.
struct Ready {
    /// What stood at the output, if anything did, and what of it is casebook's.
    before: Option<(Published, Owned)>,
    /// Whether the output is the new site already, so that nothing was staged.
    is_done: bool,
    outcome: Outcome,
}

/// Compares, and stages the new site.
fn make_ready(place: &Place, artifacts: &Artifacts) -> Result<Ready, PublishError> {
    let before = match Published::scan(&place.output)? {
        Some(published) => {
            let owned = Owned::read(&place.output, &published)?;
            Some((published, owned))
        }
        None => None,
    };
    let manifest = manifest::encode(artifacts);
    let plan = Plan::new(&place.output, before.as_ref(), artifacts, &manifest)?;
    let is_done = plan.is_done();
    if !is_done {
        let published = before.as_ref().map(|(published, _)| published);
        stage::stage(&plan, published, &place.output, &place.staging())?;
    }
    let outcome = Outcome {
        written: plan.write.iter().filter(|(path, _)| *path != MANIFEST).count(),
        unchanged: plan.keep.iter().filter(|path| **path != MANIFEST).count(),
        removed: plan.removed,
        carried_over: plan.carry.len(),
        leftover: None,
    };
    Ok(Ready { before, is_done, outcome })
}

/// Puts the staged site in the place of the old one, which is left in the working folder.
fn put_in_place(place: &Place, ready: Ready, how: Exchange) -> Result<Outcome, PublishError> {
    if !ready.is_done {
        if let Some((before, owned)) = &ready.before {
            refuse_changes(place, before, owned)?;
        }
        exchange::exchange(place, ready.before.is_some(), how)?;
    }
    Ok(ready.outcome)
}

/// What came into the output after it was looked through is not in the new site, and would go with the old one.
fn refuse_changes(place: &Place, before: &Published, owned: &Owned) -> Result<(), PublishError> {
    let paths = match Published::scan(&place.output)? {
        Some(now) => before.foreign_changes(&now, owned),
        None => vec![".".into()],
    };
    if paths.is_empty() {
        return Ok(());
    }
    Err(PublishError::Changed { output: place.output.clone(), paths })
}
