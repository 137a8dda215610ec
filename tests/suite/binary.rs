//! Runs the program itself, in folders of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::library::{File, library};
use crate::support::TODAY;

/// The folder of the package, with the library that the repository ships.
pub const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Findings and results.
    pub out: String,
    /// What is said beside them.
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the program ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program, in an environment that does not depend on who runs the tests.
pub fn casebook<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(args).env_remove("NO_COLOR").env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
    command
}

/// Runs the program.
pub fn run(args: &[&str]) -> Ran {
    casebook(args).output().unwrap().into()
}

/// A site in a folder that goes when this does.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// With `files`, written in the order given.
    pub fn with<P: AsRef<str>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let made = Self { folder: TempDir::new().unwrap() };
        for (path, bytes) in files {
            made.write(path.as_ref(), bytes);
        }
        made
    }

    /// The site of the tests.
    pub fn base() -> Self {
        let mut files =
            vec![("site.toml".to_owned(), fs::read(Path::new(PACKAGE).join("site.toml")).unwrap())];
        files.extend(tree(&Path::new(PACKAGE).join("tests/sites/base")));
        Self::with(files)
    }

    /// A generated library.
    pub fn generated(documents: usize, edition: u64) -> Self {
        Self::with(library(documents, edition))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in it.
    pub fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Writes a file.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Replaces `from`, which stands once, in a file.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {path}");
        self.write(path, text.replace(from, to));
    }

    /// `casebook COMMAND --root HERE`, on the day of the tests, with `more` arguments.
    pub fn command(&self, command: &str, more: &[&str]) -> Command {
        let mut program = casebook(&[command, "--root"]);
        program.arg(self.path());
        if !more.contains(&"--today") {
            program.args(["--today", TODAY]);
        }
        program.args(more);
        program
    }

    /// Runs [`Folder::command`].
    pub fn run(&self, command: &str, more: &[&str]) -> Ran {
        self.command(command, more).output().unwrap().into()
    }

    /// Builds, which has to succeed, and gives the files of the site.
    pub fn build(&self, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let ran = self.run("build", more);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        self.output()
    }

    /// The files that were published.
    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.at("public"))
    }
}

/// Every file under `folder`, by its path from there, with its bytes; none where it is not there.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    if !folder.exists() {
        return files;
    }
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// Asserts that two sites are the same, and names the first files in which they are not.
pub fn assert_same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>, what: &str) {
    let differing = differing(left, right);
    assert!(
        differing.is_empty(),
        "{what}: {} files differ, such as {:?}",
        differing.len(),
        differing.first()
    );
}

/// The paths that only one has, or that have other bytes.
pub fn differing(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths = left.keys().chain(right.keys().filter(|path| !left.contains_key(*path)));
    paths.filter(|path| left.get(*path) != right.get(*path)).cloned().collect()
}

/// A day that is later than any in the library that the repository ships, now and for long.
pub const LATER: &str = "2100-01-20";

/// The documents and settings that the repository ships.
pub fn shipped() -> Vec<File> {
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    let mut files = vec![("site.toml".to_owned(), text(&Path::new(PACKAGE).join("site.toml")))];
    let content = Path::new(PACKAGE).join("content");
    for path in tree(&content).into_keys() {
        files.push((format!("content/{path}"), text(&content.join(&path))));
    }
    files
}
