//! What a site wrote for its theme and casebook would pass over without a word: folders and files
//! under names that nothing asks for. Each is a warning that offers the name that was meant.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use camino::Utf8Path;
use regex::Regex;

use super::files::{ASSETS, File, STRINGS, TEMPLATES, folder, text};
use crate::diagnostics::{Code, Diagnostic, Level, nearest};
use crate::render::strings::FALLBACK;
use crate::source::{Files, Source, Span};

/// The folder that holds themes.
const THEMES: &str = "themes";

/// The stylesheet that is linked on every page where a site has it.
pub(super) const SITE_CSS: &str = "site.css";

/// Kinds of asset that may name another.
const NAMING: [&str; 8] = ["css", "js", "mjs", "svg", "html", "json", "xml", "webmanifest"];

fn warning(path: &str, message: String, help: String) -> Diagnostic {
    let source = Source::new(path, "");
    let mut finding = Diagnostic::new(Code::InvalidTheme, &source, Span::default(), message).help(help);
    finding.level = Level::Warning;
    finding
}

/// Folders that look like those of themes, beside that of the theme `name`.
pub(super) fn folders(files: &dyn Files, name: &str) -> Vec<Diagnostic> {
    // A folder that cannot be listed is reported where the theme is read.
    let under = |folder: &str| files.list(Utf8Path::new(folder)).unwrap_or_default();
    let others: BTreeSet<String> = under(THEMES)
        .iter()
        .filter_map(|entry| entry.path.strip_prefix(THEMES).ok()?.components().next())
        .map(|part| part.as_str().to_owned())
        .filter(|other| other != name && !other.starts_with('.'))
        .collect();
    let other = |other: String| {
        let help = match nearest(&other, [name]) {
            Some(near) => format!("did you mean {THEMES}/{near}?"),
            None => {
                format!("name it {THEMES}/{name}, or write `name = \"{other}\"` under [theme] in site.toml")
            }
        };
        let message = format!("nothing here is used: the theme of site.toml is `{name}`");
        warning(&format!("{THEMES}/{other}"), message, help)
    };
    let mut findings: Vec<Diagnostic> = others.into_iter().map(other).collect();
    if !under("theme").is_empty() {
        let message = "nothing here is used: themes stand in the folder `themes`".to_owned();
        findings.push(warning("theme", message, format!("did you mean {THEMES}/{name}?")));
    }
    findings
}

/// Words in a language that is none of the site's `langs`.
pub(super) fn strings(own: &[File], embedded: &[File], langs: &[&str]) -> Vec<Diagnostic> {
    let is_known = |file: &File| {
        let lang = file.path.split_once('/').and_then(|(_, name)| name.strip_suffix(".toml"));
        lang.is_some_and(|lang| lang == FALLBACK || langs.contains(&lang))
    };
    let is_copy =
        |file: &File| embedded.iter().any(|other| other.path == file.path && other.bytes == file.bytes);
    let strange = own.iter().filter(|file| folder(file) == STRINGS && !is_known(file) && !is_copy(file));
    let finding = |file: &File| {
        let name = file.path.split_once('/').map_or("", |(_, name)| name);
        let lang = name.split('.').next().unwrap_or_default();
        let help = match nearest(lang, langs.iter().copied().chain([FALLBACK])) {
            Some(near) => format!("did you mean {STRINGS}/{near}.toml?"),
            None => format!("the languages of the site are: {}", langs.join(", ")),
        };
        warning(&file.shown, format!("the site has no language `{lang}`, so nobody reads these words"), help)
    };
    strange.map(finding).collect()
}

/// Assets of the site's `own` that no template, stylesheet or script names.
pub(super) fn assets(own: &[File], embedded: &[File]) -> Vec<Diagnostic> {
    static ANY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"site\.assets\s*(\[\s*[^"'\s]|[^\[\s])"#).ok());
    let new = |file: &&File| folder(file) == ASSETS && embedded.iter().all(|other| other.path != file.path);
    let new: Vec<&File> = own.iter().filter(new).collect();
    if new.is_empty() {
        return Vec::new();
    }
    let naming: Vec<(&str, String)> = own
        .iter()
        .chain(embedded.iter().filter(|file| is_in_use(file, own)))
        .filter(|file| names_others(file))
        .map(|file| (file.shown.as_str(), text(file).into_owned()))
        .collect();
    // A template that works a name out may mean any of them.
    let templates = own.iter().filter(|file| TEMPLATES.contains(&folder(file)));
    if templates.map(text).any(|text| ANY.iter().any(|any| any.is_match(&text))) {
        return Vec::new();
    }
    let idle = new.into_iter().filter(|file| {
        let name = Utf8Path::new(&file.path).file_name().unwrap_or_default();
        !naming.iter().any(|(shown, text)| *shown != file.shown && stands(name, text))
    });
    let known = || embedded.iter().filter(|file| folder(file) == ASSETS).map(|file| file.path.as_str());
    let finding = |file: &File| {
        let near = nearest(&file.path, known());
        let near = near.map(|near| format!("did you mean {near}?"));
        let css = (file.path.ends_with(".css")).then(|| {
            format!("a stylesheet {ASSETS}/{SITE_CSS} is linked on every page, after that of casebook")
        });
        let help: Vec<String> = near.into_iter().chain(css).collect();
        let help = if help.is_empty() {
            format!(
                "templates name it with `{{{{ site.assets[\"{}\"] }}}}`, stylesheets with url(…)",
                file.path.split_once('/').map_or("", |(_, name)| name)
            )
        } else {
            help.join(" ")
        };
        let message = "nothing asks for this file: no template, stylesheet or script names it";
        warning(&file.shown, message.to_owned(), help)
    };
    idle.map(finding).collect()
}

/// Whether a file of the default theme has a part in the site's: none of the site's `own` stands in
/// its place, or one that extends it.
fn is_in_use(file: &File, own: &[File]) -> bool {
    let Some(replacement) = own.iter().find(|other| other.path == file.path) else { return true };
    let name = file.path.split_once('/').map_or("", |(_, name)| name);
    text(replacement).contains(&format!("default/{name}"))
}

fn names_others(file: &File) -> bool {
    let extension = Utf8Path::new(&file.path).extension().unwrap_or_default();
    TEMPLATES.contains(&folder(file)) || (folder(file) == ASSETS && NAMING.contains(&extension))
}

/// Whether `name` stands in `text` as the whole name of a file.
fn stands(name: &str, text: &str) -> bool {
    let is_of_name = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    text.match_indices(name).any(|(at, _)| !text.get(..at).is_some_and(|before| before.ends_with(is_of_name)))
}
