//! `unsafe-address`: an address that is not safe to publish, in a link, a picture or a reference
//! definition, used or not.

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::address::unsafe_reason;
use crate::parse::markdown::{Body, LinkKind};
use crate::source::Source;

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    for link in &body.links {
        let reason = match link.kind {
            LinkKind::Email => unsafe_reason(&format!("mailto:{}", link.target)),
            _ => unsafe_reason(&link.target),
        };
        let Some(reason) = reason else { continue };
        let message = format!("this address cannot be published: {reason}");
        out.push(Diagnostic::new(Code::UnsafeAddress, source, link.span, message).help(
            "write the whole address of a page (https://…), the path of a document in this library, \
             mailto: with a role's mailbox, or tel: with a number without spaces",
        ));
    }
}
