//! `review-due`: a case study or guidance that nobody has looked at for too long.

use jiff::{ToSpan, civil};

use super::Checked;
use crate::config::Settings;
use crate::diagnostics::Code;
use crate::model::RecordDraft;
use crate::model::date::in_words;

pub fn check(document: &mut Checked, settings: &Settings, today: civil::Date) {
    let (path, due): (&[&str], Option<civil::Date>) = match &document.record {
        RecordDraft::CaseStudy(study) => match (study.review_by, study.reviewed_on) {
            (Some(by), _) => (&["review_by"], Some(by.0)),
            (None, Some(on)) => (&["reviewed_on"], on.0.checked_add(settings.review_months.months()).ok()),
            (None, None) => return,
        },
        RecordDraft::Guidance(guidance) => (&["review_by"], guidance.review_by.map(|by| by.0)),
        _ => return,
    };
    let Some(due) = due.filter(|due| *due < today) else { return };
    let message =
        format!("the review was due on {}; today is {}", in_words(due.into()), in_words(today.into()));
    let date = if path == ["review_by"] { "the day of the next review" } else { "today's date" };
    document.report(Code::ReviewDue, path, message).help =
        Some(format!("hold the document against its sources, mend it, and write {date}"));
}
