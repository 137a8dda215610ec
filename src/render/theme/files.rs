//! The files of a theme: those built into the binary, and the site's own in their place.

use std::borrow::Cow;
use std::sync::LazyLock;

use camino::Utf8PathBuf;
use regex::Regex;
use rust_embed::RustEmbed;

use crate::diagnostics::{Code, Diagnostic, Level, nearest};
use crate::discover::{ATTACHMENT_BYTES, DOCUMENT_BYTES, too_large};
use crate::source::{Files, Source, Span};

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

/// Folders of a theme that hold templates.
pub(super) const TEMPLATES: &[&str] = &["templates", "components"];

/// The folder of a theme that holds the words of the interface.
pub(super) const STRINGS: &str = "strings";

/// The folder of a theme that holds files to publish as they are.
pub(super) const ASSETS: &str = "assets";

/// What a theme says of itself.
const MANIFEST: &str = "theme.toml";

/// What stands in it.
const SETTINGS: &[&str] = &["name", "description", "licence"];

/// Before the names of the default theme's templates, for the engine.
pub(super) const DEFAULT: &str = "default/";

/// Before the names of the site's own templates.
pub(super) const OWN: &str = "site/";

/// A file of a theme.
pub(super) struct File {
    /// From the theme's folder: `templates/base.html`.
    pub path: String,
    /// As messages name it.
    pub shown: String,
    /// Where it comes from: [`OWN`] or [`DEFAULT`].
    pub prefix: &'static str,
    pub bytes: Vec<u8>,
}

pub(super) fn embedded() -> Vec<File> {
    let mut paths: Vec<_> = Default::iter().collect();
    paths.sort();
    let file = |path: &str| {
        let bytes = Default::get(path)?.data.into_owned();
        Some(File { path: path.to_owned(), shown: format!("themes/default/{path}"), prefix: DEFAULT, bytes })
    };
    paths.iter().filter_map(|path| file(path)).collect()
}

pub(super) fn own(files: &dyn Files, name: &str, findings: &mut Vec<Diagnostic>) -> Vec<File> {
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
        let most = match path.components().next() {
            Some(folder) if folder.as_str() == ASSETS => ATTACHMENT_BYTES,
            _ => DOCUMENT_BYTES,
        };
        if let Some(wrong) = too_large(&entry.path, entry.size, most) {
            findings.push(wrong.help("is it the right file? Templates and styles are far smaller"));
            continue;
        }
        match files.read(&entry.path) {
            Ok(bytes) => {
                own.push(File { path: path.to_string(), shown: entry.path.to_string(), prefix: OWN, bytes })
            }
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

/// What the site's `own` files leave without effect, where no word would be said of it: a file in a
/// folder that themes do not have, one that nothing asks for, a setting that is none.
pub(super) fn check(own: &[File], embedded: &[File]) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = own
        .iter()
        .filter_map(|file| misplaced(file, embedded).or_else(|| idle(file, own, embedded)))
        .collect();
    findings.extend(own.iter().filter(|file| file.path == MANIFEST).flat_map(manifest));
    findings
}

pub(super) fn folder(file: &File) -> &str {
    file.path.split('/').next().unwrap_or_default()
}

fn finding(file: &File, message: String, near: Option<&str>) -> Diagnostic {
    let finding =
        Diagnostic::new(Code::InvalidTheme, &Source::new(file.shown.clone(), ""), Span::default(), message);
    match near {
        Some(near) => finding.help(format!("did you mean {near}?")),
        None => finding,
    }
}

fn misplaced(file: &File, embedded: &[File]) -> Option<Diagnostic> {
    if file.path == MANIFEST || TEMPLATES.contains(&folder(file)) || [ASSETS, STRINGS].contains(&folder(file))
    {
        return None;
    }
    let near = nearest(&file.path, embedded.iter().map(|file| file.path.as_str()));
    let message = format!(
        "a theme has the folders templates, components, strings and assets, and the file {MANIFEST}; this is none of them"
    );
    Some(finding(file, message, near))
}

/// A template or component that stands in the place of none of the default theme's, and that no file
/// of the site's theme names.
fn idle(file: &File, own: &[File], embedded: &[File]) -> Option<Diagnostic> {
    let is_new = embedded.iter().all(|other| other.path != file.path);
    if !is_new || !TEMPLATES.contains(&folder(file)) {
        return None;
    }
    let names = names(file);
    let others = own.iter().filter(|other| other.path != file.path);
    let is_asked_for = others.map(text).any(|text| names.iter().any(|name| text.contains(name)));
    let replaces = embedded.iter().any(|other| names.iter().any(|name| self::names(other).contains(name)));
    if is_asked_for || replaces {
        return None;
    }
    let beside = embedded.iter().filter(|other| folder(other) == folder(file));
    let near = nearest(&file.path, beside.map(|file| file.path.as_str()));
    let message = "nothing asks for this file: the default theme has none of this name, and no file of this theme names it";
    let mut finding = finding(file, message.to_owned(), near);
    finding.level = Level::Warning;
    Some(finding)
}

pub(super) fn text(file: &File) -> Cow<'_, str> {
    String::from_utf8_lossy(&file.bytes)
}

/// The text of a file, however an editor saved it: without a byte order mark, lines ended by `\n`.
pub(super) fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n")
}

/// What templates write to ask for the file: its name, or those of the components in it.
fn names(file: &File) -> Vec<String> {
    static COMPONENT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\{%-?\s*component\s+([\w.]+)").ok());
    let text = text(file);
    let components = COMPONENT.iter().flat_map(|component| component.captures_iter(&text));
    let components: Vec<String> =
        components.filter_map(|found| Some(format!("<{}", found.get(1)?.as_str()))).collect();
    if folder(file) == "components" {
        return components;
    }
    let name = file.path.split_once('/').map_or(file.path.as_str(), |(_, name)| name);
    std::iter::once(name.to_owned()).chain(components).collect()
}

/// What is wrong with a theme's `theme.toml`.
fn manifest(file: &File) -> Vec<Diagnostic> {
    let source = Source::new(file.shown.clone(), plain(&file.bytes));
    let table: toml::Table = match source.text().parse() {
        Ok(table) => table,
        Err(error) => {
            let span = error.span().map_or_else(Span::default, Span::from);
            return vec![Diagnostic::new(Code::TomlSyntax, &source, span, error.message().to_owned())];
        }
    };
    table
        .iter()
        .filter(|(key, value)| !SETTINGS.contains(&key.as_str()) || !value.is_str())
        .map(|(key, _)| {
            let at = source.text().find(key.as_str()).unwrap_or(0);
            let message = format!(
                "a theme has the settings {}, each a text; `{key}` is not right",
                SETTINGS.join(", ")
            );
            let finding =
                Diagnostic::new(Code::InvalidTheme, &source, Span::from(at..at + key.len()), message);
            match nearest(key, SETTINGS.iter().copied()).filter(|near| near != key) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding,
            }
        })
        .collect()
}
