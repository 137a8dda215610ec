#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::check_body;
use crate::diagnostics::{Code, Diagnostic, sort};
use crate::parse::markdown::{parse, parse_text};
use crate::source::{Location, Source, Span};

fn check(text: &str) -> Vec<Diagnostic> {
    let source = Source::new("content/a.md", text);
    let body = parse(&source, Span::new(0, text.len()));
    let mut out = Vec::new();
    check_body(&source, &body, &mut out);
    sort(&mut out);
    out
}

fn check_field(text: &str) -> Vec<Diagnostic> {
    let source = Source::new("content/a.md", text);
    let body = parse_text(text, &Location::new(&source, Span::new(0, text.len())));
    let mut out = Vec::new();
    check_body(&source, &body, &mut out);
    out
}

/// Each finding as `code line:column text`.
fn found(text: &str) -> Vec<String> {
    check(text)
        .iter()
        .map(|d| {
            let place = &d.primary.location;
            let at = place.position();
            format!("{} {}:{} {}", d.code, at.line, at.column, place.source.slice(place.span).trim_end())
        })
        .collect()
}

#[test]
fn html_is_found_wherever_it_stands() {
    assert_eq!(
        found(
            "a <b>c</b><br><br>\n\n| <i> |\n|-|\n| x |\n\n## h <!-- c -->\n\n> <div>\n> x\n\n[^1]\n\n[^1]: <u>\n"
        ),
        [
            "raw-html 1:3 <b>",
            "raw-html 1:7 </b><br><br>",
            "raw-html 3:3 <i>",
            "raw-html 7:6 <!-- c -->",
            "raw-html 9:3 <div>\n> x",
            "raw-html 14:7 <u>",
        ]
    );
    assert_eq!(found("`<b>` &lt;b&gt; 3 < 4 \\<b>\n\n```\n<b>\n```\n"), [""; 0]);
    let strong = check("a <b>c");
    assert_eq!(strong[0].fix.as_ref().unwrap().replacement, "**");
}

#[test]
fn unsafe_addresses_are_found_in_every_kind_of_link() {
    assert_eq!(
        found(
            "[a](javascript:x) ![p](data:x) <file:///x> [r] https://u:p@a.example/\n\n[r]: //a.example\n[unused]: vbscript:x\n"
        ),
        [
            "unsafe-address 1:5 javascript:x",
            "unsafe-address 1:24 data:x",
            "unsafe-address 1:33 file:///x",
            "unsafe-address 1:48 https://u:p@a.example/",
            "unsafe-address 3:6 //a.example",
            "unsafe-address 4:11 vbscript:x",
        ]
    );
    assert_eq!(found("[a](java&#115;cript&colon;x)"), ["unsafe-address 1:1 [a](java&#115;cript&colon;x)"]);
    assert_eq!(found("[a](b.md) <ask@a.example> ask@a.example.org [b](#c)"), [""; 0]);
}

#[test]
fn pictures_have_words_and_stand_in_the_library() {
    assert_eq!(
        found("![ ](a.png) ![poster](x/poster.png) ![Fine](a.png) ![Fine](https://a.example/b.png)"),
        [
            "missing-alt-text 1:1 ![ ](a.png)",
            "missing-alt-text 1:13 ![poster](x/poster.png)",
            "remote-picture 1:60 https://a.example/b.png"
        ]
    );
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    assert_eq!(
        found("# A\n\n## B\n\n#### C\n\n## D\n\n##\n"),
        ["heading-level 1:1 # A", "heading-level 5:1 #### C", "heading-level 9:1 ##"]
    );
    assert_eq!(found("### A\n"), ["heading-level 1:1 ### A"]);
    assert_eq!(found("## A\n\n### B\n\n## C\n"), [""; 0]);
}

#[test]
fn anchors_that_were_written_are_unique_and_not_the_pages() {
    assert_eq!(
        found("## A {#x}\n\n## B {#x}\n\n## C {#main}\n\n## D {#fn-1}\n"),
        [
            "duplicate-anchor 3:1 ## B {#x}",
            "duplicate-anchor 5:1 ## C {#main}",
            "duplicate-anchor 7:1 ## D {#fn-1}"
        ]
    );
    assert_eq!(found("## A\n\n## A\n\n## B {#a}\n"), [""; 0]);
}

#[test]
fn footnotes_come_in_pairs() {
    assert_eq!(
        found("a[^x] b[^y] `[^z]` \\[^w]\n\n[^y]: one\n\n[^Y]: two\n\n[^u]: three\n"),
        ["footnote 1:2 [^x]", "footnote 5:1 [^Y]:", "footnote 7:1 [^u]:"]
    );
}

#[test]
fn a_field_has_neither_headings_nor_footnotes() {
    let codes: Vec<_> = check_field("## A\n\nb[^1] <b>\n\n[^1]: c\n").iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::RawHtml, Code::HeadingLevel, Code::Footnote, Code::Footnote]);
}
