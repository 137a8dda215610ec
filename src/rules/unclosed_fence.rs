//! `unclosed-fence`: a fenced block runs on to the end.

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::markdown::Body;
use crate::source::Source;

pub fn check(source: &Arc<Source>, body: &Body, out: &mut Vec<Diagnostic>) {
    out.extend(body.unclosed.iter().map(|span| {
        Diagnostic::new(Code::UnclosedFence, source, *span, "this block is never closed")
            .label("opened here")
            .help("after its last line, write a line with the same marks as the first, such as ``` alone")
    }));
}
