//! Every mistake of every file in one run, in one order.

use crate::support::{Site, finds};

const FLAG: &str = "content/case-studies/flag.md";

#[test]
fn one_file_with_six_mistakes() {
    let site = Site::new()
        .edited(FLAG, "title: A flag on the case system", "title: A flag: on the case system")
        .edited(FLAG, "councils: [islington]", "councils: [islingtn]")
        .edited(FLAG, "started: 2018-07", "started: July 2018")
        .edited(FLAG, "population: children", "populaton: children")
        .edited(FLAG, "audience: [safeguarding-children]", "audience: [safeguarding]")
        .edited(FLAG, "One flag.", "One <b>flag.");
    finds(
        &site,
        &[
            "content/case-studies/flag.md:2:8 yaml-syntax the text of `title` holds a colon",
            "content/case-studies/flag.md:5:12 unknown-reference there is no council `islingtn`; did you mean `islington`?",
            "content/case-studies/flag.md:6:10 invalid-date `July 2018` is not written as year, month, day",
            "content/case-studies/flag.md:11:1 unknown-field `populaton` is not a field here; did you mean `population`?",
            "content/case-studies/flag.md:12:12 unknown-term `safeguarding` is not allowed here; did you mean `safeguarding-adults`?",
            "content/case-studies/flag.md:35:5 raw-html HTML stands in the text: <b>",
        ],
    );
}

/// A site in which each of 20 files has a mistake of its own, beside mistakes of the front matter.
fn twenty() -> Site {
    let mistakes = [
        "title: [",
        "title: A: b",
        "titel: New",
        "title: {a: b}",
        "updated: 2026-02-30",
        "synonyms: x",
        "parent: nowhere",
        "title: *x",
        "draft: maybe",
        "lang: xx",
    ];
    let bodies = [
        "<b>",
        "[a](nowhere.md)",
        "![](none.png)",
        "#### Deep",
        "[^1]",
        "```{none}\n```",
        "[a](javascript:x)",
        "[a](#b)",
        "```",
        "![x](https://www.example.org/x.png)",
    ];
    let mut site = Site::new();
    for (number, (mistake, body)) in mistakes.iter().zip(bodies).enumerate() {
        let name = mistake.split(':').next().unwrap_or_default();
        let right = "title: New\nsummary: A new topic.\nupdated: 2026-11-01\n";
        let others = right.lines().filter(|line| !line.starts_with(name)).collect::<Vec<_>>().join("\n");
        let front = format!("---\n{mistake}\n{others}\n---\n\nText.\n");
        let back = format!("---\n{right}---\n\n{body}\n");
        site = site.with(&format!("content/topics/front-{number}.md"), front);
        site = site.with(&format!("content/topics/body-{number}.md"), back);
    }
    site
}

#[test]
fn twenty_files_with_mistakes() {
    finds(
        &twenty(),
        &[
            "content/topics/body-0.md:7:1 raw-html HTML stands in the text: <b>",
            "content/topics/body-1.md:7:5 broken-link there is no document content/topics/nowhere.md",
            "content/topics/body-2.md:7:1 missing-alt-text this picture has no alternative text",
            "content/topics/body-2.md:7:5 broken-link there is no file content/topics/none.png",
            "content/topics/body-3.md:7:1 heading-level a heading of level 4 stands under one of level 1",
            "content/topics/body-4.md:7:1 footnote the footnote 1 is not written anywhere",
            "content/topics/body-5.md:7:5 unknown-component `none` is not a component",
            "content/topics/body-6.md:7:5 unsafe-address this address cannot be published: it runs a script in the reader's browser",
            "content/topics/body-7.md:7:5 broken-anchor `body-7` has no heading #b",
            "content/topics/body-8.md:7:1 unclosed-fence this block is never closed",
            "content/topics/body-9.md:7:1 missing-alt-text this picture's alternative text is the name of its file",
            "content/topics/body-9.md:7:6 remote-picture this picture stands on another site",
            "content/topics/front-0.md:2:8 yaml-syntax the bracket `[` is not closed",
            "content/topics/front-1.md:2:8 yaml-syntax the text of `title` holds a colon",
            "content/topics/front-2.md:2:1 unknown-field `titel` is not a field here; did you mean `title`?",
            "content/topics/front-3.md:2:8 wrong-type a group of fields stands where text of at most 150 characters is wanted",
            "content/topics/front-4.md:2:10 invalid-date `2026-02-30` is a date that the calendar does not have",
            "content/topics/front-5.md:2:11 wrong-type `x` is not a list",
            "content/topics/front-6.md:2:9 unknown-reference there is no topic `nowhere`",
            "content/topics/front-7.md:2:8 yaml-feature `*x` is a reference to another part of the file, which is not allowed here",
            "content/topics/front-8.md:2:8 wrong-type `maybe` is not true or false",
            "content/topics/front-9.md:2:7 invalid-value the site has no language `xx`",
        ],
    );
}

#[test]
fn the_order_does_not_depend_on_threads() {
    let site = twenty();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let site = site.clone();
        pool.install(move || site.findings())
    };
    let one = on(1);
    assert!(one.len() >= 20);
    assert_eq!(one, on(2));
    assert_eq!(one, on(8));
}
