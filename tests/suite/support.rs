//! A small site to copy and change, in memory or on disk.

use std::sync::LazyLock;

use casebook::diagnostics::Diagnostic;
use casebook::disk::Disk;
use casebook::pipeline::{self, Built, Cache, Options, Prepared};
use casebook::source::{Files, Memory};

/// A picture of one pixel.
pub const PICTURE: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82";

/// The day on which every test takes place.
pub const TODAY: &str = "2026-11-21";

/// A site in memory, right as it is: two councils, a topic, a commitment, a case study, a report.
#[derive(Clone)]
pub struct Site {
    files: Memory,
    paths: Vec<String>,
}

const FILES: &[(&str, &str)] = &[
    ("site.toml", include_str!("../sites/base/site.toml")),
    ("content/councils/islington.md", include_str!("../sites/base/content/councils/islington.md")),
    ("content/councils/southwark.md", include_str!("../sites/base/content/councils/southwark.md")),
    ("content/topics/county-lines.md", include_str!("../sites/base/content/topics/county-lines.md")),
    ("content/commitments/one.md", include_str!("../sites/base/content/commitments/one.md")),
    ("content/case-studies/flag.md", include_str!("../sites/base/content/case-studies/flag.md")),
    ("content/reports/islington-2019.md", include_str!("../sites/base/content/reports/islington-2019.md")),
];

impl Site {
    /// The site as it is.
    pub fn new() -> Self {
        let mut site = Self { files: Memory::new(), paths: Vec::new() };
        for (path, text) in FILES {
            site = site.with(path, *text);
        }
        site
    }

    /// A site of settings alone.
    pub fn empty() -> Self {
        let site = Self { files: Memory::new(), paths: Vec::new() };
        site.with(FILES[0].0, FILES[0].1)
    }

    /// With a file, added or replaced.
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path, bytes);
        self.paths.push(path.to_owned());
        self
    }

    /// Without a file.
    #[allow(dead_code)]
    pub fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    /// The paths of its files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// Its files.
    pub fn files(&self) -> &Memory {
        &self.files
    }

    /// The text of a file, where it is there.
    pub fn text(&self, path: &str) -> Option<String> {
        Files::read(&self.files, path.into()).ok().and_then(|bytes| String::from_utf8(bytes).ok())
    }

    /// With `from` replaced by `to` in a file of the site, where it stands exactly once.
    pub fn edited(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {path}");
        self.with(path, text.replace(from, to))
    }

    /// Writes the site's files into `folder`.
    pub fn write(&self, folder: &camino::Utf8Path) {
        for entry in Files::list(&self.files, "".into()).unwrap() {
            let path = folder.join(&entry.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, Files::read(&self.files, &entry.path).unwrap()).unwrap();
        }
    }

    /// Builds the site on the day of the tests.
    pub fn build(&self) -> Built {
        self.build_with(&options())
    }

    /// Builds the site.
    pub fn build_with(&self, options: &Options) -> Built {
        pipeline::build(&self.files, options, &|_| {}).unwrap()
    }

    /// Builds the site on the day of the tests, with what earlier builds left in `cache`.
    pub fn rebuild(&self, cache: &Cache) -> Built {
        self.prepare(cache).whole(cache, &|_| {}).unwrap()
    }

    /// Does all that comes before pages are made.
    #[allow(dead_code)]
    pub fn prepare(&self, cache: &Cache) -> Prepared {
        pipeline::prepare(&self.files, &options(), cache, &|_| {}).unwrap()
    }

    /// The findings, one a line: `path:line:column code message`.
    pub fn findings(&self) -> Vec<String> {
        self.build().diagnostics.iter().map(line).collect()
    }

    /// The text of a file of the site as built.
    #[allow(dead_code)]
    pub fn page(&self, path: &str) -> String {
        let built = self.build();
        let bytes = built.artifacts.get(path.into()).unwrap_or_else(|| {
            let lines: Vec<_> = built.diagnostics.iter().map(line).collect();
            panic!("{path} is not among the files; findings: {lines:#?}")
        });
        String::from_utf8(bytes.to_vec()).unwrap()
    }
}

/// Asserts that a site has exactly these findings, each as `path:line:column code message`.
#[track_caller]
pub fn finds(site: &Site, expected: &[&str]) {
    assert_eq!(site.findings(), expected);
}

/// Asserts that a site has exactly these findings, each as `path:line:column code`.
#[track_caller]
pub fn finds_at(site: &Site, expected: &[&str]) {
    let found: Vec<String> = site.build().diagnostics.iter().map(place).collect();
    assert_eq!(found, expected, "{:#?}", site.findings());
}

/// A topic that is right, to put mistakes into.
pub fn topic(body: &str) -> String {
    format!("---\ntitle: New\nsummary: A new topic.\nupdated: 2026-11-01\n---\n\n{body}\n")
}

/// On the day of the tests, without drafts.
pub fn options() -> Options {
    Options { today: TODAY.parse().unwrap(), drafts: false, base_url: None }
}

/// The repository's own library, built once, on the day of its newest change: documents are not
/// to be from the future.
pub fn shipped() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| {
        let disk = Disk::new(env!("CARGO_MANIFEST_DIR"));
        let options = Options { today: shipped_day().parse().unwrap(), ..options() };
        pipeline::build(&disk, &options, &|_| {}).unwrap()
    });
    &BUILT
}

/// The day of the newest change to the repository's own library.
pub fn shipped_day() -> String {
    let disk = Disk::new(env!("CARGO_MANIFEST_DIR"));
    let entries = Files::list(&disk, "content".into()).unwrap();
    let documents = entries.iter().filter(|entry| entry.path.extension() == Some("md"));
    let texts = documents.map(|entry| String::from_utf8(disk.read(&entry.path).unwrap()).unwrap());
    let day = |text: String| text.lines().find_map(|line| line.strip_prefix("updated: ").map(str::to_owned));
    texts.filter_map(day).max().unwrap()
}

/// A finding as `path:line:column code message`.
pub fn line(finding: &Diagnostic) -> String {
    format!("{} {}", place(finding), finding.message)
}

/// A finding as `path:line:column code`.
pub fn place(finding: &Diagnostic) -> String {
    let place = &finding.primary.location;
    let position = place.position();
    format!("{}:{}:{} {}", place.source.path(), position.line, position.column, finding.code)
}

#[test]
fn the_site_of_the_tests_has_no_findings() {
    assert_eq!(Site::new().findings(), Vec::<String>::new());
}
