//! Which council has reported, and which is due: from the reports in the library and the month in
//! which a council says that it reports.

use std::cmp::Reverse;

use jiff::{ToSpan, civil};

use super::Input;
use super::view::{CharterNumbers, Link, Reporting, State, When};
use crate::link::Document;
use crate::model::date::Date;
use crate::model::practice::{AnnualReport, CharterStatus, Council, ReportKind};
use crate::model::{Kind, Record};

/// The annual reports of `council`, newest first.
pub fn reports<'a>(input: &Input<'a>, council: &'a Document) -> Vec<(&'a Document, &'a AnnualReport)> {
    let mut reports: Vec<_> = input
        .library
        .at(&council.referrers)
        .filter(|other| other.is_listed())
        .filter_map(|other| match &other.record {
            Record::AnnualReport(report) if report.council.id == council.id => Some((other, report)),
            _ => None,
        })
        .collect();
    reports.sort_by_key(|(document, report)| (Reverse(date(report).map(Date::last)), document.id.clone()));
    reports
}

/// The newest report of `council` that tells of the ten commitments.
pub fn charter_report<'a>(
    input: &Input<'a>,
    council: &'a Document,
) -> Option<(&'a Document, &'a AnnualReport)> {
    reports(input, council)
        .into_iter()
        .find(|(_, report)| report.kind != ReportKind::Section54 && report.progress.is_some())
}

/// When a report was published, or else approved, or else the end of what it covers, or else the
/// year that its title names.
#[must_use]
pub fn date(report: &AnnualReport) -> Option<Date> {
    let titled = || i16::try_from(report.titled_year.as_ref()?.0).ok().map(Date::of_year);
    report.published.or(report.approved_on).or(report.period_end).or_else(titled)
}

/// How `council` stands with its yearly report on the day of the build.
pub fn standing(input: &Input<'_>, document: &Document, council: &Council) -> Reporting {
    let newest = reports(input, document).into_iter().next();
    let last_when = newest.as_ref().and_then(|(_, report)| date(report));
    let month = council.report_due_month.and_then(|month| i8::try_from(month.0).ok());
    let next = month.and_then(|month| next_due(input.today, month));
    let state = match next {
        None if newest.is_none() => State::new("none-known", "No report known"),
        None => State::new("reported", "Reported"),
        Some(next) => {
            let since = next.checked_sub(2.years()).unwrap_or(next);
            let soon = next.checked_sub(input.settings.due_soon_days.days()).is_ok_and(|d| input.today >= d);
            let adopted = council.charter.adopted.or(council.charter.adopted_by);
            let is_after = |date: Option<Date>| date.is_some_and(|date| date.last() > since);
            if !is_after(last_when) && !is_after(adopted) {
                State::new("overdue", "Report overdue")
            } else if soon {
                State::new("due-soon", "Report due soon")
            } else if newest.is_none() {
                State::new("none-known", "No report due yet")
            } else {
                State::new("reported", "Reported")
            }
        }
    };
    // What is overdue was due a year before the next.
    let overdue = next.filter(|_| state.value == "overdue").and_then(|next| next.checked_sub(1.year()).ok());
    Reporting {
        state,
        due: overdue.or(next).map(|due| When::new(due.into())),
        last: newest.map(|(document, _)| Link {
            label: document.common.title.0.clone(),
            url: input.settings.base.link(&document.path),
        }),
        last_when: last_when.map(When::new),
    }
}

/// The last day of the next `month`, this one included.
fn next_due(today: civil::Date, month: i8) -> Option<civil::Date> {
    let this_year = civil::Date::new(today.year(), month, 1).ok()?.last_of_month();
    if this_year >= today {
        return Some(this_year);
    }
    civil::Date::new(today.year() + 1, month, 1).ok().map(civil::Date::last_of_month)
}

/// Councils that have signed the Charter, by name.
pub fn signatories<'a>(input: &Input<'a>) -> Vec<(&'a Document, &'a Council)> {
    let mut signed: Vec<_> = input
        .library
        .of_kind(Kind::Council)
        .filter(|document| document.is_listed())
        .filter_map(|document| match &document.record {
            Record::Council(council) if council.charter.status == CharterStatus::Signed => {
                Some((document, council))
            }
            _ => None,
        })
        .collect();
    signed.sort_by_key(|(document, _)| document.common.title.0.to_lowercase());
    signed
}

/// The Charter in numbers.
pub fn numbers(input: &Input<'_>) -> CharterNumbers {
    let signatories = signatories(input);
    let standings: Vec<Reporting> =
        signatories.iter().map(|(document, council)| standing(input, document, council)).collect();
    let count = |states: &[&str]| {
        standings.iter().filter(|standing| states.contains(&standing.state.value.as_str())).count()
    };
    CharterNumbers {
        signed: signatories.len(),
        reported: standings.iter().filter(|standing| standing.last.is_some()).count(),
        due: count(&["due-soon", "overdue"]),
    }
}
