#![allow(clippy::indexing_slicing)]

use proptest::prelude::*;

use super::parse;
use crate::diagnostics::Diagnostic;
use crate::parse::node::{Node, Value};
use crate::parse::testing::{check, findings, outline, places};
use crate::source::{Source, Span};

fn read_with(text: &str) -> (Node, Vec<Diagnostic>) {
    let source = Source::new("case.md", text);
    let mut diagnostics = Vec::new();
    let node = parse(&source, Span::new(0, text.len()), &mut diagnostics);
    check(&source, &node, &diagnostics);
    (node, diagnostics)
}

fn read(text: &str) -> (String, Vec<String>) {
    let (node, diagnostics) = read_with(text);
    (outline(&node), findings(&diagnostics))
}

/// Each row: the text, its tree, and what is found in it.
fn table(rows: &[(&str, &str, &[&str])]) {
    for (text, tree, found) in rows {
        let found = found.iter().map(|&finding| finding.to_owned()).collect::<Vec<_>>();
        assert_eq!(read(text), ((*tree).to_owned(), found), "{text}");
    }
}

#[test]
fn values_keep_what_was_written() {
    table(&[
        ("", "{}", &[]),
        ("# only a comment\n", "{}", &[]),
        ("---\na: 1\n", "{a: 1}", &[]),
        ("a: 007\nb: yes\nc: 2019-07-05\nd: 1e3\n", "{a: 007, b: yes, c: 2019-07-05, d: 1e3}", &[]),
        ("a:\nb: ~\nc: null\nd: ''\ne: '~'\n", "{a: null, b: null, c: null, d: \"\", e: \"~\"}", &[]),
        ("a: 'it''s'\nb: \"x\\ty\"\n", "{a: \"it's\", b: \"x\\ty\"}", &[]),
        ("a: |\n  x\n  y\nb: >\n  x\n  y\n", "{a: \"x\\ny\\n\", b: \"x y\\n\"}", &[]),
        ("a: x\n  more\n  text\nb: 1 # note\n", "{a: x more text, b: 1}", &[]),
        ("a:\n  - b: 1\n    c: [x, 'y']\n  - d\n", "{a: [{b: 1, c: [x, \"y\"]}, d]}", &[]),
        ("a: [\nx,\ny\n]\nb: {c: 1, d: }\n", "{a: [x, y], b: {c: 1, d: null}}", &[]),
        ("1: done\n\"two words\": x\nŵy: z\n", "{1: done, two words: x, ŵy: z}", &[]),
        ("a: https://example.org/x\nb: 12:30\nc: a:b\n", "{a: https://example.org/x, b: 12:30, c: a:b}", &[]),
    ]);
}

#[test]
fn places_are_offsets_in_the_whole_file() {
    let text = "\u{feff}---\r\ntitle: Ŵ \"x\"  # note\r\nlist:\r\n  - 'é'\r\n  - b\r\nempty:\r\nlong: |\r\n  one\r\n  two\r\n\r\nlast: x\r\n---\r\n";
    let source = Source::new("case.md", text);
    let start = text.find("title").unwrap_or_default();
    let end = text.rfind("---").unwrap_or_default();
    let node = parse(&source, Span::new(start, end), &mut Vec::new());
    assert_eq!(
        outline(&node),
        "{title: Ŵ \"x\", list: [\"é\", b], empty: null, long: \"one\\ntwo\\n\", last: x}"
    );
    assert_eq!(
        places(&source, &node),
        [
            "title 2:1",
            "Ŵ \"x\" 2:8",
            "list 3:1",
            "'é' 4:5",
            "b 5:5",
            "empty 6:1",
            " 6:7",
            "long 7:1",
            "one\r\n  two 8:3",
            "last 11:1",
            "x 11:7",
        ]
    );
    let span = |key: &str| node.get(key).map(|entry| source.slice(entry.value.span));
    assert_eq!(span("list"), Some("'é'\r\n  - b"));
    assert_eq!(source.slice(node.span).lines().last(), Some("last: x"));
}

#[test]
fn brackets_belong_to_the_place_of_what_they_hold() {
    let text = "a: [x, {y: 1}]\nb: []\n";
    let source = Source::new("case.md", text);
    let node = parse(&source, Span::new(0, text.len()), &mut Vec::new());
    let slices: Vec<&str> = node.entries().iter().map(|entry| source.slice(entry.value.span)).collect();
    assert_eq!(slices, ["[x, {y: 1}]", "[]"]);
}

#[test]
fn mistakes_of_officers_are_reported_where_they_are_mended() {
    table(&[
        // quotation marks wanted
        (
            "title: Leeds: a report\nb: 1\n",
            "{title: broken, b: 1}",
            &["yaml-syntax 1:8 the text of `title` holds a colon"],
        ),
        (
            "s:\n  - title: A: b\n    url: x\nd: 1\n",
            "{s: broken, d: 1}",
            &["yaml-syntax 2:12 the text of `title` holds a colon"],
        ),
        (
            "a: some text\n  goes on: here\nb: 1\n",
            "{a: broken, b: 1}",
            &["yaml-syntax 2:10 a colon cannot stand in text without quotation marks"],
        ),
        (
            "a: @x\nb: `x`\nc: %x\n",
            "{a: broken, b: broken, c: broken}",
            &[
                "yaml-syntax 1:4 text cannot start with `@`",
                "yaml-syntax 2:4 text cannot start with ```",
                "yaml-syntax 3:4 text cannot start with `%`",
            ],
        ),
        (
            "a: > text\nb: ? x\nc: ,x\n",
            "{a: broken, b: broken, c: broken}",
            &[
                "yaml-syntax 1:4 text cannot start with `>`",
                "yaml-syntax 2:4 text cannot start with `?`",
                "yaml-syntax 3:4 text cannot start with `,`",
            ],
        ),
        (
            "a: [x] y\nb: 1\n",
            "{a: broken, b: 1}",
            &["yaml-syntax 1:4 the text starts with `[`, which has a meaning of its own"],
        ),
        // quotation marks not right
        (
            "a: \"abc\nb: \"x\"\n",
            "{a: broken, b: \"x\"}",
            &["yaml-syntax 1:4 this quotation mark is not closed"],
        ),
        (
            "a:\n  - 'x\n  - 'y'\nb: 1\n",
            "{a: broken, b: 1}",
            &["yaml-syntax 2:5 this quotation mark is not closed"],
        ),
        (
            "a: 'it's'\nb: 1\n",
            "{a: broken, b: 1}",
            &["yaml-syntax 1:7 the quotation marks end here, and more text follows"],
        ),
        (
            "a: \"C:\\dir\"\nb: 1\n",
            "{a: broken, b: 1}",
            &["yaml-syntax 1:7 `\\d` has no meaning in double quotation marks"],
        ),
        // spaces and tabs
        (
            "a: 1\ntitle:Leeds\nb: 1\n",
            "{a: 1, title: broken, b: 1}",
            &["yaml-syntax 2:6 a space is missing after `title:`"],
        ),
        (
            "a:\n  b:x\n  c: 1\nd: 1\n",
            "{a: broken, d: 1}",
            &["yaml-syntax 2:4 a space is missing after `b:`"],
        ),
        (
            "a:\n  - x\n\t- y\nb: 1\n",
            "{a: broken, b: 1}",
            &["yaml-syntax 3:1 this line is indented with a tab"],
        ),
        (
            "a: 1\n  b: 2\nc: 3\n",
            "{a: broken, c: 3}",
            &["yaml-syntax 2:3 this line does not line up with the lines above it"],
        ),
        (
            "a:\n    b: 1\n  c: 2\nd: 3\n",
            "{a: broken, d: 3}",
            &["yaml-syntax 3:3 this line does not line up with the lines above it"],
        ),
        // brackets and lists
        ("a: [x, y\nb: 1\n", "{a: broken, b: 1}", &["yaml-syntax 1:4 the bracket `[` is not closed"]),
        ("a: {b: 1\nc: 2\n", "{a: broken, c: 2}", &["yaml-syntax 1:4 the bracket `{` is not closed"]),
        (
            "a: [\"x\" \"y\"]\nb: 1\n",
            "{a: broken, b: 1}",
            &["yaml-syntax 1:9 a comma or the closing bracket is missing before this"],
        ),
        ("a: - x\nb: 1\n", "{a: broken, b: 1}", &["yaml-syntax 1:4 a list cannot start here"]),
        // lines that are no field: the field above keeps its value
        (
            "a: A long text\nthat goes on\nb: 1\n",
            "{a: A long text, b: 1}",
            &["yaml-syntax 2:1 this line has no name and colon"],
        ),
        ("a: 1\n: x\n", "{a: 1}", &["yaml-syntax 2:1 a name is missing before the colon"]),
        // what cannot be seen
        (
            "a: \0\nb: \u{feff}xy\nc: 1\n",
            "{a: broken, b: broken, c: 1}",
            &[
                "yaml-syntax 1:4 an invisible character stands here (U+0000)",
                "yaml-syntax 2:4 an invisible character stands here (U+FEFF)",
            ],
        ),
    ]);
}

#[test]
fn one_mistake_does_not_hide_another() {
    table(&[
        (
            "a: 1\nb: x: y\nc: 2\nd: 'open\ne: [3]\nf: @g\nh: 4\n",
            "{a: 1, b: broken, c: 2, d: broken, e: [3], f: broken, h: 4}",
            &[
                "yaml-syntax 2:4 the text of `b` holds a colon",
                "yaml-syntax 4:4 this quotation mark is not closed",
                "yaml-syntax 6:4 text cannot start with `@`",
            ],
        ),
        (
            "a: *x\r\nb: y: z\r\na: 2\r\nc: &d 3\r\n",
            "{a: broken, b: broken, c: 3}",
            &[
                "yaml-feature 1:4 `*x` is a reference to another part of the file, which is not allowed here",
                "yaml-syntax 2:4 the text of `b` holds a colon",
                "duplicate-field 3:1 `a` stands twice (1:1 first here)",
                "yaml-feature 4:4 `&d` is an anchor, which is not allowed here",
            ],
        ),
    ]);
}

#[test]
fn of_a_name_that_stands_twice_the_first_counts() {
    table(&[
        ("a: 1\nb: 2\na: 3\n", "{a: 1, b: 2}", &["duplicate-field 3:1 `a` stands twice (1:1 first here)"]),
        ("a:\n  b: 1\n  'b': 2\n", "{a: {b: 1}}", &["duplicate-field 3:3 `b` stands twice (2:3 first here)"]),
        ("[{a: 1}, x]: 1\nb: 2\n", "{b: 2}", &["wrong-type 1:1 a name must be a word, and this is a list"]),
    ]);
}

#[test]
fn what_yaml_has_and_casebook_does_not_is_refused() {
    table(&[
        (
            "a: !!str x\nb: !y z\nc: 1\n",
            "{a: x, b: z, c: 1}",
            &[
                "yaml-feature 1:4 `!!str` is a tag, which is not allowed here",
                "yaml-feature 2:4 `!y` is a tag, which is not allowed here",
            ],
        ),
        (
            "a: **bold** text\nb: 1\n",
            "{a: broken, b: 1}",
            &[
                "yaml-feature 1:4 `**bold**` is a reference to another part of the file, which is not allowed here",
            ],
        ),
        (
            "a:\n  <<: *x\n  b: 1\n",
            "{a: {b: 1}}",
            &["yaml-feature 2:3 `<<` is a merge key, which is not allowed here"],
        ),
        (
            "a: 1\n---\nb: 2\n",
            "{a: 1, b: 2}",
            &["yaml-feature 2:1 `---` is the start of a second document, which is not allowed here"],
        ),
        (
            "a: 1\n...\nb: 2\n",
            "{a: 1, b: 2}",
            &["yaml-feature 2:1 `...` is the start of a second document, which is not allowed here"],
        ),
        (
            "%YAML 1.2\n---\na: 1\n",
            "{a: 1}",
            &["yaml-feature 1:1 a line that starts with `%` is a directive, which is not allowed here"],
        ),
        ("- a\n- b\n", "{}", &["wrong-type 1:3 this is a list, where fields are wanted"]),
        ("just text\n", "{}", &["wrong-type 1:1 this is a single value, where fields are wanted"]),
        ("- a\nb: 1\n", "{b: 1}", &["wrong-type 1:3 this is a list, where fields are wanted"]),
    ]);
}

/// The edit that is offered, applied; then nothing is found any more.
#[test]
fn edits_that_are_offered_mend_the_mistake() {
    for (text, mended) in [
        ("title: Leeds: a report # note\n", "title: \"Leeds: a report\" # note\n"),
        ("title: say \"no\": it's time\n", "title: 'say \"no\": it''s time'\n"),
        ("s:\n  - title: A: b\n    url: x\n", "s:\n  - title: \"A: b\"\n    url: x\n"),
        ("a: @x\n", "a: \"@x\"\n"),
        ("title:Leeds\n", "title: Leeds\n"),
        ("a: \u{feff}xy\n", "a: xy\n"),
    ] {
        let (_, diagnostics) = read_with(text);
        let fixes: Vec<_> = diagnostics.iter().filter_map(|finding| finding.fix.as_ref()).collect();
        assert_eq!(fixes.len(), 1, "{text}");
        let mut edited = text.to_owned();
        edited.replace_range(fixes[0].location.span.range(), &fixes[0].replacement);
        assert_eq!(edited, mended);
        assert_eq!(read(mended).1, [""; 0], "{mended}");
    }
}

#[test]
fn too_much_is_one_finding() {
    let keys: String = (0..50_000).map(|key| format!("k{key}: 1\n")).collect();
    let mistakes: String = (0..1_000).map(|key| format!("k{key}: @\n")).collect();
    let deep: String = (0..50).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    for (text, place, what) in [
        (keys, "yaml-limit 5000:1", "more than 10000 names and values"),
        ("[".repeat(100_000), "yaml-limit 1:33", "more than 32 lists and groups"),
        (
            format!("a: {}\nb: {}\nc: 1\n", "[".repeat(100), "{".repeat(100)),
            "yaml-limit 1:36",
            "more than 32",
        ),
        (deep, "yaml-limit 33:33", "more than 32 lists and groups"),
        (mistakes, "yaml-limit 101:7", "more than 100 mistakes"),
        (format!("a: {}", "x ".repeat(1_000_000)), "yaml-limit 1:1", "longer than 1024 KB"),
    ] {
        let found = read(&text).1;
        let limits: Vec<&String> = found.iter().filter(|finding| finding.starts_with("yaml-limit")).collect();
        assert_eq!(limits.len(), 1, "{limits:?}");
        assert!(limits[0].starts_with(place) && limits[0].contains(what), "{limits:?}");
    }
}

#[test]
fn fields_after_one_that_is_too_deep_are_read() {
    let (node, _) = read_with(&format!("a: 1\nb: {}\nc: 2\n", "[".repeat(100)));
    assert_eq!(outline(&node), "{a: 1, b: broken, c: 2}");
}

#[test]
fn a_billion_laughs_are_refused() {
    let mut text = "a: &a [ha, ha]\n".to_owned();
    for (name, before) in ('b'..='z').zip('a'..) {
        text.push_str(&format!("{name}: &{name} [*{before}, *{before}, *{before}]\n"));
    }
    let (node, found) = read_with(&text);
    assert_eq!(found.len(), 26 + 25 * 3);
    assert!(
        node.entries().iter().skip(1).all(|entry| entry
            .value
            .items()
            .iter()
            .all(|item| item.value == Value::Broken))
    );
}

#[test]
fn unusual_line_ends_and_ranges_do_no_harm() {
    assert_eq!(read("a: 1\rb: 2\r").0, "{a: 1, b: 2}");
    let source = Source::new("case.md", "é: 1\n");
    for (start, end) in [(0, 100), (4, 2), (50, 60)] {
        let node = parse(&source, Span { start, end }, &mut Vec::new());
        check(&source, &node, &[]);
    }
}

const VALID: &str = "title: \"Good: practice\"\nsummary: >\n  Folded text\n  of two lines\ncouncils: [leeds, 'york']\n\
                     sources:\n  - title: A report\n    url: https://example.org/a\n    kind: {a: 1, b: ~}\n  - note\n\
                     # comment\nfigures:\n- value: 1\n  unit: ŵythnos\nlast: plain text\n  that goes on\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_can_be_read(text in "(?s).{0,80}") {
        read(&text);
    }

    #[test]
    fn any_punctuation_can_be_read(text in "[\\[\\]{}\"'|>&*!?:,#%@` \n\r\ta1é~-]{0,60}") {
        read(&text);
    }

    #[test]
    fn a_document_with_something_changed_can_be_read(
        at in 0..VALID.len(),
        length in 0..30usize,
        put in "[\\[\\]{}\"'|>&*!?:,#%@` \n\r\ta1é~-]{0,6}",
    ) {
        let start = (0..=at).rev().find(|&at| VALID.is_char_boundary(at)).unwrap_or(0);
        let end = (start + length..=VALID.len()).find(|&at| VALID.is_char_boundary(at)).unwrap_or(VALID.len());
        let mut text = VALID.to_owned();
        text.replace_range(start..end, &put);
        read(&text);
    }

    /// A mistake in one field leaves all others as they are.
    #[test]
    fn a_broken_field_leaves_the_others_alone(
        broken in prop::sample::select(vec![
            "x: a: b", "x: 'a", "x: \"a", "x: [a", "x: {a", "x: @", "x:a", "x:\n\t- a", "x: |a", "x: 'a' b", "x: - a",
        ]),
        place in 0..4usize,
    ) {
        let mut fields = vec!["a: 'one'", "b:\n  - two\n  - 'two'", "c: {d: [3]}", "e: four\n  and five"];
        fields.insert(place, broken);
        let (node, diagnostics) = read_with(&(fields.join("\n") + "\n"));
        prop_assert_eq!(diagnostics.len(), 1);
        let rest: Vec<String> = node.entries().iter().filter(|entry| entry.key != "x").map(|entry| outline(&entry.value)).collect();
        prop_assert_eq!(rest, ["\"one\"", "[two, \"two\"]", "{d: [3]}", "four and five"]);
        prop_assert_eq!(node.get("x").map(|entry| &entry.value.value), Some(&Value::Broken));
    }
}
