//! `evidence-needed`: what is called done, or signed, names the source that shows it.

use super::Checked;
use crate::diagnostics::Code;
use crate::model::RecordDraft;
use crate::model::practice::{CharterStatus, ProgressState, RecommendationStatus};

pub fn check(document: &mut Checked) {
    let mut lacking: Vec<(Vec<String>, String, &str)> = Vec::new();
    let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let written = |path: &[&str], field: &str| {
        let group = path
            .iter()
            .try_fold(document.front.as_ref(), |node, name| node.get(name).map(|entry| &entry.value));
        group.is_some_and(|group| group.get(field).is_some())
    };
    match &document.record {
        RecordDraft::AnnualReport(report) => {
            let done = report.progress.iter().flat_map(|progress| &progress.0);
            for (number, _) in done.filter(|(_, p)| p.state == ProgressState::Done && p.evidence.is_none()) {
                // A value that could not be read has been reported already.
                if written(&["progress", &number.to_string()], "evidence") {
                    continue;
                }
                lacking.push((
                    path(&["progress", &number.to_string(), "state"]),
                    format!("commitment {number} is called done without evidence"),
                    "add `evidence` with the id of the source that shows it, or write `in-progress`",
                ));
            }
        }
        RecordDraft::Recommendation(recommendation) => {
            let answered = recommendation.answered_by.as_ref().is_some_and(|studies| !studies.is_empty());
            let done = recommendation.status == Some(RecommendationStatus::Done);
            if done && !answered && recommendation.evidence.is_none() && !written(&[], "evidence") {
                lacking.push((
                    path(&["status"]),
                    "the recommendation is called done without evidence".to_owned(),
                    "add `evidence` with the id of the source, or `answered_by` with the case study that answers it",
                ));
            }
        }
        RecordDraft::Council(council) => {
            let charter = council.charter.as_ref();
            if charter
                .is_some_and(|charter| charter.status != CharterStatus::None && charter.source.is_none())
                && !written(&["charter"], "source")
            {
                lacking.push((
                    path(&["charter", "status"]),
                    "the council's part in the Charter is told without a source".to_owned(),
                    "add `source` with the id of the source that says so",
                ));
            }
        }
        _ => {}
    }
    for (path, message, help) in lacking {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        document.report(Code::EvidenceNeeded, &path, message).help = Some(help.to_owned());
    }
}
