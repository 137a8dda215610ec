//! Templates of a site with something wrong in them: file and line are given.

use crate::support::{Site, finds};

const TEMPLATE: &str = "themes/default/templates/404.html";

/// A site whose template for the page of missing pages has `line` as its third.
fn with(line: &str) -> Site {
    Site::new().with(
        TEMPLATE,
        format!("{{% extends \"base.html\" %}}\n{{% block main %}}\n{line}\n{{% endblock %}}\n"),
    )
}

#[test]
fn a_template_that_is_right() {
    finds(&with("<h1>{{ page.title }}</h1>"), &[]);
}

#[test]
fn a_syntax_error() {
    finds(
        &with("<h1>{{ page.title }</h1>"),
        &[
            "themes/default/templates/404.html:3:19 template-syntax in the template: found `}` but expected }}.",
        ],
    );
}

#[test]
fn syntax_errors_in_several_templates() {
    let component = "themes/default/components/callout.html";
    finds(
        &with("<h1>{{ page.title }</h1>").with(
            component,
            "{% component block.callout(block: map) -%}\n{% if %}\n{%- endcomponent block.callout %}\n",
        ),
        &[
            "themes/default/components/callout.html:2:7 template-syntax in the template: found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
            "themes/default/templates/404.html:3:19 template-syntax in the template: found `}` but expected }}.",
        ],
    );
}

#[test]
fn an_unknown_variable() {
    finds(
        &with("<h1>{{ page.titel }}</h1>"),
        &[
            "themes/default/templates/404.html:3:13 template-error in the template: field `titel` is not defined. Available fields: alternates, as_of, breadcrumbs, canonical, description, exit, feeds, json_ld, lang, og_type, title, url",
        ],
    );
    finds(
        &with("<h1>{{ pge.title }}</h1>"),
        &[
            "themes/default/templates/404.html:3:8 template-error in the template: variable `pge` is not defined. Available variables: error, page, site",
        ],
    );
}

#[test]
fn an_unknown_filter() {
    finds(
        &with("<h1>{{ page.title | shout }}</h1>"),
        &["themes/default/templates/404.html:3:21 template-error in the template: unknown filter `shout`"],
    );
}

#[test]
fn an_unknown_component() {
    finds(
        &with("<h1>{{ <badge text=\"x\" /> }}</h1>"),
        &["themes/default/templates/404.html:3:8 template-error in the template: unknown component `badge`"],
    );
    finds(
        &with("<h1>{{<badge text=\"x\" />}}</h1>"),
        &["themes/default/templates/404.html:3:7 template-error in the template: unknown component `badge`"],
    );
}

#[test]
fn a_template_that_is_not_there() {
    finds(
        &with("{% include \"none.html\" %}"),
        &[
            "themes/default/templates/404.html:3:12 template-error in the template: unknown template `none.html`",
        ],
    );
    finds(
        &Site::new().with(TEMPLATE, "{% extends \"none.html\" %}\n"),
        &[
            "themes/default/templates/404.html:1:1 template-error in the template: it extends `none.html`, which is not there",
        ],
    );
}

#[test]
fn a_template_that_is_not_utf8() {
    finds(
        &Site::new().with(TEMPLATE, *b"<h1>\xe9</h1>"),
        &["themes/default/templates/404.html:1:1 not-utf8 the file is not UTF-8 text"],
    );
}

#[test]
fn a_theme_that_is_not_there() {
    finds(
        &Site::new().edited("site.toml", "name = \"default\"", "name = \"harbour\""),
        &[
            "themes/harbour:1:1 invalid-theme there is no theme `harbour`: the folder themes/harbour is not there or empty",
        ],
    );
}

#[test]
fn mistakes_in_templates_hide_none_in_documents() {
    finds(
        &with("<h1>{{ page.title }</h1>").edited(
            "content/case-studies/flag.md",
            "status: running",
            "status: runing",
        ),
        &[
            "content/case-studies/flag.md:7:9 invalid-value `runing` is not allowed here; did you mean `running`?",
            "themes/default/templates/404.html:3:19 template-syntax in the template: found `}` but expected }}.",
        ],
    );
}
