//! What a syntax error means, said to the person who wrote the file, at the place to mend.

use std::sync::Arc;

use granit_parser::ErrorKind as Kind;

use super::build::Failure;
use super::fields::{Field, name_of};
use super::{MAX_DEPTH, MAX_NODES};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Source, Span};

/// The longest text that is shown again with its quotation marks.
const SHOWN: usize = 100;

/// `failure` of reading `section`, of which everything up to `reached` was understood.
pub(super) fn explain(source: &Arc<Source>, section: Span, failure: &Failure, reached: usize) -> Diagnostic {
    let at = failure.at().min(section.end);
    let place = Place { source, section, at, reached: reached.clamp(section.start, section.end) };
    match failure {
        Failure::Syntax(kind, _) => place.syntax(kind),
        Failure::NotMapping(span, what) => Diagnostic::new(
            Code::WrongType,
            source,
            *span,
            format!("this is {what}, where fields are wanted"),
        )
        .help("write each field on its own line, as `name: value`"),
        Failure::TooDeep(_) => Diagnostic::new(
            Code::YamlLimit,
            source,
            place.one_character(at),
            format!("more than {MAX_DEPTH} lists and groups stand inside each other"),
        )
        .help("write the values on fewer levels"),
        Failure::TooMany(_) => Diagnostic::new(
            Code::YamlLimit,
            source,
            place.one_character(at),
            format!("more than {MAX_NODES} names and values; the rest was not read"),
        )
        .help("move some of it to another document"),
    }
}

/// That a colon has no space after it.
pub(super) fn missing_space(source: &Arc<Source>, field: &Field) -> Diagnostic {
    no_space(source, &field.name, field.span.end)
}

/// Whether two findings are about one line.
pub(super) fn same_line(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.primary.location.position().line == other.primary.location.position().line
}

/// Whether reading stopped at a line that starts at column 1 and has no name: the field above it
/// is complete.
pub(super) fn is_stray_line(source: &Source, failure: &Failure) -> bool {
    let Failure::Syntax(Kind::SimpleKeyExpected | Kind::ExpectedBlockMappingKey, at) = failure else {
        return false;
    };
    source.text().get(..*at).is_some_and(|before| before.ends_with('\n'))
}

fn no_space(source: &Arc<Source>, name: &str, from: usize) -> Diagnostic {
    let rest = source.text().get(from..).unwrap_or_default();
    let colon = from + rest.find(':').unwrap_or(0);
    let span = Span::new(colon, colon + 1);
    Diagnostic::new(Code::YamlSyntax, source, span, format!("a space is missing after `{name}:`"))
        .help(format!("write `{name}: ` and then the value"))
        .fix(": ")
}

/// A line, without its indentation and its end.
struct Line<'a> {
    start: usize,
    indent: usize,
    text: &'a str,
}

/// The value on a line: after its name, or after its dash.
struct Value<'a> {
    start: usize,
    /// Bytes before the name.
    column: usize,
    name: &'a str,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    fn value(&self) -> Value<'a> {
        let mut text = self.text;
        while let Some(rest) = text.strip_prefix("- ") {
            text = rest.trim_start();
        }
        let column = self.indent + self.text.len() - text.len();
        let (name, value) = match text.split_once(": ") {
            Some((name, value)) if !name.starts_with(['"', '\'', '[', '{']) => (name, value),
            _ => ("", text),
        };
        let value = value.trim_start();
        let start = self.start + self.text.len() - value.len();
        let end = value.find(" #").unwrap_or(value.len());
        Value { start, column, name, text: value.get(..end).unwrap_or(value).trim_end() }
    }
}

struct Place<'a> {
    source: &'a Arc<Source>,
    section: Span,
    at: usize,
    reached: usize,
}

impl<'a> Place<'a> {
    fn finding(&self, span: Span, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Code::YamlSyntax, self.source, span, message).help(help)
    }

    fn feature(&self, message: &str, help: &str) -> Diagnostic {
        Diagnostic::new(Code::YamlFeature, self.source, self.one_character(self.at), message).help(help)
    }

    fn one_character(&self, at: usize) -> Span {
        let next = self.source.text().get(at..).and_then(|rest| rest.chars().next());
        Span::new(at, at + next.filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8))
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.source.slice(Span::new(start, end))
    }

    /// The line that holds `at`.
    fn line(&self, at: usize) -> Line<'a> {
        let start = self.slice(self.section.start, at).rfind('\n').map_or(0, |i| i + 1) + self.section.start;
        let rest = self.slice(start, self.section.end);
        let text = rest.split('\n').next().unwrap_or_default();
        let indent = text.len() - text.trim_start().len();
        Line { start: start + indent, indent, text: text.trim() }
    }

    /// The last line before `line` that holds something.
    fn line_above(&self, line: &Line<'_>) -> Option<Line<'a>> {
        let before = self.slice(self.section.start, line.start).trim_end();
        (!before.is_empty()).then(|| self.line(self.section.start + before.len()))
    }

    /// The line at which reading stopped, or the last one before that holds something.
    fn failing_line(&self) -> Line<'a> {
        let line = self.line(self.at);
        if line.text.is_empty() { self.line_above(&line).unwrap_or(line) } else { line }
    }

    fn starts_line(&self) -> bool {
        self.line(self.at).start >= self.at
    }

    fn syntax(&self, kind: &Kind) -> Diagnostic {
        match kind {
            Kind::TabInPlainScalar
            | Kind::TabInBlockIndentation
            | Kind::TabNotAllowed
            | Kind::TabInIndentation
            | Kind::TabAtBlockScalarStart => self.tab(),
            Kind::MappingValueNotAllowed => self.colon(),
            Kind::InvalidColonPlacement
            | Kind::FlowMappingValueAdjacentCollection
            | Kind::InvalidMappingValueWhitespace => self.finding(
                self.one_character(self.at),
                "a colon cannot stand here",
                "put text that holds a colon in quotation marks",
            ),
            Kind::UnclosedQuotedScalar
            | Kind::InvalidQuotedScalarIndent
            | Kind::DocumentIndicatorInQuotedScalar
            | Kind::InvalidTrailingSingleQuotedScalar
            | Kind::InvalidTrailingDoubleQuotedScalar => self.quotation_mark(),
            Kind::UnclosedFlowCollection { open } | Kind::MismatchedFlowCollectionEnd { open, .. } => {
                let close = if *open == '[' { ']' } else { '}' };
                self.finding(
                    self.one_character(self.at),
                    format!("the bracket `{open}` is not closed"),
                    format!("write `{close}` after the last value, or put the text in quotation marks"),
                )
            }
            Kind::MisplacedFlowCollectionEnd => self.finding(
                self.one_character(self.at),
                "a bracket is closed that was not opened",
                "delete it, or put the text in quotation marks",
            ),
            Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => self.separator(),
            Kind::UnexpectedCharacter { character } => self.character(*character),
            Kind::BomInsideDocument => self.invisible('\u{feff}'),
            Kind::SimpleKeyExpected => self.no_colon(),
            Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry if self.starts_line() => self.indentation(),
            Kind::InvalidIndentation | Kind::InvalidBlockScalarIndent | Kind::InvalidFlowScalarIndent => {
                self.indentation()
            }
            Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry => self.more_text(),
            Kind::BlockSequenceEntryNotAllowed | Kind::InvalidBlockEntryWhitespace => self.finding(
                self.one_character(self.at),
                "a list cannot start here",
                "start the list on the line below, each item as `- item`; if the dash belongs to the text, put the text in quotation marks",
            ),
            Kind::InvalidBlockScalarHeader
            | Kind::ZeroBlockScalarIndent
            | Kind::MappingKeyNotAllowed
            | Kind::MissingAnchorOrAliasName
            | Kind::PlainScalarStartsWithDashFlowIndicator
            | Kind::UnexpectedEofBlockMapping
            | Kind::UnexpectedEofBlockSequence => self.first_character(),
            Kind::UnknownQuotedScalarEscape
            | Kind::InvalidQuotedScalarHexEscape
            | Kind::InvalidLowSurrogateHexEscape
            | Kind::InvalidLowSurrogate
            | Kind::MissingLowSurrogate
            | Kind::UnpairedLowSurrogate
            | Kind::InvalidUnicodeEscape => self.escape(),
            Kind::CommentNotSeparated | Kind::CommentInterceptedScalar => self.finding(
                self.failing_line().span(),
                "a `#` makes the rest of a line a comment, and the text cannot go on here",
                "put the text in quotation marks if the `#` belongs to it",
            ),
            Kind::DirectiveDisallowed => self.feature(
                "a line that starts with `%` is a directive, which is not allowed here",
                "delete the line, or put the text in quotation marks",
            ),
            Kind::UndeclaredTagHandle
            | Kind::MissingTagUri
            | Kind::UnclosedVerbatimTag
            | Kind::InvalidTagTerminator
            | Kind::InvalidGlobalTagCharacter
            | Kind::InvalidTagEscape
            | Kind::InvalidTagUtf8
            | Kind::InvalidTagUtf8LeadingByte
            | Kind::InvalidTagUtf8TrailingByte
            | Kind::ExpectedTagBang => self.feature(
                "text that starts with `!` is a tag, which is not allowed here",
                "put the text in quotation marks",
            ),
            _ => self.unclear(),
        }
    }

    fn unclear(&self) -> Diagnostic {
        self.finding(
            self.failing_line().span(),
            "this line cannot be read",
            "check its indentation, quotation marks and brackets; put text with unusual characters in quotation marks",
        )
    }

    /// A tab in the indentation of the line, or of one that follows.
    fn tab(&self) -> Diagnostic {
        let mut start = self.line(self.at).start - self.line(self.at).indent;
        for line in self.slice(start, self.section.end).split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let blank = line.trim().is_empty();
            if let Some(tab) = line.find('\t').filter(|&tab| tab < indent && !blank) {
                return self.finding(
                    Span::new(start + tab, start + indent),
                    "this line is indented with a tab",
                    "write spaces instead of the tab, two for each level",
                );
            }
            start += line.len();
        }
        self.finding(
            self.one_character(self.at),
            "a tab cannot stand here",
            "write a space instead of the tab",
        )
    }

    /// A colon that starts a second value: in text without quotation marks, or on a line that is
    /// indented too far.
    fn colon(&self) -> Diagnostic {
        let line = self.line(self.at);
        if let Some(above) = self.line_above(&line)
            && let Some((name, length, true)) = name_of(above.text)
        {
            return no_space(self.source, name, above.start + length);
        }
        let value = line.value();
        if value.start < self.at && !value.name.is_empty() {
            return self.wants_quotes(&value, format!("the text of `{}` holds a colon", value.name));
        }
        if name_of(line.text.trim_start_matches("- ")).is_none() {
            return self.finding(
                self.one_character(self.at),
                "a colon cannot stand in text without quotation marks",
                "put the whole text in quotation marks, from its first word to its last",
            );
        }
        self.indentation()
    }

    fn indentation(&self) -> Diagnostic {
        let line = self.failing_line();
        let help = match self.line_above(&line) {
            Some(above) if above.indent < line.indent => {
                "start it in the same column as the line above, or put the text in quotation marks"
            }
            _ => "start it in the same column as the lines of the group that it belongs to",
        };
        self.finding(line.span(), "this line does not line up with the lines above it", help)
    }

    /// That a value has to stand in quotation marks, with the edit where it is sure.
    fn wants_quotes(&self, value: &Value<'_>, message: String) -> Diagnostic {
        let span = Span::new(value.start, value.start + value.text.len());
        let quoted = if value.text.contains(['"', '\\']) {
            format!("'{}'", value.text.replace('\'', "''"))
        } else {
            format!("\"{}\"", value.text)
        };
        let line = self.line(value.start);
        let sure = !value.text.starts_with(['"', '\'', '[', '{']) && !self.goes_on_below(&line, value.column);
        if !sure || value.text.len() > SHOWN {
            return self.finding(span, message, "put the whole text in quotation marks");
        }
        let name = if value.name.is_empty() { String::new() } else { format!("{}: ", value.name) };
        self.finding(span, message, format!("put it in quotation marks: `{name}{quoted}`")).fix(quoted)
    }

    /// Whether the next line stands further to the right than `column`.
    fn goes_on_below(&self, line: &Line<'_>, column: usize) -> bool {
        let below = self.slice(line.span().end, self.section.end);
        below
            .split('\n')
            .skip(1)
            .find(|below| !below.trim().is_empty())
            .is_some_and(|below| below.len() - below.trim_start().len() > column)
    }

    fn separator(&self) -> Diagnostic {
        self.finding(
            self.one_character(self.at),
            "a comma or the closing bracket is missing before this",
            "write a comma between values, and put text that holds a colon or a comma in quotation marks",
        )
    }

    fn quotation_mark(&self) -> Diagnostic {
        let rest = self.slice(self.reached, self.section.end);
        let open = self.reached + rest.find(['"', '\'']).unwrap_or(0);
        let open = if open > self.at { self.at } else { open };
        let mark = if self.slice(open, self.section.end).starts_with('\'') { '\'' } else { '"' };
        let line = self.line(open);
        if self.at == open || self.at > line.span().end {
            return self.finding(
                Span::new(open, line.span().end.max(open)),
                "this quotation mark is not closed",
                format!("write `{mark}` where the text ends, or indent the lines on which it goes on"),
            );
        }
        if line.value().text.starts_with(['[', '{'])
            && self.slice(self.at, self.section.end).starts_with(mark)
        {
            return self.separator();
        }
        let before = self.slice(open, self.at);
        let close = open + before.rfind(mark).unwrap_or(0);
        let help = if mark == '\'' {
            "put the whole text in double quotation marks, or write an apostrophe inside it twice: `''`"
        } else {
            "put the whole text in single quotation marks, or write `\\\"` for a quotation mark inside it"
        };
        self.finding(self.one_character(close), "the quotation marks end here, and more text follows", help)
    }

    /// A character that cannot stand first, or anywhere.
    fn character(&self, character: char) -> Diagnostic {
        if character.is_control() || !is_visible(character) {
            return self.invisible(character);
        }
        self.first_character()
    }

    fn invisible(&self, character: char) -> Diagnostic {
        self.finding(
            self.one_character(self.at),
            format!("an invisible character stands here (U+{:04X})", u32::from(character)),
            "delete it, with the character before and after, and type those two again",
        )
        .fix("")
    }

    fn first_character(&self) -> Diagnostic {
        let line = self.line(self.at);
        let value = line.value();
        let Some(first) = value.text.chars().next().filter(|_| value.start == self.at) else {
            return self.unclear();
        };
        self.wants_quotes(&value, format!("text cannot start with `{first}`"))
    }

    fn no_colon(&self) -> Diagnostic {
        let line = self.line(self.at);
        if let Some((name, length, true)) = name_of(line.text) {
            return no_space(self.source, name, line.start + length);
        }
        let help = if line.indent == 0 {
            "write `name: value`; if the line belongs to the text above, indent it by two spaces"
        } else {
            "write `name: value`, or `- ` before an item of a list; if the line belongs to the text above, indent it further"
        };
        self.finding(line.span(), "this line has no name and colon", help)
    }

    /// Text after something that is complete: a list in brackets, say.
    fn more_text(&self) -> Diagnostic {
        let value = self.line(self.at).value();
        let first = value.text.chars().next().unwrap_or(' ');
        if matches!(first, '[' | '{' | '*' | '&' | '!') && value.start < self.at {
            let span = Span::new(value.start, value.start + value.text.len());
            return self.finding(
                span,
                format!("the text starts with `{first}`, which has a meaning of its own"),
                "put the whole text in quotation marks",
            );
        }
        self.unclear()
    }

    fn escape(&self) -> Diagnostic {
        let rest = self.slice(self.at, self.section.end);
        let mut characters = rest.char_indices();
        while let Some((offset, character)) = characters.next() {
            if character != '\\' {
                continue;
            }
            let Some((_, escaped)) = characters.next() else { break };
            if "0abt\tnvfre \"/\\N_LP\n\r".contains(escaped) {
                continue;
            }
            let start = self.at + offset;
            return self.finding(
                Span::new(start, start + 1 + escaped.len_utf8()),
                format!("`\\{escaped}` has no meaning in double quotation marks"),
                "write `\\\\` for a backslash, or put the text in single quotation marks",
            );
        }
        self.unclear()
    }
}

fn is_visible(character: char) -> bool {
    !matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{fffe}' | '\u{ffff}')
}
