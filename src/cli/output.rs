//! What goes where: results and findings to standard output, all that is said beside them to
//! standard error.

use std::io::{IsTerminal, Write};

use super::Exit;

/// Prints a command's result.
pub fn result(text: &str) -> Exit {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => Exit::Fine,
        // Who reads the output has seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Fine,
        Err(_) => Exit::CouldNotRun,
    }
}

/// Says something beside the result.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Says why a command could not be carried out, and what to do.
pub fn failure(what: &str, help: Option<&str>) -> Exit {
    note(&format!("error: {what}"));
    if let Some(help) = help {
        note(&format!("help: {help}"));
    }
    Exit::CouldNotRun
}

/// Whether findings are printed in colour.
pub fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::io::stdout().is_terminal()
}

/// "1 page", "2 pages".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
