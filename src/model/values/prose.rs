//! Text for people, of any length or of so many characters or words.

use serde_json::Value as Json;

use super::{is_space, text};
use crate::diagnostics::Code;
use crate::model::decode::{Decoder, Field};
use crate::model::shape::Shape;
use crate::parse::node::Node;

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
            return too_long(node, message, decoder);
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
            return too_long(node, message, decoder);
        }
        Some(Self(text.to_owned()))
    }

    fn data(&self) -> Json {
        self.0.as_str().into()
    }
}

fn too_long<T>(node: &Node, message: String, decoder: &mut Decoder<'_>) -> Option<T> {
    decoder.report(Code::InvalidValue, node.span, message).help =
        Some("say it in fewer words; the rest belongs in the body".to_owned());
    None
}
