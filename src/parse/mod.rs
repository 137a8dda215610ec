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
use node::{Node, Value};

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Source, Span};

/// A document as far as it can be read without knowing its kind.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The front matter; an empty group of fields where there is none.
    pub front: Arc<Node>,
    /// Front matter was found, so that fields can be called missing.
    pub has_front_matter: bool,
    /// The markdown.
    pub body: Arc<Body>,
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
            front: Arc::new(Node::empty(nothing)),
            has_front_matter: false,
            body: Arc::new(markdown::parse(source, nothing)),
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
        .map(|component| {
            // The marks of the list or quotation stand between its lines; that it is there is said by a rule.
            if component.inside {
                return Node::empty(component.content);
            }
            if runs_on(source, component.content) {
                let message = "this component is never closed";
                diagnostics.push(
                    Diagnostic::new(Code::UnclosedFence, source, component.name_span, message)
                        .help("after its last line, write a line with ``` alone"),
                );
                return Node::broken(component.content);
            }
            yaml::parse(source, component.content, &mut diagnostics)
        })
        .collect();
    comments(source, &front, &mut diagnostics);
    Draft {
        front: Arc::new(front),
        has_front_matter: split.yaml.is_some(),
        body: Arc::new(body),
        components,
        diagnostics,
    }
}

/// Whether the text of the page goes on in a component, whose closing line is then missing: with a
/// heading, or with another block.
fn runs_on(source: &Source, content: Span) -> bool {
    source.slice(content).lines().any(|line| line.starts_with("```") || line.starts_with("## "))
}

/// `hidden-text`: a plain value with a comment behind it, which may have been meant as part of it.
fn comments(source: &Arc<Source>, node: &Node, out: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Scalar(scalar) if !scalar.quoted => {
            let rest = source.text().get(node.span.end..).unwrap_or_default();
            let line = rest.lines().next().unwrap_or_default();
            let comment = line.trim_start();
            if comment.starts_with('#') && line.starts_with([' ', '\t']) {
                let start = node.span.end + (line.len() - comment.len());
                let span = Span::new(start, node.span.end + line.trim_end().len());
                out.push(
                    Diagnostic::new(
                        Code::HiddenText,
                        source,
                        span,
                        "what follows the number sign is not published",
                    )
                    .help("put the whole value in quotation marks, or the comment on a line of its own"),
                );
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| comments(source, item, out)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| comments(source, &entry.value, out)),
        Value::Scalar(_) | Value::Null | Value::Broken => {}
    }
}
