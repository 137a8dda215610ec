//! Findings for scripts: one JSON document, its shape stable within a major version.

use serde::Serialize;

use super::{Diagnostic, Label, Level, Override, mask, mask_path};
use crate::source::Location;

#[derive(Serialize)]
struct Report<'a> {
    /// The version of this shape.
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Finding<'a>>,
    /// Findings that documents answer for.
    overrides: Vec<Answer>,
}

#[derive(Serialize)]
struct Answer {
    code: &'static str,
    reason: String,
    reviewer_role: String,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    level: &'static str,
    message: String,
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Edit<'a>>,
}

/// Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "String::is_empty")]
    label: String,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place,
    replacement: &'a str,
}

/// `diagnostics` as a JSON document that ends with a line break. Identifiers are hidden.
#[must_use]
pub fn render(diagnostics: &[Diagnostic]) -> String {
    report(diagnostics, &[])
}

/// The same, with the findings that documents answer for.
#[must_use]
pub fn report(diagnostics: &[Diagnostic], overrides: &[Override]) -> String {
    let count = |level| diagnostics.iter().filter(|d| d.level == level).count();
    let report = Report {
        version: 1,
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        diagnostics: diagnostics.iter().map(finding).collect(),
        overrides: overrides.iter().map(answer).collect(),
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

fn answer(answered: &Override) -> Answer {
    Answer {
        code: answered.code.name(),
        reason: mask(&answered.reason),
        reviewer_role: mask(&answered.reviewer),
        place: place(&answered.location, ""),
    }
}

fn finding(diagnostic: &Diagnostic) -> Finding<'_> {
    Finding {
        code: diagnostic.code.name(),
        level: diagnostic.level.name(),
        message: mask(&diagnostic.message),
        place: labelled(&diagnostic.primary),
        help: diagnostic.help.as_deref().map(mask),
        related: diagnostic.related.iter().map(labelled).collect(),
        fix: diagnostic
            .shown_fix()
            .map(|fix| Edit { place: place(&fix.location, ""), replacement: &fix.replacement }),
    }
}

fn labelled(label: &Label) -> Place {
    place(&label.location, &label.text)
}

fn place(location: &Location, label: &str) -> Place {
    let start = location.position();
    let end = location.source.position(location.span.end);
    Place {
        file: mask_path(location.source.path()),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: mask(label),
    }
}
