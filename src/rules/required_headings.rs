//! `missing-heading`: every case study tells the same parts in the same order, so that readers find
//! their way and can compare.

use super::Checked;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::Kind;
use crate::model::practice::CASE_STUDY_HEADINGS;
use crate::parse::markdown::Heading;
use crate::source::Span;

pub fn check(document: &mut Checked) {
    unwritten(document);
    // The headings of a translation are in its own language.
    if document.kind != Kind::CaseStudy
        || document.common.translation_of.is_some()
        || document.source.text().trim().is_empty()
    {
        return;
    }
    let headings: Vec<_> = document.body.headings.iter().filter(|heading| heading.level == 2).collect();
    let mut last = 0;
    let mut found = Vec::new();
    for wanted in CASE_STUDY_HEADINGS {
        let at = headings.iter().position(|heading| heading.text.trim().eq_ignore_ascii_case(wanted));
        match at {
            Some(at) if at < last => {
                let span = headings.get(at).map_or_else(Span::default, |heading| heading.span);
                let order = CASE_STUDY_HEADINGS.join(" · ");
                found.push(
                    Diagnostic::new(
                        Code::MissingHeading,
                        &document.source,
                        span,
                        format!("`{wanted}` stands out of order"),
                    )
                    .help(format!("the order is: {order}")),
                );
            }
            Some(at) => {
                last = at;
                found.extend(headings.get(at).and_then(|heading| empty(document, heading)));
            }
            None => {
                let others = headings.iter().map(|heading| heading.text.as_str());
                let unknown =
                    others.filter(|text| !CASE_STUDY_HEADINGS.iter().any(|h| h.eq_ignore_ascii_case(text)));
                let near = nearest(wanted, unknown);
                let place = near.and_then(|near| headings.iter().find(|heading| heading.text == near));
                let (span, help) = match place {
                    Some(heading) => (heading.span, format!("did you mean `## {wanted}` here?")),
                    None => (
                        end_of(document),
                        format!("add `## {wanted}`; where nothing is known, say so under it"),
                    ),
                };
                let message = format!("the heading `## {wanted}` is missing");
                found.push(Diagnostic::new(Code::MissingHeading, &document.source, span, message).help(help));
            }
        }
    }
    document.diagnostics.append(&mut found);
}

/// A body that is nothing but the dots that `casebook new` puts there.
fn unwritten(document: &mut Checked) {
    let text = document.source.text();
    let end = text.trim_end();
    let is_dots = |line: &str| matches!(line.trim(), "…" | "...");
    let mut lines = end.lines().rev().filter(|line| !line.trim().is_empty());
    if !lines.next().is_some_and(is_dots) || lines.next().is_some_and(|line| line.trim() != "---") {
        return;
    }
    let start = end.rfind('\n').map_or(0, |at| at + 1);
    let finding = Diagnostic::new(
        Code::MissingHeading,
        &document.source,
        Span::new(start, end.len()),
        "the text of the page is not written yet",
    );
    document.diagnostics.push(
        finding.help("write what the page says, or leave the dots out: a page may be its fields alone"),
    );
}

/// The last line that holds anything: what is missing has no place of its own.
fn end_of(document: &Checked) -> Span {
    let text = document.source.text().trim_end();
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    Span::new(start, text.len())
}

/// A heading with nothing under it, or with the dots that `casebook new` puts there.
fn empty(document: &Checked, heading: &Heading) -> Option<Diagnostic> {
    let next =
        document.body.headings.iter().find(|other| other.level <= 2 && other.span.start > heading.span.start);
    let end = next.map_or(document.source.text().len(), |next| next.span.start);
    let under = document.source.slice(Span::new(heading.span.end, end)).trim();
    matches!(under, "" | "…" | "...").then(|| {
        let message = format!("nothing stands under `{}`", heading.text.trim());
        Diagnostic::new(Code::MissingHeading, &document.source, heading.span, message)
            .help("write what is known; where nothing is, say so")
    })
}
