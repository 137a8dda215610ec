//! Drops what markdown allows and a page does not need.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Spanned;

/// Quotations, lists and emphasis deeper than this are read as if they were not nested further:
/// browsers give up at 512 elements, and nobody reads past a handful.
const DEPTH: usize = 40;

/// Drops links within links, nesting without end, and the classes and attributes of headings. Starts and ends stay
/// balanced.
pub(super) fn tidy(events: Vec<Spanned>) -> Vec<Spanned> {
    let mut out = Vec::with_capacity(events.len());
    // For each element that is open: whether it is kept.
    let mut open: Vec<bool> = Vec::new();
    let (mut depth, mut links) = (0_usize, 0_usize);
    for (mut event, range) in events {
        let keep = match &mut event {
            Event::Start(tag) => {
                let keep = match tag {
                    // An address in angle brackets may stand in the words of a link.
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
                keep
            }
            Event::End(end) => {
                depth -= usize::from(nests(end)).min(depth);
                links -= usize::from(*end == TagEnd::Link).min(links);
                open.pop().unwrap_or(true)
            }
            _ => true,
        };
        if keep {
            out.push((event, range));
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
