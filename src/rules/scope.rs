//! `fields-disagree`: supply chains and the Charter's commitments go together, and a report that is
//! published has met part of the tenth commitment.

use super::Checked;
use crate::diagnostics::Code;
use crate::model::RecordDraft;
use crate::model::practice::{ProgressState, ReportKind, Scope};

pub fn check(document: &mut Checked) {
    match &document.record {
        RecordDraft::CaseStudy(study) => {
            let supply = matches!(study.scope, Some(Scope::SupplyChain | Scope::Both));
            if supply && study.commitments.as_ref().is_some_and(Vec::is_empty) {
                document
                    .report(
                        Code::FieldsDisagree,
                        &["scope"],
                        "a practice about supply chains serves commitments of the Charter",
                    )
                    .help =
                    Some("add `commitments` with their numbers, such as `commitments: [2, 7]`".to_owned());
            }
        }
        RecordDraft::AnnualReport(report) => {
            let charter = matches!(report.kind, Some(ReportKind::CharterReport | ReportKind::Combined));
            if charter && report.progress.is_none() && !document.mentions("progress") {
                document
                    .report(
                        Code::FieldsDisagree,
                        &["kind"],
                        "a Charter report says how far each commitment has been met",
                    )
                    .help =
                    Some("add `progress` with the numbers of the commitments that it tells of".to_owned());
            }
            let RecordDraft::AnnualReport(report) = &document.record else { return };
            let tenth = report.progress.as_ref().and_then(|progress| progress.0.get(&10));
            if tenth.is_some_and(|tenth| tenth.state == ProgressState::NotStarted) {
                document
                    .report(
                        Code::FieldsDisagree,
                        &["progress", "10", "state"],
                        "commitment 10 is to report every year; a council that has reported has started",
                    )
                    .help = Some("write `in-progress`, or `done` with its evidence".to_owned());
            }
        }
        _ => {}
    }
}
