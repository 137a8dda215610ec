//! `casebook new`: a site or a document to start from, made from the registry.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::build::today;
use super::output::{Failure, Outcome, result};
use super::{is_site, schema};
use crate::config;
use crate::diagnostics::nearest;
use crate::discover::{self, CONTENT};
use crate::model::Kind;
use crate::model::common::Common;
use crate::model::practice::CASE_STUDY_HEADINGS;
use crate::model::schema::ExtraField;
use crate::model::shape::{FieldSpec, RecordSpec, Shape};
use crate::personal;

/// The settings that a new site starts from: those of the library that casebook is made for.
const SITE_TOML: &str = include_str!("../../site.toml");

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook new site my-library
  casebook new case-study car-washes --title \"Visits to car washes\"
  casebook new annual-report islington-2025
  casebook new council islington")]
pub struct NewArgs {
    /// site, or a kind of document: case-study, annual-report, council, …
    what: String,
    /// The site's folder, or the document's name: small letters, digits and hyphens
    name: String,
    /// The document's title
    #[arg(long)]
    title: Option<String>,
    /// The site's folder, for a document
    #[arg(long, default_value = ".")]
    root: Utf8PathBuf,
}

/// `casebook new`.
pub fn run(args: &NewArgs) -> Outcome {
    if args.what == "site" {
        return site(Utf8Path::new(&args.name));
    }
    let Some(kind) = Kind::from_name(&args.what) else {
        let kinds = || std::iter::once("site").chain(Kind::ALL.iter().map(|kind| kind.name()));
        let near = nearest(&args.what, kinds());
        let help = near.map_or_else(
            || format!("there are: {}", kinds().collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Failure::new(format!("`{}` is nothing that casebook can start", args.what)).help(help));
    };
    document(kind, args)
}

fn document(kind: Kind, args: &NewArgs) -> Outcome {
    let name = args.name.trim_end_matches(".md");
    if name == "index" || name.ends_with("/index") {
        return Err(
            Failure::new("`index` is the address of the list of all").help("give the document another name")
        );
    }
    if let Some(found) = personal::find_in_name(name).first() {
        let what = format!("this name looks like {}, and names are public", found.kind.name());
        return Err(Failure::new(what).help("name it by what it is about"));
    }
    if !discover::is_name(name) {
        let parts = name.split('/').map(slug::slugify).filter(|part| !part.is_empty());
        let proper = parts.collect::<Vec<_>>().join("/");
        let failure = Failure::new("a name holds small letters, digits and hyphens alone");
        return Err(if proper.is_empty() { failure } else { failure.help(format!("name it {proper}")) });
    }
    is_site(&args.root)?;
    let folder = args.root.join(CONTENT).join(kind.folder());
    let bundle = folder.join(name).join("index.md");
    if bundle.exists() {
        return Err(taken(&bundle));
    }
    let path = folder.join(format!("{name}.md"));
    let settings = schema::settings(&args.root);
    let extra: Vec<&ExtraField> = settings.iter().flat_map(|s| s.extra_fields(kind)).collect();
    create(&path, &text(kind, args.title.as_deref(), &today(None)?.to_string(), &extra))?;
    result(&format!("Wrote {path}. Fill it in; `casebook check` says what is still missing.\n"))
}

fn taken(path: &Utf8Path) -> Failure {
    Failure::new(format!("{path} is there already")).help("give it another name")
}

/// The text of a new document: a draft with every field that must be there, and those that may be
/// as comments.
fn text(kind: Kind, title: Option<&str>, today: &str, extra: &[&ExtraField]) -> String {
    let mut text = String::from("---\n");
    for field in Common::SPEC.fields.iter().chain(kind.spec().fields) {
        let value = match field.name {
            "title" => title
                .map(|title| format!("\"{}\"", one_line(title).replace('\\', "\\\\").replace('"', "\\\""))),
            "updated" | "reviewed_on" => Some(today.to_owned()),
            "draft" => Some("true".to_owned()),
            _ => None,
        };
        describe(&mut text, field, value.as_deref());
    }
    for field in extra {
        let _ = writeln!(text, "# {}\n# (a list of values)\n# {}: []", field.doc.trim(), field.name);
    }
    text.push_str("---\n");
    if kind == Kind::CaseStudy {
        for heading in CASE_STUDY_HEADINGS {
            let _ = write!(text, "\n## {heading}\n\n…\n");
        }
    } else {
        text.push_str("\n…\n");
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn describe(text: &mut String, field: &FieldSpec, value: Option<&str>) {
    for line in field.doc.trim().lines() {
        let _ = writeln!(text, "# {}", line.trim());
    }
    let shape = (field.shape)();
    let _ = writeln!(text, "# ({})", shape.describe());
    match value {
        Some(value) => {
            let _ = writeln!(text, "{}: {value}", field.name);
        }
        None if field.required => {
            if let Some(example) = field.example {
                let _ = writeln!(text, "# Such as: {example}");
            }
            required(text, field.name, &shape);
        }
        None => {
            let line = format!("# {}: {}", field.name, field.example.unwrap_or_default());
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
}

/// A field to fill in, with the fields of the group that it holds. What has nothing after its colon
/// is reported as empty, with what to write.
fn required(text: &mut String, name: &str, shape: &Shape) {
    let _ = writeln!(text, "{name}:");
    match shape {
        Shape::Record(spec) => group(text, spec, "  ", "  "),
        Shape::List { of, .. } => {
            if let Shape::Record(spec) = of.as_ref() {
                group(text, spec, "  - ", "    ");
            }
        }
        _ => {}
    }
}

fn group(text: &mut String, spec: &RecordSpec, first: &str, rest: &str) {
    // An id is what other fields point at, so it is wanted though it may be left out.
    let needed = spec.fields.iter().filter(|field| field.required || field.name == "id");
    for (at, field) in needed.enumerate() {
        let _ = writeln!(text, "{}{}:", if at == 0 { first } else { rest }, field.name);
    }
}

fn site(folder: &Utf8Path) -> Outcome {
    if folder.join("site.toml").exists() {
        return Err(Failure::new(format!("there is a site in {folder} already")));
    }
    let today = today(None)?;
    let home = format!(
        "---\ntitle: \"Welcome\"\nsummary: \"What this library holds, and whom it is for.\"\nupdated: {today}\n---\n\n\
         Say here, in a sentence or two, what the library is for.\n\n\
         Start the first document with `casebook new case-study NAME`.\n"
    );
    // The settings come last: they make a folder a site, so that one that could not be written
    // whole can be tried again.
    for (path, text) in [
        ("content/index.md", home),
        (".gitignore", "/public\n/.public.casebook\n".to_owned()),
        (config::FILE, settings()),
    ] {
        let path = folder.join(path);
        // What is there is its owner's, or whole from the last try.
        if !path.exists() {
            create(&path, &text)?;
        }
    }
    result(&format!(
        "Wrote a site in {folder}. Give it a name in {folder}/site.toml, then `casebook build --root {folder}`.\n"
    ))
}

/// The settings of a new site: its own name, and the vocabularies to begin with.
fn settings() -> String {
    let own = [
        ("title = ", "title = \"A library of good practice\""),
        ("description = ", "description = \"What councils do, so that others can copy it.\""),
        ("publisher = ", "publisher = \"Our council\""),
        ("base_url = ", "base_url = \"https://library.example.org/\""),
    ];
    let mut in_site = false;
    let mut text = String::new();
    for line in SITE_TOML.lines() {
        if line.starts_with('[') {
            in_site = line == "[site]";
        }
        // Under which licence its words stand is for its owner to say.
        if in_site && line.starts_with("licence = ") {
            continue;
        }
        let replaced = own.iter().find(|(start, _)| in_site && line.starts_with(start));
        text.push_str(replaced.map_or(line, |(_, line)| line));
        text.push('\n');
    }
    text
}

/// Writes a file that is not there yet: whole, or not at all.
fn create(path: &Utf8Path, text: &str) -> Result<(), Failure> {
    if path.exists() {
        return Err(taken(path));
    }
    let failed = |error: std::io::Error| Failure::new(format!("{path} cannot be written: {error}"));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    // Hidden, so that nothing takes one that was left half written for a document.
    let half = path.with_file_name(format!(".{}.casebook-new", path.file_name().unwrap_or_default()));
    let placed = place(&half, path, text);
    placed.map_err(|error| {
        // Nothing else can be done where even that fails.
        let _ = std::fs::remove_file(&half);
        if error.kind() == std::io::ErrorKind::AlreadyExists { taken(path) } else { failed(error) }
    })
}

/// Writes `half` and renames it to `path`. Of several who do so at once one does, the others wait and
/// find it there.
fn place(half: &Utf8Path, path: &Utf8Path, text: &str) -> std::io::Result<()> {
    let mut file = File::options().create(true).truncate(false).write(true).open(half)?;
    // Where the disk knows no locks, nobody else is likely to be.
    let _ = file.lock();
    if path.exists() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    file.set_len(0)?;
    file.write_all(text.as_bytes())?;
    std::fs::rename(half, path)
}
