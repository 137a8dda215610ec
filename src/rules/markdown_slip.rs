//! `markdown-slip`: what is nearly a link, a picture, an alert or a component would be shown with its
//! marks.

use std::sync::{Arc, LazyLock};

use pulldown_cmark::{CodeBlockKind, Event, Tag};
use regex::Regex;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::components::COMPONENTS;
use crate::parse::markdown::Body;
use crate::source::{Source, Span};

/// Kinds of alert, as GitHub has them.
const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// A link or picture with a space in its address, before a title or none.
static SPACED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"!?\[[^\]\n]*\]\((?P<target>[^)<>\n"]*[^\s)<>"][^\S\n]+[^)<>\n"]*)("[^"\n]*")?\)"#).ok()
});

/// Round brackets first, then square ones with an address in them.
static REVERSED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\([^()\n]+\)\[(?:https?://[^\]\s]+|[^\]\s]+\.md(?:#[^\]\s]*)?)\]").ok());

/// The first line of an alert.
static ALERT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^>\s*\[!(?P<kind>[A-Za-z]+)\]").ok());

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    let Some(range) = range(body) else { return };
    let text = source.slice(range);
    let code = code(body);
    let is_plain = |span: Span| !code.iter().any(|code| code.start < span.end && span.start < code.end);
    let is_link =
        |span: Span| body.links.iter().any(|link| span.start <= link.span.start && link.span.end <= span.end);
    let mut report = |span: Span, message: String, help: String| {
        out.push(Diagnostic::new(Code::MarkdownSlip, source, span, message).help(help));
    };
    for found in SPACED.iter().flat_map(|form| form.captures_iter(text)) {
        let (Some(whole), Some(target)) = (found.get(0), found.name("target")) else { continue };
        let span = Span::from(whole.range()).shift(range.start);
        if is_plain(span) && !is_link(span) {
            let better = target.as_str().trim().replace(' ', "-");
            report(
                span,
                "this is shown as it stands, since its address holds a space".to_owned(),
                format!("name the file without spaces, such as {better}, and write that"),
            );
        }
    }
    for found in REVERSED.iter().flat_map(|form| form.find_iter(text)) {
        let span = Span::from(found.range()).shift(range.start);
        if is_plain(span) {
            report(
                span,
                "the brackets of this link are the wrong way round".to_owned(),
                "write the words in square brackets first, then the address in round ones: [words](address)"
                    .to_owned(),
            );
        }
    }
    for found in ALERT.iter().flat_map(|form| form.captures_iter(text)) {
        let Some(kind) = found.name("kind") else { continue };
        let span = Span::from(kind.range()).shift(range.start);
        if is_plain(span) && !ALERTS.iter().any(|known| known.eq_ignore_ascii_case(kind.as_str())) {
            report(
                span,
                format!("there is no alert `{}`", kind.as_str()),
                format!("the alerts are: {}", ALERTS.join(", ")),
            );
        }
    }
    for (event, span) in &body.events {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        if COMPONENTS.iter().any(|(name, _)| *name == info.trim()) {
            let line = source.slice(*span).lines().next().map_or(0, str::len);
            report(
                Span::new(span.start, span.start + line),
                format!(
                    "this block is shown as code; the component `{}` has braces round its name",
                    info.trim()
                ),
                format!("write ```{{{}}}", info.trim()),
            );
        }
    }
}

/// From the first event to the last.
fn range(body: &Body) -> Option<Span> {
    let start = body.events.iter().map(|(_, span)| span.start).min()?;
    let end = body.events.iter().map(|(_, span)| span.end).max()?;
    Some(Span::new(start, end))
}

/// The places of code, and of components.
fn code(body: &Body) -> Vec<Span> {
    let is_code = |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    let events = body.events.iter().filter(|(event, _)| is_code(event)).map(|(_, span)| *span);
    events.chain(body.components.iter().map(|component| component.span)).collect()
}
