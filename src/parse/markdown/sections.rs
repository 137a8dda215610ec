//! The plain text of each section, for the search index and the open data.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Body, component_name, plain};

/// The plain text from one heading to the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// The heading's words; empty before the first heading.
    pub heading: String,
    /// The heading's anchor; empty before the first heading.
    pub anchor: String,
    /// The words, one block a line, without code's marks or components.
    pub text: String,
}

/// The plain text by section; a heading of any level starts one. Sections without any words or
/// heading are left out. What footnotes say is the last section.
#[must_use]
pub fn sections(body: &Body) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut headings = body.headings.iter();
    let mut section = Section::default();
    let (mut heading, mut component) = (false, false);
    // Apart, so that results do not show it where the text has the words as well.
    let mut notes = Section::default();
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
            Event::Start(Tag::FootnoteDefinition(_)) | Event::End(TagEnd::FootnoteDefinition) => {
                end_line(&mut section.text);
                std::mem::swap(&mut section.text, &mut notes.text);
            }
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
    finish(&mut sections, &mut notes);
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
