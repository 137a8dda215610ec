//! Gathers from the events what the rules and the later stages ask for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use regex::Regex;

use super::anchors::Anchors;
use super::{Body, Component, Definition, Footnote, Heading, Link, LinkKind, Spanned};
use crate::parse::address::is_whole;
use crate::source::Span;

/// A body with places in `text`.
pub(super) fn collect(text: &str, events: Vec<Spanned>, definitions: &[Definition]) -> Body {
    let mut body =
        Body { headings: headings(&events), links: links(text, &events, definitions), ..Body::default() };
    fences(text, &events, &mut body);
    footnotes(text, &events, &mut body);
    body.events = events.into_iter().map(|(event, range)| (event, range.into())).collect();
    body
}

/// What an event adds to the plain text of what it stands in.
pub(crate) fn plain<'a>(event: &'a Event<'_>) -> &'a str {
    match event {
        Event::Text(words) | Event::Code(words) => words,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}

fn headings(events: &[Spanned]) -> Vec<Heading> {
    let explicit = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
        _ => None,
    });
    let mut anchors = Anchors::new(explicit);
    let mut headings: Vec<Heading> = Vec::new();
    let mut open: Option<Heading> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                open = Some(Heading {
                    level: *level as u8,
                    text: String::new(),
                    id: id.as_ref().map(CowStr::to_string).unwrap_or_default(),
                    explicit: id.is_some(),
                    span: range.clone().into(),
                });
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some(mut heading) = open.take() else { continue };
                heading.text = heading.text.trim().to_owned();
                if !heading.explicit {
                    heading.id = anchors.derive(&heading.text);
                }
                headings.push(heading);
            }
            event => {
                if let Some(heading) = &mut open {
                    heading.text.push_str(plain(event));
                }
            }
        }
    }
    headings
}

fn links(text: &str, events: &[Spanned], definitions: &[Definition]) -> Vec<Link> {
    let by_label: HashMap<String, &Definition> =
        definitions.iter().map(|definition| (fold(&definition.label), definition)).collect();
    let mut links = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    // Where the words of each link that is open end.
    let mut open: Vec<(Link, LinkType, String)> = Vec::new();
    let mut words_end = 0;
    for (event, range) in events {
        match event {
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                let (Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. }) =
                    tag
                else {
                    continue;
                };
                let picture = matches!(tag, Tag::Image { .. });
                let link = Link {
                    target: dest_url.to_string(),
                    kind: kind(dest_url, *link_type, picture),
                    span: range.clone().into(),
                };
                open.push((link, *link_type, id.to_string()));
                words_end = range.start;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some((mut link, link_type, label)) = open.pop() else { continue };
                let place = match link_type {
                    LinkType::Inline => find(text, words_end..range.end, &link.target),
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                        by_label.get(&fold(&label)).and_then(|definition| {
                            used.push(definition.range.start);
                            find_defined(text, definition)
                        })
                    }
                    _ => find(text, range.clone(), &link.target),
                };
                link.span = place.unwrap_or(link.span);
                links.push(link);
                words_end = range.end;
            }
            _ => words_end = range.end,
        }
    }
    used.sort_unstable();
    let unused = definitions.iter().filter(|definition| used.binary_search(&definition.range.start).is_err());
    links.extend(unused.map(|definition| Link {
        target: definition.target.clone(),
        kind: kind(&definition.target, LinkType::Reference, false),
        span: find_defined(text, definition).unwrap_or(definition.range.clone().into()),
    }));
    links.sort_by_key(|link| link.span);
    links
}

/// As the markdown reader compares labels: whatever the case, and however spaced.
fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn kind(target: &str, link_type: LinkType, picture: bool) -> LinkKind {
    if picture {
        return LinkKind::Picture;
    }
    if link_type == LinkType::Email {
        return LinkKind::Email;
    }
    if is_whole(target) { LinkKind::Address } else { LinkKind::Document }
}

fn find_defined(text: &str, definition: &Definition) -> Option<Span> {
    let label = text.get(definition.range.clone())?.find("]:")? + "]:".len();
    find(text, definition.range.start + label..definition.range.end, &definition.target)
}

fn find(text: &str, range: Range<usize>, target: &str) -> Option<Span> {
    let at = range.start + text.get(range)?.find(target).filter(|_| !target.is_empty())?;
    Some(Span::new(at, at + target.len()))
}

fn fences(text: &str, events: &[Spanned], body: &mut Body) {
    let mut containers = 0_usize;
    let mut open: Option<&str> = None;
    let mut lines_end = 0;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some(info);
                lines_end = text
                    .get(range.clone())
                    .and_then(|block| block.find('\n'))
                    .map_or(range.end, |end| range.start + end + 1);
            }
            Event::Text(_) if open.is_some() => lines_end = lines_end.max(range.end),
            Event::End(TagEnd::CodeBlock) => {
                let Some(info) = open.take() else { continue };
                let block = text.get(range.clone()).unwrap_or_default();
                let first_line = block.find('\n').map_or(block.len(), |end| end + 1);
                let rest = text.get(lines_end.min(range.end)..range.end).unwrap_or_default();
                let closed = rest.contains(['`', '~']);
                if !closed {
                    let opening = block.get(..first_line).unwrap_or_default().trim_end();
                    body.unclosed.push(Span::new(range.start, range.start + opening.len()));
                }
                let Some(name) = component_name(info) else { continue };
                let name_at = block.find(name).filter(|_| !name.is_empty()).unwrap_or_default();
                let last_line = block.trim_end().rfind('\n').map_or(block.len(), |end| end + 1);
                let content_end = if closed { last_line.max(first_line) } else { block.len() };
                body.components.push(Component {
                    name: name.to_owned(),
                    name_span: Span::new(name_at, name_at + name.len()).shift(range.start),
                    span: range.clone().into(),
                    content: Span::new(first_line, content_end).shift(range.start),
                    inside: containers > 0,
                });
            }
            Event::Start(tag) if contains(&tag.to_end()) => containers += 1,
            Event::End(end) if contains(end) => containers = containers.saturating_sub(1),
            _ => {}
        }
    }
}

/// The name in `{name}`, when a fence's info string is one.
pub(crate) fn component_name(info: &str) -> Option<&str> {
    let inner = info.trim().strip_prefix('{')?;
    Some(inner.strip_suffix('}').unwrap_or(inner).trim())
}

fn contains(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition
    )
}

/// A use of a footnote that nothing defines is plain text to the markdown reader.
static USE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[\^([^\[\]\s]+)\]").ok());

fn footnotes(text: &str, events: &[Spanned], body: &mut Body) {
    let mut code = false;
    // The plain text that is being put together from the pieces it comes in.
    let mut run = 0..0;
    for (event, range) in events {
        match event {
            Event::Text(_) if code => {}
            Event::Text(_) if run.end == range.start => run.end = range.end,
            Event::Text(_) => {
                undefined(text, std::mem::replace(&mut run, range.clone()), &mut body.footnotes.uses);
            }
            Event::FootnoteReference(label) => {
                body.footnotes.uses.push(Footnote { label: label.to_string(), span: range.clone().into() });
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let head =
                    text.get(range.clone()).and_then(|block| block.find("]:")).map_or(0, |end| end + 2);
                let span = Span::new(range.start, range.start + head);
                body.footnotes.definitions.push(Footnote { label: label.to_string(), span });
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => code = true,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => code = false,
            _ => {}
        }
    }
    undefined(text, run, &mut body.footnotes.uses);
    body.footnotes.uses.sort_by_key(|footnote| footnote.span);
}

fn undefined(text: &str, run: Range<usize>, uses: &mut Vec<Footnote>) {
    let (Some(shape), Some(words)) = (USE.as_ref(), text.get(run.clone())) else { return };
    for found in shape.captures_iter(words) {
        let (Some(whole), Some(label)) = (found.get(0), found.get(1)) else { continue };
        let at = run.start + whole.start();
        let before = text.get(..at).unwrap_or_default();
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if backslashes % 2 == 0 {
            let span = Span::new(at, at + whole.len());
            uses.push(Footnote { label: label.as_str().to_owned(), span });
        }
    }
}
