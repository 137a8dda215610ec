//! The template engine's errors as findings, with file and place wherever it gives them.

use std::sync::LazyLock;

use regex::Regex;
use tera::ErrorKind;

use super::Theme;
use super::files::{DEFAULT, OWN};
use super::suggestions::{self, Names};
use super::tags;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Source, Span};

impl Theme {
    pub(super) fn first(&self, error: &tera::Error, template: &str) -> Box<Diagnostic> {
        let finding = self.findings(error, template).into_iter().next();
        Box::new(
            finding.unwrap_or_else(|| self.finding(Code::TemplateError, template, None, &error.to_string())),
        )
    }

    /// The engine's error as findings, with file and place wherever it gives them.
    pub(super) fn findings(&self, error: &tera::Error, template: &str) -> Vec<Diagnostic> {
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

    pub(super) fn finding(
        &self,
        code: Code,
        template: &str,
        at: Option<std::ops::Range<usize>>,
        message: &str,
    ) -> Diagnostic {
        let prefixed = ["", OWN, DEFAULT].iter().find_map(|p| self.sources.get(&format!("{p}{template}")));
        let nowhere = || Source::new(format!("themes/{template}"), "");
        let source = prefixed.cloned().unwrap_or_else(nowhere);
        let span = at.map_or_else(Span::default, Span::from);
        suggestions::told(code, message.trim(), &source, span, &self.names(&source))
    }

    /// The names that the template `source` may ask for.
    fn names<'t>(&'t self, source: &'t Source) -> Names<'t> {
        Names {
            blocks: tags::blocks_above(source.text(), &self.sources),
            templates: self.sources.keys().collect(),
            components: self.sources.values().flat_map(|source| tags::components(source.text())).collect(),
            assets: self.assets.keys().collect(),
        }
    }
}

/// The byte at a line and column, both from 1.
fn offset(source: &Source, line: usize, column: usize) -> usize {
    let before: usize = source.text().split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = source.text().get(before..).unwrap_or_default();
    before + rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}
