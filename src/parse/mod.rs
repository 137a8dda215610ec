//! Sources become drafts: front matter as a tree with places, markdown as events with places.
//!
//! Parsing cannot fail: a broken draft carries what is wrong with it.

pub mod address;
pub mod front_matter;
pub mod markdown;
pub mod node;
#[cfg(test)]
mod testing;
pub mod toml;
pub mod yaml;

use std::sync::Arc;

use markdown::Body;
use node::Node;

use crate::diagnostics::Diagnostic;
use crate::source::{Source, Span};

/// A document as far as it can be read without knowing its kind.
#[derive(Debug)]
pub struct Draft {
    /// The front matter; an empty group of fields where there is none.
    pub front: Node,
    /// Front matter was found, so that fields can be called missing.
    pub has_front_matter: bool,
    /// The markdown.
    pub body: Body,
    /// The fields of each component of the body, in order.
    pub components: Vec<Node>,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Draft {
    /// The draft of a document whose text could not be read: nothing is known of it.
    #[must_use]
    pub fn unread(source: &Arc<Source>) -> Self {
        let nothing = Span::default();
        Self {
            front: Node::empty(nothing),
            has_front_matter: false,
            body: markdown::parse(source, nothing),
            components: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// Reads a document's text.
#[must_use]
pub fn parse(source: &Arc<Source>) -> Draft {
    let mut diagnostics = Vec::new();
    let split = front_matter::split(source, &mut diagnostics);
    let front = match split.yaml {
        Some(span) => yaml::parse(source, span, &mut diagnostics),
        None => Node::empty(split.body),
    };
    let body = markdown::parse(source, split.body);
    let components = body
        .components
        .iter()
        .map(|component| match component.inside {
            // The marks of the list or quotation stand between its lines; that it is there is said by a rule.
            true => Node::empty(component.content),
            false => yaml::parse(source, component.content, &mut diagnostics),
        })
        .collect();
    Draft { front, has_front_matter: split.yaml.is_some(), body, components, diagnostics }
}
