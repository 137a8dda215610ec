//! The check stage's rules: one rule, one file.

mod alt_text;
mod footnotes;
mod headings;
mod raw_html;
mod remote_picture;
mod unclosed_fence;
mod unsafe_address;

use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::parse::markdown::Body;
use crate::source::Source;

/// Every rule about markdown.
pub fn check_body(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    for check in [
        unclosed_fence::check,
        raw_html::check,
        unsafe_address::check,
        alt_text::check,
        remote_picture::check,
        headings::check,
        footnotes::check,
    ] {
        check(source, body, out);
    }
}

#[cfg(test)]
mod tests;
