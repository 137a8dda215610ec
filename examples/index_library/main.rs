//! Indexes a site and writes the files of its index alone, to be measured: `benches/search.sh` does.
//!
//!     cargo run --release --example index_library -- SITE FOLDER

#![allow(clippy::print_stdout)]

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use camino::Utf8Path;
use casebook::disk::Disk;
use casebook::source::{Files, Source};
use casebook::{config, discover, index, link, parse, rules};
use rayon::prelude::*;

/// The most memory that this process has had, in MiB, where the system says so.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(site), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: index_library SITE FOLDER"));
    };
    let files = Disk::new(Utf8Path::new(&site));
    let text = String::from_utf8(files.read(config::FILE.into())?).map_err(io::Error::other)?;
    let (settings, _) = config::load(&Source::new(config::FILE, text));
    let set = discover::discover(&files);
    // Later than any date of the site.
    let today = "2099-12-31".parse().map_err(io::Error::other)?;
    let checked = set
        .documents
        .par_iter()
        .map(|found| Arc::new(rules::check(found, parse::parse(&found.source), &settings, today)))
        .collect();
    let (library, _) =
        link::link(checked, &set.attachments, &settings, link::Options { drafts: false, today });
    let before = peak();
    let start = Instant::now();
    let made = index::files(&library, &settings).map_err(io::Error::other)?;
    let built = start.elapsed();
    let published = index::published(made);
    let compressed = start.elapsed();
    let (count, bytes) = (published.len(), published.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
    for (address, bytes) in published {
        let path: PathBuf = PathBuf::from(&folder).join(address.trim_start_matches('/'));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    println!(
        "{} documents: built in {:.2} s, compressed in {:.2} s, written in {:.2} s; {count} files, {bytes} bytes; \
         at most {:.0} MiB, {before:.0} before",
        library.documents.len(),
        built.as_secs_f64(),
        (compressed - built).as_secs_f64(),
        (start.elapsed() - compressed).as_secs_f64(),
        peak(),
    );
    Ok(())
}
