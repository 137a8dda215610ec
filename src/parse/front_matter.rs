//! Where a document's front matter ends and its body begins.

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

const FENCE: &str = "---";
const EXAMPLE: &str = "---\ntitle: What the document is about\n---";

/// The two parts of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatter {
    /// The lines between the fences; none where no front matter was found.
    pub yaml: Option<Span>,
    /// All that comes after the line of the closing fence.
    pub body: Span,
}

/// Splits a document. Its front matter stands between a first line `---` and the next line `---`
/// or `...`; spaces after a fence and a byte order mark before the first are allowed. Where the
/// front matter is misplaced or not closed, that is reported and the likely place is taken, so
/// that the rest is checked all the same.
#[must_use]
pub fn split(source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) -> FrontMatter {
    let text = source.text();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let lines = Lines::new(text, start);
    let end = text.len();
    let nothing = FrontMatter { yaml: None, body: Span::new(end, end) };
    let Some(first) = lines.first_with_text() else {
        let message = if start == end { "this file is empty" } else { "this file holds only blank lines" };
        diagnostics.push(
            Diagnostic::new(Code::EmptyFile, source, Span::new(start, start), message)
                .help("write the document, or delete the file"),
        );
        return nothing;
    };
    if first == 0 && lines.raw(0) == FENCE {
        return between(source, &lines, 0, diagnostics);
    }
    let found = misplaced(source, &lines, first);
    diagnostics.push(found.finding);
    match found.opening {
        Some(Opening::Fence(line)) => between(source, &lines, line, diagnostics),
        Some(Opening::Forgotten { closing }) => FrontMatter {
            yaml: Some(Span::new(start, lines.start(closing))),
            body: Span::new(lines.start(closing + 1), end),
        },
        None => FrontMatter { yaml: None, body: Span::new(start, end) },
    }
}

/// Front matter that opens on line `opening`.
fn between(
    source: &Arc<Source>,
    lines: &Lines<'_>,
    opening: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let end = source.text().len();
    let from = lines.start(opening + 1);
    let closing = (opening + 1..lines.len()).find(|&line| matches!(lines.raw(line), FENCE | "..."));
    if let Some(closing) = closing {
        return FrontMatter {
            yaml: Some(Span::new(from, lines.start(closing))),
            body: Span::new(lines.start(closing + 1), end),
        };
    }
    let fence = lines.span(opening);
    let finding = Diagnostic::new(
        Code::UnclosedFrontMatter,
        source,
        fence,
        "the front matter that starts here has no closing line",
    );
    let like = (opening + 1..lines.len()).find(|&line| is_like_fence(lines.text(line)));
    let (finding, until, body) = match like {
        Some(line) => (
            finding
                .related(Location::new(source, lines.span(line)), "this looks like it")
                .help("write exactly three hyphens, `---`, at the start of that line"),
            lines.start(line),
            lines.start(line + 1),
        ),
        None => {
            let line = likely_end(lines, opening + 1);
            let at = lines.start(line);
            let finding = finding.help("write a line with three hyphens, `---`, after the last field");
            let place = Location::new(source, Span::new(at, at));
            let finding =
                if line < lines.len() { finding.related(place, "it seems to belong here") } else { finding };
            (finding, at, at)
        }
    };
    diagnostics.push(finding);
    FrontMatter { yaml: Some(Span::new(from, until)), body: Span::new(body, end) }
}

/// The first blank line or heading after which no field follows.
fn likely_end(lines: &Lines<'_>, from: usize) -> usize {
    (from..lines.len())
        .find(|&line| {
            let text = lines.text(line);
            if text.starts_with("##") {
                return true;
            }
            // Fields may be set apart by blank lines and comments.
            let pauses = text.is_empty() || text.starts_with("# ");
            pauses && !lines.next_with_text(line + 1).is_some_and(|next| is_field(lines.raw(next)))
        })
        .unwrap_or(lines.len())
}

struct Misplaced {
    finding: Diagnostic,
    opening: Option<Opening>,
}

enum Opening {
    /// A fence, on a line that is not the first.
    Fence(usize),
    /// No fence before the fields, and one after them.
    Forgotten { closing: usize },
}

/// What stands where the front matter should start; `first` is the first line with text.
fn misplaced(source: &Arc<Source>, lines: &Lines<'_>, first: usize) -> Misplaced {
    let report = |line: usize, message: &str, help: String, opening| Misplaced {
        finding: Diagnostic::new(Code::MissingFrontMatter, source, lines.span(line), message).help(help),
        opening,
    };
    let text = lines.text(first);
    if text == FENCE {
        let (message, help) = if first == 0 {
            ("there are spaces before the front matter", "delete the spaces before `---`")
        } else {
            (
                "there are blank lines before the front matter",
                "delete the lines above `---`; it must be the first line of the file",
            )
        };
        return report(first, message, help.to_owned(), Some(Opening::Fence(first)));
    }
    if text == "+++" {
        let help = format!("write the fields as `name: value`, between lines of three hyphens:\n{EXAMPLE}");
        return report(first, "the front matter is TOML, and casebook reads YAML here", help, None);
    }
    if is_like_fence(text) {
        let help = "write exactly three hyphens, `---`, as the first line of the file".to_owned();
        return report(first, "this does not open the front matter", help, Some(Opening::Fence(first)));
    }
    if is_field(lines.raw(first)) {
        let closing = (first + 1..lines.len()).find(|&line| lines.raw(line) == FENCE);
        let help = "write a line with three hyphens, `---`, above the first field".to_owned();
        let opening = closing.map(|closing| Opening::Forgotten { closing });
        return report(first, "the line that opens the front matter is missing", help, opening);
    }
    let fence = (first + 1..lines.len())
        .find(|&line| lines.raw(line) == FENCE && line + 1 < lines.len() && is_field(lines.raw(line + 1)));
    if let Some(fence) = fence {
        let help =
            "move this text below the front matter; `---` must be the first line of the file".to_owned();
        return report(first, "there is text before the front matter", help, Some(Opening::Fence(fence)));
    }
    let help =
        format!("start the file with the document's fields, between lines of three hyphens:\n{EXAMPLE}");
    report(first, "this document has no front matter", help, None)
}

/// Whether a line was probably meant as `---`: hyphens in another number, or the dashes that word
/// processors make of them.
fn is_like_fence(line: &str) -> bool {
    let dashes = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    line == FENCE || line.chars().all(|c| dashes(c) || c == ' ') && !line.is_empty() && line != "-"
}

/// Whether a line is a field as casebook names them: small letters, a colon, and a space or the end.
fn is_field(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(':') else { return false };
    let in_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(in_name)
        && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}

/// The lines of a text, and where they start.
struct Lines<'a> {
    lines: Vec<(usize, &'a str)>,
    end: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, start: usize) -> Self {
        let mut at = start;
        let mut lines = Vec::new();
        for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
            lines.push((at, line));
            at += line.len();
        }
        Self { lines, end: at }
    }

    fn len(&self) -> usize {
        self.lines.len()
    }

    fn start(&self, line: usize) -> usize {
        self.lines.get(line).map_or(self.end, |(start, _)| *start)
    }

    fn raw(&self, line: usize) -> &'a str {
        self.lines.get(line).map_or("", |(_, text)| text.trim_end())
    }

    fn text(&self, line: usize) -> &'a str {
        self.raw(line).trim_start()
    }

    fn span(&self, line: usize) -> Span {
        let indent = self.raw(line).len() - self.text(line).len();
        let start = self.start(line) + indent;
        Span::new(start, start + self.text(line).len())
    }

    fn next_with_text(&self, from: usize) -> Option<usize> {
        (from..self.len()).find(|&line| !self.text(line).is_empty() && !self.text(line).starts_with("# "))
    }

    fn first_with_text(&self) -> Option<usize> {
        (0..self.len()).find(|&line| !self.text(line).is_empty())
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::split;
    use crate::parse::testing::findings;
    use crate::source::Source;

    /// The front matter, the body, and what is found.
    fn read(text: &str) -> (Option<String>, String, Vec<String>) {
        let source = Source::new("case.md", text);
        let mut diagnostics = Vec::new();
        let parts = split(&source, &mut diagnostics);
        let slice = |span| source.slice(span).to_owned();
        (parts.yaml.map(slice), slice(parts.body), findings(&diagnostics))
    }

    fn table(rows: &[(&str, Option<&str>, &str, &[&str])]) {
        for (text, yaml, body, found) in rows {
            let found = found.iter().map(|&finding| finding.to_owned()).collect::<Vec<_>>();
            assert_eq!(read(text), (yaml.map(str::to_owned), (*body).to_owned(), found), "{text}");
        }
    }

    #[test]
    fn front_matter_stands_between_two_fences() {
        table(&[
            ("---\na: 1\n---\nBody\n", Some("a: 1\n"), "Body\n", &[]),
            ("---\na: 1\n...\nBody\n", Some("a: 1\n"), "Body\n", &[]),
            ("--- \t\na: 1\n---  \nBody\n", Some("a: 1\n"), "Body\n", &[]),
            ("---\r\na: 1\r\n---\r\nBody\r\n", Some("a: 1\r\n"), "Body\r\n", &[]),
            ("\u{feff}---\na: 1\n---\nBody\n", Some("a: 1\n"), "Body\n", &[]),
            ("---\n---\n", Some(""), "", &[]),
            ("---\na: 1\n---", Some("a: 1\n"), "", &[]),
            (
                "---\na: |\n  ---\nb: ----\n---\nText\n\n---\n\nmore\n",
                Some("a: |\n  ---\nb: ----\n"),
                "Text\n\n---\n\nmore\n",
                &[],
            ),
        ]);
    }

    #[test]
    fn files_without_text_are_empty() {
        table(&[
            ("", None, "", &["empty-file 1:1 this file is empty"]),
            ("\u{feff}", None, "", &["empty-file 1:1 this file is empty"]),
            (" \r\n\t\n", None, "", &["empty-file 1:1 this file holds only blank lines"]),
        ]);
    }

    #[test]
    fn misplaced_front_matter_is_reported_and_read() {
        table(&[
            (
                "# Title\n\nText\n",
                None,
                "# Title\n\nText\n",
                &["missing-front-matter 1:1 this document has no front matter"],
            ),
            (
                "\n\n---\na: 1\n---\nBody\n",
                Some("a: 1\n"),
                "Body\n",
                &["missing-front-matter 3:1 there are blank lines before the front matter"],
            ),
            (
                "  ---\na: 1\n---\nBody\n",
                Some("a: 1\n"),
                "Body\n",
                &["missing-front-matter 1:3 there are spaces before the front matter"],
            ),
            (
                "Draft for Anna\n---\na: 1\n---\nBody\n",
                Some("a: 1\n"),
                "Body\n",
                &["missing-front-matter 1:1 there is text before the front matter"],
            ),
            (
                "title: x\nb: 1\n---\nBody\n",
                Some("title: x\nb: 1\n"),
                "Body\n",
                &["missing-front-matter 1:1 the line that opens the front matter is missing"],
            ),
            (
                "—\na: 1\n---\nBody\n",
                Some("a: 1\n"),
                "Body\n",
                &["missing-front-matter 1:1 this does not open the front matter"],
            ),
            (
                "+++\na = 1\n+++\nBody\n",
                None,
                "+++\na = 1\n+++\nBody\n",
                &["missing-front-matter 1:1 the front matter is TOML, and casebook reads YAML here"],
            ),
        ]);
    }

    #[test]
    fn front_matter_without_an_end_stops_where_fields_stop() {
        let unclosed = "unclosed-front-matter 1:1 the front matter that starts here has no closing line";
        let here = |place: &str| format!("{unclosed} ({place} it seems to belong here)");
        table(&[
            ("---\na: 1\n\nBody\n", Some("a: 1\n"), "\nBody\n", &[&here("3:1")]),
            ("---\na: 1\n## The problem\nText\n", Some("a: 1\n"), "## The problem\nText\n", &[&here("3:1")]),
            (
                "---\na: 1\n\n# more\nb: 2\n\nBody\n",
                Some("a: 1\n\n# more\nb: 2\n"),
                "\nBody\n",
                &[&here("6:1")],
            ),
            ("---\na: 1\n", Some("a: 1\n"), "", &[unclosed]),
            ("---", Some(""), "", &[unclosed]),
            (
                "---\na: 1\n-----\n\nBody\n",
                Some("a: 1\n"),
                "\nBody\n",
                &[&format!("{unclosed} (3:1 this looks like it)")],
            ),
        ]);
    }

    #[test]
    fn the_help_shows_what_to_write() {
        let source = Source::new("case.md", "Text\n");
        let mut diagnostics = Vec::new();
        let parts = split(&source, &mut diagnostics);
        assert_eq!(parts.yaml, None);
        let help = diagnostics.into_iter().find_map(|finding| finding.help).unwrap_or_default();
        assert!(help.ends_with("\n---\ntitle: What the document is about\n---"), "{help}");
    }

    proptest! {
        #[test]
        fn any_text_can_be_split(text in "(\u{feff})?([-+.—# \r\n\ta:é]{0,4}(---\r?\n)?){0,8}") {
            let source = Source::new("case.md", text);
            let mut diagnostics = Vec::new();
            let parts = split(&source, &mut diagnostics);
            for span in [Some(parts.body), parts.yaml].into_iter().flatten() {
                prop_assert!(source.text().get(span.range()).is_some());
            }
            prop_assert!(parts.yaml.is_none_or(|yaml| yaml.end <= parts.body.start));
            prop_assert_eq!(parts.body.end, source.text().len());
            for finding in &diagnostics {
                prop_assert!(source.text().get(finding.primary.location.span.range()).is_some());
            }
        }
    }
}
