//! Documents with something wrong in them: each mistake is found, at its place, and hides nothing.

use casebook::diagnostics::Level;

use crate::support::{PICTURE, Site, finds, finds_at, topic};

const TOPIC: &str = "content/topics/county-lines.md";
const FLAG: &str = "content/case-studies/flag.md";
const NEW: &str = "content/topics/new.md";

#[test]
fn a_mistake_in_yaml_hides_nothing_beside_or_below_it() {
    let site = Site::new()
        .edited(TOPIC, "title: County lines", "title: County: lines")
        .edited(TOPIC, "updated: 2026-11-01", "updated: 1.11.2026")
        .edited(TOPIC, "What the tests say of the topic.", "One<br>two.")
        .edited(FLAG, "status: running", "status: runing");
    finds(
        &site,
        &[
            "content/case-studies/flag.md:7:9 invalid-value `runing` is not allowed here; did you mean `running`?",
            "content/topics/county-lines.md:2:8 yaml-syntax the text of `title` holds a colon",
            "content/topics/county-lines.md:4:10 invalid-date `1.11.2026` is not written as year, month, day",
            "content/topics/county-lines.md:7:4 raw-html HTML stands in the text: <br>",
        ],
    );
}

#[test]
fn missing_and_unknown_fields() {
    let site = Site::new()
        .with(NEW, "---\ntitel: New\nsummary:\nupdated: 2026-11-01\nweather: fine\n---\n\nText.\n");
    finds(
        &site,
        &[
            "content/topics/new.md:2:1 unknown-field `titel` is not a field here; did you mean `title`?",
            "content/topics/new.md:3:1 missing-field `summary` is empty",
            "content/topics/new.md:5:1 unknown-field `weather` is not a field here",
        ],
    );
}

#[test]
fn values_of_the_wrong_type() {
    let site = Site::new()
        .edited(FLAG, "title: A flag on the case system", "title: [A flag]")
        .edited(FLAG, "councils: [islington]", "councils: islington")
        .edited(FLAG, "cost: unknown", "cost: {low: yes}")
        .edited(FLAG, "vignette: none", "vignette: true")
        .edited("content/commitments/one.md", "number: 1", "number: first");
    finds(
        &site,
        &[
            "content/case-studies/flag.md:2:8 wrong-type a list stands where text of at most 150 characters is wanted",
            "content/case-studies/flag.md:5:11 wrong-type `islington` is not a list of 1 to 40",
            "content/case-studies/flag.md:15:7 wrong-type a group of fields stands where a value of the vocabulary `cost` in site.toml is wanted",
            "content/case-studies/flag.md:23:11 wrong-type `true` is not one of none, composite, pseudonymised",
            "content/commitments/one.md:5:9 wrong-type `first` is not a whole number from 1 to 10",
        ],
    );
}

#[test]
fn dates_that_cannot_be() {
    let site = Site::new()
        .edited(FLAG, "started: 2018-07", "started: 2018-13")
        .edited(FLAG, "date: 2019-02", "date: February 2019")
        .edited(FLAG, "reviewed_on: 2026-11-01", "reviewed_on: 2026-11")
        .edited(TOPIC, "updated: 2026-11-01", "updated: 31/11/2026")
        .edited("content/councils/islington.md", "adopted: 2018", "adopted: 18")
        .edited("content/councils/southwark.md", "updated: 2026-11-01", "updated: 2026-11-22");
    finds(
        &site,
        &[
            "content/case-studies/flag.md:6:10 invalid-date `2018-13` is a date that the calendar does not have",
            "content/case-studies/flag.md:21:11 invalid-date `February 2019` is not written as year, month, day",
            "content/case-studies/flag.md:26:14 invalid-date `2026-11` has no day",
            "content/councils/islington.md:11:12 invalid-date `18` is not written as year, month, day",
            "content/councils/southwark.md:4:10 future-date 22 November 2026 has not come yet; today is 21 November 2026",
            "content/topics/county-lines.md:4:10 invalid-date `31/11/2026` is not written as year, month, day",
        ],
    );
}

#[test]
fn a_date_written_the_other_way_round_is_turned() {
    let built = Site::new().edited(TOPIC, "updated: 2026-11-01", "updated: 1/11/2026").build();
    let fix = built.diagnostics[0].fix.as_ref().unwrap();
    assert_eq!(fix.replacement, "2026-11-01");
}

#[test]
fn terms_that_the_vocabulary_does_not_have() {
    finds(
        &Site::new().edited(
            FLAG,
            "audience: [safeguarding-children]",
            "audience: [safeguarding-childern, xyz]",
        ),
        &[
            "content/case-studies/flag.md:12:12 unknown-term `safeguarding-childern` is not allowed here; did you mean `safeguarding-children`?",
            "content/case-studies/flag.md:12:35 unknown-term `xyz` is not allowed here",
        ],
    );
}

#[test]
fn a_retired_term_is_published_under_its_successor() {
    let site = Site::new()
        .edited(
            "site.toml",
            "{ value = \"weeks\", label = \"Weeks\" },",
            "{ value = \"weeks\", label = \"Weeks\" },\n  { value = \"quick\", label = \"Quick\", replaced_by = \"weeks\" },",
        )
        .edited(FLAG, "cost: unknown", "cost: unknown\neffort: quick");
    finds(
        &site,
        &[
            "content/case-studies/flag.md:16:9 retired-term `quick` is no longer used; `weeks` has taken its place",
        ],
    );
    assert_eq!(site.build().count(Level::Error), 0);
    let data = site.page("case-studies/flag/index.json");
    assert!(data.contains("\"effort\": \"weeks\""), "{data}");
}

#[test]
fn a_fence_that_is_not_closed() {
    finds(
        &Site::new().with(NEW, topic("One<br>two.\n\n```\ncode\n\n## Heading")),
        &[
            "content/topics/new.md:7:4 raw-html HTML stands in the text: <br>",
            "content/topics/new.md:9:1 unclosed-fence this block is never closed",
        ],
    );
}

#[test]
fn links_that_lead_out_of_the_content_folder() {
    let body = "[a](../../site.toml) [b](../../../../etc/passwd) [c](%2e%2e/%2e%2e/x.md) [d](/../x.md)\n\n![A picture](../../x.png)";
    finds(
        &Site::new().with(NEW, topic(body)),
        &[
            "content/topics/new.md:7:5 outside-content this link leads out of the content folder",
            "content/topics/new.md:7:26 outside-content this link leads out of the content folder",
            "content/topics/new.md:7:54 outside-content this link leads out of the content folder",
            "content/topics/new.md:7:78 outside-content this link leads out of the content folder",
            "content/topics/new.md:9:14 outside-content this link leads out of the content folder",
        ],
    );
}

#[test]
fn components_with_mistakes() {
    let body = "```{callot}\nkind: note\n```\n\n```{callout}\nkind: nota\ntitel: x\ntext: One<br>[two](nowhere.md).\n```\n\n```{statistic}\nvalue: 1,000\nlabel: children\nperiod: 2019\nsource: nowhere\n```\n\n> ```{callout}\n> kind: note\n> text: x\n> ```\n\n```{callout}\nkind: [note\ntext: x\n```\n\n```{figure}\nfile: none.png\nalt: x\ncaption: y\n```\n\n```{chart}\nstatistic: none\n```\n";
    finds(
        &Site::new().with(NEW, topic(body)),
        &[
            "content/topics/new.md:7:5 unknown-component `callot` is not a component; did you mean `callout`?",
            "content/topics/new.md:12:7 invalid-value `nota` is not allowed here; did you mean `note`?",
            "content/topics/new.md:13:1 unknown-field `titel` is not a field here; did you mean `title`?",
            "content/topics/new.md:14:10 raw-html HTML stands in the text: <br>",
            "content/topics/new.md:14:20 broken-link there is no document content/topics/nowhere.md",
            "content/topics/new.md:18:8 wrong-type `1,000` is not a number such as 5142, or c for a small number that is suppressed",
            "content/topics/new.md:21:9 unknown-reference no source of this document has the id `nowhere`",
            "content/topics/new.md:24:7 unknown-component a component stands on its own, not in a list or a quotation",
            "content/topics/new.md:30:7 yaml-syntax the bracket `[` is not closed",
            "content/topics/new.md:35:7 broken-link there is no file content/topics/none.png",
            "content/topics/new.md:41:12 unknown-reference there is no statistic `none`",
        ],
    );
}

#[test]
fn pictures_with_mistakes() {
    let page = |body: &str| {
        let folder = "content/topics/new";
        Site::new()
            .with(&format!("{folder}/index.md"), topic(body))
            .with(&format!("{folder}/map.png"), PICTURE)
            .with(&format!("{folder}/plan.pdf"), *b"%PDF-1.7")
    };
    finds(&page("![A map](map.png)"), &[]);
    let cut = |site: Site| site.with("content/topics/new/cut.png", &PICTURE[..12]);
    finds(
        &cut(page(
            "![A map](mapp.png) ![A map](cut.png) ![A map](plan.pdf) ![](map.png) ![A map](https://www.example.org/map.png)",
        )),
        &[
            "content/topics/new/cut.png:1:1 broken-picture this file cannot be read as a picture",
            "content/topics/new/index.md:7:10 broken-link there is no file content/topics/new/mapp.png",
            "content/topics/new/index.md:7:47 broken-picture content/topics/new/plan.pdf is not a picture",
            "content/topics/new/index.md:7:57 missing-alt-text this picture has no alternative text",
            "content/topics/new/index.md:7:79 remote-picture this picture stands on another site",
        ],
    );
}

#[test]
fn front_matter_without_measure() {
    let many: String = (0..10_001).map(|number| format!("- x{number}\n")).collect();
    finds(
        &Site::new().edited(
            TOPIC,
            "updated: 2026-11-01\n",
            &format!("updated: 2026-11-01\nsynonyms:\n{many}"),
        ),
        &[
            "content/topics/county-lines.md:9996:3 yaml-limit more than 10000 names and values; the rest was not read",
        ],
    );
    let long = "x".repeat(1024 * 1024);
    finds(
        &Site::new().edited(TOPIC, "title: County lines", &format!("title: {long}")),
        &["content/topics/county-lines.md:2:1 yaml-limit this is longer than 1024 KB, and was not read"],
    );
    let wrong: String = (0..300).map(|number| format!("x{number}: a: b\n")).collect();
    let site = Site::new().edited(TOPIC, "updated: 2026-11-01\n", &format!("updated: 2026-11-01\n{wrong}"));
    let last = site.findings().pop().unwrap();
    assert_eq!(
        last,
        "content/topics/county-lines.md:105:7 yaml-limit more than 100 mistakes; the rest was not read"
    );
}

#[test]
fn front_matter_that_is_none() {
    let fields = "title: New\nsummary: x\nupdated: 2026-11-01\n";
    let new = |text: String| Site::new().with(NEW, text);
    finds(&new(format!("---\n{fields}--- \nText.\n")), &[]);
    finds(
        &new("---\n---\n".to_owned()),
        &[
            "content/topics/new.md:2:1 missing-field `summary` is missing",
            "content/topics/new.md:2:1 missing-field `title` is missing",
            "content/topics/new.md:2:1 missing-field `updated` is missing",
        ],
    );
    finds(
        &new("---".to_owned()),
        &[
            "content/topics/new.md:1:1 unclosed-front-matter the front matter that starts here has no closing line",
            "content/topics/new.md:1:4 missing-field `summary` is missing",
            "content/topics/new.md:1:4 missing-field `title` is missing",
            "content/topics/new.md:1:4 missing-field `updated` is missing",
        ],
    );
    finds(
        &new("---\n- a\n- b\n---\n\nText.\n".to_owned()),
        &[
            "content/topics/new.md:2:1 missing-field `summary` is missing",
            "content/topics/new.md:2:1 missing-field `title` is missing",
            "content/topics/new.md:2:1 missing-field `updated` is missing",
            "content/topics/new.md:2:3 wrong-type this is a list, where fields are wanted",
        ],
    );
    finds(
        &new("+++\ntitle = \"x\"\n+++\n\nText.\n".to_owned()),
        &[
            "content/topics/new.md:1:1 missing-front-matter the front matter is TOML, and casebook reads YAML here",
        ],
    );
    finds(
        &new("{\"title\": \"x\"}\n".to_owned()),
        &["content/topics/new.md:1:1 missing-front-matter this document has no front matter"],
    );
    finds(
        &new(format!("{fields}---\n\nText.\n")),
        &["content/topics/new.md:1:1 missing-front-matter the line that opens the front matter is missing"],
    );
    finds(
        &new(format!(" ---\n{fields}---\n\nText.\n")),
        &["content/topics/new.md:1:2 missing-front-matter there are spaces before the front matter"],
    );
    finds(
        &new(format!("---\n{fields}\ttab: x\n---\n\nText.\n")),
        &["content/topics/new.md:5:1 yaml-syntax this line is indented with a tab"],
    );
}

#[test]
fn a_source_from_the_future() {
    finds_at(
        &Site::new().edited("content/case-studies/flag.md", "date: 2019-02\n", "date: 2027-02\n").edited(
            "content/reports/islington-2019.md",
            "    date: 2019-07\n",
            "    date: 2027\n",
        ),
        &[
            "content/case-studies/flag.md:21:11 future-date",
            "content/reports/islington-2019.md:18:11 future-date",
        ],
    );
}
