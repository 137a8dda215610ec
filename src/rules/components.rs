//! `unknown-component`, and the fields of those that are known.

use std::sync::Arc;

use super::{PlacedComponent, Unplaced, field_markdown};
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::components::{COMPONENTS, Component};
use crate::model::decode::Decoder;
use crate::parse::markdown::Body;
use crate::parse::node::Node;
use crate::source::{Location, Source};

/// The component whose text is markdown.
const CALLOUT: &str = "callout";

pub fn check(
    source: &Arc<Source>,
    body: &Body,
    fields: Vec<Node>,
    decoder: &mut Decoder<'_>,
    out: &mut Vec<Diagnostic>,
) -> (Vec<Option<PlacedComponent>>, Vec<Unplaced>) {
    let mut checked = Vec::new();
    let mut unplaced = Vec::new();
    for (block, front) in body.components.iter().zip(fields) {
        let names = COMPONENTS.iter().map(|(name, _)| *name);
        let Some(spec) = COMPONENTS.iter().find(|(name, _)| *name == block.name).map(|(_, spec)| *spec)
        else {
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
        };
        if block.inside {
            let message = "a component stands on its own, not in a list or a quotation";
            out.push(
                Diagnostic::new(Code::UnknownComponent, source, block.name_span, message)
                    .help("start its lines at the left edge, with an empty line before and after"),
            );
            checked.push(None);
            continue;
        }
        let component = Component::decode(&block.name, &front, decoder);
        // Read from what is written, so that other mistakes in the component hide none in its text.
        let text = front.get("text").filter(|_| block.name == CALLOUT).and_then(|entry| {
            let written = entry.value.text()?.trim();
            let at = Location::new(source, entry.value.span);
            (!written.is_empty()).then(|| field_markdown(written, &at, out))
        });
        match component {
            Some(component) => checked.push(Some(PlacedComponent { component, front, text })),
            None => {
                checked.push(None);
                unplaced.push(Unplaced { spec, front, text });
            }
        }
    }
    (checked, unplaced)
}
