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
fn the_examples_of_the_guide_are_true() {
    let guide = view::reference();
    let examples: Vec<(&str, &str)> = guide
        .split("\n```")
        .filter_map(|part| part.split_once('\n'))
        .filter_map(|(info, text)| Some((info.split_once(' ')?.1, text)))
        .filter(|(path, _)| path.starts_with("themes/"))
        .collect();
    let of =
        |name: &str| examples.iter().filter(|(path, _)| path.ends_with(name)).copied().collect::<Vec<_>>();
    let (styles, templates, words) = (of("site.css"), of("base.html"), of("en.toml"));
    assert_eq!((styles.len(), templates.len(), words.len()), (2, 1, 1));
    for (path, style) in styles {
        let font = style.contains("brand.woff2");
        let mut site =
            Site::new().with(path, style).with(templates[0].0, templates[0].1).with(words[0].0, words[0].1);
        if font {
            site = site.with("themes/default/assets/fonts/brand.woff2", "a font");
        }
        let built = site.build();
        assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics.iter().map(line).collect::<Vec<_>>());
        let page =
            String::from_utf8(built.artifacts.get("case-studies/flag/index.html".into()).unwrap().to_vec())
                .unwrap();
        assert!(page.contains("Our offices are in Harbour Town.") && page.contains("name=\"theme-color\""));
        let own = built.artifacts.iter().find(|(path, _)| path.as_str().starts_with("assets/site.")).unwrap();
        assert!(String::from_utf8_lossy(own.1).contains(if font {
            "url(fonts/brand."
        } else {
            "--accent: #7a1f5c"
        }));
    }
    let sheet = include_str!("../../themes/default/assets/style.css");
    let properties: Vec<&str> = guide
        .split("`--")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap())
        .collect();
    assert!(properties.len() > 15);
    for property in properties {
        assert!(sheet.contains(&format!("--{property}:")), "--{property} is a property of the stylesheet");
    }
}

#[test]
fn what_templates_receive_is_documented() {
    let kept = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/theme.md")).unwrap();
    assert_eq!(kept, view::reference(), "docs/theme.md is what `casebook schema theme` prints");
}
