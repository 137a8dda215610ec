//! A small tree with a place for every part: what front matter, components and settings are
//! decoded from. Scalars keep the text as written; what they mean is for the decoder to say.

use crate::source::Span;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// From the first byte to one past the last, in the whole file.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, or a plain `null` or `~`.
    Null,
    /// Something that could not be read; a finding says why, and nothing more is to be said of it.
    Broken,
    /// Text, a number, a date, a yes or no.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Names with values, in the order written; a name stands once.
    Mapping(Vec<Entry>),
}

/// A scalar as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// The text, without quotation marks and with escapes resolved.
    pub text: String,
    /// Written in quotation marks or as a block, so certainly meant as text.
    pub quoted: bool,
}

/// A name with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The name.
    pub key: String,
    /// The name's place.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// An empty mapping at `span`.
    #[must_use]
    pub fn empty(span: Span) -> Self {
        Self { span, value: Value::Mapping(Vec::new()) }
    }

    /// What could not be read at `span`.
    #[must_use]
    pub fn broken(span: Span) -> Self {
        Self { span, value: Value::Broken }
    }

    /// The entries of a mapping; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The entry named `key` of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// What it is, in a reader's words.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Broken => "something that cannot be read",
            Value::Scalar(_) => "a single value",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a group of fields",
        }
    }
}
