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
            create_work(place)?;
            let Some(file) = open(place)? else { continue };
            if let Some(lock) = Self::confirm(place, file)? {
                return Ok(lock);
            }
        }
        Err(PublishError::Busy { output: place.output.clone() })
    }

    /// Locks the lock file; `None` when the build that held it has removed it since it was opened.
    fn confirm(place: &Place, held: File) -> Result<Option<Self>, PublishError> {
        let path = place.lock();
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PublishError::Busy { output: place.output.clone() }),
            Err(TryLockError::Error(error)) => return Err(PublishError::io("lock", path)(error)),
        }
        // The lock counts only while its file is the one that others will open.
        let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        let mine = held.metadata().map(id).map_err(PublishError::io("lock", &path))?;
        let theirs = fs::symlink_metadata(&path).map(id).ok();
        Ok((theirs == Some(mine)).then(|| Self { path, work: place.work.clone(), _held: held }))
    }
}

/// Opens the lock file; `None` when another build has just removed the working folder.
fn open(place: &Place) -> Result<Option<File>, PublishError> {
    let path = place.lock();
    match File::options().create(true).truncate(false).write(true).open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        opened => opened.map(Some).map_err(PublishError::io("lock", path)),
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use camino::Utf8Path;

    use super::*;

    #[test]
    fn a_lock_whose_file_was_removed_in_between_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::of(&Utf8Path::from_path(folder.path()).unwrap().join("site")).unwrap();
        let first = Lock::take(&place).unwrap();
        let opened = open(&place).unwrap().unwrap();
        drop(first);
        assert!(open(&place).unwrap().is_none(), "the working folder is gone");
        let third = Lock::take(&place).unwrap();

        assert!(Lock::confirm(&place, opened).unwrap().is_none());
        assert!(matches!(Lock::take(&place), Err(PublishError::Busy { .. })));
        drop(third);
        assert!(!place.work.exists());
    }
}
