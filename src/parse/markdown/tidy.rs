//! Puts right what markdown allows and HTML does not.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Spanned;

/// Quotations, lists and emphasis deeper than this are read as if they were not nested further:
/// browsers give up at 512 elements, and nobody reads past a handful.
const DEPTH: usize = 40;

/// Drops links within links and nesting without end, moves footnotes out of link texts, and drops
/// classes and attributes of headings. Starts and ends stay balanced.
pub(super) fn tidy(events: Vec<Spanned>) -> Vec<Spanned> {
    let mut out = Vec::with_capacity(events.len());
    // For each element that is open: whether it is kept.
    let mut open: Vec<bool> = Vec::new();
    let (mut depth, mut links) = (0_usize, 0_usize);
    let mut footnotes: Vec<Spanned> = Vec::new();
    for (mut event, range) in events {
        match &mut event {
            Event::Start(tag) => {
                let keep = match tag {
                    Tag::Link { .. } => links == 0,
                    // The parts of a list go with it.
                    Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                        open.last().copied().unwrap_or(true)
                    }
                    _ => !nests(&tag.to_end()) || depth < DEPTH,
                };
                depth += usize::from(nests(&tag.to_end()));
                links += usize::from(matches!(tag, Tag::Link { .. }));
                if let Tag::Heading { classes, attrs, .. } = tag {
                    classes.clear();
                    attrs.clear();
                }
                open.push(keep);
                if keep {
                    out.push((event, range));
                }
            }
            Event::End(end) => {
                depth -= usize::from(nests(end)).min(depth);
                let link = *end == TagEnd::Link;
                links -= usize::from(link).min(links);
                if open.pop().unwrap_or(true) {
                    out.push((event, range));
                }
                if link && links == 0 {
                    out.append(&mut footnotes);
                }
            }
            Event::FootnoteReference(_) if links > 0 => footnotes.push((event, range)),
            _ => out.push((event, range)),
        }
    }
    out
}

fn nests(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::DefinitionList
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Image
    )
}
