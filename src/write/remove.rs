//! Removing a folder with all it holds.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use camino::Utf8Path;

use super::error::PublishError;

/// Removes `path` and everything in it, following no symbolic link. Nothing there is no error.
pub(super) fn remove_tree(path: &Utf8Path) -> Result<(), PublishError> {
    let removed = match fs::remove_dir_all(path) {
        // Nothing can be removed from a folder that may not be written to.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            unlock(path.as_std_path()).and_then(|()| fs::remove_dir_all(path))
        }
        other => other,
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(PublishError::io("remove", path)),
    }
}

/// Makes a folder and all folders in it writable. Files are left alone: they are linked to published ones.
fn unlock(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            unlock(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn folders_without_permissions_are_unlocked_and_what_links_point_to_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let tree = folder.path().join("tree");
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir_all(tree.join("closed/inner")).unwrap();
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("kept"), "").unwrap();
        fs::set_permissions(&elsewhere, Permissions::from_mode(0o555)).unwrap();
        std::os::unix::fs::symlink(&elsewhere, tree.join("closed/link")).unwrap();
        fs::set_permissions(tree.join("closed/inner"), Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(tree.join("closed"), Permissions::from_mode(0o555)).unwrap();

        // The administrator can remove these as they are, so the unlocking is looked at by itself.
        unlock(&tree).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&tree.join("closed/inner")), 0o700);
        assert_eq!(mode(&elsewhere), 0o555);

        let tree = Utf8Path::from_path(&tree).unwrap();
        remove_tree(tree).unwrap();
        assert!(!tree.exists());
        assert!(elsewhere.join("kept").exists());
        remove_tree(tree).unwrap();
    }
}
