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

    /// Whether it means the same as `other`: what JSON calls equal, wherever it stands and however
    /// it is written.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Scalar(one), Value::Scalar(other)) => one.is_same(other),
            (Value::Sequence(one), Value::Sequence(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_same(other))
            }
            (Value::Mapping(one), Value::Mapping(others)) => {
                let found = |entry: &Entry| {
                    other.get(&entry.key).is_some_and(|other| entry.value.is_same(&other.value))
                };
                one.len() == others.len() && one.iter().all(found)
            }
            _ => false,
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

/// What a scalar is, by the core schema of YAML 1.2, which JSON Schema validators go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// Another number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
}

impl Scalar {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> ScalarKind {
        if self.quoted {
            return ScalarKind::Text;
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarKind::Boolean,
            text if is_integer(text) => ScalarKind::Integer,
            text if is_float(text) => ScalarKind::Float,
            _ => ScalarKind::Text,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let kinds = (self.kind(), other.kind());
        match (self.number(), other.number()) {
            (Some(one), Some(other)) => one == other,
            (None, None) if kinds == (ScalarKind::Boolean, ScalarKind::Boolean) => {
                self.text.eq_ignore_ascii_case(&other.text)
            }
            _ => kinds.0 == kinds.1 && self.text == other.text,
        }
    }

    /// The whole number that it is. As in JSON Schema, 1.0 is one.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        match self.kind() {
            ScalarKind::Integer => {}
            ScalarKind::Float => {
                let number = self.number().filter(|number| number.fract() == 0.0 && number.abs() < 9e15)?;
                #[allow(clippy::cast_possible_truncation)]
                return Some(number as i64);
            }
            _ => return None,
        }
        let radix = |prefix, base| {
            self.text.strip_prefix(prefix).map(|digits| i64::from_str_radix(digits, base).ok())
        };
        radix("0x", 16).or_else(|| radix("0o", 8)).unwrap_or_else(|| self.text.parse().ok())
    }

    /// The finite number that it is.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self.kind() {
            #[allow(clippy::cast_precision_loss)]
            ScalarKind::Integer if self.integer().is_some() => self.integer().map(|number| number as f64),
            ScalarKind::Integer | ScalarKind::Float => {
                self.text.parse().ok().filter(|number: &f64| number.is_finite())
            }
            _ => None,
        }
    }
}

fn is_integer(text: &str) -> bool {
    let all = |digits: &str, radix| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => all(digits, 16),
        (_, Some(digits)) => all(digits, 8),
        _ => all(text.strip_prefix(['-', '+']).unwrap_or(text), 10),
    }
}

fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    // Rust also reads "inf", "nan" and "infinity", which YAML takes for text.
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.chars().any(|c| c.is_ascii_digit())
        && unsigned.parse::<f64>().is_ok()
}
