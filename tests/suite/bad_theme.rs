//! Templates of a site with something wrong in them: file and line are given.

use crate::support::{Site, finds_at, line};

const TEMPLATE: &str = "themes/default/templates/404.html";

/// A site whose template for the page of missing pages has `line` as its third.
fn with(line: &str) -> Site {
    Site::new().with(
        TEMPLATE,
        format!("{{% extends \"base.html\" %}}\n{{% block main %}}\n{line}\n{{% endblock %}}\n"),
    )
}

/// Asserts that a site has one finding at `place`, and that its message has `name`.
#[track_caller]
fn names(site: &Site, place: &str, name: &str) {
    finds_at(site, &[place]);
    assert!(site.findings()[0].contains(name), "{:?}", site.findings());
}

#[test]
fn a_template_that_is_right() {
    finds_at(&with("<h1>{{ page.title }}</h1>"), &[]);
}

#[test]
fn files_far_too_large() {
    let large = |mib: usize| vec![b' '; mib * 1024 * 1024];
    finds_at(
        &Site::new()
            .with(TEMPLATE, large(3))
            .with("themes/default/strings/en.toml", large(3))
            .with("themes/default/theme.toml", large(3))
            .with("themes/default/assets/photograph.jpg", large(21)),
        &[
            "themes/default/assets/photograph.jpg:1:1 file-too-large",
            "themes/default/strings/en.toml:1:1 file-too-large",
            "themes/default/templates/404.html:1:1 file-too-large",
            "themes/default/theme.toml:1:1 file-too-large",
        ],
    );
    finds_at(&Site::new().with("themes/default/assets/photograph.jpg", large(3)), &[]);
}

#[test]
fn a_syntax_error() {
    finds_at(&with("<h1>{{ page.title }</h1>"), &["themes/default/templates/404.html:3:19 template-syntax"]);
}

#[test]
fn syntax_errors_in_several_templates() {
    let component = "themes/default/components/callout.html";
    finds_at(
        &with("<h1>{{ page.title }</h1>").with(
            component,
            "{% component block.callout(block: map) -%}\n{% if %}\n{%- endcomponent block.callout %}\n",
        ),
        &[
            "themes/default/components/callout.html:2:7 template-syntax",
            "themes/default/templates/404.html:3:19 template-syntax",
        ],
    );
}

#[test]
fn an_unknown_variable() {
    names(
        &with("<h1>{{ page.titel }}</h1>"),
        "themes/default/templates/404.html:3:13 template-error",
        "`titel`",
    );
    names(&with("<h1>{{ pge.title }}</h1>"), "themes/default/templates/404.html:3:8 template-error", "`pge`");
}

#[test]
fn an_unknown_filter() {
    let site = with("<h1>{{ page.title | shout }}</h1>");
    names(&site, "themes/default/templates/404.html:3:21 template-error", "`shout`");
}

#[test]
fn an_unknown_component() {
    let site = with("<h1>{{<badge text=\"x\" />}}</h1>");
    names(&site, "themes/default/templates/404.html:3:7 template-error", "`badge`");
}

#[test]
fn a_template_that_is_not_there() {
    finds_at(
        &with("{% include \"none.html\" %}"),
        &["themes/default/templates/404.html:3:12 template-error"],
    );
    finds_at(
        &Site::new().with(TEMPLATE, "{% extends \"none.html\" %}\n"),
        &["themes/default/templates/404.html:1:1 template-error"],
    );
}

#[test]
fn a_template_that_is_not_utf8() {
    finds_at(
        &Site::new().with(TEMPLATE, *b"<h1>\xe9</h1>"),
        &["themes/default/templates/404.html:1:1 not-utf8"],
    );
}

#[test]
fn a_theme_that_is_not_there() {
    finds_at(
        &Site::new().edited("site.toml", "name = \"default\"", "name = \"harbour\""),
        &["themes/harbour:1:1 invalid-theme"],
    );
}

#[test]
fn a_mistake_in_one_template_hides_none_in_another() {
    finds_at(
        &with("<h1>{{ page.title }</h1>")
            .with(
                "themes/default/templates/page.html",
                "{% extends \"base.html\" %}\n{% block main %}{{ page.titel }}{% endblock %}\n",
            )
            .with(
                "content/pages/about.md",
                "---\ntitle: About\nsummary: A page.\nupdated: 2026-11-01\npurpose: about\n---\n\nText.\n",
            )
            .with("themes/default/templates/topic.html", "{% extends \"bse.html\" %}\n"),
        &[
            "themes/default/templates/404.html:3:19 template-syntax",
            "themes/default/templates/page.html:2:25 template-error",
            "themes/default/templates/topic.html:1:1 template-error",
        ],
    );
}

#[test]
fn a_file_that_nothing_asks_for() {
    let site = Site::new()
        .with("themes/default/templates/case_study.html", "x")
        .with("themes/default/components/crad.html", "{% component crad() %}x{% endcomponent crad %}");
    assert_eq!(
        site.build().diagnostics.iter().map(|found| (line(found), found.help.clone())).collect::<Vec<_>>(),
        [("crad", "card"), ("case_study", "case-study")].map(|(is, meant)| {
            let folder = if is == "crad" { "components" } else { "templates" };
            (
                format!("themes/default/{folder}/{is}.html:1:1 invalid-theme nothing asks for this file: the default theme has none of this name, and no file of this theme names it"),
                Some(format!("did you mean {folder}/{meant}.html?")),
            )
        })
    );
    // A part of the site's own is asked for by a template of its own.
    let part = "themes/default/templates/council-crest.html";
    finds_at(&with("{% include \"council-crest.html\" %}").with(part, "<p>Crest</p>"), &[]);
}

#[test]
fn a_setting_of_the_theme_that_is_none() {
    let site = Site::new().with("themes/default/theme.toml", "name = \"default\"\nlicense = \"MIT\"\n");
    finds_at(&site, &["themes/default/theme.toml:2:1 invalid-theme"]);
}

#[test]
fn mistakes_in_templates_hide_none_in_documents() {
    finds_at(
        &with("<h1>{{ page.title }</h1>").edited(
            "content/case-studies/flag.md",
            "status: running",
            "status: runing",
        ),
        &[
            "content/case-studies/flag.md:7:9 invalid-value",
            "themes/default/templates/404.html:3:19 template-syntax",
        ],
    );
}
