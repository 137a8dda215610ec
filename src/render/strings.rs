//! The words of the interface: one file for each language in a theme's `strings/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::diagnostics::{Code, Diagnostic, Level, nearest};
use crate::source::{Source, Span};

/// The language whose words stand in where another lacks them.
pub const FALLBACK: &str = "en";

/// Words by name, for each language.
#[derive(Debug, Default)]
pub struct Strings {
    by_lang: BTreeMap<String, BTreeMap<String, String>>,
    /// Those of casebook's own templates, in [`FALLBACK`].
    builtin: BTreeMap<String, String>,
}

impl Strings {
    /// Adds the file `strings/LANG.toml`; words that are there already are replaced. `builtin` says
    /// whether the file is casebook's own, which decides what names there are.
    pub fn add(&mut self, lang: &str, source: &Arc<Source>, builtin: bool, findings: &mut Vec<Diagnostic>) {
        let table: toml::Table = match source.text().parse() {
            Ok(table) => table,
            Err(error) => {
                let span = error.span().map_or_else(Span::default, Span::from);
                findings.push(Diagnostic::new(Code::TomlSyntax, source, span, error.message().to_owned()));
                return;
            }
        };
        for (name, value) in table {
            let at = line_of(source.text(), &name);
            let span = Span::from(at..at + name.len());
            let Some(text) = value.as_str() else {
                let message = format!("`{name}` is not text in quotation marks");
                findings.push(Diagnostic::new(Code::InvalidTheme, source, span, message));
                continue;
            };
            match self.builtin.get(&name) {
                _ if builtin => {}
                Some(first) => findings.extend(placeholders(source, span, text, first)),
                None => {
                    if let Some(near) = nearest(&name, self.builtin.keys().map(String::as_str)) {
                        let message = format!("no template of casebook has the words `{name}`");
                        let finding = Diagnostic::new(Code::InvalidTheme, source, span, message);
                        findings.push(finding.help(format!("did you mean `{near}`?")).fix(near));
                        continue;
                    }
                }
            }
            if builtin && lang == FALLBACK {
                self.builtin.insert(name.clone(), text.to_owned());
            }
            self.by_lang.entry(lang.to_owned()).or_default().insert(name, text.to_owned());
        }
    }

    /// The languages that there are words in.
    pub fn langs(&self) -> impl Iterator<Item = &str> {
        self.by_lang.keys().map(String::as_str)
    }

    /// The words in `lang`; where it lacks some, in English.
    #[must_use]
    pub fn of(&self, lang: &str) -> BTreeMap<&str, &str> {
        let words = [FALLBACK, lang].into_iter().filter_map(|lang| self.by_lang.get(lang)).flatten();
        words.map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }
}

/// Where the line of the words `name` begins.
fn line_of(text: &str, name: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start();
        if rest.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return at + line.len() - rest.len();
        }
        at += line.len();
    }
    0
}

/// Each `{name}` in `text`, that the template puts something in the place of.
fn named(text: &str) -> impl Iterator<Item = &str> {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{(\w+)\}").ok());
    let found = NAME.iter().flat_map(move |name| name.captures_iter(text));
    found.filter_map(|found| Some(found.get(1)?.as_str()))
}

/// What `text`, whose name stands at `key`, has otherwise than casebook's own words, `first`: a
/// `{name}` that the template does not know would be shown as it is, one that is left out is missed.
fn placeholders(source: &Arc<Source>, key: Span, text: &str, first: &str) -> Vec<Diagnostic> {
    let known: BTreeSet<&str> = named(first).collect();
    let wrong: BTreeSet<&str> = named(text).filter(|name| !known.contains(name)).collect();
    let at = |name: &str| {
        let written = format!("{{{name}}}");
        let found = source.text().get(key.start..).and_then(|rest| rest.find(&written));
        found.map_or(key, |at| Span::from(key.start + at..key.start + at + written.len()))
    };
    let mut left_out: BTreeSet<&str> = &known - &named(text).collect();
    let mut findings = Vec::new();
    for name in wrong {
        let finding = Diagnostic::new(
            Code::InvalidTheme,
            source,
            at(name),
            format!("nothing stands for `{{{name}}}` here"),
        );
        let near = nearest(name, known.iter().copied());
        left_out.retain(|other| Some(*other) != near);
        findings.push(match near {
            Some(near) => finding.help(format!("did you mean `{{{near}}}`?")).fix(format!("{{{near}}}")),
            None if known.is_empty() => finding.help("write these words without it"),
            None => {
                let known: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
                finding.help(format!("there is {}", known.join(", ")))
            }
        });
    }
    for name in left_out {
        let message = format!("`{{{name}}}` is left out, and what it stands for is not shown");
        let mut finding = Diagnostic::new(Code::InvalidTheme, source, key, message);
        finding.level = Level::Warning;
        findings.push(finding.help(format!("casebook's own words are: {first}")));
    }
    findings
}
