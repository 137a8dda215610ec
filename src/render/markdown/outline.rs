//! The table of contents, and the plain text of each section.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Entry, Section};
use crate::parse::markdown::{Body, Heading, component_name, plain};

/// Headings of the second level, with those of the third under them.
pub(super) fn contents(headings: &[Heading]) -> Vec<Entry> {
    let mut contents: Vec<Entry> = Vec::new();
    for heading in headings.iter().filter(|heading| matches!(heading.level, 2 | 3)) {
        let entry = Entry { text: heading.text.clone(), id: heading.id.clone(), children: Vec::new() };
        match contents.last_mut() {
            Some(above) if heading.level == 3 => above.children.push(entry),
            _ => contents.push(entry),
        }
    }
    contents
}

/// The plain text by section; a heading of any level starts one. Sections without any words or
/// heading are left out.
pub(super) fn sections(body: &Body) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut headings = body.headings.iter();
    let mut section = Section::default();
    let (mut heading, mut component) = (false, false);
    for (event, _) in &body.events {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading = true;
                finish(&mut sections, &mut section);
                if let Some(heading) = headings.next() {
                    section.heading.clone_from(&heading.text);
                    section.anchor.clone_from(&heading.id);
                }
            }
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                component = component_name(info).is_some()
            }
            Event::End(TagEnd::CodeBlock) => {
                component = false;
                end_line(&mut section.text);
            }
            Event::Start(tag) if is_block(&tag.to_end()) => end_line(&mut section.text),
            Event::End(end) if is_block(end) => end_line(&mut section.text),
            event if !heading && !component => section.text.push_str(plain(event)),
            _ => {}
        }
    }
    finish(&mut sections, &mut section);
    sections
}

fn finish(sections: &mut Vec<Section>, section: &mut Section) {
    let mut done = std::mem::take(section);
    done.text.truncate(done.text.trim_end().len());
    if done != Section::default() {
        sections.push(done);
    }
}

fn end_line(text: &mut String) {
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
}

fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
