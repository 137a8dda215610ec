//! Writes a generated library, to measure with:
//!
//! ```text
//! cargo run --example generate_library -- --documents 1000 DIR
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::indexing_slicing)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod library;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs, io};

const USAGE: &str = "usage: generate_library [--documents N] [--edition N] DIR";

fn main() -> ExitCode {
    let Some((documents, edition, folder)) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match write(documents, edition, &folder) {
        Ok(count) => {
            println!("Wrote {count} documents in {}.", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {}: {error}", folder.display());
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Option<(usize, u64, PathBuf)> {
    let (mut documents, mut edition, mut folder) = (1000, 1, None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--documents" => documents = arguments.next()?.parse().ok()?,
            "--edition" => edition = arguments.next()?.parse().ok()?,
            name if name.starts_with('-') || folder.is_some() => return None,
            name => folder = Some(PathBuf::from(name)),
        }
    }
    Some((documents, edition, folder?))
}

fn write(documents: usize, edition: u64, folder: &std::path::Path) -> io::Result<usize> {
    let files = library::library(documents, edition);
    for (path, text) in &files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(files.len() - 1)
}
