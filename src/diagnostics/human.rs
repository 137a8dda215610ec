//! Findings for people: the message, the line it is about, what to write instead.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Label, Level, mask, mask_path};
use crate::source::{Location, Span};

/// Lines of a place that are shown, at the most.
const LINES: usize = 3;

/// Bytes that are shown on either side of a place, at the most: a paragraph may be one long line.
const AROUND: usize = 200;

/// Bytes that are read beyond those: more than the longest shape of personal data, and the words that
/// tell what it is, take.
const MARGIN: usize = 500;

/// `diagnostics` as text, one after the other with a blank line between. Identifiers in what is
/// quoted are hidden.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&one(diagnostic, &renderer));
        out.push_str("\n\n");
    }
    out
}

/// The line that `diagnostic` is about, without the space around it; nothing where it is about a
/// file as a whole, or the line is empty. Identifiers in it are hidden.
#[must_use]
pub fn excerpt(diagnostic: &Diagnostic) -> Option<String> {
    let shown = Excerpt::of(&diagnostic.primary.location);
    let line = shown.text.lines().next()?.trim();
    Some(line.to_owned()).filter(|line| !line.is_empty())
}

/// The lines of a place, masked, with the place in them.
struct Excerpt {
    path: String,
    text: String,
    first_line: usize,
    span: Span,
}

impl Excerpt {
    fn of(location: &Location) -> Self {
        let text = location.source.text();
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let start = location.span.start.clamp(bom.min(text.len()), text.len());
        let before = text.get(..start).unwrap_or_default();
        let from = before.rfind('\n').map_or(bom.min(start), |at| at + 1);
        let rest = text.get(from..).unwrap_or_default();
        let length = rest.split_inclusive('\n').take(LINES).map(str::len).sum::<usize>();
        let covered = location.span.end.clamp(start, from + length);
        let needed =
            text.get(covered..).and_then(|tail| tail.find('\n')).map_or(length, |at| covered + at - from);
        let shown = rest.get(..needed.min(length)).unwrap_or_default();
        let span = Span::new(start - from, (covered - from).min(shown.len()));
        // No line is masked whole for each finding in it: masking reads every word.
        let (shown, span) = cut(shown, span, AROUND + MARGIN);
        let (text, span) = around(&mask(shown), span);
        Self { path: mask_path(location.source.path()), text, first_line: location.position().line, span }
    }
}

/// At most `most` bytes on either side of the start of `span`, and the span in them.
fn cut(text: &str, span: Span, most: usize) -> (&str, Span) {
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let from = (0..=span.start.saturating_sub(most)).rev().find(is_boundary).unwrap_or(0);
    let end = span.end.min(span.start + AROUND);
    let to = (end + most..text.len()).find(is_boundary).unwrap_or(text.len());
    let middle = text.get(from..to).unwrap_or_default();
    let inside = |at: usize| at.clamp(from, to) - from;
    (middle, Span::new(inside(span.start), inside(span.end)))
}

/// What stands around `span`, and the span in it. What was cut off shows as `…`.
fn around(text: &str, span: Span) -> (String, Span) {
    let (middle, inside) = cut(text, span, AROUND);
    let from = span.start - inside.start;
    let before = if from > 0 { "…" } else { "" };
    let after = if from + middle.len() < text.len() { "…" } else { "" };
    (format!("{before}{middle}{after}"), inside.shift(before.len()))
}

fn one(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let title = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let message = mask(&diagnostic.message);
    let labels: Vec<(AnnotationKind, &Label, Excerpt)> =
        std::iter::once((AnnotationKind::Primary, &diagnostic.primary))
            .chain(diagnostic.related.iter().map(|label| (AnnotationKind::Context, label)))
            .map(|(kind, label)| (kind, label, Excerpt::of(&label.location)))
            .collect();
    let mut group = Group::with_title(title.primary_title(message).id(diagnostic.code.name()));
    for (kind, label, excerpt) in &labels {
        // A finding about a file as a whole has no line to show.
        if label.location.source.text().is_empty() {
            group = group.element(Origin::path(excerpt.path.as_str()));
            continue;
        }
        let mut annotation = kind.span(excerpt.span.range());
        if !label.text.is_empty() {
            annotation = annotation.label(mask(&label.text));
        }
        group = group.element(
            Snippet::source(excerpt.text.as_str())
                .line_start(excerpt.first_line)
                .path(excerpt.path.as_str())
                .annotation(annotation),
        );
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    let fixed = diagnostic.shown_fix().map(|fix| (fix, Excerpt::of(&fix.location)));
    if let Some(help) = &diagnostic.help {
        group = group.element(Title::HELP.message(mask(help)));
    }
    groups.push(group);
    if let Some((fix, excerpt)) = &fixed {
        let patch = Patch::new(excerpt.span.range(), fix.replacement.as_str());
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.first_line)
            .path(excerpt.path.as_str())
            .patch(patch);
        groups.push(Title::HELP.secondary_title("write").element(snippet));
    }
    renderer.render(&groups)
}
