//! `raw-html`: HTML is not published, so that nothing in a contribution can act in a reader's
//! browser, and every page keeps its shape.

use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::markdown::{Body, Kind};
use crate::source::{Source, Span};

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    for run in runs(body) {
        let name = tag_name(&run.html);
        let message = match name.as_str() {
            "!--" => "a comment of HTML stands in the text".to_owned(),
            "" => "HTML stands in the text".to_owned(),
            name => format!("HTML stands in the text: <{name}>"),
        };
        let mut diagnostic = Diagnostic::new(Code::RawHtml, source, run.span, message).help(instead(&name));
        if let Some(marks) = marks(&run.html).filter(|_| body.kind == Kind::Document) {
            diagnostic = diagnostic.fix(marks);
        }
        out.push(diagnostic);
    }
}

/// HTML without anything between its parts.
struct Run {
    html: String,
    span: Span,
}

fn runs(body: &Body) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut block: Option<Run> = None;
    for (event, span) in &body.events {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some(Run { html: String::new(), span: *span }),
            Event::End(TagEnd::HtmlBlock) => runs.extend(block.take()),
            Event::Html(html) | Event::InlineHtml(html) => match (&mut block, runs.last_mut()) {
                (Some(block), _) => block.html.push_str(html),
                (None, Some(last)) if last.span.end == span.start => {
                    last.html.push_str(html);
                    last.span.end = span.end;
                }
                _ => runs.push(Run { html: html.to_string(), span: *span }),
            },
            _ => {}
        }
    }
    runs
}

/// The name of the first tag, in small letters; `!--` for a comment.
fn tag_name(html: &str) -> String {
    let inner = html.trim_start().trim_start_matches('<').trim_start_matches('/');
    if inner.starts_with("!--") {
        return "!--".to_owned();
    }
    inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The marks that say the same as a single tag without attributes.
fn marks(html: &str) -> Option<&'static str> {
    match html.to_ascii_lowercase().as_str() {
        "<b>" | "</b>" | "<strong>" | "</strong>" => Some("**"),
        "<i>" | "</i>" | "<em>" | "</em>" => Some("*"),
        "<s>" | "</s>" | "<del>" | "</del>" => Some("~~"),
        _ => None,
    }
}

fn instead(name: &str) -> &'static str {
    match name {
        "!--" => "take the comment out: readers of the page's source would see it",
        "br" => "end the line with a backslash (\\), or leave an empty line to start a new paragraph",
        "b" | "strong" => "write **words** for strong text",
        "i" | "em" => "write *words* for emphasis",
        "s" | "del" | "strike" => "write ~~words~~ for words that are struck out",
        "u" | "ins" => {
            "leave the underlining out, since readers take it for a link; write *words* for emphasis"
        }
        "a" => "write [words](address) for a link",
        "img" => "write ![what the picture shows](picture.png) for a picture",
        "table" | "thead" | "tbody" | "tr" | "td" | "th" => {
            "write the table in lines with | between the cells, with a line such as |---|---| under the first"
        }
        "ul" | "li" => "write each item of the list on a line that starts with a hyphen and a space",
        "ol" => "write each item of the list on a line that starts with 1. and a space",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            "write a heading as a line that starts with ## and a space"
        }
        "p" | "div" | "span" | "font" | "center" => "leave the tag out; an empty line starts a new paragraph",
        "blockquote" => "start each line of the quotation with > and a space",
        "code" | "kbd" | "samp" => "put the words between backticks: `words`",
        "pre" => "put a line of three backticks (```) before and after the lines",
        "hr" => "write a line of three hyphens (---) with an empty line before it",
        "sup" => "write a footnote as [^1], or the power in words or as a character (m²)",
        "sub" => "write the characters plainly, as in CO2 or CO₂",
        "script" | "style" | "iframe" | "object" | "embed" | "form" | "input" | "button" | "video"
        | "audio" => {
            "take it out: scripts, styles, forms and players are not published; link to the page that has them"
        }
        _ => "take the tag out and write it in markdown; where the sign < itself is meant, write \\<",
    }
}
