//! The words of the interface: one file for each language in a theme's `strings/`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::source::{Source, Span};

/// The language whose words stand in where another lacks them.
pub const FALLBACK: &str = "en";

/// Words by name, for each language.
#[derive(Debug, Default)]
pub struct Strings(BTreeMap<String, BTreeMap<String, String>>);

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
            let at = source.text().find(&format!("{name} ")).unwrap_or(0);
            let span = Span::from(at..at + name.len());
            let Some(text) = value.as_str() else {
                let message = format!("`{name}` is not text in quotation marks");
                findings.push(Diagnostic::new(Code::InvalidTheme, source, span, message));
                continue;
            };
            let known = self.0.get(FALLBACK);
            if !builtin && known.is_some_and(|known| !known.contains_key(&name)) {
                let near = nearest(&name, known.into_iter().flatten().map(|(name, _)| name.as_str()));
                let message = format!("no template of casebook has the words `{name}`");
                let mut finding = Diagnostic::new(Code::InvalidTheme, source, span, message);
                if let Some(near) = near {
                    finding = finding.help(format!("did you mean `{near}`?"));
                    findings.push(finding);
                    continue;
                }
            }
            self.0.entry(lang.to_owned()).or_default().insert(name, text.to_owned());
        }
    }

    /// The languages that there are words in.
    pub fn langs(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The words in `lang`; where it lacks some, in English.
    #[must_use]
    pub fn of(&self, lang: &str) -> BTreeMap<&str, &str> {
        let words = [FALLBACK, lang].into_iter().filter_map(|lang| self.0.get(lang)).flatten();
        words.map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }
}
