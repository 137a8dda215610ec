//! The types that a single value of a field can have.

use std::fmt;
use std::marker::PhantomData;

use serde_json::{Value as Json, json};

use super::decode::{Decoder, Field, Reference};
use super::shape::{Choice, Shape};
use super::{Kind, Names, Target, Vocab};
use crate::diagnostics::{Code, nearest};
use crate::parse::address::unsafe_reason;
use crate::parse::node::{Node, ScalarKind, Value};
use crate::source::Span;

/// Numbers that may stand for text without quotation marks, such as a year: those below this one
/// have the same digits in every reader of YAML, and fit into every field.
pub const PLAIN_NUMBERS: i64 = 1_000_000_000;

/// White space to any reader: what Unicode calls so, and the byte order mark, which JSON Schema does.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The text in `node`. Prose may be a number, as a year is, and spaces around it do not count. All
/// other text has to be exactly what it stands for, to every reader of YAML.
pub fn text<'n>(node: &'n Node, decoder: &mut Decoder<'_>, shape: &Shape) -> Option<&'n str> {
    let scalar = decoder.scalar(node, shape)?;
    let is_prose = matches!(shape, Shape::Text { .. });
    match scalar.kind() {
        ScalarKind::Text => {}
        ScalarKind::Integer | ScalarKind::Float
            if is_prose && scalar.integer().is_some_and(|n| n.abs() < PLAIN_NUMBERS) => {}
        ScalarKind::Integer | ScalarKind::Float
            if is_prose || matches!(shape, Shape::Pattern { .. } | Shape::Reference(_)) =>
        {
            let message = format!("`{}` is a number; {} is wanted", scalar.text, shape.describe());
            let diagnostic = decoder.report(Code::WrongType, node.span, message);
            let quoted = format!("\"{}\"", scalar.text);
            *diagnostic = diagnostic.clone().help(format!("put it in quotation marks: {quoted}")).fix(quoted);
            return None;
        }
        _ => {
            decoder.wrong_type(node, shape);
            return None;
        }
    }
    let text = scalar.text.trim_matches(is_space);
    if text.is_empty() {
        decoder.report(Code::InvalidValue, node.span, "the text is empty").help =
            Some(format!("write {}, or leave the field out", shape.describe()));
        return None;
    }
    if !is_prose && text != scalar.text {
        let diagnostic =
            decoder.report(Code::InvalidValue, node.span, "there are spaces before or after the value");
        *diagnostic = diagnostic.clone().help(format!("write it without them: {text}")).fix(text);
        return None;
    }
    Some(text)
}

/// Reports a value that is not among `choices`.
pub fn not_a_choice(span: Span, written: &str, choices: &[Choice], decoder: &mut Decoder<'_>) {
    let values = choices.iter().map(|choice| choice.value);
    not_allowed(Code::InvalidValue, span, written, values, "the values are", decoder);
}

/// Reports a value that is not among `values`, and the nearest that is.
fn not_allowed<'v>(
    code: Code,
    span: Span,
    written: &str,
    values: impl Iterator<Item = &'v str> + Clone,
    lead: &str,
    decoder: &mut Decoder<'_>,
) {
    let near = nearest(written, values.clone()).map(str::to_owned);
    let message = match &near {
        Some(near) => format!("`{written}` is not allowed here; did you mean `{near}`?"),
        None => format!("`{written}` is not allowed here"),
    };
    let listed = values.collect::<Vec<_>>().join(", ");
    let diagnostic = decoder.report(code, span, message);
    diagnostic.help = Some(format!("{lead}: {listed}"));
    if let Some(near) = near {
        *diagnostic = diagnostic.clone().fix(near);
    }
}

/// A choice as templates receive it.
#[must_use]
pub fn choice_view(value: &str, choices: &[Choice]) -> Json {
    let found = choices.iter().find(|choice| choice.value == value);
    json!({
        "value": value,
        "label": found.map_or(value, |choice| choice.label),
        "description": found.map_or("", |choice| choice.description).trim(),
    })
}

impl Field for String {
    fn shape() -> Shape {
        Shape::Text { max: None, max_words: None }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        text(node, decoder, &Self::shape()).map(str::to_owned)
    }

    fn data(&self) -> Json {
        self.as_str().into()
    }
}

/// Text of at most `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<const MAX: usize>(pub String);

impl<const MAX: usize> Field for Line<MAX> {
    fn shape() -> Shape {
        Shape::Text { max: Some(MAX), max_words: None }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let text = text(node, decoder, &Self::shape())?;
        let length = text.chars().count();
        if length > MAX {
            let message = format!("the text has {length} characters; at most {MAX} fit");
            decoder.report(Code::InvalidValue, node.span, message).help =
                Some("say it in fewer words; the rest belongs in the body".to_owned());
            return None;
        }
        Some(Self(text.to_owned()))
    }

    fn data(&self) -> Json {
        self.0.as_str().into()
    }
}

/// Text of at most `MAX` words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words<const MAX: usize>(pub String);

impl<const MAX: usize> Field for Words<MAX> {
    fn shape() -> Shape {
        Shape::Text { max: None, max_words: Some(MAX) }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let text = text(node, decoder, &Self::shape())?;
        let count = text.split(is_space).filter(|word| !word.is_empty()).count();
        if count > MAX {
            let message = format!("the text has {count} words; at most {MAX} fit");
            decoder.report(Code::InvalidValue, node.span, message).help =
                Some("say it in fewer words; the rest belongs in the body".to_owned());
            return None;
        }
        Some(Self(text.to_owned()))
    }

    fn data(&self) -> Json {
        self.0.as_str().into()
    }
}

impl Field for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = decoder.scalar(node, &Self::shape())?;
        if scalar.kind() == ScalarKind::Boolean {
            return Some(scalar.text.eq_ignore_ascii_case("true"));
        }
        decoder.wrong_type(node, &Self::shape());
        None
    }

    fn data(&self) -> Json {
        (*self).into()
    }
}

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> Field for Integer<MIN, MAX> {
    fn shape() -> Shape {
        Shape::Integer { min: MIN, max: MAX }
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let shape = Self::shape();
        let scalar = decoder.scalar(node, &shape)?;
        match scalar.integer() {
            Some(number) if (MIN..=MAX).contains(&number) => Some(Self(number)),
            Some(number) => {
                let message = format!("{number} is not {}", shape.describe());
                decoder.report(Code::InvalidValue, node.span, message);
                None
            }
            None => {
                decoder.wrong_type(node, &shape);
                None
            }
        }
    }

    fn data(&self) -> Json {
        self.0.into()
    }
}

/// The number of one of the Charter's ten commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitmentNumber(pub u8);

impl Field for CommitmentNumber {
    fn shape() -> Shape {
        Integer::<1, 10>::shape()
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let Integer(number) = Integer::<1, 10>::decode(node, decoder)?;
        u8::try_from(number).ok().map(Self)
    }

    fn data(&self) -> Json {
        self.0.into()
    }

    fn view(&self, names: &dyn Names) -> Json {
        names.commitment(self.0)
    }
}

/// How many, how much: a number, or one that is suppressed because it is small.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// At least zero.
    Number(f64),
    /// Between one and the threshold; published as `c`.
    Suppressed,
}

impl Field for Amount {
    fn shape() -> Shape {
        Shape::Amount
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = decoder.scalar(node, &Self::shape())?;
        if scalar.text == "c" {
            return Some(Self::Suppressed);
        }
        match scalar.number() {
            Some(number) if number >= 0.0 => Some(Self::Number(number)),
            _ => {
                decoder.wrong_type(node, &Self::shape());
                None
            }
        }
    }

    fn data(&self) -> Json {
        match self {
            Self::Number(number) => number_json(*number),
            Self::Suppressed => "c".into(),
        }
    }

    fn view(&self, _: &dyn Names) -> Json {
        match self {
            Self::Number(number) => json!({"number": number_json(*number), "text": grouped(*number)}),
            Self::Suppressed => json!({"number": null, "text": "c"}),
        }
    }
}

/// A whole number without a decimal point, as people write it.
fn number_json(number: f64) -> Json {
    #[allow(clippy::cast_possible_truncation)]
    if number.fract() == 0.0 && number.abs() < 9e15 { (number as i64).into() } else { number.into() }
}

/// A number with commas between thousands.
#[must_use]
pub fn grouped(number: f64) -> String {
    let text = number_json(number).to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(w, r)| (w, Some(r)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A percentage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percent(pub f64);

impl Field for Percent {
    fn shape() -> Shape {
        Shape::Percent
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let scalar = decoder.scalar(node, &Self::shape())?;
        let number = scalar.number().filter(|number| (0.0..=100.0).contains(number));
        if number.is_none() {
            decoder.wrong_type(node, &Self::shape());
        }
        number.map(Self)
    }

    fn data(&self) -> Json {
        number_json(self.0)
    }
}

/// An address on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress(pub String);

impl Field for WebAddress {
    fn shape() -> Shape {
        Shape::WebAddress
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let text = text(node, decoder, &Self::shape())?;
        let lower = text.to_ascii_lowercase();
        let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let wrong = if rest.is_none() {
            Some("does not start with https:// or http://")
        } else if text.contains(|c: char| is_space(c) || c.is_control() || "<>\"\\^`{|}".contains(c)) {
            Some("has a character that an address cannot have")
        } else if host.contains('@') {
            Some("holds a name or password before the @")
        } else if !host.contains('.') || host.starts_with('.') || host.ends_with('.') {
            Some("has no full host name")
        } else if unsafe_reason(text).is_some() {
            Some("is not one that browsers read as it is written")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            decoder.report(Code::UnsafeAddress, node.span, format!("the address {wrong}")).help = Some(
                "write the whole address of the page, such as https://www.example.gov.uk/page".to_owned(),
            );
            return None;
        }
        Some(Self(text.to_owned()))
    }

    fn data(&self) -> Json {
        self.0.as_str().into()
    }
}

/// The form of an e-mail address.
pub const EMAIL: &str = "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$";

/// Text of one form.
macro_rules! pattern {
    ($($(#[doc = $doc:literal])+ $name:ident, $pattern:expr, $form:literal $(, $shape:expr)?;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl Field for $name {
            fn shape() -> Shape {
                pattern!(@shape $pattern, $form $(, $shape)?)
            }

            fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
                static FORM: std::sync::LazyLock<Option<regex::Regex>> =
                    std::sync::LazyLock::new(|| regex::Regex::new($pattern).ok());
                let text = text(node, decoder, &Self::shape())?;
                if FORM.as_ref().is_some_and(|form| form.is_match(text)) {
                    return Some(Self(text.to_owned()));
                }
                decoder.report(Code::InvalidValue, node.span, format!("`{text}` is not {}", $form));
                None
            }

            fn data(&self) -> Json {
                self.0.as_str().into()
            }
        }
    )+};
    (@shape $pattern:expr, $form:literal) => { Shape::Pattern { pattern: $pattern, form: $form } };
    (@shape $pattern:expr, $form:literal, $shape:expr) => { $shape };
}

pattern! {
    /// A mailbox.
    Email, EMAIL, "an e-mail address", Shape::Email;
    /// A council's code in the Government Statistical Service's register.
    GssCode, "^[ENSW][0-9]{8}$", "a GSS code such as E09000019";
    /// A name for use in addresses and references.
    Slug, "^[a-z0-9]+(-[a-z0-9]+)*$", "a short name of small letters, digits and hyphens";
    /// An address on this site.
    SitePath, "^/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*([A-Za-z0-9_~-][A-Za-z0-9._~-]*)?$", "a path on this site, such as /old-page/";
    /// A language.
    Language, "^[a-z]{2}$", "a language code such as en or cy";
    /// A document of the same kind.
    SameKind, "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$", "the name of a document of the same kind";
}

/// A value of the vocabulary `V`.
pub struct Term<V> {
    /// As written in front matter.
    pub value: String,
    vocabulary: PhantomData<V>,
}

impl<V> Clone for Term<V> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), vocabulary: PhantomData }
    }
}

impl<V> fmt::Debug for Term<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Term").field(&self.value).finish()
    }
}

/// A value of the vocabulary `name`; a retired one is reported and followed to its successor.
pub fn term(name: &str, node: &Node, decoder: &mut Decoder<'_>, shape: &Shape) -> Option<String> {
    let written = text(node, decoder, shape)?;
    // That the vocabulary is missing is said once, of site.toml.
    let Some(vocabulary) = decoder.vocabularies().get(name) else {
        return Some(written.to_owned());
    };
    match vocabulary.find(written) {
        Some(found) => match &found.replaced_by {
            None => Some(written.to_owned()),
            Some(successor) => {
                let successor = successor.clone();
                let message = format!("`{written}` is no longer used; `{successor}` has taken its place");
                let diagnostic = decoder.report(Code::RetiredTerm, node.span, message);
                *diagnostic = diagnostic.clone().fix(successor.clone());
                Some(successor)
            }
        },
        None => {
            let current: Vec<&str> = vocabulary
                .terms
                .iter()
                .filter(|t| t.replaced_by.is_none())
                .map(|t| t.value.as_str())
                .collect();
            let lead = format!("the vocabulary `{name}` in site.toml has");
            not_allowed(Code::UnknownTerm, node.span, written, current.iter().copied(), &lead, decoder);
            None
        }
    }
}

impl<V: Vocab> Field for Term<V> {
    fn shape() -> Shape {
        Shape::Term(V::NAME)
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let value = term(V::NAME, node, decoder, &Self::shape())?;
        Some(Self { value, vocabulary: PhantomData })
    }

    fn data(&self) -> Json {
        self.value.as_str().into()
    }

    fn view(&self, names: &dyn Names) -> Json {
        names.term(V::NAME, &self.value)
    }
}

/// A reference to a document of the kind `D`.
pub struct Ref<D> {
    /// The document's identifier: its path under the folder of its kind, without `.md`.
    pub id: String,
    /// Where the reference stands.
    pub span: Span,
    target: PhantomData<D>,
}

impl<D> Clone for Ref<D> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), span: self.span, target: PhantomData }
    }
}

impl<D> fmt::Debug for Ref<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ref").field(&self.id).finish()
    }
}

impl<D: Target> Field for Ref<D> {
    fn shape() -> Shape {
        Shape::Reference(D::KIND)
    }

    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        let id = reference(D::KIND, node, decoder, &Self::shape())?;
        Some(Self { id, span: node.span, target: PhantomData })
    }

    fn data(&self) -> Json {
        self.id.as_str().into()
    }

    fn view(&self, names: &dyn Names) -> Json {
        names.reference(D::KIND, &self.id)
    }
}

/// Notes a reference, to be resolved once every document is known.
fn reference(kind: Kind, node: &Node, decoder: &mut Decoder<'_>, shape: &Shape) -> Option<String> {
    let written = text(node, decoder, shape)?;
    if written.ends_with(".md") || written.starts_with('/') || written.starts_with('.') {
        let trimmed = written.trim_start_matches(['.', '/']).trim_end_matches(".md");
        let id = trimmed.strip_prefix(kind.folder()).map_or(trimmed, |rest| rest.trim_start_matches('/'));
        let diagnostic = decoder.report(
            Code::InvalidValue,
            node.span,
            format!("a {} is named by its file without folder or .md", kind.name()),
        );
        *diagnostic = diagnostic.clone().fix(id);
        return None;
    }
    decoder.references.push(Reference { kind, id: written.to_owned(), span: node.span });
    Some(written.to_owned())
}

/// Whether `node` holds nothing that a decoder could use.
#[must_use]
pub fn is_blank(node: &Node) -> bool {
    matches!(node.value, Value::Null | Value::Broken)
}
