//! Files that are not what they should be: their bytes, size, name, place and depth.

use std::process::Command;

use casebook::diagnostics::{render_human, render_json};

use camino::Utf8Path;
use casebook::pipeline;
use casebook::source::{FileEntry, Files, Memory};

use crate::binary::Folder;
use crate::support::{PICTURE, Site, finds, line, options, topic};

const TOPIC: &str = "content/topics/county-lines.md";
const FLAG: &str = "content/case-studies/flag.md";
const NEW: &str = "content/topics/new.md";

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

/// Somebody would wait for ever for what comes out of a pipe.
#[test]
fn a_pipe_in_the_place_of_a_file_is_not_read() {
    let site = Folder::base();
    for path in ["site.toml", TOPIC] {
        let (at, text) = (site.at(path), site.read(path));
        std::fs::remove_file(&at).unwrap();
        assert!(Command::new("mkfifo").arg(&at).status().unwrap().success());
        let ran = site.run("check", &[]);
        assert_ne!(ran.code, 0, "{path}: {ran:#?}");
        std::fs::remove_file(&at).unwrap();
        site.write(path, text);
    }
    assert_eq!(site.run("check", &[]).code, 0);
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
fn addresses_that_are_taken_twice() {
    finds(
        &Site::new().with("content/topics/county-lines/index.md", topic("Text.")),
        &[
            "content/topics/county-lines.md:1:1 duplicate-address this document has the address /topics/county-lines/, which another has",
        ],
    );
    finds(
        &Site::new().with("content/topics/County-Lines.md", topic("Text.")),
        &[
            "content/topics/County-Lines.md:1:1 file-name a file's name becomes its address, so it holds small letters, digits and hyphens alone",
            "content/topics/county-lines.md:1:1 duplicate-address this document has the address /topics/county-lines/, which another has",
        ],
    );
    let alias = topic("Text.").replace("updated", "aliases: [/topics/county-lines/, /data/]\nupdated");
    finds(
        &Site::new().with(NEW, alias),
        &[
            "content/topics/new.md:4:11 duplicate-address this alias has the address /topics/county-lines/, which another has",
            "content/topics/new.md:4:34 duplicate-address this alias has the address /data/, which the site itself uses",
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

/// One finding, not one for each field that the other kind lacks or has beside.
#[test]
fn a_document_in_the_folder_of_another_kind() {
    let flag = Site::new().text(FLAG).unwrap();
    let site = Site::new().with(NEW, flag.clone());
    finds(
        &site,
        &[
            "content/topics/new.md:1:1 stray-file these are the fields of a case study, and this is the folder of each topic",
        ],
    );
    // What has nothing to do with the folder is said all the same.
    let site = Site::new().with(NEW, flag.replace("updated: 2026-11-01", "updated: 2026-13-01"));
    let found = site.findings();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|line| line.contains("invalid-date")), "{found:#?}");
    // So is a mistake in a field that every kind has, or that none has filled in.
    let title = flag.lines().find(|line| line.starts_with("title:")).unwrap();
    let site = Site::new().with(NEW, flag.replace(title, "title: [1, 2]"));
    let found = site.findings();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|line| line.contains("wrong-type")), "{found:#?}");
    let site = Site::new().with(NEW, flag.replace(&format!("{title}\n"), ""));
    assert!(site.findings().iter().any(|line| line.contains("`title` is missing")));
}

#[test]
fn a_name_that_is_no_address_is_one_finding() {
    for name in ["new\nline", "new\tone", "New One", "new\u{7}"] {
        let path = format!("content/topics/{name}.md");
        let found = Site::new().with(&path, topic("Text.")).findings();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].starts_with(&format!("{path}:1:1 file-name ")), "{found:#?}");
    }
}

/// The files of a site with a folder that nobody may read.
struct Locked<'a>(&'a Memory, &'a str);

impl Files for Locked<'_> {
    fn list(&self, folder: &Utf8Path) -> std::io::Result<Vec<FileEntry>> {
        let mut entries = self.0.list(folder)?;
        let all = entries.len();
        entries.retain(|entry| !entry.path.starts_with(self.1));
        if entries.len() < all {
            let fault = Some("Permission denied".to_owned());
            entries.push(FileEntry { path: self.1.into(), size: 0, escapes: false, fault, is_folder: true });
        }
        Ok(entries)
    }

    fn read(&self, path: &Utf8Path) -> std::io::Result<Vec<u8>> {
        self.0.read(path)
    }
}

#[test]
fn a_folder_that_cannot_be_read_makes_no_reference_wrong() {
    let site = Site::new().edited(FLAG, "status: running", "status: runing");
    for folder in ["content/councils", "content/topics", "content"] {
        let built = pipeline::build(&Locked(site.files(), folder), &options(), &|_| {}).unwrap();
        let found: Vec<String> = built.diagnostics.iter().map(line).collect();
        let unreadable = format!("{folder}:1:1 unreadable this cannot be read: Permission denied");
        assert!(found.contains(&unreadable), "{found:#?}");
        let others: Vec<_> = found.iter().filter(|line| **line != unreadable).collect();
        let expected = usize::from(folder != "content");
        assert_eq!(others.len(), expected, "the mistake in what can be read alone: {found:#?}");
    }
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

#[test]
fn files_beside_documents_that_are_taken_twice() {
    let bundle = |site: Site| site.with("content/topics/cuckooing/index.md", topic("[One](one.csv)"));
    finds(
        &bundle(Site::new())
            .with("content/topics/cuckooing/one.csv", "a,b\n")
            .with("content/topics/cuckooing/One.csv", "a,b\n"),
        &[
            "content/topics/cuckooing/one.csv:1:1 duplicate-address this file has the address /topics/cuckooing/one.csv, which another has",
        ],
    );
    let alias = topic("Text.").replace("updated", "aliases: [/case-studies/flag/index.html]\nupdated");
    let found = Site::new().with(NEW, alias).findings();
    assert!(found.iter().any(|found| found.contains("duplicate-address")), "{found:#?}");
}
