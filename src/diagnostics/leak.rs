//! What looks personal, as findings.

use std::sync::Arc;

use super::{Code, Diagnostic, Level};
use crate::personal::{self, Found};
use crate::source::Source;

/// A finding for all that looks personal in a file. What is surely about one person is an error.
#[must_use]
pub fn personal_data(source: &Arc<Source>) -> Vec<Diagnostic> {
    let finding = |found: Found| {
        let message = format!("this looks like {}", found.kind.name());
        let mut finding = Diagnostic::new(Code::PersonalData, source, found.span, message).help(
            "take it out, and tell whoever keeps the repository, since its history still holds it; what is \
             nobody's, or public with reason, has an override in its document",
        );
        if found.kind.is_sure() {
            finding.level = Level::Error;
        }
        finding
    };
    personal::find(source.text()).into_iter().map(finding).collect()
}
