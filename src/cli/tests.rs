//! The command line against its own help.

#![allow(clippy::unwrap_used, clippy::panic)]

use clap::CommandFactory;

use super::Cli;

#[test]
fn the_command_line_is_well_formed() {
    Cli::command().debug_assert();
}

/// The examples in the help are command lines that casebook understands.
#[test]
fn examples_in_the_help_can_be_run() {
    let mut program = Cli::command();
    let mut helps = vec![program.render_long_help().to_string()];
    let commands = program.get_subcommands_mut().filter(|command| command.get_name() != "help");
    helps.extend(commands.map(|command| command.render_long_help().to_string()));
    let mut examples = 0;
    for help in helps {
        let (_, after) = help.split_once("Example").unwrap_or_else(|| panic!("no example in {help}"));
        for line in after.lines().filter_map(|line| line.strip_prefix("  casebook ")) {
            let line = line.split(['>', '"']).next().unwrap().split("   ").next().unwrap();
            let words = std::iter::once("casebook").chain(line.split_whitespace());
            // An example's title in quotation marks was cut off with them.
            let words: Vec<&str> = words.filter(|word| *word != "--title").collect();
            let known = Cli::command().try_get_matches_from(&words);
            assert!(known.is_ok(), "{words:?}: {}", known.unwrap_err());
            examples += 1;
        }
    }
    assert!(examples >= 12, "{examples} examples were found");
}
