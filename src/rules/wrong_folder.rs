//! `stray-file`: a document in the folder of another kind has one mistake, not one for each field.

use super::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::Kind;
use crate::model::common::Common;
use crate::source::Span;

/// Fields that a kind does not have, from which on a document is taken to be of another kind.
const FEW: usize = 3;

pub fn check(document: &mut Checked) {
    let strange = |kind: Kind| {
        let knows = |name: &str| Common::SPEC.field(name).is_some() || kind.spec().field(name).is_some();
        document.front.entries().iter().filter(|entry| !knows(&entry.key)).count()
    };
    if strange(document.kind) < FEW {
        return;
    }
    let lacks =
        |kind: &Kind| kind.spec().fields.iter().any(|f| f.required && document.front.get(f.name).is_none());
    let mut others = Kind::ALL.iter().filter(|kind| strange(**kind) == 0 && !lacks(kind));
    let Some(meant) = others.next() else { return };
    let follows =
        [Code::UnknownField, Code::MissingField, Code::InvalidValue, Code::WrongType, Code::MissingHeading];
    document.diagnostics.retain(|finding| !follows.contains(&finding.code));
    let message = format!(
        "these are the fields of a {}, and this is the folder of each {}",
        meant.name(),
        document.kind.name()
    );
    document.diagnostics.push(
        Diagnostic::new(Code::StrayFile, &document.source, Span::default(), message)
            .help(format!("move the file to content/{}", meant.folder())),
    );
}
