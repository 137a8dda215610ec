//! casebook's command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    casebook::cli::run()
}
