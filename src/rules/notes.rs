//! Where no source gives a date, a note says so: what is left out is left out on purpose.

use super::Checked;
use crate::diagnostics::Code;
use crate::model::RecordDraft;

pub fn check(document: &mut Checked) {
    let missing: Option<(&str, &str)> = match &document.record {
        RecordDraft::CaseStudy(study) if study.started.is_none() && study.started_note.is_none() => {
            Some(("started", "started_note"))
        }
        RecordDraft::Recommendation(made) if made.made_on.is_none() && made.made_on_note.is_none() => {
            Some(("made_on", "made_on_note"))
        }
        RecordDraft::Event(event) if event.date.is_none() && event.date_note.is_none() => {
            Some(("date", "date_note"))
        }
        RecordDraft::AnnualReport(report) => {
            if report.period_start.is_some() != report.period_end.is_some() {
                let (there, lacking) = if report.period_start.is_some() {
                    ("period_start", "period_end")
                } else {
                    ("period_end", "period_start")
                };
                let blank = !document.mentions(lacking);
                if blank {
                    document
                        .report(
                            Code::FieldsDisagree,
                            &[there],
                            format!("`{there}` stands without `{lacking}`"),
                        )
                        .help = Some("give both ends of the period, or neither".to_owned());
                }
            }
            let none = report_has_no_period(document);
            none.then_some(("period_start", "period_note"))
        }
        _ => None,
    };
    let Some((field, note)) = missing else { return };
    // A value that could not be read has been reported already.
    if document.has_front_matter && !document.mentions(field) {
        let span = document.first_line();
        let message = format!("`{field}` is missing");
        let diagnostic =
            crate::diagnostics::Diagnostic::new(Code::MissingField, &document.source, span, message)
                .help(format!("add `{field}`; where no source gives it, say so in `{note}`"));
        document.diagnostics.push(diagnostic);
    }
}

fn report_has_no_period(document: &Checked) -> bool {
    let RecordDraft::AnnualReport(report) = &document.record else { return false };
    report.period_start.is_none()
        && report.period_end.is_none()
        && report.period_note.is_none()
        && !document.mentions("period_end")
}
