//! `reference-circle`: chains that have to end somewhere and lead back to their start.

use super::Known;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Kind, RecordDraft};
use crate::rules::Checked;

/// Fields that make such chains.
const CHAINS: &[(&str, Kind)] = &[("replicates", Kind::CaseStudy), ("parent", Kind::Topic)];

pub(super) fn check(known: &Known<'_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> =
        CHAINS.iter().flat_map(|(field, kind)| chain(known, field, *kind, next)).collect();
    let translations = |document: &Checked| document.common.translation_of.as_ref().map(|of| of.0.clone());
    for kind in Kind::ALL {
        findings.extend(chain(known, "translation_of", *kind, translations));
    }
    findings
}

fn next(document: &Checked) -> Option<String> {
    match &document.record {
        RecordDraft::CaseStudy(study) => study.replicates.as_ref().map(|r| r.id.clone()),
        RecordDraft::Topic(topic) => topic.parent.as_ref().map(|r| r.id.clone()),
        _ => None,
    }
}

/// Each circle is reported once, at its first document.
fn chain(
    known: &Known<'_>,
    field: &str,
    kind: Kind,
    next: impl Fn(&Checked) -> Option<String>,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let step = |at: usize| -> Option<usize> {
        let id = next(known.documents.get(at)?)?;
        known.index.get(&(kind, id.as_str())).copied()
    };
    let mut done = vec![false; known.documents.len()];
    for start in 0..known.documents.len() {
        if known.documents.get(start).is_none_or(|document| document.kind != kind) {
            continue;
        }
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(here) = at {
            if let Some(circle) = path.iter().position(|seen| *seen == here) {
                findings.extend(path.get(circle..).and_then(|circle| finding(known, field, circle)));
                break;
            }
            if done.get(here).copied().unwrap_or(true) {
                break;
            }
            path.push(here);
            at = step(here);
        }
        for here in path {
            if let Some(done) = done.get_mut(here) {
                *done = true;
            }
        }
    }
    findings
}

fn finding(known: &Known<'_>, field: &str, circle: &[usize]) -> Option<Diagnostic> {
    let first = circle.iter().min().and_then(|at| known.documents.get(*at))?;
    let from = circle.iter().position(|at| known.documents.get(*at).is_some_and(|d| d.id == first.id))?;
    let names = circle.iter().cycle().skip(from).take(circle.len() + 1);
    let names: Vec<&str> = names.filter_map(|at| known.documents.get(*at)).map(|d| d.id.as_str()).collect();
    let message = format!("`{field}` leads in a circle: {}", names.join(" → "));
    Some(
        Diagnostic::new(Code::ReferenceCircle, &first.source, first.place(&[field]), message)
            .help("one of them came first; take the field out of that one"),
    )
}
