//! Documents with something wrong in them: each mistake is found, at its place, and hides nothing.

use casebook::diagnostics::{Level, render_human, render_json};

use crate::support::{PICTURE, Site, finds, line};

const TOPIC: &str = "content/topics/county-lines.md";
const FLAG: &str = "content/case-studies/flag.md";
const NEW: &str = "content/topics/new.md";

/// A topic that is right, to put mistakes into.
fn topic(body: &str) -> String {
    format!("---\ntitle: New\nsummary: A new topic.\nupdated: 2026-11-01\n---\n\n{body}\n")
}

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
fn a_file_that_is_not_utf8() {
    let mut bytes = topic("Text.").into_bytes();
    let at = bytes.windows(3).position(|part| part == b"new").unwrap();
    bytes[at] = 0xe9;
    finds(
        &Site::new().with(NEW, bytes),
        &["content/topics/new.md:3:12 not-utf8 the file is not UTF-8 text from here on"],
    );
}

#[test]
fn a_byte_order_mark_is_no_mistake_and_moves_no_column() {
    finds(&Site::new().with(NEW, format!("\u{feff}{}", topic("Text."))), &[]);
    let site = Site::new().with(NEW, format!("\u{feff}{}", topic("One<br>two.")));
    finds(&site, &["content/topics/new.md:7:4 raw-html HTML stands in the text: <br>"]);
    let site = Site::new().with(NEW, "\u{feff}<br>\n");
    finds(
        &site,
        &[
            "content/topics/new.md:1:1 missing-front-matter this document has no front matter",
            "content/topics/new.md:1:1 raw-html HTML stands in the text: <br>",
        ],
    );
}

#[test]
fn windows_line_ends_are_no_mistake_and_move_no_column() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    finds(&Site::new().with(NEW, crlf(&topic("Text."))), &[]);
    let flag = Site::new().text(FLAG).unwrap();
    finds(&Site::new().with(FLAG, crlf(&flag)), &[]);
    let site = Site::new().with(NEW, crlf(&topic("One<br>two.").replace("title: New", "title: A: b")));
    finds(
        &site,
        &[
            "content/topics/new.md:2:8 yaml-syntax the text of `title` holds a colon",
            "content/topics/new.md:7:4 raw-html HTML stands in the text: <br>",
        ],
    );
}

#[test]
fn an_empty_file() {
    finds(
        &Site::new().with(NEW, "").with("content/topics/blank.md", " \n\n"),
        &[
            "content/topics/blank.md:1:1 empty-file this file holds only blank lines",
            "content/topics/new.md:1:1 empty-file this file is empty",
        ],
    );
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
fn an_alias_bomb_is_refused_at_its_first_sign() {
    let mut fields = String::from("synonyms: &a [x, x]\n");
    for (name, before) in ('b'..='i').zip('a'..) {
        fields.push_str(&format!("f{name}: &{name} [*{before}, *{before}, *{before}, *{before}]\n"));
    }
    let site = Site::new().edited(TOPIC, "updated: 2026-11-01\n", &format!("updated: 2026-11-01\n{fields}"));
    let found = site.findings();
    let first =
        "content/topics/county-lines.md:5:11 yaml-feature `&a` is an anchor, which is not allowed here";
    assert_eq!(found[0], first);
    assert!(found.iter().all(|finding| finding.starts_with(TOPIC)), "{found:#?}");
}

#[test]
fn deep_nesting_is_refused_wherever_it_stands() {
    for depth in [40, 100_000] {
        let deep = format!("{}x{}", "[".repeat(depth), "]".repeat(depth));
        let site = Site::new().edited(TOPIC, "title: County lines", &format!("title: {deep}"));
        finds(
            &site,
            &[
                "content/topics/county-lines.md:2:40 yaml-limit more than 32 lists and groups stand inside each other",
            ],
        );
    }
    for body in [
        "> ".repeat(20_000) + "x",
        "- ".repeat(20_000) + "x",
        "[".repeat(20_000) + "x" + &"](a.md)".repeat(20_000),
        "*a **b ".repeat(10_000),
        "![".repeat(20_000),
        "#### x\n\n".repeat(100),
    ] {
        let built = Site::new().with(NEW, topic(&body)).build();
        let shown = render_human(&built.diagnostics, false);
        assert!(shown.len() < 10_000_000);
    }
}

#[test]
fn a_file_of_50_mb_is_not_read() {
    let large = vec![b'x'; 50 * 1024 * 1024];
    let built = Site::new().with(NEW, large).build();
    assert_eq!(
        built.diagnostics.iter().map(line).collect::<Vec<_>>(),
        ["content/topics/new.md:1:1 file-too-large the file has 50 MiB; at most 2 are read"]
    );
    assert!(built.diagnostics[0].primary.location.source.text().is_empty());
    assert!(render_json(&built.diagnostics).len() < 10_000);
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
fn addresses_that_are_taken_twice() {
    finds(
        &Site::new().with("content/topics/county-lines/index.md", topic("Text.")),
        &[
            "content/topics/county-lines.md:1:1 duplicate-address this document has the address /topics/county-lines/, which another document has",
        ],
    );
    finds(
        &Site::new().with("content/topics/County-Lines.md", topic("Text.")),
        &[
            "content/topics/County-Lines.md:1:1 file-name a file's name becomes its address, so it holds small letters, digits and hyphens alone",
            "content/topics/county-lines.md:1:1 duplicate-address this document has the address /topics/county-lines/, which another document has",
        ],
    );
    let alias = topic("Text.").replace("updated", "aliases: [/topics/county-lines/, /data/]\nupdated");
    finds(
        &Site::new().with(NEW, alias),
        &[
            "content/topics/new.md:4:11 duplicate-address this alias has the address /topics/county-lines/, which another document has",
            "content/topics/new.md:4:34 duplicate-address this alias has the address /data/, which the site itself uses",
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
            .with(&format!("{folder}/cut.png"), &PICTURE[..12])
            .with(&format!("{folder}/plan.pdf"), *b"%PDF-1.7")
    };
    finds(&page("![A map](map.png)"), &[]);
    finds(
        &page(
            "![A map](mapp.png) ![A map](cut.png) ![A map](plan.pdf) ![](map.png) ![A map](https://www.example.org/map.png)",
        ),
        &[
            "content/topics/new/index.md:7:10 broken-link there is no file content/topics/new/mapp.png",
            "content/topics/new/index.md:7:29 broken-picture content/topics/new/cut.png cannot be read as a picture",
            "content/topics/new/index.md:7:47 broken-picture content/topics/new/plan.pdf is not a picture",
            "content/topics/new/index.md:7:57 missing-alt-text this picture has no alternative text",
            "content/topics/new/index.md:7:79 remote-picture this picture stands on another site",
        ],
    );
}

#[test]
fn files_that_nobody_asked_for() {
    let site = Site::new()
        .with("content/topics/run.exe", "x")
        .with("content/topics/map.png", PICTURE)
        .with("content/loose.md", topic("Text."))
        .with("content/topic/new.md", topic("Text."))
        .with("content/topics/index.md", topic("Text."))
        .with("content/topics/.hidden", "x")
        .with("content/topics/new/index.md", topic("Text."))
        .with("content/topics/new/a map.png", PICTURE);
    finds(
        &site,
        &[
            "content/loose.md:1:1 stray-file a document stands in the folder of its kind",
            "content/topic/new.md:1:1 stray-file `topic` is not the folder of a kind; did you mean `topics`?",
            "content/topics/index.md:1:1 stray-file this address belongs to the list of all documents of the kind",
            "content/topics/map.png:1:1 stray-file this file belongs to no document",
            "content/topics/new/a map.png:1:1 file-name a file's name becomes its address, so it holds letters, digits, dots and hyphens alone",
            "content/topics/run.exe:1:1 file-kind files of the kind `exe` are not published",
        ],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_said_to_be_nothing_else() {
    // A word processor's file under another name, and one that is too large; links to both are right.
    let large = vec![b'x'; 3 * 1024 * 1024];
    let site = Site::new().with(NEW, *b"PK\x03\x04\0\0\xff").with("content/topics/large.md", large).edited(
        TOPIC,
        "What the tests say of the topic.",
        "[a](new.md#heading) [b](large.md)",
    );
    finds(
        &site,
        &[
            "content/topics/large.md:1:1 file-too-large the file has 3 MiB; at most 2 are read",
            "content/topics/new.md:1:1 not-utf8 the file is not UTF-8 text",
        ],
    );
}

#[test]
fn a_file_in_another_encoding_is_checked_all_the_same() {
    let text = topic("One<br>two.").replace("new topic", "caf\u{e9}");
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(character).unwrap()).collect();
    finds(
        &Site::new().with(NEW, latin),
        &[
            "content/topics/new.md:3:15 not-utf8 the file is not UTF-8 text from here on",
            "content/topics/new.md:7:4 raw-html HTML stands in the text: <br>",
        ],
    );
}
