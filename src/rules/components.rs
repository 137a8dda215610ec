//! `unknown-component`, and the fields of those that are known.

use std::sync::Arc;

use super::{PlacedComponent, field_markdown};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::components::{COMPONENTS, Component};
use crate::model::decode::Decoder;
use crate::parse::markdown::Body;
use crate::parse::node::Node;
use crate::source::{Location, Source};

pub fn check(
    source: &Arc<Source>,
    body: &Body,
    fields: Vec<Node>,
    decoder: &mut Decoder<'_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Option<PlacedComponent>> {
    let mut checked = Vec::new();
    for (block, front) in body.components.iter().zip(fields) {
        let names = COMPONENTS.iter().map(|(name, _)| *name);
        if !names.clone().any(|name| name == block.name) {
            let near = nearest(&block.name, names.clone());
            let message = match near {
                Some(near) => format!("`{}` is not a component; did you mean `{near}`?", block.name),
                None => format!("`{}` is not a component", block.name),
            };
            let listed = names.collect::<Vec<_>>().join(", ");
            out.push(
                Diagnostic::new(Code::UnknownComponent, source, block.name_span, message)
                    .help(format!("the components are: {listed}")),
            );
            checked.push(None);
            continue;
        }
        if block.inside {
            let message = "a component stands on its own, not in a list or a quotation";
            out.push(
                Diagnostic::new(Code::UnknownComponent, source, block.name_span, message)
                    .help("start its lines at the left edge, with an empty line before and after"),
            );
            checked.push(None);
            continue;
        }
        checked.push(Component::decode(&block.name, &front, decoder).map(|component| {
            let text = match &component {
                Component::Callout(callout) => {
                    let at = front.get("text").map_or(block.content, |entry| entry.value.span);
                    Some(field_markdown(&callout.text, &Location::new(source, at), out))
                }
                _ => None,
            };
            PlacedComponent { component, front, text }
        }));
    }
    checked
}
