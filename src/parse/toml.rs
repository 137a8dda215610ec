//! TOML as a tree with places: the site's settings.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};
use toml_parser::lexer::TokenKind;

use super::node::{Entry, Node, Scalar, Value};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Location, Source, Span};

/// Tables and lists inside each other, at the most; each part of a dotted name counts.
pub const MAX_DEPTH: usize = 32;
/// Mistakes that are reported for one file.
pub const MAX_MISTAKES: usize = 100;
/// How often a text is read again after the lines that ended the reading were mended.
const ATTEMPTS: usize = 4;
const NO_VALUE: &str = "key with no value";
const DUPLICATE: &str = "duplicate key";

/// The TOML text of `source` as a mapping. Never fails: every mistake is reported at its place,
/// and what could not be read holds [`Value::Broken`]. Of a name that stands twice the first counts.
#[must_use]
pub fn parse(source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) -> Node {
    if let Some(at) = too_deep(source.text()) {
        let message = format!("more than {MAX_DEPTH} tables and lists stand inside each other");
        diagnostics.push(
            Diagnostic::new(Code::TomlSyntax, source, Span::new(at, at + 1), message)
                .help("write the settings on fewer levels"),
        );
        return Node::empty(Span::default());
    }
    let mut reader = Reader { source, mistakes: Vec::new() };
    let mut mended = Mended { text: source.text().to_owned(), lines: BTreeSet::new() };
    for _ in 0..ATTEMPTS {
        if !mended.mend_more() {
            break;
        }
    }
    for &line in mended.lines.iter().take(MAX_MISTAKES) {
        diagnostics.push(reader.no_value(line));
    }
    let (table, errors) = DeTable::parse_recoverable(&mended.text);
    reader.mistakes = errors.iter().map(|error| reader.mistake(error)).collect();
    reader.mistakes.sort_by_key(|mistake| mistake.span.start);
    let entries = reader.entries(table.into_inner());
    let span = match (entries.first(), entries.last()) {
        (Some(first), Some(last)) => Span::new(first.key_span.start, last.value.span.end),
        _ => Span::default(),
    };
    // One mistake often makes the parser stumble several times on a line.
    let mut left = MAX_MISTAKES.saturating_sub(mended.lines.len());
    let mut said = mended.lines;
    let mut until = None;
    for mistake in std::mem::take(&mut reader.mistakes) {
        if left == 0 {
            break;
        }
        if !mistake.duplicate {
            if until.is_some_and(|until| mistake.span.start <= until) {
                continue;
            }
            let line = reader.line(mistake.span.start);
            until = Some(line.end);
            if !said.insert(line.start) {
                continue;
            }
        }
        diagnostics.push(reader.explain(&mistake));
        left -= 1;
    }
    Node { span, value: Value::Mapping(entries) }
}

/// Where tables, lists and dotted names go deeper than they may: found before they are read,
/// because a tree is taken apart by recursion.
fn too_deep(text: &str) -> Option<usize> {
    let (mut header, mut in_header, mut line_start) = (0, false, true);
    let mut open: Vec<usize> = Vec::new();
    let mut depth = 0;
    let mut dots = 0;
    for token in toml_parser::Source::new(text).lex() {
        match token.kind() {
            TokenKind::Whitespace => continue,
            TokenKind::Newline => {
                (dots, in_header, line_start) = (0, false, true);
                continue;
            }
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                if line_start && open.is_empty() {
                    (header, in_header) = (0, true);
                } else if !in_header {
                    depth += dots + 1;
                    open.push(dots + 1);
                    dots = 0;
                }
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket if !in_header => {
                depth -= open.pop().unwrap_or(0);
                dots = 0;
            }
            TokenKind::Dot if in_header => header += 1,
            TokenKind::Dot => dots += 1,
            TokenKind::Comma => dots = 0,
            _ => {}
        }
        line_start = false;
        if header + depth + dots > MAX_DEPTH {
            return Some(token.span().start());
        }
    }
    None
}

/// A text in which the lines that end the reading are replaced by others of the same length.
struct Mended {
    text: String,
    /// Where they start.
    lines: BTreeSet<usize>,
}

impl Mended {
    /// Mends each line that has a name and no value; whether it is worth looking again. `name: x`
    /// is read as `name= x`, anything else as a blank line.
    fn mend_more(&mut self) -> bool {
        let before = self.lines.len();
        let (_, errors) = DeTable::parse_recoverable(&self.text);
        let places: BTreeSet<usize> = errors
            .iter()
            .filter(|error| error.message().starts_with(NO_VALUE))
            .filter_map(|error| error.span().map(|span| span.start))
            .collect();
        let mut at = 0;
        let mut mended = String::with_capacity(self.text.len());
        for line in self.text.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            if places.range(at..=end).next().is_some() && self.lines.insert(at) {
                match line.split_once(':') {
                    Some((name, value)) if is_bare(name) && value.starts_with(' ') => {
                        mended.extend([name, "=", value]);
                    }
                    _ => mended.extend(line.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' })),
                }
            } else {
                mended.push_str(line);
            }
            at += line.len();
        }
        self.text = mended;
        self.lines.len() > before
    }
}

fn is_bare(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// What the parser said, and where.
struct Mistake {
    span: Span,
    message: String,
    duplicate: bool,
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    fn entries(&mut self, table: DeTable<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .into_iter()
            .map(|(key, value)| {
                let key_span = Span::from(key.span());
                Entry { key: key.into_inner().into_owned(), key_span, value: self.value(value) }
            })
            .collect();
        // A table that is opened again further down moves to the end.
        entries.sort_by_key(|entry| entry.key_span.start);
        entries
    }

    fn value(&mut self, value: Spanned<DeValue<'_>>) -> Node {
        let span = Span::from(value.span());
        let written = self.source.slice(span);
        if written.starts_with(['[', '{']) && self.is_unclosed(span, value.get_ref()) {
            return Node::broken(span);
        }
        let value = match value.into_inner() {
            DeValue::Array(items) => {
                Value::Sequence(items.into_iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(table) => Value::Mapping(self.entries(table)),
            _ if self.is_mistaken(span) => Value::Broken,
            DeValue::String(text) => Value::Scalar(Scalar { text: text.replace("\r\n", "\n"), quoted: true }),
            _ => Value::Scalar(Scalar { text: written.to_owned(), quoted: false }),
        };
        Node { span, value }
    }

    fn is_mistaken(&self, span: Span) -> bool {
        let found = self.mistakes.get(self.inside(span)).unwrap_or_default();
        found.iter().any(|mistake| !mistake.duplicate)
    }

    /// Which mistakes start in `span`, or right behind it.
    fn inside(&self, span: Span) -> Range<usize> {
        let from = self.mistakes.partition_point(|mistake| mistake.span.start < span.start);
        from..self.mistakes.partition_point(|mistake| mistake.span.start <= span.end).max(from)
    }

    /// Whether a list or inline table lacks its bracket. What the parser stumbled over while it
    /// looked for it is then left out.
    fn is_unclosed(&mut self, span: Span, value: &DeValue<'_>) -> bool {
        let what = match value {
            DeValue::Array(_) => "unclosed array,",
            _ => "unclosed inline table,",
        };
        let inside = self.inside(span);
        let found = self.mistakes.get(inside.clone()).unwrap_or_default();
        if !found.iter().any(|mistake| mistake.message.starts_with(what)) {
            return false;
        }
        let message = "the bracket that opens here is not closed".to_owned();
        let place = Span::new(span.start, span.start + 1);
        self.mistakes.splice(inside, [Mistake { span: place, message, duplicate: false }]);
        true
    }

    fn mistake(&self, error: &Error) -> Mistake {
        let end = self.source.text().len();
        let span = error.span().unwrap_or(end..end);
        let duplicate = error.message().starts_with(DUPLICATE);
        Mistake { span: span.into(), message: error.message().to_owned(), duplicate }
    }

    fn line(&self, at: usize) -> Span {
        let text = self.source.text();
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find('\n').unwrap_or(rest.len());
        Span::new(start, start + rest.get(..length).unwrap_or_default().trim_end().len())
    }

    fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::TomlSyntax, self.source, span, message)
    }

    fn no_value(&self, line: usize) -> Diagnostic {
        let whole = self.line(line);
        let text = self.source.slice(whole);
        match text.split_once(':') {
            Some((name, _)) if is_bare(name) => {
                let colon = whole.start + name.len();
                self.finding(Span::new(colon, colon + 1), "a colon stands where `=` is wanted")
                    .help(format!("write `{} = …`, and text in quotation marks", name.trim()))
            }
            _ => {
                let indent = text.len() - text.trim_start().len();
                self.finding(Span::new(whole.start + indent, whole.end), "this line has no name and value")
                    .help("write `name = value`, and text in quotation marks")
            }
        }
    }

    fn explain(&self, mistake: &Mistake) -> Diagnostic {
        let span = mistake.span;
        if mistake.duplicate {
            return self.duplicate(span);
        }
        let message = mistake.message.as_str();
        let (what, _) = message.split_once(", expected").unwrap_or((message, ""));
        let (said, help) = match what {
            "string values must be quoted" | "invalid boolean" if span.start == span.end => {
                ("the value is missing", "write a value after `=`, text in quotation marks")
            }
            "string values must be quoted" | "invalid boolean" => (
                "this is not a value that TOML knows",
                "put text in quotation marks; write yes and no as `true` and `false`",
            ),
            "invalid basic string" | "invalid literal string" => {
                ("the quotation marks are not closed", "write the closing quotation mark where the text ends")
            }
            "unexpected key or value" => (
                "more text follows the value",
                "write one setting a line; put a text that holds apostrophes in double quotation marks",
            ),
            "missing comma between array elements" => {
                ("a comma is missing", "write a comma between the values of a list")
            }
            "unexpected leading zero" => {
                ("a number cannot start with 0", "leave the 0 out, or put the value in quotation marks")
            }
            "missing escaped value" => (
                "this backslash has no meaning",
                "write `\\\\` for a backslash, or put the text in single quotation marks",
            ),
            "unclosed table" | "unclosed array table" => {
                ("the bracket is not closed", "write `]` after the name")
            }
            _ => (message, "check this line's quotation marks, brackets and `=`"),
        };
        self.finding(span, said).help(help)
    }

    /// A name that stands twice, with the place of the first where it is found.
    fn duplicate(&self, span: Span) -> Diagnostic {
        let name = self.source.slice(span);
        let finding =
            Diagnostic::new(Code::DuplicateField, self.source, span, format!("`{name}` stands twice"))
                .help("keep one of the two; the first one counts until then");
        match self.first_of(span) {
            Some(first) => finding.related(Location::new(self.source, first), "first here"),
            None => finding,
        }
    }

    /// The first place of what is repeated at `span`: a header like that line's, or the same name
    /// in the lines of the same table.
    fn first_of(&self, span: Span) -> Option<Span> {
        let line = self.line(span.start);
        let name = self.source.slice(span);
        let written = self.source.slice(line).trim_start();
        let header = written.starts_with('[');
        if !header && !written.starts_with(name) {
            return None;
        }
        let mut at = 0;
        let mut first = None;
        for other in self.source.slice(Span::new(0, line.start)).split_inclusive('\n') {
            let text = other.trim();
            let start = at + other.len() - other.trim_start().len();
            at += other.len();
            if header {
                if text == written {
                    let offset = text.find(name).unwrap_or(0);
                    return Some(Span::new(start + offset, start + offset + name.len()));
                }
            } else if text.starts_with('[') {
                first = None;
            } else if let Some(rest) = text.strip_prefix(name)
                && rest.trim_start().starts_with(['=', '.'])
            {
                first = first.or(Some(Span::new(start, start + name.len())));
            }
        }
        first
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::parse;
    use crate::parse::testing::{check, findings, outline, places};
    use crate::source::Source;

    fn read(text: &str) -> (String, Vec<String>) {
        let source = Source::new("site.toml", text);
        let mut diagnostics = Vec::new();
        let node = parse(&source, &mut diagnostics);
        check(&source, &node, &diagnostics);
        (outline(&node), findings(&diagnostics))
    }

    #[test]
    fn values_keep_what_was_written() {
        let (tree, found) = read(
            "name = \"Good practice\"\nyear = 2019\nshare = 1.5e3\nmask = 0xff\nopen = true\nday = 2019-07-05\n\
             list = [1, 'two', { three = 3 }]\n[host]\nname = 'x'\n[[term]]\nid = 'a'\n[[term]]\nid = 'b'\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(
            tree,
            "{name: \"Good practice\", year: 2019, share: 1.5e3, mask: 0xff, open: true, day: 2019-07-05, \
             list: [1, \"two\", {three: 3}], host: {name: \"x\"}, term: [{id: \"a\"}, {id: \"b\"}]}"
        );
    }

    #[test]
    fn entries_stay_in_the_order_written() {
        let (tree, _) = read("z = 1\n[b.inner]\nx = 1\n[a]\ny = 1\n[c]\nlast = 1\nfirst = 2\n");
        assert_eq!(tree, "{z: 1, b: {inner: {x: 1}}, a: {y: 1}, c: {last: 1, first: 2}}");
    }

    #[test]
    fn places_are_offsets_in_the_file() {
        let source = Source::new("site.toml", "\u{feff}a = 1\r\n[t]\r\nb = [\"é\", 2]\r\n");
        let node = parse(&source, &mut Vec::new());
        assert_eq!(places(&source, &node), ["a 1:1", "1 1:5", "t 2:2", "b 3:1", "\"é\" 3:6", "2 3:11"]);
    }

    #[test]
    fn every_mistake_is_reported_and_the_rest_is_read() {
        let no_value = "this is not a value that TOML knows";
        let table = [
            ("a = foo\nb = 1\n", vec![format!("1:5 {no_value}")], "{a: broken, b: 1}"),
            ("a =\nb = 1\n", vec!["1:4 the value is missing".into()], "{a: broken, b: 1}"),
            ("a = \"x\nb = 1\n", vec!["1:7 the quotation marks are not closed".into()], "{a: broken, b: 1}"),
            ("a = 'it's'\nb = 1\n", vec!["1:9 more text follows the value".into()], "{a: broken, b: 1}"),
            (
                "a = 01\nb = x\n",
                vec!["1:5 a number cannot start with 0".into(), format!("2:5 {no_value}")],
                "{a: broken, b: broken}",
            ),
            ("a = 1\nb\nc = 3\n", vec!["2:1 this line has no name and value".into()], "{a: 1, c: 3}"),
            (
                "a = 1\n  b: 2\nc = 3\nd: 'x'\n",
                vec![
                    "2:4 a colon stands where `=` is wanted".into(),
                    "4:2 a colon stands where `=` is wanted".into(),
                ],
                "{a: 1, b: 2, c: 3, d: \"x\"}",
            ),
            (
                "a = [1, 2\nb = 1\n",
                vec!["1:5 the bracket that opens here is not closed".into()],
                "{a: broken}",
            ),
        ];
        for (text, wanted, tree) in table {
            let wanted: Vec<String> = wanted.iter().map(|finding| format!("toml-syntax {finding}")).collect();
            assert_eq!(read(text), (tree.to_owned(), wanted), "{text}");
        }
    }

    #[test]
    fn of_a_name_that_stands_twice_the_first_counts() {
        for (text, finding, tree) in [
            ("a = 1\nb = 2\na = 3\n", "3:1 `a` stands twice (1:1 first here)", "{a: 1, b: 2}"),
            (
                "[t]\na = 1\n[u]\na = 1\na = 2\n",
                "5:1 `a` stands twice (4:1 first here)",
                "{t: {a: 1}, u: {a: 1}}",
            ),
            ("[t]\na = 1\n[t]\nb = 2\n", "3:2 `t` stands twice (1:2 first here)", "{t: {a: 1, b: 2}}"),
            ("a = {b = 1, b = 2}\n", "1:13 `b` stands twice", "{a: {b: 1}}"),
        ] {
            assert_eq!(read(text), (tree.to_owned(), vec![format!("duplicate-field {finding}")]), "{text}");
        }
    }

    #[test]
    fn the_number_of_findings_is_limited() {
        assert_eq!(read(&"a = 1\n".repeat(5_000)).1.len(), 100);
        assert_eq!(read(&"a\n".repeat(5_000)).1.len(), 100);
    }

    #[test]
    fn depth_is_limited() {
        for text in [
            format!("a = {}", "[".repeat(100_000)),
            format!("{}a = 1", "a.".repeat(100_000)),
            format!("[{}a]", "a.".repeat(100_000)),
            format!("x = 1\nx = {{ {}a = 1 }}", "'a'.".repeat(100_000)),
            "a = { b.b.b.b = ".repeat(9),
        ] {
            let (_, found) = read(&text);
            assert!(found[0].contains("more than 32 tables and lists"), "{found:?}");
        }
        assert_eq!(read("a.b.c = 1\n[d.e.f]\ng = [[1.5, 2.5], [3.5]]\n").1, [""; 0]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "(?s).{0,60}") {
            read(&text);
        }

        #[test]
        fn settings_with_something_put_in_can_be_read(
            at in 0..100usize,
            what in "[\\[\\]{}\"'=.,#\n\r\t\\\\ a1é:-]{1,6}",
        ) {
            let mut text = "name = \"Good\"\n[host.inner]\nlist = [1, 'two', { a.b = 3 }]\n[[term]]\n\
                            id = '''x\n'''\nday = 2019-07-05\n".to_owned();
            text.insert_str(at % text.len(), &what);
            read(&text);
        }
    }
}
