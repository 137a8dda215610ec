//! What a site may replace of the theme.

use casebook::render::view;

use crate::support::{Site, line};

#[test]
fn a_site_replaces_one_file_or_one_block_of_the_theme() {
    let whole = Site::new().with("themes/default/components/state.html", "{% component state(state: map) %}<em>{{ state.label }}</em>{% endcomponent state %}{% component state.cell(state: map) %}.{% endcomponent state.cell %}");
    assert!(whole.page("councils/islington/index.html").contains("<em>Signed</em>"));
    let block = Site::new().with(
        "themes/default/templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}<footer>Ours</footer>{% endblock %}",
    );
    let page = block.page("case-studies/flag/index.html");
    assert!(page.contains("<footer>Ours</footer>"));
    assert!(page.contains("<h1>A flag on the case system</h1>") && !page.contains("foot-kinds"));
    let one = Site::new().with(
        "themes/default/templates/case-study.html",
        "{% extends \"default/case-study.html\" %}{% block aside %}<p>Our own aside</p>{% endblock %}",
    );
    let page = one.page("case-studies/flag/index.html");
    assert!(page.contains("Our own aside") && page.contains("class=\"strip\""));
}

/// Pages of templates with and without a block `head` of their own.
const PAGES: [&str; 5] = [
    "index.html",
    "case-studies/index.html",
    "case-studies/flag/index.html",
    "search/index.html",
    "404.html",
];

/// Where `what` first stands in `page`.
#[track_caller]
fn at(page: &str, what: &str) -> usize {
    page.find(what).unwrap_or_else(|| panic!("{what} stands in {page}"))
}

#[test]
fn what_a_site_adds_to_the_head_stands_on_every_page() {
    let site = Site::new().with(
        "themes/default/templates/base.html",
        "{% extends \"default/base.html\" %}{% block head %}<meta name=\"ours\">{% endblock %}",
    );
    let built = site.build();
    for path in PAGES {
        let page = String::from_utf8(built.artifacts.get(path.into()).unwrap().to_vec()).unwrap();
        assert_eq!(page.matches("<meta name=\"ours\">").count(), 1, "{path}");
    }
    let search = site.page("search/index.html");
    assert!(search.contains("search-page."), "what the template itself puts there stays");
}

#[test]
fn a_stylesheet_of_the_site_is_linked_last_by_itself() {
    let plain = Site::new().build();
    let styled = Site::new().with("themes/default/assets/site.css", ":root { --accent: #7a1f5c }\n").build();
    assert!(styled.diagnostics.is_empty(), "{:?}", styled.diagnostics);
    for path in PAGES {
        let text = |built: &casebook::pipeline::Built| {
            String::from_utf8(built.artifacts.get(path.into()).unwrap().to_vec()).unwrap()
        };
        let (before, page) = (text(&plain), text(&styled));
        assert!(!before.contains("/site."), "{path}");
        let sheets: Vec<&str> =
            page.lines().filter(|line| line.starts_with("<link rel=\"stylesheet\"")).collect();
        assert!(
            matches!(sheets.as_slice(), [first, last] if first.contains("/style.") && last.contains("/site.")),
            "{path}: {sheets:?}"
        );
        assert!(at(&page, sheets[1]) < at(&page, "</head>"));
        assert_eq!(page.replace(&format!("\n{}", sheets[1]), ""), before, "nothing else changes in {path}");
    }
}

#[test]
fn a_stylesheet_names_assets_by_their_own_names() {
    let site = Site::new()
        .with("themes/default/assets/site.css", "@import \"print/page.css\";\n/* url(no.png) */\n")
        .with("themes/default/assets/print/page.css", "a { src: url('../fonts/brand.woff2?v=1#x') }\n")
        .with("themes/default/assets/fonts/brand.woff2", "one font");
    let published = |site: &Site| {
        let built = site.build();
        assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
        let texts = built
            .artifacts
            .iter()
            .map(|(path, bytes)| (path.to_string(), String::from_utf8_lossy(bytes).into_owned()));
        texts.collect::<std::collections::BTreeMap<_, _>>()
    };
    let named = |files: &std::collections::BTreeMap<String, String>, start: &str| {
        files.keys().find(|path| path.starts_with(start)).unwrap().clone()
    };
    let files = published(&site);
    let (font, page, own) = (
        named(&files, "assets/fonts/brand."),
        named(&files, "assets/print/page."),
        named(&files, "assets/site."),
    );
    let relative = |path: &str| path.strip_prefix("assets/").unwrap().to_owned();
    assert_eq!(files[&page], format!("a {{ src: url('../{}?v=1#x') }}\n", relative(&font)));
    assert_eq!(files[&own], format!("@import \"{}\";\n/* url(no.png) */\n", relative(&page)));
    // Another font is another address, of all that lead to it too.
    let other = published(&site.with("themes/default/assets/fonts/brand.woff2", "another"));
    assert_ne!(named(&other, "assets/fonts/brand."), font);
    assert_ne!(named(&other, "assets/site."), own);
}

#[test]
fn a_site_replaces_one_word_of_the_interface() {
    let site = Site::new().with("themes/default/strings/en.toml", "sources = \"Where this comes from\"\n");
    let page = site.page("case-studies/flag/index.html");
    assert!(page.contains("Where this comes from") && page.contains("Skip to main content"));
    let slip = Site::new().with("themes/default/strings/en.toml", "sorces = \"Where\"\n");
    let findings: Vec<String> = slip.build().diagnostics.iter().map(line).collect();
    assert_eq!(
        findings,
        ["themes/default/strings/en.toml:1:1 invalid-theme no template of casebook has the words `sorces`"]
    );
}

#[test]
fn what_templates_receive_is_documented() {
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/theme.md")).unwrap();
    assert_eq!(kept, view::reference(), "docs/theme.md is what `casebook schema theme` prints");
}
