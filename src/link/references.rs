//! `unknown-reference`, `draft-reference` and `self-adoption`: what front matter says of other
//! documents.

use std::collections::HashMap;

use super::target::Target;
use super::{Known, address};
use crate::config::Settings;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::decode::Reference;
use crate::model::{Kind, RecordDraft};
use crate::rules::Checked;
use crate::source::Span;

pub(super) fn check(known: &Known<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for document in known.documents {
        for reference in &document.references {
            findings.extend(reference_finding(
                known,
                document,
                reference.kind,
                &reference.id,
                reference.span,
            ));
        }
        if let Some(of) = &document.common.translation_of {
            let span = document.place(&["translation_of"]);
            findings.extend(reference_finding(known, document, document.kind, &of.0, span));
            findings.extend(translated_twice(known, document, &of.0, span));
        }
        findings.extend(self_adoption(document));
    }
    findings
}

fn reference_finding(
    known: &Known<'_>,
    from: &Checked,
    kind: Kind,
    id: &str,
    span: Span,
) -> Option<Diagnostic> {
    let Some(target) = known.index.get(&(kind, id)).and_then(|at| known.documents.get(*at)) else {
        let ids = known.documents.iter().filter(|d| d.kind == kind).map(|d| d.id.as_str());
        let near = nearest(id, ids);
        let message = match near {
            Some(near) => format!("there is no {} `{id}`; did you mean `{near}`?", kind.name()),
            None => format!("there is no {} `{id}`", kind.name()),
        };
        let help = format!("each {} is a file in content/{}", kind.name(), kind.folder());
        let diagnostic = Diagnostic::new(Code::UnknownReference, &from.source, span, message).help(help);
        return Some(match near {
            Some(near) => diagnostic.fix(near),
            None => diagnostic,
        });
    };
    (known.is_published(from) && !known.is_published(target)).then(|| draft(from, target, span))
}

/// The finding that `document` translates what is a translation itself: readers of its original would
/// not be led to it.
fn translated_twice(known: &Known<'_>, document: &Checked, of: &str, span: Span) -> Option<Diagnostic> {
    let between = known.documents.get(*known.index.get(&(document.kind, of))?)?;
    let original = &between.common.translation_of.as_ref()?.0;
    // Two that name each other, or one that names itself, are a circle.
    if *original == document.id || between.id == document.id {
        return None;
    }
    let message = format!("`{of}` is itself a translation of `{original}`");
    let finding = Diagnostic::new(Code::FieldsDisagree, &document.source, span, message);
    Some(finding.help("name the original, from which all translations are led to").fix(original.as_str()))
}

/// The finding that `from` refers to a draft.
pub(super) fn draft(from: &Checked, target: &Checked, span: Span) -> Diagnostic {
    let message = format!("`{}` is a draft, so its page will not be there", target.id);
    Diagnostic::new(Code::DraftReference, &from.source, span, message)
        .related(target.location(&["draft"]), "this makes it a draft")
        .help("publish it, make this document a draft as well, or leave the reference out")
}

/// A practice spreads to other councils; its own has it already.
fn self_adoption(document: &Checked) -> Vec<Diagnostic> {
    let RecordDraft::CaseStudy(study) = &document.record else { return Vec::new() };
    let own = |id: &str| study.councils.iter().flatten().any(|council| council.id == id);
    let adoptions = study.adoptions.iter().flatten().enumerate();
    adoptions
        .filter(|(_, adoption)| own(&adoption.council.id))
        .map(|(at, adoption)| {
            let place = document.location(&["adoptions", &at.to_string(), "council"]);
            let message = format!("`{}` cannot adopt its own practice", adoption.council.id);
            Diagnostic::new(Code::SelfAdoption, &place.source, place.span, message)
                .help("list councils that copied it; what the council itself did belongs in the text")
        })
        .collect()
}

/// The links at the top of every page lead somewhere.
pub(super) fn navigation(known: &Known<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, (_, path)) in settings.navigation.iter().enumerate() {
        if exists(known, path) {
            continue;
        }
        let span = settings.place(&["navigation", &at.to_string(), "path"]);
        let paths = known.paths.iter().map(String::as_str);
        let lists: Vec<String> = Kind::ALL.iter().filter_map(|kind| address::collection(*kind)).collect();
        let near = nearest(path, paths.chain(lists.iter().map(String::as_str)));
        let message = match near {
            Some(near) => format!("no page has the address {path}; did you mean {near}?"),
            None => format!("no page has the address {path}"),
        };
        findings.push(Diagnostic::new(Code::BrokenLink, &settings.source, span, message));
    }
    findings
}

/// Whether a page stands at `path` on the site.
pub(super) fn exists(known: &Known<'_>, path: &str) -> bool {
    let list = |kind: &Kind| address::collection(*kind).as_deref() == Some(path);
    address::OWN.contains(&path)
        || known
            .by_path
            .get(path)
            .and_then(|at| known.documents.get(*at))
            .is_some_and(|d| known.is_published(d))
        || Kind::ALL.iter().any(list)
}

/// For each document, those that it refers to, in front matter or in its text.
pub(super) fn graph(known: &Known<'_>, targets: &[HashMap<String, Target>]) -> Vec<Vec<usize>> {
    let find = |reference: &Reference| known.index.get(&(reference.kind, reference.id.as_str())).copied();
    known
        .documents
        .iter()
        .zip(targets)
        .map(|(document, targets)| {
            let mut all: Vec<usize> = document.references.iter().filter_map(find).collect();
            all.extend(targets.values().filter_map(|target| match target {
                Target::Document { place, .. } => Some(*place),
                _ => None,
            }));
            all.sort_unstable();
            all.dedup();
            all
        })
        .collect()
}
