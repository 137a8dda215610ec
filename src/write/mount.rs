//! Folders that are mount points: what is in them is not on the output's disk, must not be removed
//! with the old site, and cannot move with the new one.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Whether the folder at `path` is a mount point, or on another disk than the folder that holds it.
pub(super) fn is_mount_point(path: &Path, folder: &Metadata, parent: &Metadata) -> bool {
    folder.dev() != parent.dev() || is_mount_root(path)
}

/// Linux also mounts folders of the same disk.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mount_root(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

    // A system that cannot say is trusted: linking the files in there fails, and so refuses the build.
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Elsewhere the device tells all.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_mount_root(_: &Path) -> bool {
    false
}
