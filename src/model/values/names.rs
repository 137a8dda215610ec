//! Names of what stands elsewhere: values of a vocabulary, and other documents.

use std::fmt;
use std::marker::PhantomData;

use serde_json::Value as Json;

use super::{not_allowed, text};
use crate::diagnostics::Code;
use crate::model::decode::{Decoder, Field, Reference};
use crate::model::shape::Shape;
use crate::model::{Kind, Names, Target, Vocab};
use crate::parse::node::Node;
use crate::source::Span;

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
        None if !vocabulary.is_whole => Some(written.to_owned()),
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
