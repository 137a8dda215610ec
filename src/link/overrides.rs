//! Findings that a document answers for: a warning that is right in general and wrong here.

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Level, Override, nearest};
use crate::rules::Checked;

/// Takes the warnings that documents answer for out of `findings`. An override that covers
/// nothing, or that would hide an error, is an error itself.
pub(super) fn apply(documents: &[Arc<Checked>], findings: &mut Vec<Diagnostic>) -> Vec<Override> {
    let mut used = Vec::new();
    for document in documents {
        for (at, written) in document.common.overrides.iter().flatten().enumerate() {
            let place = document.location(&["overrides", &at.to_string(), "rule"]);
            let Some(code) = Code::from_name(&written.rule.0) else {
                let near = nearest(&written.rule.0, Code::ALL.iter().map(|code| code.name()));
                let message = match near {
                    Some(near) => format!("there is no rule `{}`; did you mean `{near}`?", written.rule.0),
                    None => format!("there is no rule `{}`", written.rule.0),
                };
                let warnings = Code::ALL.iter().filter(|code| code.level() == Level::Warning);
                let listed = warnings.map(|code| code.name()).collect::<Vec<_>>().join(", ");
                findings.push(
                    Diagnostic::new(Code::InvalidOverride, &place.source, place.span, message)
                        .help(format!("what can be overridden is: {listed}")),
                );
                continue;
            };
            if code.level() == Level::Error {
                let message = format!("`{code}` is an error, which nothing overrides");
                findings.push(
                    Diagnostic::new(Code::InvalidOverride, &place.source, place.span, message)
                        .help("mend the error, and take the override out"),
                );
                continue;
            }
            let before = findings.len();
            findings.retain(|finding| {
                finding.code != code || finding.primary.location.source.path() != document.source.path()
            });
            if findings.len() == before {
                let message = format!("there is no finding `{code}` here to override");
                findings.push(
                    Diagnostic::new(Code::InvalidOverride, &place.source, place.span, message)
                        .help("take the override out"),
                );
            } else {
                used.push(Override {
                    code,
                    reason: written.reason.0.clone(),
                    reviewer: written.reviewer_role.0.clone(),
                    location: place,
                });
            }
        }
    }
    used
}
