//! What goes where: results and findings to standard output, all that is said beside them to
//! standard error.

use std::io::{IsTerminal, Write};

use serde_json::json;

use super::{Exit, Format};
use crate::diagnostics::mask_argument;

/// What came of a command.
pub type Outcome = Result<Exit, Failure>;

/// Why a command could not be carried out, and what to do.
#[derive(Debug)]
pub struct Failure {
    what: String,
    help: Option<String>,
}

impl Failure {
    /// Says what failed, in a sentence without a full stop. Arguments that look personal are hidden in it.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: mask_argument(&what.into()), help: None }
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(mask_argument(&help.into()));
        self
    }

    /// Says it: beside the result, and for scripts as the result.
    pub fn say(&self, format: Format) -> Exit {
        note(&format!("error: {}", self.what));
        if let Some(help) = &self.help {
            note(&format!("help: {help}"));
        }
        self.print(format);
        Exit::CouldNotRun
    }

    /// Prints it for scripts, where they asked for that: they would read nothing otherwise.
    pub fn print(&self, format: Format) {
        if format == Format::Json {
            let mut error = json!({"message": self.what});
            if let (Some(help), Some(fields)) = (&self.help, error.as_object_mut()) {
                fields.insert("help".to_owned(), json!(help));
            }
            // What cannot be printed cannot be said here, either.
            let _ = result(&format!("{:#}\n", json!({"version": 1, "error": error})));
        }
    }
}

/// Prints a command's result.
pub fn result(text: &str) -> Outcome {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => Ok(Exit::Fine),
        // Who reads the output has seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Exit::Fine),
        Err(error) => Err(Failure::new(format!("the result cannot be printed: {error}"))),
    }
}

/// Says something beside the result.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Whether findings are printed in colour.
pub fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::io::stdout().is_terminal()
}

/// "1 page", "2 pages".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
