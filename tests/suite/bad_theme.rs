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
    let shown = with("<img src=\"{{ site.assets[\"photograph.jpg\"] }}\" alt=\"\">");
    finds_at(&shown.with("themes/default/assets/photograph.jpg", large(3)), &[]);
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
        &["themes/default/templates/404.html:1:12 template-error"],
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
            "themes/default/templates/topic.html:1:12 template-error",
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

/// The findings of a site as `place code message`, each with its help.
fn told(site: &Site) -> Vec<(String, String)> {
    let told =
        |found: &casebook::diagnostics::Diagnostic| (line(found), found.help.clone().unwrap_or_default());
    site.build().diagnostics.iter().map(told).collect()
}

/// Asserts that a site has one finding: it begins so, and the help is this.
#[track_caller]
fn tells(site: &Site, begins: &str, help: &str) {
    let told = told(site);
    let [(found, helped)] = told.as_slice() else { panic!("one finding: {told:#?}") };
    assert!(found.starts_with(begins), "{found}");
    assert_eq!(helped, help, "{found}");
}

#[test]
fn an_empty_template() {
    let component = "themes/default/components/chip.html";
    for nothing in ["", " \r\n\n", "\u{feff}"] {
        finds_at(
            &Site::new().with(TEMPLATE, nothing).with(component, nothing),
            &[
                "themes/default/components/chip.html:1:1 empty-file",
                "themes/default/templates/404.html:1:1 empty-file",
            ],
        );
    }
}

#[test]
fn a_template_that_nothing_comes_out_of() {
    for nothing in ["{# Later. #}\n", "{% if not page.title %}x{% endif %}"] {
        let site = Site::new().with(TEMPLATE, nothing);
        names(&site, "themes/default/templates/404.html:1:1 template-error", "nothing comes out");
    }
}

#[test]
fn files_saved_by_any_editor() {
    let saved = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let template =
        "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.title }}</h1>\n{% endblock %}\n";
    let (strings, manifest) =
        ("skip = \"Over it\"\nhome = \"Start\"\n", "name = \"default\"\nlicence = \"MIT\"\n");
    let site = |form: &dyn Fn(&str) -> String| {
        Site::new()
            .with(TEMPLATE, form(template))
            .with("themes/default/strings/en.toml", form(strings))
            .with("themes/default/theme.toml", form(manifest))
    };
    finds_at(&site(&saved), &[]);
    assert_eq!(site(&saved).page("404.html"), site(&str::to_owned).page("404.html"));
    assert!(site(&saved).page("404.html").contains("Over it"));
    let wrong = saved(&template.replace("page.title", "page.titel"));
    finds_at(&Site::new().with(TEMPLATE, wrong), &["themes/default/templates/404.html:3:13 template-error"]);
}

#[test]
fn a_folder_that_is_not_the_theme() {
    let css = ":root { --accent: #7a1f5c }";
    tells(
        &Site::new().with("themes/defualt/assets/site.css", css),
        "themes/defualt:1:1 invalid-theme nothing here is used: the theme of site.toml is `default`",
        "did you mean themes/default?",
    );
    tells(
        &Site::new().with("themes/harbour/assets/site.css", css),
        "themes/harbour:1:1 invalid-theme nothing here is used",
        "name it themes/default, or write `name = \"harbour\"` under [theme] in site.toml",
    );
    tells(
        &Site::new().with("theme/default/assets/site.css", css),
        "theme:1:1 invalid-theme nothing here is used",
        "did you mean themes/default?",
    );
}

#[test]
fn an_asset_that_nothing_asks_for() {
    let idle = "invalid-theme nothing asks for this file: no template, stylesheet or script names it";
    tells(
        &Site::new().with("themes/default/assets/styles.css", "a { color: red }"),
        &format!("themes/default/assets/styles.css:1:1 {idle}"),
        "did you mean assets/style.css? a stylesheet assets/site.css is linked on every page, after that of casebook",
    );
    tells(
        &Site::new().with("themes/default/assets/crest.png", "x"),
        &format!("themes/default/assets/crest.png:1:1 {idle}"),
        "templates name it with `{{ site.assets[\"crest.png\"] }}`, stylesheets with url(…)",
    );
    // A frame of the site's own links what it likes, and nothing else.
    let frame = "<!doctype html><title>x</title>{% block main %}{% endblock %}";
    let site = Site::new().with("themes/default/templates/base.html", frame);
    let warned = told(&site.with("themes/default/assets/site.css", "a { color: red }"));
    assert!(warned.iter().any(|(found, _)| found == &format!("themes/default/assets/site.css:1:1 {idle}")));
    // Names that a template works out may be any.
    let any = with("{% for name in [\"crest.png\"] %}{{ site.assets[name] }}{% endfor %}");
    finds_at(&any.with("themes/default/assets/crest.png", "x").with("themes/default/assets/b.png", "x"), &[]);
}

#[test]
fn words_in_a_language_that_the_site_does_not_have() {
    tells(
        &Site::new().with("themes/default/strings/eng.toml", "skip = \"Over it\"\n"),
        "themes/default/strings/eng.toml:1:1 invalid-theme the site has no language `eng`",
        "did you mean strings/en.toml?",
    );
}

#[test]
fn a_stylesheet_that_asks_for_what_is_not_there() {
    let css = |text: &str| Site::new().with("themes/default/assets/site.css", text);
    let font = "themes/default/assets/fonts/brand.woff2";
    let site = css("body { font: 1rem Brand }\n@font-face { src: url(fonts/brnad.woff2) }\n");
    let found = told(&site.with(font, "x"));
    assert!(
        found.contains(&(
            "themes/default/assets/site.css:2:23 invalid-theme there is no asset `fonts/brnad.woff2` in the theme".to_owned(),
            "did you mean `fonts/brand.woff2`?".to_owned()
        )),
        "{found:#?}"
    );
    finds_at(&css("@import \"more.css\";"), &["themes/default/assets/site.css:1:10 invalid-theme"]);
    for address in ["https://fonts.example.org/a.css", "//fonts.example.org/a.css"] {
        names(
            &css(&format!("/* Ours. */\n@import url('{address}');")),
            "themes/default/assets/site.css:2:14 invalid-theme",
            "is on another host",
        );
    }
    finds_at(&css("a { mask: url(#m) } b { background: url(data:image/png;base64,AAAA) }"), &[]);
}

#[test]
fn stylesheets_that_ask_for_each_other() {
    names(
        &Site::new()
            .with("themes/default/assets/site.css", "@import \"more.css\";")
            .with("themes/default/assets/more.css", "@import \"site.css\";"),
        "themes/default/assets/site.css:1:10 invalid-theme",
        "more.css asks for site.css asks for more.css",
    );
}

#[test]
fn what_stands_for_something_in_words() {
    let words = |text: &str| Site::new().with("themes/default/strings/en.toml", text);
    tells(
        &words("# Ours.\nskip = \"Over it\"\nby = \"Written by {auther}\"\n"),
        "themes/default/strings/en.toml:3:18 invalid-theme nothing stands for `{auther}` here",
        "did you mean `{author}`?",
    );
    tells(
        &words("helpline = \"{name}:\"\n"),
        "themes/default/strings/en.toml:1:1 invalid-theme `{run_by}` is left out",
        "casebook's own words are: {name}, run by {run_by}:",
    );
    tells(
        &words("skip = \"Over {it}\"\n"),
        "themes/default/strings/en.toml:1:14 invalid-theme nothing stands for `{it}` here",
        "write these words without it",
    );
}

/// Asserts what is said of a mistake in the third line of the template for missing pages, what is
/// offered, and that the text to write instead mends it.
#[track_caller]
fn offers(wrong: &str, begins: &str, near: &str) {
    let site = with(wrong);
    let place = "themes/default/templates/404.html:3:";
    tells(&site, place, &format!("did you mean `{near}`?"));
    let built = site.build();
    let [finding] = built.diagnostics.as_slice() else { unreachable!() };
    assert!(finding.message.starts_with(&format!("in the template: {begins}")), "{}", finding.message);
    let fix = finding.fix.as_ref().unwrap();
    let mut text = site.text(TEMPLATE).unwrap();
    text.replace_range(fix.location.span.range(), &fix.replacement);
    finds_at(&site.with(TEMPLATE, text), &[]);
}

#[test]
fn a_name_that_was_meant_is_offered() {
    offers("{{ page.titel }}", "there is no `titel` here", "title");
    offers("{{ pge.title }}", "there is no `pge` here", "page");
    offers("{{ t.skpi }}", "there is no `skpi` here", "skip");
    offers("{{ page.title | uper }}", "there is no filter `uper`", "upper");
    offers("{{ t.see_all | fil(count=3) }}", "there is no filter `fil`", "fill");
    offers("{% if page.title is strin %}x{% endif %}", "there is no test `strin`", "string");
    offers("{% for n in rnge(end=3) %}{{ n }}{% endfor %}", "there is no function `rnge`", "range");
    offers("{{ <link links={site.lists} /> }}", "there is no component `link`", "links");
    offers(
        "<img src=\"{{ site.assets[\"icno.svg\"] }}\">",
        "there is no asset `icno.svg` in the theme",
        "icon.svg",
    );
    offers(
        "<img src=\"{{ site.assets[\"icno.svg\"] | safe }}\">",
        "there is no asset `icno.svg` in the theme",
        "icon.svg",
    );
}

#[test]
fn a_list_of_two_hundred_names_helps_nobody() {
    let told = told(&with("{{ t.qqqqqq }}"));
    let [(found, help)] = told.as_slice() else { panic!("{told:#?}") };
    assert!(found.len() + help.len() < 200, "{found} {help}");
}

#[test]
fn a_template_that_is_nearly_there() {
    let part = "themes/default/templates/council-crest.html";
    let asks = |text: &str| Site::new().with(TEMPLATE, text).with(part, "<p>Crest</p>");
    let site = asks(
        "{% extends \"base.html\" %}\n{% block main %}{% include \"council-crst.html\" %}{% include \"council-crest.html\" %}{% endblock %}",
    );
    tells(
        &site,
        "themes/default/templates/404.html:2:28 template-error",
        "did you mean `council-crest.html`?",
    );
    let above = |name: &str| Site::new().with(TEMPLATE, format!("{{% extends \"{name}\" %}}\n"));
    for (written, meant) in [("bse.html", "base.html"), ("default/bsae.html", "default/base.html")] {
        tells(
            &above(written),
            &format!(
                "themes/default/templates/404.html:1:12 template-error in the template: it extends `{written}`, which is not there"
            ),
            &format!("did you mean `{meant}`?"),
        );
    }
}

#[test]
fn a_template_that_extends_itself() {
    for name in ["base.html", "404.html"] {
        let path = format!("themes/default/templates/{name}");
        let own = format!("{{% extends \"{name}\" %}}\n{{% block main %}}Ours{{% endblock %}}");
        tells(
            &Site::new().with(&path, own),
            &format!("{path}:1:12 template-error in the template: it extends itself"),
            &format!("write default/{name} to extend the one of casebook"),
        );
    }
}

#[test]
fn a_tag_that_is_not_closed() {
    let path = "themes/default/templates/404.html";
    let open = |text: &str| Site::new().with(TEMPLATE, format!("{{% extends \"base.html\" %}}\n{text}"));
    let block = "{% block main %}\n<h1>{{ page.title }}</h1>\n";
    tells(
        &open(block),
        &format!("{path}:3:21 template-syntax in the template: `{{% block main %}}` of line 2 is not closed"),
        "write `{% endblock %}` where it ends",
    );
    tells(
        &open("{% block main %}\n{% if page.title %}\n<p>x</p>\n{% endblock %}\n"),
        &format!(
            "{path}:5:4 template-syntax in the template: `{{% if page.title %}}` of line 3 is not closed"
        ),
        "write `{% endif %}` where it ends",
    );
    tells(
        &open(&format!("{block}{{% endblok %}}\n")),
        &format!("{path}:4:4 template-syntax in the template: there is no tag `endblok`"),
        "did you mean `endblock`?",
    );
}

#[test]
fn a_block_that_nothing_has() {
    let text = "{% extends \"default/base.html\" %}\n{% block heder %}x{% endblock %}\n{% block main %}{% block ours %}{% endblock %}{% endblock %}";
    tells(
        &Site::new().with("themes/default/templates/base.html", text),
        "themes/default/templates/base.html:2:10 template-error in the template: what it extends has no block `heder`",
        "did you mean `header`?",
    );
}
