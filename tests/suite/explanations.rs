//! The page that explains a code says what casebook does: its wrong example gives the finding at
//! the place said, its right example gives none.
//!
//! An example is a fenced block that names the file it stands for: a whole file; `yaml`, the fields
//! to put into a document of the site of the tests; `toml`, one table of its settings; `markdown`
//! without a front matter of its own, the body of a document that is there. Without a file it is
//! the body of a page with pictures beside it. What a block cannot hold, such as bytes that are no
//! text, is described in words and stands in [`in_words`].

use casebook::diagnostics::Code;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use regex::Regex;

use crate::support::{PICTURE, Site};

/// The page that examples without a file are the body of.
const PAGE: &str = "content/pages/visits/index.md";

const PHOTOGRAPH: &[u8] = include_bytes!("../pictures/plain.jpg");

const PAGE_TEXT: &str =
    "---\ntitle: Visits\nsummary: A page of the tests.\nupdated: 2026-11-01\n---\n\nText.\n";

#[test]
fn every_page_says_what_casebook_does() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        if let Err(message) = holds(*code) {
            wrong.push(format!("{code}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_reads_as_a_page() {
    for code in Code::ALL {
        let page = code.explanation();
        assert!(page.starts_with(&format!("# {code}\n\n")), "{code}: the title");
        assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{code}: one line break at the end");
        let is_wide = |line: &&str| line.chars().count() > 100;
        assert_eq!(page.lines().find(is_wide), None, "{code}: fits a terminal");
        let words = page.split("## Wrong").next().unwrap_or_default();
        assert!(words.split_whitespace().count() > 20, "{code}: says why it matters");
    }
}

/// Whether the page of `code` holds.
fn holds(code: Code) -> Result<(), String> {
    let page = read(code.explanation());
    let (wrong, right) = match in_words(code) {
        Some((wrong, right)) => (Example { site: wrong, place: None }, right),
        None => (apply(&page.wrong, page.reported.after), apply(&page.right, 0).site),
    };
    let (path, shift) = match (&page.reported.file, wrong.place) {
        (Some(path), _) => (path.clone(), 0),
        (None, Some(place)) => place,
        (None, None) => return Err("says of no file that it is reported there".to_owned()),
    };
    let expected = format!("{path}:{}:{} {code} ", page.reported.line + shift, page.reported.column);
    let found = wrong.site.findings();
    if !found.iter().any(|finding| finding.starts_with(&expected)) {
        return Err(format!("wrong gives {found:#?}, not {expected}"));
    }
    // A wrong example is about one thing; at the most one other finding follows from it.
    let others = found.iter().filter(|finding| !finding.contains(&format!(" {code} "))).count();
    if others > 1 {
        return Err(format!("wrong gives more than its own: {found:#?}"));
    }
    let found = right.findings();
    if found.is_empty() { Ok(()) } else { Err(format!("right gives {found:#?}")) }
}

/// Sites for the pages that describe their examples in words.
fn in_words(code: Code) -> Option<(Site, Site)> {
    let site = Site::new;
    Some(match code {
        Code::NotUtf8 => {
            let before = "---\ntitle: Takeaways\nsummary: The caf";
            let after = "s\nupdated: 2026-11-01\n---\n\nText.\n";
            let latin = [before.as_bytes(), &[0xe9], after.as_bytes()].concat();
            let path = "content/topics/takeaways.md";
            (site().with(path, latin), site().with(path, format!("{before}é{after}")))
        }
        Code::FileTooLarge => {
            let path = "content/reports/southwark-2020.md";
            (site().with(path, vec![b'x'; 50 * 1024 * 1024]), site())
        }
        Code::PictureMetadata => {
            let page = |picture: &[u8]| {
                site().with(PAGE, PAGE_TEXT).with("content/pages/visits/poster.jpg", picture)
            };
            (page(include_bytes!("../pictures/placed.jpg")), page(PHOTOGRAPH))
        }
        Code::HiddenCharacter => {
            let path = "content/topics/county-lines.md";
            (site().edited(path, "title: County lines", "title: County\u{202e} lines"), site())
        }
        Code::Unreadable => (Site::empty(), site()),
        _ => return None,
    })
}

/// A page taken apart.
#[derive(Default)]
struct Page {
    wrong: Vec<Block>,
    right: Vec<Block>,
    reported: Reported,
}

/// An example.
#[derive(Default)]
struct Block {
    language: String,
    path: Option<String>,
    text: String,
}

/// Where the page says that its wrong example is reported.
#[derive(Default)]
struct Reported {
    line: usize,
    column: usize,
    /// The file, where the sentence names one.
    file: Option<String>,
    /// How many examples come before the sentence.
    after: usize,
}

fn read(page: &str) -> Page {
    let sentence = Regex::new(r"Reported at line (\d+), column (\d+)(?: of (\S+?))?[.:](?:\s|$)").unwrap();
    let mut out = Page::default();
    let (mut words, mut is_right, mut is_heading) = (String::new(), false, false);
    let mut block: Option<Block> = None;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => is_heading = true,
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let (language, path) = info.split_once(' ').unwrap_or((&info, ""));
                let path = Some(path.to_owned()).filter(|path| !path.is_empty());
                block = Some(Block { language: language.to_owned(), path, text: String::new() });
            }
            Event::End(TagEnd::CodeBlock) => {
                if is_right { &mut out.right } else { &mut out.wrong }.extend(block.take());
            }
            Event::Text(text) | Event::Code(text) => match &mut block {
                Some(block) => block.text.push_str(&text),
                None if is_heading => is_right = &*text == "Right",
                None => words.push_str(&text),
            },
            Event::SoftBreak => words.push(' '),
            Event::End(TagEnd::Paragraph) => {
                if let Some(found) = sentence.captures(&words) {
                    let number = |at: usize| found[at].parse().unwrap();
                    let file = found.get(3).map(|file| file.as_str().to_owned());
                    let after = out.wrong.len();
                    out.reported = Reported { line: number(1), column: number(2), file, after };
                }
                words.clear();
            }
            _ => {}
        }
    }
    out
}

/// A site with examples applied.
struct Example {
    site: Site,
    /// The file that the example in question stands for, and by how many lines it is moved there.
    place: Option<(String, usize)>,
}

/// Applies `blocks`; the place is that of the `which`th of them, from 1.
fn apply(blocks: &[Block], which: usize) -> Example {
    let folder = "content/pages/visits";
    let mut site = Site::new().with(PAGE, PAGE_TEXT).with(&format!("{folder}/plan.pdf"), *b"%PDF-1.7\n");
    for (picture, bytes) in [("poster.jpg", PHOTOGRAPH), ("posters.png", PICTURE)] {
        site = site.with(&format!("{folder}/{picture}"), bytes);
    }
    let mut place = None;
    for (at, block) in blocks.iter().enumerate() {
        let path = block.path.clone().unwrap_or_else(|| PAGE.to_owned());
        let (text, shift) = match (block.language.as_str(), site.text(&path)) {
            ("yaml", Some(there)) => with_fields(&there, &block.text),
            ("toml", Some(there)) => with_table(&there, &block.text),
            ("markdown", Some(there)) if !block.text.starts_with("---\n") => with_body(&there, &block.text),
            _ => (block.text.clone(), 0),
        };
        site = site.with(&path, text);
        if at + 1 == which {
            place = Some((path, shift));
        }
    }
    Example { site, place }
}

/// `document` with its body replaced, and the lines before the body.
fn with_body(document: &str, body: &str) -> (String, usize) {
    let end = document.find("\n---\n").unwrap() + "\n---\n".len();
    (format!("{}\n{body}", &document[..end]), document[..end].lines().count() + 1)
}

/// `document` with the fields in `fields` in the place of those with the same names, after all
/// others; and the lines before them.
fn with_fields(document: &str, fields: &str) -> (String, usize) {
    let end = document.find("\n---\n").unwrap() + 1;
    let new: Vec<&str> = fields.lines().filter_map(name).collect();
    let mut kept = String::new();
    let mut is_kept = true;
    for line in document[..end].lines() {
        is_kept = name(line).map_or(is_kept, |name| !new.contains(&name));
        if is_kept {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    (format!("{kept}{fields}{}", &document[end..]), kept.lines().count())
}

/// The name of the field that starts on `line`.
fn name(line: &str) -> Option<&str> {
    let is_top = line.starts_with(|c: char| c.is_ascii_lowercase());
    line.split_once(':').map(|(name, _)| name).filter(|_| is_top)
}

/// `settings` with the table `table` in the place of the one with the same name; and the lines
/// before it.
fn with_table(settings: &str, table: &str) -> (String, usize) {
    let header = table.lines().next().unwrap();
    let start = settings.find(&format!("{header}\n")).unwrap();
    let length = settings[start..].find("\n[").map_or(settings.len() - start, |at| at + 1);
    let text = format!("{}{table}\n{}", &settings[..start], &settings[start + length..]);
    (text, settings[..start].lines().count())
}
