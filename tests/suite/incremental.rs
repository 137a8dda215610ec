//! A build that takes what earlier builds left is the build that starts from nothing, byte for byte.

use casebook::disk::Disk;
use casebook::pipeline::{self, Built, Cache, Options};
use proptest::prelude::*;

use super::support::{Site, line, options, shipped, shipped_day};

const FLAG: &str = include_str!("../sites/base/content/case-studies/flag.md");
const SETTINGS: &str = include_str!("../../site.toml");

/// An edit of the site. Numbers choose among a few names and texts, so that edits meet.
#[derive(Debug, Clone)]
enum Edit {
    /// A case study is written, or written again.
    Study { name: u8, title: u8, text: u8 },
    /// One case study goes by the name of another.
    Rename { from: u8, to: u8 },
    /// A case study goes.
    Delete { name: u8 },
    /// A council changes its name, which stands on the pages of others.
    Council { title: u8 },
    /// A council goes, though others refer to it.
    DeleteCouncil,
    /// The glossary gets a word that texts use, or loses it.
    Glossary { word: Option<u8> },
    /// A value of a vocabulary is shown in other words.
    Label { label: u8 },
    /// The settings cannot be read.
    BreakSettings,
    /// The site has a template of its own.
    Template { text: u8 },
    /// The site has a component of its own.
    Component { text: u8 },
    /// The site has a stylesheet of its own.
    Stylesheet { text: u8 },
    /// The site has no theme of its own.
    DeleteTheme,
}

fn edit() -> impl Strategy<Value = Edit> {
    let few = 0..3u8;
    prop_oneof![
        4 => (few.clone(), few.clone(), 0..6u8).prop_map(|(name, title, text)| Edit::Study { name, title, text }),
        2 => (few.clone(), few.clone()).prop_map(|(from, to)| Edit::Rename { from, to }),
        1 => few.clone().prop_map(|name| Edit::Delete { name }),
        2 => few.clone().prop_map(|title| Edit::Council { title }),
        1 => Just(Edit::DeleteCouncil),
        2 => proptest::option::of(few.clone()).prop_map(|word| Edit::Glossary { word }),
        1 => few.clone().prop_map(|label| Edit::Label { label }),
        1 => Just(Edit::BreakSettings),
        2 => few.clone().prop_map(|text| Edit::Template { text }),
        1 => few.clone().prop_map(|text| Edit::Component { text }),
        1 => few.prop_map(|text| Edit::Stylesheet { text }),
        1 => Just(Edit::DeleteTheme),
    ]
}

const TEXTS: [&str; 6] = [
    "One flag.",
    "Two flags, and the word duty.",
    "See [the council](../councils/islington.md) and [another](study-1.md).",
    "``` {callout}\nkind: note\ntext: Mind the *duty*.\n```",
    "A footnote.[^1]\n\n[^1]: Its text, on duty.",
    "### Heading\n\n| a | b |\n| - | - |\n| 1 | 2 |",
];

const TEMPLATES: [&str; 3] = [
    "{% extends \"default/case-study.html\" %}",
    "<p>{{ document.title }} {{ document.body | safe }}</p>",
    "{{ document.titel }}",
];

const COMPONENTS: [&str; 3] = [
    "{% component block.callout(block: map) %}<aside>{{ block.html | safe }}</aside>{% endcomponent block.callout %}",
    "{% component block.callout(block: map) %}<div>{{ block.html | safe }}</div>{% endcomponent block.callout %}",
    "{% component block.callout(block: map) %}{{ block.nothing }}{% endcomponent block.callout %}",
];

fn study(name: u8) -> String {
    format!("content/case-studies/study-{name}.md")
}

impl Edit {
    fn apply(&self, site: Site) -> Site {
        let council = "content/councils/islington.md";
        match self {
            Self::Study { name, title, text } => {
                let titled = FLAG.replace("A flag on", &format!("Flag {title} on"));
                site.with(&study(*name), titled.replace("One flag.", TEXTS[usize::from(*text)]))
            }
            Self::Rename { from, to } => match site.text(&study(*from)) {
                Some(text) => site.without(&study(*from)).with(&study(*to), text),
                None => site,
            },
            Self::Delete { name } => site.without(&study(*name)),
            Self::Council { title } => {
                let text = include_str!("../sites/base/content/councils/islington.md");
                site.with(council, text.replace("title: Islington", &format!("title: Islington {title}")))
            }
            Self::DeleteCouncil => site.without(council),
            Self::Glossary { word: Some(word) } => site.with(
                "content/glossary/word.md",
                format!(
                    "---\ntitle: {}\nsummary: A word.\nupdated: 2026-11-01\nshort: What it means.\n---\n\nIts text.\n",
                    ["Duty", "Flag", "Record"][usize::from(*word)]
                ),
            ),
            Self::Glossary { word: None } => site.without("content/glossary/word.md"),
            Self::Label { label } => site.with(
                "site.toml",
                SETTINGS.replace("label = \"Safeguarding children\"", &format!("label = \"Children {label}\"")),
            ),
            Self::BreakSettings => site.with("site.toml", "[site"),
            Self::Template { text } => {
                site.with("themes/default/templates/case-study.html", TEMPLATES[usize::from(*text)])
            }
            Self::Component { text } => {
                site.with("themes/default/components/callout.html", COMPONENTS[usize::from(*text)])
            }
            Self::Stylesheet { text } => {
                site.with("themes/default/assets/style.css", format!("body {{ width: {text}rem }}"))
            }
            Self::DeleteTheme => site
                .without("themes/default/templates/case-study.html")
                .without("themes/default/components/callout.html")
                .without("themes/default/assets/style.css"),
        }
    }
}

fn findings(built: &Built) -> Vec<String> {
    built.diagnostics.iter().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_build_with_a_cache_equals_a_clean_one(edits in prop::collection::vec(edit(), 1..8)) {
        let mut site = Site::new();
        let cache = Cache::on();
        site.rebuild(&cache);
        for edit in &edits {
            site = edit.apply(site);
            let (clean, incremental) = (site.build(), site.rebuild(&cache));
            prop_assert_eq!(findings(&clean), findings(&incremental), "after {:?}", edit);
            prop_assert_eq!(clean.artifacts.len(), incremental.artifacts.len(), "after {:?}", edit);
            for (clean, incremental) in clean.artifacts.iter().zip(incremental.artifacts.iter()) {
                prop_assert_eq!(clean, incremental, "after {:?}", edit);
            }
        }
    }
}

#[test]
fn a_page_made_by_itself_is_that_of_the_whole_build() {
    let disk = Disk::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options { today: shipped_day().parse().unwrap(), ..options() };
    let site = pipeline::prepare(&disk, &options, &Cache::off(), &|_| {}).unwrap().site.unwrap();
    let pages = shipped().artifacts.iter().filter(|(path, _)| path.extension() == Some("html"));
    let mut lists = 0;
    for (path, bytes) in pages {
        let made = site.file(path).unwrap_or_else(|| panic!("{path} is not made by itself")).unwrap();
        assert!(made == bytes, "{path} is another by itself");
        lists += usize::from(path.as_str().contains("/page/2/"));
    }
    assert!(lists > 0, "a list has a second page");
    assert!(site.file("case-studies/page/99/index.html".into()).is_none());
    assert!(site.file("nothing/index.html".into()).is_none());
}

#[test]
fn the_edits_of_the_property_meet_what_they_are_for() {
    let right = [
        Edit::Study { name: 1, title: 1, text: 3 },
        Edit::Study { name: 0, title: 0, text: 2 },
        Edit::Glossary { word: Some(0) },
        Edit::Template { text: 0 },
        Edit::Component { text: 1 },
    ];
    let site = right.iter().fold(Site::new(), |site, edit| edit.apply(site));
    assert_eq!(site.findings(), Vec::<String>::new());
    assert!(site.page("case-studies/study-1/index.html").contains("<div>"), "the component is used");
    for wrong in [
        Edit::DeleteCouncil,
        Edit::BreakSettings,
        Edit::Template { text: 2 },
        Edit::Component { text: 2 },
        Edit::Delete { name: 1 },
    ] {
        assert_ne!(wrong.apply(site.clone()).findings(), Vec::<String>::new(), "{wrong:?}");
    }
}
