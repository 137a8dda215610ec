//! `casebook schema`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};

use super::output::{Failure, Outcome, result};
use crate::config::{self, Settings};
use crate::diagnostics::nearest;
use crate::disk::Disk;
use crate::model::components::COMPONENTS;
use crate::model::vocabulary::Vocabularies;
use crate::model::{Kind, reference, schema};
use crate::render::view;
use crate::source::{Files, Source};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  casebook schema case-study > case-study.schema.json
  casebook schema annual-report --form reference
  casebook schema statistic-block
  casebook schema site
  casebook schema theme > theme.md")]
pub struct SchemaArgs {
    /// A kind of document, a component (its name and -block), site for site.toml, or theme for what
    /// templates receive
    what: String,
    /// What to print
    #[arg(long, value_enum, default_value_t)]
    form: Form,
    /// The site's folder; its vocabularies become the allowed values
    #[arg(long, default_value = ".")]
    root: Utf8PathBuf,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// JSON Schema, for editors and scripts
    #[default]
    Json,
    /// What to write in each field, as markdown, for contributors
    Reference,
}

/// `casebook schema`.
pub fn run(args: &SchemaArgs) -> Outcome {
    let settings = settings(&args.root);
    let none = Vocabularies::default();
    let vocabularies = settings.as_ref().map_or(&none, |settings| &settings.vocabularies);
    let kind = Kind::from_name(&args.what);
    let component =
        args.what.strip_suffix("-block").and_then(|name| COMPONENTS.iter().find(|(n, _)| *n == name));
    let extra = |kind| settings.iter().flat_map(|s| s.extra_fields(kind)).cloned().collect::<Vec<_>>();
    let text = match (args.form, kind, component) {
        (Form::Json, Some(kind), _) => json(&schema::document(kind, vocabularies, &extra(kind))),
        (Form::Reference, Some(kind), _) => reference::document(kind, vocabularies, &extra(kind)),
        (Form::Json, None, Some((name, _))) => {
            schema::component(name, vocabularies).map_or_else(String::new, |s| json(&s))
        }
        (Form::Reference, None, Some((name, spec))) => reference::component(name, spec, vocabularies),
        (Form::Json, None, None) if args.what == "site" => {
            json(&schema::settings(config::raw::SiteToml::SPEC, vocabularies))
        }
        (Form::Reference, None, None) if args.what == "site" => {
            reference::settings(config::raw::SiteToml::SPEC, vocabularies)
        }
        (_, None, None) if args.what == "theme" => view::reference(),
        _ => {
            let kinds = Kind::ALL.iter().map(|kind| kind.name().to_owned());
            let blocks = COMPONENTS.iter().map(|(name, _)| format!("{name}-block"));
            let all: Vec<String> = kinds.chain(blocks).chain(["site", "theme"].map(str::to_owned)).collect();
            let near = nearest(&args.what, all.iter().map(String::as_str));
            let help = near.map_or_else(
                || format!("there are: {}", all.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Failure::new(format!("there is no schema `{}`", args.what)).help(help));
        }
    };
    result(&text)
}

fn json(schema: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

/// The settings of the site in `root`, where there is one.
pub(super) fn settings(root: &Utf8Path) -> Option<Settings> {
    let text = Disk::new(root).read(Utf8Path::new(config::FILE)).ok()?;
    let source = Source::new(config::FILE, String::from_utf8_lossy(&text).into_owned());
    Some(config::load(&source).0)
}
