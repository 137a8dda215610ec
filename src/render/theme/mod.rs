//! The theme: plain files, built into the binary, each of which a site may replace.
//!
//! A site's `themes/NAME/` overrides the default theme file by file. Its templates can extend the
//! original under `default/`, as in `{% extends "default/base.html" %}`.

mod assets;
mod astray;
mod files;
mod mistakes;
mod reference;
mod suggestions;
mod tags;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use camino::Utf8Path;
use serde::Serialize;
use serde_json::Value as Json;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use self::assets::Asset;
use self::files::{ASSETS, DEFAULT, File, OWN, STRINGS, TEMPLATES};
pub use self::reference::reference;
use super::Artifact;
use super::strings::{FALLBACK, Strings};
use crate::cache::{Key, Parts, Store};
use crate::config::Settings;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Files, Source, Span};

/// Templates and assets, ready to use.
pub struct Theme {
    tera: Tera,
    sources: BTreeMap<String, Arc<Source>>,
    /// Of the names and texts of all templates.
    hash: Key,
    assets: BTreeMap<String, Asset>,
    strings: Strings,
    /// The words of each language, as components receive them.
    words: BTreeMap<String, Context>,
}

impl fmt::Debug for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Theme").field("templates", &self.sources.len()).finish_non_exhaustive()
    }
}

/// What comes of a theme's files.
#[derive(Debug)]
pub struct Made {
    theme: Option<Arc<Theme>>,
    findings: Vec<Diagnostic>,
}

/// What every page receives: the site, and the words of each language. Made once.
pub struct Shared {
    by_lang: BTreeMap<String, Context>,
    /// Of all this, and of the templates.
    key: Key,
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
        let langs: BTreeSet<&str> = langs.collect();
        let by_lang: BTreeMap<_, _> =
            langs.into_iter().map(|lang| (lang.to_owned(), context(lang))).collect();
        let start = Parts::new().and(theme.hash.as_bytes()).and_json(site);
        let parts =
            by_lang.keys().fold(start, |parts, lang| parts.and(lang).and_json(&theme.strings.of(lang)));
        Self { by_lang, key: parts.key() }
    }

    /// A key of all that pages share, the templates included: with a page's own view, all that its
    /// bytes depend on.
    #[must_use]
    pub fn key(&self) -> Key {
        self.key
    }

    fn context(&self, lang: &str) -> Context {
        self.by_lang.get(lang).or_else(|| self.by_lang.values().next()).cloned().unwrap_or_default()
    }
}

impl Theme {
    /// Loads the theme of the `settings`: the files in the site's `themes/NAME`, and the default theme's for
    /// those that it lacks. Every mistake that shows before rendering is among the findings. A
    /// template of the site with a mistake is left out, so that those of the others show as well;
    /// there is no theme only where the default one's templates do not agree with the site's.
    #[must_use]
    pub fn load(
        files: &dyn Files,
        settings: &Settings,
        cache: &Store<Made>,
    ) -> (Option<Arc<Self>>, Vec<Diagnostic>) {
        let name = settings.theme.as_str();
        let mut findings = astray::folders(files, name);
        let own = files::own(files, name, &mut findings);
        if own.is_empty() && name != "default" {
            findings.push(Diagnostic::new(
                Code::InvalidTheme,
                &Source::new(format!("themes/{name}"), ""),
                Span::default(),
                format!("there is no theme `{name}`: the folder themes/{name} is not there or empty"),
            ));
        }
        let langs: Vec<&str> = settings.languages.iter().map(|(code, _)| code.as_str()).collect();
        let key = || {
            let start = Parts::new().and_json(&langs);
            own.iter().fold(start, |parts, file| parts.and(&file.shown).and(&file.bytes)).key()
        };
        let made = cache.get(key, || {
            let (theme, findings) = Self::make(&own, &langs);
            Made { theme: theme.map(Arc::new), findings }
        });
        findings.extend(made.findings.iter().cloned());
        (made.theme.clone(), findings)
    }

    /// The theme of a site in the languages `langs` that has the files `own`.
    fn make(own: &[File], langs: &[&str]) -> (Option<Self>, Vec<Diagnostic>) {
        let embedded = files::embedded();
        let mut findings = files::check(own, &embedded);
        findings.extend(astray::strings(own, &embedded, langs));
        findings.extend(astray::assets(own, &embedded));
        let mut theme = Self {
            tera: engine(),
            sources: BTreeMap::new(),
            hash: Parts::new().key(),
            assets: BTreeMap::new(),
            strings: Strings::default(),
            words: BTreeMap::new(),
        };
        let mut templates = Vec::new();
        let mut assets = BTreeMap::new();
        for file in embedded.iter().chain(own) {
            let (folder, rest) = file.path.split_once('/').unwrap_or(("", file.path.as_str()));
            if folder == ASSETS {
                assets.insert(rest.to_owned(), file);
            } else if folder == STRINGS {
                let lang = rest.strip_suffix(".toml").unwrap_or(rest);
                let source = Source::new(&file.shown, files::plain(&file.bytes));
                theme.strings.add(lang, &source, file.prefix == DEFAULT, &mut findings);
            } else if TEMPLATES.contains(&folder) {
                let inner = if folder == "components" { file.path.as_str() } else { rest };
                let name = format!("{}{inner}", file.prefix);
                match template(file) {
                    Ok(source) => {
                        templates.push((name.clone(), source.text().to_owned()));
                        theme.sources.insert(name, source);
                    }
                    Err(finding) => findings.push(*finding),
                }
            }
        }
        theme.assets = assets::publish(&assets, &mut findings);
        let is_usable = theme.add(templates, &mut findings);
        let parts = theme
            .sources
            .iter()
            .fold(Parts::new(), |parts, (name, source)| parts.and(name).and(source.text()));
        theme.hash = parts.key();
        for lang in theme.strings.langs() {
            let mut words = Context::new();
            words.insert("t", &theme.strings.of(lang));
            theme.words.insert(lang.to_owned(), words);
        }
        (is_usable.then_some(theme), findings)
    }

    /// Gives the engine the `templates`, less those of the site that are wrong. Whether it could
    /// take them.
    fn add(&mut self, mut templates: Vec<(String, String)>, findings: &mut Vec<Diagnostic>) -> bool {
        // One template at a time, since the engine stops at the first mistake.
        templates.retain(|(name, text)| match engine().add_raw_template(name, text) {
            Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => {
                findings.extend(self.findings(&error, name));
                false
            }
            _ => true,
        });
        templates.retain(|(name, _)| {
            let own = Some(name.as_str()).filter(|name| name.starts_with(OWN));
            let wrong = own.and_then(|name| tags::wrong_original(name, &self.sources));
            let is_right = wrong.is_none();
            findings.extend(wrong);
            is_right
        });
        loop {
            let mut tera = engine();
            let Err(error) = tera.add_raw_templates(templates.clone()) else {
                self.tera = tera;
                return true;
            };
            let found = self.findings(&error, "");
            let wrong: BTreeSet<_> =
                found.iter().map(|finding| finding.primary.location.source.path().to_owned()).collect();
            findings.extend(found);
            let before = templates.len();
            templates.retain(|(name, _)| {
                let source = self.sources.get(name).filter(|_| name.starts_with(OWN));
                source.is_none_or(|source| !wrong.contains(source.path()))
            });
            if templates.len() == before {
                return false;
            }
        }
    }

    /// Renders the template `name` with `view` and what is the `shared` by every page, in the words
    /// of `lang`.
    ///
    /// # Errors
    /// What the template asks for and is not there; that nothing comes out of it.
    pub fn render(
        &self,
        name: &str,
        shared: &Shared,
        lang: &str,
        view: &Json,
    ) -> Result<String, Box<Diagnostic>> {
        let mut context = shared.context(lang);
        context.extend(Context::from_serialize(view).map_err(|error| self.first(&error, name))?);
        let page = self.tera.render(name, &context).map_err(|error| self.first(&error, name))?;
        if page.trim().is_empty() {
            let finding =
                self.finding(Code::TemplateError, name, None, "nothing comes out: a page would be empty");
            return Err(Box::new(
                finding.help("begin with `{% extends \"base.html\" %}` and fill its block `main`"),
            ));
        }
        Ok(page)
    }

    /// Renders the component that draws the block `name` of a body, with `arguments`.
    ///
    /// # Errors
    /// What the component asks for and is not there.
    pub fn render_block(&self, name: &str, lang: &str, arguments: &Json) -> Result<String, Box<Diagnostic>> {
        let component = format!("block.{name}");
        let file = format!("components/{name}.html");
        let context = Context::from_serialize(arguments).map_err(|error| self.first(&error, &file))?;
        let none = Context::new();
        let words = self.words.get(lang).or_else(|| self.words.get(FALLBACK)).unwrap_or(&none);
        self.tera
            .render_component_with_implicits(&component, &context, words, None, true)
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

    /// The bytes of the asset at `path` in the output folder.
    #[must_use]
    pub fn asset(&self, path: &Utf8Path) -> Option<&[u8]> {
        let mut assets = self.assets.values();
        let found = assets.find(|asset| Artifact::path_of(&asset.address) == path);
        found.map(|asset| asset.bytes.as_slice())
    }

    /// The assets as files of the site.
    pub fn assets(&self) -> impl Iterator<Item = Artifact> {
        self.assets.values().map(|asset| Artifact::new(&asset.address, asset.bytes.as_slice()))
    }
}

/// The text of a template.
fn template(file: &File) -> Result<Arc<Source>, Box<Diagnostic>> {
    let about = |code, message| {
        Box::new(Diagnostic::new(code, &Source::new(file.shown.clone(), ""), Span::default(), message))
    };
    if std::str::from_utf8(&file.bytes).is_err() {
        return Err(about(Code::NotUtf8, "the file is not UTF-8 text"));
    }
    let text = files::plain(&file.bytes);
    if text.trim().is_empty() {
        let finding = about(Code::EmptyFile, "this template is empty");
        return Err(Box::new(
            finding.help("write the template, or delete the file to have that of casebook"),
        ));
    }
    Ok(Source::new(file.shown.clone(), text))
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
    let _ = tera.set_fallback_prefixes([OWN, DEFAULT]);
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
