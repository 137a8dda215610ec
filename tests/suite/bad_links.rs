//! Links of the file system that lead out of the site: nothing outside is read or published.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use casebook::disk::Disk;
use casebook::pipeline::{self, Built};

use crate::support::{Site, line, options};

const SECRET: &str = "Nobody is to read this.";

/// A site on disk, with a folder beside it that it has no business with.
struct OnDisk {
    folder: tempfile::TempDir,
}

impl OnDisk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let disk = Self { folder };
        for path in Site::new().paths() {
            let to = disk.root().join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, Site::new().text(path).unwrap()).unwrap();
        }
        fs::create_dir_all(disk.outside().join("deep/deeper")).unwrap();
        for file in ["secret.md", "deep/secret.md", "deep/deeper/secret.pdf"] {
            let text = format!("---\ntitle: Secret\nsummary: x\nupdated: 2026-11-01\n---\n\n{SECRET}\n");
            fs::write(disk.outside().join(file), text).unwrap();
        }
        disk
    }

    fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).unwrap()
    }

    fn root(&self) -> Utf8PathBuf {
        self.path().join("site")
    }

    fn outside(&self) -> Utf8PathBuf {
        self.path().join("outside")
    }

    fn link(&self, to: impl AsRef<Utf8Path>, at: &str) {
        let at = self.root().join(at);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink(to.as_ref(), at).unwrap();
    }

    /// Asserts that the site has exactly these findings, and nothing of what is outside.
    #[track_caller]
    fn finds(&self, expected: &[&str]) {
        let Built { artifacts, diagnostics, .. } =
            pipeline::build(&Disk::new(self.root()), &options(), &|_| {}).unwrap();
        let found: Vec<String> = diagnostics.iter().map(line).collect();
        assert_eq!(found, expected);
        let leaks = artifacts.iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains(SECRET));
        assert!(leaks.is_none(), "{:?}", leaks.map(|(path, _)| path));
    }
}

#[test]
fn a_site_on_disk_without_links() {
    OnDisk::new().finds(&[]);
}

#[test]
fn a_link_to_a_file_outside() {
    let disk = OnDisk::new();
    disk.link(disk.outside().join("secret.md"), "content/topics/secret.md");
    disk.finds(&[
        "content/topics/secret.md:1:1 outside-content this link leads out of the content folder, or nowhere",
    ]);
}

#[test]
fn a_link_to_a_file_of_the_site_beside_the_content() {
    let disk = OnDisk::new();
    disk.link("../../site.toml", "content/topics/settings.md");
    disk.finds(&[
        "content/topics/settings.md:1:1 outside-content this link leads out of the content folder, or nowhere",
    ]);
}

#[test]
fn a_link_to_a_folder_outside_is_one_finding() {
    let disk = OnDisk::new();
    disk.link(disk.outside(), "content/topics/all");
    disk.finds(&[
        "content/topics/all:1:1 outside-content this link leads out of the content folder, or nowhere",
    ]);
}

#[test]
fn links_that_lead_nowhere_or_round_in_a_circle() {
    let disk = OnDisk::new();
    disk.link("none.md", "content/topics/broken.md");
    disk.link("../topics", "content/topics/again");
    disk.finds(&[
        "content/topics/again:1:1 outside-content this link leads out of the content folder, or nowhere",
        "content/topics/broken.md:1:1 outside-content this link leads out of the content folder, or nowhere",
    ]);
}

#[test]
fn a_link_inside_the_content_is_followed() {
    let disk = OnDisk::new();
    disk.link("county-lines.md", "content/topics/dealing.md");
    disk.finds(&[]);
}

#[test]
fn a_link_out_of_a_theme() {
    let disk = OnDisk::new();
    disk.link(disk.outside().join("secret.md"), "themes/default/assets/secret.txt");
    disk.link(disk.outside().join("deep"), "themes/default/assets/deep");
    disk.finds(&[
        "themes/default/assets/deep:1:1 outside-content this link leads out of the folder of the theme, or nowhere",
        "themes/default/assets/secret.txt:1:1 outside-content this link leads out of the folder of the theme, or nowhere",
    ]);
}

#[test]
fn a_folder_of_the_site_that_is_itself_a_link() {
    let disk = OnDisk::new();
    disk.link(disk.outside().join("deep"), "themes/default");
    disk.finds(&[
        "themes/default:1:1 outside-content this link leads out of the folder of the theme, or nowhere",
    ]);
}

#[test]
fn settings_from_outside_the_site_are_not_read() {
    let disk = OnDisk::new();
    fs::remove_file(disk.root().join("site.toml")).unwrap();
    disk.link(disk.outside().join("secret.md"), "site.toml");
    let refused = pipeline::build(&Disk::new(disk.root()), &options(), &|_| {}).unwrap_err();
    assert!(refused.to_string().contains("link out of the site's folder"), "{refused}");
}
