//! `future-date` and `date-order`: nothing has happened tomorrow, and nothing ends before it begins.

use jiff::civil;

use super::Checked;
use crate::diagnostics::Code;
use crate::model::RecordDraft;
use crate::model::date::{Date, in_words};

/// A field and its value.
type Dated = (&'static [&'static str], Option<Date>);

/// Dates in lists of groups of fields, in any kind of document, that cannot lie ahead.
const PAST: &[(&str, &str)] = &[("sources", "date"), ("values", "published_on"), ("adoptions", "year")];

/// Those dates, with their paths. One that cannot be read is reported elsewhere.
fn listed(document: &Checked) -> Vec<(Vec<String>, Date)> {
    let mut dates = Vec::new();
    for (list, field) in PAST {
        let items = document.front.get(list).map(|entry| entry.value.items()).unwrap_or_default();
        for (at, item) in items.iter().enumerate() {
            let text = item.get(field).and_then(|entry| entry.value.text());
            if let Some(Ok(date)) = text.map(Date::parse) {
                dates.push((vec![(*list).to_owned(), at.to_string(), (*field).to_owned()], date));
            }
        }
    }
    dates
}

pub fn check(document: &mut Checked, today: civil::Date) {
    let mut past: Vec<Dated> = vec![(&["updated"], document.common.updated.map(Date::from))];
    let mut order: Vec<(Dated, Dated)> = Vec::new();
    match &document.record {
        RecordDraft::CaseStudy(study) => {
            let planned = study.status == Some(crate::model::practice::PracticeStatus::Planned);
            past.push((&["started"], study.started.filter(|_| !planned)));
            past.push((&["reviewed_on"], study.reviewed_on.map(Date::from)));
            let (reviewed, by) = (study.reviewed_on.map(Date::from), study.review_by.map(Date::from));
            order.push(((&["reviewed_on"], reviewed), (&["review_by"], by)));
        }
        RecordDraft::AnnualReport(report) => {
            past.push((&["published"], report.published));
            past.push((&["approved_on"], report.approved_on));
            let start: Dated = (&["period_start"], report.period_start);
            order.push((start, (&["period_end"], report.period_end)));
            order.push((start, (&["published"], report.published)));
        }
        RecordDraft::Council(council) => {
            let charter = council.charter.as_ref();
            past.push((&["charter", "adopted"], charter.and_then(|charter| charter.adopted)));
            past.push((&["charter", "adopted_by"], charter.and_then(|charter| charter.adopted_by)));
        }
        RecordDraft::Recommendation(recommendation) => past.push((&["made_on"], recommendation.made_on)),
        RecordDraft::Guidance(guidance) => past.push((&["issued"], guidance.issued)),
        RecordDraft::Programme(programme) => {
            order.push(((&["started"], programme.started), (&["ended"], programme.ended)));
        }
        _ => {}
    }
    let past = past.into_iter().filter_map(|(path, date)| Some((path.to_vec(), date?)));
    let past: Vec<_> =
        past.map(|(path, date)| (path.into_iter().map(str::to_owned).collect(), date)).collect();
    for (path, date) in past.into_iter().chain(listed(document)) {
        if date.first() > today {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let message = format!("{} has not come yet; today is {}", in_words(date), in_words(today.into()));
            document.report(Code::FutureDate, &path, message).help =
                Some("correct the date, or leave the document a draft until then".to_owned());
        }
    }
    for ((first_path, first), (last_path, last)) in order {
        let (Some(first), Some(last)) = (first, last) else { continue };
        if last.last() < first.first() {
            let message = format!("{} is before {}", in_words(last), in_words(first));
            let related = document.location(first_path);
            let diagnostic = document.report(Code::DateOrder, last_path, message);
            *diagnostic = diagnostic
                .clone()
                .related(related, "this comes first")
                .help("one of the two is wrong; look both up in the source");
        }
    }
}
