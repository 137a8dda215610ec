//! Where the parts of a text that was decoded stand in the file.

use crate::source::{Location, Span};

/// From offsets in a text to places in the file.
pub(super) enum Places {
    /// The text is a part of the file, from this offset on.
    Shifted(usize),
    /// Each line stands somewhere: its offset in the text and in the file, in order.
    Lines(Vec<(usize, usize)>),
    /// No more is known than where the whole stands.
    Whole(Span),
}

impl Places {
    /// The places of `text`, decoded from what stands at `at`.
    pub(super) fn of(text: &str, at: &Location) -> Self {
        let written = at.source.slice(at.span);
        if !text.trim_end().contains('\n') {
            let one_line = text.trim_end();
            let found = written.find(one_line).filter(|_| !one_line.is_empty());
            return found.map_or(Self::Whole(at.span), |offset| Self::Shifted(at.span.start + offset));
        }
        // A block starts with its mark, `|` or `>`, on a line of its own; with the mark or without,
        // depending on what the place of a block is taken to be.
        let after_mark = written.find('\n').map_or(written.len(), |end| end + 1);
        for skipped in [0, after_mark] {
            if let Some(lines) = align(text, written.get(skipped..).unwrap_or_default()) {
                let start = at.span.start + skipped;
                return Self::Lines(lines.into_iter().map(|(own, file)| (own, file + start)).collect());
            }
        }
        Self::Whole(at.span)
    }

    /// The place of `span`.
    pub(super) fn map(&self, span: Span) -> Span {
        match self {
            Self::Shifted(offset) => span.shift(*offset),
            Self::Lines(lines) => Span::new(map_line(lines, span.start), map_line(lines, span.end)),
            Self::Whole(whole) => *whole,
        }
    }
}

/// The start of each line of `text` beside where it stands in `written`, where every line differs
/// by nothing but its indentation.
fn align(text: &str, written: &str) -> Option<Vec<(usize, usize)>> {
    let mut lines = Vec::new();
    let (mut own, mut file) = (0, 0);
    let mut written = written.split_inclusive('\n');
    for line in text.split_inclusive('\n') {
        let there = written.next()?;
        let words = line.trim_end_matches(['\n', '\r']);
        let ending = there.trim_end_matches(['\n', '\r']);
        let indent = ending.strip_suffix(words)?;
        if indent.chars().any(|character| character != ' ') {
            return None;
        }
        lines.push((own, file + indent.len()));
        own += line.len();
        file += there.len();
    }
    Some(lines)
}

fn map_line(lines: &[(usize, usize)], offset: usize) -> usize {
    let line = lines.partition_point(|(own, _)| *own <= offset).saturating_sub(1);
    let (own, file) = lines.get(line).copied().unwrap_or_default();
    file + offset.saturating_sub(own)
}
