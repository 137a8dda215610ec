#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

use std::sync::Arc;

use proptest::prelude::*;
use pulldown_cmark::{Event, Tag};

use super::{Body, Kind, LinkKind, parse, parse_text};
use crate::source::{Location, Source, Span};

fn read(text: &str) -> (Arc<Source>, Body) {
    let source = Source::new("content/a.md", text);
    let body = parse(&source, Span::new(0, text.len()));
    (source, body)
}

/// The links' targets, and the words of all text.
fn links_and_words(text: &str) -> (Vec<String>, String) {
    let (_, body) = read(text);
    let words = body.events.iter().map(|(event, _)| super::collect::plain(event)).collect();
    (body.links.into_iter().map(|link| link.target).collect(), words)
}

#[test]
fn bare_addresses_are_links_and_stay_as_written() {
    for (text, address) in [
        ("see https://a.example/x--y_z_/'q'/...z, then", "https://a.example/x--y_z_/'q'/...z"),
        ("**https://a.example/b/** and", "https://a.example/b/"),
        ("*https://a.example/b*.", "https://a.example/b"),
        ("_https://a.example/b_c_", "https://a.example/b_c"),
        ("~~https://a.example/~b~~", "https://a.example/~b"),
        ("(https://a.example/b(c)d)", "https://a.example/b(c)d"),
        ("“https://a.example/b”", "https://a.example/b"),
        ("\"https://a.example/b\"", "https://a.example/b"),
        ("| a |\n|---|\n| https://a.example/b--c|\n", "https://a.example/b--c"),
        ("## On https://a.example/b--c\n", "https://a.example/b--c"),
        ("- item\r\n  https://a.example/b--c\r\n- more\r\n", "https://a.example/b--c"),
        ("x[^1]\n\n[^1]: https://a.example/b--c\n", "https://a.example/b--c"),
        ("term\n: https://a.example/b--c\n", "https://a.example/b--c"),
        ("> https://a.example/b--c\n", "https://a.example/b--c"),
        ("[see https://a.example/b--c here]", "https://a.example/b--c"),
        ("ask first_last--x@a.example.org.", "first_last--x@a.example.org"),
        ("_ask@a.example.org_", "ask@a.example.org"),
        ("|x|\n|-|\n|ask@a.example.org|", "ask@a.example.org"),
        ("https://a.example/café", "https://a.example/café"),
    ] {
        let (links, words) = links_and_words(text);
        assert_eq!(links, [address], "{text}");
        assert!(words.contains(address), "{text} -> {words}");
    }
}

#[test]
fn escapes_that_a_converter_wrote_are_not_part_of_an_address() {
    assert_eq!(
        links_and_words("at https://a.example/b\\_c?x=1&amp;y=2 now").0,
        ["https://a.example/b_c?x=1&y=2"]
    );
}

#[test]
fn what_is_not_plain_text_is_not_linked_again() {
    for text in [
        "`https://a.example`",
        "```\nhttps://a.example\n```",
        "    https://a.example",
        "ftp://a.example",
        "www.a.example",
        "<b title=https://a.example>",
    ] {
        assert_eq!(links_and_words(text).0, Vec::<String>::new(), "{text}");
    }
    assert_eq!(links_and_words("[https://a.example/x--y](https://b.example)").0, ["https://b.example"]);
    assert_eq!(links_and_words("[https://a.example/x--y](https://b.example)").1, "https://a.example/x--y");
    assert_eq!(links_and_words("<https://a.example/>").0, ["https://a.example/"]);
    assert_eq!(links_and_words("[x]: https://a.example\n").0, ["https://a.example"]);
}

/// With the address hidden these would be a tag and a definition.
#[test]
fn an_address_that_gives_the_text_around_it_its_meaning_stays() {
    let (links, words) = links_and_words("<ask@a.example.org--> and ask@b.example.org");
    assert_eq!(links, ["ask@b.example.org"]);
    assert_eq!(words, "<ask@a.example.org–> and ask@b.example.org");
    let text = "[x]: http://((ask@a.example.org";
    assert_eq!(links_and_words(text), (Vec::new(), text.to_owned()));
}

#[test]
fn smart_punctuation_works_beside_addresses() {
    assert_eq!(
        links_and_words("\"a\" -- https://a.example/--x -- it's").1,
        "“a” – https://a.example/--x – it’s"
    );
}

#[test]
fn anchors_depend_on_their_own_heading() {
    let ids = |text: &str| read(text).1.headings.into_iter().map(|heading| heading.id).collect::<Vec<_>>();
    assert_eq!(
        ids("## What we *did*\n\n## What we did\n\n## What we did\n"),
        ["what-we-did", "what-we-did-2", "what-we-did-3"]
    );
    assert_eq!(ids("## What we've `done` -- so far…\n"), ["what-weve-done-so-far"]);
    assert_eq!(ids("## One\n\n## Two {#one}\n"), ["one-2", "one"]);
    assert_eq!(ids("## A\n\n## A\n\n## A-2\n"), ["a", "a-2", "a-2-2"]);
    assert_eq!(ids("## Contents\n\n## fn 1\n\n## !!\n"), ["section-contents", "section-fn-1", "section"]);
}

#[test]
fn links_are_placed_at_their_target() {
    let (source, body) = read(
        "[a](x.md \"t\") ![p](p.png) [r] <https://a.example> [e](a&amp;b)\n\n[r]: y.md\n[unused]: z.md\n",
    );
    let found: Vec<_> =
        body.links.iter().map(|link| (link.kind, link.target.as_str(), source.slice(link.span))).collect();
    assert_eq!(
        found,
        [
            (LinkKind::Document, "x.md", "x.md"),
            (LinkKind::Picture, "p.png", "p.png"),
            (LinkKind::Address, "https://a.example", "https://a.example"),
            (LinkKind::Document, "a&b", "[e](a&amp;b)"),
            (LinkKind::Document, "y.md", "y.md"),
            (LinkKind::Document, "z.md", "z.md"),
        ]
    );
}

#[test]
fn components_are_fences_with_a_name_in_braces() {
    let (source, body) = read(
        "x\n\n```{callout}\r\ntext: a\r\n```\n\n- ~~~ {figure}\n  a\n  ~~~\n\n```rust\n```\n\n```{open}\n",
    );
    let found: Vec<_> = body
        .components
        .iter()
        .map(|c| (c.name.as_str(), source.slice(c.name_span), source.slice(c.content), c.inside))
        .collect();
    assert_eq!(
        found,
        [
            ("callout", "callout", "text: a\r\n", false),
            ("figure", "figure", "  a\n", true),
            ("open", "open", "", false)
        ]
    );
    assert_eq!(body.unclosed.iter().map(|span| source.slice(*span)).collect::<Vec<_>>(), ["```{open}"]);
}

#[test]
fn fences_are_closed_by_their_own_line_alone() {
    for (text, unclosed) in [
        ("```\na\n```", 0),
        ("```\n```", 0),
        ("````\n```\n", 1),
        ("```", 1),
        ("> ```\n> a\n\nb", 1),
        ("> ```\n> a\n> ```\n", 0),
        ("- ```\n  a\n  ```", 0),
    ] {
        assert_eq!(read(text).1.unclosed.len(), unclosed, "{text}");
    }
}

#[test]
fn footnotes_are_found_where_nothing_defines_them_too() {
    let (source, body) = read("a[^x] \\[^no] `[^code]` b[^y]\n\n[^y]: text\n");
    let uses: Vec<_> = body.footnotes.uses.iter().map(|f| (f.label.as_str(), source.slice(f.span))).collect();
    assert_eq!(uses, [("x", "[^x]"), ("y", "[^y]")]);
    let definitions: Vec<_> = body.footnotes.definitions.iter().map(|f| source.slice(f.span)).collect();
    assert_eq!(definitions, ["[^y]:"]);
}

#[test]
fn a_fields_text_has_exact_places_where_it_stands_as_written() {
    let file = "a: 1\ntext: |\n  One\n  <b>two</b>\nquoted: \"say <i>\\x41\"\nplain: see <u>this\n";
    let source = Source::new("a.md", file);
    let html = |text: &str, written: &str| {
        let start = file.find(written).unwrap();
        let at = Location::new(&source, Span::new(start, start + written.len()));
        let body = parse_text(text, &at);
        assert_eq!(body.kind, Kind::Field);
        body.events
            .iter()
            .find(|(event, _)| matches!(event, Event::InlineHtml(_)))
            .map(|(_, span)| source.slice(*span).to_owned())
            .unwrap()
    };
    assert_eq!(html("One\n<b>two</b>\n", "|\n  One\n  <b>two</b>\n"), "<b>");
    assert_eq!(html("One\n<b>two</b>\n", "  One\n  <b>two</b>\n"), "<b>");
    assert_eq!(html("see <u>this", "see <u>this"), "<u>");
    assert_eq!(html("say <i>A", "\"say <i>\\x41\""), "\"say <i>\\x41\"");
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_first_line() {
    let (source, body) = read("\u{feff}## Heading\n");
    assert_eq!(source.slice(body.headings[0].span), "## Heading\n");
}

#[test]
fn links_never_stand_in_links() {
    for text in ["[a <https://x.example> b](https://y.example)", "[a https://x.example b](https://y.example)"]
    {
        let (links, words) = links_and_words(text);
        assert_eq!(links, ["https://y.example"], "{text}");
        assert_eq!(words, "a https://x.example b");
    }
}

/// Texts that made readers of markdown hang or overflow.
pub(crate) fn hostile() -> Vec<String> {
    let n = 50_000;
    vec![
        ">".repeat(n),
        "[".repeat(n),
        "![".repeat(n),
        "[a](".repeat(n),
        "*".repeat(n),
        "*a **b ".repeat(n),
        "- ".repeat(n),
        "`a``b".repeat(n),
        "<a ".repeat(n),
        "<!--".repeat(n),
        "[^a]".repeat(n),
        "[^".repeat(n),
        "## a\n".repeat(n),
        "a@".repeat(n),
        "http://".repeat(n),
        "https://a.example/( ".repeat(n),
        "[https://a.example](".repeat(n),
        "[a]: https://a.example\n".repeat(n),
        format!("{} end", "word ".repeat(1_000_000)),
        format!("```{{a}}\n{}", "x\n".repeat(n)),
        (0..1000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect(),
        "[^a]: b\n".repeat(n),
        (0..n / 5).map(|at| format!("[^a{at}] [^b{at}]\n\n[^b{at}]: [^c{at}]\n\n")).collect(),
        "| a ".repeat(300) + "\n" + &"|-".repeat(300) + "\n" + &"|b\n".repeat(300),
        "![a](b \"c\")\n\n".repeat(n),
        "a\n: ".repeat(n),
        "NRM county lines ".repeat(n),
    ]
}

#[test]
fn nesting_is_cut_off() {
    let (_, body) = read(&format!("{}a", "> ".repeat(1000)));
    let quotes =
        body.events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_)))).count();
    assert_eq!(quotes, 40);
}

/// Markdown that is likelier to be interesting than random characters are.
pub(crate) fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "word",
        "é",
        "’",
        "\u{feff}",
        "\u{0}",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "```{callout}\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "[^1]",
        "[^1]: ",
        "[^é]",
        "[x]",
        "[x]: ",
        "<",
        ">",
        "<b>",
        "<!--",
        "-->",
        "&",
        "&amp;",
        "&lt;",
        "&#13;",
        "\"",
        "'",
        "--",
        "...",
        "|",
        "| a | b |\n|:-|-:|\n",
        "- ",
        "1. ",
        "- [x] ",
        "> ",
        "> [!NOTE]\n> ",
        "# ",
        "## ",
        "### ",
        "{#id}",
        ": ",
        "\\",
        "https://a.example/x--y",
        "http://",
        "javascript:alert(1)",
        "ask@a.example.org",
        "@",
        "a.png",
        "\"t\"",
        "NRM",
        "county lines",
        "<script>",
        "<https://a.example>",
        "    ",
        "---\n",
        "://",
        ".",
    ]);
    prop_oneof![
        9 => prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_place_lies_on_character_boundaries(text in markdown(), before in "[a-zé\u{feff}]{0,3}") {
        let file = format!("{before}{text}");
        let source = Source::new("a.md", file.as_str());
        let body = parse(&source, Span::new(before.len(), file.len()));
        let mut open = 0_i32;
        for (event, span) in &body.events {
            prop_assert!(source.text().get(span.range()).is_some() && span.start >= before.len());
            open += match event { Event::Start(_) => 1, Event::End(_) => -1, _ => 0 };
            prop_assert!(open >= 0);
        }
        prop_assert_eq!(open, 0);
        let spans = body.headings.iter().map(|h| h.span)
            .chain(body.links.iter().map(|l| l.span))
            .chain(body.components.iter().flat_map(|c| [c.name_span, c.span, c.content]))
            .chain(body.footnotes.uses.iter().chain(&body.footnotes.definitions).map(|f| f.span))
            .chain(body.unclosed.iter().copied());
        for span in spans {
            prop_assert!(source.text().get(span.range()).is_some(), "{:?} in {:?}", span, source.text());
        }
    }

    #[test]
    fn a_fields_places_lie_within_the_file(text in markdown(), indent in 0_usize..4) {
        let written: String = text.split_inclusive('\n').map(|line| format!("{}{line}", " ".repeat(indent))).collect();
        let file = format!("text: |\n{written}");
        let source = Source::new("a.md", file.as_str());
        let body = parse_text(&text, &Location::new(&source, Span::new(6, file.len())));
        for (_, span) in &body.events {
            prop_assert!(source.text().get(span.range()).is_some());
        }
    }

    #[test]
    fn an_address_reads_the_same_in_any_sentence(
        before in "[a-z][a-z ,.\"'(-]{0,12}",
        path in "[a-zA-Z0-9_~'=&?.:@-]{0,20}[a-z0-9]",
        after in "[,.)\"*_]?( [a-z ]{0,8})?",
    ) {
        let address = format!("https://a.example/{path}");
        let text = format!("{before} {address}{after}");
        let (links, words) = links_and_words(&text);
        prop_assert_eq!(&links, std::slice::from_ref(&address), "{}", text);
        prop_assert!(words.contains(&address), "{} -> {}", text, words);
    }
}
