//! `casebook build` and `casebook check`.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil;
use jiff::tz::TimeZone;

use super::output::{Failure, Outcome, colour, counted, note};
use super::{BuildArgs, CheckArgs, Exit, Format, SiteArgs, not_built, output};
use crate::diagnostics::{Level, mask_path, render_human, render_report};
use crate::discover::SEARCHES;
use crate::disk::Disk;
use crate::index::expectations::Asked;
use crate::pipeline::{self, Built, Options, Stage};
use crate::write::{self, Exchange};

/// `casebook build`.
pub fn build(args: &BuildArgs) -> Outcome {
    let root = &args.site.root;
    let output = args.output.clone().unwrap_or_else(|| root.join("public"));
    let protected: Vec<Utf8PathBuf> = ["content", "themes"].iter().map(|folder| root.join(folder)).collect();
    let protected: Vec<&Utf8Path> = protected.iter().map(Utf8PathBuf::as_path).collect();
    write::check_output(root, &output, &protected)
        .map_err(|refused| Failure::new(refused.to_string()).help("give another folder with --output"))?;
    // A build that was killed while it published is finished first, so that a failing one leaves a
    // whole site behind.
    write::recover(&output).map_err(|error| not_published(&error))?;
    let start = Instant::now();
    let mut built = run(&args.site, args.base_url.clone())?;
    if exit(&built, &args.site) != Exit::Fine {
        let exit = report(&built, &args.site)?;
        note(&format!("Nothing was published; {output} is as it was."));
        return Ok(exit);
    }
    let progress = Progress::new();
    progress.show("publish");
    let publishing = Instant::now();
    let artifacts = std::mem::take(&mut built.artifacts);
    let files = artifacts.len();
    let published = write::publish(&output, &artifacts, Exchange::Auto);
    progress.done();
    let outcome = published.map_err(|error| not_published(&error))?;
    // Not before it is known that all went well: there is one JSON document in any case.
    report(&built, &args.site)?;
    if args.site.timings {
        timings(&built, Some(publishing.elapsed()));
    }
    note(&format!(
        "Published {} in {output}: {} ({} written, {} unchanged, {} removed) in {}.",
        counted(built.counts.iter().map(|(_, count)| count).sum(), "document", "documents"),
        counted(files, "file", "files"),
        outcome.written,
        outcome.unchanged,
        outcome.removed,
        seconds(start.elapsed()),
    ));
    Ok(Exit::Fine)
}

fn not_published(error: &write::PublishError) -> Failure {
    Failure::new(error.to_string()).help(error.help())
}

/// `casebook check`.
pub fn check(args: &CheckArgs) -> Outcome {
    let built = run(&args.site, None)?;
    let exit = report(&built, &args.site)?;
    if args.site.timings {
        timings(&built, None);
    }
    Ok(exit)
}

fn run(args: &SiteArgs, base_url: Option<String>) -> Result<Built, Failure> {
    let today = today(args.today)?;
    let options = Options { today, drafts: args.drafts, base_url };
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(jobs) = args.jobs {
        pool = pool.num_threads(usize::from(jobs));
    }
    let pool = pool.build().map_err(|error| Failure::new(format!("threads cannot be started: {error}")))?;
    let files = Disk::new(&args.root);
    let progress = Progress::new();
    let watch = |stage: Stage| progress.show(stage.name());
    let built = pool.install(|| pipeline::build(&files, &options, &watch));
    progress.done();
    built.map_err(|error| not_built(&args.root, &error))
}

/// The day of the build: an argument, else what reproducible builds set, else today.
pub fn today(argument: Option<civil::Date>) -> Result<civil::Date, Failure> {
    if let Some(today) = argument {
        return Ok(today);
    }
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(jiff::Timestamp::now().to_zoned(TimeZone::UTC).date());
    };
    let seconds = epoch.to_str().and_then(|text| text.parse::<i64>().ok());
    seconds
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok())
        .map(|timestamp| timestamp.to_zoned(TimeZone::UTC).date())
        .ok_or_else(|| Failure::new("SOURCE_DATE_EPOCH is not a number of seconds since 1970"))
}

/// Prints the findings and says whether they stop the build.
fn report(built: &Built, args: &SiteArgs) -> Outcome {
    match args.format {
        Format::Json => {
            output::result(&render_report(&built.diagnostics, &built.overrides))?;
        }
        Format::Human => {
            output::result(&render_human(&built.diagnostics, colour()))?;
            overrides(built);
            searches(built);
            summary(built);
        }
    }
    Ok(exit(built, args))
}

/// Whether the findings stop the build.
fn exit(built: &Built, args: &SiteArgs) -> Exit {
    let fails = |level| built.count(level) > 0;
    if fails(Level::Error) || (args.strict && fails(Level::Warning)) { Exit::Findings } else { Exit::Fine }
}

fn summary(built: &Built) {
    let (errors, warnings) = (built.count(Level::Error), built.count(Level::Warning));
    if errors + warnings == 0 {
        let documents: usize = built.counts.iter().map(|(_, count)| count).sum();
        note(&format!("No findings in {}.", counted(documents, "document", "documents")));
        return;
    }
    let mut files: Vec<&str> =
        built.diagnostics.iter().map(|finding| finding.primary.location.source.path().as_str()).collect();
    files.dedup();
    // The first of the gravest.
    let first = built.diagnostics.iter().min_by_key(|finding| finding.level);
    let first = first.map_or("", |finding| finding.code.name());
    note(&format!(
        "{} and {} in {}. `casebook explain {first}` tells more.",
        counted(errors, "error", "errors"),
        counted(warnings, "warning", "warnings"),
        counted(files.len(), "file", "files"),
    ));
}

/// What came of the searches that have to find something.
fn searches(built: &Built) {
    let Some(Asked { all, met }) = built.asked.filter(|asked| asked.all > 0) else { return };
    let searches = counted(all, "search", "searches");
    note(&match met {
        None => format!("{searches} of {SEARCHES} not asked: first mend the other errors."),
        Some(met) if met == all && all > 1 => {
            format!("{searches} of {SEARCHES}: all find what they have to.")
        }
        Some(1) => format!("{searches} of {SEARCHES}: 1 finds what it has to."),
        Some(met) => format!("{searches} of {SEARCHES}: {met} find what they have to."),
    });
}

fn overrides(built: &Built) {
    for answered in &built.overrides {
        let place = &answered.location;
        note(&format!(
            "override: {} at {}:{}: {} ({})",
            answered.code,
            mask_path(place.source.path()),
            place.position().line,
            crate::diagnostics::mask(&answered.reason),
            crate::diagnostics::mask(&answered.reviewer),
        ));
    }
}

fn timings(built: &Built, publish: Option<Duration>) {
    for (stage, time) in &built.timings {
        note(&format!("{:>9} {:>9}", stage.name(), seconds(*time)));
    }
    if let Some(time) = publish {
        note(&format!("{:>9} {:>9}", "publish", seconds(time)));
    }
    if let Some(kib) = peak_memory() {
        note(&format!("{:>9} {:>5} MiB", "memory", kib.div_ceil(1024)));
    }
}

/// The most memory that the process has had, in KiB, where the system says (Linux does).
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// `time` as shown.
pub fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

/// A line that says what is under way: in a terminal, and on long work alone.
struct Progress(ProgressBar);

impl Progress {
    fn new() -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    fn show(&self, stage: &'static str) {
        self.0.set_message(stage);
    }

    fn done(&self) {
        self.0.finish_and_clear();
    }
}
