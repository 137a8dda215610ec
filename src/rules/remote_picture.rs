//! `remote-picture`: a picture on another site tells that site who reads the page, and may change
//! or vanish.

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::address::{is_whole, unsafe_reason};
use crate::parse::markdown::{Body, LinkKind};
use crate::source::Source;

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    let pictures = body.links.iter().filter(|link| link.kind == LinkKind::Picture);
    // One that is not safe, either, has a finding of its own.
    let is_remote = |target: &str| is_whole(target) && unsafe_reason(target).is_none();
    for picture in pictures.filter(|picture| is_remote(&picture.target)) {
        out.push(
            Diagnostic::new(Code::RemotePicture, source, picture.span, "this picture stands on another site").help(
                "save the picture beside the document, if its licence allows that, and write its file name: \
                 ![What it shows](picture.png)",
            ),
        );
    }
}
