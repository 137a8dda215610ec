//! A build that is killed leaves the old site or the new one, whole.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::binary::{Folder, assert_same, tree};

const KILLS: usize = 50;

type Site = BTreeMap<String, Vec<u8>>;

/// The site of the tests with many files beside a document, so that publishing is as long as
/// making it. The two editions have files of the same names, and some of their own.
fn folder(edition: usize) -> Folder {
    let site = Folder::base();
    let page = "---\ntitle: Files\nsummary: Files of the tests.\nupdated: 2026-11-01\n---\n\n";
    site.write("content/pages/files/index.md", format!("{page}Edition {edition}.\n"));
    for number in edition * 10..edition * 10 + 15 {
        let same_in_both = number % 3 == 0;
        let text =
            if same_in_both { "value\n1\n".repeat(200) } else { format!("edition\n{edition}\n").repeat(200) };
        site.write(&format!("content/pages/files/{number}.csv"), text);
    }
    site
}

/// Random numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A part of the whole, from nothing to all of it.
    fn part(&mut self, whole: Duration) -> Duration {
        whole.mul_f64((self.next() % 10_000) as f64 / 10_000.0)
    }
}

/// Builds `site` into `output`, to the end.
fn build(site: &Folder, output: &str) -> Duration {
    let start = Instant::now();
    let ran = site.run("build", &["--output", output]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    start.elapsed()
}

/// Starts to build `site` into `output`, and kills that after `time`. Whether it was still at work.
fn kill(site: &Folder, output: &str, time: Duration) -> bool {
    let mut command = site.command("build", &["--output", output]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // The moment is what is tried, not an event that is waited for.
    std::thread::sleep(time);
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

#[test]
fn a_rebuild_killed_at_any_moment_leaves_a_whole_site() {
    let sites = [folder(0), folder(1)];
    let clean: Vec<Site> = sites.iter().map(|site| site.build(&[])).collect();
    assert_ne!(clean[0], clean[1]);

    let place = tempfile::TempDir::new().unwrap();
    let path = place.path().join("public");
    let output = path.to_str().unwrap();
    let mut random = Random(0x6b69_6c6c);
    let mut current = 0;
    let mut time = build(&sites[current], output);
    // How often the old site was found after a kill, and how often the new one.
    let (mut killed, mut tries, mut found) = (0, 0, [0, 0]);
    // How often the new site was being made ready beside the old one.
    let mut staging = 0;
    while killed < KILLS || staging == 0 {
        tries += 1;
        assert!(
            tries < KILLS * 5,
            "of {tries} builds {killed} were still at work when killed, {staging} at staging"
        );
        let other = 1 - current;
        if !kill(&sites[other], output, random.part(time)) {
            current = other;
            continue;
        }
        killed += 1;
        staging += usize::from(place.path().join(".public.casebook/staging").exists());
        let standing = tree(&path);
        let whole = clean.iter().position(|site| *site == standing);
        let whole = whole.unwrap_or_else(|| {
            let differ = crate::binary::differing(&clean[current], &standing);
            panic!("kill {killed}: neither site stands; from the old one differ {differ:?}")
        });
        found[usize::from(whole == other)] += 1;
        current = (random.next() % 2) as usize;
        time = build(&sites[current], output);
        assert_same(&clean[current], &tree(&path), "the build after a kill");
        let left: Vec<_> = std::fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["public"], "what the killed build left is gone");
    }
    assert!(found[0] > 0, "some build was killed before it had published: {found:?}");
}
