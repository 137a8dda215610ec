//! `personal-data`: what leads to one person is not published, and not left in the history of a public
//! repository.

use super::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::personal;

pub fn check(document: &mut Checked) {
    for found in personal::find(document.source.text()) {
        let message = format!("this looks like {}", found.kind.name());
        let finding = Diagnostic::new(Code::PersonalData, &document.source, found.span, message).help(
            "take it out, and tell whoever keeps the repository, since its history still holds it; what is \
             nobody's, or public with reason, has an override",
        );
        document.diagnostics.push(finding);
    }
}
