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
