//! `duplicate-address` and `overlap`: what there may be only one of.

use std::collections::HashMap;

use super::{Known, address};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Kind, RecordDraft};
use crate::source::{Location, Source, Span};

pub(super) fn check(known: &Known<'_>) -> Vec<Diagnostic> {
    let mut findings = addresses(known);
    findings.extend(keys(known, |record| match record {
        RecordDraft::Council(council) => council.gss.as_ref().map(|gss| ("gss", gss.0.clone())),
        RecordDraft::Commitment(commitment) => {
            commitment.number.map(|number| ("number", number.0.to_string()))
        }
        _ => None,
    }));
    findings.extend(translations(known));
    findings
}

/// Two translations of one document into one language.
fn translations(known: &Known<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut seen: HashMap<(Kind, &str, &str), Location> = HashMap::new();
    for document in known.documents {
        let (Some(of), Some(lang)) = (&document.common.translation_of, &document.common.lang) else {
            continue;
        };
        let place = document.location(&["translation_of"]);
        let key = (document.kind, of.0.as_str(), lang.0.as_str());
        if let Some(first) = seen.get(&key) {
            let message = format!("`{}` has another translation into `{}`", of.0, lang.0);
            findings.push(
                Diagnostic::new(Code::Overlap, &place.source, place.span, message)
                    .related(first.clone(), "the other")
                    .help("keep one of the two, or correct `translation_of` or `lang`"),
            );
        } else {
            seen.insert(key, place);
        }
    }
    findings
}

/// Two documents or files at one address, also where they differ in capitals alone, an alias that is
/// taken, and an address that the site itself uses.
fn addresses(known: &Known<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut taken: HashMap<String, Location> = HashMap::new();
    let mut claim = |path: &str, at: Location, what: &str, help: &str| {
        let key = path.trim_end_matches('/').to_lowercase();
        if address::is_reserved(path) {
            findings.push(
                Diagnostic::new(
                    Code::DuplicateAddress,
                    &at.source,
                    at.span,
                    format!("{what} has the address {path}, which the site itself uses"),
                )
                .help(help),
            );
        } else if let Some(other) = taken.get(&key) {
            let holder =
                if other.source.path() == at.source.path() { "it has already" } else { "another has" };
            let message = format!("{what} has the address {path}, which {holder}");
            findings.push(
                Diagnostic::new(Code::DuplicateAddress, &at.source, at.span, message)
                    .related(other.clone(), "the other")
                    .help(help),
            );
        } else {
            taken.insert(key, at);
        }
    };
    for (document, path) in known.documents.iter().zip(&known.paths) {
        claim(
            path,
            Location::new(&document.source, Span::default()),
            "this document",
            "give the file another name",
        );
    }
    for document in known.documents {
        for (at, alias) in document.common.aliases.iter().flatten().enumerate() {
            let place = document.location(&["aliases", &at.to_string()]);
            claim(&alias.0, place, "this alias", "take it out; the page that has the address keeps it");
        }
    }
    let files = known.attachments.iter().zip(&known.attachment_paths).filter(|(_, path)| !path.is_empty());
    for (attachment, path) in files {
        let place = Location::new(&Source::new(attachment.path.clone(), ""), Span::default());
        claim(path, place, "this file", "give the file another name; capitals make no difference");
    }
    findings
}

/// Two documents with one value in a field that tells them apart.
fn keys(known: &Known<'_>, key: impl Fn(&RecordDraft) -> Option<(&'static str, String)>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut seen: HashMap<(&'static str, String, Option<String>), Location> = HashMap::new();
    for document in known.documents {
        let Some((field, value)) = key(&document.record) else { continue };
        let lang = document.common.lang.as_ref().map(|lang| lang.0.clone());
        let place = document.location(&[field]);
        if let Some(first) = seen.get(&(field, value.clone(), lang.clone())) {
            let message = format!("another document has the {field} {value}");
            findings.push(
                Diagnostic::new(Code::Overlap, &place.source, place.span, message)
                    .related(first.clone(), "the other")
                    .help("look up which of the two is right; if both are the same thing, keep one document"),
            );
        } else {
            seen.insert((field, value, lang), place);
        }
    }
    findings
}
