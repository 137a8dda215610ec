//! `casebook explain`.

use clap::Args;

use super::output::{Failure, Outcome, result};
use crate::diagnostics::{Code, nearest};

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  casebook explain unknown-field")]
pub struct ExplainArgs {
    /// The finding's code; without one, all codes are listed
    code: Option<String>,
}

/// `casebook explain`.
pub fn run(args: &ExplainArgs) -> Outcome {
    let Some(name) = &args.code else {
        let lines = Code::ALL.iter().map(|code| format!("{:<8} {}\n", code.level().name(), code.name()));
        return result(&lines.collect::<String>());
    };
    match Code::from_name(name) {
        Some(code) => result(code.explanation()),
        None => {
            let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
            let help = near.map_or_else(
                || "`casebook explain` lists all codes".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Failure::new(format!("there is no code `{name}`")).help(help))
        }
    }
}
