//! The command line: arguments in, exit code out.

mod build;
mod choices;
mod explain;
mod new;
mod output;
mod schema;
mod search;
mod serve;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil;

use output::{Failure, Outcome};

use crate::diagnostics::mask_argument;
use crate::{config, pipeline};

/// Exit codes that scripts can trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// There are findings that have to be mended.
    Findings = 1,
    /// The command could not be carried out.
    CouldNotRun = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Compiles councils' case studies and annual reports into a fast, accessible static site.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  casebook new site my-library           start a library
  casebook new case-study car-washes     start a case study
  casebook check                         find every mistake
  casebook serve --open                  see it in the browser, and every change
  casebook build --output public         build the site

Exit codes: 0 fine, 1 findings, 2 could not run.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site: the output folder is replaced as a whole, or not at all
    Build(BuildArgs),
    /// Find every mistake in the library and its theme, and write nothing
    Check(CheckArgs),
    /// Show the library in a browser, and follow every change
    Serve(serve::ServeArgs),
    /// Search the library as the site's search page does
    Search(search::SearchArgs),
    /// Start a site or a document
    New(new::NewArgs),
    /// Print the JSON Schema or the reference of a kind of document
    Schema(schema::SchemaArgs),
    /// Explain a finding
    Explain(explain::ExplainArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  casebook completions bash > /etc/bash_completion.d/casebook")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Where findings go, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// For scripts: one JSON document on standard output, whatever happens
    Json,
}

#[derive(Debug, Args)]
struct SiteArgs {
    /// The site's folder, with site.toml in it
    #[arg(long, default_value = ".")]
    root: Utf8PathBuf,
    /// Include documents that are drafts
    #[arg(long)]
    drafts: bool,
    /// Let warnings fail
    #[arg(long)]
    strict: bool,
    /// How many threads to use [default: one for each core]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256), value_name = "N")]
    jobs: Option<u16>,
    /// The day of the build, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    today: Option<civil::Date>,
    /// How to print findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print how long each stage took, and the most memory that was used
    #[arg(long)]
    timings: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook build
  casebook build --output public --base-url https://library.example.org/
  casebook build --strict --today 2026-11-21 --jobs 2")]
struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Where to publish: a folder that casebook replaces as a whole [default: ROOT/public]
    #[arg(long, short)]
    output: Option<Utf8PathBuf>,
    /// The site's address, where it is not that of site.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook check
  casebook check --strict --format json")]
struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
}

fn base_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
    // It is written into pages and into the patterns of header files.
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || ":/.-_~%".contains(c));
    if host.is_empty() || !is_plain || text.split('/').any(|part| part == "..") {
        return Err("write a whole address, such as https://library.example.org/".to_owned());
    }
    Ok(text.to_owned())
}

/// Carries out the command line.
#[must_use]
pub fn run() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => {
            let format = cli.command.format();
            cli.command.run().unwrap_or_else(|failure| failure.say(format)).into()
        }
        Err(error) => misread(&error),
    }
}

/// Says what is wrong with the command line, or prints the help that was asked for.
fn misread(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::Fine.into();
    }
    let text = error.to_string();
    let masked = mask_argument(&text);
    if masked == text {
        let _ = error.print();
    } else {
        output::note(masked.trim_end());
    }
    // clap's own code for a command line that it cannot read is 2, as ours is.
    let text = text.trim().trim_start_matches("error: ");
    let (what, help) = text.split_once("\n\n").unwrap_or((text, "try `casebook --help`"));
    Failure::new(what).help(help).print(asked());
    Exit::CouldNotRun.into()
}

/// The format that a command line asks for, whatever else is wrong with it.
fn asked() -> Format {
    let words: Vec<_> = std::env::args_os().collect();
    let in_two = words.windows(2).any(|pair| matches!(pair, [a, b] if a == "--format" && b == "json"));
    if in_two || words.iter().any(|word| word == "--format=json") { Format::Json } else { Format::Human }
}

impl Command {
    fn run(self) -> Outcome {
        match self {
            Self::Build(args) => build::build(&args),
            Self::Check(args) => build::check(&args),
            Self::Serve(args) => serve::run(&args),
            Self::Search(args) => search::run(&args),
            Self::New(args) => new::run(&args),
            Self::Schema(args) => schema::run(&args),
            Self::Explain(args) => explain::run(&args),
            Self::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut Cli::command(), "casebook", &mut script);
                output::result(&String::from_utf8_lossy(&script))
            }
        }
    }

    /// How results, findings and failures are printed.
    fn format(&self) -> Format {
        match self {
            Self::Build(args) => args.site.format,
            Self::Check(args) => args.site.format,
            Self::Search(args) => args.format(),
            _ => Format::Human,
        }
    }
}

/// Why the site in `root` could not be built.
fn not_built(root: &Utf8Path, error: &pipeline::Error) -> Failure {
    match error {
        pipeline::Error::NoSettings => no_site(root),
        pipeline::Error::Settings(error) => {
            Failure::new(format!("{} cannot be read: {error}", root.join(config::FILE)))
        }
        pipeline::Error::Index(_) => {
            Failure::new(error.to_string()).help("this is a mistake of casebook's own: please report it")
        }
        pipeline::Error::Ended => Failure::new(error.to_string()),
    }
}

/// Says that `root` is not the folder of a site.
fn no_site(root: &Utf8Path) -> Failure {
    Failure::new(format!("there is no {}", root.join(config::FILE)))
        .help("name the site's folder with --root, or start a site with `casebook new site DIR`")
}

/// That `root` is the folder of a site.
fn is_site(root: &Utf8Path) -> Result<(), Failure> {
    if root.join(config::FILE).exists() { Ok(()) } else { Err(no_site(root)) }
}
