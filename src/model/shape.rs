//! The registry's own words: what a field is called, what it may hold, what it is for.
//!
//! Decoding, JSON Schema, the contributor's reference, the open data's columns and the view that
//! templates receive are all made from these descriptions.

use super::Kind;

/// What a field may hold.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Text of at most `max` characters and `max_words` words, where there is a limit.
    Text {
        /// Most characters.
        max: Option<usize>,
        /// Most words.
        max_words: Option<usize>,
    },
    /// Text of one form, given as a regular expression that JSON Schema understands too.
    Pattern {
        /// The expression, anchored at both ends.
        pattern: &'static str,
        /// The form in words, such as "a GSS code".
        form: &'static str,
    },
    /// A whole number within bounds, both included.
    Integer {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// A number of at least zero, or `c` for one that is suppressed because it is small.
    Amount,
    /// A percentage, 0 to 100.
    Percent,
    /// `true` or `false`.
    Boolean,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A day, a month or a year: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    Date,
    /// An address on the web, http or https.
    WebAddress,
    /// An e-mail address.
    Email,
    /// One of the values that are fixed in casebook.
    Choice(&'static [Choice]),
    /// One of the values of a vocabulary in `site.toml`.
    Term(&'static str),
    /// The identifier of a document of this kind.
    Reference(Kind),
    /// A group of fields.
    Record(&'static RecordSpec),
    /// Values under numbers, `min` to `max`.
    Numbered {
        /// Least number.
        min: i64,
        /// Most.
        max: i64,
        /// What stands under each.
        of: Box<Shape>,
    },
    /// Values under names that the site chooses.
    Named {
        /// What stands under each.
        of: Box<Shape>,
    },
    /// Several.
    List {
        /// What each item is.
        of: Box<Shape>,
        /// Fewest items.
        min: usize,
        /// Most items, where there is a limit.
        max: Option<usize>,
    },
}

/// A value that is fixed in casebook, because code depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// As written in front matter.
    pub value: &'static str,
    /// As shown to readers.
    pub label: &'static str,
    /// What it means.
    pub description: &'static str,
}

/// All there is to say about a field.
#[derive(Debug)]
pub struct FieldSpec {
    /// As written in front matter.
    pub name: &'static str,
    /// What to write in it, for contributors.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it may hold.
    pub shape: fn() -> Shape,
    /// The facet that its values make, if they do.
    pub facet: Option<&'static str>,
    /// A value as it would be written, for templates of new documents and for the reference.
    pub example: Option<&'static str>,
}

/// A group of fields: a document's front matter, a part of it, a component, a table of settings.
#[derive(Debug)]
pub struct RecordSpec {
    /// Its name in code.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields, in the order in which they are best written.
    pub fields: &'static [FieldSpec],
}

impl RecordSpec {
    /// The field named `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static FieldSpec> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Shape {
    /// What to write, in a contributor's words: "a date such as 2019-07", "one of a, b, c".
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Text { max: Some(max), .. } => format!("text of at most {max} characters"),
            Self::Text { max_words: Some(max), .. } => format!("text of at most {max} words"),
            Self::Text { .. } => "text".to_owned(),
            Self::Pattern { form, .. } => (*form).to_owned(),
            Self::Integer { min: i64::MIN, .. } => "a whole number".to_owned(),
            Self::Integer { min, max } if min == max => format!("the number {min}"),
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::Amount => "a number such as 5142, or c for a small number that is suppressed".to_owned(),
            Self::Percent => "a percentage from 0 to 100, without the % sign".to_owned(),
            Self::Boolean => "true or false".to_owned(),
            Self::Day => "a day such as 2019-07-05".to_owned(),
            Self::Date => "a day, month or year such as 2019-07-05, 2019-07 or 2019".to_owned(),
            Self::WebAddress => "an address that starts with https://".to_owned(),
            Self::Email => "an e-mail address".to_owned(),
            Self::Choice(choices) => {
                format!("one of {}", choices.iter().map(|c| c.value).collect::<Vec<_>>().join(", "))
            }
            Self::Term(vocabulary) => format!("a value of the vocabulary `{vocabulary}` in site.toml"),
            Self::Reference(kind) => format!("the name of a file in content/{}, without .md", kind.folder()),
            Self::Record(spec) => {
                let needed = spec.fields.iter().filter(|field| field.required).map(|field| field.name);
                let names: Vec<&str> = needed.collect();
                if names.is_empty() {
                    "a group of fields".to_owned()
                } else {
                    format!("a group of fields, at least {}", names.join(", "))
                }
            }
            Self::Numbered { min, max, .. } => format!("fields named {min} to {max}"),
            Self::Named { .. } => "fields with names of your own".to_owned(),
            Self::List { of, min, max } => format!("{}; each is {}", Self::count(*min, *max), of.describe()),
        }
    }

    /// A list of `min` to `max` items, without a word about the items.
    #[must_use]
    pub fn count(min: usize, max: Option<usize>) -> String {
        match (min, max) {
            (0, None) => "a list".to_owned(),
            (min, None) => format!("a list of at least {min}"),
            (0, Some(max)) => format!("a list of at most {max}"),
            (min, Some(max)) => format!("a list of {min} to {max}"),
        }
    }
}
