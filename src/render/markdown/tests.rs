#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::{Entry, Host, Href, Picture, Rendered, Terms, html};
use crate::diagnostics::Level;
use crate::parse::markdown::Section;
use crate::parse::markdown::tests::{hostile, markdown};
use crate::parse::markdown::{Body, parse};
use crate::rules::check_body;
use crate::source::{Source, Span};

struct Library {
    terms: Terms,
    own: Option<&'static str>,
}

impl Host for Library {
    fn link(&self, target: &str) -> Href {
        Href { address: target.to_owned(), external: target.starts_with("http") }
    }

    fn picture(&self, target: &str) -> Option<Picture> {
        (target != "missing.png").then(|| Picture { src: target.to_owned(), width: 640, height: 480 })
    }

    fn component(&self, index: usize) -> String {
        format!("<p>component {index}</p>\n")
    }

    fn terms(&self) -> &Terms {
        &self.terms
    }

    fn own_term(&self) -> Option<&str> {
        self.own
    }
}

fn library() -> Library {
    let terms = [
        (vec!["NRM", "National Referral Mechanism"], "nrm".to_owned()),
        (vec!["county lines"], "lines".to_owned()),
    ];
    Library { terms: Terms::new(terms), own: None }
}

fn body(text: &str) -> Body {
    parse(&Source::new("content/a.md", text), Span::new(0, text.len()))
}

fn render(text: &str) -> Rendered {
    html(&body(text), &library())
}

#[track_caller]
fn assert_html(text: &str, expected: &str) {
    assert_eq!(render(text).html.trim_end(), expected, "{text}");
}

#[test]
fn words_are_escaped_and_marks_become_elements() {
    assert_html(
        "a & b < c *em* **strong** ~~del~~ `x<y`  \nnext -- \"q\"",
        "<p>a &amp; b &lt; c <em>em</em> <strong>strong</strong> <del>del</del> <code>x&lt;y</code><br>\nnext – “q”</p>",
    );
    assert_html("## A & B\n", "<h2 id=\"a-b\">A &amp; B</h2>");
    assert_html("3. a\n4. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    assert_html("a\n: b\n", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>");
    assert_html("> a\n", "<blockquote>\n<p>a</p>\n</blockquote>");
    assert_html("---\n", "<hr>");
}

#[test]
fn links_say_where_they_lead_and_no_more() {
    assert_html("[a](b.md \"t\\\"\")", "<p><a href=\"b.md\" title=\"t&quot;\">a</a></p>");
    assert_html(
        "https://a.example/x--y",
        "<p><a href=\"https://a.example/x--y\" rel=\"external\">https://a.example/x--y</a></p>",
    );
    assert_html("ask@a.example.org", "<p><a href=\"mailto:ask@a.example.org\">ask@a.example.org</a></p>");
}

#[test]
fn what_the_rules_refuse_does_no_harm_here_either() {
    assert_html("<script>x</script>\n", "<p>&lt;script&gt;x&lt;/script&gt;\n</p>");
    assert_html("a <b onclick=x>", "<p>a &lt;b onclick=x&gt;</p>");
    assert_html("[a](javascript:x) ![b](data:x)", "<p>a b</p>");
    assert_html("a[^x]", "<p>a[^x]</p>");
    assert_html("## a {#x&y .c onclick=x}\n", "<h2 id=\"x&amp;y\">a</h2>");
    assert_html("&#0;&#27;a", "<p>\u{fffd}\u{fffd}a</p>");
}

#[test]
fn tables_scroll_with_a_name_and_have_headers() {
    assert_html(
        "## Results\n\n|  | Year | N |\n|:-|:-:|--:|\n| a | 2024 | 1 |\n",
        "<h2 id=\"results\">Results</h2>\n\
         <div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1: Results\"><table>\n\
         <thead>\n<tr><td class=\"left\"></td><th scope=\"col\" class=\"center\">Year</th>\
         <th scope=\"col\" class=\"right\">N</th></tr>\n</thead>\n\
         <tbody>\n<tr><td class=\"left\">a</td><td class=\"center\">2024</td><td class=\"right\">1</td></tr>\n</tbody>\n\
         </table></div>",
    );
}

#[test]
fn footnotes_are_numbered_by_first_use_and_lead_back() {
    assert_html(
        "a[^b] c[^A] d[^b]\n\n[^a]: First *note*\n\n[^b]: Second[^c]\n\n    - item\n\n[^c]: Third\n\n[^unused]: x\n",
        "<p>a<sup><a href=\"#fn-b\" id=\"fnref-b\" aria-label=\"Footnote 1\">1</a></sup> \
         c<sup><a href=\"#fn-a\" id=\"fnref-a\" aria-label=\"Footnote 2\">2</a></sup> \
         d<sup><a href=\"#fn-b\" id=\"fnref-b--use-2\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
         <section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-b\"><p>Second<sup><a href=\"#fn-c\" id=\"fnref-c\" aria-label=\"Footnote 3\">3</a></sup></p>\n\
         <ul>\n<li>item</li>\n</ul> <a href=\"#fnref-b\" aria-label=\"Back to reference 1\">↩\u{fe0e}</a> \
         <a href=\"#fnref-b--use-2\" aria-label=\"Back to reference 1, use 2\">↩\u{fe0e}<sup>2</sup></a></li>\n\
         <li id=\"fn-a\"><p>First <em>note</em> <a href=\"#fnref-a\" aria-label=\"Back to reference 2\">↩\u{fe0e}</a></p></li>\n\
         <li id=\"fn-c\"><p>Third <a href=\"#fnref-c\" aria-label=\"Back to reference 3\">↩\u{fe0e}</a></p></li>\n\
         </ol>\n</section>",
    );
}

#[test]
fn footnotes_with_labels_much_alike_keep_their_own_anchors() {
    let html = render("a[^e] b[^é] c[^!] d[^E]\n\n[^e]: x\n\n[^é]: y\n\n[^!]: z\n").html;
    for id in ["fn-e", "fn-e--2", "fn---3", "fnref-e", "fnref-e--2", "fnref---3", "fnref-e--use-2"] {
        assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id} in {html}");
        assert_eq!(
            html.matches(&format!(" href=\"#{id}\"")).count(),
            if id == "fn-e" { 2 } else { 1 },
            "{id}"
        );
    }
}

#[test]
fn alerts_have_a_visible_label() {
    assert_html(
        "> [!WARNING]\n> Call 999\n",
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-label\">Warning</p>\n<p>Call 999</p>\n</div>",
    );
}

#[test]
fn tasks_are_words_and_no_controls() {
    assert_html(
        "- [x] a\n- [ ] b\n",
        "<ul>\n<li><span class=\"task task-done\">Done:</span> a</li>\n<li><span class=\"task\">To do:</span> b</li>\n</ul>",
    );
}

#[test]
fn a_picture_alone_with_a_title_is_a_figure() {
    let img =
        "<img src=\"a.png\" alt=\"What\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"";
    assert_html(
        "![*What*](a.png \"Why <b>\")",
        &format!("<figure>{img}><figcaption>Why &lt;b&gt;</figcaption></figure>"),
    );
    assert_html("![What](a.png)", &format!("<p>{img}></p>"));
    assert_html("![What](a.png \"t\") x", &format!("<p>{img} title=\"t\"> x</p>"));
    assert_html("![What](missing.png)", "<p>What</p>");
}

#[test]
fn code_can_be_scrolled_by_keyboard_and_components_are_the_hosts() {
    assert_html(
        "```rust x\na<b\n```\n",
        "<pre tabindex=\"0\"><code class=\"language-rust\">a&lt;b\n</code></pre>",
    );
    assert_html("    a\n", "<pre tabindex=\"0\"><code>a\n</code></pre>");
    assert_html("```{a}\nx: 1\n```\n\n```{b}\n```\n", "<p>component 0</p>\n<p>component 1</p>");
}

#[test]
fn terms_are_explained_at_their_first_use_in_running_text() {
    let text = "## NRM\n\n[NRM](a.md) `NRM` the *NRM* and NRM, county\nlines.\n\nCounty lines again[^1]\n\n[^1]: A National Referral Mechanism\n";
    let rendered = render(text);
    assert_eq!(rendered.terms, ["nrm", "lines"]);
    assert!(rendered.html.contains("the <em><a class=\"term\" href=\"#term-nrm\">NRM</a></em> and NRM, <a class=\"term\" href=\"#term-lines\">county\nlines</a>."));
    assert_eq!(rendered.html.matches("class=\"term\"").count(), 2);
    let own = html(&body(text), &Library { own: Some("nrm"), ..library() });
    assert_eq!(own.terms, ["lines"]);
}

#[test]
fn contents_and_sections_follow_the_headings() {
    let rendered = render(
        "Intro *text*.\n\n## A & B\n\nOne\ntwo.\n\n- three\n- four\n\n### C\n\n| x | y |\n|-|-|\n| z | w |\n\n```{a}\nhidden: 1\n```\n\n## D\n",
    );
    let entry = |text: &str, id: &str, children| Entry { text: text.into(), id: id.into(), children };
    assert_eq!(
        rendered.contents,
        [entry("A & B", "a-b", vec![entry("C", "c", vec![])]), entry("D", "d", vec![])]
    );
    let section = |heading: &str, anchor: &str, text: &str| Section {
        heading: heading.into(),
        anchor: anchor.into(),
        text: text.into(),
    };
    assert_eq!(
        rendered.sections,
        [
            section("", "", "Intro text."),
            section("A & B", "a-b", "One two.\nthree\nfour"),
            section("C", "c", "x\ny\nz\nw"),
            section("D", "d", ""),
        ]
    );
}

/// What the renderer writes, and nothing else: whoever adds to it adds here.
fn cleaner() -> ammonia::Builder<'static> {
    let tags = [
        "a",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    let attributes: [(&str, &[&str]); 16] = [
        ("a", &["aria-label", "class", "href", "id", "rel", "title"]),
        ("code", &["class"]),
        ("div", &["aria-label", "class", "role", "tabindex"]),
        ("h1", &["id"]),
        ("h2", &["id"]),
        ("h3", &["id"]),
        ("h4", &["id"]),
        ("img", &["src", "alt", "width", "height", "loading", "decoding", "title"]),
        ("li", &["id"]),
        ("ol", &["start"]),
        ("p", &["class"]),
        ("pre", &["tabindex"]),
        ("section", &["aria-label", "class"]),
        ("span", &["class"]),
        ("sup", &["class"]),
        ("td", &["class"]),
    ];
    let mut attributes: HashMap<&str, HashSet<&str>> =
        attributes.into_iter().map(|(tag, names)| (tag, names.iter().copied().collect())).collect();
    attributes.insert("h5", ["id"].into());
    attributes.insert("h6", ["id"].into());
    attributes.insert("th", ["scope", "class"].into());
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(tags.into())
        .tag_attributes(attributes)
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None);
    cleaner
}

/// `html` is what a browser makes of it, written out again, and nothing in it is refused.
fn assert_clean(html: &str) {
    let cleaned = cleaner().clean(html).to_string().replace("&nbsp;", "\u{a0}");
    assert_eq!(cleaned, html);
}

#[test]
fn every_feature_passes_the_second_wall() {
    let text = "# t\n\n## a {#b}\n\n[x](y \"z\") <ask@a.example.org> https://a.example\n\n![w](a.png \"t\")\n\n- [x] a\n  > b\n\n|a|b|\n|-|:-:|\n|c|\n\nx[^1] y[^1]\n\n[^1]: n\n\n> [!TIP]\n> x\n\n```a\nb\n```\n\na\n: b\n\n---\n\n~~x~~ **y** *z*\\\nNRM\n";
    assert_clean(&render(text).html);
}

/// The time is generous: what takes time that grows with the square takes many minutes here.
#[test]
fn hostile_texts_are_read_checked_and_rendered_in_time() {
    let started = std::time::Instant::now();
    for text in hostile() {
        let source = Source::new("content/a.md", text.as_str());
        let body = parse(&source, Span::new(0, text.len()));
        let mut findings = Vec::new();
        check_body(&source, &body, &mut findings);
        let rendered = html(&body, &library());
        assert!(rendered.html.len() < 400 * text.len() + 1000);
    }
    assert!(started.elapsed().as_secs() < 120);
}

#[test]
fn deep_nesting_is_rendered() {
    let rendered = render(&format!("{}a {}b", "> ".repeat(100_000), "*".repeat(10_000)));
    assert!(rendered.html.contains('b'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Not only where no rule objects: the renderer alone keeps harm out.
    #[test]
    fn nothing_unsafe_comes_out(text in markdown()) {
        let source = Source::new("content/a.md", text.as_str());
        let body = parse(&source, Span::new(0, text.len()));
        let rendered = html(&body, &library());
        let cleaned = cleaner().clean(&rendered.html).to_string().replace("&nbsp;", "\u{a0}");
        prop_assert_eq!(&cleaned, &rendered.html, "from {:?}", text);
        let mut findings = Vec::new();
        check_body(&source, &body, &mut findings);
        if findings.iter().all(|finding| finding.level != Level::Error) {
            let mut ids = HashSet::new();
            for id in rendered.html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                prop_assert!(ids.insert(id.to_owned()), "{} twice, from {:?}", id, text);
            }
        }
    }

    #[test]
    fn rendering_is_the_same_every_time(text in markdown()) {
        prop_assert_eq!(render(&text), render(&text));
    }
}
