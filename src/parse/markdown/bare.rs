//! Addresses that stand bare in the text.
//!
//! The markdown reader does not link them, and its smart punctuation changes them. So the text is
//! read once to learn where plain text stands, and once more with each address replaced by as
//! many letters: nothing in it means anything then, and every place stays where it was.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};
use regex::{Captures, Regex};

use super::{OPTIONS, Read, Spanned};

/// How often the text is read with addresses hidden. Hiding one changes how others read only in
/// odd texts; after this many attempts they are left as they are.
const ATTEMPTS: usize = 3;

/// Reads `text`, with addresses that stand bare as links.
pub(super) fn read(text: &str) -> Read {
    let plain = Read::new(text);
    let mut addresses = find(text, &plain);
    for _ in 0..ATTEMPTS {
        if addresses.is_empty() {
            break;
        }
        let hidden = hide(text, &addresses);
        let (events, kept) = restore(text, &hidden, &addresses);
        if kept.iter().all(|kept| *kept) {
            return Read { events, definitions: plain.definitions };
        }
        let mut kept = kept.into_iter();
        addresses.retain(|_| kept.next().unwrap_or_default());
    }
    plain
}

/// An address in the text.
struct Bare {
    range: Range<usize>,
    email: bool,
}

fn find(text: &str, read: &Read) -> Vec<Bare> {
    if !text.contains("://") && !text.contains('@') {
        return Vec::new();
    }
    let blanked = blank(text);
    let mut found = Vec::new();
    let mut from = 0;
    let end = std::iter::once(text.len()..text.len());
    let finder = LinkFinder::new();
    for opaque in opaque(read).into_iter().chain(end) {
        if let Some(gap) = blanked.get(from..opaque.start) {
            for link in finder.links(gap) {
                let Some((range, email)) = trim(link.as_str(), link.kind()) else { continue };
                let range = from + link.start() + range.start..from + link.start() + range.end;
                found.push(Bare { range, email });
            }
        }
        from = from.max(opaque.end);
    }
    found
}

/// Marks of emphasis that close after a word, where they cannot be part of an address.
static CLOSING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"([*_~]+)[.,;:!?)\]"'”’]*(?:[\s|]|$)"#).ok());

/// `text` with a space for each closing mark of emphasis: some candidates would not be found
/// with the mark, and others would end in it.
fn blank(text: &str) -> Cow<'_, str> {
    let Some(closing) = CLOSING.as_ref() else { return Cow::Borrowed(text) };
    closing.replace_all(text, |found: &Captures<'_>| {
        let (whole, marks) = (found.get(0).map_or("", |m| m.as_str()), found.get(1).map_or(0, |m| m.len()));
        format!("{}{}", " ".repeat(marks), whole.get(marks..).unwrap_or_default())
    })
}

/// What is not plain text, in order of place.
fn opaque(read: &Read) -> Vec<Range<usize>> {
    let mut opaque: Vec<Range<usize>> =
        read.definitions.iter().map(|definition| definition.range.clone()).collect();
    let mut previous_end = 0;
    for (at, (event, range)) in read.events.iter().enumerate() {
        let next =
            read.events.get(at + 1).map_or(range.end, |(_, next)| next.start.clamp(range.start, range.end));
        match event {
            // The words of a link are plain text, since smart punctuation must leave an address
            // among them alone.
            Event::Start(Tag::Link { link_type: LinkType::Inline | LinkType::Reference, .. })
            | Event::Start(Tag::FootnoteDefinition(_)) => opaque.push(range.start..next),
            Event::End(TagEnd::Link) => {
                opaque.push(previous_end.clamp(range.start, range.end)..range.end);
            }
            Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::Link { .. }) => {
                opaque.push(range.clone());
            }
            _ => {}
        }
        previous_end = if matches!(event, Event::Start(_)) { next } else { range.end };
    }
    opaque.sort_by_key(|range| (range.start, range.end));
    opaque
}

/// The part of a candidate that is an address, and whether it is one for e-mail: without the
/// marks of emphasis around it, and without typographic punctuation.
fn trim(candidate: &str, kind: &LinkKind) -> Option<(Range<usize>, bool)> {
    if *kind == LinkKind::Email {
        let (local, _) = candidate.split_once('@')?;
        let word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let cut = local.rfind(|c| !word(c)).map_or(0, |at| at + local.get(at..).map_or(0, first_len));
        let start = cut + local.get(cut..)?.find(char::is_alphanumeric)?;
        return Some((start..candidate.len(), true));
    }
    let scheme = candidate.split_once("://")?.0;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let typographic =
        |c| matches!(c, '“' | '”' | '‘' | '’' | '«' | '»' | '…' | '–' | '—') || char::is_whitespace(c);
    let end = candidate.find(typographic).unwrap_or(candidate.len());
    let marks = ['*', '_', '~', '\\', '.', ',', ':', ';', '!', '?', '\''];
    let end = candidate.get(..end)?.trim_end_matches(marks).len();
    (end > scheme.len() + 3).then_some((0..end, false))
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn hide(text: &str, addresses: &[Bare]) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut from = 0;
    for address in addresses {
        hidden.push_str(text.get(from..address.range.start).unwrap_or_default());
        hidden.extend(std::iter::repeat_n('x', address.range.len()));
        from = address.range.end;
    }
    hidden.push_str(text.get(from..).unwrap_or_default());
    hidden
}

/// Reads `hidden` and puts the addresses back. Gives the events, and for each address whether it
/// came back as plain text: if not, hiding it changed how the text around it reads.
fn restore(text: &str, hidden: &str, addresses: &[Bare]) -> (Vec<Spanned>, Vec<bool>) {
    let mut kept = vec![false; addresses.len()];
    let mut events = Vec::new();
    // How many links and pictures are open: an address in one is no link of its own.
    let mut closed = 0_usize;
    for (event, range) in Parser::new_ext(hidden, OPTIONS).into_offset_iter() {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => closed = closed.saturating_sub(1),
            _ => {}
        }
        let first = addresses.partition_point(|address| address.range.end <= range.start);
        let last = addresses.partition_point(|address| address.range.start < range.end);
        let whole = matches!(&event, Event::Text(words) if hidden.get(range.clone()) == Some(words));
        if first >= last || !whole {
            events.push((event.into_static(), range));
            continue;
        }
        let mut from = range.start;
        let within = addresses.get(first..last).unwrap_or_default();
        let kept = kept.get_mut(first..last).unwrap_or_default();
        for (address, kept) in within.iter().zip(kept) {
            if address.range.start < from || address.range.end > range.end {
                continue;
            }
            *kept = true;
            push_text(&mut events, text, from..address.range.start);
            push_address(&mut events, text, address, closed == 0);
            from = address.range.end;
        }
        push_text(&mut events, text, from..range.end);
    }
    (events, kept)
}

fn push_text(events: &mut Vec<Spanned>, text: &str, range: Range<usize>) {
    if let Some(words) = text.get(range.clone()).filter(|words| !words.is_empty()) {
        events.push((Event::Text(CowStr::from(words.to_owned())), range));
    }
}

fn push_address(events: &mut Vec<Spanned>, text: &str, address: &Bare, linked: bool) {
    let range = address.range.clone();
    let words = CowStr::from(unescape(text.get(range.clone()).unwrap_or_default()));
    if !linked {
        events.push((Event::Text(words), range));
        return;
    }
    let link_type = if address.email { LinkType::Email } else { LinkType::Autolink };
    let tag = Tag::Link { link_type, dest_url: words.clone(), title: "".into(), id: "".into() };
    events.push((Event::Start(tag), range.clone()));
    events.push((Event::Text(words), range.clone()));
    events.push((Event::End(TagEnd::Link), range));
}

/// What markdown reads in an address that was escaped though it need not be, as converters do.
fn unescape(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut characters = address.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' || !characters.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(character);
        }
    }
    out.replace("&amp;", "&")
}
