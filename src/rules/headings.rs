//! `heading-level` and `duplicate-anchor`: the page's title is the only heading of the first
//! level, no level is left out, and an anchor leads to one place.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::markdown::{Body, Heading, Kind, is_reserved};
use crate::source::{Location, Source};

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    levels(source, body, out);
    anchors(source, &body.headings, out);
}

fn levels(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    let mut above = 1;
    for heading in &body.headings {
        let level = heading.level;
        let finding = if body.kind == Kind::Field {
            let help = "write it as strong text (**words**), or move it to the body of the document";
            Some(("a heading cannot stand in the text of a field".to_owned(), help.to_owned()))
        } else if heading.text.is_empty() {
            let help = "write the heading's words after the signs, or take the line out";
            Some(("this heading has no words".to_owned(), help.to_owned()))
        } else if level == 1 {
            let help = "start with ##, and make the headings below it one level deeper too";
            Some(("the title of the page is its only heading of the first level".to_owned(), help.to_owned()))
        } else if level > above + 1 {
            let message = format!("a heading of level {level} stands under one of level {above}");
            Some((message, format!("start the heading with {}", marks(above + 1))))
        } else {
            None
        };
        if let Some((message, help)) = finding {
            out.push(Diagnostic::new(Code::HeadingLevel, source, heading.span, message).help(help));
        }
        above = level;
    }
}

fn marks(level: u8) -> String {
    "#".repeat(level.into())
}

fn anchors(source: &Arc<Source>, headings: &[Heading], out: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &Heading> = HashMap::new();
    for heading in headings.iter().filter(|heading| heading.explicit) {
        let id = heading.id.as_str();
        let finding = |message: String| {
            Diagnostic::new(Code::DuplicateAnchor, source, heading.span, message)
                .help("write another word between {# and }, or leave the braces out: the heading's words make an anchor")
        };
        if is_reserved(id) {
            out.push(finding(format!("the anchor {id} is one that the page itself uses")));
        } else if let Some(first) = seen.get(id) {
            let other = Location::new(source, first.span);
            out.push(finding(format!("two headings have the anchor {id}")).related(other, "the first"));
        } else {
            seen.insert(id, heading);
        }
    }
}
