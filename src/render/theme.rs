//! The theme: plain files, built into the binary, each of which a site may replace.
//!
//! A site's `themes/NAME/` overrides the default theme file by file. Its templates can extend the
//! original under `default/`, as in `{% extends "default/base.html" %}`.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use camino::{Utf8Path, Utf8PathBuf};
use regex::Regex;
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::Value as Json;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use super::Artifact;
use super::strings::Strings;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::source::{Files, Source, Span};

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

/// Folders of a theme that hold templates.
const TEMPLATES: &[&str] = &["templates", "components"];

/// The folder of a theme that holds the words of the interface.
const STRINGS: &str = "strings";

/// The folder of a theme that holds files to publish as they are.
const ASSETS: &str = "assets";

/// Templates and assets, ready to use.
pub struct Theme {
    tera: Tera,
    sources: BTreeMap<String, Arc<Source>>,
    assets: BTreeMap<String, Asset>,
    strings: Strings,
}

struct Asset {
    address: String,
    bytes: Vec<u8>,
}

/// What every page receives: the site, and the words of each language. Made once.
pub struct Shared {
    by_lang: BTreeMap<String, Context>,
}

impl Shared {
    /// `site` beside the words of each of `langs`.
    pub fn new<'l>(theme: &Theme, site: &impl Serialize, langs: impl Iterator<Item = &'l str>) -> Self {
        let context = |lang: &str| {
            let mut context = Context::new();
            context.insert("site", site);
            context.insert("t", &theme.strings.of(lang));
            context
        };
        Self { by_lang: langs.map(|lang| (lang.to_owned(), context(lang))).collect() }
    }

    fn context(&self, lang: &str) -> Context {
        self.by_lang.get(lang).or_else(|| self.by_lang.values().next()).cloned().unwrap_or_default()
    }
}

/// A file of a theme.
struct File {
    /// From the theme's folder: `templates/base.html`.
    path: String,
    /// As messages name it.
    shown: String,
    /// Where it comes from: `site/` or `default/`.
    prefix: &'static str,
    bytes: Vec<u8>,
}

impl Theme {
    /// Loads the theme `name`: the files in the site's `themes/NAME`, and the default theme's for
    /// those that it lacks.
    ///
    /// # Errors
    /// Every mistake in it that shows before rendering.
    pub fn load(files: &dyn Files, name: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Vec::new();
        let own = own_files(files, name, &mut findings);
        if own.is_empty() && name != "default" {
            findings.push(Diagnostic::new(
                Code::InvalidTheme,
                &Source::new(format!("themes/{name}"), ""),
                Span::default(),
                format!("there is no theme `{name}`: the folder themes/{name} is not there or empty"),
            ));
        }
        let embedded = embedded_files();
        for file in &own {
            findings.extend(misplaced(file, &embedded));
        }
        let mut theme = Self {
            tera: engine(),
            sources: BTreeMap::new(),
            assets: BTreeMap::new(),
            strings: Strings::default(),
        };
        let mut templates = Vec::new();
        for file in embedded.into_iter().chain(own) {
            let (folder, rest) = file.path.split_once('/').unwrap_or(("", file.path.as_str()));
            if folder == ASSETS {
                theme.assets.insert(rest.to_owned(), asset(rest, file.bytes));
            } else if folder == STRINGS {
                let lang = rest.strip_suffix(".toml").unwrap_or(rest);
                let source = Source::new(file.shown, String::from_utf8_lossy(&file.bytes).into_owned());
                theme.strings.add(lang, &source, file.prefix == "default/", &mut findings);
            } else if TEMPLATES.contains(&folder) {
                match String::from_utf8(file.bytes) {
                    Ok(text) => {
                        let inner = if folder == "components" {
                            format!("components/{rest}")
                        } else {
                            rest.to_owned()
                        };
                        let name = format!("{}{inner}", file.prefix);
                        theme.sources.insert(name.clone(), Source::new(file.shown, text.clone()));
                        templates.push((name, text));
                    }
                    Err(_) => findings.push(Diagnostic::new(
                        Code::NotUtf8,
                        &Source::new(file.shown, ""),
                        Span::default(),
                        "the file is not UTF-8 text",
                    )),
                }
            }
        }
        // One template at a time, since the engine stops at the first mistake.
        for (name, text) in &templates {
            if let Err(error) = engine().add_raw_template(name, text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                findings.extend(theme.findings(&error, name));
            }
        }
        if findings.is_empty()
            && let Err(error) = theme.tera.add_raw_templates(templates)
        {
            findings.extend(theme.findings(&error, ""));
        }
        if findings.is_empty() { Ok(theme) } else { Err(findings) }
    }

    /// Renders the template `name` with `view` and what is the `shared` by every page, in the words
    /// of `lang`.
    ///
    /// # Errors
    /// What the template asks for and is not there.
    pub fn render(
        &self,
        name: &str,
        shared: &Shared,
        lang: &str,
        view: &Json,
    ) -> Result<String, Box<Diagnostic>> {
        let mut context = shared.context(lang);
        context.extend(Context::from_serialize(view).map_err(|error| self.first(&error, name))?);
        self.tera.render(name, &context).map_err(|error| self.first(&error, name))
    }

    /// Renders the component that draws the block `name` of a body, with `arguments`.
    ///
    /// # Errors
    /// What the component asks for and is not there.
    pub fn render_block(&self, name: &str, lang: &str, arguments: &Json) -> Result<String, Box<Diagnostic>> {
        let component = format!("block.{name}");
        let file = format!("components/{name}.html");
        let context = Context::from_serialize(arguments).map_err(|error| self.first(&error, &file))?;
        let mut words = Context::new();
        words.insert("t", &self.strings.of(lang));
        self.tera
            .render_component_with_implicits(&component, &context, &words, None, true)
            .map_err(|error| self.first(&error, &file))
    }

    /// The words of the interface in `lang`.
    #[must_use]
    pub fn strings(&self, lang: &str) -> BTreeMap<&str, &str> {
        self.strings.of(lang)
    }

    /// Addresses of the assets, by their path in the theme. Each holds a hash of the content, so
    /// that hosts may let browsers keep it for ever.
    #[must_use]
    pub fn asset_addresses(&self) -> BTreeMap<&str, &str> {
        self.assets.iter().map(|(path, asset)| (path.as_str(), asset.address.as_str())).collect()
    }

    /// The assets as files of the site.
    pub fn assets(&self) -> impl Iterator<Item = Artifact> {
        self.assets.values().map(|asset| Artifact::new(&asset.address, asset.bytes.clone()))
    }

    fn first(&self, error: &tera::Error, template: &str) -> Box<Diagnostic> {
        let finding = self.findings(error, template).into_iter().next();
        Box::new(
            finding.unwrap_or_else(|| self.finding(Code::TemplateError, template, None, &error.to_string())),
        )
    }

    /// The engine's error as findings, with file and place wherever it gives them.
    fn findings(&self, error: &tera::Error, template: &str) -> Vec<Diagnostic> {
        match error.kind() {
            ErrorKind::SyntaxError(report) => {
                vec![self.finding(
                    Code::TemplateSyntax,
                    report.filename(),
                    Some(report.span().range.clone()),
                    report.message(),
                )]
            }
            ErrorKind::RenderingError(report) => {
                vec![self.finding(
                    Code::TemplateError,
                    report.filename(),
                    Some(report.span().range.clone()),
                    report.message(),
                )]
            }
            ErrorKind::MissingParent { current, parent } => {
                vec![self.finding(
                    Code::TemplateError,
                    current,
                    None,
                    &format!("it extends `{parent}`, which is not there"),
                )]
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                vec![self.finding(Code::TemplateError, tpl, None, "it extends itself, by way of others")]
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                vec![self.finding(Code::TemplateError, tpl, None, "it includes itself, by way of others")]
            }
            ErrorKind::TemplateNotFound(name) => {
                vec![self.finding(
                    Code::TemplateError,
                    template,
                    None,
                    &format!("there is no template `{name}`"),
                )]
            }
            ErrorKind::ComponentNotFound(name) => {
                vec![self.finding(
                    Code::TemplateError,
                    template,
                    None,
                    &format!("there is no component `{name}`"),
                )]
            }
            _ => self.reports(&error.to_string(), template),
        }
    }

    /// What is checked over all templates together arrives as text: a message, then where.
    fn reports(&self, text: &str, template: &str) -> Vec<Diagnostic> {
        static REPORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r"(?m)^error: (?<message>.*)\n\s*--> (?<file>.+):(?<line>\d+):(?<column>\d+)$").ok()
        });
        let reports = REPORT.iter().flat_map(|report| report.captures_iter(text));
        let found: Vec<Diagnostic> = reports
            .map(|report| {
                let part = |name: &str| report.name(name).map_or("", |part| part.as_str());
                let number = |name: &str| part(name).parse::<usize>().unwrap_or(1);
                let at = self
                    .sources
                    .get(part("file"))
                    .map(|source| offset(source, number("line"), number("column")));
                self.finding(Code::TemplateError, part("file"), at.map(|at| at..at + 1), part("message"))
            })
            .collect();
        if found.is_empty() { vec![self.finding(Code::TemplateError, template, None, text)] } else { found }
    }

    fn finding(
        &self,
        code: Code,
        template: &str,
        at: Option<std::ops::Range<usize>>,
        message: &str,
    ) -> Diagnostic {
        let prefixed =
            ["", "site/", "default/"].iter().find_map(|p| self.sources.get(&format!("{p}{template}")));
        let nowhere = || Source::new(format!("themes/{template}"), "");
        let source = prefixed.cloned().unwrap_or_else(nowhere);
        let span = at.map_or_else(Span::default, Span::from);
        let mut message = message.trim().to_owned();
        if let Some(first) = message.get(..1).map(str::to_lowercase)
            && !message.starts_with('`')
        {
            message.replace_range(..1, &first);
        }
        Diagnostic::new(code, &source, span, format!("in the template: {message}"))
    }
}

/// tera's own `safe` lets through what is not there, and a page would have a hole.
struct Safe;

impl tera::Filter<&tera::Value, tera::TeraResult<tera::Value>> for Safe {
    fn call(&self, value: &tera::Value, _: Kwargs, _: &State<'_>) -> tera::TeraResult<tera::Value> {
        match value.as_str() {
            Some(text) => Ok(tera::Value::safe_string(text)),
            None => {
                Err(tera::Error::message("`safe` takes HTML; what stands before it is not there, or is none"))
            }
        }
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn engine() -> Tera {
    let mut tera = Tera::new();
    tera.register_filter("safe", Safe);
    tera.autoescape_on([".html", ".xml", ".atom", ".svg"]);
    tera.register_filter("fill", fill);
    // Fails only once templates have been added.
    let _ = tera.set_fallback_prefixes(["site/", "default/"]);
    tera
}

/// `{{ t.page_of | fill(n=1, of=3) }}` puts values in the place of `{n}` and `{of}`.
fn fill(text: &str, values: Kwargs, _: &State) -> tera::TeraResult<String> {
    let values: BTreeMap<String, Json> = values.deserialize()?;
    Ok(values.iter().fold(text.to_owned(), |text, (name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.replace(&format!("{{{name}}}"), &value)
    }))
}

fn embedded_files() -> Vec<File> {
    let mut paths: Vec<_> = Default::iter().collect();
    paths.sort();
    let file = |path: &str| {
        let bytes = Default::get(path)?.data.into_owned();
        Some(File {
            path: path.to_owned(),
            shown: format!("themes/default/{path}"),
            prefix: "default/",
            bytes,
        })
    };
    paths.iter().filter_map(|path| file(path)).collect()
}

fn own_files(files: &dyn Files, name: &str, findings: &mut Vec<Diagnostic>) -> Vec<File> {
    let folder = Utf8PathBuf::from(format!("themes/{name}"));
    let mut entries = match files.list(&folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("the folder cannot be read: {error}");
            findings.push(Diagnostic::new(
                Code::Unreadable,
                &Source::new(folder, ""),
                Span::default(),
                message,
            ));
            return Vec::new();
        }
    };
    entries.sort();
    let mut own = Vec::new();
    for entry in entries {
        let Ok(path) = entry.path.strip_prefix(&folder) else { continue };
        if path.components().any(|part| part.as_str().starts_with('.')) {
            continue;
        }
        if entry.escapes {
            findings.push(
                Diagnostic::new(
                    Code::OutsideContent,
                    &Source::new(entry.path.clone(), ""),
                    Span::default(),
                    "this link leads out of the folder of the theme, or nowhere",
                )
                .help("put the file itself here"),
            );
            continue;
        }
        match files.read(&entry.path) {
            Ok(bytes) => own.push(File {
                path: path.to_string(),
                shown: entry.path.to_string(),
                prefix: "site/",
                bytes,
            }),
            Err(error) => findings.push(Diagnostic::new(
                Code::Unreadable,
                &Source::new(entry.path.clone(), ""),
                Span::default(),
                format!("the file cannot be read: {error}"),
            )),
        }
    }
    own
}

/// A file in a folder that themes do not have would do nothing, without a word.
fn misplaced(file: &File, embedded: &[File]) -> Option<Diagnostic> {
    let folder = file.path.split('/').next().unwrap_or_default();
    if file.path == "theme.toml" || TEMPLATES.contains(&folder) || [ASSETS, STRINGS].contains(&folder) {
        return None;
    }
    let near = nearest(&file.path, embedded.iter().map(|file| file.path.as_str()));
    let diagnostic = Diagnostic::new(
        Code::InvalidTheme,
        &Source::new(file.shown.clone(), ""),
        Span::default(),
        "a theme has the folders templates, components, strings and assets, and the file theme.toml; this is none of them",
    );
    Some(match near {
        Some(near) => diagnostic.help(format!("did you mean {near}?")),
        None => diagnostic,
    })
}

fn asset(path: &str, bytes: Vec<u8>) -> Asset {
    let hash = blake3::hash(&bytes).to_hex();
    let hash = hash.get(..10).unwrap_or_default();
    let path = Utf8Path::new(path);
    let folder = path.parent().map(Utf8Path::as_str).filter(|folder| !folder.is_empty());
    let folder = folder.map_or_else(String::new, |folder| format!("{folder}/"));
    let (stem, extension) = (path.file_stem().unwrap_or_default(), path.extension().unwrap_or_default());
    Asset { address: format!("/{ASSETS}/{folder}{stem}.{hash}.{extension}"), bytes }
}

/// The byte at a line and column, both from 1.
fn offset(source: &Source, line: usize, column: usize) -> usize {
    let before: usize = source.text().split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = source.text().get(before..).unwrap_or_default();
    before + rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}
