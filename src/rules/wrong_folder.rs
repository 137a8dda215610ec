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
    let (own, front) = (document.kind.spec(), &document.front);
    let knows = |name: &str| Common::SPEC.field(name).is_some() || own.field(name).is_some();
    let unknown: Vec<Span> = front.entries().iter().filter(|e| !knows(&e.key)).map(|e| e.key_span).collect();
    let missing: Vec<String> = own
        .fields
        .iter()
        .filter(|field| Common::SPEC.field(field.name).is_none() && front.get(field.name).is_none())
        .map(|field| format!("`{}` is missing", field.name))
        .collect();
    document.diagnostics.retain(|finding| match finding.code {
        Code::UnknownField => !unknown.iter().any(|key| key.overlaps(finding.primary.location.span)),
        Code::MissingField => !missing.contains(&finding.message),
        Code::MissingHeading => false,
        _ => true,
    });
    let spoken = |kind: Kind| kind.label().to_lowercase();
    let label = spoken(*meant);
    let article = if label.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let message = format!(
        "these are the fields of {article} {label}, and this is the folder of each {}",
        spoken(document.kind)
    );
    document.diagnostics.push(
        Diagnostic::new(Code::StrayFile, &document.source, Span::default(), message)
            .help(format!("move the file to content/{}", meant.folder())),
    );
}
