//! `casebook serve`.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};

use camino::Utf8PathBuf;
use clap::Args;
use jiff::civil;

use super::build::{self, seconds};
use super::output::{Failure, Outcome, colour, counted, note, result};
use super::{Exit, is_site};
use crate::diagnostics::{Level, render_human};
use crate::serve::{self, Error, Options, Report};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook serve --open
  casebook serve --root my-library --port 8000 --drafts")]
pub struct ServeArgs {
    /// The site's folder, with site.toml in it
    #[arg(long, default_value = ".")]
    root: Utf8PathBuf,
    /// The port; 0 for any that is free
    #[arg(long, default_value_t = 4040)]
    port: u16,
    /// Who can reach the site: an address of this computer, 0.0.0.0 for everybody on its networks
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Include documents that are drafts
    #[arg(long)]
    drafts: bool,
    /// The day of the build, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    today: Option<civil::Date>,
}

/// `casebook serve`.
pub fn run(args: &ServeArgs) -> Outcome {
    let today = build::today(args.today)?;
    let given = args.today;
    is_site(&args.root)?;
    let mut last = String::new();
    let options = Options {
        root: args.root.clone(),
        host: args.host,
        port: args.port,
        drafts: args.drafts,
        // A workshop may stay open past midnight.
        today: Box::new(move || build::today(given).unwrap_or(today)),
        report: Box::new(move |report| say(report, &mut last)),
    };
    let server = serve::start(options).map_err(|error| could_not_start(&error))?;
    let url = server.url();
    let ended = server.wait(|| {
        print(&format!("Serving {url} (Ctrl-C ends it)\n"));
        if args.open {
            open(&url);
        }
    });
    ended.map_err(|error| Failure::new(format!("Ctrl-C cannot be waited for: {error}")))?;
    Ok(Exit::Fine)
}

/// Prints what it can: a terminal that is closed ends no workshop.
fn print(text: &str) {
    let _ = result(text);
}

/// Prints the findings of a build, unless they are those of the one before, and what came of it.
fn say(report: &Report<'_>, last: &mut String) {
    let findings = render_human(&report.built.diagnostics, colour());
    if findings != *last {
        print(&findings);
        *last = findings;
    }
    let (errors, warnings) = (report.built.count(Level::Error), report.built.count(Level::Warning));
    let warned =
        if warnings == 0 { String::new() } else { format!(", {}", counted(warnings, "warning", "warnings")) };
    if report.served {
        note(&format!("Built in {}{warned}.", seconds(report.time)));
    } else {
        note(&format!(
            "{}{warned}. The site stays as it was until they are mended.",
            counted(errors, "error", "errors")
        ));
    }
}

fn could_not_start(error: &Error) -> Failure {
    match error {
        Error::Root(error) => Failure::new(format!("the site's folder cannot be read: {error}")),
        Error::Bind(address, error) if error.kind() == ErrorKind::AddrInUse => {
            Failure::new(format!("port {} is taken by another program", address.port())).help(
                "is casebook running in another window? Give another port with --port, or --port 0 for any that is free",
            )
        }
        Error::Bind(address, error) => Failure::new(format!("{address} cannot be used: {error}")).help(
            "--host takes an address of this computer; leave it out to serve to this computer alone",
        ),
        Error::Threads(error) => Failure::new(format!("threads cannot be started: {error}")),
    }
}

/// Opens `url` in the browser; where that fails, the address has been printed.
fn open(url: &str) {
    let program = if std::env::consts::OS == "macos" { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        note("The browser could not be opened; open the address above in it.");
    }
}
