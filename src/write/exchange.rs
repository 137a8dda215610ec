//! Putting the new site in the place of the old one, and finishing what was interrupted.
//!
//! Most disks exchange two folders in one step: at every instant one whole site stands at the
//! output. Where they cannot, two renames take its place, and a journal tells the next run that
//! they were under way:
//!
//! | step | output | `staging` | `old` | the next run |
//! |---|---|---|---|---|
//! | journal written | old site | new site | | drops `staging` |
//! | old site moved away | | new site | old site | moves `staging` in |
//! | new site moved in | new site | | old site | drops `old` |
//! | journal removed | new site | | old site | drops `old` |

use std::fs::{self, File};
use std::io::{self, Write};

use camino::Utf8Path;

use super::error::PublishError;
use super::place::Place;
use super::remove::remove_tree;

/// How the new site comes into the place of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Exchange {
    /// In one step where the system and the disk can, else as [`Exchange::Journal`].
    #[default]
    Auto,
    /// In two renames, with a journal that lets the next run finish them.
    Journal,
}

/// What [`recover`](super::recover) found and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// The output stood as it should.
    Nothing,
    /// The new site had been made and the old one moved away: the new one was put in place.
    Finished,
    /// Only the old site was left: it was put back.
    PutBack,
}

/// Publishes `staging`. Afterwards the old site, if there was one, is in `staging` or `old`.
pub(super) fn exchange(place: &Place, has_output: bool, how: Exchange) -> Result<(), PublishError> {
    let (staging, output) = (place.staging(), &place.output);
    if !has_output {
        return fs::rename(&staging, output).map_err(|error| cannot_move(place, error));
    }
    if how == Exchange::Auto && swap(&staging, output).map_err(|error| cannot_move(place, error))? {
        return Ok(());
    }
    write_journal(place)?;
    if let Err(error) = fs::rename(output, place.old()) {
        remove_journal(place)?;
        return Err(cannot_move(place, error));
    }
    if let Err(error) = fs::rename(&staging, output) {
        if fs::rename(place.old(), output).is_err() {
            return Err(PublishError::Halfway { output: output.clone(), source: error });
        }
        remove_journal(place)?;
        return Err(cannot_move(place, error));
    }
    // The site is published; a journal that cannot be removed does no harm.
    let _ = remove_journal(place);
    Ok(())
}

/// Exchanges two folders in one step; `false` where system or disk cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(one: &Utf8Path, other: &Utf8Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    const UNSUPPORTED: [Errno; 4] = [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::OPNOTSUPP];
    match renameat_with(CWD, one.as_std_path(), CWD, other.as_std_path(), RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(error) if UNSUPPORTED.contains(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Exchanges two folders in one step; `false` where system or disk cannot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(_: &Utf8Path, _: &Utf8Path) -> io::Result<bool> {
    Ok(false)
}

fn cannot_move(place: &Place, source: io::Error) -> PublishError {
    let output = place.output.clone();
    match source.kind() {
        io::ErrorKind::ResourceBusy => PublishError::Mounted { path: output.clone().into(), output },
        _ => PublishError::Io { doing: "exchange the output folder", path: output.into(), source },
    }
}

/// Leaves word that the two renames are under way. The journal appears whole or not at all, and
/// what it says is for people: that it stands is all that the next run looks at.
fn write_journal(place: &Place) -> Result<(), PublishError> {
    let new = place.new_journal();
    let refused = || PublishError::io("write", &new);
    let text = format!(
        "casebook was moving the site in `staging` to `{}`, and the one before to `old`.\n\
         The next build finishes this.\n",
        place.output
    );
    let mut file = File::create(&new).map_err(refused())?;
    file.write_all(text.as_bytes()).map_err(refused())?;
    file.sync_all().map_err(refused())?;
    fs::rename(&new, place.journal()).map_err(refused())?;
    sync_folder(&place.work);
    Ok(())
}

fn remove_journal(place: &Place) -> Result<(), PublishError> {
    // The renames must be on the disk before the journal is gone from it.
    sync_folder(&place.parent);
    sync_folder(&place.work);
    match fs::remove_file(place.journal()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(PublishError::io("remove", place.journal())),
    }
}

/// Forces a folder's names to the disk, where the disk takes such a request.
fn sync_folder(folder: &Utf8Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Finishes an interrupted exchange and removes what killed builds left.
pub(super) fn recover(place: &Place) -> Result<Recovery, PublishError> {
    let recovery = finish(place)?;
    clean(place)?;
    Ok(recovery)
}

fn finish(place: &Place) -> Result<Recovery, PublishError> {
    if !stands(&place.journal()) {
        return Ok(Recovery::Nothing);
    }
    let output_is_free = is_free(&place.output);
    let (staging, old) = (stands(&place.staging()), stands(&place.old()));
    let move_in = |from: &Utf8Path| {
        fs::rename(from, &place.output)
            .map_err(|source| PublishError::Halfway { output: place.output.clone(), source })
    };
    let recovery = match (output_is_free, staging, old) {
        (true, true, _) => move_in(&place.staging()).map(|()| Recovery::Finished),
        (true, false, true) => move_in(&place.old()).map(|()| Recovery::PutBack),
        // Both sites may hold files that are not casebook's and that nobody else has.
        (false, true, true) => {
            Err(PublishError::TwoSites { output: place.output.clone(), work: place.work.clone() })
        }
        _ => Ok(Recovery::Nothing),
    }?;
    remove_journal(place)?;
    Ok(recovery)
}

/// Removes what is left of a build: the new site that was not published or the old one that was.
pub(super) fn clean(place: &Place) -> Result<(), PublishError> {
    remove_tree(&place.staging())?;
    remove_tree(&place.old())?;
    match fs::remove_file(place.new_journal()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(PublishError::io("remove", place.new_journal())),
    }
}

/// Whether an exchange is under way or was left so: nothing may be cleaned then.
pub(super) fn is_under_way(place: &Place) -> bool {
    stands(&place.journal())
}

fn stands(path: &Utf8Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a folder can be moved to `path`: nothing is there, or an empty folder.
fn is_free(path: &Utf8Path) -> bool {
    match fs::symlink_metadata(path) {
        Ok(found) => found.is_dir() && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none()),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}
