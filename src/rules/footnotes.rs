//! `footnote`: every footnote that is used is written once, and every one that is written is used.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::parse::markdown::{Body, Footnote, Kind};
use crate::source::{Location, Source};

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    if body.kind == Kind::Field {
        let all = body.footnotes.uses.iter().chain(&body.footnotes.definitions);
        out.extend(all.map(|footnote| {
            finding(source, footnote, "a footnote cannot stand in the text of a field".to_owned())
                .help("write it in brackets, or move it to the body of the document")
        }));
        return;
    }
    let mut defined: HashMap<String, &Footnote> = HashMap::new();
    for definition in &body.footnotes.definitions {
        let label = &definition.label;
        let first = *defined.entry(label.to_lowercase()).or_insert(definition);
        if first != definition {
            out.push(
                finding(source, definition, format!("the footnote {label} is written twice"))
                    .related(Location::new(source, first.span), "the first")
                    .help("give one of the two another name, or take it out"),
            );
        }
    }
    let mut used: HashSet<String> = HashSet::new();
    for footnote in &body.footnotes.uses {
        used.insert(footnote.label.to_lowercase());
        if !defined.contains_key(&footnote.label.to_lowercase()) {
            out.push(undefined(source, body, footnote));
        }
    }
    for definition in &body.footnotes.definitions {
        if !used.contains(&definition.label.to_lowercase()) {
            let label = &definition.label;
            out.push(
                finding(source, definition, format!("nothing refers to the footnote {label}"))
                    .help(format!("write [^{label}] in the text where it belongs, or take the footnote out")),
            );
        }
    }
}

fn undefined(source: &Arc<Source>, body: &Body, footnote: &Footnote) -> Diagnostic {
    let label = &footnote.label;
    let written = body.footnotes.definitions.iter().map(|definition| definition.label.as_str());
    // A text with more footnotes than these was not written by hand, and comparing takes long.
    let written = written.take(100);
    let help = match nearest(label, written) {
        Some(other) => format!("write [^{other}], if that footnote is meant"),
        None => format!(
            "write the footnote in a paragraph of its own that starts with [^{label}]: — or write \\[^{label}] \
             where no footnote is meant"
        ),
    };
    finding(source, footnote, format!("the footnote {label} is not written anywhere")).help(help)
}

fn finding(source: &Arc<Source>, footnote: &Footnote, message: String) -> Diagnostic {
    Diagnostic::new(Code::Footnote, source, footnote.span, message)
}
