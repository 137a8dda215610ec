//! `remote-picture`: a picture on another site tells that site who reads the page, and may change
//! or vanish.

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::markdown::{Body, LinkKind};
use crate::source::Source;

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    let pictures = body.links.iter().filter(|link| link.kind == LinkKind::Picture);
    for picture in pictures.filter(|picture| is_remote(&picture.target)) {
        out.push(
            Diagnostic::new(Code::RemotePicture, source, picture.span, "this picture stands on another site").help(
                "save the picture beside the document, if its licence allows that, and write its file name: \
                 ![What it shows](picture.png)",
            ),
        );
    }
}

fn is_remote(target: &str) -> bool {
    let target = target.trim_start().to_ascii_lowercase();
    ["http:", "https:", "//"].iter().any(|start| target.starts_with(start))
}
