//! One build at a time into one output.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;

use camino::Utf8PathBuf;

use super::error::PublishError;
use super::place::Place;

/// The working folder, and the right to use it. When dropped, the folder goes with it unless
/// something is left in there.
///
/// The system frees the lock of a build that was killed, so a left lock file stops nobody.
pub(super) struct Lock {
    path: Utf8PathBuf,
    work: Utf8PathBuf,
    _held: File,
}

/// How often another build may remove the working folder while this one is taking it.
const ATTEMPTS: usize = 100;

impl Lock {
    /// Makes the working folder and takes it.
    pub(super) fn take(place: &Place) -> Result<Self, PublishError> {
        fs::create_dir_all(&place.parent).map_err(PublishError::io("create the folder", &place.parent))?;
        for _ in 0..ATTEMPTS {
            if let Some(lock) = Self::attempt(place)? {
                return Ok(lock);
            }
        }
        Err(PublishError::Busy { output: place.output.clone() })
    }

    /// `None` when the build that had the lock removed it in between.
    fn attempt(place: &Place) -> Result<Option<Self>, PublishError> {
        create_work(place)?;
        let path = place.lock();
        let refused = || PublishError::io("lock", &path);
        let held = match File::options().create(true).truncate(false).write(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(refused())?,
        };
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PublishError::Busy { output: place.output.clone() }),
            Err(TryLockError::Error(error)) => return Err(refused()(error)),
        }
        // The lock counts only while its file is the one that others will open.
        let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        let mine = held.metadata().map(id).map_err(refused())?;
        let theirs = fs::symlink_metadata(&path).map(id).ok();
        Ok((theirs == Some(mine)).then(|| Self { path, work: place.work.clone(), _held: held }))
    }
}

fn create_work(place: &Place) -> Result<(), PublishError> {
    match fs::create_dir(&place.work) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            match fs::symlink_metadata(&place.work) {
                Ok(found) if !found.is_dir() => Err(PublishError::NotAFolder { path: place.work.clone() }),
                _ => Ok(()),
            }
        }
        made => made.map_err(PublishError::io("create the folder", &place.work)),
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Still held here, so no other build is between opening this file and locking it for good.
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_dir(&self.work);
    }
}
