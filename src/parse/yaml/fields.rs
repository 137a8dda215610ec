//! The lines at which a field starts, found without reading YAML: where to go on after a mistake.

use crate::source::{Source, Span};

/// The start of a top-level field.
pub(super) struct Field {
    /// The name as written, without quotation marks.
    pub name: String,
    /// The place of the name, with its quotation marks.
    pub span: Span,
    /// No space follows the colon: `title:Islington`.
    pub tight: bool,
}

impl Field {
    /// Where its first line starts.
    pub fn start(&self) -> usize {
        self.span.start
    }
}

/// Every line of `range` that starts at column 1 with a name and a colon.
pub(super) fn find(source: &Source, range: Span) -> Vec<Field> {
    let mut start = range.start;
    let mut fields = Vec::new();
    for line in source.slice(range).split_inclusive('\n') {
        if let Some((name, length, tight)) = name_of(line.trim_end()) {
            let span = Span::new(start, start + length);
            fields.push(Field { name: name.to_owned(), span, tight });
        }
        start += line.len();
    }
    fields
}

/// The name that `line` starts with, its length as written, and whether the colon is followed by
/// something other than a space.
pub(super) fn name_of(line: &str) -> Option<(&str, usize, bool)> {
    let first = line.chars().next()?;
    if first == '"' || first == '\'' {
        let (name, rest) = line.get(1..)?.split_once(first)?;
        let rest = rest.trim_start_matches(' ').strip_prefix(':')?;
        let spaced = rest.is_empty() || rest.starts_with([' ', '\t']);
        return spaced.then_some((name, name.len() + 2, false));
    }
    if !first.is_alphanumeric() && first != '_' {
        return None;
    }
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let length = line.find(|c| !in_name(c))?;
    let (name, rest) = line.split_at_checked(length)?;
    let rest = rest.trim_start_matches(' ').strip_prefix(':')?;
    if rest.is_empty() || rest.starts_with([' ', '\t']) {
        return Some((name, length, false));
    }
    // `https://…` and `12:30` are text, not names.
    let tight = first.is_alphabetic() && !rest.starts_with(['/', ':']);
    tight.then_some((name, length, true))
}
