//! Text of one form: addresses, codes, short names.

use serde_json::Value as Json;

use super::{is_space, text};
use crate::diagnostics::Code;
use crate::model::decode::{Decoder, Field};
use crate::model::shape::Shape;
use crate::parse::address::unsafe_reason;
use crate::parse::node::Node;

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
    SitePath, "^/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*([A-Za-z0-9_~-]+(\\.html?)?)?$", "a path on this site, such as /old-page/";
    /// A language.
    Language, "^[a-z]{2}$", "a language code such as en or cy";
    /// A document of the same kind.
    SameKind, "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$", "the name of a document of the same kind";
}
