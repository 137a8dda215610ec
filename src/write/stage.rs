//! Making the new site ready beside the published one.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::Path;

use camino::Utf8Path;
use rayon::prelude::*;
use rustix::fs::{Access, access};

use super::error::PublishError;
use super::plan::Plan;
use super::published::{Entry, Kind, Published};

/// Puts the whole site into `staging`, which must not exist: new files are written, the others
/// are linked from the output, so that they keep their times and take no space.
///
/// The files are not forced to the disk, which would take seconds for thousands of them. After a
/// power cut the next build compares bytes and mends what was lost.
pub(super) fn stage(
    plan: &Plan<'_>,
    published: Option<&Published>,
    output: &Utf8Path,
    staging: &Utf8Path,
) -> Result<(), PublishError> {
    create_folder(staging.as_std_path())?;
    if let Some(published) = published {
        refuse_folders_of_others(published, output, staging)?;
    }
    for folder in &plan.folders {
        create_folder(&staging.as_std_path().join(folder))?;
    }
    first_error(&plan.write, |(path, bytes)| {
        let to = staging.join(path);
        write_new(to.as_std_path(), bytes).map_err(PublishError::io("write", to))
    })?;
    let take_over = |path: &Path, kind| {
        place(output, &output.as_std_path().join(path), &staging.as_std_path().join(path), kind)
    };
    first_error(&plan.keep, |path| take_over(path.as_std_path(), Kind::File))?;
    first_error(&plan.carry, |(path, kind)| take_over(path, *kind))?;
    match published {
        Some(published) => restore_folders(plan, published, staging),
        None => Ok(()),
    }
}

/// Does `work` on all items at once, and gives the error of the first item that failed.
fn first_error<T: Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<(), PublishError> + Sync + Send,
) -> Result<(), PublishError> {
    items.par_iter().find_map_first(|item| work(item).err()).map_or(Ok(()), Err)
}

/// The old site must go, and only the owner of a folder can make it writable.
fn refuse_folders_of_others(
    published: &Published,
    output: &Utf8Path,
    staging: &Utf8Path,
) -> Result<(), PublishError> {
    let mine = Entry::from(&fs::symlink_metadata(staging).map_err(PublishError::io("read", staging))?).owner;
    let inner = published.entries.iter().map(|(path, entry)| (output.as_std_path().join(path), entry));
    std::iter::once((output.into(), &published.root))
        .chain(inner)
        .filter(|(_, entry)| entry.kind == Kind::Folder && entry.owner.0 != mine.0)
        .try_for_each(|(path, _)| {
            access(&path, Access::WRITE_OK | Access::EXEC_OK)
                .map_err(|error| PublishError::io("replace the folder", path)(error.into()))
        })
}

fn create_folder(path: &Path) -> Result<(), PublishError> {
    match fs::create_dir(path) {
        // Two folders that differ in capitals are one on some disks.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made.map_err(PublishError::io("create the folder", path)),
    }
}

/// Writes a file that must not exist: an existing one could be linked to a published file.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::create_new(path)?.write_all(bytes)
}

/// Brings `from`, inside the output, to `to` as it is.
fn place(output: &Utf8Path, from: &Path, to: &Path, kind: Kind) -> Result<(), PublishError> {
    if kind == Kind::Link {
        let target = fs::read_link(from).map_err(PublishError::io("read", from))?;
        return symlink(target, to).map_err(PublishError::io("create the link", to));
    }
    let Err(error) = fs::hard_link(from, to) else { return Ok(()) };
    match error.kind() {
        io::ErrorKind::CrossesDevices => {
            Err(PublishError::Mounted { output: output.to_owned(), path: from.to_owned() })
        }
        io::ErrorKind::AlreadyExists => Err(PublishError::io("link", to)(error)),
        // Not every disk has hard links, and not every user may link the files of another.
        _ if kind == Kind::File => copy(from, to).map_err(PublishError::io("copy", from)),
        _ => Err(PublishError::io("link", from)(error)),
    }
}

/// Copies a file with its permissions and its time of change.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let modified = fs::metadata(from)?.modified()?;
    fs::copy(from, to)?;
    // A copy without write permission cannot be opened to set its time; the bytes are what counts.
    match File::options().append(true).open(to) {
        Ok(copy) => copy.set_modified(modified),
        Err(_) => Ok(()),
    }
}

/// Gives folders the permissions and owners that they have in the output. Last of all: nothing can
/// be put into a folder that may not be written to.
fn restore_folders(plan: &Plan<'_>, published: &Published, staging: &Utf8Path) -> Result<(), PublishError> {
    for folder in &plan.folders {
        if let Some(entry) = published.entries.get(folder).filter(|entry| entry.kind == Kind::Folder) {
            restore_folder(&staging.as_std_path().join(folder), entry)?;
        }
    }
    restore_folder(staging.as_std_path(), &published.root)
}

fn restore_folder(path: &Path, before: &Entry) -> Result<(), PublishError> {
    let refused = || PublishError::io("set the permissions of", path);
    let now = Entry::from(&fs::symlink_metadata(path).map_err(refused())?);
    if now.owner != before.owner {
        // Only the system's administrator may give folders away; for others they stay their own.
        let _ = chown(path, Some(before.owner.0), Some(before.owner.1));
    }
    fs::set_permissions(path, Permissions::from_mode(before.mode)).map_err(refused())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn a_copy_keeps_bytes_time_and_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(&from, "bytes").unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        File::options().append(true).open(&from).unwrap().set_modified(long_ago).unwrap();
        fs::set_permissions(&from, Permissions::from_mode(0o640)).unwrap();

        copy(&from, &to).unwrap();

        let copied = fs::metadata(&to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"bytes");
        assert_eq!(copied.modified().unwrap(), long_ago);
        assert_eq!(copied.permissions().mode() & 0o7777, 0o640);
    }
}
