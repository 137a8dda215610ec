//! From a tree with places to typed values, gathering every finding on the way.

use std::fmt::Debug;
use std::sync::Arc;

use serde_json::Value as Json;

use super::shape::{FieldSpec, RecordSpec, Shape};
use super::vocabulary::Vocabularies;
use super::{Kind, Names};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::parse::node::{Entry, Node, Scalar, Value};
use crate::source::{Source, Span};

/// The longest value that a message repeats, in characters.
const SHOWN: usize = 60;

/// A type that a field can hold.
pub trait Field: Sized + Debug + Clone {
    /// What it may hold, for everything that is made from the registry.
    fn shape() -> Shape;

    /// The value that `node` stands for; `None`, with a finding, where it stands for none.
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self>;

    /// As open data: the shape that front matter has.
    fn data(&self) -> Json;

    /// As templates receive it: references and terms with their labels and addresses.
    fn view(&self, names: &dyn Names) -> Json {
        let _ = names;
        self.data()
    }
}

/// A reference from one document to another, as it stands in front matter.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The kind of document that it points at.
    pub kind: Kind,
    /// The identifier.
    pub id: String,
    /// Where it stands.
    pub span: Span,
}

/// Decodes one file: carries what decoding needs and gathers what it finds.
pub struct Decoder<'a> {
    source: &'a Arc<Source>,
    vocabularies: &'a Vocabularies,
    /// Every finding so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Fields that are there under a name that is nearly theirs: where their group starts, and their name.
    misspelt: Vec<(usize, String)>,
    /// Whether a list goes on without the items that are wrong, as settings do: what is right in them
    /// is used all the same.
    pub keeps_good_items: bool,
    /// Every reference so far, so that a file with mistakes still has its references checked.
    pub references: Vec<Reference>,
}

impl<'a> Decoder<'a> {
    /// A decoder for `source`.
    #[must_use]
    pub fn new(source: &'a Arc<Source>, vocabularies: &'a Vocabularies) -> Self {
        Self {
            source,
            vocabularies,
            diagnostics: Vec::new(),
            misspelt: Vec::new(),
            keeps_good_items: false,
            references: Vec::new(),
        }
    }

    /// The site's vocabularies.
    #[must_use]
    pub fn vocabularies(&self) -> &'a Vocabularies {
        self.vocabularies
    }

    /// Reports a finding at `span`.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let at = self.diagnostics.len();
        self.diagnostics.push(Diagnostic::new(code, self.source, span, message));
        // The element was pushed a line ago.
        #[allow(clippy::indexing_slicing)]
        &mut self.diagnostics[at]
    }

    /// Reports a value of the wrong type, and what is wanted. What the parser has already
    /// reported as broken is left at that.
    pub fn wrong_type(&mut self, node: &Node, shape: &Shape) {
        if matches!(node.value, Value::Broken) {
            return;
        }
        let (wanted, help) = match shape {
            Shape::List { of, min, max } => (
                Shape::count(*min, *max),
                format!(
                    "write the values between square brackets, or each on a line of its own after `- `; each is {}",
                    of.describe()
                ),
            ),
            Shape::Text { .. } => (shape.describe(), "put the text in quotation marks".to_owned()),
            Shape::Integer { .. } | Shape::Percent | Shape::Amount => (
                shape.describe(),
                "write the digits alone, without commas, units or quotation marks".to_owned(),
            ),
            Shape::Boolean => (shape.describe(), "write it without quotation marks".to_owned()),
            _ => (shape.describe(), format!("write {}", shape.describe())),
        };
        let written = self.source.slice(node.span);
        let message = match &node.value {
            Value::Scalar(_) if written.chars().count() <= SHOWN && !written.contains('\n') => {
                format!("`{written}` is not {wanted}")
            }
            Value::Scalar(_) => format!("this text is not {wanted}"),
            _ => format!("{} stands where {wanted} is wanted", node.describe()),
        };
        let in_brackets = match (&node.value, shape) {
            (Value::Scalar(_), Shape::List { of, .. }) => {
                let is_plain = !written.contains(['[', ']', '{', '}', ':', '#', '\n']);
                (is_plain && !matches!(**of, Shape::Record(_))).then(|| format!("[{written}]"))
            }
            _ => None,
        };
        let diagnostic = self.report(Code::WrongType, node.span, message);
        diagnostic.help = Some(help);
        if let Some(in_brackets) = in_brackets {
            *diagnostic = diagnostic.clone().fix(in_brackets);
        }
    }

    /// The scalar in `node`, or a finding.
    pub fn scalar<'n>(&mut self, node: &'n Node, shape: &Shape) -> Option<&'n Scalar> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => {
                self.wrong_type(node, shape);
                None
            }
        }
    }

    /// Reports each field of `node` that none of `records` knows, nor `extra`.
    pub fn unknown_fields(&mut self, node: &Node, records: &[&RecordSpec], extra: &[&str]) {
        let names: Vec<&str> =
            records.iter().flat_map(|r| r.fields).map(|f| f.name).chain(extra.iter().copied()).collect();
        for entry in node.entries() {
            if names.contains(&entry.key.as_str()) {
                continue;
            }
            let free = names.iter().copied().filter(|name| node.get(name).is_none());
            let near = nearest(&entry.key, free).or_else(|| nearest(&entry.key, names.iter().copied()));
            let message = match near {
                Some(near) => format!("`{}` is not a field here; did you mean `{near}`?", entry.key),
                None => format!("`{}` is not a field here", entry.key),
            };
            let near = near.map(str::to_owned);
            let listed = names.join(", ");
            let diagnostic = self.report(Code::UnknownField, entry.key_span, message);
            diagnostic.help = Some(format!("the fields are: {listed}"));
            if let Some(near) = near {
                *diagnostic = diagnostic.clone().fix(near.clone());
                self.misspelt.push((node.span.start, near));
            }
        }
    }

    /// The mapping in `node`, or a finding.
    pub fn mapping<'n>(&mut self, node: &'n Node, shape: &Shape) -> Option<&'n [Entry]> {
        match &node.value {
            Value::Mapping(entries) => Some(entries),
            _ => {
                self.wrong_type(node, shape);
                None
            }
        }
    }

    /// A field that must be there. `None`, with a finding, where it is not.
    pub fn required<T: Field>(&mut self, node: &Node, field: &FieldSpec) -> Option<T> {
        match node.get(field.name) {
            Some(entry) if !matches!(entry.value.value, Value::Null) => T::decode(&entry.value, self),
            found => {
                self.missing(node, found, field);
                None
            }
        }
    }

    /// A field that may be left out.
    pub fn optional<T: Field>(&mut self, node: &Node, field: &FieldSpec) -> Option<T> {
        let entry = node.get(field.name)?;
        if matches!(entry.value.value, Value::Null) { None } else { T::decode(&entry.value, self) }
    }

    /// A list of `min` to `max` items; left out, it has none. `None` where an item is wrong.
    pub fn list<T: Field>(
        &mut self,
        node: &Node,
        field: &FieldSpec,
        min: usize,
        max: Option<usize>,
    ) -> Option<Vec<T>> {
        let entry = node.get(field.name).filter(|entry| !matches!(entry.value.value, Value::Null));
        let Some(entry) = entry else {
            if min > 0 {
                self.missing(node, node.get(field.name), field);
                return None;
            }
            return Some(Vec::new());
        };
        let Value::Sequence(items) = &entry.value.value else {
            self.wrong_type(&entry.value, &(field.shape)());
            return None;
        };
        let bounds = match max {
            Some(max) if items.len() > max => Some(format!("at most {max}")),
            _ if items.len() < min => Some(format!("at least {min}")),
            _ => None,
        };
        if let Some(bounds) = bounds {
            let message = format!("`{}` has {} values; it takes {bounds}", field.name, items.len());
            self.report(Code::InvalidValue, entry.value.span, message);
        }
        let decoded: Vec<Option<T>> = items.iter().map(|item| T::decode(item, self)).collect();
        self.repeated(field.name, items);
        if self.keeps_good_items {
            return Some(decoded.into_iter().flatten().collect());
        }
        decoded.into_iter().collect()
    }

    /// Reports each of the items of the list `name` that stands there already.
    pub fn repeated(&mut self, name: &str, items: &[Node]) {
        for (at, item) in items.iter().enumerate() {
            if !items.iter().take(at).any(|other| other.is_same(item)) {
                continue;
            }
            let what = match item.text() {
                Some(text) => format!("`{text}` stands"),
                None => "the same fields stand".to_owned(),
            };
            self.report(Code::InvalidValue, item.span, format!("{what} twice in `{name}`")).help =
                Some("leave one of them out".to_owned());
        }
    }

    /// The field `name` with `value`, as the file's language writes it.
    fn written(&self, name: &str, value: &str) -> String {
        if self.source.path().extension() != Some("toml") {
            return format!("{name}: {value}");
        }
        let is_toml = format!("{name} = {value}").parse::<::toml::Table>().is_ok();
        if is_toml { format!("{name} = {value}") } else { format!("{name} = \"{value}\"") }
    }

    fn missing(&mut self, node: &Node, found: Option<&Entry>, field: &FieldSpec) {
        // A slip in a name is one mistake, not two.
        let is_misspelt = |(at, name): &(usize, String)| *at == node.span.start && name == field.name;
        if found.is_none() && self.misspelt.iter().any(is_misspelt) {
            return;
        }
        // Nobody knows what stands in a group that could not be read.
        if matches!(node.value, Value::Broken) {
            return;
        }
        let (span, message) = match found {
            Some(entry) => (entry.key_span, format!("`{}` is empty", field.name)),
            None => (first_line(self.source, node.span), format!("`{}` is missing", field.name)),
        };
        let wanted = (field.shape)().describe();
        // Where what is wanted comes with an example of its own, a second one says nothing more.
        let example = field.example.filter(|_| !wanted.contains("such as "));
        let example =
            example.map_or_else(String::new, |e| format!(", such as `{}`", self.written(field.name, e)));
        self.report(Code::MissingField, span, message).help = Some(format!("add {wanted}{example}"));
    }
}

/// The first line of `span`: what is missing has no place of its own.
fn first_line(source: &Arc<Source>, span: Span) -> Span {
    let text = source.slice(span);
    let length = text.find(['\n', '\r']).unwrap_or(text.len());
    Span::new(span.start, span.start + length)
}
